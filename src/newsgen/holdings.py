"""Which article stands at which place, and under which id it is known.

An article claims an id; where several places claim one, the first of them has it. Whatever is put
in or taken out brings its entries and printed titles along.
"""

import sqlite3
from collections.abc import Collection

from newsgen.entries import Entries
from newsgen.filing import Filed, Reading, addressed, known, readdressed
from newsgen.links import Links
from newsgen.model import Subject
from newsgen.subjects import problem_entry, row_of


class Holdings:
    """The articles the catalog has, by place. Its methods run inside a transaction."""

    def __init__(self, connection: sqlite3.Connection, entries: Entries, links: Links) -> None:
        self.connection = connection
        self.entries = entries
        self.links = links

    def take(self, reading: Reading) -> None:
        if self._knows(reading.path):
            self.forget(reading.path, keep={one.place for one in reading.articles})
        else:
            self.entries.touch(Subject("report", ""))
        for one in reading.articles:
            self.put(one)
        if reading.failure is not None:
            rows = (row_of(problem_entry(reading.failure, 0)),)
            self.entries.say(f"path:{reading.path}", rows)
        self.connection.execute(
            "INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?)",
            (reading.path, reading.size, reading.mtime, reading.digest, reading.code),
        )

    def _knows(self, path: str) -> bool:
        row = self.connection.execute("SELECT 1 FROM sources WHERE path = ?", (path,)).fetchone()
        return row is not None

    def forget(self, path: str, keep: Collection[str] = ()) -> None:
        """Remove a source's articles, but those at the places that stay."""
        rows = self.connection.execute(
            "SELECT place, claim, id FROM articles WHERE path = ?", (path,)
        ).fetchall()
        for place, claim, article_id in rows:
            if place not in keep:
                self._leave(place, claim, article_id)
        self.entries.say(f"path:{path}", ())

    def put(self, one: Filed) -> None:
        """Put an article at its place; the first of the places that claim an id has it.

        First by the order of places, not of arrival: the outcome cannot depend on history.
        """
        row = self.connection.execute(
            "SELECT claim, id FROM articles WHERE place = ?", (one.place,)
        ).fetchone()
        if row is not None and row[0] != one.claim:
            self._leave(one.place, *row)
            row = None
        first = self._first(one.claim)
        if first is None or one.place <= first:
            if first is not None and one.place < first:
                self._yield_to(one.place, one.claim)
            now = one if one.id == one.claim else addressed(one)
        else:
            now = readdressed(one, taken_by=first)
        if row is not None and row[1] != now.id:
            self._remove(one.place, row[1])
            row = None
        self._write(now, is_new=row is None)

    def _leave(self, place: str, claim: str, article_id: str) -> None:
        """Remove an article; if others claim the id that it had, the first of them has it now."""
        self._remove(place, article_id)
        first = self._first(claim)
        if first is not None and place < first:
            # The first itself is known by its own path so far, and the others by that of this one.
            self._yield_to(first, claim)
            self._move(first, None)

    def _first(self, claim: str) -> str | None:
        row = self.connection.execute(
            "SELECT min(place) FROM articles WHERE claim = ?", (claim,)
        ).fetchone()
        return row[0] if row else None

    def _yield_to(self, first: str, claim: str) -> None:
        """Let all others that claim an id say who has it: only where the first is another now."""
        places = self.connection.execute(
            "SELECT place FROM articles WHERE claim = ? AND place != ? ORDER BY place",
            (claim, first),
        ).fetchall()
        for (place,) in places:
            self._move(place, first)

    def _move(self, place: str, taken_by: str | None) -> None:
        row = self.connection.execute(
            "SELECT place, claim, annotated, record FROM articles WHERE place = ?", (place,)
        ).fetchone()
        was = known(row)
        now = addressed(was) if taken_by is None else readdressed(was, taken_by)
        if now.id != was.id:
            self._remove(place, was.id)
        self._write(now, is_new=now.id != was.id)

    def _remove(self, place: str, article_id: str) -> None:
        self.entries.say(article_id, ())
        self.entries.touch(Subject("article", article_id))
        self.connection.execute("DELETE FROM articles WHERE place = ?", (place,))
        self.entries.touch_articles(self.links.remove(article_id))

    def _write(self, one: Filed, *, is_new: bool) -> None:
        old = None
        if not is_new:
            old = self.connection.execute(
                "SELECT record, card, annotated FROM articles WHERE place = ?", (one.place,)
            ).fetchone()
            if old is not None and (old[0], old[2]) == (one.record, one.annotated):
                return
        self.connection.execute(
            "INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?, ?, ?, ?)", one[:7]
        )
        if old is not None and old[0] == one.record:
            return  # what people decide comes to the same
        self.entries.touch(Subject("article", one.id))
        card_is_new = old is None or old[1] != one.card
        self.entries.say(one.id, one.entries, all_new=card_is_new, is_new=old is None)
        self.entries.touch_articles(self.links.put(one.id, one.headline, one.printed))
        if card_is_new:
            self.entries.touch_articles(self.links.neighbours(one.id))
            if one.printed:
                self.entries.touch(Subject("wanted", ""))
