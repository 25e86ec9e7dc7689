import errno
import os
from pathlib import Path

import pytest

from newsgen.editorial import load_authority
from newsgen.errors import SettingsError
from newsgen.marked_yaml import load_marked, parse_marked
from newsgen.site import Settings, Site, load_site, read_settings


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "articles").mkdir()
    return tmp_path


def settings_of(folder, text):
    (folder / "newsgen.yaml").write_text(text)
    return load_site(folder).settings


def refusal_of(folder, text):
    with pytest.raises(SettingsError) as caught:
        settings_of(folder, text)
    return caught.value


def test_an_archive_needs_no_settings(folder):
    site = load_site(folder)
    assert site.settings == Settings()
    assert site.articles == folder.resolve() / "articles"
    assert site.output == folder.resolve() / "site"
    assert site.store == folder.resolve() / ".newsgen" / "archive.db"


@pytest.mark.parametrize("text", ["", "\n", "# nothing yet\n", "---\n"])
def test_settings_that_say_nothing_are_the_defaults(folder, text):
    assert settings_of(folder, text) == Settings()


def test_settings_are_read(folder):
    found = settings_of(
        folder, "\ufefftitle: Bay news\nper_page: 7\narticles: texts\noutput: out\n"
    )
    assert (found.title, found.per_page) == ("Bay news", 7)
    site = load_site(folder)
    assert (site.articles.name, site.output.name) == ("texts", "out")


def test_an_output_given_by_hand_wins(folder, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert load_site(folder, output=elsewhere).output == elsewhere.resolve()


def test_a_base_url_ends_in_a_slash(folder):
    assert settings_of(folder, "base_url: https://example.org/x").base_url.endswith("/x/")
    assert settings_of(folder, "base_url: https://example.org/").base_url == "https://example.org/"


def test_an_unknown_setting_is_refused_with_its_line_and_the_nearest_name(folder):
    error = refusal_of(folder, "title: x\nper_pages: 4\n")
    assert error.what == 'unknown setting "per_pages"'
    assert error.where == "newsgen.yaml:2"
    assert error.hint == 'did you mean "per_page"?'
    assert "base_url" in error.expected


def test_a_setting_like_no_other_has_no_nearest_name(folder):
    assert "remove the line" in refusal_of(folder, "zzzzz: 4\n").hint


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        pytest.param("per_page: many", 1, "int", id="word for a number"),
        pytest.param("\ntitle: 5", 2, "str", id="number for a word"),
        pytest.param("title: [a, b]", 1, "str", id="list"),
        pytest.param("title:\n  a: b", 1, "str", id="mapping"),
        pytest.param("per_page: 1.5", 1, "int", id="fraction"),
        pytest.param("per_page: true", 1, "int", id="yes for a number"),
        pytest.param("title:", 1, "str", id="nothing"),
        pytest.param("title: x\nper_page: 0", 2, "0", id="zero"),
        pytest.param("feed_items: -3", 1, "-3", id="negative"),
        pytest.param("tag_minimum: 0", 1, "0", id="zero tags"),
        pytest.param("base_url: example.org", 1, "base_url", id="no scheme"),
        pytest.param("base_url: 'javascript:alert(1)'", 1, "base_url", id="script"),
        pytest.param("base_url: 'https://'", 1, "base_url", id="no host"),
        pytest.param("- title", 1, "mapping", id="a list"),
        pytest.param("just words", 1, "mapping", id="words"),
        pytest.param("title: x\ntitle: y", 2, "twice", id="twice"),
        pytest.param("title: x\n bad: [", 2, "YAML", id="not YAML"),
        pytest.param("title: !!python/object:os.system x", 1, "YAML", id="unsafe tag"),
        pytest.param("? [a]\n: b", 1, "", id="a list for a key"),
        pytest.param("a: b\n---\nc: d", 2, "YAML", id="two documents"),
        pytest.param("title: a\x07b", 1, "", id="control character"),
        pytest.param("title: !!int x", 1, "", id="no such number"),
        pytest.param("title: &x [*x]", 1, "", id="a list in itself"),
        pytest.param("base_url: 'http://[x'", 1, "base_url", id="half an address"),
        pytest.param(
            "base_url: https://example.org/?x=1", 1, "base_url", id="address with a query"
        ),
        pytest.param("title: x\nyes: x", 2, "", id="a key that YAML takes for a truth value"),
        pytest.param('output: "a\\0b"', 1, "output", id="no such path"),
        pytest.param("per_page: 5\ntitle: " + "[" * 5000, 2, "50 deep", id="lists in lists"),
        pytest.param("title:\n" + "- " * 5000, 2, "50 deep", id="items in items"),
    ],
)
def test_settings_that_cannot_be_used_are_refused_with_their_line(folder, text, line, words):
    error = refusal_of(folder, text)
    assert words in error.what
    assert error.where == f"newsgen.yaml:{line}"


