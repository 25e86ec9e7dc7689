"""An article made ready for the catalog: everything it writes of it, as plain rows and bytes.

Made where an article is read, by a worker: what is left to the one process that writes the catalog
is to put rows into tables. Bytes cross between processes at a tenth of the cost of records.
"""

from typing import NamedTuple

import msgspec

from newsgen.digest import short_id
from newsgen.model import Article, Problem, Record
from newsgen.subjects import Row, card_of, entries_of, row_of

_encode = msgspec.json.Encoder().encode
_article = msgspec.json.Decoder(Article)


class Filed(NamedTuple):
    """An article at its place: the source path, with "#n" for record n of a file of many.

    `claim` is the id it asks for. `annotated` is the article before people's decisions, None where
    they change nothing. `printed` are its related titles: line, title, section.
    """

    place: str
    path: str
    claim: str
    id: str
    annotated: bytes | None
    record: bytes
    card: bytes
    headline: str
    printed: tuple[tuple[int, str, str], ...]
    entries: tuple[Row, ...]


class Reading(Record, frozen=True):
    """What one source gave: its articles, or why it gave none."""

    path: str
    size: int
    mtime: int
    digest: str
    code: str
    articles: tuple[Filed, ...] = ()
    failure: Problem | None = None


def filed(annotated: Article, article: Article) -> Filed:
    """Make an article ready, as annotated and as resolved by people's decisions."""
    record = _encode(article)
    before = record if annotated is article else _encode(annotated)
    return _filed(place_of(article), annotated.id, before, article, record)


def place_of(article: Article) -> str:
    """Where an article stands: two records of a file have two places."""
    source = article.source
    return source.path if source.record is None else f"{source.path}#{source.record:06d}"


def annotated_of(annotated: bytes | None, record: bytes) -> Article:
    """The article before people's decisions."""
    return _article.decode(record if annotated is None else annotated)


def readdressed(one: Filed, taken_by: str) -> Filed:
    """Give an article whose id another place has an id of its own, and say so in a problem."""
    article = _article.decode(one.record)
    problem = Problem(
        code="duplicate-id",
        path=article.source.path,
        message=f"has the same id, or the same URL, as {taken_by}; known by its own path instead",
    )
    moved = _addressed(article, short_id(f"{one.claim} at {one.place}"))
    moved = msgspec.structs.replace(moved, problems=(*moved.problems, problem))
    return _again(one, moved)


def addressed(one: Filed) -> Filed:
    """Give an article the id that it claims."""
    return _again(one, _addressed(_article.decode(one.record), one.claim))


def known(row: tuple[str, str, bytes | None, bytes]) -> Filed:
    """An article of the catalog's table again: place, claim, annotated, record."""
    place, claim, annotated, record = row
    return _filed(place, claim, annotated or record, _article.decode(record), record)


def _again(one: Filed, article: Article) -> Filed:
    before = one.record if one.annotated is None else one.annotated
    return _filed(one.place, one.claim, before, article, _encode(article))


def _filed(place: str, claim: str, annotated: bytes, article: Article, record: bytes) -> Filed:
    card = card_of(article)
    return Filed(
        place=place,
        path=article.source.path,
        claim=claim,
        id=article.id,
        annotated=None if annotated == record else annotated,
        record=record,
        card=_encode(card),
        headline=article.headline,
        printed=tuple((title.line, title.headline, title.section) for title in article.related),
        entries=tuple(row_of(entry) for entry in entries_of(article, card)),
    )


def _addressed(article: Article, article_id: str) -> Article:
    permalink = article.permalink.replace(f"-{article.id}.html", f"-{article_id}.html")
    problems = tuple(p for p in article.problems if p.code != "duplicate-id")
    return msgspec.structs.replace(article, id=article_id, permalink=permalink, problems=problems)
