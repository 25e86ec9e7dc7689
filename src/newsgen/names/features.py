"""What the model sees of a text: runs of capital words, and what tells of each word in them.

A name stands in a run, so runs are all that is read: one word in six of English prose.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple

from newsgen.names.clusters import cluster_of
from newsgen.names.evidence import kinds_of_word
from newsgen.names.gazetteer import demonyms, known_of, longest_known, other_things
from newsgen.names.pieces import heads, not_names, qualifiers, role_words, titles
from newsgen.names.runs import Word, starts_sentence
from newsgen.wordlists import first_surnames, given_names

_TOKEN = re.compile(r"[^\W\d_][\w'’.-]*|\d[\d.,]*|\S")
_SMALL = re.compile(r"\b[a-z]{3,}\b")
_REACH = 40  # characters on either side of a run in which its neighbours are looked for
_EDGE = "<>"  # what stands beside a run at the border of a stretch
_CACHED = 30_000  # words whose features are kept


class Item(NamedTuple):
    """A word of a run, or the small words that join two of them (join "between")."""

    start: int
    end: int
    text: str
    join: str
    initial: bool


class Passage(NamedTuple):
    """A run of capital words as the model reads it, with the borders of its stretch of text."""

    items: tuple[Item, ...]
    start: int
    end: int


class Page(NamedTuple):
    """What an article as a whole tells of its words: which stand small, which in longer names."""

    small: frozenset[str]
    longer: dict[str, str]


def passage_of(text: str, run: Sequence[Word], start: int, end: int) -> Passage | None:
    """Make a run readable for the model; None for a lone word that cannot be a name."""
    if len(run) == 1 and _says_nothing(run[0].text):
        return None
    items: list[Item] = []
    for word in run:
        if word.join not in ("", "plain"):
            between = text[items[-1].end : word.start]
            low = items[-1].end + len(between) - len(between.lstrip())
            between = between.strip()
            items.append(Item(low, low + len(between), between, "between", False))
        initial = not items and starts_sentence(text, word.start, start)
        items.append(Item(word.start, word.end, word.text, word.join, initial))
    return Passage(tuple(items), start, end)


def _says_nothing(word: str) -> bool:
    return word in not_names("calendar") or (
        word in not_names("starter") and word not in given_names()
    )


def small_words(text: str, stretches: Iterable[tuple[int, int]]) -> frozenset[str]:
    """The words that stand in small letters somewhere."""
    return frozenset(word for start, end in stretches for word in _SMALL.findall(text, start, end))


def page_of(small: frozenset[str], runs: Iterable[Sequence[Word]]) -> Page:
    """Gather what an article tells of its words; `small` are those in small letters."""
    longer: dict[str, str] = {}
    for run in runs:
        if len(run) > 1:
            words: list[str] = []
            for word in run:
                if word.join != "plain":
                    _note(words, longer)
                    words = []
                words.append(word.text)
            _note(words, longer)
    return Page(small, longer)


def _note(words: list[str], longer: dict[str, str]) -> None:
    """Note of the words of a longer name where in it they stand, and how it begins and ends."""
    if len(words) < 2:
        return
    sort = "given" if words[0] in given_names() else "head" if words[-1] in _heads() else ""
    for at, word in enumerate(words):
        place = "first" if at == 0 else "last" if at == len(words) - 1 else "within"
        longer[word] = sort + place


def features_of(text: str, passage: Passage, page: Page) -> list[list[str | bytes]]:
    """The features of each item of a passage, in order; those that are kept for reuse as bytes."""
    items, start, end = passage
    before = _TOKEN.findall(text, max(start, items[0].start - _REACH), items[0].start)[-2:]
    last = len(items) - 1
    behind = _TOKEN.finditer(text, items[last].end, min(end, items[last].end + _REACH))
    after = [token.group() for token in islice(behind, 2)]
    words = [_EDGE] * (2 - len(before)) + before
    words += [item.text for item in items] + after + [_EDGE] * (2 - len(after))
    known = _known_parts(text, items)
    lows = [word.lower() for word in words]
    ends = _ends_of_segments(items, lows)
    clusters = [cluster_of(word) for word in words]
    made: list[list[str | bytes]] = []
    for at, item in enumerate(items):
        word = item.text
        shape = shape_of(word)
        left = lows[at + 1]
        row: list[str | bytes] = [
            *_own(word),
            *_beside(words[at + 1], "-"),
            *_beside(words[at + 3], "+"),
            "-2" + lows[at],
            "+2" + lows[at + 4],
            "j" + item.join,
            f"e{min(at, 2)}{min(last - at, 2)}",
            f"b{left}|{shape}",
            f"a{shape}|{lows[at + 3]}",
            f"m{lows[at]} {left}",
            f"u{clusters[at + 1]}|{clusters[at + 2]}",
            f"v{clusters[at + 2]}|{clusters[at + 3]}",
            *ends[at],
        ]
        if item.initial:
            row += ("i", "i" + shape)
        if known[at]:
            row.append("k" + known[at])
        if lows[at + 2] in page.small:
            row.append("small")
        longer = page.longer.get(word)
        if longer:
            row.append("n" + longer)
        made.append(row)
    return made


def _ends_of_segments(items: Sequence[Item], lows: Sequence[str]) -> list[tuple[str, str]]:
    """Of each item, the first and the last word of the words without a joint it stands among."""
    made: list[tuple[str, str]] = []
    low = 0
    while low < len(items):
        high = low + 1
        while high < len(items) and items[high].join == "plain":
            high += 1
        made += [("y" + lows[low + 2], "z" + lows[high + 1])] * (high - low)
        low = high
    return made


def _known_parts(text: str, items: Sequence[Item]) -> list[str]:
    """Of each item, of which known name it is the beginning (B) or another part (I)."""
    parts = [""] * len(items)
    longest = longest_known()
    at = 0
    while at < len(items):
        most = 2 * longest.get(items[at].text, 1) - 1  # the small words between are items, too
        for last in range(min(len(items), at + most) - 1, at - 1, -1):
            known = known_of(text[items[at].start : items[last].end])
            if known:
                mark = f"{known.kind}{int(known.weight)}"
                parts[at : last + 1] = ["B" + mark] + ["I" + mark] * (last - at)
                at = last
                break
        at += 1
    return parts


@lru_cache(maxsize=_CACHED)
def shape_of(word: str) -> str:
    """The capitals, small letters and digits of a word, long rows of one sort cut to two."""
    if word.islower():
        return "x"
    made: list[str] = []
    for char in word:
        sort = "X" if char.isupper() else "x" if char.isalpha() else "9" if char.isdigit() else char
        if made[-2:] != [sort, sort]:
            made.append(sort)
    return "".join(made)


@cache
def _lists() -> tuple[tuple[str, frozenset[str]], ...]:
    kinds = ("organisation", "adjective", "placehead", "placefirst", "placeof", "event")
    return (
        ("given", given_names()),
        ("surname", first_surnames()),
        ("title", titles()),
        ("qualifier", qualifiers()),
        ("role", role_words()),
        ("not", not_names("not")),
        ("starter", not_names("starter")),
        ("calendar", not_names("calendar")),
        ("demonym", demonyms()),
        ("other", other_things()),
        *((kind, heads(kind)) for kind in kinds),
    )


@cache
def _heads() -> frozenset[str]:
    return heads("organisation") | heads("placehead") | heads("event")


@lru_cache(maxsize=_CACHED)
def _lists_with(word: str) -> tuple[str, ...]:
    found = [name for name, words in _lists() if word in words]
    known = known_of(word)
    return (*found, f"{known.kind}{int(known.weight)}") if known else tuple(found)


@lru_cache(maxsize=_CACHED)
def _own(word: str) -> tuple[bytes, ...]:
    low = word.lower()
    lists = _lists_with(word)
    return _encoded(
        "w" + low,
        "s" + shape_of(word),
        *("p" + low[:size] for size in (2, 3)),
        *("x" + low[-size:] for size in (1, 2, 3, 4)),
        *("f" + name for name in lists),
        "F" + ",".join(lists),
        "c" + cluster_of(word),
        f"l{min(len(word), 9)}",
    )


@lru_cache(maxsize=_CACHED)
def _beside(word: str, side: str) -> tuple[bytes, ...]:
    low = word.lower()
    if word[:1].isupper():
        more = tuple(f"{side}f{name}" for name in _lists_with(word))
    else:
        more = tuple(f"{side}c{kind}" for kind in kinds_of_word(low))
    return _encoded(side + low, f"{side}s{shape_of(word)}", f"{side}k{cluster_of(word)}", *more)


def _encoded(*features: str) -> tuple[bytes, ...]:
    return tuple(feature.encode("utf-8", "surrogatepass") for feature in features)
