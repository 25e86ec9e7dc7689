"""What people see on the terminal: progress, the closing summary, errors."""

import os
import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self, TextIO

import click

from newsgen.build import BuildReport
from newsgen.look import has_colour, visible
from newsgen.progress import Silent
from newsgen.site import Site
from newsgen.stopwatch import Profile

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

_BAR_FROM = 20  # steps of a phase that is worth a bar, and the import of rich
_QUIET = 2.0  # seconds between plain lines, at the least
_LONG_QUIET = 30.0  # seconds after which a line comes even if little has moved


class Watch(Protocol):
    """A progress display for the length of a `with` block."""

    def __enter__(self) -> Self: ...
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...
    def start(self, phase: str, total: int) -> None: ...
    def advance(self, steps: int) -> None: ...


def progress_for(*, quiet: bool) -> Watch:
    """The display that fits standard error: bars on a terminal, else lines; none when quiet."""
    if quiet:
        return SilentProgress()
    if sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        return TerminalProgress()
    return PlainProgress(sys.stderr)


class _Shown:
    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the display."""


class SilentProgress(Silent, _Shown):
    """Shows nothing."""


class TerminalProgress(_Shown):
    """Bars with rate and remaining time; nothing for a phase of a few steps."""

    def __init__(self) -> None:
        self._bars: Bars | None = None
        self._task: TaskID | None = None

    def start(self, phase: str, total: int) -> None:
        """Open a bar for a phase."""
        self._task = None
        if total < _BAR_FROM:
            return
        if self._bars is None:
            self._bars = _bars()
            self._bars.start()
        self._task = self._bars.add_task(phase, total=total)

    def advance(self, steps: int) -> None:
        """Move the bar of the phase."""
        if self._bars is not None and self._task is not None:
            self._bars.advance(self._task, steps)

    def close(self) -> None:
        """Leave the terminal as it was."""
        if self._bars is not None:
            self._bars.stop()
            self._bars = None


def _bars() -> "Bars":
    # Imported here: it costs a tenth of a second, which a build that changes nothing has not.
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text(f"{speed:,.0f}/s" if speed else "", style="dim")

    return Progress(
        TextColumn("{task.description:<8}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        Rate(),
        TimeRemainingColumn(compact=True, elapsed_when_finished=True),
        console=Console(stderr=True),
        transient=False,
    )


class PlainProgress(_Shown):
    """Lines, a few for a long build and none for a short one."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._phase, self._total = "", 0
        self._done = self._said = 0
        self._began = self._spoke = time.monotonic()

    def start(self, phase: str, total: int) -> None:
        """Begin a phase."""
        self._phase, self._total = phase, total
        self._done = self._said = 0
        self._began = self._spoke = time.monotonic()

    def advance(self, steps: int) -> None:
        """Say how far the phase is, if the last line is long enough ago."""
        self._done += steps
        now = time.monotonic()
        quiet = now - self._spoke
        moved = (self._done - self._said) * 10 >= self._total
        if quiet < _QUIET or not (moved or quiet >= _LONG_QUIET) or self._total == 0:
            return
        self._spoke, self._said = now, self._done
        rate = self._done / (now - self._began)
        left = max(self._total - self._done, 0) / rate if rate else 0
        line = (
            f"{self._phase}: {self._done:,} of {self._total:,} "
            f"({self._done * 100 // self._total} %), {rate:,.0f} a second, {duration(left)} left"
        )
        click.echo(line, file=self._stream)


def duration(seconds: float) -> str:
    """A length of time as people say it: "0.42 s", "12 s", "3 min 5 s"."""
    if seconds < 10:
        return f"{seconds:.2f} s"
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: "1 page", "1,204 pages"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def summary(site: Site, report: BuildReport, seconds: float) -> str:
    """What a build made, in lines: what the archive holds, what was done, where to look."""
    totals = report.totals
    articles = counted(totals["articles"], "article")
    rows = [
        ("quotes", _quotes(totals["quotes"], totals["attributed"])),
        ("names", _names(totals)),
        *([("by lists", _by_lists(report.plain_names))] if report.plain_names else ()),
        ("problems", _problems(site, report)),
        ("this build", f"{_work(report)}, {duration(seconds)}"),
        ("look", f"{_path(site, 'index.html')}, or: newsgen serve{_folder(site)}"),
    ]
    width = max(len(name) for name, _ in rows)
    head = f"{visible(site.settings.title)}: {articles} from {counted(totals['sources'], 'source')}"
    return "\n".join([head, *(f"  {name:<{width}}  {text}" for name, text in rows)])


