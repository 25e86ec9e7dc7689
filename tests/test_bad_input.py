"""What a build does with input, templates and disks that are not as they should be."""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from newsgen import intake, output, readers, store
from newsgen.errors import NewsgenError, OutputError, SettingsError, SourceError, TemplateError
from newsgen.site import load_site

GOOD = """
    -- articles/good.txt --
    Port reopens after storm
    Ships returned to Port Sallow on Monday.
"""
GOOD_PAGE = "articles/port-reopens"


def problems_of(site):
    """The codes of the problems found, with the pages that list them, by a build."""
    report = site.build()
    return {code: site.page(f"report/{code}.html") for code in report.problems}


def has_good_article(site):
    return any(path.startswith(GOOD_PAGE) for path in site.tree())


def rest_of_the_site_is_whole(site):
    """The good article is there, every page is complete, nothing half-written is left."""
    tree = site.tree()
    pages = [content for path, content in tree.items() if path.endswith(".html")]
    return (
        has_good_article(site)
        and all(content.rstrip().endswith(b"</html>") for content in pages)
        and not any("newsgen-part" in path for path in tree)
    )


# Sources


def test_a_link_to_nothing_is_reported_and_the_rest_is_built(archive):
    site = archive(GOOD)
    (site.folder / "articles/gone.txt").symlink_to("nowhere.txt")
    assert "articles/gone.txt" in problems_of(site)["unreadable-source"]
    assert rest_of_the_site_is_whole(site)


def test_a_source_that_breaks_later_is_reported_and_comes_back(archive):
    site = archive(GOOD)
    site.write("articles/b.txt", "Fog over the bay\nIt rose.\n")
    site.build()
    before = site.tree()
    site.remove("articles/b.txt")
    (site.folder / "articles/b.txt").symlink_to("nowhere.txt")
    assert "unreadable-source" in problems_of(site)
    assert not any("fog-over" in path for path in site.tree())
    site.remove("articles/b.txt")
    site.write("articles/b.txt", "Fog over the bay\nIt rose.\n")
    site.build()
    assert site.tree() == before


def test_a_folder_named_like_a_source_is_a_folder(archive):
    site = archive(GOOD)
    site.write("articles/x.txt/inner.txt", "Fog over the bay\nIt rose.\n")
    assert site.build().totals["articles"] == 2


def test_a_link_loop_is_reported_and_the_rest_is_built(archive):
    site = archive(GOOD)
    (site.folder / "articles/loop").symlink_to(".")
    (site.folder / "articles/self.txt").symlink_to("self.txt")
    found = problems_of(site)
    assert "articles/loop" in found["link-loop"]
    assert "articles/self.txt" in found["unreadable-source"]
    assert site.report.totals["articles"] == 1


ODD = {
    "empty": b"",
    "blank": b"\n\r\n \t\n",
    "mark": b"\xef\xbb\xbf",
    "mark-of-utf-16": b"\xff\xfe",
    "zeros": b"\x00" * 100,
    "every-byte": bytes(range(256)),
    "no-utf-8": b"\xed\xa0\x80 \xc3\x28",
    "endless-front-matter": b"---\n",
    "front-matter-alone": b"---\n---\n",
    "odd-characters": "\u202e\u2028\ufeff\ufffe".encode(),
    "script": b"<script>alert(1)</script>" * 3,
    "list-of-nothing": b"Related Stories\n- \n-\n",
    "deep": b"[" * 5000 + b"]" * 5000,
    "number": b"5",
    "null": b"null",
    "word": b'"word"',
    "list-of-numbers": b"[1, [], {}, null]",
    "record-of-nothing": b"{}\n{}\n",
    "odd-record": b'{"title": 5, "text": ["a"], "date": {}, "id": null, "url": []}\n',
    "not-a-number": b'{"title": NaN}\n{"title": 1e999}\n',
}


@pytest.mark.parametrize("suffix", ["txt", "md", "jsonl", "json"])
def test_odd_sources_stop_nothing_and_none_is_lost(archive, suffix):
    site = archive(GOOD)
    for name, content in ODD.items():
        site.write(f"articles/{name}.{suffix}", content)
    report = site.build()
    assert report.totals["sources"] == len(ODD) + 1
    assert rest_of_the_site_is_whole(site)
    assert "annotation-failed" not in report.problems
    pages = b"\n".join(site.tree().values())
    assert b"<script>alert" not in pages
    assert [name for name in ODD if f"{name}.{suffix}".encode() not in pages] == []
    again = site.build()
    assert (again.read, again.rendered) == (0, 0)


