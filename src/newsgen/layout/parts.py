"""A source cut into parts that have roles: what classification hands to the readers."""

import re
from typing import NamedTuple

from newsgen.model import Level, LineRole

Roles = list[LineRole | None]  # the roles of lines while they are being found

_MOST_EMPTY = 10  # empty sections that are reported of one article
_LINE_END = re.compile(r"\r\n|\r|\n")


class Part(NamedTuple):
    """A line, or a piece of one, and what it is for. `joins`: goes on with the paragraph before."""

    role: LineRole
    start: int
    end: int
    joins: bool = False


class Listed(NamedTuple):
    """A headline printed in a list of other stories, where it stands, and under which heading."""

    headline: str
    start: int
    section: str


class Finding(NamedTuple):
    """Something odd at a place in the text; becomes a problem when lines are numbered."""

    code: str
    message: str
    start: int | None = None
    level: Level = "warning"


class Layout(NamedTuple):
    """All parts of a text in order, and what was read from them. Parts tile the text's lines."""

    parts: tuple[Part, ...]
    related: tuple[Listed, ...] = ()
    findings: tuple[Finding, ...] = ()

    def joined(self, other: "Layout") -> "Layout":
        """This layout followed by another one of the same text."""
        return Layout(
            self.parts + other.parts,
            self.related + other.related,
            self.findings + other.findings,
        )


def source_lines(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The spans of the lines in a stretch of text, without their line ends (LF, CR LF or CR)."""
    stop = len(text) if end is None else end
    spans: list[tuple[int, int]] = []
    place = start
    if text.find("\r", start, stop) < 0:
        # Most texts: half the time of the search below.
        while (found := text.find("\n", place, stop)) >= 0:
            spans.append((place, found))
            place = found + 1
        if place < stop:
            spans.append((place, stop))
        return spans
    for match in _LINE_END.finditer(text, start, stop):
        spans.append((place, match.start()))
        place = match.end()
    if place < stop:
        spans.append((place, stop))
    return spans


def listed_at(
    spans: list[tuple[int, int]],
    stories: list[tuple[int, str, str]],
    empty: list[tuple[int, str]],
) -> tuple[tuple[Listed, ...], tuple[Finding, ...]]:
    """Turn lines of lists, counted in `spans`, into what stands at which place of the text."""
    related = tuple(Listed(title, spans[index][0], name) for index, title, name in stories)
    findings = tuple(
        Finding("empty-section", f'heading "{name}" has no entries', spans[index][0], "info")
        for index, name in empty[:_MOST_EMPTY]
    )
    return related, findings
