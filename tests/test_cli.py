"""The commands, as people and scripts call them."""

import json
import os
import re
import signal
import subprocess
import sys

import pytest
from click.testing import CliRunner

from conftest import ROOT, Archive
from newsgen.cli import _workers, main
from newsgen.errors import OutputError

STORM = "Storm closes port\nWinds reached 120 km/h.\nRelated Stories\n- Port reopens\n"


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def site(tmp_path):
    made = Archive(tmp_path / "bay")
    made.write("articles/storm.txt", STORM)
    return made


def test_a_build_says_what_it_did_and_where_to_look(site):
    result = run("build", site.folder, "--jobs", 1)
    assert result.exit_code == 0
    assert "1 article" in result.output
    assert "index.html" in result.output
    assert (site.output / "index.html").is_file()
    assert "nothing to do" in run("build", site.folder).output


def test_a_build_in_several_processes_leaves_the_same_bytes(site, tmp_path):
    for number in range(700):
        site.write(f"articles/{number}.txt", f"Headline {number}\nText of {number} in Easthaven.\n")
    assert run("build", site.folder, "--jobs", 1, "--output", tmp_path / "one").exit_code == 0
    one = {p.relative_to(tmp_path / "one"): p.read_bytes() for p in (tmp_path / "one").rglob("*.*")}
    assert run("build", site.folder, "--jobs", 3, "--clean").exit_code == 0
    assert {p.relative_to(site.output): p.read_bytes() for p in site.output.rglob("*.*")} == one


def test_a_report_for_scripts_is_json_and_nothing_else(site):
    report = json.loads(run("build", site.folder, "--json").output)
    assert report["totals"]["articles"] == 1
    assert report["problems"] == {"undated": 1}
    assert report["rendered"] == len(report["pages"])


def test_strict_refuses_an_archive_with_warnings_only(site):
    assert run("build", site.folder, "--strict").exit_code == 0  # undated is no warning
    site.write("articles/bad.txt", "---\ntags: [\n---\nHeadline\nText.\n")
    result = run("build", site.folder, "--strict")
    assert result.exit_code == 1
    assert "articles/bad.txt" in result.output


def test_show_prints_one_record_a_line(site):
    file = site.folder / "articles/storm.txt"
    lines = run("show", "--json", file, file).output.splitlines()
    records = [json.loads(line) for line in lines]
    assert [record["headline"] for record in records] == ["Storm closes port"] * 2
    roles = [line["role"] for line in records[0]["lines"]]
    assert roles == ["headline", "paragraph", "section", "related"]


def test_show_is_read_by_people_too(site):
    output = run("show", site.folder / "articles/storm.txt").output
    assert "Storm closes port" in output
    assert "related" in output
    assert "\x1b[" not in output
    coloured = run("show", "--color", "always", site.folder / "articles/storm.txt").output
    assert "\x1b[" in coloured


def test_check_passes_a_whole_archive_and_names_what_is_broken(site):
    run("build", site.folder)
    assert run("check", site.folder).exit_code == 0
    page = next(site.output.glob("articles/storm*"))
    page.write_text(page.read_text().replace('href="../index.html"', 'href="../gone.html"'))
    result = run("check", site.folder)
    assert result.exit_code == 1
    assert "gone.html" in result.output


def test_explain_says_which_field_has_changed(site):
    run("build", site.folder)
    page = next(site.output.glob("articles/storm*")).relative_to(site.output).as_posix()
    assert "new page" in run("explain", page, site.folder).output
    site.write("articles/storm.txt", STORM.replace("120", "130"))
    run("build", site.folder)
    assert "blocks" in run("explain", page, site.folder).output
    assert run("explain", "no/such.html", site.folder).exit_code == 1


def test_a_new_archive_builds_without_a_problem_worth_a_warning(tmp_path):
    assert run("new", tmp_path / "mine").exit_code == 0
    assert run("build", tmp_path / "mine", "--strict").exit_code == 0
    assert run("check", tmp_path / "mine").exit_code == 0
    again = run("new", tmp_path / "mine")
    assert again.exit_code == 1
    assert "already" in again.output


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        pytest.param(["buidl"], 2, "build", id="unknown command"),
        pytest.param(["build", "--cleen"], 2, "--clean", id="unknown option"),
        pytest.param(["build", "no-such-folder"], 1, "no such folder", id="no folder"),
        pytest.param(["show", "no-such.txt"], 1, "no such file", id="no file"),
        pytest.param(["check", ROOT / "tests"], 1, "no archive folder", id="no archive"),
        pytest.param(["show"], 2, "FILE", id="nothing to show"),
    ],
)
def test_what_cannot_be_done_is_said_without_a_traceback(arguments, code, words):
    result = run(*arguments)
    assert result.exit_code == code
    assert words in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_has_help_with_an_example(command):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"newsgen {command}" in result.output


