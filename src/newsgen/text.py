"""Pure helpers on strings: slugs, keys of names and headlines."""

import hashlib
import re
import unicodedata
from functools import lru_cache

from slugify import slugify

_TRIVIAL = re.compile(r"[\s\-–—.,'’‘`\"“”:;!?&/()\[\]|_]+")
_RESERVED = re.compile(
    r"^(?:index.*|con|prn|aux|nul|com\d|lpt\d)$|-\d+$"  # Windows devices; page numbers ("x-2.html")
)
# What slugify may keep: word characters, and the vowel signs that Indic and South-East Asian
# scripts write as marks (they are no word characters to a regular expression).
_DROPPED = re.compile(r"[^-\w\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+")
# ASCII as it stands in the key of a title.
_IN_KEYS = {
    code: None if chr(code) == "'" else chr(code).lower() if chr(code).isalnum() else " "
    for code in range(128)
}
_LONGEST = 72  # bytes of a slug: leaves room for the id, the suffix and a 255-byte file system


@lru_cache(maxsize=65536)
def slug_of(name: str) -> str:
    """The readable part of a path: lower case, Unicode letters kept, a function of the name alone.

    Names that differ in more than case, accents kept, and common punctuation get different slugs:
    where slugifying loses something ("C++" and "C"), cuts a long name, or would clash with a
    numbered page or a device name, five letters of a hash are added. Never empty, at most 80 bytes.
    """
    slug = _slugify(name)
    whole = _TRIVIAL.sub("", _folded(name))
    lossy = slug.replace("-", "") != whole
    cut = _cut(slug, _LONGEST)
    if cut != slug:
        # The words cut off tell names apart as those that stay do: "data base" and "database".
        return f"{cut}-{_letters(f'{slug} {whole}')}"
    if lossy or _RESERVED.search(cut) or not cut:
        return f"{cut}-{_letters(whole or name)}".lstrip("-")
    return cut


def headline_slug(headline: str) -> str:
    """The readable part of an article's path; uniqueness comes from the id behind it."""
    return _cut(_slugify(headline), _LONGEST) or "article"


def _folded(name: str) -> str:
    # Turkish dotted I casefolds to "i" and a combining dot, which no path needs.
    folded = unicodedata.normalize("NFKC", name).casefold().replace("i\u0307", "i")
    return unicodedata.normalize("NFKC", folded)


def _slugify(name: str) -> str:
    if name.isascii() and name.replace(" ", "").isalnum():  # most names: 1 us instead of 15
        return "-".join(name.lower().split())
    return slugify(_folded(name), allow_unicode=True, regex_pattern=_DROPPED)


def _cut(slug: str, longest: int) -> str:
    """Shorten to whole words within `longest` bytes."""
    raw = slug.encode()
    if len(raw) <= longest:
        return slug
    short = raw[: longest + 1].decode("utf-8", "ignore")
    head, dash, _ = short.rpartition("-")
    whole_words = head if dash and len(head.encode()) > longest // 2 else short
    return whole_words.encode()[:longest].decode("utf-8", "ignore").strip("-")


def _letters(text: str) -> str:
    value = int.from_bytes(
        hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8], "big"
    )
    letters = ""
    for _ in range(5):
        value, rest = divmod(value, 26)
        letters += chr(ord("a") + rest)
    return letters


@lru_cache(maxsize=65536)
def title_key(headline: str) -> str:
    """What two printings of one headline share: case, accents and punctuation folded away."""
    if headline.isascii():  # 1 us for a line, where what is below takes 40 us
        return " ".join(headline.translate(_IN_KEYS).split()) or " ".join(headline.split())
    # Twice: "𝕬" has no small letter before it is decomposed, and "ﬁ" two letters after.
    decomposed = unicodedata.normalize("NFKD", headline).casefold()
    decomposed = unicodedata.normalize("NFKD", decomposed)
    kept = "".join(
        " " if not (c.isalnum() or unicodedata.category(c)[0] == "M") else c
        for c in decomposed
        if not unicodedata.combining(c) and c not in "'’‘"
    )
    # A headline of signs alone is known by these.
    return " ".join(kept.split()) or " ".join(headline.split())


def initial_of(name: str) -> str:
    """The heading of an A to Z under which a name stands: "a" to "z", "0-9" or "other"."""
    for char in unicodedata.normalize("NFKD", name.casefold()):
        if "a" <= char <= "z":
            return char
        if char.isdigit():
            return "0-9"
        if char.isalpha():
            return "other"
    return "other"


def sort_key(name: str) -> str:
    """A key that orders names as a reader expects: case and accents do not count."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


MONTHS = {
    "01": "January",
    "02": "February",
    "03": "March",
    "04": "April",
    "05": "May",
    "06": "June",
    "07": "July",
    "08": "August",
    "09": "September",
    "10": "October",
    "11": "November",
    "12": "December",
}
