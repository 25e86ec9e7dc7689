import os
from pathlib import Path

import pytest

from newsgen.errors import SettingsError
from newsgen.ledger import SourceFile
from newsgen.model import Problem
from newsgen.scan import printable, scan
from newsgen.site import Settings, Site


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "articles").mkdir()
    return tmp_path / "articles"


def put(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"Fog")


def found_in(folder):
    return list(scan(Site(folder.parent, Settings())))


def sources(folder):
    return [item.path for item in found_in(folder) if isinstance(item, SourceFile)]


def problems(folder):
    return [(item.code, item.path) for item in found_in(folder) if isinstance(item, Problem)]


def test_sources_are_found_in_the_order_of_their_names(folder):
    put(folder, "b.txt", "a.md", "c/z.jsonl", "c/a.TXT", "B.txt", "é.txt")
    assert sources(folder) == [
        "articles/B.txt",
        "articles/a.md",
        "articles/b.txt",
        "articles/c/a.TXT",
        "articles/c/z.jsonl",
        "articles/é.txt",
    ]


def test_a_source_has_its_size_and_time(folder):
    put(folder, "a.txt")
    os.utime(folder / "a.txt", ns=(5, 5))
    (found,) = found_in(folder)
    assert found == SourceFile("articles/a.txt", str(folder / "a.txt"), 3, 5)


def test_hidden_files_and_folders_are_none_of_ours(folder):
    put(folder, ".a.txt", ".git/b.txt", "c/.DS_Store")
    assert found_in(folder) == []


def test_a_file_of_another_format_is_named(folder):
    put(folder, "a.pdf", "README")
    assert problems(folder) == [
        ("unknown-format", "articles/README"),
        ("unknown-format", "articles/a.pdf"),
    ]


def test_a_folder_named_like_a_source_is_a_folder(folder):
    put(folder, "x.txt/a.txt")
    assert sources(folder) == ["articles/x.txt/a.txt"]
    assert problems(folder) == []


def test_a_link_to_a_file_has_the_size_of_what_it_leads_to(folder):
    put(folder.parent, "elsewhere.txt")
    (folder / "a.txt").symlink_to("../elsewhere.txt")
    (found,) = found_in(folder)
    assert (found.path, found.size) == ("articles/a.txt", 3)


def test_a_linked_folder_is_followed(folder):
    put(folder.parent, "elsewhere/a.txt")
    (folder / "link").symlink_to("../elsewhere")
    assert sources(folder) == ["articles/link/a.txt"]


@pytest.mark.parametrize("target", [".", "..", "../../articles", "../x"])
def test_a_link_back_is_a_problem_and_not_followed(folder, target):
    put(folder, "a.txt", "x/b.txt")
    (folder / "x" / "loop").symlink_to(target)
    found = problems(folder)
    assert {code for code, _ in found} == {"link-loop"}
    assert {"articles/a.txt", "articles/x/b.txt"} <= set(sources(folder))
    assert len(sources(folder)) < 6


def test_a_link_to_nothing_or_to_itself_is_a_problem(folder):
    (folder / "gone.txt").symlink_to("nowhere.txt")
    (folder / "self.txt").symlink_to("self.txt")
    put(folder, "z.txt")
    assert problems(folder) == [
        ("unreadable-source", "articles/gone.txt"),
        ("unreadable-source", "articles/self.txt"),
    ]
    assert sources(folder) == ["articles/z.txt"]


def test_a_folder_that_cannot_be_opened_is_a_problem(folder, monkeypatch):
    put(folder, "a.txt", "locked/b.txt")
    look = os.scandir

    def refuse(place):
        if os.fspath(place).endswith("locked"):
            raise PermissionError(13, "Permission denied")
        return look(place)

    # The superuser, who often runs tests, is refused nothing by file modes.
    monkeypatch.setattr(os, "scandir", refuse)
    assert problems(folder) == [("unreadable-source", "articles/locked")]
    assert sources(folder) == ["articles/a.txt"]


def test_a_pipe_named_like_a_source_is_a_problem(folder):
    os.mkfifo(folder / "pipe.txt")
    assert problems(folder) == [("unreadable-source", "articles/pipe.txt")]


def test_a_linked_folder_is_followed_once(folder):
    put(folder, "a/x.txt")
    (folder / "b").symlink_to("a")
    assert sources(folder) == ["articles/a/x.txt"]


def test_a_name_that_is_no_text_can_be_shown(folder):
    name = os.fsdecode(b"caf\xe9.txt")
    put(folder, name)
    (found,) = found_in(folder)
    assert found.path == "articles/caf\\udce9.txt"
    assert Path(found.file).exists()
    assert printable("café") == "café"


def test_without_the_folder_there_is_nothing_to_build(tmp_path):
    with pytest.raises(SettingsError, match='no folder "articles"') as caught:
        list(scan(Site(tmp_path, Settings())))
    assert "newsgen.yaml" in caught.value.hint


def test_sources_may_stand_in_a_folder_of_another_name(tmp_path):
    put(tmp_path, "raw/texts/a.txt")
    site = Site(tmp_path, Settings(articles="raw/texts/"))
    assert [item.path for item in scan(site)] == ["raw/texts/a.txt"]
