"""The nouns: what an article is, what it says, and what other pages show of it.

All spans are `[start, end)` in characters of an article's *reading text*: the decoded source with
its HTML entities, escapes and invisible characters undone. `Article.edits` says where the two
differ in length; `source_span` leads from the one to the other.

Every noun is a frozen record whose collections are tuples. Records are msgspec structs, so the
declaration below is type, validator and JSON form in one.
"""

from bisect import bisect_right
from typing import Generic, Literal, TypeVar

import msgspec

EntityId = str  # "people/tetsuro-homma": taxonomy and slug, which is also where its page stands
ArticleId = str  # twelve hex digits

LineRole = Literal[
    "headline",
    "subheadline",
    "url",
    "byline",
    "date",
    "dateline",
    "paragraph",
    "subheading",
    "caption",
    "section",
    "related",
    "credit",
    "rights",
    "boilerplate",
    "blank",
]
EntityKind = Literal["person", "organisation", "place", "event", "work"]
QuoteKind = Literal["direct", "indirect", "unmarked"]
CreditRole = Literal[
    "author", "editor", "photographer", "agency", "publisher", "republisher", "cited"
]
Level = Literal["info", "warning", "error"]

TAXONOMIES: tuple[str, ...] = ("tags", "people", "organisations", "places", "events", "works")
TAXONOMY_OF_KIND: dict[EntityKind, str] = {
    "person": "people",
    "organisation": "organisations",
    "place": "places",
    "event": "events",
    "work": "works",
}


class Record(msgspec.Struct, frozen=True):
    """Base of every noun below; adds nothing but being frozen."""


class Span(msgspec.Struct, frozen=True, array_like=True, order=True, gc=False):
    """A place in the reading text, in characters from its beginning."""

    start: int
    end: int