_STAGES = {
    "start": "opening the working state, reading templates",
    "scan": "looking at the sources",
    "read": "sources to articles",
    "annotate": "what the texts tell",
    "file": "people's decisions, rows for the catalog",
    "catalog": "writing the catalog",
    "derive": "headings and what counts them",
    "copy": "a copy of the catalog for far workers",
    "views": "what pages show",
    "keys": "whether pages must be written",
    "render": "views to pages",
    "write": "pages to files",
    "ledger": "remembering what was written",
    "finish": "static files, what was left behind",
}


def profile_table(profile: Profile, seconds: float) -> str:
    """Where the time of a build went, stage by stage, as lines."""
    total = sum(spent.cpu for spent in profile.values()) or 1.0
    order = [*_STAGES, *profile]
    lines = [f"{'stage':<10}{'cpu s':>9}{'':>7}{'wall s':>9}"]
    lines += [
        f"{stage:<10}{spent.cpu:>9.2f}{spent.cpu / total:>7.0%}{spent.wall:>9.2f}  "
        f"{_STAGES.get(stage, '')}".rstrip()
        for stage, spent in sorted(profile.items(), key=lambda item: order.index(item[0]))
    ]
    lines.append(f"of all processes together; the whole build took {seconds:.2f} s")
    return "\n".join(lines)


def _quotes(quotes: int, attributed: int) -> str:
    if not quotes:
        return "none found"
    return f"{quotes:,}, {attributed:,} with a speaker ({attributed * 100 / quotes:.0f} %)"


def _names(totals: dict[str, int]) -> str:
    return ", ".join(
        [
            counted(totals["people"], "person", "people"),
            counted(totals["organisations"], "organisation"),
            counted(totals["places"], "place"),
            *(counted(totals[kind], kind[:-1]) for kind in ("events", "works") if totals[kind]),
            counted(totals["tags"], "tag"),
        ]
    )


def _by_lists(languages: dict[str, int]) -> str:
    named = ", ".join(f"{count:,} in {language}" for language, count in list(languages.items())[:3])
    more = f" and {len(languages) - 3} other languages" if len(languages) > 3 else ""
    articles = counted(sum(languages.values()), "article")
    return f"names of {articles} found by plain word lists ({named}{more}): no model fits"


def _problems(site: Site, report: BuildReport) -> str:
    if not report.problems:
        return "none"
    ranked = sorted(report.problems.items(), key=lambda item: (-item[1], item[0]))
    named = ", ".join(f"{count:,} {code.replace('-', ' ')}" for code, count in ranked[:3])
    more = f" and {len(ranked) - 3} other kinds" if len(ranked) > 3 else ""
    total = sum(report.problems.values())
    return f"{total:,} ({named}{more}): see {_path(site, 'report.html')}"


def _work(report: BuildReport) -> str:
    deleted = f"{len(report.deleted):,} deleted, " if report.deleted else ""
    removed = f", {counted(report.removed, 'source')} gone" if report.removed else ""
    if not (report.read or report.removed or report.written or report.deleted):
        return "nothing to do"
    return (
        f"{counted(report.read, 'source')} read{removed}, "
        f"{counted(report.written, 'file')} written, {deleted}"
    ).rstrip(", ")


def _path(site: Site, name: str) -> str:
    """A path of the output as it can be typed here: relative where it lies below."""
    file = str(site.output / name)
    here = os.path.relpath(file)
    return visible(file if here.startswith("..") else here)


def _folder(site: Site) -> str:
    here = os.path.relpath(site.root)
    shown = str(site.root) if here.startswith("..") else here
    elsewhere = f" --output {visible(str(site.output))}" if site.output_override else ""
    return ("" if here == "." else f" {visible(shown)}") + elsewhere


def print_error(message: str) -> None:
    """Print a message of an error, in as many lines as it has."""
    colour = has_colour(sys.stderr)
    head = click.style("error:", fg="red", bold=True) if colour else "error:"
    lines = "\n".join(visible(line) for line in message.split("\n"))
    click.echo(f"{head} {lines}", err=True, color=colour)


def checked_summary(sources: int, files: int, links: int, findings: int) -> str:
    """The closing line of a check."""
    looked = f"{counted(sources, 'source')}, {counted(files, 'file')}, {counted(links, 'link')}"
    return f"{looked} checked: " + (counted(findings, "fault") if findings else "all is well")
