"""The commands: parse options, call, print. Only click is imported before a command runs."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsgen import __version__

if TYPE_CHECKING:  # everything else is imported by the command that needs it
    from concurrent.futures import Executor

    from newsgen.build import BuildReport
    from newsgen.site import Site

_INTERRUPTED = 130  # what shells say of a program ended by Ctrl-C
_NAMED = 10  # problems that --strict prints

folder_argument = click.argument(
    "folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path)
)
output_option = click.option(
    "--output",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Where the pages are, instead of the folder that the settings name.",
)
jobs_option = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes to work with; as many as there are processors by default.",
)


class Commands(click.Group):
    """The commands, with a message instead of a traceback for a mistake of the user's."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  (as click has it)
        """Run a command; exit 1 with the message of a NewsgenError, 130 on Ctrl-C."""
        for stream in (sys.stdout, sys.stderr):
            if hasattr(
                stream, "reconfigure"
            ):  # a terminal that cannot show a letter shows its code
                stream.reconfigure(errors="backslashreplace")
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("\nstopped; the next build goes on from here", err=True)
            ctx.exit(_INTERRUPTED)
        except Exception as error:
            from newsgen.errors import NewsgenError

            if not isinstance(error, NewsgenError):
                raise
            from newsgen.console import print_error

            print_error(str(error))
            ctx.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="newsgen")
def main() -> None:
    """Turn a folder of raw news texts into an archive to browse and publish.

    \b
    newsgen new my-archive       a small archive to start from
    newsgen serve my-archive     build it, look at it, and see each edit at once
    newsgen build my-archive     bring my-archive/site up to date
    """


@main.command()
@folder_argument
@click.option("--clean", is_flag=True, help="Forget what is known and read everything again.")
@jobs_option
@click.option(
    "--workers",
    "address",
    metavar="ADDRESS",
    help="Work on a Dask cluster: the address of its scheduler, or its scheduler file.",
)
@click.option("--strict", is_flag=True, help="Exit 1 if an article has a problem (not an info).")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON, nothing else.")
@click.option("--profile", is_flag=True, help="Say where the time went, stage by stage.")
@output_option
def build(
    folder: Path,
    clean: bool,
    jobs: int | None,
    address: str | None,
    strict: bool,
    as_json: bool,
    profile: bool,
    output: Path | None,
) -> None:
    """Bring the pages of the archive in DIR up to date.

    Only what has changed is read, and only pages that would come out different are written.

    \b
    newsgen build                     the archive in this folder
    newsgen build news --jobs 4       another one, with four processes
    newsgen build --strict --json     for scripts: exit 1 on problems
    newsgen build --workers tcp://host:8786      on a cluster, see docs/cluster.md
    """
    import time

    from newsgen.build import build as run
    from newsgen.console import profile_table, progress_for, summary
    from newsgen.site import load_site

    if address is not None and jobs is not None:
        raise click.UsageError("--jobs and --workers exclude each other")
    began = time.perf_counter()
    site = load_site(folder, output=output)
    helpers = _workers(jobs) if address is None else _cluster(address, quiet=as_json)
    with helpers as workers, progress_for(quiet=as_json) as progress:
        report = run(site, workers=workers, progress=progress, clean=clean)
    seconds = time.perf_counter() - began
    if as_json:
        _print_json({**_fields(report), "seconds": round(seconds, 3)})
    else:
        click.echo(summary(site, report, seconds))
        if profile:
            click.echo("\n" + profile_table(report.profile, seconds))
    if strict:
        _refuse_problems(site, report)


@main.command()
@folder_argument
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="Port to listen on; 8000 or the next free one by default.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--poll", is_flag=True, help="Look for changes; for disks that do not tell of them.")
@click.option("--open/--no-open", "open_browser", help="Open the browser.")
@click.option(
    "--navigate-to-changed", "navigate", is_flag=True, help="Show the article that was edited."
)
@jobs_option
@output_option
def serve(folder: Path, jobs: int | None, output: Path | None, **options: Any) -> None:  # noqa: ANN401
    """Build the archive in DIR, serve it on this machine, and follow each edit.

    The browser reloads when a page it shows has changed. Nothing leaves this machine.

    \b
    newsgen serve                     http://127.0.0.1:8000/
    newsgen serve news --open         and open the browser
    """
    from newsgen.build import BuildReport
    from newsgen.build import build as run
    from newsgen.console import progress_for
    from newsgen.serve import Options, Preview
    from newsgen.serve import serve as start
    from newsgen.site import Site, load_site

    def first(site: Site) -> BuildReport:
        with _workers(jobs) as workers, progress_for(quiet=False) as progress:
            return run(site, workers=workers, progress=progress)

    preview = Preview(lambda: load_site(folder, output=output), first)
    preview.build()
    preview.make = run  # an edit is a few pages: done sooner here than workers start
    start(preview, Options(**options))


