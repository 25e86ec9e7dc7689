import os
import time
from pathlib import Path

import pytest

from articles import empty_catalog, plain_article, reading_of
from newsgen.digest import sha256
from newsgen.ledger import Done, Ledger, PageRow, SourceFile, stamped
from newsgen.model import Subject
from newsgen.store import MEMORY

LONG_AGO = 1_600_000_000_000_000_000
FOG, SEA = Subject("term", "tags/fog"), Subject("term", "tags/sea")


@pytest.fixture
def ledger():
    ledger = Ledger.open(MEMORY)
    yield ledger
    ledger.connection.close()


@pytest.fixture
def source(tmp_path):
    """Make or change a source file; its time stamp is the one given."""

    def make(name, content, mtime=LONG_AGO):
        file = tmp_path / name
        file.write_text(content)
        os.utime(file, ns=(mtime, mtime))
        return SourceFile(f"articles/{name}", str(file), len(content), file.stat().st_mtime_ns)

    return make


def read(ledger, source, code="code"):
    """Enter a source as read, as intake does."""
    content = Path(source.file).read_bytes()
    ledger.connection.execute(
        "INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?)",
        (source.path, source.size, stamped(source).mtime, sha256(content), code),
    )


def row(path, subject=FOG, kind="term", **fields):
    return PageRow(path, subject, kind, "digest", fields or {"name": "0a"}, "new page")


def done(*rows, subjects=(FOG,), gone=()):
    return Done(subjects, rows, gone, len(rows))


def test_a_new_source_must_be_read(ledger, source):
    fog = source("fog.txt", "Fog")
    assert ledger.compare([fog], "code").changed == (fog,)
    assert ledger.digest_read(fog.path) is None


def test_a_source_that_was_read_is_not_read_again(ledger, source):
    fog = source("fog.txt", "Fog")
    read(ledger, fog)
    found = ledger.compare([fog], "code")
    assert (found.changed, found.removed) == ((), ())
    assert ledger.digest_read(fog.path) == sha256(b"Fog")


@pytest.mark.parametrize(("content", "later"), [("Fog!", 0), ("Sea", 1), ("Fogs", 1)])
def test_a_source_of_other_size_or_content_must_be_read(ledger, source, content, later):
    read(ledger, source("fog.txt", "Fog"))
    fog = source("fog.txt", content, LONG_AGO + later)
    assert ledger.compare([fog], "code").changed == (fog,)


def test_a_source_that_only_was_touched_is_settled_by_its_hash_and_remembered(ledger, source):
    read(ledger, source("fog.txt", "Fog"))
    fog = source("fog.txt", "Fog", LONG_AGO + 5)
    assert ledger.compare([fog], "code").changed == ()
    stamp = ledger.connection.execute("SELECT mtime FROM sources").fetchone()
    assert stamp == (LONG_AGO + 5,)


def test_a_source_read_by_other_code_must_be_read(ledger, source):
    fog = source("fog.txt", "Fog")
    read(ledger, fog, code="older")
    assert ledger.compare([fog], "code").changed == (fog,)


def test_a_source_that_is_gone_is_named(ledger, source):
    fog, sea = source("fog.txt", "Fog"), source("sea.txt", "Sea")
    read(ledger, fog)
    read(ledger, sea)
    assert ledger.compare([sea], "code").removed == ("articles/fog.txt",)


def test_a_source_that_cannot_be_opened_any_more_must_be_read(ledger, source):
    read(ledger, source("fog.txt", "Fog"))
    fog = source("fog.txt", "Fog", LONG_AGO + 5)
    Path(fog.file).unlink()
    assert ledger.compare([fog], "code").changed == (fog,)


def test_a_source_changed_a_moment_ago_is_looked_at_again(ledger, source):
    now = time.time_ns()
    fog = source("fog.txt", "Fog", now)
    read(ledger, fog)
    # Other content of the same length, within the grain of the file system's clock.
    fog = source("fog.txt", "Sea", now)
    assert ledger.compare([fog], "code").changed == (fog,)


def test_a_stamp_of_long_ago_is_trusted():
    old = SourceFile("a", "a", 1, LONG_AGO)
    assert stamped(old) == old
    assert stamped(SourceFile("a", "a", 1, time.time_ns() + 10**9)).mtime == 0


def test_values_are_remembered(ledger):
    assert ledger.value("authority") is None
    ledger.remember("authority", "one")
    ledger.remember("authority", "two")
    assert ledger.value("authority") == "two"


def test_page_kinds_are_remembered_and_their_subjects_marked(ledger):
    ledger.remember("authority", "one")
    ledger.record_kinds({"term": {"(template)": "a"}, "home": {"(template)": "b"}}, [FOG])
    ledger.record_kinds({"term": {"(template)": "c"}}, [SEA, FOG])
    assert ledger.kinds() == {"term": {"(template)": "c"}}
    assert ledger.pending() == [FOG, SEA]
    assert ledger.value("authority") == "one"


def test_pages_on_disk_are_entered_and_their_subjects_struck_off(ledger):
    ledger.mark([FOG, SEA, FOG])
    ledger.record(done(row("tags/fog.html"), row("tags/fog-2.html")))
    assert ledger.pending() == [SEA]
    assert set(ledger.pages_of(FOG)) == {"tags/fog.html", "tags/fog-2.html"}
    assert ledger.page("tags/fog.html") == row("tags/fog.html")
    assert ledger.page("tags/sea.html") is None
    assert ledger.pages_of(SEA) == {}


def test_pages_that_are_gone_are_forgotten(ledger):
    ledger.record(done(row("tags/fog.html"), row("tags/fog-2.html")))
    ledger.record(done(row("tags/fog.html", name="1b"), gone=("tags/fog-2.html",)))
    assert dict(ledger.paths()) == {"tags/fog.html": FOG}
    assert ledger.page("tags/fog.html").fields == {"name": "1b"}


def test_subjects_that_have_pages_of_a_kind_are_known(ledger):
    ledger.record(done(row("tags/fog.html"), row("tags/fog-2.html")))
    ledger.record(done(row("tags/sea.html", SEA), row("s.xml", SEA, "sitemap")))
    assert sorted(ledger.subjects_of("term")) == [FOG, SEA]
    assert ledger.subjects_of("sitemap") == [SEA]
    assert ledger.subjects_of("home") == []


def test_what_the_catalog_reads_the_ledger_knows(source):
    fog = source("fog.txt", "Fog")
    catalog = empty_catalog()
    catalog.apply([reading_of(plain_article("Fog", path=fog.path))])
    ledger = Ledger(catalog.connection)
    assert ledger.compare([], "code").removed == (fog.path,)
    catalog.apply([], removed=[fog.path])
    assert ledger.compare([], "code").removed == ()
