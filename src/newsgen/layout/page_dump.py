"""Whole web pages as text: find the article among menus, teasers and forms.

A page rendered as text shows what prose is: long lines with sentence ends. The stretch with most
prose and least else is the body (the largest sum over neighbouring lines, where prose counts for
and menu lines count against); the headline stands above it and shares words with it.
"""

import re
from collections import Counter

from newsgen.layout.headings import ends_sentence, heading_of, is_sentence, list_item
from newsgen.layout.listings import mark_listings
from newsgen.layout.parts import Layout, Part, Roles, listed_at
from newsgen.layout.wording import is_byline, role_of
from newsgen.model import LineRole

_FEWEST_LINES = 25
_MUCH_FURNITURE = 4  # different buttons and such: an article as extracted has two at most
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*(?:\s|$)|[。！？।]")
_WORD = re.compile(r"\w{4,}")
_OF_FORMS = re.compile(
    r"\bcookies?\b|\bjavascript\b|\bprivacy policy\b|\bsubscri(?:be|ption)\b|\bnewsletters?\b"
    r"|\bdatenschutz|\bnutzungsbedingungen",
    re.IGNORECASE,
)
_REACH = 40  # lines above the body in which the headline is looked for


def is_dump(text: str, spans: list[tuple[int, int]], words: list[str]) -> bool:
    """Whether most lines are as short as menus, and set off by indents or bullets as lists are."""
    filled = [index for index, line in enumerate(words) if line]
    if len(filled) < _FEWEST_LINES:
        return False
    short = sum(len(words[index]) < 50 and not ends_sentence(words[index]) for index in filled)
    set_off = sum(
        text[spans[index][0]] in " \t" or list_item(words[index], numbered=False) is not None
        for index in filled
    )
    if short < 0.5 * len(filled):
        return False
    return set_off >= 0.25 * len(filled) or _furniture(words, filled) >= _MUCH_FURNITURE


def _furniture(words: list[str], filled: list[int]) -> int:
    headings = (heading_of(words[index]) for index in filled)
    return len({heading[1] for heading in headings if heading and heading[0] == "furniture"})


def layout_of(spans: list[tuple[int, int]], words: list[str]) -> Layout:
    """Give the lines of a dumped page their roles."""
    roles: Roles = [None if line else "blank" for line in words]
    first, last = _body_of(words)
    headline = _headline_of(words, first, last)
    if headline is not None:
        roles[headline] = "headline"
    lists = mark_listings(words, roles)
    for index, line in enumerate(words):
        if roles[index] is not None:
            continue
        role: LineRole | None = "byline" if is_byline(line) else role_of(line)
        if first <= index < last:
            roles[index] = role or _in_body(words, index, headline)
        else:
            near = headline is not None and headline < index < first
            known = role in ("rights", "credit") or near
            roles[index] = role if role and known else "boilerplate"
    # Menus are full of headings without entries: nothing that a person should look into.
    related, _ = listed_at(spans, lists.stories, [])
    parts = tuple(
        Part(role or "boilerplate", *span) for span, role in zip(spans, roles, strict=True)
    )
    return Layout(parts, related)


def _in_body(words: list[str], index: int, headline: int | None) -> LineRole:
    line = words[index]
    if headline is not None and line == words[headline]:
        return "boilerplate"
    item = list_item(line, numbered=False)
    if _is_prose(item or line) or (item is None and is_sentence(line)):
        return "paragraph"
    if item is None and ends_sentence(line) and line[-1] not in "…":
        return "paragraph"
    heading = item is None and 4 <= len(line) <= 90 and line[0].isupper()
    return "subheading" if heading and _between_prose(words, index) else "boilerplate"


def _between_prose(words: list[str], index: int) -> bool:
    above = next((line for line in reversed(words[max(0, index - 3) : index]) if line), "")
    below = next((line for line in words[index + 1 : index + 4] if line), "")
    return _is_prose(above) and _is_prose(below)


def _is_prose(line: str) -> bool:
    dense = sum(char > "\u2e80" for char in line[:80]) > 20  # scripts that need fewer characters
    return len(line) >= (35 if dense else 70) and bool(_SENTENCE_END.search(line))


def _score(line: str) -> int:
    if not line:
        return 0
    if _is_prose(list_item(line, numbered=False) or line):
        if len(line) < 400 and _OF_FORMS.search(line):
            return -40
        return min(len(line), 400)
    heading = heading_of(line)
    if heading and heading[0] == "stories":
        return -120
    return -10 if is_sentence(line) else -35


def _body_of(words: list[str]) -> tuple[int, int]:
    """The neighbouring lines with the largest sum of scores, as [first, last)."""
    best = total = 0
    first = begin = last = 0
    for index, line in enumerate(words):
        if total <= 0:
            total, begin = 0, index
        total += _score(line)
        if total > best:
            best, first, last = total, begin, index + 1
    return first, last


def _headline_of(words: list[str], first: int, last: int) -> int | None:
    """The line above the body that shares most words with it; repeated and near ones win."""
    body = {word for line in words[first:last] for word in _WORD.findall(line.casefold())}
    times = Counter(words)
    best: tuple[float, int] | None = None
    seen = 0
    for index in range(first - 1, -1, -1):
        line = words[index]
        if not line:
            continue
        seen += 1
        if seen > _REACH:
            break
        if not _may_be_headline(line):
            continue
        own = set(_WORD.findall(line.casefold()))
        # One or two words of a section's name are easily found in any text about it.
        shared = len(own & body) / max(len(own), 5)
        value = shared + 0.2 * (times[line] > 1) - 0.012 * seen
        if best is None or value > best[0]:
            best = (value, index)
    return best[1] if best else None


def _may_be_headline(line: str) -> bool:
    if not 12 <= len(line) <= 220 or list_item(line, numbered=False) or heading_of(line):
        return False
    if role_of(line) or is_byline(line):
        return False
    return not (ends_sentence(line) and line[-1] in ".。") or len(line) < 60
