"""The benchmarks run, and the archives they invent are what they say."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from newsgen.readers import read_file
from newsgen.site import Settings

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
# What newsgen does here is for other tests to say: the quickest way it has.
ANNOTATE = "given" if "annotate" in Settings.__struct_fields__ else "full"
STEPS = ["clean", "unchanged", "body", "headline", "template"]


@pytest.fixture(autouse=True)
def benchmarks(monkeypatch):
    monkeypatch.syspath_prepend(BENCHMARKS)


def test_a_seed_gives_the_same_archive_on_every_machine():
    from archives import Given
    from scraped import Scraped

    for kind, digest in ((Given, "be17f7a6a9a1"), (Scraped, "8fbde965757e")):
        archive = kind(1_000)
        texts = [archive.text(number) for number in range(100)]
        assert hashlib.sha256("".join(texts).encode()).hexdigest()[:12] == digest
        assert kind(1_000, seed=2).text(0) != texts[0]


def test_an_archive_is_files_in_folders(tmp_path):
    from archives import Given

    archive = Given(1_001)
    total = archive.write(tmp_path / "articles")
    files = sorted(file for file in tmp_path.rglob("*") if file.is_file())
    assert len(files) == 1_001
    assert [len(list(folder.iterdir())) for folder in sorted(files[0].parents[1].iterdir())] == [
        1_000,
        1,
    ]
    assert total == sum(file.stat().st_size for file in files)
    assert files[1_000].read_text() == archive.text(1_000)


def test_given_articles_are_read_whole_and_without_a_problem():
    from archives import Given

    archive = Given(30)
    lengths = []
    for number in range(30):
        (article,) = read_file(archive.path(number), archive.text(number).encode())
        given = article.given
        assert not article.problems
        assert not given.extra
        assert given.headline == archive.headline(number)
        assert given.date and given.publisher
        lists = (given.tags, given.people, given.organisations, given.places)
        assert [len(set(each)) for each in lists] == [3, 4, 2, 2]
        assert len(article.paragraphs) == 21
        lengths.append(len(archive.text(number)))
    assert 3_400 < sum(lengths) / len(lengths) < 3_700


def test_names_are_all_different():
    import words

    for name in (words.person, words.organisation, words.place):
        letters = {name(number).replace(" ", "").lower() for number in range(20_000)}
        assert len(letters) == 20_000
    assert len({words.tag(number) for number in range(200)}) == 200


@pytest.mark.skipif(sys.platform != "linux", reason="orphans are only followed on Linux")
def test_processes_that_outlive_a_command_are_counted():
    from measure import measured

    work = "import time; end = time.process_time() + 0.3\nwhile time.process_time() < end: pass"
    took = measured(["sh", "-c", f'{sys.executable} -S -c "{work}" & echo started'])
    assert took.printed == "started\n"
    assert took.wall < took.cpu
    assert took.cpu >= 0.3
    assert took.largest > 1


def test_the_floor_writes_files_of_the_same_names_and_lengths(tmp_path):
    from floor import files_in

    site = tmp_path / "site"
    for name in ("a.html", "b/c.html", "b/d/e.html"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(name * 5)
    run = [sys.executable, BENCHMARKS / "floor.py", site, tmp_path / "new"]
    printed = json.loads(subprocess.run(run, capture_output=True, check=True).stdout)
    assert printed["files"] == 3
    assert files_in(tmp_path / "new") == files_in(site)


def test_a_comparison_measures_all_steps(tmp_path):
    out, plot = tmp_path / "out.json", tmp_path / "out.svg"
    options = "--articles 30 --runs 1 --peers= --no-serve --jobs 1 --annotate".split()
    files = ["--json", out, "--plot", plot, "--folder", tmp_path]
    command = [sys.executable, BENCHMARKS / "compare.py", *options, ANNOTATE, *files]
    subprocess.run(command, capture_output=True, check=True)
    (size,) = json.loads(out.read_text())["sizes"]
    newsgen = size["generators"]["newsgen"]
    assert list(newsgen["steps"]) == STEPS
    for step in newsgen["steps"].values():
        assert step["wall"] > 0 and step["cpu"] > 0 and step["largest"] > 0
    rendered = {name: step["counts"]["rendered"] for name, step in newsgen["steps"].items()}
    assert (rendered["unchanged"], rendered["body"], rendered["template"]) == (0, 1, 30)
    assert 1 < rendered["headline"] < rendered["clean"]
    assert plot.read_text().startswith("<svg")
    assert [file.name for file in tmp_path.iterdir()] == ["out.json", "out.svg"]


def test_stages_are_drawn_where_they_are_known():
    from plot import drawn

    clean = {"wall": 2.0, "profile": {"read": {"wall": 1.0, "cpu": 1.5}}}
    steps = {"clean": clean, "body": {"wall": 0.1}}
    results = {"sizes": [{"articles": 1_000, "generators": {"newsgen": {"steps": steps}}}]}
    assert "read: 1.5 s" in drawn(results)
    del clean["profile"]
    assert "stages" not in drawn(results)
