"""JSON as text with places: where each string of a record stands, and its escapes undone."""

import re
from typing import NamedTuple

from newsgen.model import Edit

_TOKEN = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"|([{}\[\],:])', re.DOTALL)
_ESCAPE = re.compile(
    r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))",
    re.DOTALL,
)
_SHORT = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


class StringValue(NamedTuple):
    """A string in a record: the record's key that it stands under, the nearest key ("name" in
    `"author": {"name": …}`), and where it stands without its quotation marks."""

    key: str
    name: str
    start: int
    end: int


def string_values(raw: str) -> list[StringValue]:
    """All strings that are values in a record. The text has to be valid JSON."""
    values: list[StringValue] = []
    open_objects: list[bool] = []  # for each container around: is it an object
    names: list[str] = []  # for each container around: the key that was read in it last
    expects_key = False
    for token in _TOKEN.finditer(raw):
        mark = token[2]
        if mark is None:
            if expects_key:
                names[-1] = unescaped(token[1])[0]
            elif names:
                values.append(StringValue(names[0], _nearest(names), token.start(1), token.end(1)))
        elif mark in "{[":
            open_objects.append(mark == "{")
            names.append("")
        elif mark in "}]":
            open_objects.pop()
            names.pop()
        expects_key = bool(open_objects) and open_objects[-1] and mark in ("{", ",")
    return values


def _nearest(names: list[str]) -> str:
    return next((name for name in reversed(names) if name), "")


def elements(raw: str) -> list[tuple[int, int]]:
    """The spans of the elements of a JSON array. The text has to be valid JSON."""
    spans: list[tuple[int, int]] = []
    depth = 0
    start = 0
    for token in _TOKEN.finditer(raw):
        mark = token[2]
        if mark is None:
            continue
        if depth == 1 and mark in ",]":
            spans.append(_stripped(raw, start, token.start()))
            start = token.end()
        if mark in "{[":
            depth += 1
            start = token.end() if depth == 1 else start
        elif mark in "}]":
            depth -= 1
    return [span for span in spans if span[1] > span[0]]


def _stripped(raw: str, start: int, end: int) -> tuple[int, int]:
    while start < end and raw[start] in " \t\r\n":
        start += 1
    while end > start and raw[end - 1] in " \t\r\n":
        end -= 1
    return start, end


def unescaped(raw: str) -> tuple[str, tuple[Edit, ...]]:
    """Undo the escapes in JSON; they stand in strings only, so structure stays as it is."""
    pieces: list[str] = []
    edits: list[Edit] = []
    place = length = 0
    for escape in _ESCAPE.finditer(raw):
        char = _char(escape)
        start, end = escape.span()
        pieces += raw[place:start], char
        length += start - place
        edits.append(Edit(length, length + 1, start, end))
        length += 1
        place = end
    if not edits:
        return raw, ()
    pieces.append(raw[place:])
    return "".join(pieces), tuple(edits)


def _char(escape: re.Match[str]) -> str:
    if escape[1]:
        return chr(0x10000 + ((int(escape[1], 16) - 0xD800) << 10) + int(escape[2], 16) - 0xDC00)
    if escape[3]:
        return chr(int(escape[3], 16))
    return _SHORT.get(escape[4], escape[4])
