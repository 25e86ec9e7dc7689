import os
from pathlib import Path

import pytest

from newsgen import output
from newsgen.errors import OutputError
from newsgen.output import PART, files_in, is_ours, remove, write


def test_a_file_is_written_with_its_folders(tmp_path):
    assert write(tmp_path / "site", "a/b/c.html", b"one")
    assert (tmp_path / "site/a/b/c.html").read_bytes() == b"one"
    assert list(files_in(tmp_path)) == ["site/a/b/c.html"]


def test_an_equal_file_keeps_its_time(tmp_path):
    write(tmp_path, "a.html", b"one")
    os.utime(tmp_path / "a.html", ns=(1, 1))
    assert not write(tmp_path, "a.html", b"one")
    assert (tmp_path / "a.html").stat().st_mtime_ns == 1
    assert write(tmp_path, "a.html", b"two")
    assert (tmp_path / "a.html").read_bytes() == b"two"


def test_a_file_that_cannot_be_finished_leaves_the_old_one_whole(tmp_path):
    write(tmp_path, "a.html", b"old")
    # The part cannot be written: a folder stands in its place.
    (tmp_path / f"a.html{PART}").mkdir()
    with pytest.raises(OutputError, match=r"a\.html: cannot be written"):
        write(tmp_path, "a.html", b"new")
    assert (tmp_path / "a.html").read_bytes() == b"old"


def test_a_link_is_replaced_and_what_it_led_to_stays(tmp_path):
    (tmp_path / "precious").write_bytes(b"mine")
    (tmp_path / "a.html").symlink_to("precious")
    write(tmp_path, "a.html", b"page")
    assert (tmp_path / "precious").read_bytes() == b"mine"
    assert (tmp_path / "a.html").read_bytes() == b"page"


@pytest.mark.parametrize("path", ["file/a.html", "folder", "file/b/c.html"])
def test_what_stands_in_the_way_is_an_error_with_a_remedy(tmp_path, path):
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "folder" / "in").mkdir(parents=True)
    with pytest.raises(OutputError) as caught:
        write(tmp_path, path, b"page")
    assert path in caught.value.where
    assert caught.value.hint
    assert (tmp_path / "file").read_bytes() == b"x"


@pytest.mark.parametrize(
    ("number", "words"), [(28, "free some space"), (30, "writable"), (13, "writable"), (5, "look")]
)
def test_an_error_of_the_disk_says_what_to_do(tmp_path, number, words):
    error = output._output_error(OSError(number, os.strerror(number)), tmp_path)
    assert words in error.hint
    assert os.strerror(number) in error.what


def test_a_full_disk_is_an_error_with_a_remedy(tmp_path):
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full, a device that is always full")
    (tmp_path / f"a.html{PART}").symlink_to("/dev/full")
    write(tmp_path, "b.html", b"old")
    with pytest.raises(OutputError) as caught:
        write(tmp_path, "a.html", b"x" * 100_000)
    assert "No space left" in caught.value.what
    assert "free some space" in caught.value.hint
    assert (tmp_path / "b.html").read_bytes() == b"old"


def test_removing_takes_empty_folders_along_and_no_others(tmp_path):
    for path in ("a/b/c.html", "a/d.html", "e/f.html"):
        write(tmp_path, path, b"x")
    remove(tmp_path, ["a/b/c.html", "e/f.html"])
    assert list(files_in(tmp_path)) == ["a/d.html"]
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_removing_never_takes_the_output_folder_itself(tmp_path):
    write(tmp_path, "a.html", b"x")
    remove(tmp_path, ["a.html", "not/there.html"])
    assert tmp_path.is_dir()


def test_what_cannot_be_removed_is_an_error(tmp_path):
    (tmp_path / "a.html" / "in").mkdir(parents=True)
    with pytest.raises(OutputError, match="cannot be written"):
        remove(tmp_path, ["a.html"])


def test_files_are_listed_and_linked_folders_not_followed(tmp_path):
    write(tmp_path, "a/b.html", b"x")
    write(tmp_path, ".hidden", b"x")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert sorted(files_in(tmp_path)) == [".hidden", "a/b.html", "loop"]
    assert list(files_in(tmp_path / "nowhere")) == []
    assert list(files_in(tmp_path / "a/b.html")) == []


def test_a_folder_that_cannot_be_listed_is_an_error(tmp_path):
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(OutputError):
        list(files_in(tmp_path / "loop"))


@pytest.mark.parametrize(
    ("content", "ours"),
    [
        pytest.param('<meta name="generator" content="newsgen">', True, id="HTML"),
        pytest.param("<generator>newsgen</generator>", True, id="Atom"),
        pytest.param("<!-- generator: newsgen -->", True, id="comment"),
        pytest.param("# generator: newsgen", True, id="robots"),
        pytest.param('<meta name="generator" content="Hugo 0.1">', False, id="another's"),
        pytest.param("<p>about newsgen, a generator</p>", False, id="words about it"),
        pytest.param("", False, id="empty"),
        pytest.param(" " * 3000 + "generator: newsgen", False, id="too far down"),
    ],
)
def test_a_file_says_in_its_head_whose_it_is(tmp_path, content, ours):
    (tmp_path / "a.html").write_text(content)
    assert is_ours(tmp_path, "a.html") is ours


def test_a_part_of_a_killed_build_is_ours_and_a_folder_is_not(tmp_path):
    (tmp_path / "folder").mkdir()
    assert is_ours(tmp_path, f"a.html{PART}")
    assert not is_ours(tmp_path, "folder")
    assert not is_ours(tmp_path, "nothing.html")