def test_an_empty_source_is_a_problem(archive):
    site = archive(GOOD)
    site.write("articles/empty.txt", "")
    assert any("articles/empty.txt" in page for page in problems_of(site).values())


PROSE = "The ferry was late and the people on the quay waited for it in the rain. "


@pytest.mark.parametrize(
    ("words", "megabytes"),
    [
        pytest.param(PROSE, 3, id="prose"),
        pytest.param("ferry", 10, id="one word"),
        pytest.param('"It will come," said Ada Quill on 5 May 2021. ', 0.3, id="quotes"),
        pytest.param('"', 0.3, id="marks"),
    ],
)
def test_a_line_of_megabytes_is_an_article_like_any_other(archive, words, megabytes):
    site = archive(GOOD)
    site.write("articles/long.txt", words * int(megabytes * 1_000_000 / len(words)))
    report = site.build()
    assert report.totals["articles"] == 2
    assert rest_of_the_site_is_whole(site)


MATTERS = {
    "words": "just words",
    "list": "- a\n- b",
    "not-yaml": "title: [",
    "mapping-for-a-title": "title: {a: b}",
    "number-for-tags": "tags: 5",
    "odd-tags": "tags: [[a], {b: c}, null, 2024-01-01]",
    "no-date": "date: soon",
    "no-such-date": "date: 2024-13-45",
    "list-for-a-date": "date: [2024]",
    "far-date": "date: 99999-01-01",
    "list-for-an-id": "id: [a]",
    "climbing-id": "id: ../../etc",
    "no-address": "url: 'javascript:alert(1)'",
    "unsafe-tag": "title: !!python/object:os.system x",
    "list-in-itself": "a: &a [*a]",
    "twice": "title: x\ntitle: y",
    "no-language": "language: '<b>'",
    "list-for-a-key": "? [a]\n: b",
    "no-such-number": "title: !!int x",
    "control-character": "title: \x07",
    "deep": f"title: {'[' * 3000}{']' * 3000}",
}


def with_matter(matter, name):
    return f"---\n{matter}\n---\nFog over the {name} bay\n\nIt rose at {name}.\n"


@pytest.mark.parametrize("suffix", ["txt", "md"])
def test_odd_front_matter_stops_nothing_and_its_text_is_kept(archive, suffix):
    site = archive(GOOD)
    for name, matter in MATTERS.items():
        site.write(f"articles/{name}.{suffix}", with_matter(matter, name))
    report = site.build()
    assert "annotation-failed" not in report.problems
    assert "unreadable-source" not in report.problems
    assert report.totals["articles"] == len(MATTERS) + 1
    assert rest_of_the_site_is_whole(site)
    pages = b"\n".join(site.tree().values())
    assert [name for name in MATTERS if f"It rose at {name}.".encode() not in pages] == []
    assert not list(site.folder.parent.glob("etc*"))


def test_front_matter_that_cannot_be_used_is_reported(archive):
    site = archive(GOOD)
    names = ["words", "not-yaml", "no-date", "no-such-date", "twice"]
    for name in names:
        site.write(f"articles/{name}.txt", with_matter(MATTERS[name], name))
    report = site.build()
    wrong = [site.page(f"report/{code}.html") for code in report.problems if code != "undated"]
    assert [name for name in names if not any(f"{name}.txt" in page for page in wrong)] == []


def test_names_of_files_may_be_anything(archive):
    site = archive(GOOD)
    names = ["a b.txt", "é.txt", "<b>.txt", "'\".txt", "%2e%2e.txt", "#.txt", "-.txt", "\n.txt"]
    for name in [*names, os.fsdecode(b"caf\xe9.txt"), "x" * 240 + ".txt"]:
        site.write(f"articles/{name}", "Fog over the bay\nIt rose.\n")
    assert site.build().totals["articles"] == 11
    assert rest_of_the_site_is_whole(site)
    again = site.build()
    assert (again.read, again.rendered) == (0, 0)


def test_a_pipe_among_the_sources_does_not_stop_a_build(archive):
    site = archive(GOOD)
    os.mkfifo(site.folder / "articles/pipe.txt")
    command = [sys.executable, "-c", BUILD, str(site.folder)]
    subprocess.run(command, check=True, timeout=120)


BUILD = "import sys; from pathlib import Path; from newsgen.build import build; \
from newsgen.site import load_site; build(load_site(Path(sys.argv[1])))"


