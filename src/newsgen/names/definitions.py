"""Short forms that an article explains itself: "Blue Harbour Trust (BHT)"."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from newsgen.names.gazetteer import is_other, known_of
from newsgen.names.pieces import heads

_BRACKET = re.compile(r"[ ]?\(\s?[\"“']?([A-Z][A-Za-z&\-]{1,9}[A-Z0-9]s?)[\"”']?\s?[);,]")
_WORD = re.compile(r"[\w’'&\-]+")
_PEOPLE = frozenset(("Member", "Members", "Minister", "Ministers", "Officers"))
_SMALL = frozenset(("of", "and", "the", "for", "in", "on", "to", "a", "an", "with", "de"))
_LONGEST = 130  # characters a spelled-out name may have


class Definition(NamedTuple):
    """A full form and the short form in brackets behind it, with their places."""

    start: int
    end: int
    short_start: int
    short_end: int
    kind: str  # "organisation", "place" or "other"


def find_definitions(text: str, start: int, end: int) -> Iterator[Definition]:
    """The explained short forms of a paragraph; a full form's initials must spell the short one."""
    for bracket in _BRACKET.finditer(text, start, end):
        short = bracket.group(1)
        floor = max(start, bracket.start() - _LONGEST)
        words = list(_WORD.finditer(text, floor, bracket.start()))
        first = _first_word(words, short.rstrip("s"), text)
        if first is not None:
            begin, finish = words[first].start(), words[-1].end()
            yield Definition(
                begin, finish, bracket.start(1), bracket.end(1), _kind_of(text[begin:finish])
            )


def _first_word(words: list[re.Match[str]], short: str, text: str) -> int | None:
    letters = "".join(char for char in short if char.isalnum()).upper()
    for count in range(2, min(len(words), len(letters) + 6) + 1):
        tail = words[-count:]
        if _breaks(text, tail):
            continue
        if tail[0].group()[0].upper() != letters[0]:
            continue
        capitals = [word.group() for word in tail if word.group()[0].isupper()]
        plain = [word.group() for word in tail if word.group() not in _SMALL]
        if letters in map(_initials, (capitals, plain, [word.group() for word in tail])):
            return len(words) - count
    return None


def _breaks(text: str, tail: list[re.Match[str]]) -> bool:
    stretch = text[tail[0].start() : tail[-1].end()]
    return any(mark in stretch for mark in '.;:()"“”\n')


def _initials(words: list[str]) -> str:
    parts = [part for word in words for part in re.split(r"[-&]", word) if part]
    return "".join(part[0] for part in parts).upper()


def _kind_of(name: str) -> str:
    known = known_of(name)
    if known:
        return "place" if known.kind == "place" else "organisation"
    words = name.split()
    if not (words[0][0].isupper() and words[-1][0].isupper()) or is_other(name):
        return "other"
    front = name.split(" of ")[0].split(" for ")[0].split(" on ")[0].split()
    if front[-1] in heads("event") or words[-1] in heads("event") or words[0] in _PEOPLE:
        return "other"
    if front[-1] in heads("placehead") and front[-1] not in heads("organisation"):
        return "place" if front[-1] not in ("Center", "Centre") else "organisation"
    capitals = sum(1 for word in words if word[0].isupper())
    return "organisation" if capitals * 2 > len(words) else "other"
