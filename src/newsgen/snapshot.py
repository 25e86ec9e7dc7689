"""A copy of the store that stands still, for workers on other machines to read.

The store itself cannot be shared: what SQLite needs for one writer beside many readers does not
work over a network. A copy that nobody writes is a file like any other.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from newsgen.errors import OutputError

_NAME = "snapshot-"


@contextmanager
def snapshot(connection: sqlite3.Connection, folder: Path) -> Iterator[str]:
    """Copy an open store into a folder, under a name that no other has; deleted at the end.

    Raises OutputError where there is no room.
    """
    try:
        place = _copied(connection, folder)
    except (OSError, sqlite3.OperationalError) as error:
        raise OutputError(
            f"the catalog cannot be copied for the workers: {error}",
            where=str(folder),
            hint="free some space and build again: newsgen goes on where it stopped",
        ) from error
    try:
        yield str(place)
    finally:
        place.unlink(missing_ok=True)


def _copied(connection: sqlite3.Connection, folder: Path) -> Path:
    for old in folder.glob(_NAME + "*"):  # of builds that were killed
        old.unlink(missing_ok=True)
    # The name is new: a worker that has kept the copy of another build open must not take it for
    # this one.
    with tempfile.NamedTemporaryFile(dir=folder, prefix=_NAME, suffix=".db", delete=False) as file:
        place = Path(file.name)
    place.chmod(0o644)  # workers may run under another name
    with closing(sqlite3.connect(place, isolation_level=None)) as copy:
        copy.execute("PRAGMA synchronous=OFF")
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    return place


def open_snapshot(place: str) -> sqlite3.Connection:
    """Open a snapshot to read, in any thread; raises OutputError where it cannot be seen."""
    if not Path(place).is_file():
        raise OutputError(
            "a worker does not see the catalog of the build",
            where=place,
            expected="the folder of the archive under the same path on all machines",
            hint="mount it there: docs/cluster.md says what workers must see",
        )
    return _opened(place)


def _opened(place: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"file:{quote(place)}?mode=ro&immutable=1", uri=True, check_same_thread=False
    )
    connection.execute("PRAGMA cache_size=-65536")
    connection.execute("SELECT count(*) FROM meta").fetchone()
    return connection
