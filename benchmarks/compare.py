"""newsgen, Hugo and Pelican build the same archive: seconds, CPU seconds, memory, and their ratios.

    python benchmarks/compare.py --articles 10000 --runs 3 --json out.json --plot out.svg
    python benchmarks/compare.py --curve 1000,10000,100000,1000000 --floor --workers-scaling

Peers take part when they are installed. The generators take turns, A B A B, each turn in a folder
of its own that never was there before: some file systems are slow to write what was just deleted.
The folders are in memory where that has room. Numbers are medians of the turns; a ratio is the
median of the ratios within a turn. Above 100,000 articles there is one turn.

Steps: `clean` builds from nothing; `unchanged` the same again; `body` and `headline` after an edit
of one article; `template` after an edit of the articles' template; `served` is a live preview that
follows an edit of a body.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import plot
from archives import Archive, Given
from generators import Generator, Hugo, Newsgen, Pelican, Step, Task
from scraped import Scraped

MEMORY = Path("/dev/shm")
BYTES_AN_ARTICLE = 100_000  # sources, pages, working state, and pages again for the floor
ONE_TURN_ABOVE = 100_000
NUMBERS = ("wall", "cpu", "largest", "together", "shown", "said")
COUNTS = ("read", "looked_at", "rendered", "written", "totals")


class Turns:
    """New folders for turn after turn."""

    def __init__(self, archive: Archive, folder: Path) -> None:
        self.archive = archive
        self.folder = folder
        self.articles = folder / "articles"
        self.bytes = archive.write(self.articles)
        self._count = 0

    def task(self) -> Task:
        """The next turn: another folder, another article to edit."""
        self._count += 1
        number = (self.archive.articles // 2 + self._count) % self.archive.articles
        return Task(self.archive, self.articles, self.folder / f"turn-{self._count}", number)

    def done(self, task: Task) -> None:
        """Make room; on a disk it is made at the very end."""
        if MEMORY.exists() and task.folder.stat().st_dev == MEMORY.stat().st_dev:
            shutil.rmtree(task.folder)


def compare(generators: Iterable[Generator], turns: Turns, runs: int) -> dict[str, Any]:
    """All steps of all generators in turn; what each took, and its ratios to the first."""
    taken: dict[str, dict[str, list[Step]]] = {}
    sizes: dict[str, dict[str, int]] = {}
    for _ in range(runs):
        for generator in generators:
            task = turns.task()
            steps = taken.setdefault(generator.name, {})
            for name, step in generator.steps(task):
                steps.setdefault(name, []).append(step)
                say(f"{turns.archive.articles:>9,} {generator.name:<10}{name:<10}", step)
            sizes[generator.name] = _size(generator.site(task))
            turns.done(task)
    first, *others = taken
    return {
        "generators": {
            name: {**sizes[name], "steps": {step: summary(all_) for step, all_ in steps.items()}}
            for name, steps in taken.items()
        },
        "ratios": {f"{first} / {name}": ratios(taken[first], taken[name]) for name in others},
    }


def summary(steps: list[Step]) -> dict[str, Any]:
    """The medians of a step's numbers and stages, its counts, and the numbers of each run."""
    runs = [
        {key: round(step[key], 4) for key in NUMBERS if step.get(key) is not None} for step in steps
    ]
    found: dict[str, Any] = {
        key: _median(run[key] for run in runs if key in run) for key in NUMBERS if key in runs[0]
    }
    if profile := steps[0].get("profile"):
        found["profile"] = {
            stage: {
                key: _median(step["profile"].get(stage, {}).get(key, 0.0) for step in steps)
                for key in taken
            }
            for stage, taken in profile.items()
        }
    counts = {key: steps[-1][key] for key in COUNTS if key in steps[-1]}
    return {**found, **({"counts": counts} if counts else {}), "runs": runs}


def ratios(ours: dict[str, list[Step]], theirs: dict[str, list[Step]]) -> dict[str, Any]:
    """Step by step, what the first took as a share of what the other took in the same turn."""
    return {
        name: {
            key: _median(
                one[key] / other[key] for one, other in zip(ours[name], theirs[name], strict=True)
            )
            for key in NUMBERS
            if all(step.get(key) for step in (*ours[name], *theirs[name]))
        }
        for name in ours
        if name in theirs
    }


def scaling(newsgen: Newsgen, turns: Turns, runs: int) -> dict[str, Any]:
    """newsgen from nothing with one process and with two, in turn."""
    taken: dict[int, list[Step]] = {1: [], 2: []}
    for _ in range(runs):
        for jobs, steps in taken.items():
            task = turns.task()
            steps.append(replace(newsgen, jobs=jobs).clean(task))
            say(f"{turns.archive.articles:>9,} newsgen   {jobs} jobs    ", steps[-1])
            turns.done(task)
    faster = _median(one["wall"] / two["wall"] for one, two in zip(*taken.values(), strict=True))
    return {
        "jobs": {str(jobs): summary(steps) for jobs, steps in taken.items()},
        "one_over_two": faster,
    }


