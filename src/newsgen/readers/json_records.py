"""Read articles from JSON: one record, an array of records, or one record a line.

The reading text of a record is its JSON text with the escapes undone, so that each byte of it is
accounted for; the fields that hold text, headline, names and dates are parts of it with roles, all
else is boilerplate.
"""

import codecs
import json
from collections.abc import Iterator, Mapping
from typing import NamedTuple, cast

import msgspec

from newsgen.digest import sha256
from newsgen.errors import SourceError
from newsgen.layout.assembly import Draft, make_article
from newsgen.layout.given import field_of, given_of, is_dated
from newsgen.layout.parts import Finding, Layout, Part, source_lines
from newsgen.layout.roles import layout_of
from newsgen.model import Article, Given, LineRole, Problem, Source
from newsgen.source_text.edits import compose, reading_offset
from newsgen.source_text.encoding import decode, encode, encoding_problems
from newsgen.source_text.json_text import StringValue, elements, string_values, unescaped
from newsgen.source_text.reading_text import reading_text

# Where the body may stand, best first. "paragraphs" is a list, in newsgen's own record.
_BODY = (
    *("text", "maintext", "cleaned_text", "article_text", "articlebody", "body"),
    *("content", "raw_text", "paragraphs"),
)
# What other fields say already, or what newsgen's own record says of the text.
_NO_EXTRA = frozenset(_BODY) | {
    *("lines", "edits", "inline", "quotes", "mentions", "entities", "terms"),
    *("problems", "permalink", "related"),
}
_ROLES: dict[str, LineRole] = {
    "headline": "headline",
    "subheadline": "subheadline",
    "authors": "byline",
    "date": "date",
    "url": "url",
    "rights": "rights",
}
_BOM = codecs.BOM_UTF8
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)


class _Record(NamedTuple):
    """The bytes of one record and where they stand in the file."""

    start: int
    content: bytes
    number: int | None


class _Place(NamedTuple):
    """A stretch of the reading text with a role; `None` for the body, which has its own lines."""

    start: int
    end: int
    role: LineRole | None


def read_json(path: str, content: bytes) -> tuple[Article, ...]:
    """Read a `.json` file: a record, an array of records, or records line by line."""
    decoded = decode(content)
    try:
        value = _parsed(decoded.text)
    except ValueError as error:
        if content.strip().count(b"\n"):
            return read_json_lines(path, content)
        raise SourceError(
            f"this is not JSON: {error}", where=path, expected="a record or an array of records"
        ) from None
    if isinstance(value, Mapping):
        return (_article(path, _Record(0, content, None), "json"),)
    if not isinstance(value, list):
        raise SourceError("no record in this file", where=path, expected="an object or an array")
    offset = len(content) - len(encode(decoded.text, _bare(decoded.encoding), decoded.repairs))
    records = _records_of(decoded.text, _bare(decoded.encoding), offset, decoded.repairs)
    return _articles(path, content, records, "json")


def read_json_lines(path: str, content: bytes) -> tuple[Article, ...]:
    """Read a file that has one record a line. A line that is none becomes a problem."""
    if content.startswith(_WIDE):
        raise SourceError("records are not in UTF-8", where=path, hint="save the file as UTF-8")
    return _articles(path, content, _lines_of(content), "jsonl")


def _bare(encoding: str) -> str:
    return encoding.removesuffix("-sig")


def _lines_of(content: bytes) -> Iterator[_Record]:
    start = len(_BOM) if content.startswith(_BOM) else 0
    number = 0
    while start < len(content):
        end = content.find(b"\n", start)
        end = len(content) if end < 0 else end
        number += 1
        line = content[start:end].removesuffix(b"\r")
        if line.strip():
            yield _Record(start, line, number)
        start = end + 1


def _records_of(
    text: str, encoding: str, offset: int, repairs: tuple[tuple[int, str], ...]
) -> Iterator[_Record]:
    """The elements of an array, with their places in bytes."""
    done = taken = 0
    for number, (start, end) in enumerate(elements(text), start=1):
        for first, last in ((done, start), (start, end)):
            inside: list[tuple[int, str]] = []
            while taken < len(repairs) and repairs[taken][0] < last:
                inside.append((repairs[taken][0] - first, repairs[taken][1]))
                taken += 1
            raw = encode(text[first:last], encoding, tuple(inside))
            offset += len(raw)
        done = end
        yield _Record(offset - len(raw), raw, number)


