"""What the articles say of one another.

`apply` puts articles in and marks the subjects they touch as *pending*, in one transaction: a
build that is killed finds them again. `derive` brings what is counted over many articles up to
date. Everything else reads.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from newsgen.digest import short_id
from newsgen.links import Links
from newsgen.model import Article, Card, Problem, QuoteCard, Record, Subject
from newsgen.store import MEMORY, open_store
from newsgen.subjects import Entry, Membership, QuoteFacts, card_of, entries_of, problem_entry
from newsgen.text import initial_of, sort_key

_encode = msgspec.json.Encoder().encode
_article = msgspec.json.Decoder(Article)
_card = msgspec.json.Decoder(Card)
_membership = msgspec.json.Decoder(Membership)
_facts = msgspec.json.Decoder(QuoteFacts)
_problem = msgspec.json.Decoder(Problem)

# The subjects that count the entries of others: touched whenever one of these is.
_COUNTERS = {
    "month": (Subject("calendar", ""), Subject("sitemaps", "")),
    "year": (Subject("calendar", ""), Subject("sitemaps", "")),
    "undated": (Subject("calendar", ""), Subject("sitemaps", "")),
    "quotes": (Subject("quotes", ""), Subject("site", ""), Subject("report", "")),
    "problems": (Subject("report", ""),),
    "site": (Subject("report", ""),),
    "wanted": (Subject("report", ""),),
}


class Heading(Record, frozen=True):
    """A tag, person, organisation or place with a page of its own."""

    taxonomy: str
    slug: str
    name: str
    forms: tuple[str, ...]
    articles: int
    quotes: int
    first: str | None
    last: str | None

    @property
    def permalink(self) -> str:
        return f"{self.taxonomy}/{self.slug}.html"


_heading = msgspec.json.Decoder(Heading)


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


class Catalog:
    """All that is known of the articles."""

    def __init__(self, connection: sqlite3.Connection, tag_minimum: int = 2) -> None:
        self.connection = connection
        self.links = Links(connection)
        self.tag_minimum = tag_minimum

    @classmethod
    def open(cls, path: Path = MEMORY, tag_minimum: int = 2) -> "Catalog":
        """Open the catalog in a file, or an empty one in memory."""
        return cls(open_store(path), tag_minimum)

    # Writing

    def apply(self, readings: Iterable[Reading], removed: Iterable[str] = ()) -> None:
        """Take in what sources say now and forget removed ones, in one transaction."""
        with self.connection:
            self.connection.execute("BEGIN IMMEDIATE")
            for path in removed:
                self._forget(path, keep=())
                self.connection.execute("DELETE FROM sources WHERE path = ?", (path,))
                self.touch(Subject("report", ""))
            for reading in readings:
                self._take(reading)

    def replace(self, resolved: Iterable[tuple[str, Article, Article]]) -> None:
        """Take in articles resolved anew, as (place, annotated, resolved), in one transaction."""
        with self.connection:
            self.connection.execute("BEGIN IMMEDIATE")
            for place, annotated, article in resolved:
                self._put(place, annotated, article)

    def _take(self, reading: Reading) -> None:
        places = _places(reading)
        self._forget(reading.path, keep=places)
        for place, annotated, article in zip(
            places, reading.annotated, reading.articles, strict=True
        ):
            self._put(place, annotated, article)
        if reading.failure is not None:
            self._say(f"path:{reading.path}", (problem_entry(reading.failure, 0),))
        if not self._knows(reading.path):
            self.touch(Subject("report", ""))
        self.connection.execute(
            "INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?)",
            (reading.path, reading.size, reading.mtime, reading.digest, reading.code),
        )

    def _knows(self, path: str) -> bool:
        row = self.connection.execute("SELECT 1 FROM sources WHERE path = ?", (path,)).fetchone()
        return row is not None

    def _forget(self, path: str, keep: Sequence[str]) -> None:
        """Remove a source's articles, but those at the places that stay."""
        rows = self.connection.execute(
            "SELECT place, claim, id FROM articles WHERE path = ?", (path,)
        ).fetchall()
        for place, claim, article_id in rows:
            if place not in keep:
                self._remove(place, article_id)
                self._arrange(claim)
        self._say(f"path:{path}", ())

    def _remove(self, place: str, article_id: str) -> None:
        self._say(article_id, ())
        self.touch(Subject("article", article_id))
        self.connection.execute("DELETE FROM articles WHERE place = ?", (place,))
        self.touch_articles(self.links.remove(article_id))

    def _put(self, place: str, annotated: Article, article: Article) -> None:
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
        self.touch(Subject("article", article.id))
        card_is_new = old is None or old[1] != shown
        self._say(article.id, entries_of(article, card), all_new=card_is_new)
        self.touch_articles(self.links.put(article))
        if card_is_new:
            self.touch_articles(self.links.neighbours(article.id))
            if article.related:
                self.touch(Subject("wanted", ""))

    def _say(self, owner: str, entries: Iterable[Entry], *, all_new: bool = False) -> None:
        """Replace what an owner says; touch the subjects of which it now says something else."""
        was = {
            Entry(Subject(subject, key), kind, sort, n, payload)
            for subject, key, kind, sort, n, payload in self.connection.execute(
                "SELECT subject, key, kind, sort, n, payload FROM entries WHERE owner = ?",
                (owner,),
            )
        }
        now = set(entries)
        self.connection.executemany(
            "DELETE FROM entries WHERE subject = ? AND key = ? AND kind = ? AND sort = ? "
            "AND owner = ? AND n = ?",
            ((e.subject.kind, e.subject.key, e.kind, e.sort, owner, e.n) for e in was - now),
        )
        # Sorted rows go into the tree side by side, which is several times as fast.
        self.connection.executemany(
            "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)",
            sorted(
                (e.subject.kind, e.subject.key, e.kind, e.sort, owner, e.n, e.payload)
                for e in now - was
            ),
        )
        told = was | now if all_new else was ^ now
        self.touch(*{entry.subject for entry in told})

    def touch(self, *subjects: Subject) -> None:
        """Mark subjects as pending: their pages are looked at again."""
        self.connection.executemany(
            "INSERT OR IGNORE INTO pending VALUES (?, ?)", ((s.kind, s.key) for s in subjects)
        )

    def touch_articles(self, ids: Iterable[str]) -> None:
        """Mark the pages of articles, and the list of wanted titles, as pending."""
        found = [Subject("article", article_id) for article_id in ids]
        if found:
            self.touch(*found, Subject("wanted", ""))

    def derive(self) -> None:
        """Bring the headings of pending terms up to date, and what counts them."""
        with self.connection:
            self.connection.execute("BEGIN IMMEDIATE")
            pending = self.connection.execute("SELECT kind, key FROM pending").fetchall()
            for kind, key in pending:
                match kind:
                    case "term":
                        self._derive_heading(key)
                    case "month":
                        self.touch(Subject("year", key[:4]), *_COUNTERS["month"])
                    case "day":
                        self.touch(Subject("month", key[:7]))
                    case kind if kind in _COUNTERS:
                        self.touch(*_COUNTERS[kind])
                    case _:
                        pass

    def _derive_heading(self, key: str) -> None:
        taxonomy, _, slug = key.partition("/")
        heading = self._count(taxonomy, slug)
        old = self.heading(taxonomy, slug)
        if heading == old:
            return
        self.connection.execute(
            "DELETE FROM headings WHERE taxonomy = ? AND slug = ?", (taxonomy, slug)
        )
        if heading is not None:
            self.connection.execute(
                "INSERT INTO headings VALUES (?, ?, ?, ?, ?, ?)",
                (
                    taxonomy,
                    slug,
                    initial_of(heading.name),
                    sort_key(heading.name),
                    heading.articles,
                    _encode(heading),
                ),
            )
        self.touch(
            Subject("taxonomy", taxonomy),
            Subject("site", ""),
            Subject("report", ""),
            Subject("quotes", ""),
            Subject("sitemaps", ""),
        )
        for name in {h.name for h in (old, heading) if h is not None}:
            self.touch(Subject("letter", f"{taxonomy}/{initial_of(name)}"))
        if (old is None) != (heading is None):
            # An article's page names its tags only where there is a page to lead to.
            self.touch(*(Subject("article", owner) for owner in self._owners(key)))

    def _owners(self, term: str) -> list[str]:
        rows = self.connection.execute(
            "SELECT owner FROM entries WHERE subject = 'term' AND key = ? AND kind = 'article'",
            (term,),
        )
        return [row[0] for row in rows]

    def _count(self, taxonomy: str, slug: str) -> Heading | None:
        """What a heading's articles make of it; None while only too few of them propose it."""
        key = f"{taxonomy}/{slug}"
        names: Counter[str] = Counter()
        forms: Counter[str] = Counter()
        dates: list[str] = []
        count, stated = 0, False
        for sort, payload in self.connection.execute(
            "SELECT sort, payload FROM entries WHERE subject = 'term' AND key = ? "
            "AND kind = 'article' ORDER BY sort",
            (key,),
        ):
            membership = _membership.decode(payload)
            count += 1
            stated = stated or not membership.proposed
            names[membership.name] += 1
            forms.update(membership.forms)
            if not sort.startswith("~"):
                dates.append(sort.partition(" ")[0])
        if not count or (not stated and count < self.tag_minimum):
            return None
        quotes = self.connection.execute(
            "SELECT count(*) FROM entries WHERE subject = 'term' AND key = ? AND kind = 'by'",
            (key,),
        ).fetchone()[0]
        name = min(names, key=lambda name: (-names[name], name))
        others = {*names, *forms} - {name}
        ranked = sorted(others, key=lambda form: (-(names[form] + forms[form]), form))
        return Heading(
            taxonomy=taxonomy,
            slug=slug,
            name=name,
            forms=tuple(ranked[:12]),
            articles=count,
            quotes=quotes,
            first=dates[0] if dates else None,
            last=dates[-1] if dates else None,
        )

    # Reading

    def article(self, article_id: str) -> Article | None:
        """The article of an id, as resolved."""
        row = self.connection.execute(
            "SELECT record FROM articles WHERE id = ?", (article_id,)
        ).fetchone()
        return _article.decode(row[0]) if row else None

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
            "SELECT annotated FROM articles WHERE place = ?", (place,)
        ).fetchone()
        return _article.decode(row[0])

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
        rows = self.connection.execute(
            "SELECT card FROM entries JOIN articles ON id = owner WHERE subject = ? AND key = ? "
            "AND kind = 'article' ORDER BY sort, owner LIMIT ?",
            (subject.kind, subject.key, most),
        )
        return [_card.decode(row[0]) for row in rows]

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
        rows = self.connection.execute(
            "SELECT payload, card FROM entries JOIN articles ON id = owner WHERE subject = ? "
            "AND key = ? AND kind = ? ORDER BY sort, owner, n",
            (subject.kind, subject.key, kind),
        )
        return [_quote_card(_facts.decode(payload), _card.decode(card)) for payload, card in rows]

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

    def heading(self, taxonomy: str, slug: str) -> Heading | None:
        """The heading at a place, if it has a page."""
        row = self.connection.execute(
            "SELECT record FROM headings WHERE taxonomy = ? AND slug = ?", (taxonomy, slug)
        ).fetchone()
        return _heading.decode(row[0]) if row else None

    def headings(self, taxonomy: str, initial: str | None = None) -> list[Heading]:
        """A taxonomy's headings, or those under one initial, in the order of an A to Z."""
        rows = self.connection.execute(
            "SELECT record FROM headings WHERE taxonomy = ? AND (initial = ? OR ? IS NULL) "
            "ORDER BY sort, slug",
            (taxonomy, initial, initial),
        )
        return [_heading.decode(row[0]) for row in rows]

    def largest(self, taxonomy: str, most: int) -> list[Heading]:
        """The headings with the most articles."""
        rows = self.connection.execute(
            "SELECT record FROM headings WHERE taxonomy = ? "
            "ORDER BY articles DESC, sort, slug LIMIT ?",
            (taxonomy, most),
        )
        return [_heading.decode(row[0]) for row in rows]

    def initials(self, taxonomy: str) -> list[tuple[str, int]]:
        """The initials of a taxonomy's headings with how many stand under each."""
        rows = self.connection.execute(
            "SELECT initial, count(*) FROM headings WHERE taxonomy = ? "
            "GROUP BY initial ORDER BY initial",
            (taxonomy,),
        )
        return [(initial, count) for initial, count in rows]

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
                for taxonomy in ("people", "organisations", "places", "tags")
            },
            "problems": count("SELECT count(*) FROM entries WHERE subject = 'problems'").fetchone()[
                0
            ],
        }


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


def _quote_card(facts: QuoteFacts, card: Card) -> QuoteCard:
    return QuoteCard(
        text=facts.text,
        kind=facts.kind,
        speaker=facts.speaker,
        entity=facts.entity,
        role=facts.role,
        anchor=facts.anchor,
        confidence=facts.confidence,
        card=card,
    )
