"""Builds on a real scheduler with real workers, each a process on this machine."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress

import pytest
from click.testing import CliRunner

import newsroom
from newsgen import intake, refresh
from newsgen.build import build
from newsgen.cli import main
from newsgen.errors import OutputError, SettingsError
from newsgen.site import load_site

pytest.importorskip("distributed", reason='needs pip install "newsgen[cluster]"')

from newsgen.cluster import cluster, refuse_other_code

WAIT = 60  # seconds, on a machine that is busy with much else


def run(*options):
    return CliRunner().invoke(main, [str(option) for option in options])


class Processes:
    """A scheduler and its workers."""

    def __init__(self, folder):
        self.folder = folder
        self.file = folder / "scheduler.json"
        self.started = []
        self.start("scheduler", "--scheduler-file", self.file, "--host", "127.0.0.1", "--port", "0")
        until(self.file.is_file)
        self.address = json.loads(self.file.read_text())["address"]

    def start(self, what, *options):
        if what == "scheduler":
            options = (*options, "--no-dashboard")
        with (self.folder / f"{what}{len(self.started)}.log").open("wb") as log:
            command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *map(str, options)]
            process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder)
        self.started.append(process)
        return process

    def add_workers(self, count, *options):
        for _ in range(count):
            self.start(
                "worker", self.address, "--nthreads", "1", "--host", "127.0.0.1",
                "--no-dashboard", "--local-directory", self.folder / "scratch", *options,
            )  # fmt: skip

    def end(self):
        for process in reversed(self.started):
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGCONT)
                process.terminate()
        for process in reversed(self.started):
            try:
                process.wait(WAIT)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def until(true):
    end = time.monotonic() + WAIT
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.fixture(scope="module")
def processes(tmp_path_factory):
    started = Processes(tmp_path_factory.mktemp("cluster"))
    try:
        yield started
    finally:
        started.end()


@contextmanager
def joined(processes, count, **options):
    """A crew of so many workers, started as they are missing."""
    from distributed import Client

    with Client(processes.address, set_as_default=False) as client:
        processes.add_workers(count - len(client.nthreads()))
        client.wait_for_workers(count, WAIT)
    crew = cluster(processes.address, **options)
    try:
        yield crew
    finally:
        crew.shutdown()


@pytest.fixture
def news(archive, monkeypatch):
    # Workers are for large archives; here a small one goes to them too.
    for module in (intake, refresh):
        monkeypatch.setattr(module, "_FEW", 1)
        monkeypatch.setattr(module, "_BATCH", 2)
    monkeypatch.setattr(intake, "_TOGETHER", 1)
    rng = random.Random(5)
    site = archive()
    for number in range(48):
        site.write(f"articles/{number}.txt", newsroom.article(rng, []))
    return site


class At:
    """Told of progress; does something once a phase is so far."""

    def __init__(self, phase, done, act):
        self.wanted, self.act = (phase, done), act
        self.phase, self.done = "", 0

    def start(self, phase, total):
        self.phase, self.done = phase, 0

    def advance(self, steps):
        self.done += steps
        if self.act and self.phase == self.wanted[0] and self.done >= self.wanted[1]:
            self.act()
            self.act = None


def test_a_cluster_leaves_the_bytes_of_a_build_at_home(processes, news, tmp_path):
    with joined(processes, 2) as crew:
        news.build(workers=crew)
        assert news.tree() == news.clean_tree(tmp_path / "clean")
        news.write("articles/7.txt", newsroom.article(random.Random(7), []))
        news.write("newsgen.yaml", "title: Another title\n")
        news.build(workers=crew)
    assert news.tree() == news.clean_tree(tmp_path / "again")
    assert list((news.folder / ".newsgen").glob("snapshot-*")) == []


@pytest.mark.parametrize("phase", ["reading", "pages"])
def test_a_worker_killed_in_mid_build_loses_no_article(processes, news, tmp_path, phase):
    with joined(processes, 4) as crew:
        pids = crew.client.run(os.getpid)
        assert len(pids) == 4

        def kill():
            os.kill(pids[busy(crew)], signal.SIGKILL)

        news.build(workers=crew, progress=At(phase, 8, kill))
    assert news.report.totals["articles"] == 48
    assert news.tree() == news.clean_tree(tmp_path / "clean")


def test_a_worker_that_hangs_costs_its_batch_and_no_more(processes, news, tmp_path):
    with joined(processes, 4, patience=2) as crew:
        pids = crew.client.run(os.getpid)
        hung = []

        def hang():
            hung.append(busy(crew))
            os.kill(pids[hung[0]], signal.SIGSTOP)

        try:
            news.build(workers=crew, progress=At("pages", 8, hang))
            assert crew.stuck == set(hung)
        finally:
            crew.shutdown()
            gone = not alive(pids[hung[0]])
            with suppress(ProcessLookupError):
                os.kill(pids[hung[0]], signal.SIGCONT)
    assert gone, "it could go on later, and write the pages of this build over those of the next"
    assert news.tree() == news.clean_tree(tmp_path / "clean")


def busy(crew):
    """A worker that has work now."""
    found = []
    until(lambda: found.extend(w for w, keys in crew.client.processing().items() if keys) or found)
    return found[0]


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
