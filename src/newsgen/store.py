"""The one SQLite file in which catalog and ledger keep what they know: `.newsgen/archive.db`.

Deleting it is always safe: the next build is then a clean one.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from newsgen.digest import digest, digest_of_code
from newsgen.errors import OutputError

SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- Ledger: which sources were read, in which state.
CREATE TABLE sources (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime INTEGER NOT NULL,
    digest TEXT NOT NULL, code TEXT NOT NULL) WITHOUT ROWID;

-- Catalog: the articles. `place` is the source path, with "#n" for record n of a file of many.
-- `claim` is the id the article asks for; `id` differs only where another place has it already.
-- `annotated` is the record before people's decisions, NULL where they change nothing.
CREATE TABLE articles (
    place TEXT PRIMARY KEY, path TEXT NOT NULL, claim TEXT NOT NULL, id TEXT NOT NULL UNIQUE,
    annotated BLOB, record BLOB NOT NULL, card BLOB NOT NULL);
CREATE INDEX articles_by_path ON articles (path);
CREATE INDEX articles_by_claim ON articles (claim, place);

-- Catalog: what each article says of each subject. The primary key is the order of lists.
CREATE TABLE entries (
    subject TEXT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL, sort TEXT NOT NULL,
    owner TEXT NOT NULL, n INTEGER NOT NULL, payload BLOB NOT NULL,
    PRIMARY KEY (subject, key, kind, sort, owner, n)) WITHOUT ROWID;
CREATE INDEX entries_by_owner ON entries (owner);

-- Catalog: one row a heading (tag, person, organisation, place) that has a page.
CREATE TABLE headings (
    taxonomy TEXT NOT NULL, slug TEXT NOT NULL, initial TEXT NOT NULL, sort TEXT NOT NULL,
    articles INTEGER NOT NULL, record BLOB NOT NULL,
    PRIMARY KEY (taxonomy, slug)) WITHOUT ROWID;
CREATE INDEX headings_by_initial ON headings (taxonomy, initial, sort, slug);
CREATE INDEX headings_by_size ON headings (taxonomy, articles DESC, sort, slug);

-- Catalog: names of a kind that is rare for them, and of the usual one ("people/easthaven" and
-- "places/easthaven"): the first have no page of their own.
CREATE TABLE joins (rare TEXT PRIMARY KEY, usual TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX joins_by_usual ON joins (usual);

-- Catalog: proposed tags that have no page because too many articles share them.
CREATE TABLE common (slug TEXT PRIMARY KEY, articles INTEGER NOT NULL) WITHOUT ROWID;

-- Catalog: headlines and printed related titles, each by its key (`text.title_key`; a title cut
-- short keeps its "…"). Blocks and matches are of keys: a thousand articles of one headline cost
-- no more than one.
CREATE TABLE titles (id TEXT PRIMARY KEY, headline TEXT NOT NULL, key TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX titles_by_key ON titles (key, id);
CREATE TABLE title_blocks (block TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (block, key))
    WITHOUT ROWID;
CREATE TABLE links (
    id TEXT NOT NULL, n INTEGER NOT NULL, line INTEGER NOT NULL, headline TEXT NOT NULL,
    printed TEXT NOT NULL, section TEXT NOT NULL, target TEXT, score REAL, rule TEXT,
    PRIMARY KEY (id, n)) WITHOUT ROWID;
CREATE INDEX links_by_target ON links (target);
CREATE INDEX links_by_printed ON links (printed);
CREATE TABLE matches (
    printed TEXT PRIMARY KEY, key TEXT, score REAL, rule TEXT) WITHOUT ROWID;
CREATE INDEX matches_by_key ON matches (key);
CREATE TABLE printed_blocks (block TEXT NOT NULL, printed TEXT NOT NULL,
    PRIMARY KEY (block, printed)) WITHOUT ROWID;

-- Catalog: printed titles run together, by the digest of their text; the words in them with which
-- a headline may begin, and the headlines that stand in them, by key.
CREATE TABLE runs (id TEXT NOT NULL, n INTEGER NOT NULL, run TEXT NOT NULL, PRIMARY KEY (id, n))
    WITHOUT ROWID;
CREATE INDEX runs_by_run ON runs (run);
CREATE TABLE run_texts (run TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE run_openings (opening TEXT NOT NULL, run TEXT NOT NULL, PRIMARY KEY (opening, run))
    WITHOUT ROWID;
CREATE TABLE title_openings (opening TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (opening, key))
    WITHOUT ROWID;
CREATE TABLE run_finds (
    run TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, key TEXT NOT NULL,
    PRIMARY KEY (run, start)) WITHOUT ROWID;
CREATE INDEX run_finds_by_key ON run_finds (key);

-- Subjects whose pages may be out of date; struck off when their pages are on disk.
CREATE TABLE pending (kind TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (kind, key))
    WITHOUT ROWID;

-- Ledger: what was written. `fields` are the digests of the view's fields, for `explain`.
CREATE TABLE pages (
    path TEXT PRIMARY KEY, subject TEXT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL,
    digest TEXT NOT NULL, fields BLOB NOT NULL, reason TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX pages_by_subject ON pages (subject, key);
CREATE INDEX pages_by_kind ON pages (kind);
"""