def test_the_module_runs_as_the_command(capsys, monkeypatch):
    import runpy

    monkeypatch.setattr(sys, "argv", ["newsgen", "--version"])
    with pytest.raises(SystemExit) as left:
        runpy.run_module("newsgen", run_name="__main__")
    assert left.value.code == 0
    assert "newsgen" in capsys.readouterr().out


def test_only_click_is_imported_before_a_command_runs():
    code = "import sys, newsgen.cli; print(*sorted(m for m in sys.modules if m[:7] == 'newsgen'))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == ["newsgen", "newsgen.cli"]


def test_show_goes_on_after_a_missing_file_and_exits_1(site):
    result = run("show", site.folder / "nope.txt", site.folder / "articles/storm.txt")
    assert result.exit_code == 1
    assert "no such file" in result.stderr
    assert "Storm closes port" in result.stdout


def test_explain_knows_near_names(site):
    run("build", site.folder)
    result = run("explain", "reprot.html", site.folder)
    assert result.exit_code == 1
    assert "did you mean report.html" in result.stderr


def test_a_reader_that_goes_away_is_no_error(site):
    files = " ".join([str(site.folder / "articles/storm.txt")] * 400)
    command = f"{sys.executable} -m newsgen show --json {files} | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60)
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""


def test_a_worker_that_is_killed_gives_an_error_and_no_hang():
    with pytest.raises(OutputError, match="ended from outside"), _workers(2) as workers:
        workers.submit(os.kill, workers.submit(os.getpid).result(), signal.SIGKILL).result()


# Run in a process of its own, in the midst of which a Ctrl-C reaches every process of its group, as
# a terminal sends it. Signals are set as a terminal has them: some runners ignore or block them.
INTERRUPTED = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
from newsgen.catalog import Catalog
from newsgen.cli import main
from newsgen.ledger import Ledger

stages = {"reading": (Catalog, "apply", 2), "pages": (Ledger, "record", 4)}
owner, name, last = stages[sys.argv.pop(1)]
plain, calls = getattr(owner, name), []

def counting(*arguments):
    calls.append(name)
    if len(calls) == last:
        os.killpg(0, signal.SIGINT)
    assert len(calls) <= last, "the build went on after Ctrl-C"
    return plain(*arguments)

setattr(owner, name, counting)
main()
"""


@pytest.mark.skipif(os.name != "posix", reason="signals are sent the POSIX way")
@pytest.mark.parametrize(("stage", "jobs"), [("reading", 1), ("reading", 2), ("pages", 2)], ids=str)
def test_ctrl_c_ends_a_build_and_its_workers_and_the_next_build_mends_all(
    site, tmp_path, stage, jobs
):
    for number in range(600):  # enough for workers to be started in both stages
        site.write(f"articles/{number}.txt", f"Headline {number}\nText of {number} in Easthaven.\n")
    process = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED, stage, "build", str(site.folder), "--jobs", str(jobs)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    # The pipes end when the last process that holds them is gone, each worker being one.
    _, told = process.communicate(timeout=120)
    # On a slow machine, lines of progress stand before it.
    assert told.splitlines()[-1] == "stopped; the next build goes on from here"
    assert not re.search("Traceback|Error", told)
    assert process.returncode == 130
    assert run("build", site.folder, "--jobs", 1).exit_code == 0
    assert site.tree() == site.clean_tree(tmp_path / "clean")


def test_jobs_and_workers_exclude_each_other(site):
    result = run("build", site.folder, "--jobs", 2, "--workers", "tcp://127.0.0.1:8786")
    assert result.exit_code == 2
    assert "exclude each other" in result.stderr


def test_a_cluster_needs_what_the_message_says(site, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "newsgen.cluster", raising=False)
    result = run("build", site.folder, "--workers", "tcp://127.0.0.1:8786")
    assert result.exit_code == 1
    assert 'pip install "newsgen[cluster]"' in result.stderr
