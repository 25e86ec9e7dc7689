"""Find rendered text again in the markup it was made from.

A reading text is the source minus its markup. Word by word the rendered blocks are found in the
source, each close behind the one before; what lies between two found words is either equal, or
markup, or (escapes, entities) the difference that rapidfuzz's Indel finds.
"""

import re
from array import array
from typing import NamedTuple

from rapidfuzz.distance import Indel

from newsgen.layout.parts import source_lines
from newsgen.model import Edit, Span
from newsgen.source_text.reading_text import plain

# Markup whose inside is never shown and could be taken for text: tags, comments, addresses.
_HIDDEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<raw>script|style)\b.*?(?:</(?P=raw)\s*>|\Z)"
    r"|</?[A-Za-z][^<>]{0,2000}>(?<!@[\w.-]>)|(?<=\])\([^()\n]{0,2000}(?:\([^()\n]*\)[^()\n]*)?\)"
    r"|(?<=\])\[[^\[\]\n]{0,200}\]|^ {0,3}\[[^\]\n]{1,200}\]:[ \t]*\S+[^\n\r]*",
    re.DOTALL | re.IGNORECASE | re.MULTILINE,
)
_AUTOLINK = re.compile(r"<(?:[a-z][a-z0-9+.-]{1,20}:[^<>\s]+|[^<>\s@]+@[^<>\s]+)>", re.IGNORECASE)
_WORD = re.compile(r"\S+")
_BULLET = re.compile(r"[\s>*+-]*\d{1,3}[.)]\s+\Z")
_NEAR = 48  # shown characters between two words that follow one another: markup is short
_FAR = 4_000
_LARGEST_GAP = 4_000  # characters that Indel is asked to compare; its time is quadratic


class Aligned(NamedTuple):
    """The reading text, how it leads to the source, where each block and each left-over line is."""

    text: str
    edits: tuple[Edit, ...]
    blocks: tuple[Span, ...]
    others: tuple[Span, ...]


class _Found(NamedTuple):
    """A word of a block that was found: where it stands in the block and in the source."""

    block: int
    start: int
    end: int
    source: int


def align(source: str, start: int, blocks: list[str]) -> Aligned:
    """Make the reading text of `source[start:]` out of its rendered blocks.

    Between the blocks, lines that were not rendered (comments, rules, link addresses) are kept as
    they are. The text before `start` is left out of the result; offsets count from 0 in it, source
    offsets from the beginning of `source`.
    """
    writer = _Writer(plain(source), start)
    found = _find(writer.source, start, blocks)
    spans: list[Span] = []
    place = 0
    for number, block in enumerate(blocks):
        own = []
        while place < len(found) and found[place].block == number:
            own.append(found[place])
            place += 1
        begins = own[0].source if own else writer.done
        writer.gap(begins, lead=bool(block[: own[0].start].strip()) if own else True)
        limit = found[place].source if place < len(found) else len(source)
        spans.append(writer.block(block, own, limit))
    writer.rest()
    return Aligned("".join(writer.pieces), tuple(writer.edits), tuple(spans), tuple(writer.others))


def _find(source: str, start: int, blocks: list[str]) -> list[_Found]:
    shown, places = _shown(source, start)
    found: list[_Found] = []
    at = missed = 0
    for number, block in enumerate(blocks):
        for word in _WORD.finditer(block):
            reach = min(_NEAR + missed, _FAR) + len(word.group())
            hit = shown.find(word.group(), at, at + reach)
            if hit < 0 or not _plausible(shown[at:hit], word.group(), missed):
                missed += len(word.group()) + 8
                continue
            last = hit + len(word.group()) - 1
            if places[last] - places[hit] == last - hit:  # nothing hidden inside the word
                found.append(_Found(number, word.start(), word.end(), places[hit]))
            at = last + 1
            missed = 0
    return found


def _plausible(skipped: str, word: str, missed: int) -> bool:
    """Whether a word may begin behind what was skipped to reach it."""
    if missed or len(word) >= 5:
        return True
    return not any(char.isalnum() for char in skipped) or bool(_BULLET.match(skipped))