class Edit(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A stretch whose length differs between reading text and source text (`&amp;` and `&`)."""

    start: int
    end: int
    source_start: int
    source_end: int


class Line(Record, frozen=True):
    """One line of the source with what it is for. Its span leaves out the line end.

    Lines tile the reading text: between two of them stands one line end, or nothing where one
    long source line was cut into parts. Numbers count from 1 without gaps.
    """

    number: int
    role: LineRole
    span: Span


class Paragraph(Record, frozen=True):
    """A paragraph of the body; usually one line, several in wrapped text. `line` is its first."""

    number: int
    line: int
    span: Span


T = TypeVar("T")


class Inferred(Record, Generic[T], frozen=True):
    """A value with the rule that found it, the words that show it, and how sure it is (0 to 1)."""

    value: T
    rule: str
    evidence: Span | None = None
    confidence: float = 1.0


class Source(Record, frozen=True):
    """The raw file, or the record in a file of many, that an article came from.

    `path` is relative to the archive folder, with forward slashes. `start` and `bytes` are the
    byte range of the article in that file; `record` counts from 1, None where the file is one
    article. `repairs` holds bytes that were not text in `encoding`, as (offset in the source text,
    hex), so that the very bytes can be given back.
    """

    path: str
    format: str
    sha256: str
    bytes: int
    encoding: str
    start: int = 0
    record: int | None = None
    repairs: tuple[tuple[int, str], ...] = ()


class Given(Record, frozen=True):
    """What front matter or a JSON record states outright: it wins over what is inferred.

    `date` and `modified` are as written; the date annotator reads them. `extra` keeps all keys
    newsgen has no field for, as (key, JSON text).
    """

    id: str | None = None
    headline: str | None = None
    subheadline: str | None = None
    date: str | None = None
    modified: str | None = None
    authors: tuple[str, ...] = ()
    agency: str | None = None
    publisher: str | None = None
    language: str | None = None
    url: str | None = None
    rights: str | None = None
    dateline: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    works: tuple[str, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()


class Credit(Record, frozen=True):
    """Someone a text is owed to, in the role that the source states."""

    role: CreditRole
    name: str
    rule: str
    evidence: Span | None = None
    confidence: float = 1.0


class Speaker(Record, frozen=True):
    """Who said a quote. `name` is as full as the article gives it, `mention` the words beside the
    quote ("he"), `role` the function as the article gives it ("president of the JCCIC")."""

    name: str
    entity: EntityId | None = None
    mention: Span | None = None
    role: str | None = None


class Quote(Record, frozen=True):
    """Someone's words. The span leaves out the quotation marks at its two ends."""

    span: Span
    kind: QuoteKind
    rule: str
    speaker: Speaker | None = None
    cue: Span | None = None
    confidence: float = 1.0


class Mention(Record, frozen=True):
    """One place where a name stands (possessive 's and titles left out).

    That of an event or a work may hold others whole: Edinburgh in the Edinburgh Festival.
    """

    span: Span
    entity: EntityId


class Entity(Record, frozen=True):
    """A person, organisation, place, event or work as one article names it.

    `aliases` are its other forms. `ruled`: the authority file gives it its kind.
    """

    id: EntityId
    name: str
    kind: EntityKind
    aliases: tuple[str, ...] = ()
    rule: str = ""
    confidence: float = 1.0
    ruled: bool = False

    @property
    def stated(self) -> bool:
        """Whether people gave it its kind, in front matter or in the authority file."""
        return self.ruled or self.rule == "front-matter"


class Term(Record, frozen=True):
    """A heading an article stands under. `proposed`: a tag only once other articles share it.

    `iptc` is the Media Topic of that meaning ("medtop:20000256"), where the archive names one.
    """

    taxonomy: str
    slug: str
    name: str
    rule: str
    evidence: Span | None = None
    confidence: float = 1.0
    proposed: bool = False
    iptc: str | None = None


class RelatedTitle(Record, frozen=True):
    """A headline printed under "Related Stories" and the like, and the line it stands on."""

    headline: str
    line: int
    section: str


class InlineMark(Record, frozen=True):
    """Emphasis or a link that the source's own markup gives (Markdown sources only)."""

    span: Span
    element: Literal["em", "strong", "code", "a"]
    href: str | None = None


class Problem(Record, frozen=True):
    """Something odd in an article: reported, never a reason to stop."""

    code: str
    path: str
    message: str
    line: int | None = None
    level: Level = "warning"


class Article(Record, frozen=True):
    """One article, complete. A reader makes it, annotators return fuller ones.

    `headline` is never empty: a source without one is known by its file name (and a problem).
    `plain_names` is the language whose names plain word lists found, for want of a model for it.
    """

    id: ArticleId
    permalink: str
    source: Source
    text: str
    lines: tuple[Line, ...]
    paragraphs: tuple[Paragraph, ...]
    headline: str
    subheadline: str | None = None
    edits: tuple[Edit, ...] = ()
    inline: tuple[InlineMark, ...] = ()
    given: Given = Given()
    related: tuple[RelatedTitle, ...] = ()
    rights: str | None = None
    url: str | None = None
    language: Inferred[str] | None = None
    published: Inferred[str] | None = None
    dateline: Inferred[str] | None = None
    credits: tuple[Credit, ...] = ()
    quotes: tuple[Quote, ...] = ()
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    terms: tuple[Term, ...] = ()
    plain_names: str | None = None
    problems: tuple[Problem, ...] = ()

    def words(self, span: Span) -> str:
        """The reading text of a span."""
        return self.text[span.start : span.end]

    def line_at(self, offset: int) -> int:
        """The number of the line that holds a place in the reading text."""
        place = bisect_right(self.lines, offset, key=lambda line: line.span.start)
        return max(place, 1)

    def outer_mentions(self) -> tuple[Mention, ...]:
        """The mentions that lie in no other, in order: Edinburgh does in the Edinburgh Festival."""
        kept: list[Mention] = []
        for mention in self.mentions:
            if not kept or mention.span.start >= kept[-1].span.end:
                kept.append(mention)
        return tuple(kept)

    def lines_of(self, *roles: LineRole) -> tuple[Line, ...]:
        """The lines that have one of these roles, in order."""
        return tuple(line for line in self.lines if line.role in roles)


def source_span(edits: tuple[Edit, ...], span: Span) -> Span:
    """Lead a span of the reading text to the characters of the source text it was made from."""
    return Span(source_offset(edits, span.start), source_offset(edits, span.end))


def source_offset(edits: tuple[Edit, ...], offset: int) -> int:
    """Lead an offset in the reading text to the source text.

    What was deleted belongs to what stands before it, so spans that tile the reading text tile
    the source text too; an offset inside an edit leads to the edit's beginning.
    """
    if offset == 0:
        return 0
    index = bisect_right(edits, offset, key=lambda edit: edit.end)
    if index < len(edits) and edits[index].start < offset:
        return edits[index].source_start
    if index == 0:
        return offset
    last = edits[index - 1]
    return last.source_end + (offset - last.end)


class Card(Record, frozen=True):
    """What other pages show of an article, and all they may show."""

    id: ArticleId
    headline: str
    permalink: str
    published: str | None
    lede: str
    credit: str | None
    language: str


class QuoteCard(Record, frozen=True):
    """What other pages show of a quote. `anchor` is the line in the article's page ("l12")."""

    text: str
    kind: QuoteKind
    speaker: str | None
    entity: EntityId | None
    role: str | None
    anchor: str
    confidence: float
    card: Card


class Subject(msgspec.Struct, frozen=True, array_like=True, order=True):
    """What a page is about, and the unit of change: ("term", "tags/energy")."""

    kind: str
    key: str