@pytest.mark.parametrize(
    "error", [SourceError("is a riddle"), ValueError("a riddle"), OSError(5, "a riddle")]
)
def test_a_source_no_reader_foresaw_is_reported_and_read_again_later(archive, monkeypatch, error):
    site = archive(GOOD)
    site.write("articles/odd.txt", "Fog over the bay\nIt rose.\n")

    def read_file(path, content):
        if path == "articles/odd.txt":
            raise error
        return readers.read_file(path, content)

    monkeypatch.setattr(intake, "read_file", read_file)
    page = problems_of(site)["unreadable-source"]
    assert "articles/odd.txt" in page
    assert "a riddle" in page
    assert rest_of_the_site_is_whole(site)
    monkeypatch.undo()
    site.edit("articles/odd.txt", "rose", "sank")
    assert "unreadable-source" not in site.build().problems


def test_an_article_no_annotator_foresaw_keeps_its_text(archive, monkeypatch):
    def annotate(article, engine):
        raise RecursionError("too deep")

    site = archive(GOOD)
    monkeypatch.setattr(intake, "annotate", annotate)
    assert "too deep" in problems_of(site)["annotation-failed"]
    page = next(path for path in site.tree() if path.startswith(GOOD_PAGE))
    assert "Ships returned to Port Sallow" in site.page(page)


# Settings and decisions


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("newsgen.yaml", "titel: x\n", 'did you mean "title"?'),
        ("newsgen.yaml", "per_page: many\n", "newsgen.yaml:1"),
        ("newsgen.yaml", "title: [\n", "not valid YAML"),
        ("newsgen.yaml", "output: articles/site\n", "holds the sources"),
        ("newsgen.yaml", "articles: texts\n", 'no folder "texts"'),
        ("entities.yaml", "- nam: x\n", "entities.yaml:1"),
        ("entities.yaml", "- name: Ada\n  kind: dog\n", "entities.yaml:2"),
        ("entities.yaml", "name: Ada\n", "not a list"),
    ],
)
def test_settings_that_cannot_be_used_leave_the_site_as_it_was(archive, file, text, words):
    site = archive(GOOD)
    site.build()
    before = site.tree()
    site.write("articles/new.txt", "Fog over the bay\n")
    site.write(file, text)
    with pytest.raises(SettingsError) as caught:
        site.build()
    assert words in str(caught.value)
    assert site.tree() == before


# Templates


@pytest.mark.parametrize(
    ("template", "text", "where"),
    [
        pytest.param("home.html", "\n{% if %}", "templates/home.html:2", id="syntax"),
        pytest.param("_card.html", "{% macro", "templates/_card.html:1", id="in a macro file"),
        pytest.param("home.html", "{% extends 'no.html' %}", "no.html", id="unknown template"),
        pytest.param("home.html", "{% include page.x %}", "templates/home.html", id="dynamic"),
    ],
)
def test_a_broken_template_is_an_error_before_anything_is_written(archive, template, text, where):
    site = archive(GOOD)
    site.build()
    before = site.tree()
    site.write("articles/new.txt", "Fog over the bay\n")
    site.write(f"templates/{template}", text)
    with pytest.raises(TemplateError) as caught:
        site.build()
    assert where in str(caught.value)
    assert site.tree() == before
    (site.folder / "templates" / template).unlink()
    site.build()
    assert any("fog-over" in path for path in site.tree())


@pytest.mark.parametrize("text", ["\n\n{{ page.nothing }}", "\n\n{{ nothing }}", "\n\n{{ 1|no }}"])
def test_an_unknown_name_in_a_template_leaves_every_page_whole(archive, tmp_path, text):
    site = archive(GOOD)
    site.build()
    home = site.page("index.html")
    site.write("templates/home.html", text)
    with pytest.raises(TemplateError) as caught:
        site.build()
    assert "templates/home.html" in caught.value.where
    assert site.page("index.html") == home
    assert rest_of_the_site_is_whole(site)
    (site.folder / "templates/home.html").unlink()
    site.build()
    assert site.tree() == site.clean_tree(tmp_path / "clean")


@pytest.mark.parametrize("target", ["nowhere.css", "."])
def test_an_odd_link_among_the_static_files_is_an_error_with_its_place(archive, target):
    site = archive(GOOD)
    (site.folder / "static").mkdir()
    (site.folder / "static/own.css").symlink_to(target)
    try:
        site.build()
    except NewsgenError as error:
        assert "own.css" in str(error)
    assert has_good_article(site)