def _articles(
    path: str, content: bytes, records: Iterator[_Record], form: str
) -> tuple[Article, ...]:
    articles: list[Article] = []
    problems: list[Problem] = []
    for record in records:
        try:
            articles.append(_article(path, record, form))
        except ValueError as error:
            message = f"record {record.number} cannot be read: {error}"
            line = content.count(b"\n", 0, record.start) + 1
            problems.append(Problem("malformed-record", path, message, line))
    if not articles:
        what = problems[0].message if problems else "no record in this file"
        raise SourceError(what, where=path, expected="JSON objects, one for each article")
    if problems:
        first = articles[0]
        articles[0] = msgspec.structs.replace(first, problems=(*first.problems, *problems))
    return tuple(articles)


def _parsed(text: str) -> object:
    """The value of a JSON text. What msgspec is too strict for, the standard library reads."""
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        try:
            return json.loads(text, strict=False)
        except RecursionError:
            raise ValueError("nested too deep") from None


def _article(path: str, record: _Record, form: str) -> Article:
    decoded = decode(record.content)
    value = _parsed(decoded.text)
    if not isinstance(value, Mapping):
        raise ValueError("not an object")
    middle, escapes = unescaped(decoded.text)
    text, edits = reading_text(middle)
    edits = compose(escapes, edits)
    named = cast(Mapping[str, object], value)
    given = given_of(
        {key: item for key, item in named.items() if item is not None and key not in _NO_EXTRA}
    )
    places = [
        _Place(reading_offset(edits, string.start), reading_offset(edits, string.end), role)
        for string, role in _chosen(string_values(decoded.text), decoded.text)
    ]
    source = Source(
        path=path,
        format=form,
        sha256=sha256(record.content),
        bytes=len(record.content),
        encoding=decoded.encoding,
        start=record.start,
        record=record.number,
        repairs=decoded.repairs,
    )
    layout = _layout(text, places, given)
    problems = encoding_problems(decoded, path)
    return make_article(Draft(source, text, layout, edits, given, problems=problems))


def _chosen(values: list[StringValue], raw: str) -> list[tuple[StringValue, LineRole | None]]:
    """The strings that are parts of the article, in order, each with its role."""
    filled = [value for value in values if raw[value.start : value.end].strip()]
    keys = {value.key.casefold(): value.key for value in reversed(filled)}
    body = next((keys[key] for key in _BODY if key in keys), None)
    chosen: list[tuple[StringValue, LineRole | None]] = []
    taken: dict[str, str] = {}
    for value in filled:
        field = field_of(value.key) or ""
        if value.key == body:
            if value.name in (body, "text"):
                chosen.append((value, None))
        elif (
            field in _ROLES
            and value.name in (value.key, "name", "value")
            and taken.setdefault(field, value.key) == value.key
        ):
            chosen.append((value, _ROLES[field]))
    return chosen


def _layout(text: str, places: list[_Place], given: Given) -> Layout:
    layout = Layout(())
    done = 0
    for start, end, role in places:
        layout = layout.joined(_all_as(text, done, start, "boilerplate"))
        if role is None:
            layout = layout.joined(layout_of(text, start, end, title=given.headline or ""))
        else:
            layout = layout.joined(_all_as(text, start, end, role))
            if role == "date" and given.date and not is_dated(given.date):
                found = Finding("bad-date", f'"{given.date}" is not a date', start)
                layout = layout.joined(Layout((), (), (found,)))
        done = end
    return layout.joined(_all_as(text, done, len(text), "boilerplate"))


def _all_as(text: str, start: int, end: int, role: LineRole) -> Layout:
    return Layout(
        tuple(
            Part(role if text[first:last].strip() else "blank", first, last)
            for first, last in source_lines(text, start, end)
        )
    )
