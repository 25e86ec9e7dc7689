"""Which sources were read, which pages were written, under which key."""

import sqlite3
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from newsgen.digest import sha256
from newsgen.model import Record, Subject
from newsgen.stopwatch import Profile
from newsgen.store import open_store

# A file changed this shortly before it was read may change again without a new time stamp.
_RACY = 50_000_000  # nanoseconds
_encode = msgspec.json.Encoder().encode
_fields = msgspec.json.Decoder(dict[str, str])


class SourceFile(Record, frozen=True):
    """A file found in the articles folder. `path` is for people and ids, `file` is to open."""

    path: str
    file: str
    size: int
    mtime: int


class Changes(Record, frozen=True):
    """What moved on disk: files to read, and paths that are gone."""

    changed: tuple[SourceFile, ...]
    removed: tuple[str, ...]


class PageRow(Record, frozen=True):
    """A page as last written: what it was made from, and why it was written."""

    path: str
    subject: Subject
    kind: str
    digest: str
    fields: dict[str, str]
    reason: str


class Done(Record, frozen=True):
    """What became of the pages of some subjects."""

    subjects: tuple[Subject, ...]
    rendered: tuple[PageRow, ...]
    gone: tuple[str, ...]
    written: int
    profile: Profile = msgspec.field(default_factory=dict)


class Ledger:
    """What has been read and written."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    @classmethod
    def open(cls, path: Path) -> "Ledger":
        """Open the ledger in a file."""
        return cls(open_store(path))

    # Sources

    def compare(self, found: Iterable[SourceFile], code: str) -> Changes:
        """Say which files must be read: new ones, changed ones, and those read by other code.

        Size and time stamp decide; a file that only was touched is settled by its hash.
        """
        known = {
            path: (size, mtime, digest, by)
            for path, size, mtime, digest, by in self.connection.execute("SELECT * FROM sources")
        }
        changed, touched = [], []
        for source in found:
            size, mtime, digest, by = known.pop(source.path, (-1, -1, "", ""))
            if (source.size, source.mtime, code) == (size, mtime, by):
                continue
            if by == code and source.size == size and digest == _hash(source):
                touched.append((_stamp(source), source.path))
            else:
                changed.append(source)
        with self.connection:
            self.connection.execute("BEGIN IMMEDIATE")
            self.connection.executemany("UPDATE sources SET mtime = ? WHERE path = ?", touched)
        return Changes(tuple(changed), tuple(known))

    def digest_read(self, path: str) -> str | None:
        """The hash of a source's bytes as last read; None for one never read."""
        row = self.connection.execute(
            "SELECT digest FROM sources WHERE path = ?", (path,)
        ).fetchone()
        return row[0] if row else None

    # Page kinds

    def kinds(self) -> dict[str, dict[str, str]]:
        """What each page kind was last rendered by: digests of templates, settings and code."""
        rows = self.connection.execute("SELECT name, value FROM meta WHERE name LIKE 'kind:%'")
        return {name.partition(":")[2]: _fields.decode(value) for name, value in rows}

    def record_kinds(self, keys: dict[str, dict[str, str]], touched: Iterable[Subject]) -> None:
        """Remember what page kinds are rendered by now; mark the subjects of changed ones."""
        with self.connection:
            self.connection.execute("BEGIN IMMEDIATE")
            self.connection.executemany(
                "INSERT OR IGNORE INTO pending VALUES (?, ?)", ((s.kind, s.key) for s in touched)
            )
            self.connection.execute("DELETE FROM meta WHERE name LIKE 'kind:%'")
            self.connection.executemany(
                "INSERT INTO meta VALUES (?, ?)",
                ((f"kind:{name}", _encode(key).decode()) for name, key in keys.items()),
            )

    def subjects_of(self, kind: str) -> list[Subject]:
        """The subjects that have pages of a kind."""
        rows = self.connection.execute(
            "SELECT DISTINCT subject, key FROM pages WHERE kind = ?", (kind,)
        )
        return [Subject(subject, key) for subject, key in rows]

    def value(self, name: str) -> str | None:
        """A remembered value, such as the digest of entities.yaml."""
        row = self.connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def remember(self, name: str, value: str) -> None:
        """Keep a value for the next build."""
        self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def count_build(self) -> str:
        """The number of this build, by which workers tell that what they keep is of another."""
        number = str(int(self.value("builds") or 0) + 1)
        self.remember("builds", number)
        return number

    # Pages

    def pending(self) -> list[Subject]:
        """The subjects whose pages may be out of date."""
        rows = self.connection.execute("SELECT kind, key FROM pending ORDER BY kind, key")
        return [Subject(kind, key) for kind, key in rows]

    def pages_of(self, subject: Subject) -> dict[str, PageRow]:
        """The pages last written for a subject, by path."""
        rows = self.connection.execute(
            "SELECT * FROM pages WHERE subject = ? AND key = ?", (subject.kind, subject.key)
        )
        return {row[0]: _page_row(row) for row in rows}

    def page(self, path: str) -> PageRow | None:
        """What is known of the page at a path."""
        row = self.connection.execute("SELECT * FROM pages WHERE path = ?", (path,)).fetchone()
        return _page_row(row) if row else None

    def paths(self) -> Iterator[tuple[str, Subject]]:
        """All paths newsgen has written, with what they are about."""
        for path, kind, key in self.connection.execute("SELECT path, subject, key FROM pages"):
            yield path, Subject(kind, key)

    def record(self, done: Done) -> None:
        """Enter pages that are on disk and strike off their subjects, in one transaction."""
        with self.connection:
            self.connection.execute("BEGIN IMMEDIATE")
            self.connection.executemany(
                "DELETE FROM pages WHERE path = ?", ((path,) for path in done.gone)
            )
            self.connection.executemany(
                "INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    (
                        row.path,
                        row.subject.kind,
                        row.subject.key,
                        row.kind,
                        row.digest,
                        _encode(row.fields),
                        row.reason,
                    )
                    for row in done.rendered
                ),
            )
            self.connection.executemany(
                "DELETE FROM pending WHERE kind = ? AND key = ?",
                ((s.kind, s.key) for s in done.subjects),
            )

    def distrust_pending(self) -> None:
        """Forget what pages of pending subjects were made from: a build that stopped may have
        written newer ones, and an edit undone since would take these for the old."""
        with self.connection:
            self.connection.execute(
                "UPDATE pages SET fields = '{}' WHERE subject = 'static' OR EXISTS "
                "(SELECT 1 FROM pending p WHERE p.kind = pages.subject AND p.key = pages.key)"
            )

    def mark(self, subjects: Iterable[Subject]) -> None:
        """Mark subjects as pending."""
        with self.connection:
            self.connection.execute("BEGIN IMMEDIATE")
            self.connection.executemany(
                "INSERT OR IGNORE INTO pending VALUES (?, ?)", ((s.kind, s.key) for s in subjects)
            )


def _page_row(row: tuple[str, str, str, str, str, bytes, str]) -> PageRow:
    path, subject, key, kind, digest, fields, reason = row
    return PageRow(path, Subject(subject, key), kind, digest, _fields.decode(fields), reason)


def _hash(source: SourceFile) -> str:
    try:
        return sha256(Path(source.file).read_bytes())
    except OSError:
        return ""


def _stamp(source: SourceFile) -> int:
    """The time stamp to remember; 0, which never matches, for a file changed a moment ago."""
    return 0 if time.time_ns() - source.mtime < _RACY else source.mtime


def stamped(source: SourceFile) -> SourceFile:
    """A source with the time stamp to remember, to be asked before it is read."""
    return msgspec.structs.replace(source, mtime=_stamp(source))
