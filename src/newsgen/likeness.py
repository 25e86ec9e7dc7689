"""How alike two titles are: which printed title means which headline, and where the two meet."""

from collections import Counter
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

from rapidfuzz import fuzz

from newsgen.text import title_key

LEAST_SCORE = 0.9  # below, two titles are two stories more often than two spellings
_LEAST_CUT = 20  # characters of a title cut short: fewer could open many headlines
_LONG_PAIR = 14  # letters of two words, after which a third may be cut short
_ELLIPSES = ("…", "...", "..")
# Words a sub-editor drops or adds without making another headline of it.
_LIGHT_WORDS = frozenset(
    ["a", "an", "and", "at", "for", "in", "of", "on", "s", "the", "to", "with"]
)


def printed_key(title: str) -> str:
    """A printed title as it is compared: its key, with "…" where it was cut short."""
    cut = title.rstrip().endswith(_ELLIPSES)
    return title_key(title) + ("…" if cut else "")


def score_of(printed: str, key: str) -> tuple[float, str] | None:
    """Say how surely a printed key means a headline's key, and by which rule; None: it does not."""
    if printed == key:
        return 0.99, "normalised"
    if printed.endswith("…"):
        cut = len(printed) > _LEAST_CUT and key.startswith(printed[:-1])
        return (0.95, "cut short") if cut else None
    score = fuzz.ratio(printed, key, score_cutoff=100 * LEAST_SCORE) / 100
    if score and _differ_in_spelling_only(printed.split(), key.split()):
        return min(round(score, 3), 0.98), "fuzzy"
    return None


def _differ_in_spelling_only(words: list[str], others: list[str]) -> bool:
    """Whether each word that only one title has is a light word or a variant of one in the other.

    A ratio alone takes "China urges Japan to stop …" and "China urges US to stop …" for one.
    """
    left = list((Counter(words) - Counter(others)).elements())
    right = list((Counter(others) - Counter(words)).elements())
    for word in left:
        twin = next((other for other in right if _is_variant(word, other)), None)
        if twin is not None:
            right.remove(twin)
        elif word not in _LIGHT_WORDS:
            return False
    return all(word in _LIGHT_WORDS for word in right)


def _is_variant(word: str, other: str) -> bool:
    # Numbers tell stories of a series apart ("16th", "17th"): they never vary.
    if any(char.isdigit() for char in word + other):
        return False
    return fuzz.ratio(word, other) >= 75


def _hash(*words: str) -> str:
    # Two that fall together only make one more title to compare: the quickest hash will do.
    return f"{crc32(' '.join(words).encode('utf-8', 'surrogatepass')):08x}"


@lru_cache(maxsize=4096)
def blocks_of(key: str) -> tuple[str, ...]:
    """The hashes under which a title meets others: its opening, and four pairs of neighbours."""
    words = key.rstrip("…").split()
    if key.endswith("…") and len(words) > 1:
        words = words[:-1]  # the last word may be half a word
    if len(words) < 2:  # scripts without spaces between words
        words = list("".join(words))
    if not words:
        return ()
    openings = [_hash("^", *words[:3])]
    # Two long words may be all that is left of a title cut short.
    if len("".join(words[:2])) >= _LONG_PAIR:
        openings.append(_hash("^", *words[:2]))
    pairs = {_hash(first, second) for first, second in pairwise(words)}
    return (*dict.fromkeys(openings), *sorted(pairs.difference(openings))[:4])
