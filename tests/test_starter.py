"""What `newsgen new` makes."""

import re

import msgspec
import pytest

from newsgen.build import build
from newsgen.check import check
from newsgen.editorial import load_authority
from newsgen.entity_engine import EntityEngine
from newsgen.errors import OutputError
from newsgen.site import Settings, load_site
from newsgen.starter import make_starter


def test_a_new_archive_builds_without_a_warning_and_is_whole(tmp_path):
    make_starter(tmp_path / "new")
    site = load_site(tmp_path / "new")
    report = build(site)
    assert report.totals["articles"] == 3
    assert report.totals["attributed"] == report.totals["quotes"] >= 5
    assert set(report.problems) <= {"empty-section"}
    assert check(site).findings == ()


def test_a_new_archive_names_every_setting_with_its_default(tmp_path):
    make_starter(tmp_path)
    text = (tmp_path / "newsgen.yaml").read_text()
    named = dict(re.findall(r"^(?:# )?([a-z_]+): (.+)$", text, re.MULTILINE))
    assert set(named) == {field.name for field in msgspec.structs.fields(Settings)}
    for name in set(named) - {"title", "description", "base_url"}:
        default = getattr(Settings(), name)
        if not isinstance(default, EntityEngine):
            shown = str(list(default)) if isinstance(default, tuple) else str(default)
            assert named[name].strip('"') == shown


def test_the_topic_in_the_settings_of_a_new_archive_works_when_it_is_wanted(tmp_path):
    make_starter(tmp_path)
    file = tmp_path / "newsgen.yaml"
    before, _, topics = file.read_text().partition("# topics: []\n")
    file.write_text(before + "topics:\n" + topics.replace("# ", ""))
    (rule,) = load_site(tmp_path).settings.topics
    assert (rule.name, rule.any[0], rule.iptc) == ("Energy", "wind farm", "medtop:20000256")


def test_a_new_archive_has_decisions_that_can_be_read(tmp_path):
    make_starter(tmp_path)
    assert load_authority(tmp_path).rulings
    assert "/site/" in (tmp_path / ".gitignore").read_text()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(OutputError, match="something here"):
        make_starter(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