# Output


def test_a_file_where_a_folder_must_be_is_an_error_and_stays(archive):
    site = archive(GOOD)
    site.write("site/articles", "mine")
    with pytest.raises(OutputError) as caught:
        site.build()
    assert "site/articles" in caught.value.where
    assert (site.output / "articles").read_text() == "mine"
    (site.output / "articles").unlink()
    site.build()
    assert rest_of_the_site_is_whole(site)


@pytest.mark.parametrize("path", ["index.html", "static"])
def test_what_stands_in_the_way_of_a_page_is_an_error_and_stays(archive, path):
    site = archive(GOOD)
    if path == "static":
        site.write("site/static", "mine")
    else:
        site.write(f"site/{path}/mine.txt", "mine")
    with pytest.raises(OutputError):
        site.build()
    assert any(content == b"mine" for content in site.tree().values())
    shutil.rmtree(site.output)
    site.build()
    assert rest_of_the_site_is_whole(site)


def test_a_page_that_became_a_folder_is_an_error_until_it_is_moved(archive):
    site = archive(GOOD)
    site.build()
    before = site.tree()
    (site.output / "index.html").unlink()
    site.write("site/index.html/mine.txt", "mine")
    site.edit("articles/good.txt", "Port reopens", "Port reopens early")
    with pytest.raises(OutputError, match=r"index\.html"):
        site.build()
    assert (site.output / "index.html/mine.txt").read_text() == "mine"
    shutil.rmtree(site.output / "index.html")
    site.edit("articles/good.txt", "Port reopens early", "Port reopens")
    site.build()
    assert site.tree() == before


def test_an_output_that_is_a_file_is_an_error(archive):
    site = archive(GOOD)
    site.write("site", "mine")
    with pytest.raises(NewsgenError):
        site.build()
    assert (site.folder / "site").read_text() == "mine"


def test_an_output_that_holds_the_sources_is_refused(archive):
    site = archive(GOOD)
    sources = (site.folder / "articles/good.txt").read_bytes()
    for folder in (".", "articles", "..", "articles/inside"):
        site.write("newsgen.yaml", f"output: {folder}\n")
        with pytest.raises(SettingsError, match="sources"):
            site.build()
    with pytest.raises(SettingsError, match="sources"):
        load_site(site.folder, output=site.folder / "articles")
    assert (site.folder / "articles/good.txt").read_bytes() == sources
    assert list(site.folder.rglob("*.html")) == []


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 1 MB, where the system lets us mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk is not permitted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_is_an_error_and_the_next_build_goes_on(archive, small_disk, tmp_path):
    site = archive(GOOD)
    site.output.symlink_to(small_disk)
    for number in range(10):
        site.write(f"articles/{number}.txt", f"Fog number {number}\n{'fog' * 40_000}\n")
    with pytest.raises(OutputError, match="No space left") as caught:
        site.build()
    assert "free some space" in caught.value.hint
    pages = [page for path, page in site.tree().items() if path.endswith(".html")]
    assert all(page.rstrip().endswith(b"</html>") for page in pages)
    subprocess.run(["mount", "-o", "remount,size=50m", str(small_disk)], check=True)
    site.build()
    assert site.tree() == site.clean_tree(tmp_path / "clean")


def test_a_disk_that_fails_at_any_write_leaves_whole_pages_and_is_recovered(
    archive, tmp_path, monkeypatch
):
    site = archive(GOOD)
    site.build()
    site.edit("articles/good.txt", "Port reopens", "Port opens again")
    write = output.write
    left = 3

    def fail(folder, path, content):
        nonlocal left
        left -= 1
        if left < 0:
            raise OutputError("cannot be written: No space left on device", where=path)
        return write(folder, path, content)

    monkeypatch.setattr(output, "write", fail)
    with pytest.raises(OutputError, match="No space left"):
        site.build()
    pages = [page for path, page in site.tree().items() if path.endswith(".html")]
    assert all(page.rstrip().endswith(b"</html>") for page in pages)
    monkeypatch.undo()
    site.build()
    assert site.tree() == site.clean_tree(tmp_path / "clean")


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "free some space"), (errno.EACCES, "writable"), (errno.EROFS, "writable")],
    ids=["full", "closed", "read-only"],
)
@pytest.mark.parametrize("writes", [0, 4, 15])
def test_pages_that_cannot_be_written_or_removed_are_mended_by_the_next_build(
    archive, tmp_path, monkeypatch, number, words, writes
):
    site = archive(GOOD)
    site.write("articles/fog.txt", "Fog over the bay\nSeen by Ada Quill, mayor of Easthaven.\n")
    site.build()
    site.edit("articles/good.txt", "Port reopens", "Port opens again")
    site.write("articles/new.txt", "Ferry strike ends\nBruno Vance, an engineer, said so.\n")
    site.remove("articles/fog.txt")
    fail_below(site.output, monkeypatch, number, writes)
    with pytest.raises(OutputError) as caught:
        site.build()
    assert os.strerror(number) in caught.value.what
    assert words in caught.value.hint
    assert caught.value.where.startswith(str(site.output))
    pages = [page for path, page in site.tree().items() if path.endswith(".html")]
    assert all(page.rstrip().endswith(b"</html>") for page in pages)
    monkeypatch.undo()
    site.build()
    assert site.tree() == site.clean_tree(tmp_path / "clean")


