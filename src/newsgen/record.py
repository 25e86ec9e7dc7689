"""Article → the JSON record that `newsgen show --json` and the data downloads give.

All spans of a record are in characters of the *source text*: the decoded source as it is, with its
entities and escapes. For one record of a file of many that is the text of the record itself.
Texts are reading text.
"""

from collections.abc import Callable, Iterable

import msgspec

from newsgen.model import (
    Article,
    ArticleId,
    CreditRole,
    EntityId,
    EntityKind,
    Inferred,
    Level,
    LineRole,
    Quote,
    QuoteKind,
    Record,
    Source,
    Span,
    Speaker,
    source_span,
)

_Lead = Callable[[Span], Span]


class SourceRecord(Record, frozen=True, omit_defaults=True):
    """Where the bytes are; `record`, `start` and `repairs` only where there is something to say."""

    path: str
    sha256: str
    bytes: int
    encoding: str
    record: int | None = None
    start: int = 0
    repairs: tuple[tuple[int, str], ...] = ()


class ValueRecord(Record, frozen=True):
    """A value with what shows it: a date, a dateline."""

    value: str
    rule: str
    evidence: Span | None
    confidence: float


class CreditRecord(Record, frozen=True):
    """Someone the text is owed to."""

    role: CreditRole
    name: str
    evidence: Span | None
    rule: str
    confidence: float


class LineRecord(Record, frozen=True):
    """A line of the source, without its line end."""

    number: int
    role: LineRole
    span: Span


class ParagraphRecord(Record, frozen=True):
    """A paragraph of the body."""

    number: int
    span: Span
    text: str


class SpeakerRecord(Record, frozen=True):
    """Who said a quote."""

    entity: EntityId | None
    name: str
    mention: Span | None
    role: str | None


class QuoteRecord(Record, frozen=True):
    """Someone's words, without the marks around them."""

    span: Span
    text: str
    kind: QuoteKind
    speaker: SpeakerRecord | None
    cue: Span | None
    rule: str
    confidence: float


class MentionRecord(Record, frozen=True):
    """One place where a name stands."""

    span: Span
    text: str
    entity: EntityId


class EntityRecord(Record, frozen=True):
    """A person, organisation, place, event or work."""

    id: EntityId
    name: str
    kind: EntityKind
    aliases: tuple[str, ...]
    rule: str
    confidence: float


class TermRecord(Record, frozen=True):
    """A tag, or another heading the article stands under."""

    taxonomy: str
    slug: str
    name: str
    rule: str
    evidence: Span | None
    confidence: float
    proposed: bool
    iptc: str | None


class RelatedRecord(Record, frozen=True):
    """A printed related title; `article` is the one it means, where the archive has it."""

    headline: str
    line: int
    section: str
    article: ArticleId | None = None
    score: float | None = None


class CaptionRecord(Record, frozen=True):
    """A caption."""

    line: int
    span: Span
    text: str


class ProblemRecord(Record, frozen=True):
    """Something odd in the article."""

    code: str
    line: int | None
    level: Level
    message: str


class ArticleRecord(Record, frozen=True):
    """All that newsgen knows of one article. `extra`: given fields that newsgen has no use for."""

    id: ArticleId
    permalink: str
    language: str | None
    source: SourceRecord
    headline: str
    subheadline: str | None
    published: ValueRecord | None
    dateline: ValueRecord | None
    credits: tuple[CreditRecord, ...]
    lines: tuple[LineRecord, ...]
    paragraphs: tuple[ParagraphRecord, ...]
    quotes: tuple[QuoteRecord, ...]
    mentions: tuple[MentionRecord, ...]
    entities: tuple[EntityRecord, ...]
    terms: tuple[TermRecord, ...]
    related: tuple[RelatedRecord, ...]
    captions: tuple[CaptionRecord, ...]
    rights: str | None
    url: str | None
    extra: dict[str, msgspec.Raw]
    problems: tuple[ProblemRecord, ...]


def record_of(article: Article, related: Iterable[RelatedRecord] = ()) -> ArticleRecord:
    """Lead an article's spans to its source and name its fields as the record does.

    `related` says what the printed titles mean in an archive; without it they mean nothing yet.
    """

    def lead(span: Span) -> Span:
        return source_span(article.edits, span)

    printed = (RelatedRecord(r.headline, r.line, r.section) for r in article.related)
    return ArticleRecord(
        id=article.id,
        permalink=article.permalink,
        language=article.language.value if article.language else None,
        source=_source(article.source),
        headline=article.headline,
        subheadline=article.subheadline,
        published=_value(article.published, lead),
        dateline=_value(article.dateline, lead),
        credits=_credits(article, lead),
        lines=tuple(LineRecord(line.number, line.role, lead(line.span)) for line in article.lines),
        paragraphs=tuple(
            ParagraphRecord(p.number, lead(p.span), article.words(p.span))
            for p in article.paragraphs
        ),
        quotes=tuple(_quote(article, quote, lead) for quote in article.quotes),
        mentions=tuple(
            MentionRecord(lead(m.span), article.words(m.span), m.entity) for m in article.mentions
        ),
        entities=tuple(
            EntityRecord(e.id, e.name, e.kind, e.aliases, e.rule, e.confidence)
            for e in article.entities
        ),
        terms=_terms(article, lead),
        related=tuple(related) or tuple(printed),
        captions=tuple(
            CaptionRecord(line.number, lead(line.span), article.words(line.span))
            for line in article.lines_of("caption")
        ),
        rights=article.rights,
        url=article.url,
        extra={key: msgspec.Raw(text.encode()) for key, text in article.given.extra},
        problems=tuple(ProblemRecord(p.code, p.line, p.level, p.message) for p in article.problems),
    )


def _source(source: Source) -> SourceRecord:
    return SourceRecord(
        path=source.path,
        sha256=source.sha256,
        bytes=source.bytes,
        encoding=source.encoding,
        record=source.record,
        start=source.start,
        repairs=source.repairs,
    )


def _maybe(span: Span | None, lead: _Lead) -> Span | None:
    return None if span is None else lead(span)


def _value(found: Inferred[str] | None, lead: _Lead) -> ValueRecord | None:
    if found is None:
        return None
    return ValueRecord(found.value, found.rule, _maybe(found.evidence, lead), found.confidence)


def _credits(article: Article, lead: _Lead) -> tuple[CreditRecord, ...]:
    return tuple(
        CreditRecord(c.role, c.name, _maybe(c.evidence, lead), c.rule, c.confidence)
        for c in article.credits
    )


def _terms(article: Article, lead: _Lead) -> tuple[TermRecord, ...]:
    return tuple(
        TermRecord(
            taxonomy=term.taxonomy,
            slug=term.slug,
            name=term.name,
            rule=term.rule,
            evidence=_maybe(term.evidence, lead),
            confidence=term.confidence,
            proposed=term.proposed,
            iptc=term.iptc,
        )
        for term in article.terms
    )


def _quote(article: Article, quote: Quote, lead: _Lead) -> QuoteRecord:
    return QuoteRecord(
        span=lead(quote.span),
        text=article.words(quote.span),
        kind=quote.kind,
        speaker=_speaker(quote.speaker, lead),
        cue=_maybe(quote.cue, lead),
        rule=quote.rule,
        confidence=quote.confidence,
    )


def _speaker(speaker: Speaker | None, lead: _Lead) -> SpeakerRecord | None:
    if speaker is None:
        return None
    return SpeakerRecord(
        entity=speaker.entity,
        name=speaker.name,
        mention=_maybe(speaker.mention, lead),
        role=speaker.role,
    )
