"""What the articles say of one another.

`apply` puts articles in and marks the subjects they touch as *pending*, in one transaction: a
build that is killed finds them again. `derive` brings what is counted over many articles up to
date. Everything else reads.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import msgspec

from newsgen.entries import Entries
from newsgen.filing import Reading, annotated_of, filed
from newsgen.headings import Heading, Headings
from newsgen.holdings import Holdings
from newsgen.kinds import Kinds, joined
from newsgen.links import Links
from newsgen.model import TAXONOMY_OF_KIND, Article, Card, Problem, QuoteCard, Subject
from newsgen.store import MEMORY, open_store
from newsgen.subjects import QuoteFacts

_article = msgspec.json.Decoder(Article)
_card = msgspec.json.Decoder(Card)
_facts = msgspec.json.Decoder(QuoteFacts)
_problem = msgspec.json.Decoder(Problem)

# The subjects that count the entries of others: touched whenever one of these is.
_COUNTERS = {
    "month": (Subject("calendar", ""), Subject("sitemaps", "")),
    "year": (Subject("calendar", ""), Subject("sitemaps", "")),
    "undated": (Subject("calendar", ""), Subject("sitemaps", "")),
    "quotes": (Subject("quotes", ""), Subject("site", ""), Subject("report", "")),
    "problems": (Subject("report", ""),),
    "plain": (Subject("report", ""),),
    "site": (Subject("report", ""),),
    "wanted": (Subject("report", ""),),
}


class Catalog:
    """All that is known of the articles."""

    def __init__(self, connection: sqlite3.Connection, tag_minimum: int = 2) -> None:
        self.connection = connection
        self.links = Links(connection)
        self._entries = Entries(connection)
        self._holdings = Holdings(connection, self._entries, self.links)
        self._kinds = Kinds(connection, self._entries)
        self._headings = Headings(self._entries, self._kinds, tag_minimum)

    @classmethod
    def open(cls, path: Path = MEMORY, tag_minimum: int = 2) -> "Catalog":
        """Open the catalog in a file, or an empty one in memory."""
        return cls(open_store(path), tag_minimum)

    # Writing

    def apply(self, readings: Iterable[Reading], removed: Iterable[str] = ()) -> None:
        """Take in what sources say now and forget removed ones, in one transaction."""
        with self._entries.transaction():
            for path in removed:
                self._holdings.forget(path)
                self.connection.execute("DELETE FROM sources WHERE path = ?", (path,))
                self._entries.touch(Subject("report", ""))
            for reading in readings:
                self._holdings.take(reading)

    def replace(self, resolved: Iterable[tuple[Article, Article]]) -> None:
        """Take in articles resolved anew, as (annotated, resolved), in one transaction."""
        with self._entries.transaction():
            for annotated, article in resolved:
                self._holdings.put(filed(annotated, article))

    def derive(self) -> None:
        """Bring the headings of pending terms up to date, and what counts them."""
        with self._entries.transaction():
            most = self._headings.most()
            self._entries.touch(*self._headings.unsettled(most))
            self._entries.flush()
            self._kinds.settle(key for kind, key in self._pending() if kind == "term")
            for kind, key in self._pending():
                match kind:
                    case "term":
                        self._headings.derive(key, most)
                    case "month":
                        self._entries.touch(Subject("year", key[:4]), *_COUNTERS["month"])
                    case "day":
                        self._entries.touch(Subject("month", key[:7]))
                    case kind if kind in _COUNTERS:
                        self._entries.touch(*_COUNTERS[kind])
                    case _:
                        pass

    def _pending(self) -> list[tuple[str, str]]:
        return self.connection.execute("SELECT kind, key FROM pending").fetchall()

    # Reading

    def hold(self) -> None:
        """Keep small tables in memory, until `derive`: for pages, while nobody writes."""
        self._kinds.hold()

    def article(self, article_id: str) -> Article | None:
        """The article of an id, as resolved, its names under the kinds usual in the archive."""
        row = self.connection.execute(
            "SELECT record FROM articles WHERE id = ?", (article_id,)
        ).fetchone()
        return joined(_article.decode(row[0]), self._kinds.usual) if row else None

    def articles(self) -> Iterator[Article]:
        """All articles, in the order of their places."""
        for row in self.connection.execute("SELECT record FROM articles ORDER BY place"):
            yield _article.decode(row[0])

    def places(self) -> list[str]:
        """The places of all articles: the source path, with "#n" for record n of a file."""
        return [row[0] for row in self.connection.execute("SELECT place FROM articles ORDER BY 1")]

    def annotated(self, place: str) -> Article:
        """The article of a place as annotated, before people's decisions."""
        row = self.connection.execute(
            "SELECT annotated, record FROM articles WHERE place = ?", (place,)
        ).fetchone()
        return annotated_of(*row)

    def subjects(self, kind: str) -> list[Subject]:
        """All subjects of a kind that now have something to show."""
        queries = {
            "article": "SELECT id FROM articles",
            "letter": "SELECT DISTINCT taxonomy || '/' || initial FROM headings",
        }
        query = queries.get(kind)
        if query is not None:
            rows = self.connection.execute(query)
        else:
            rows = self.connection.execute(
                "SELECT DISTINCT key FROM entries WHERE subject = ?", (kind,)
            )
        return [Subject(kind, row[0]) for row in rows]

    def card(self, article_id: str) -> Card | None:
        """What lists show of an article."""
        row = self.connection.execute(
            "SELECT card FROM articles WHERE id = ?", (article_id,)
        ).fetchone()
        return _card.decode(row[0]) if row else None

    def cards(self, subject: Subject, *, most: int = -1) -> list[Card]:
        """The cards of a subject's articles, oldest first, undated last; at the `most` if given."""
        keys = self._keys(subject)
        rows = self.connection.execute(
            "SELECT card FROM entries JOIN articles ON id = owner WHERE subject = ? "
            f"AND key IN ({', '.join('?' * len(keys))}) "
            "AND kind = 'article' ORDER BY sort, owner LIMIT ?",
            (subject.kind, *keys, most),
        )
        # An article that gives one name two kinds stands under both.
        return [_card.decode(card) for card in dict.fromkeys(row[0] for row in rows)]

    def _keys(self, subject: Subject) -> tuple[str, ...]:
        """The keys under which a subject's entries are: several where terms are joined to it."""
        return self._kinds.keys(subject.key) if subject.kind == "term" else (subject.key,)

    def newest(self, subject: Subject, most: int, *, to_the_day: bool = False) -> list[Card]:
        """The newest dated articles of a subject, or those dated to the day, newest first."""
        rows = self.connection.execute(
            "SELECT card FROM entries JOIN articles ON id = owner WHERE subject = ? AND key = ? "
            "AND kind = 'article' AND sort < '~' AND sort GLOB ? ORDER BY sort DESC, owner LIMIT ?",
            (subject.kind, subject.key, "????-??-?? *" if to_the_day else "*", most),
        )
        return [_card.decode(row[0]) for row in rows]

    def date_span(self) -> tuple[str, str] | None:
        """The first and the last date of the archive, as precise as they are known."""
        row = self.connection.execute(
            "SELECT min(sort), max(sort) FROM entries WHERE subject = 'site' AND key = '' "
            "AND kind = 'article' AND sort < '~'"
        ).fetchone()
        return (row[0].partition(" ")[0], row[1].partition(" ")[0]) if row[0] else None

    def quotes(self, subject: Subject, kind: str) -> list[QuoteCard]:
        """A subject's quotes of a kind ("by", "about", "quote"), oldest first."""
        keys = self._keys(subject)
        rows = self.connection.execute(
            "SELECT owner, n, payload, card FROM entries JOIN articles ON id = owner "
            f"WHERE subject = ? AND key IN ({', '.join('?' * len(keys))}) AND kind = ? "
            "ORDER BY sort, owner, n",
            (subject.kind, *keys, kind),
        )
        found = {(owner, n): (payload, card) for owner, n, payload, card in rows}
        if kind == "about" and len(keys) > 1:
            # Where one name has two kinds in an article, one of them may speak of the other.
            for owner, n in self._spoken(keys):
                found.pop((owner, n), None)
        usual = cache(self._kinds.usual)
        return [
            _quote_card(_facts.decode(payload), _card.decode(card), usual)
            for payload, card in found.values()
        ]

    def _spoken(self, keys: tuple[str, ...]) -> list[tuple[str, int]]:
        return self.connection.execute(
            "SELECT owner, n FROM entries WHERE subject = 'term' "
            f"AND key IN ({', '.join('?' * len(keys))}) AND kind = 'by'",
            keys,
        ).fetchall()

    def count(self, subject: Subject, kind: str = "article") -> int:
        """How many entries of a kind a subject has."""
        row = self.connection.execute(
            "SELECT count(*) FROM entries WHERE subject = ? AND key = ? AND kind = ?",
            (subject.kind, subject.key, kind),
        ).fetchone()
        return int(row[0])

    def counts(self, subject_kind: str, kind: str, prefix: str = "") -> list[tuple[str, int]]:
        """How many entries each subject of a kind has, in the order of their keys."""
        rows = self.connection.execute(
            "SELECT key, count(*) FROM entries WHERE subject = ? AND key >= ? AND key < ? "
            "AND kind = ? GROUP BY key ORDER BY key",
            (subject_kind, prefix, prefix + "\U0010ffff", kind),
        )
        return [(key, count) for key, count in rows]

    def plain_names(self) -> dict[str, int]:
        """How many articles of each language had their names from plain word lists, most first."""
        counts = self.counts("plain", "article")
        return dict(sorted(counts, key=lambda item: (-item[1], item[0])))

    def problems(self, code: str) -> list[tuple[Problem, Card | None]]:
        """The problems of a code with the articles they are in, by source path and line."""
        rows = self.connection.execute(
            "SELECT payload, card FROM entries LEFT JOIN articles ON id = owner "
            "WHERE subject = 'problems' AND key = ? ORDER BY sort, owner, n",
            (code,),
        )
        return [
            (_problem.decode(payload), _card.decode(card) if card else None)
            for payload, card in rows
        ]

    def tags_with_page(self, slugs: Sequence[str]) -> set[str]:
        """Those of some tags that have a page."""
        rows = self.connection.execute(
            "SELECT slug FROM headings WHERE taxonomy = 'tags' "
            f"AND slug IN ({', '.join('?' * len(slugs))})",
            slugs,
        )
        return {row[0] for row in rows}

    def heading(self, taxonomy: str, slug: str) -> Heading | None:
        """The heading at a place, if it has a page."""
        return self._headings.at(taxonomy, slug)

    def headings(self, taxonomy: str, initial: str | None = None) -> list[Heading]:
        """A taxonomy's headings, or those under one initial, in the order of an A to Z."""
        return self._headings.listed(taxonomy, initial)

    def largest(self, taxonomy: str, most: int) -> list[Heading]:
        """The headings with the most articles."""
        return self._headings.largest(taxonomy, most)

    def initials(self, taxonomy: str) -> list[tuple[str, int]]:
        """The initials of a taxonomy's headings with how many stand under each."""
        return self._headings.initials(taxonomy)

    def totals(self) -> dict[str, int]:
        """The numbers of the closing summary and of the report page."""
        count = self.connection.execute
        quotes = "SELECT count(*) FROM entries WHERE subject = 'quotes'"
        return {
            "sources": count("SELECT count(*) FROM sources").fetchone()[0],
            "articles": count("SELECT count(*) FROM articles").fetchone()[0],
            "quotes": count(quotes).fetchone()[0],
            "attributed": count(
                quotes + " AND json_extract(CAST(payload AS TEXT), '$.speaker') IS NOT NULL"
            ).fetchone()[0],
            **{
                taxonomy: count(
                    "SELECT count(*) FROM headings WHERE taxonomy = ?", (taxonomy,)
                ).fetchone()[0]
                for taxonomy in (*TAXONOMY_OF_KIND.values(), "tags")
            },
            "problems": count("SELECT count(*) FROM entries WHERE subject = 'problems'").fetchone()[
                0
            ],
        }


def _quote_card(facts: QuoteFacts, card: Card, usual: Callable[[str], str]) -> QuoteCard:
    return QuoteCard(
        text=facts.text,
        kind=facts.kind,
        speaker=facts.speaker,
        entity=usual(facts.entity) if facts.entity else None,
        role=facts.role,
        anchor=facts.anchor,
        confidence=facts.confidence,
        card=card,
    )
