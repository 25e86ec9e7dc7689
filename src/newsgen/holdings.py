"""Which article stands at which place, and under which id it is known.

An article claims an id; where several places claim one, the first of them has it. Whatever is put
in or taken out brings its entries and printed titles along.
"""

import sqlite3
from collections.abc import Sequence

import msgspec

from newsgen.digest import short_id
from newsgen.entries import Entries
from newsgen.links import Links
from newsgen.model import Article, Problem, Record, Subject
from newsgen.subjects import card_of, entries_of, problem_entry

_encode = msgspec.json.Encoder().encode
_article = msgspec.json.Decoder(Article)


class Reading(Record, frozen=True):
    """What one source gave: its articles, as annotated and as resolved, or why it gave none."""

    path: str
    size: int
    mtime: int
    digest: str
    code: str
    annotated: tuple[Article, ...] = ()
    articles: tuple[Article, ...] = ()
    failure: Problem | None = None


class Holdings:
    """The articles the catalog has, by place. Its methods run inside a transaction."""

    def __init__(self, connection: sqlite3.Connection, entries: Entries, links: Links) -> None:
        self.connection = connection
        self.entries = entries
        self.links = links

    def take(self, reading: Reading) -> None:
        places = _places(reading)
        self.forget(reading.path, keep=places)
        for place, annotated, article in zip(
            places, reading.annotated, reading.articles, strict=True
        ):
            self.put(place, annotated, article)
        if reading.failure is not None:
            self.entries.say(f"path:{reading.path}", (problem_entry(reading.failure, 0),))
        if not self._knows(reading.path):
            self.entries.touch(Subject("report", ""))
        self.connection.execute(
            "INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?)",
            (reading.path, reading.size, reading.mtime, reading.digest, reading.code),
        )

    def _knows(self, path: str) -> bool:
        row = self.connection.execute("SELECT 1 FROM sources WHERE path = ?", (path,)).fetchone()
        return row is not None

    def forget(self, path: str, keep: Sequence[str]) -> None:
        """Remove a source's articles, but those at the places that stay."""
        rows = self.connection.execute(
            "SELECT place, claim, id FROM articles WHERE path = ?", (path,)
        ).fetchall()
        for place, claim, article_id in rows:
            if place not in keep:
                self._remove(place, article_id)
                self._arrange(claim)
        self.entries.say(f"path:{path}", ())

    def _remove(self, place: str, article_id: str) -> None:
        self.entries.say(article_id, ())
        self.entries.touch(Subject("article", article_id))
        self.connection.execute("DELETE FROM articles WHERE place = ?", (place,))
        self.entries.touch_articles(self.links.remove(article_id))

    def put(self, place: str, annotated: Article, article: Article) -> None:
        row = self.connection.execute(
            "SELECT claim, id FROM articles WHERE place = ?", (place,)
        ).fetchone()
        if row is not None and row[0] != article.id:
            self._remove(place, row[1])
            self._arrange(row[0])
        self._arrange(article.id, {place: (annotated, article)})

    def _arrange(
        self, claim: str, arriving: dict[str, tuple[Article, Article]] | None = None
    ) -> None:
        """Give an id to the first of the places that claim it, and the others ids of their own.

        First by the order of places, not of arrival: the outcome cannot depend on history.
        """
        ids: dict[str, str] = {}
        claimants: dict[str, tuple[Article, Article]] = {}
        for place, article_id, annotated, record in self.connection.execute(
            "SELECT place, id, annotated, record FROM articles WHERE claim = ?", (claim,)
        ):
            ids[place] = article_id
            article = addressed(_article.decode(record), claim)
            claimants[place] = (_article.decode(annotated), article)
        claimants |= arriving or {}
        first = min(claimants, default="")
        wanted = {
            place: article if place == first else readdressed(article, place, taken_by=first)
            for place, (_, article) in claimants.items()
        }
        for place, article_id in ids.items():
            if wanted[place].id != article_id:
                self._remove(place, article_id)
        for place in sorted(wanted):
            self._write(place, claimants[place][0], wanted[place])

    def _write(self, place: str, annotated: Article, article: Article) -> None:
        card = card_of(article)
        record, shown = _encode(article), _encode(card)
        old = self.connection.execute(
            "SELECT record, card FROM articles WHERE place = ?", (place,)
        ).fetchone()
        if old is not None and old[0] == record:
            return
        self.connection.execute(
            "INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                place,
                article.source.path,
                annotated.id,
                article.id,
                _encode(annotated),
                record,
                shown,
            ),
        )
        self.entries.touch(Subject("article", article.id))
        card_is_new = old is None or old[1] != shown
        self.entries.say(article.id, entries_of(article, card), all_new=card_is_new)
        self.entries.touch_articles(self.links.put(article))
        if card_is_new:
            self.entries.touch_articles(self.links.neighbours(article.id))
            if article.related:
                self.entries.touch(Subject("wanted", ""))


def readdressed(article: Article, place: str, taken_by: str) -> Article:
    """Give an article whose id another place has an id of its own, and say so in a problem."""
    problem = Problem(
        code="duplicate-id",
        path=article.source.path,
        message=f"has the same id, or the same URL, as {taken_by}; known by its own path instead",
    )
    moved = addressed(article, short_id(f"{article.id} at {place}"))
    return msgspec.structs.replace(moved, problems=(*moved.problems, problem))


def addressed(article: Article, article_id: str) -> Article:
    """Put an article under another id."""
    permalink = article.permalink.replace(f"-{article.id}.html", f"-{article_id}.html")
    problems = tuple(p for p in article.problems if p.code != "duplicate-id")
    return msgspec.structs.replace(article, id=article_id, permalink=permalink, problems=problems)


def _places(reading: Reading) -> tuple[str, ...]:
    return tuple(
        reading.path if a.source.record is None else f"{reading.path}#{a.source.record:06d}"
        for a in reading.articles
    )
