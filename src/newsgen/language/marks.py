"""Find quoted stretches: pair the quotation marks of many languages, paragraph by paragraph."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from newsgen.model import Span

DOUBLE, ANGLE, NARROW, CORNER, WHITE = range(5)

_FAMILY: dict[str, int] = (
    dict.fromkeys(('"', "“", "”", "„", "‟", "＂", "〝", "〞", "``", "''"), DOUBLE)
    | dict.fromkeys("«»", ANGLE)
    | dict.fromkeys("‹›", NARROW)
    | dict.fromkeys("「」", CORNER)
    | dict.fromkeys("『』", WHITE)
)
_EITHER = frozenset(('"', "＂", "''"))
_OPENING = frozenset(("“", "„", "‟", "«", "‹", "「", "『", "〝", "``"))
ENDS = '"“”„‟«»‹›「」『』〝〞＂`'
_MARK = re.compile(r"""["“”„‟«»‹›「」『』〝〞＂]|``|''""")
# "WALLACE: …" and "Q: …": whose turn it is in a transcript.
LABEL = re.compile(
    r"\s*(?P<name>[QA]|(?:[A-Z][A-Z.'’-]+)(?: [A-Z][A-Z.'’-]+){0,3})(?: \([^()]{1,30}\))?:\s+(?=\S)"
)
_SINGLE_OPEN = re.compile(r"(?<![\w’'])[‘'](?=[^\W_]|…|\.\.\.)")
_SINGLE_CLOSE = re.compile(r"(?<=[,.!?…])[’'](?!\w)")
# A cue inside an open stretch: the closing mark was lost before it.
_LOST_CLOSE = re.compile(
    r"[,?!—–-]+(?=\s(?:(?:he|she|they|[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+){0,3}) "
    r"(?:said|says|told|added|asked|wrote)|said [A-Z])\b)"
)
_OPENS_AFTER = frozenset(" \t\n\r([{—–-/:>*_…") | frozenset(ENDS) | frozenset("‘'")
_CLOSES_BEFORE = frozenset(" \t\n\r)]}—–-/.,;:?!…<*_’'。，、；：？！") | frozenset(ENDS)
_DEEPEST = 8  # quotes in quotes in quotes: beyond it marks are noise, and the work stays linear
_TERMINAL = frozenset(".?!…")


class Stretch(NamedTuple):
    """Words between marks. `whole` is false where one of the two marks had to be guessed."""

    span: Span
    whole: bool
    single: bool = False


class _Mark(NamedTuple):
    start: int
    end: int
    family: int
    opens: bool
    reopens: bool


def quoted_stretches(text: str, paragraphs: Sequence[Span]) -> list[Stretch]:
    """Find what stands between quotation marks, outermost marks only, in order.

    Every paragraph starts afresh, so a lost mark never turns the rest inside out; only where a
    paragraph leaves a mark open and the next one begins with a mark does the stretch go on.
    """
    found: list[Stretch] = []
    going_on: int | None = None  # where a stretch began that its paragraph left open
    for span in paragraphs:
        marks = _marks_in(text, span)
        first = _first_letter(text, span)
        if going_on is not None and not (marks and marks[0].start <= first):
            going_on = None
        if going_on is not None and LABEL.match(text, marks[0].end, span.end):
            going_on = None  # the next speaker of a transcript
        inner, left_open = _pair(text, span, marks)
        if going_on is not None and inner:
            head = inner[0]
            inner[0] = Stretch(Span(going_on, head.span.end), head.whole)
            found.pop()
        going_on = inner[-1].span.start if left_open and inner else None
        found += inner
        if not marks:
            found += _single_quoted(text, span)
    return [tight for stretch in found if (tight := _tightened(text, stretch)) is not None]


def _first_letter(text: str, span: Span) -> int:
    place = span.start
    while place < span.end and (text[place].isspace() or text[place] in "([*_>-—"):
        place += 1
    return place


def _tightened(text: str, stretch: Stretch) -> Stretch | None:
    """Leave out white space and marks at both ends; None where no word is left."""
    start, end = stretch.span.start, stretch.span.end
    while start < end and (text[start].isspace() or text[start] in ENDS):
        start += 1
    if label := LABEL.match(text, start, end):
        start = label.end()
    while start < end and (text[end - 1].isspace() or text[end - 1] in ENDS):
        end -= 1
    if text[start:end].endswith("''"):
        end -= 2
    if end > start and text[end - 1] in ",，":
        end -= 1  # the comma of "“…,” he said" belongs to the sentence around it
    if not any(c.isalnum() for c in text[start : min(end, start + 400)]):
        return None
    return stretch._replace(span=Span(start, end))


