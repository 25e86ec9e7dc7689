"""The generators that are measured: newsgen, Hugo and Pelican, each with the steps it can take.

The peers' layouts and settings are in benchmarks/peers: article pages with linked terms, paged
lists of a hundred for each tag, person, organisation and place, their indexes, a list for each
month, the front page, a feed and a sitemap.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from archives import Archive
from edits import edit_body, edit_headline
from measure import Measured, measured
from serving import free_port, reload_seconds

PEERS = Path(__file__).parent / "peers"


@dataclass(frozen=True)
class Task:
    """One turn of a generator: what to build, where, and which article is edited in it."""

    archive: Archive
    articles: Path
    folder: Path
    """A new folder for all that the generator makes."""
    number: int

    @property
    def edited(self) -> Path:
        return self.articles / self.archive.path(self.number)


class Step(dict[str, Any]):
    """What a step took, ready for JSON: wall, cpu, largest, together, and what the build says."""

    @classmethod
    def of(cls, took: Measured, **more: object) -> "Step":
        """A step of a command that was measured."""
        numbers = took._asdict()
        del numbers["printed"]
        return cls(numbers, **more)


class Generator(Protocol):
    """Something that makes a site of articles."""

    @property
    def name(self) -> str:
        """What it is called in results."""

    def version(self) -> str:
        """Its version, in its own words."""

    def site(self, task: Task) -> Path:
        """The folder of the pages."""

    def steps(self, task: Task) -> Iterator[tuple[str, Step]]:
        """Build from nothing, edit, build again; each step is taken when it is asked for."""


@dataclass(frozen=True)
class Newsgen:
    """newsgen as installed for the Python that runs this."""

    annotate: str = "given"
    jobs: int | None = None
    serve: bool = True
    name: str = "newsgen"

    def version(self) -> str:
        """Its version, in its own words."""
        return _printed(sys.executable, "-m", "newsgen", "--version")

    def site(self, task: Task) -> Path:
        """The folder of the pages."""
        return task.folder / "site"

    def steps(self, task: Task) -> Iterator[tuple[str, Step]]:
        """From nothing, nothing changed, a body, a headline, a template; then the preview."""
        yield "clean", self.clean(task)
        yield "unchanged", self._build(task)
        edit_body(task.edited, "single")
        yield "body", self._build(task)
        edit_headline(task.archive, task.articles, task.number)
        step = self._build(task)
        pages = step["pages"]
        yield "headline", step
        self._edit_template(task)
        yield "template", self._build(task)
        if self.serve:
            yield "served", self._served(task, next(p for p in pages if p.startswith("articles/")))

    def clean(self, task: Task) -> Step:
        """Set up an archive in the folder, and build it."""
        task.folder.mkdir(parents=True)
        (task.folder / "articles").symlink_to(task.articles)
        settings = "title: An invented county\nbase_url: https://example.org/archive/\n"
        if self.annotate != "full":
            settings += f"annotate: {self.annotate}\n"
        (task.folder / "newsgen.yaml").write_text(settings)
        return self._build(task)

    def _build(self, task: Task) -> Step:
        command = [sys.executable, "-m", "newsgen", "build", str(task.folder), "--json"]
        if self.jobs:
            command += ["--jobs", str(self.jobs)]
        took = measured(command)
        return Step.of(took, **json.loads(took.printed))

    def _served(self, task: Task, page: str) -> Step:
        port = free_port()
        command = [sys.executable, "-m", "newsgen", "serve", str(task.folder), "--port", str(port)]
        place = f"http://127.0.0.1:{port}/{page}"
        return Step(reload_seconds(command, place, lambda: edit_body(task.edited, "seventh")))

    @staticmethod
    def _edit_template(task: Task) -> None:
        from newsgen.render import theme_folder

        own = task.folder / "templates"
        own.mkdir()
        text = (theme_folder("templates") / "article.html").read_text(encoding="utf-8")
        (own / "article.html").write_text(text.replace('class="article"', 'class="article new"'))


@dataclass(frozen=True)
class Hugo:
    """The `hugo` on the path, or the one in the package of that name."""

    program: str
    serve: bool = True
    name: str = "Hugo"

    @classmethod
    def installed(cls, *, serve: bool) -> "Hugo | None":
        """It, if it can be found."""
        program = _program("hugo")
        if program is None:
            return None
        # The package has a small Python program call the real one: that would count against it.
        folder = Path(program).resolve().parents[1]
        found = sorted(folder.glob("[Ll]ib/**/site-packages/hugo/binaries/hugo*"))
        return cls(str(found[0]) if found else program, serve)

    def version(self) -> str:
        """Its version, in its own words."""
        return _printed(self.program, "version")

    def site(self, task: Task) -> Path:
        """The folder of the pages."""
        return task.folder / "public"

    def steps(self, task: Task) -> Iterator[tuple[str, Step]]:
        """From nothing, and the same again with nothing or a body edited; then its server."""
        yield "clean", self.clean(task)
        yield "unchanged", self._build(task)
        edit_body(task.edited, "single")
        yield "body", self._build(task)
        if self.serve:
            yield "served", self._served(task)

    def clean(self, task: Task) -> Step:
        """Copy layouts and settings into the folder, and build."""
        shutil.copytree(PEERS / "hugo", task.folder)
        with (task.folder / "hugo.toml").open("a") as settings:
            for source, target in (("content", ""), (task.articles.as_posix(), "/articles")):
                settings.write(
                    f'\n[[module.mounts]]\nsource = "{source}"\ntarget = "content{target}"\n'
                )
        return self._build(task)

    def _build(self, task: Task) -> Step:
        return Step.of(measured([self.program, "--quiet", "--source", str(task.folder)]))

    def _served(self, task: Task) -> Step:
        port = free_port()
        command = [self.program, "server", "--source", str(task.folder), "--renderToMemory"]
        command += ["--port", str(port)]
        page = Path(task.archive.path(task.number)).with_suffix(".html").as_posix()
        place = f"http://127.0.0.1:{port}/archive/articles/{page}"
        return Step(reload_seconds(command, place, lambda: edit_body(task.edited, "seventh")))


@dataclass(frozen=True)
class Pelican:
    """The `pelican` on the path."""

    program: str
    name: str = "Pelican"

    @classmethod
    def installed(cls) -> "Pelican | None":
        """It, if it can be found."""
        program = _program("pelican")
        return cls(program) if program else None

    def version(self) -> str:
        """Its version, in its own words."""
        return f"pelican {_printed(self.program, '--version')}"

    def site(self, task: Task) -> Path:
        """The folder of the pages."""
        return task.folder / "output"

    def steps(self, task: Task) -> Iterator[tuple[str, Step]]:
        """From nothing: it has no other builds, and is slow enough."""
        yield "clean", self.clean(task)

    def clean(self, task: Task) -> Step:
        """Copy theme and settings into the folder, and build."""
        shutil.copytree(PEERS / "pelican", task.folder)
        settings, output = task.folder / "pelicanconf.py", self.site(task)
        command = [self.program, str(task.articles), "-q", "-s", str(settings), "-o", str(output)]
        return Step.of(measured(command))


def _program(name: str) -> str | None:
    """A program beside the Python that runs this, or on the path."""
    return shutil.which(name, path=Path(sys.executable).parent) or shutil.which(name)


def _printed(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