def test_settings_that_are_no_text_are_refused(folder):
    (folder / "newsgen.yaml").write_bytes(b"title: \xff\xfe\n")
    with pytest.raises(SettingsError, match="cannot be read"):
        load_site(folder)
    with pytest.raises(SettingsError, match="cannot be read"):
        read_settings(folder / "articles")


@pytest.mark.parametrize("name", ["newsgen.yaml", "entities.yaml"])
@pytest.mark.parametrize(
    ("make", "words"),
    [
        pytest.param(lambda path: path.symlink_to("nowhere"), "leads nowhere", id="broken link"),
        pytest.param(
            lambda path: path.symlink_to(path.name), "symbolic links", id="link to itself"
        ),
        pytest.param(lambda path: path.mkdir(), "a folder", id="folder"),
        pytest.param(lambda path: os.mkfifo(path), "no plain file", id="pipe"),
        pytest.param(lambda path: path.write_bytes(b"\xff"), "not UTF-8", id="no text"),
    ],
)
def test_decisions_that_cannot_be_read_are_never_passed_over(folder, name, make, words):
    make(folder / name)
    with pytest.raises(SettingsError, match=f"cannot be read: .*{words}") as caught:
        load_authority(load_site(folder).root)
    assert caught.value.where == name
    assert "text file" in caught.value.expected
    assert "mend" in caught.value.hint


@pytest.mark.parametrize("name", ["newsgen.yaml", "entities.yaml"])
def test_a_file_or_folder_closed_to_the_reader_is_told(folder, monkeypatch, name):
    """Tests may run as root, to whom nothing is closed."""
    (folder / name).write_text("")
    for method in ("lstat", "read_bytes"):
        with monkeypatch.context() as patch:
            patch.setattr(Path, method, closed_if_named(name, getattr(Path, method)))
            with pytest.raises(SettingsError, match="cannot be read: Permission denied"):
                load_authority(load_site(folder).root)


def closed_if_named(name, method):
    def closed(path):
        if path.name == name:
            raise PermissionError(errno.EACCES, "Permission denied")
        return method(path)

    return closed


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(SettingsError, match="no such folder"):
        load_site(tmp_path / "nowhere")


def test_a_folder_that_is_no_archive_is_refused(tmp_path):
    with pytest.raises(SettingsError, match="no archive folder"):
        load_site(tmp_path)


@pytest.mark.parametrize("output", ["templates", "static", ".newsgen", "static/site"])
def test_an_output_among_the_templates_or_the_working_state_is_refused(folder, output):
    refusal_of(folder, f"output: {output}\n")


@pytest.mark.parametrize("output", [".", "articles", "articles/site", "..", "./", "articles/../."])
def test_an_output_that_holds_or_lies_in_the_sources_is_refused(folder, output):
    assert "sources" in refusal_of(folder, f"output: {output}\n").what


def test_sources_inside_the_output_are_refused(folder):
    assert "sources" in refusal_of(folder, "articles: site/raw\noutput: site\n").what


def test_an_output_linked_to_the_sources_is_refused(folder):
    (folder / "site").symlink_to("articles")
    assert "sources" in refusal_of(folder, "title: x").what


def test_a_site_is_a_value(folder):
    assert load_site(folder) == load_site(folder)
    assert isinstance(load_site(folder), Site)


# Lines of YAML


def test_lines_of_keys_and_items_are_known():
    marked = parse_marked("a: 1\nb:\n  - x\n  - y: 2\n    z: 3\n", "f.yaml")
    assert marked.value == {"a": 1, "b": ["x", {"y": 2, "z": 3}]}
    assert marked.line_of("a") == 1
    assert marked.line_of("b", 1) == 4
    assert marked.line_of("b", 1, "z") == 5


def test_the_line_of_something_unknown_is_that_of_its_parent():
    marked = parse_marked("a: 1\nb:\n  c: 1\n", "f.yaml")
    assert marked.line_of("b", "nothing", "here") == 2
    assert marked.line_of("nothing") == 1
    assert parse_marked("", "f.yaml").line_of("a") == 1


def test_aliases_of_aliases_do_not_grow_a_small_file_to_a_huge_one():
    steps = (f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 40))
    lines = parse_marked("a0: &a0 [x]\n" + "".join(steps), "f.yaml").lines
    assert lines["a39",] == 40
    assert len(lines) < 1000


def test_a_key_twice_in_a_nested_mapping_is_refused(tmp_path):
    file = tmp_path / "f.yaml"
    file.write_text("a:\n  b: 1\n  b: 2\n")
    with pytest.raises(SettingsError, match="stands twice, first on line 2") as caught:
        load_marked(file)
    assert caught.value.where == "f.yaml:3"
