"""Put together the one Article that a source's text, its parts and its given fields make."""

import re
from bisect import bisect_right
from pathlib import PurePosixPath

from newsgen.digest import sha256
from newsgen.layout.parts import Finding, Layout, Part
from newsgen.model import (
    Article,
    Edit,
    Given,
    InlineMark,
    Line,
    Paragraph,
    Problem,
    Record,
    RelatedTitle,
    Source,
    Span,
)
from newsgen.text import headline_slug

_SENTENCE = re.compile(r".{20,}?[.!?。！？…][\"'”’»)]*(?=\s|$)|.{20,}?[。！？]", re.DOTALL)
_READ = 2_000  # characters in which the end of a first sentence is looked for
_CUT = 120  # characters of a first sentence that stands in for a missing headline


class Draft(Record, frozen=True):
    """All that a reader found out about one article."""

    source: Source
    text: str
    layout: Layout
    edits: tuple[Edit, ...] = ()
    given: Given = Given()
    inline: tuple[InlineMark, ...] = ()
    problems: tuple[Problem, ...] = ()


def make_article(draft: Draft) -> Article:
    """Number the lines, choose headline and id, and turn findings into problems."""
    parts, given, text = draft.layout.parts, draft.given, draft.text
    lines = tuple(
        Line(number, part.role, Span(part.start, part.end))
        for number, part in enumerate(parts, start=1)
    )
    paragraphs = _paragraphs(text, parts)
    headline, finding = _headline(draft, paragraphs)
    url = given.url or _words_of(text, parts, "url", before=_body_start(paragraphs, text))
    article_id = sha256((given.id or url or _key(draft.source)).encode("utf-8", "replace"))[:12]
    findings = (*draft.layout.findings, *finding, *_missing_body(paragraphs, text))
    return Article(
        id=article_id,
        permalink=f"articles/{headline_slug(headline)}-{article_id}.html",
        source=draft.source,
        text=text,
        lines=lines,
        paragraphs=paragraphs,
        headline=headline,
        subheadline=given.subheadline or _words_of(text, parts, "subheadline"),
        edits=draft.edits,
        inline=draft.inline,
        given=given,
        related=tuple(
            RelatedTitle(title, _line_at(parts, start), section)
            for title, start, section in draft.layout.related
        ),
        rights=given.rights or _all_words_of(text, parts),
        url=url,
        problems=(*draft.problems, *(_problem(draft, found) for found in findings)),
    )


def _paragraphs(text: str, parts: tuple[Part, ...]) -> tuple[Paragraph, ...]:
    paragraphs: list[Paragraph] = []
    for number, part in enumerate(parts, start=1):
        if part.role != "paragraph":
            continue
        span = _trimmed(text, part.start, part.end)
        if part.joins and paragraphs:
            last = paragraphs[-1]
            paragraphs[-1] = Paragraph(last.number, last.line, Span(last.span.start, span.end))
        else:
            paragraphs.append(Paragraph(len(paragraphs) + 1, number, span))
    return tuple(paragraphs)


def _trimmed(text: str, start: int, end: int) -> Span:
    """A stretch without white space at its ends, found without a copy of it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _headline(draft: Draft, paragraphs: tuple[Paragraph, ...]) -> tuple[str, tuple[Finding, ...]]:
    """The headline given, the line that is one, else the first sentence, else the file's name."""
    stated = draft.given.headline or _words_of(draft.text, draft.layout.parts, "headline")
    if stated:
        return stated, ()
    for paragraph in paragraphs:
        start, end = paragraph.span.start, paragraph.span.end
        if start < end:
            message = "no headline; the first sentence stands in for it"
            found = Finding("no-headline", message, start, "info")
            return _first_sentence(draft.text[start : min(end, start + _READ)]), (found,)
    if not draft.text.strip():
        return _stem(draft.source), (Finding("empty-source", "nothing to read in this source"),)
    return _stem(draft.source), (Finding("no-headline", "no headline; the file's name stands in"),)


def _first_sentence(words: str) -> str:
    found = _SENTENCE.match(words)
    sentence = " ".join((found.group() if found else words).split())
    if len(sentence) <= _CUT:
        return sentence
    head, _, _ = sentence[:_CUT].rpartition(" ")
    return (head if len(head) > _CUT // 2 else sentence[: _CUT - 1]).rstrip(" ,;:–—-") + "…"


def _stem(source: Source) -> str:
    stem = PurePosixPath(source.path).stem or source.path or "untitled"
    return stem if source.record is None else f"{stem} {source.record}"


def _key(source: Source) -> str:
    path = source.path.removeprefix("articles/")
    return path if source.record is None else f"{path}#{source.record}"


def _missing_body(paragraphs: tuple[Paragraph, ...], text: str) -> tuple[Finding, ...]:
    if paragraphs or not text.strip():
        return ()
    return (Finding("no-body", "no line of this source is a paragraph"),)


def _body_start(paragraphs: tuple[Paragraph, ...], text: str) -> int:
    return paragraphs[0].span.start if paragraphs else len(text)


def _words_of(
    text: str, parts: tuple[Part, ...], role: str, before: int | None = None
) -> str | None:
    for part in parts:
        if before is not None and part.start >= before:
            return None
        if part.role == role and (words := text[part.start : part.end].strip()):
            return words
    return None


def _all_words_of(text: str, parts: tuple[Part, ...]) -> str | None:
    rights = [text[part.start : part.end].strip() for part in parts if part.role == "rights"]
    return "\n".join(rights) or None


def _line_at(parts: tuple[Part, ...], offset: int) -> int:
    return bisect_right(parts, offset, key=lambda part: part.start)


def _problem(draft: Draft, found: Finding) -> Problem:
    line = None if found.start is None else _line_at(draft.layout.parts, found.start) or None
    return Problem(found.code, draft.source.path, found.message, line, found.level)
