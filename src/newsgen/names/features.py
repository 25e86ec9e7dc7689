"""What the model sees of a text: runs of capital words, each word with what tells of it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from newsgen.names.evidence import kind_of_word
from newsgen.names.gazetteer import demonyms, known_of, longest_known
from newsgen.names.labels import Found
from newsgen.names.pieces import heads, not_names, qualifiers, role_words, titles
from newsgen.names.runs import Word, find_runs, starts_sentence
from newsgen.wordlists import first_surnames, given_names

_TOKEN = re.compile(r"[^\W\d_][\w'’.-]*|\d[\d.,]*|\S")
_SMALL = re.compile(r"\b[a-z]{3,}\b")
_REACH = 40  # characters on either side of a run in which its neighbours are looked for
_EDGE = "<>"  # what stands beside a run at the border of a stretch
_CACHED = 50_000  # words whose features are kept


class Item(NamedTuple):
    """A word of a run, or the small words that join two of them."""

    start: int
    end: int
    text: str
    join: str
    initial: bool


Run = list[Item]


def find_item_runs(text: str, stretches: Sequence[tuple[int, int]]) -> Iterator[tuple[Run, int, int]]:
    """The runs of all stretches with the borders of their stretch; joining words are items too."""
    for start, end in stretches:
        for run in find_runs(text, start, end):
            yield _items(text, run, start), start, end


def _items(text: str, run: list[Word], floor: int) -> Run:
    items: Run = []
    for word in run:
        if word.join not in ("", "plain"):
            low, high = items[-1].end, word.start
            between = text[low:high].strip()
            low = text.index(between, low)
            items.append(Item(low, low + len(between), between, "join", False))
        initial = not items and starts_sentence(text, word.start, floor)
        items.append(Item(word.start, word.end, word.text, word.join, initial))
    return items


class Page(NamedTuple):
    """What the whole article tells of a word."""

    small: frozenset[str]
    counts: Counter[str]
    long_kinds: dict[str, str]


def page_of(text: str, stretches: Sequence[tuple[int, int]], found: Sequence[Found]) -> Page:
    small = frozenset(
        word for start, end in stretches for word in _SMALL.findall(text, start, end)
    )
    counts: Counter[str] = Counter()
    kinds: dict[str, str] = {}
    for name in found:
        words = text[name.start : name.end].split()
        if len(words) > 1:
            for at, word in enumerate(words):
                kinds[word] = f"{name.kind[:3]}{'F' if at == 0 else 'L' if at == len(words) - 1 else 'M'}"
    return Page(small, counts, kinds)


def features_of(
    text: str, run: Run, borders: tuple[int, int], page: Page, ruled: dict[int, Found]
) -> list[list[str]]:
    """The features of each item of a run, in order."""
    left = _words_before(text, borders[0], run[0].start)
    right = _words_after(text, run[-1].end, borders[1])
    words = [*left, *(item.text for item in run), *right]
    known = _known_parts(text, run)
    rules = _rule_parts(run, ruled)
    made: list[list[str]] = []
    for at, item in enumerate(run):
        here = at + 2
        row = [*_core(item.text)]
        row += _near(words[here - 1], "-")
        row += _near(words[here + 1], "+")
        row.append("-2" + words[here - 2].lower())
        row.append("+2" + words[here + 2].lower())
        row.append("j" + item.join)
        row.append("e" + str(min(at, 2)) + str(min(len(run) - at - 1, 2)))
        row.append("b" + words[here - 1].lower() + "|" + shape(item.text))
        row.append("a" + shape(item.text) + "|" + words[here + 1].lower())
        if item.initial:
            row.append("i")
            row.append("i" + shape(item.text))
        if known[at]:
            row.append("k" + known[at])
        row.append("r" + rules[at])
        row.append("q" + (rules[at - 1] if at else "") + "|" + rules[at] + "|" + (rules[at + 1] if at + 1 < len(run) else ""))
        if item.text.lower() in page.small:
            row.append("dlow")
        kind = page.long_kinds.get(item.text)
        if kind:
            row.append("d" + kind)
        made.append(row)
    return made


def _words_before(text: str, floor: int, place: int) -> list[str]:
    words = _TOKEN.findall(text, max(floor, place - _REACH), place)[-2:]
    return [_EDGE] * (2 - len(words)) + words


def _words_after(text: str, place: int, ceiling: int) -> list[str]:
    part = text[place : min(ceiling, place + _REACH)]
    words = _TOKEN.findall(part)[:2]
    return words + [_EDGE] * (2 - len(words))


def _known_parts(text: str, run: Run) -> list[str]:
    parts = [""] * len(run)
    longest = longest_known()
    at = 0
    while at < len(run):
        most = longest.get(run[at].text, 1)
        for last in range(min(len(run), at + 2 * most) - 1, at - 1, -1):
            known = known_of(text[run[at].start : run[last].end])
            if known:
                mark = f"{known.kind[:3]}{int(known.weight)}"
                for index in range(at, last + 1):
                    parts[index] = ("B" if index == at else "I") + mark
                at = last
                break
        at += 1
    return parts


def _rule_parts(run: Run, ruled: dict[int, Found]) -> list[str]:
    parts = ["O"] * len(run)
    name: Found | None = None
    for at, item in enumerate(run):
        begins = ruled.get(item.start)
        if begins and begins.end >= item.end:
            name = begins
            parts[at] = f"B{name.kind[:3]}"
        elif name and item.end <= name.end:
            parts[at] = f"I{name.kind[:3]}"
        else:
            name = None
    return parts


_DIGIT = re.compile(r"\d+")


@lru_cache(maxsize=_CACHED)
def shape(word: str) -> str:
    """Capitals, small letters and digits of a word, runs of one sort cut short."""
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
        *((kind, heads(kind)) for kind in ("organisation", "adjective", "placehead", "placefirst", "placeof", "event")),
    )


@lru_cache(maxsize=_CACHED)
def _flags(word: str) -> tuple[str, ...]:
    flags = [name for name, words in _lists() if word in words]
    known = known_of(word)
    if known:
        flags.append(f"{known.kind[:3]}{int(known.weight)}")
    return tuple(flags)


@lru_cache(maxsize=_CACHED)
def _core(word: str) -> tuple[str, ...]:
    low = word.lower()
    made = ["w" + low, "s" + shape(word), "p" + low[:3], "p" + low[:2]]
    made += ["x" + low[-size:] for size in (1, 2, 3, 4)]
    flags = _flags(word)
    made += ["f" + flag for flag in flags]
    made.append("F" + ",".join(flags))
    made.append("l" + str(min(len(word), 9)))
    return tuple(made)


@lru_cache(maxsize=_CACHED)
def _near(word: str, side: str) -> tuple[str, ...]:
    low = word.lower()
    made = [side + low, side + "s" + shape(word)]
    if word[:1].isupper():
        made += [side + "f" + flag for flag in _flags(word)]
    else:
        made += [side + "c" + kind for kind in kind_of_word(low)]
    return tuple(made)
