"""Whole web pages on one line: cut them into headline, body and what stands around them.

Such a page repeats its headline, first as the page's title ("… - People's Daily Online"), then
above the body, after the navigation. The body ends at the editor's credit or at the first thing
that only a web page has. Lists of other stories have no marks between their entries.
"""

import re
from itertools import pairwise
from typing import NamedTuple

from newsgen.layout.parts import Layout, Listed, Part

_SHORTEST = 400  # characters of a line that may be a page
_TITLE_WITHIN = 400
_TITLE_END = re.compile(r"\s+[-–—|_]\s+")
_REPEATED_WITHIN = 4_000
_SIGNATURE = re.compile(
    r"\s*(?P<byline>By [^()\d]{2,90}?)?\s*(?P<date>(?:\(\s*[^()]{2,60}?\s*\)\s*)?"
    r"\d{1,2}:\d\d,\s*[A-Z][a-z]+\.? \d{1,2}, \d{4})\s*"
)
# What surely ends a body, best first.
_TAIL = re.compile(
    r"\(For the latest [^()]{2,40} news, [^()]{2,120}\)|\((?:Web )?[Ee]ditors?\s?: [^()]{2,120}\)"
    r"|\b(?:Add your comment|Please enable JavaScript)\b|(?:【\d+】\s*){2,}"
    r"|(?:^|\s)(?:Copyright )?© |\bAll [Rr]ights [Rr]eserved\b"
)
_EDITOR = re.compile(r"\((?:Web )?[Ee]ditors?\s?: [^()]{2,120}\)\s*")
_RIGHTS = re.compile(r"(?:[\w.]{3,30}\.\w{2,9}\s+)?(?:Copyright\s*)?©\s?[^©]{3,160}$")
_HEADING = re.compile(
    r"(?<!\S)(?:Related [Rr]eading|Related [Ss]tories|Related [Aa]rticles|Related [Nn]ews|Most Read"
    r"|Most Popular|Hot News|We Recommend|Recommended|Photos|Top 10(?= Top 10)"
    r"|Popular on [A-Z]\w+ [A-Z]\w+|Key Words|Links:|About [A-Z][^|]{3,40}\|)(?!\S)"
)
_NO_STORIES = ("Key Words", "Links:", "About ")
_NUMBERED = re.compile(r"(?<!\S)(?=([1-9]|1\d) \S)")
_NUMBER = re.compile(r"^\d{1,2}(?:\s+|$)")
_TOP_TEN = re.compile(r"\bTop 10 ")
_DATELINE = re.compile(
    r"(?<=[.!?)\"”] )(?=[A-Z][A-Z'./ -]{2,60}, [A-Z][a-z]{2,8}\.? \d{1,2} \([A-Z][^()]{2,40}\) ?--)"
)
_PHOTO_CREDIT = re.compile(
    r"\((?:(?:Xinhua|People's Daily(?: Online)?|CNS(?:photo)?|AP|AFP|China Daily|Photo)\s?/"
    r"[^()]{2,60}"
    r"|Photo by [^()]{2,60}|[^()]{2,50}/[^()]{0,20}Xinhua|File photo|Photo: [^()]{2,60})\)\s*"
)
_PHOTO_OPENING = re.compile(
    r"(?<=[.!?)\"”] )(?=(?:File |Aerial |Combo )?[Pp]hoto(?: taken| shows| provided)\b)"
)
_WORDS = re.compile(r"\S")
_SENTENCE_START = re.compile(r"(?<=[.!?)\"”] )(?=[A-Z\"“])")
_LONGEST_CAPTION = 700


class _Frame(NamedTuple):
    """Where the pieces of a page stand."""

    start: int
    title_end: int
    repeated: int
    body: int
    tail: int
    end: int


def layout_of(text: str, spans: list[tuple[int, int]], words: list[str]) -> Layout | None:
    """The layout of a text that is one web page on one line, None for all other texts."""
    filled = [index for index, line in enumerate(words) if line]
    if len(filled) != 1 or len(words[filled[0]]) < _SHORTEST:
        return None
    frame = _frame(text, *spans[filled[0]])
    if frame is None:
        return None
    parts: list[Part] = []
    related: list[Listed] = []
    for index, (start, end) in enumerate(spans):
        if index != filled[0]:
            parts.append(Part("blank", start, end))
            continue
        parts += _head(text, frame)
        parts += _body(text, frame.body, frame.tail)
        _cut_tail(text, frame, parts, related)
    shown = tuple(part for part in parts if part.end > part.start or part.role == "blank")
    return Layout(shown, tuple(related))