def _marks_in(text: str, span: Span) -> list[_Mark]:
    """The marks of a paragraph with their direction; marks that stand in markup left out."""
    marks: list[_Mark] = []
    depth = 0
    attribute = False
    last = None
    for match in _MARK.finditer(text, span.start, span.end):
        glyph, start, end = match[0], match.start(), match.end()
        before = text[start - 1] if start > span.start else " "
        after = text[end] if end < span.end else " "
        doubled = last is not None and last.end == start and text[last.start : last.end] == glyph
        if doubled and last is not None and (last.opens or not after.isalnum()):
            marks[-1] = last = last._replace(end=end)  # `""` is one mark printed twice
            continue
        if before == "=" or attribute:
            attribute = before == "="  # both marks of an attribute in left-over markup
            continue
        opens = _opens(glyph, before, after, depth)
        if opens is None:
            continue
        reopens = opens and depth > 0 and before.isspace() and text[start - 2] in _TERMINAL
        last = _Mark(start, end, _FAMILY[glyph], opens, reopens)
        marks.append(last)
        depth = depth + 1 if opens else max(depth - 1, 0)
    return marks


def _opens(glyph: str, before: str, after: str, depth: int) -> bool | None:
    """Tell an opening from a closing mark; None for neither (an inch sign)."""
    may_open = not after.isspace() and before in _OPENS_AFTER
    may_close = not before.isspace() and after in _CLOSES_BEFORE
    if glyph in _EITHER:
        if may_open != may_close:
            if may_close and depth == 0 and before.isdigit():
                return None
            return may_open
        return depth == 0
    if glyph in _OPENING:
        return not (depth > 0 and may_close and not may_open)
    return depth == 0 and may_open and not may_close


def _pair(text: str, span: Span, marks: list[_Mark]) -> tuple[list[Stretch], bool]:
    """Pair the marks of one paragraph; true if its last stretch was left open."""
    openers = sum(mark.opens for mark in marks)
    # More openers than closers: a paragraph that was merged from several, each of which opened
    # its part of one long quote. With as many closers as openers it is a quote in a quote.
    merged = openers > len(marks) - openers
    found: list[Stretch] = []
    stack: list[_Mark] = []
    looked = span.start
    for mark in marks:
        if mark.opens:
            if merged and stack and mark.reopens:
                cut = _LOST_CLOSE.search(text, looked, mark.start)
                looked = mark.start  # from here on: each character is looked at once
                if cut is None:
                    continue
                found.append(Stretch(Span(stack[0].end, cut.end()), False))
                stack.clear()
            if len(stack) < _DEEPEST:
                stack.append(mark)
            looked = max(looked, stack[0].end)
        elif stack:
            index = len(stack) - 1
            while index >= 0 and stack[index].family != mark.family:
                index -= 1
            if index < 0:
                continue
            if index == 0:
                found.append(Stretch(Span(stack[0].end, mark.start), True))
            del stack[index:]
        elif not found and text[mark.start - 1] in ",.?!" and mark.start - 1 > span.start:
            found.append(Stretch(Span(span.start, mark.start), False))
    if not stack:
        return found, False
    cut = _LOST_CLOSE.search(text, stack[0].end, span.end)
    if cut is not None:
        found.append(Stretch(Span(stack[0].end, cut.end()), False))
        return found, False
    found.append(Stretch(Span(stack[0].end, span.end), False))
    return found, True


def _single_quoted(text: str, span: Span) -> list[Stretch]:
    """Speech in single marks, as British papers print it: four words and closed by a stop."""
    found: list[Stretch] = []
    place = span.start
    while (opener := _SINGLE_OPEN.search(text, place, span.end)) is not None:
        closer = _SINGLE_CLOSE.search(text, opener.end(), span.end)
        if closer is None:
            break
        inner = Span(opener.end(), closer.start())
        if len(text[inner.start : inner.end].split(None, 4)) >= 4:
            found.append(Stretch(inner, True, single=True))
            place = closer.end()
        else:
            place = opener.end()
    return found
