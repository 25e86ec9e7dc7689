"""One article: text with quotes and names marked, terms, related stories, and its source."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from newsgen.catalog import Catalog
from newsgen.links import RelatedLink
from newsgen.model import (
    Article,
    Card,
    Credit,
    EntityId,
    Inferred,
    LineRole,
    Mention,
    Problem,
    Quote,
    QuoteKind,
    Record,
    Span,
    Subject,
)
from newsgen.pages.views import HeadingLink
from newsgen.site import Settings
from newsgen.subjects import anchor_of

_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_CONTEXT = 60  # characters of evidence shown


class Mark(Record, frozen=True):
    """A stretch of a block's text, in characters of that text, and what it is."""

    start: int
    end: int
    element: str  # "quote", "mention", "em", "strong", "code", "a"
    href: str | None = None
    label: str | None = None
    id: str | None = None


class Block(Record, frozen=True):
    """A paragraph, subheading or caption of the body."""

    role: LineRole
    line: int
    text: str
    marks: tuple[Mark, ...]


class QuoteView(Record, frozen=True):
    """A quote with its speaker, as the article's list of quotes shows it."""

    id: str
    text: str
    kind: QuoteKind
    speaker: str | None
    permalink: str | None
    role: str | None
    cue: str | None
    anchor: str
    rule: str
    confidence: float


class Finding(Record, frozen=True):
    """A value read from the text, with rule, evidence in words and confidence."""

    value: str
    rule: str
    evidence: str | None
    anchor: str | None
    confidence: float


class CreditView(Record, frozen=True):
    """Someone a text is owed to, with the words that say so."""

    role: str
    name: str
    rule: str
    confidence: float


class SourceLine(Record, frozen=True):
    """A line of the source with its role, exactly as it stands."""

    number: int
    role: LineRole
    text: str


class SourceView(Record, frozen=True):
    """The file an article came from, whole."""

    path: str
    record: int | None
    format: str
    sha256: str
    bytes: int
    encoding: str
    lines: tuple[SourceLine, ...]


class ArticlePage(Record, frozen=True):
    """One article. `direction` is "rtl" for right-to-left scripts."""

    permalink: str
    id: str
    headline: str
    subheadline: str | None
    lede: str
    language: str
    direction: str
    published: Finding | None
    dateline: Finding | None
    credits: tuple[CreditView, ...]
    url: str | None
    rights: str | None
    blocks: tuple[Block, ...]
    quotes: tuple[QuoteView, ...]
    people: tuple[HeadingLink, ...]
    organisations: tuple[HeadingLink, ...]
    places: tuple[HeadingLink, ...]
    events: tuple[HeadingLink, ...]
    works: tuple[HeadingLink, ...]
    tags: tuple[HeadingLink, ...]
    related: tuple[RelatedLink, ...]
    backlinks: tuple[Card, ...]
    problems: tuple[Problem, ...]
    source: SourceView


def views(subject: Subject, catalog: Catalog, settings: Settings) -> Iterator[ArticlePage]:
    """Make the page of an article; none if it is gone."""
    article = catalog.article(subject.key)
    card = catalog.card(subject.key)
    if article is None or card is None:
        return
    language = article.language.value if article.language else settings.language
    yield ArticlePage(
        permalink=article.permalink,
        id=article.id,
        headline=article.headline,
        subheadline=article.subheadline,
        lede=card.lede,
        language=language,
        direction="rtl" if language.partition("-")[0] in _RIGHT_TO_LEFT else "ltr",
        published=_finding(article, article.published),
        dateline=_finding(article, article.dateline),
        credits=tuple(_credit(credit) for credit in article.credits),
        url=_web_address(article.url),
        rights=article.rights,
        blocks=blocks_of(article),
        quotes=tuple(_quote(article, n, quote) for n, quote in enumerate(article.quotes, 1)),
        people=_entities(article, "people"),
        organisations=_entities(article, "organisations"),
        places=_entities(article, "places"),
        events=_entities(article, "events"),
        works=_entities(article, "works"),
        tags=_tags(article, catalog),
        related=catalog.links.related(article.id),
        backlinks=catalog.links.backlinks(article.id),
        problems=article.problems,
        source=_source(article),
    )


def blocks_of(article: Article) -> tuple[Block, ...]:
    """The body in order: paragraphs, subheadings and captions, with what is marked in each."""
    places: list[tuple[Span, LineRole, int]] = [
        (paragraph.span, "paragraph", paragraph.line) for paragraph in article.paragraphs
    ]
    places += [
        (line.span, line.role, line.number) for line in article.lines_of("subheading", "caption")
    ]
    linked = _first_mentions(article, places)
    stretches = _Stretches.of(
        [
            (q.span, Mark(0, 0, "quote", label=_speaker_of(q), id=f"q{n}"))
            for n, q in enumerate(article.quotes, 1)
        ]
        + [(m.span, Mark(0, 0, m.element, href=m.href)) for m in article.inline]
    )
    return tuple(
        Block(role, line, article.words(span), _marks(article, span, stretches, linked))
        for span, role, line in sorted(places)
    )