def fail_below(folder, monkeypatch, number, writes):
    """Let a folder take some writes and removals, and no more."""
    owners = {"_put": output, "replace": os, "unlink": Path}
    plain = {name: getattr(owner, name) for name, owner in owners.items()}
    left = [writes]

    def failing(name):
        def call(path, *arguments, **options):
            if folder in Path(path).parents:
                left[0] -= 1
                if left[0] < 0:
                    raise OSError(number, os.strerror(number), str(path))
            return plain[name](path, *arguments, **options)

        return call

    for name, owner in owners.items():
        monkeypatch.setattr(owner, name, failing(name))


@pytest.mark.parametrize("again", [False, True])
def test_what_a_clean_build_had_to_sweep_is_swept_after_it_was_stopped(
    archive, tmp_path, monkeypatch, again
):
    site = archive(GOOD)
    site.write("static/own.css", "/* says nowhere who copied it */")
    site.build()
    site.remove("static/own.css")
    fail_below(site.output, monkeypatch, errno.ENOSPC, 2)
    site.edit("articles/good.txt", "Port reopens", "Port opens again")
    with pytest.raises(OutputError):
        site.build(clean=True)
    monkeypatch.undo()
    assert (site.output / "static/own.css").exists()
    site.build(clean=again)
    assert site.tree() == site.clean_tree(tmp_path / "clean")


@pytest.mark.parametrize("path", ["articles/good.txt", "static/own.css"])
def test_an_edit_undone_after_a_build_that_stopped_leaves_no_trace(archive, monkeypatch, path):
    site = archive(GOOD)
    site.write("static/own.css", "/* Port reopens */")
    site.build()
    before = site.tree()
    site.edit(path, "Port reopens", "Port opens again")

    def stop(ledger, done):
        raise KeyboardInterrupt

    monkeypatch.setattr("newsgen.ledger.Ledger.record", stop)
    with pytest.raises(KeyboardInterrupt):
        site.build()
    monkeypatch.undo()
    site.edit(path, "Port opens again", "Port reopens")
    site.build()
    assert site.tree() == before


# Working state


def test_a_damaged_working_state_is_made_anew(archive):
    site = archive(GOOD)
    site.build()
    before = site.tree()
    for name in ("archive.db-wal", "archive.db-shm"):
        (site.folder / ".newsgen" / name).unlink(missing_ok=True)
    site.write(".newsgen/archive.db", b"no database " * 1000)
    site.build()
    assert site.tree() == before


def test_a_disk_too_full_for_the_working_state_is_an_error_and_the_next_build_goes_on(
    archive, tmp_path, monkeypatch
):
    site = archive(GOOD)
    site.build()
    for number in range(60):
        site.write(f"articles/{number}.txt", f"Fog number {number}\n{'fog over the bay ' * 900}\n")
    connect = store._connect

    def small(path):
        connection = connect(path)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 20}")
        return connection

    monkeypatch.setattr(store, "_connect", small)
    with pytest.raises(OutputError, match=r"working state cannot be written: .*full") as caught:
        site.build()
    assert "free some space" in caught.value.hint
    monkeypatch.undo()
    site.build()
    assert site.tree() == site.clean_tree(tmp_path / "clean")


def test_a_working_state_that_cannot_be_written_is_an_error(archive):
    site = archive(GOOD)
    site.write(".newsgen", "a file")
    with pytest.raises(OutputError, match="working state"):
        site.build()
