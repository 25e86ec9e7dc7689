import sqlite3
from contextlib import closing

import pytest

from newsgen import store
from newsgen.errors import OutputError
from newsgen.store import MEMORY, delete_store, open_store


def remembered(connection):
    return connection.execute("SELECT value FROM meta WHERE name = 'x'").fetchone()


def leave_a_mark(path):
    with closing(open_store(path)) as connection:
        connection.execute("INSERT INTO meta VALUES ('x', 'y')")


def test_the_working_state_is_kept(tmp_path):
    leave_a_mark(tmp_path / "deep" / "archive.db")
    with closing(open_store(tmp_path / "deep" / "archive.db")) as connection:
        assert remembered(connection) == ("y",)


def test_a_store_in_memory_leaves_no_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with closing(open_store(MEMORY)) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (0,)
    assert list(tmp_path.iterdir()) == []


def test_a_store_of_other_code_is_made_anew(tmp_path, monkeypatch):
    leave_a_mark(tmp_path / "archive.db")
    monkeypatch.setattr(store, "SCHEMA", store.SCHEMA + "CREATE TABLE more (x TEXT);")
    with closing(open_store(tmp_path / "archive.db")) as connection:
        assert remembered(connection) is None
        assert connection.execute("SELECT * FROM more").fetchall() == []


def test_a_store_of_another_layout_is_made_anew(tmp_path):
    with closing(sqlite3.connect(tmp_path / "archive.db")) as connection:
        connection.execute("CREATE TABLE something (x TEXT)")
    with closing(open_store(tmp_path / "archive.db")) as connection:
        assert remembered(connection) is None


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"this is no database, however long it is " * 100, id="garbage"),
        pytest.param(b"SQLite format 3\0" + b"\xff" * 5000, id="damaged"),
    ],
)
def test_an_unreadable_store_is_made_anew(tmp_path, content):
    (tmp_path / "archive.db").write_bytes(content)
    with closing(open_store(tmp_path / "archive.db")) as connection:
        assert remembered(connection) is None


@pytest.mark.parametrize("place", ["file/archive.db", "folder"])
def test_a_store_that_cannot_be_written_is_an_error_with_a_remedy(tmp_path, place):
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError, match="working state cannot be opened") as caught:
        open_store(tmp_path / place)
    assert caught.value.where.endswith(place)
    assert "delete it" in caught.value.hint


def test_deleting_takes_what_sqlite_keeps_beside_it(tmp_path):
    for suffix in ("", "-wal", "-shm", "-journal"):
        (tmp_path / f"archive.db{suffix}").write_bytes(b"")
    (tmp_path / "other").write_bytes(b"")
    delete_store(tmp_path / "archive.db")
    delete_store(tmp_path / "archive.db")
    assert [path.name for path in tmp_path.iterdir()] == ["other"]


def test_a_clean_build_forgets_what_is_known_and_removes_what_was_written(archive):
    site = archive("-- articles/a.txt --\nFog over the bay\nIt rose.\n")
    site.write("static/own.css", "/* unsigned */")
    site.build()
    before = site.tree()
    (site.folder / "static/own.css").rename(site.folder / "static/other.css")
    (site.output / "mine.html").write_text("mine")
    report = site.build(clean=True)
    assert (report.read, report.deleted) == (1, ("static/own.css",))
    assert site.tree().keys() - before.keys() == {"static/other.css", "mine.html"}
