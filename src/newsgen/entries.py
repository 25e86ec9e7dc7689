"""What is kept of entries: who says what of which subject, and whom a change of it touches."""

import sqlite3
from collections.abc import Iterable

from newsgen.model import Subject
from newsgen.subjects import Entry


class Entries:
    """The entries of all articles, and the subjects that are pending because of them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def say(self, owner: str, entries: Iterable[Entry], *, all_new: bool = False) -> None:
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