def floor(newsgen: Newsgen, turns: Turns, runs: int) -> dict[str, Any]:
    """newsgen from nothing, and bare processes that write the same files, in turn."""
    script = Path(__file__).with_name("floor.py")
    found: list[tuple[dict[str, Any], float]] = []
    for _ in range(runs):
        task = turns.task()
        step = newsgen.clean(task)
        command = [sys.executable, *map(str, (script, newsgen.site(task), task.folder / "floor"))]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found.append((json.loads(done.stdout), step["wall"]))
        say(f"{turns.archive.articles:>9,} {'floor':<20}", Step(found[-1][0]))
        turns.done(task)
    return {
        **found[-1][0],
        "wall": _median(bare["wall"] for bare, _ in found),
        "newsgen_over_floor": _median(wall / bare["wall"] for bare, wall in found),
    }


def say(what: str, step: Step) -> None:
    """A line on what is going on, for who waits."""
    numbers = "".join(f"{key} {step[key]:>9.3f}  " for key in NUMBERS if step.get(key) is not None)
    print(f"{what} {numbers}", file=sys.stderr, flush=True)


def _median(numbers: Iterable[float]) -> float:
    return round(statistics.median(numbers), 4)


def _size(site: Path) -> dict[str, int]:
    """How many files a generator made, and their bytes."""
    lengths = [file.stat().st_size for file in site.rglob("*") if file.is_file()]
    return {"files": len(lengths), "bytes": sum(lengths)}


def _folder(most: int) -> Path | None:
    """Where to build: in memory where it has room, else where temporary files go."""
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 2 * most * BYTES_AN_ARTICLE:
        return MEMORY
    return None


def _sizes(given: argparse.Namespace) -> Iterator[int]:
    yield from map(int, given.curve.split(",")) if given.curve else (given.articles,)


def _measure(given: argparse.Namespace, articles: int, folder: Path) -> dict[str, Any]:
    """All that was asked for of an archive of one size."""
    turns = Turns((Scraped if given.texts == "scraped" else Given)(articles, given.seed), folder)
    newsgen = Newsgen(given.annotate, given.jobs, given.serve)
    generators: list[Generator] = [newsgen]
    if articles < given.peers_below and given.texts == "given":
        generators += peers(given)
    runs = given.runs if articles <= ONE_TURN_ABOVE else 1
    found = {"articles": articles, "bytes": turns.bytes, "runs": runs}
    found |= compare(generators, turns, runs)
    if given.floor:
        found["floor"] = floor(newsgen, turns, runs)
    if given.workers_scaling:
        found["scaling"] = scaling(newsgen, turns, runs)
    return found


def peers(given: argparse.Namespace) -> list[Generator]:
    """The peers that are asked for, as far as they are installed."""
    found: dict[str, Generator | None] = {
        "hugo": Hugo.installed(serve=given.serve),
        "pelican": Pelican.installed(),
    }
    return [peer for name, peer in found.items() if peer and name in given.peers.split(",")]


def main() -> None:
    """Read the options, measure, write JSON and plot."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    add = parser.add_argument
    add("--articles", type=int, default=10_000, help="how many to make")
    add("--curve", help="several sizes instead, with commas")
    add("--runs", type=int, default=3, help="turns of each generator")
    add("--seed", type=int, default=1, help="another seed, another archive")
    add("--json", type=Path, help="write the results here; printed otherwise")
    add("--plot", type=Path, help="draw them here, as SVG")
    add("--folder", type=Path, help="build below this folder; in memory if there is room")
    add("--peers", default="hugo,pelican", help="those to take, with commas; may be empty")
    add("--peers-below", type=int, default=200_000, help="peers only take smaller archives")
    add("--texts", choices=["given", "scraped"], default="given", help="scraped: newsgen only")
    add("--annotate", choices=["given", "full"], help="given with front matter, full if scraped")
    add("--jobs", type=int, help="processes of newsgen; its own choice if not given")
    add("--no-serve", dest="serve", action="store_false", help="leave the live previews out")
    add("--floor", action="store_true", help="also what bare processes take for the same files")
    add("--workers-scaling", action="store_true", help="also newsgen with one process and two")
    given = parser.parse_args()
    given.annotate = given.annotate or {"given": "given", "scraped": "full"}[given.texts]
    sizes = list(_sizes(given))
    taking_part: list[Generator] = [Newsgen(), *peers(given)]
    results: dict[str, Any] = {
        "machine": {"processors": os.cpu_count(), "system": platform.system()},
        "versions": {"Python": platform.python_version()}
        | {generator.name: generator.version() for generator in taking_part},
        "texts": given.texts,
        "annotate": given.annotate,
        "sizes": [],
    }
    for articles in sizes:
        parent = given.folder or _folder(articles)
        with tempfile.TemporaryDirectory(prefix="newsgen-", dir=parent) as folder:
            results["sizes"].append(_measure(given, articles, Path(folder).resolve()))
        _write(results, given)


def _write(results: dict[str, Any], given: argparse.Namespace) -> None:
    """Write what is known so far: large archives take long, and may fail."""
    text = json.dumps(results, indent=1) + "\n"
    if given.json:
        given.json.write_text(text)
    else:
        print(text, end="")
    if given.plot:
        given.plot.write_text(plot.drawn(results), encoding="utf-8")


if __name__ == "__main__":
    main()