def _speaker_of(quote: Quote) -> str | None:
    return quote.speaker.name if quote.speaker else None


class _Stretches(NamedTuple):
    """Marks with their spans by where they begin, and how far those up to each one reach."""

    marked: list[tuple[Span, Mark]]
    reach: list[int]

    @classmethod
    def of(cls, marked: list[tuple[Span, Mark]]) -> "_Stretches":
        ordered = sorted(marked, key=lambda item: item[0])
        return cls(ordered, list(accumulate((span.end for span, _ in ordered), max)))

    def within(self, block: Span) -> Iterator[Mark]:
        """The marks that lie in a block or reach into it, in time that grows with these only."""
        place = bisect_left(self.marked, block.end, key=lambda item: item[0].start)
        while place > 0 and self.reach[place - 1] > block.start:
            place -= 1
            span, mark = self.marked[place]
            piece = _within(span, block)
            if piece is not None:
                # A quote over several paragraphs has its id where it begins.
                id_ = mark.id if span.start >= block.start else None
                yield Mark(*piece, mark.element, mark.href, mark.label, id_)


def _first_mentions(
    article: Article, places: list[tuple[Span, LineRole, int]]
) -> dict[EntityId, Mention]:
    """The first mention of each entity in the body: the only one that becomes a link."""
    starts = sorted(span for span, _, _ in places)
    first: dict[EntityId, Mention] = {}
    for mention in article.outer_mentions():  # HTML has no link inside a link
        index = bisect_right(starts, mention.span.start, key=lambda span: span.start) - 1
        if index >= 0 and mention.span.end <= starts[index].end:
            first.setdefault(mention.entity, mention)
    return first


def _marks(
    article: Article, block: Span, stretches: _Stretches, linked: dict[EntityId, Mention]
) -> tuple[Mark, ...]:
    marks = list(stretches.within(block))
    first = bisect_left(article.mentions, block.start, key=_start)
    behind = bisect_left(article.mentions, block.end, first, key=_start)
    for mention in article.mentions[first:behind]:
        if linked.get(mention.entity) == mention:
            piece = _within(mention.span, block)
            if piece is not None:
                marks.append(Mark(*piece, "mention", href=f"{mention.entity}.html"))
    return tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.element)))


def _start(mention: Mention) -> int:
    return mention.span.start


def _within(span: Span, block: Span) -> tuple[int, int] | None:
    """A span cut to a block, in characters of the block's text."""
    start, end = max(span.start, block.start), min(span.end, block.end)
    return (start - block.start, end - block.start) if start < end else None


def _quote(article: Article, number: int, quote: Quote) -> QuoteView:
    speaker = quote.speaker
    return QuoteView(
        id=f"q{number}",
        text=" ".join(article.words(quote.span).split()),
        kind=quote.kind,
        speaker=speaker.name if speaker else None,
        permalink=f"{speaker.entity}.html" if speaker and speaker.entity else None,
        role=speaker.role if speaker else None,
        cue=article.words(quote.cue) if quote.cue else None,
        anchor=anchor_of(article, quote.span),
        rule=quote.rule,
        confidence=quote.confidence,
    )


def _finding(article: Article, inferred: Inferred[str] | None) -> Finding | None:
    if inferred is None:
        return None
    span = inferred.evidence
    return Finding(
        value=inferred.value,
        rule=inferred.rule,
        evidence=article.words(span)[:_CONTEXT] if span else None,
        anchor=anchor_of(article, span) if span else None,
        confidence=inferred.confidence,
    )


def _credit(credit: Credit) -> CreditView:
    return CreditView(credit.role, credit.name, credit.rule, credit.confidence)


def _web_address(url: str | None) -> str | None:
    """A source URL that is safe to link: scraped text may hold "javascript:"."""
    return url if url and url.startswith(("http://", "https://")) else None


def _entities(article: Article, taxonomy: str) -> tuple[HeadingLink, ...]:
    return tuple(
        HeadingLink(entity.name, f"{entity.id}.html")
        for entity in article.entities
        if entity.id.startswith(taxonomy + "/")
    )


def _tags(article: Article, catalog: Catalog) -> tuple[HeadingLink, ...]:
    """The tags that have a page: a proposed one only has when other articles share it."""
    tags = [term for term in article.terms if term.taxonomy == "tags"]
    there = catalog.tags_with_page([tag.slug for tag in tags])
    return tuple(
        HeadingLink(tag.name, f"tags/{tag.slug}.html") for tag in tags if tag.slug in there
    )


def _source(article: Article) -> SourceView:
    source = article.source
    return SourceView(
        path=source.path,
        record=source.record,
        format=source.format,
        sha256=source.sha256,
        bytes=source.bytes,
        encoding=source.encoding,
        lines=tuple(
            SourceLine(line.number, line.role, article.words(line.span)) for line in article.lines
        ),
    )