@main.command()
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON record a line.")
@click.option(
    "--color",
    "--colour",
    "colour",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colours: on a terminal, always, or never.",
)
@click.pass_context
def show(ctx: click.Context, files: tuple[Path, ...], as_json: bool, colour: str) -> None:
    """Show what newsgen understands of each FILE, line by line.

    Needs no archive. On a terminal quotes are green (indirect ones yellow), names underlined.

    \b
    newsgen show articles/a.txt
    newsgen show --json articles/*.txt | head -1
    """
    from newsgen.console import print_error
    from newsgen.errors import NewsgenError
    from newsgen.look import Look, has_colour
    from newsgen.show import read_sources, shown

    coloured = colour == "always" or (colour == "auto" and has_colour(sys.stdout))
    width = _width() if sys.stdout.isatty() else None
    failed = False
    for number, file in enumerate(files):
        try:
            articles = read_sources(file)
        except NewsgenError as error:
            print_error(str(error))
            failed = True
            continue
        for article in articles:
            if as_json:
                from newsgen.record import record_of

                _print_json(record_of(article))
                continue
            if number or article is not articles[0]:
                click.echo()
            for line in shown(article, str(file), Look(coloured, width)):
                click.echo(line, color=coloured)
    ctx.exit(1 if failed else 0)


@main.command()
@folder_argument
@output_option
@click.pass_context
def check(ctx: click.Context, folder: Path, output: Path | None) -> None:
    """Prove that the archive in DIR is whole, and exit 1 if it is not.

    Every byte of every source is accounted for, every link and anchor inside the archive leads
    somewhere, every page is listed.

    \b
    newsgen build news && newsgen check news
    """
    from newsgen.check import check as run
    from newsgen.console import checked_summary
    from newsgen.look import visible
    from newsgen.site import load_site

    checked = run(load_site(folder, output=output))
    for finding in checked.findings:
        click.echo(visible(str(finding)))
    click.echo(
        checked_summary(checked.sources, checked.files, checked.links, len(checked.findings))
    )
    ctx.exit(1 if checked.findings else 0)


@main.command()
@click.argument("page")
@folder_argument
@output_option
def explain(page: str, folder: Path, output: Path | None) -> None:
    """Say why PAGE was last written: which field of what it shows had changed.

    \b
    newsgen explain people/ada-quill.html
    newsgen explain site/index.html
    """
    from newsgen.explain import explained
    from newsgen.site import load_site

    for line in explained(load_site(folder, output=output), page):
        click.echo(line)


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Make a small archive in DIR to start from.

    \b
    newsgen new my-archive
    """
    from newsgen.look import visible
    from newsgen.starter import make_starter

    for path in make_starter(folder):
        click.echo(f"  {visible(path)}")
    shown = visible(str(folder))
    click.echo(f"\nYour archive is in {shown}. Look at it, then put your own texts in articles/:")
    click.echo(f"\n  newsgen serve {shown}\n  newsgen build {shown}")


@contextmanager
def _workers(jobs: int | None) -> "Iterator[Executor | None]":
    """Processes to work with; they only start when there is enough to do."""
    jobs = os.cpu_count() or 1 if jobs is None else jobs
    if jobs == 1:
        yield None
        return
    from concurrent.futures.process import BrokenProcessPool

    from newsgen.errors import OutputError
    from newsgen.workers import pool

    executor = pool(jobs)
    try:
        yield executor
    except BrokenProcessPool as error:
        raise OutputError(
            "a worker process was ended from outside, perhaps for want of memory",
            expected="workers that end by themselves",
            hint="build again: newsgen goes on where it stopped; --jobs 1 needs the least memory",
        ) from error
    finally:
        # Without waiting, Python's own farewell at the end of the program may meet a pipe that the
        # pool is closing just then. Workers are waited for there in any case.
        executor.shutdown(cancel_futures=True)


@contextmanager
def _cluster(address: str, *, quiet: bool) -> "Iterator[Executor]":
    """The workers of a Dask cluster; says where they can be watched."""
    from newsgen.errors import SettingsError

    try:
        from newsgen.cluster import cluster, introduced
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"--workers needs a package that is not installed: {error.name}",
            hint='install it, here and where the workers are: pip install "newsgen[cluster]"',
        ) from error
    crew = cluster(address)
    try:
        if not quiet:
            click.echo(introduced(crew), err=True)
        yield crew
    finally:
        crew.shutdown()
        if crew.stuck:
            named = ", ".join(sorted(crew.stuck))
            click.echo(f"workers that did not answer, and were ended: {named}", err=True)


def _fields(report: "BuildReport") -> dict[str, object]:
    return {name: getattr(report, name) for name in report.__struct_fields__}


def _print_json(value: object) -> None:
    import msgspec

    click.echo(msgspec.json.encode(value))


def _width() -> int:
    import shutil

    return shutil.get_terminal_size().columns


def _refuse_problems(site: "Site", report: "BuildReport") -> None:
    """Raise for problems that are more than an info, naming the first."""
    from newsgen.errors import SourceError
    from newsgen.explain import serious_problems

    found = serious_problems(site, report.problems)
    if found:
        places = [f"{p.path}{f':{p.line}' if p.line else ''}: {p.message}" for p in found[:_NAMED]]
        more = [f"and {len(found) - _NAMED} more"] if len(found) > _NAMED else []
        raise SourceError(
            "\n  ".join([f"--strict: {len(found)} problems", *places, *more]),
            hint=f"see {site.output / 'report.html'}",
        )
