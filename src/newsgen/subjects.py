"""What an article says of each subject: the only thing other pages can learn of it.

`entries_of` is a pure function of one article. The catalog stores its entries by subject; a page
is made from the entries of its subject and nothing else, so an edit touches exactly the subjects
whose entries it changes.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from newsgen.model import (
    Article,
    Card,
    EntityId,
    Mention,
    Problem,
    Quote,
    QuoteKind,
    Record,
    Span,
    Subject,
)

UNDATED = "undated"
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_LEDE = 240  # characters
_encode = msgspec.json.Encoder().encode


class Entry(NamedTuple):
    """One thing an article says of a subject; `sort` orders lists, oldest first."""

    subject: Subject
    kind: str
    sort: str
    n: int
    payload: bytes


# An entry as tables have it: subject and key, kind, sort, n, payload.
Row = tuple[str, str, str, str, int, bytes]


def row_of(entry: Entry) -> Row:
    """An entry as tables have it."""
    subject, kind, sort, n, payload = entry
    return subject.kind, subject.key, kind, sort, n, payload


class Membership(Record, frozen=True, omit_defaults=True):
    """An article under a heading: the name and other forms it prints.

    `stated`: people gave the name this kind; `proposed`: a tag that nobody states.
    """

    name: str
    forms: tuple[str, ...] = ()
    proposed: bool = False
    stated: bool = False
    iptc: str | None = None


class QuoteFacts(Record, frozen=True):
    """What other pages may show of a quote, beside the card of its article."""

    text: str
    kind: QuoteKind
    speaker: str | None
    entity: EntityId | None
    role: str | None
    anchor: str
    confidence: float


def card_of(article: Article) -> Card:
    """Take from an article what lists show of it."""
    return Card(
        id=article.id,
        headline=article.headline,
        permalink=article.permalink,
        published=article.published.value if article.published else None,
        lede=lede_of(article),
        credit=_credit_of(article),
        language=article.language.value if article.language else "",
    )


def _credit_of(article: Article) -> str | None:
    """Whom the article is owed to first: its author, its agency, its publisher."""
    for role in ("author", "agency", "publisher", "republisher"):
        for credit in article.credits:
            # The agency of a photo is not that of the text.
            if credit.role == role and credit.rule != "photo-credit":
                return credit.name
    return None


def lede_of(article: Article) -> str:
    """The opening of the first paragraph, cut at a word."""
    if not article.paragraphs:
        return ""
    span = article.paragraphs[0].span
    # A paragraph may be megabytes long; nothing beyond the first sentences can show.
    text = " ".join(article.text[span.start : min(span.end, span.start + 4 * _LEDE)].split())
    if len(text) <= _LEDE:
        return text
    head, space, _ = text[:_LEDE].rpartition(" ")
    return (head if space else text[:_LEDE]) + "…"


def date_parts(published: str | None) -> tuple[str, ...]:
    """Split an EDTF date by its precision: (), (year,), (year, month) or (year, month, day)."""
    match = _DATE.match(published or "")
    return tuple(part for part in match.groups() if part) if match else ()


def period_of(published: str | None) -> Subject:
    """The calendar page on which an article is listed: a month, else a year, else undated."""
    match date_parts(published):
        case (year, month, *_):
            return Subject("month", f"{year}-{month}")
        case (year,):
            return Subject("year", year)
        case _:
            return Subject("undated", "")


def entries_of(article: Article, card: Card) -> Iterator[Entry]:
    """All that other pages may learn of an article, without order among subjects."""
    parts = date_parts(card.published)
    # Undated articles stand behind the dated ones: "~" sorts after every digit.
    sort = f"{'-'.join(parts) or '~'} {card.permalink}"
    period = period_of(card.published)
    yield Entry(Subject("site", ""), "article", sort, 0, b"null")
    yield Entry(period, "article", sort, 0, b"null")
    if len(parts) == 3:
        yield Entry(Subject("day", "-".join(parts)), "article", sort, 0, b"null")
    for key, membership in _memberships(article):
        yield Entry(Subject("term", key), "article", sort, 0, _encode(membership))
    yield from _quote_entries(article, period, sort)
    if article.plain_names is not None:
        yield Entry(Subject("plain", article.plain_names), "article", sort, 0, b"null")
    for n, problem in enumerate(article.problems):
        yield problem_entry(problem, n)


def problem_entry(problem: Problem, n: int) -> Entry:
    """A problem as the report's pages list it."""
    sort = f"{problem.path} {problem.line or 0:09d}"
    return Entry(Subject("problems", problem.code), "problem", sort, n, _encode(problem))


def _memberships(article: Article) -> Iterator[tuple[str, Membership]]:
    found = {
        entity.id: Membership(entity.name, entity.aliases, stated=entity.stated)
        for entity in article.entities
    }
    for term in article.terms:
        key = f"{term.taxonomy}/{term.slug}"
        found.setdefault(key, Membership(term.name, proposed=term.proposed, iptc=term.iptc))
    yield from found.items()


def _quote_entries(article: Article, period: Subject, sort: str) -> Iterator[Entry]:
    page = Subject("quotes", period.key or UNDATED)
    for n, quote in enumerate(article.quotes):
        payload = _encode(_quote_facts(article, quote))
        yield Entry(page, "quote", sort, n, payload)
        by = quote.speaker.entity if quote.speaker else None
        if by:
            yield Entry(Subject("term", by), "by", sort, n, payload)
        for entity in _mentioned_in(article, quote.span):
            if entity != by:
                yield Entry(Subject("term", entity), "about", sort, n, payload)


def _mentioned_in(article: Article, span: Span) -> Iterable[EntityId]:
    """The entities named inside a span, each once, in order of appearance."""
    first = bisect_left(article.mentions, span.start, key=_start)
    behind = bisect_left(article.mentions, span.end, first, key=_start)
    return dict.fromkeys(mention.entity for mention in article.mentions[first:behind])


def _start(mention: Mention) -> int:
    return mention.span.start


def _quote_facts(article: Article, quote: Quote) -> QuoteFacts:
    speaker = quote.speaker
    return QuoteFacts(
        text=" ".join(article.words(quote.span).split()),
        kind=quote.kind,
        speaker=speaker.name if speaker else None,
        entity=speaker.entity if speaker else None,
        role=speaker.role if speaker else None,
        anchor=anchor_of(article, quote.span),
        confidence=quote.confidence,
    )


def anchor_of(article: Article, span: Span) -> str:
    """The id of the line on which a span begins, on the article's page."""
    return f"l{article.line_at(span.start)}"
