"""What is kept of entries: who says what of which subject, and whom a change of it touches."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from newsgen.model import Subject
from newsgen.subjects import Row


class Entries:
    """The entries of all articles, and the subjects that are pending because of them.

    Rows are kept until the end of a transaction and written in the order of their tables, where
    they go in side by side: a third of the time that row by row takes.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._new: list[tuple[str, str, str, str, str, int, bytes]] = []
        self._owners: set[str] = set()
        self._touched: set[Subject] = set()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all or nothing; what is touched in it is pending at its end."""
        with self.connection:
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.flush()
            finally:
                self._new, self._owners, self._touched = [], set(), set()

    def flush(self) -> None:
        """Write what is kept, for whoever reads these tables."""
        self._new.sort()
        self.connection.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)", self._new)
        self.connection.executemany(
            "INSERT OR IGNORE INTO pending VALUES (?, ?)",
            sorted((subject.kind, subject.key) for subject in self._touched),
        )
        self._new, self._owners, self._touched = [], set(), set()

    def say(
        self, owner: str, rows: Iterable[Row], *, all_new: bool = False, is_new: bool = False
    ) -> None:
        """Replace what an owner says; touch the subjects of which it now says something else.

        `is_new`: it has said nothing so far. `all_new`: what it says looks different everywhere.
        """
        if owner in self._owners:
            self.flush()
        was: set[Row] = set()
        if not is_new:
            was.update(
                self.connection.execute(
                    "SELECT subject, key, kind, sort, n, payload FROM entries WHERE owner = ?",
                    (owner,),
                )
            )
        now = set(rows)
        if gone := was - now:
            self.connection.executemany(
                "DELETE FROM entries WHERE subject = ? AND key = ? AND kind = ? AND sort = ? "
                "AND owner = ? AND n = ?",
                ((*row[:4], owner, row[4]) for row in gone),
            )
        self._new += [(*row[:4], owner, *row[4:]) for row in now - was]
        self._owners.add(owner)
        told = was | now if all_new else was ^ now
        self._touched.update({Subject(row[0], row[1]) for row in told})

    def touch(self, *subjects: Subject) -> None:
        """Mark subjects as pending: their pages are looked at again."""
        self._touched.update(subjects)

    def touch_articles(self, ids: Iterable[str]) -> None:
        """Mark the pages of articles, and the list of wanted titles, as pending."""
        found = [Subject("article", article_id) for article_id in ids]
        if found:
            self.touch(*found, Subject("wanted", ""))