# Rows made by other code than today's are of no use: the store is made anew.
_MADE_BY = (
    "catalog",
    "entries",
    "filing",
    "headings",
    "holdings",
    "kinds",
    "ledger",
    "likeness",
    "links",
    "model",
    "printed_runs",
    "store",
    "subjects",
    "text",
)
MEMORY = Path(":memory:")


def open_store(path: Path) -> sqlite3.Connection:
    """Open the working state, made anew if it is absent, unreadable or of another layout.

    Raises OutputError where the file cannot be written.
    """
    try:
        if path != MEMORY:
            path.parent.mkdir(parents=True, exist_ok=True)
        known = _current(path)
        if known is not None:
            return known
        delete_store(path)
        connection = _connect(path)
        connection.executescript(SCHEMA)
        connection.execute("INSERT INTO meta VALUES ('schema', ?)", (_version(),))
        connection.commit()
    except (OSError, sqlite3.Error) as error:
        raise OutputError(
            f"the working state cannot be opened: {error}",
            where=str(path),
            hint="make the folder writable, or delete it: newsgen makes it anew",
        ) from error
    return connection


@contextmanager
def working_state(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the working state for a build; raises OutputError also where it fails in between."""
    with closing(open_store(path)) as connection:
        try:
            yield connection
        except sqlite3.OperationalError as error:
            full = "full" in str(error)
            raise OutputError(
                f"the working state cannot be written: {error}",
                where=str(path),
                expected="room for it, and one build at a time; the pages already there are whole",
                hint=f"{'free some space' if full else 'look at the folder'} and build again: "
                "newsgen goes on where it stopped",
            ) from error


def delete_store(path: Path) -> None:
    """Remove the working state with the files SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _version() -> str:
    return digest(SCHEMA, digest_of_code(*_MADE_BY))


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=60, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    # With WAL, NORMAL survives any kill of the process; only a power cut may lose the last commits.
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA cache_size=-65536")
    # Pages of tables are changed by many transactions in turn: moved home less often, they are
    # written fewer times.
    connection.execute("PRAGMA wal_autocheckpoint=8000")
    connection.execute("PRAGMA temp_store=MEMORY")
    return connection


def _current(path: Path) -> sqlite3.Connection | None:
    """The store in a file, if it is one of today's layout, made by today's code."""
    connection = sqlite3.connect(path, timeout=60)
    try:
        row = connection.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()
    except sqlite3.OperationalError as error:
        # Busy or unreadable is no reason to throw the store away; having no table is.
        if "no such table" not in str(error):
            raise
        row = None
    except sqlite3.DatabaseError:
        row = None
    finally:
        connection.close()
    return _connect(path) if row is not None and row[0] == _version() else None