def _frame(text: str, start: int, end: int) -> _Frame | None:
    begin = start
    while begin < end and text[begin].isspace():
        begin += 1
    for mark in _TITLE_END.finditer(text, begin + 8, min(end, begin + _TITLE_WITHIN)):
        title = text[begin : mark.start()]
        repeated = text.find(title, mark.end(), min(end, mark.end() + _REPEATED_WITHIN))
        if repeated < 0:
            continue
        body = repeated + len(title)
        tail = _TAIL.search(text, body, end)
        if tail is not None:
            return _Frame(start, mark.start(), repeated, body, tail.start(), end)
    return None


def _head(text: str, frame: _Frame) -> list[Part]:
    body = frame.body
    signature = _SIGNATURE.match(text, body, frame.tail)
    parts = [
        Part("headline", frame.start, frame.title_end),
        Part("boilerplate", frame.title_end, body),
    ]
    if signature:
        middle = signature.end("byline") if signature["byline"] else body
        parts += Part("byline", body, middle), Part("date", middle, signature.end())
    return parts


def _body(text: str, start: int, end: int) -> list[Part]:
    """The body, which begins behind what `_head` took, cut at captions and at a dateline."""
    signature = _SIGNATURE.match(text, start, end)
    place = signature.end() if signature else start
    parts: list[Part] = []
    for credit in _PHOTO_CREDIT.finditer(text, place, end):
        caption = _caption_start(text, place, credit.start())
        parts += _paragraphs(text, place, caption)
        parts.append(Part("caption", caption, credit.end()))
        place = credit.end()
    parts += _paragraphs(text, place, end)
    if not any(part.role == "paragraph" for part in parts):
        parts = [part._replace(role="paragraph") for part in parts]
    return parts


def _caption_start(text: str, place: int, credit: int) -> int:
    """Where the caption before a photo credit begins: "Photo shows …", or its last sentence."""
    lowest = max(place, credit - _LONGEST_CAPTION)
    openings = [found.start() for found in _PHOTO_OPENING.finditer(text, lowest, credit)]
    if openings:
        return openings[-1]
    starts = [found.start() for found in _SENTENCE_START.finditer(text, lowest, credit)]
    if lowest == place and len(starts) <= 2:
        return place
    return starts[-1] if starts else lowest


def _paragraphs(text: str, start: int, end: int) -> list[Part]:
    if _WORDS.search(text, start, end) is None:
        return [Part("boilerplate", start, end)]
    cuts = [start, *(found.start() for found in _DATELINE.finditer(text, start, end)), end]
    return [Part("paragraph", first, last) for first, last in pairwise(cuts)]


def _cut_tail(text: str, frame: _Frame, parts: list[Part], related: list[Listed]) -> None:
    """Cut what follows the body: credit, comment box, lists of stories, links, rights."""
    rights = _RIGHTS.search(text, max(frame.tail, frame.end - 220), frame.end)
    stop = rights.start() if rights else frame.end
    headings = list(_HEADING.finditer(text, frame.tail, stop))
    first = headings[0].start() if headings else stop
    editor = _EDITOR.search(text, frame.tail, first)
    cut = editor.span() if editor else (first, first)
    parts.append(Part("boilerplate", frame.tail, cut[0]))
    parts.append(Part("credit", *cut))
    parts.append(Part("boilerplate", cut[1], first))
    for index, heading in enumerate(headings):
        until = headings[index + 1].start() if index + 1 < len(headings) else stop
        _cut_list(text, (heading.start(), heading.end(), until), parts, related)
    if rights:
        parts.append(Part("rights", stop, frame.end))


def _cut_list(
    text: str, place: tuple[int, int, int], parts: list[Part], related: list[Listed]
) -> None:
    start, items, end = place
    heading = text[start:items]
    if heading.startswith(_NO_STORIES) or not text[items:end].strip():
        parts.append(Part("boilerplate", start, end))
        return
    first = items + len(text[items:end]) - len(text[items:end].lstrip())
    parts.append(Part("section", start, first))
    cuts = [first, *(_numbered(text, first, end) or _top_tens(text, first, end)), end]
    for begin, until in pairwise(cuts):
        title = text[begin:until].strip()
        if len(cuts) > 2:
            title = _NUMBER.sub("", title)
        parts.append(Part("related" if title else "boilerplate", begin, until))
        if title:
            related.append(Listed(title, begin, heading))


def _top_tens(text: str, start: int, end: int) -> list[int]:
    """Where the second and later entries begin in a list whose entries all begin "Top 10"."""
    if not text.startswith("Top 10 ", start):
        return []
    return [found.start() for found in _TOP_TEN.finditer(text, start + 1, end)]


def _numbered(text: str, start: int, end: int) -> list[int]:
    """Where the second and later entries of a list that counts 1, 2, 3 begin."""
    cuts: list[int] = []
    if not text.startswith("1 ", start):
        return cuts
    for found in _NUMBERED.finditer(text, start + 2, end):
        if int(found[1]) == len(cuts) + 2:
            cuts.append(found.start())
    return cuts