def _shown(source: str, start: int) -> tuple[str, "array[int]"]:
    """The source without hidden markup, and for each of its characters the place in the source."""
    pieces: list[str] = []
    places = array("q")
    done = start
    for hidden in _HIDDEN.finditer(source, start):
        if _AUTOLINK.fullmatch(hidden.group()):
            continue
        pieces.append(source[done : hidden.start()])
        places.extend(range(done, hidden.start()))
        done = hidden.end()
    pieces.append(source[done:])
    places.extend(range(done, len(source)))
    return "".join(pieces), places


class _Writer:
    """Collects the reading text from left to right; `done` is how far the source is used up."""

    def __init__(self, source: str, start: int) -> None:
        self.source = source
        self.done = start
        self.length = 0
        self.pieces: list[str] = []
        self.edits: list[Edit] = []
        self.others: list[Span] = []

    def put(self, new: str, until: int) -> None:
        """Let `new` stand for the source up to `until`."""
        old = self.source[self.done : until]
        if old != new:
            self._edit(new, self.done, until)
        self.pieces.append(new)
        self.length += len(new)
        self.done = until

    def _edit(self, new: str, start: int, end: int) -> None:
        last = self.edits[-1] if self.edits else None
        here = self.length
        if last and last.end == here and last.source_end == start:
            self.edits[-1] = Edit(last.start, here + len(new), last.source_start, end)
        else:
            self.edits.append(Edit(here, here + len(new), start, end))

    def differing(self, new: str, until: int) -> None:
        """Let `new` stand for the source up to `until`, which differs from it here and there."""
        old = self.source[self.done : until]
        if len(old) > _LARGEST_GAP or len(new) > _LARGEST_GAP:
            self.put(new, until)
            return
        base = self.done
        for step in Indel.opcodes(old, new):
            self.put(new[step.dest_start : step.dest_end], base + step.src_end)

    def gap(self, until: int, *, lead: bool) -> None:
        """Use up what stands between two blocks: markup is dropped, whole lines are kept.

        With `lead`, words of the coming block that were not found stand in the last line.
        """
        lines = source_lines(self.source, self.done, until)
        if not lines:
            return
        first = self.done
        last = lines[-1] if lines[-1][1] == until else (until, until)
        for start, end in lines:
            if (start, end) == last:
                break
            if start == first and self.pieces and not self._at_line_start(first):
                self.put("", end)
            else:
                self._keep(start, end)
            self._line_end()
        if not lead:
            self.put("", until)

    def _at_line_start(self, place: int) -> bool:
        return place == 0 or self.source[place - 1] in "\r\n"

    def _keep(self, start: int, end: int) -> None:
        begin = self.length
        self.put(self.source[start:end], end)
        self.others.append(Span(begin, self.length))

    def _line_end(self) -> None:
        size = 2 if self.source.startswith("\r\n", self.done) else 1
        self.put(self.source[self.done : self.done + size], self.done + size)

    def block(self, text: str, found: list[_Found], limit: int) -> Span:
        """Write a block: its found words as they are, what lies between them by difference.

        `limit` is where the next block's first found word stands in the source.
        """
        begin = self.length
        place = 0
        for word in found:
            self._between(text[place : word.start], word.source)
            self.put(text[word.start : word.end], word.source + word.end - word.start)
            place = word.end
        rest = text[place:]
        if rest:
            self.differing(rest, min(self._line_after(rest), limit))
        return Span(begin, self.length)

    def _between(self, new: str, until: int) -> None:
        if new.isspace() or not new:
            self.put(new, until)
        else:
            self.differing(new, until)

    def _line_after(self, rest: str) -> int:
        """The end of the line in the source, for words at a block's end that were not found."""
        for _, end in source_lines(self.source, self.done, min(len(self.source), self.done + _FAR)):
            if end > self.done:
                return min(end, self.done + 4 * len(rest) + 16)
        return self.done

    def rest(self) -> None:
        """Keep the lines behind the last block."""
        first = self.done
        for start, end in source_lines(self.source, first):
            if start == first and self.pieces and not self._at_line_start(first):
                self.put("", end)
            else:
                self._keep(start, end)
            if end < len(self.source):
                self._line_end()
