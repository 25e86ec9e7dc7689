"""Pending subjects → pages on disk: views, keys, rendering, writing."""

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from newsgen import output
from newsgen.catalog import Catalog
from newsgen.digest import digest, digest_of, digest_of_code
from newsgen.errors import OutputError, SettingsError
from newsgen.ledger import Done, Ledger, PageRow
from newsgen.model import Record, Subject
from newsgen.pages import PAGE_KINDS, STANDING, PageKind, View, kinds_of
from newsgen.progress import Progress
from newsgen.render import Renderer, theme_folder
from newsgen.site import Settings, Site
from newsgen.snapshot import open_snapshot, snapshot
from newsgen.spread import FarWorkers, batched, spread
from newsgen.stopwatch import Profile, Stopwatch, added
from newsgen.store import open_store

NAMED = 1000  # pages whose paths a report names
_BATCH = 128  # subjects whose pages a worker makes at a time
_FEW = 512  # subjects whose pages are made faster here than workers start
_KEPT = 40  # bytes of a value whose digest is kept
_SHORT = 8  # hex digits of a field's digest: enough to tell one version from the next
_RENDERING = (
    "pages",
    "render",
    "likeness",
    "links",
    "printed_runs",
    "subjects",
    "catalog",
    "entries",
    "filing",
    "filters",
    "headings",
    "holdings",
    "kinds",
    "text",
    "entity_engine",
    "topic_rules",
    "model",
)
_STATIC = Subject("static", "")
_encode = msgspec.json.Encoder(order="deterministic").encode
_decode = msgspec.json.Decoder(Done).decode

Fields = dict[str, str]


@dataclass(frozen=True, slots=True)
class Theme:
    """The templates of a site, and what each page kind depends on besides its views."""

    renderer: Renderer
    kinds: dict[str, Fields]

    @property
    def digest(self) -> str:
        return digest_of(self.kinds)


def load_theme(site: Site) -> Theme:
    """Read the templates; raises TemplateError if one is broken."""
    renderer = Renderer(site)
    settings = digest_of(site.page_settings)[:_SHORT]
    code = digest_of_code(*_RENDERING)[:_SHORT]
    return Theme(
        renderer,
        {
            kind.name: {
                "(template)": renderer.digest_of(kind.template)[:_SHORT],
                "(settings)": settings,
                "(newsgen)": code,
            }
            for kind in PAGE_KINDS
        },
    )


def mark_stale(catalog: Catalog, ledger: Ledger, theme: Theme) -> None:
    """Mark the subjects of page kinds whose template, settings or code have changed."""
    before = ledger.kinds()
    if before == theme.kinds:
        return
    stale = {kind.subject for kind in PAGE_KINDS if before.get(kind.name) != theme.kinds[kind.name]}
    touched = {subject for name in stale for subject in catalog.subjects(name)}
    gone = before.keys() - theme.kinds.keys()
    touched |= {subject for name in gone for subject in ledger.subjects_of(name)}
    ledger.record_kinds(theme.kinds, touched | set(STANDING))


class Made(Record, frozen=True):
    """What became of the pages of many batches, in numbers: their rows are in the ledger.

    `pages` and `deleted` name the first thousand of each.
    """

    looked_at: int = 0
    rendered: int = 0
    written: int = 0
    pages: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    profile: Profile = msgspec.field(default_factory=dict)

    def with_batch(self, done: Done) -> "Made":
        """These and one batch more."""
        paths = [row.path for row in done.rendered[: NAMED - len(self.pages)]]
        return Made(
            self.looked_at + len(done.subjects),
            self.rendered + len(done.rendered),
            self.written + done.written,
            (*self.pages, *paths),
            self.with_deleted(done.gone).deleted,
            added([self.profile, done.profile]),
        )

    def with_deleted(self, paths: Sequence[str]) -> "Made":
        """These, with the paths of files that are gone besides."""
        more = paths[: NAMED - len(self.deleted)]
        return msgspec.structs.replace(self, deleted=(*self.deleted, *more))

    def with_time(self, profile: Profile) -> "Made":
        """These, with the time of stages that were not of any batch."""
        return msgspec.structs.replace(self, profile=added([self.profile, profile]))


def refresh(
    site: Site,
    archive: tuple[Catalog, Ledger],
    theme: Theme,
    workers: Executor | None,
    progress: Progress,
) -> Made:
    """Make the pages of all pending subjects; say what became of them."""
    catalog, ledger = archive
    watch = Stopwatch()
    there = set(output.files_in(site.output))
    ledger.mark({subject for path, subject in ledger.paths() if path not in there})
    pending = [subject for subject in ledger.pending() if subject != _STATIC]
    progress.start("pages", len(pending))
    made = Made()
    watch.lap("ledger")
    with ExitStack() as stack:
        if workers is None or len(pending) < _FEW:
            catalog.hold()
            press = Press(site, catalog, ledger, theme)
            results: Iterable[Done] = map(press.make, batched(pending, _BATCH))
        else:
            place = ""
            if isinstance(workers, FarWorkers):
                place = stack.enter_context(snapshot(catalog.connection, site.state))
                watch.lap("copy")
            stamp = Stamp(theme.digest, ledger.count_build(), place)
            jobs = ((site, stamp, batch) for batch in batched(pending, _BATCH))
            results = map(_decode, spread(workers, _make_elsewhere, jobs))
        for done in results:
            watch.start()
            ledger.record(done)
            watch.lap("ledger")
            progress.advance(len(done.subjects))
            made = made.with_batch(done)
    return made.with_time(watch.take())


@dataclass(frozen=True)
class Press:
    """What it takes to make pages."""

    site: Site
    catalog: Catalog
    ledger: Ledger
    theme: Theme

    @cached_property
    def folder(self) -> Path:
        return self.site.output

    @cached_property
    def settings(self) -> Settings:
        return self.site.page_settings

    def make(self, subjects: Sequence[Subject]) -> Done:
        """Plan, render and write the pages of some subjects: the unit of parallel work."""
        rendered: list[PageRow] = []
        gone: list[str] = []
        written = 0
        watch = Stopwatch()
        for subject in subjects:
            known = self.ledger.pages_of(subject)
            for kind in kinds_of(subject):
                for view in kind.views(subject, self.catalog, self.settings):
                    watch.lap("views")
                    row = self._plan(subject, kind, view, known.pop(view.permalink, None))
                    watch.lap("keys")
                    if row is not None:
                        content = self.theme.renderer.render(kind.template, view)
                        watch.lap("render")
                        written += output.write(self.folder, view.permalink, content)
                        watch.lap("write")
                        rendered.append(row)
            output.remove(self.site.output, known)
            gone += known
            watch.lap("views")
        return Done(tuple(subjects), tuple(rendered), tuple(gone), written, watch.take())

    def _plan(
        self, subject: Subject, kind: PageKind, view: View, old: PageRow | None
    ) -> PageRow | None:
        """What to enter of a page that must be written; None for one that stands as it should."""
        fields = digests_of(view) | self.theme.kinds[kind.name]
        there = os.path.exists(f"{self.folder}/{view.permalink}")  # noqa: PTH110
        if old is not None and there and old.fields == fields:
            return None
        if old is None and there:
            refuse_foreign(self.site.output, view.permalink)
        reason = _reason(old, fields, there=there)
        return PageRow(view.permalink, subject, kind.name, digest_of(fields), fields, reason)


def digests_of(view: View) -> Fields:
    """Hash each field of a view by itself, so that `explain` can name what has changed."""
    return {
        name: _short_digest(_encode(getattr(view, name)))
        for name in view.__struct_fields__
        if name != "permalink"
    }


def _short_digest(value: bytes) -> str:
    # Most fields of most pages are empty or say what many say.
    return _kept_digest(value) if len(value) < _KEPT else digest(value)[:_SHORT]


@lru_cache(maxsize=4096)
def _kept_digest(value: bytes) -> str:
    return digest(value)[:_SHORT]


def _reason(old: PageRow | None, fields: Fields, *, there: bool) -> str:
    if old is None:
        return "new page"
    if not old.fields:
        return "written again: a build had stopped"
    names = [name for name in fields if old.fields.get(name) != fields[name]]
    names += [name for name in old.fields if name not in fields]
    if not names:
        return "the file was gone" if not there else "written again"
    return "changed: " + ", ".join(names)


def refuse_foreign(folder: Path, path: str) -> None:
    """Raise OutputError where a file stands that newsgen did not make."""
    if not output.is_ours(folder, path):
        raise OutputError(
            "a file that newsgen did not make stands where a page belongs",
            where=str(folder / path),
            expected="an output folder with newsgen's files, and others beside them at most",
            hint="move the file away, or choose another output folder",
        )


class Stamp(NamedTuple):
    """By what pages are made: a digest of the templates, the number of the build, and the copy
    of the store, where workers cannot open that itself."""

    theme: str
    build: str
    snapshot: str


_presses: dict[tuple[Site, Stamp], Press] = {}


def _make_elsewhere(job: tuple[Site, Stamp, Sequence[Subject]]) -> bytes:
    """Make pages in a worker, which keeps its templates and its view of the catalog open.

    Returns the `Done` as bytes: they cross between processes in a tenth of the time.
    """
    site, stamp, subjects = job
    press = _presses.get((site, stamp))
    if press is None:
        for old in _presses.values():
            old.catalog.connection.close()
        _presses.clear()
        theme = load_theme(site)
        if theme.digest != stamp.theme:
            raise SettingsError(
                "a worker sees other templates than this process",
                where=str(site.root / "templates"),
                expected="the folder of the archive under the same path on all machines",
            )
        connection = open_snapshot(stamp.snapshot) if stamp.snapshot else open_store(site.store)
        catalog = Catalog(connection, site.settings.tag_minimum)
        catalog.hold()
        press = Press(site, catalog, Ledger(connection), theme)
        _presses[site, stamp] = press
    return _encode(press.make(subjects))


def copy_static(site: Site, ledger: Ledger) -> Done:
    """Copy the theme's static files and the archive's own, which shadow them by name."""
    files: dict[str, Path] = {}
    for folder in (theme_folder("static"), site.root / "static"):
        files |= {f"static/{path}": folder / path for path in sorted(output.files_in(folder))}
    known = ledger.pages_of(_STATIC)
    rendered: list[PageRow] = []
    written = 0
    for path, file in sorted(files.items()):
        content = _content_of(file)
        fields = {"content": digest(content)[:_SHORT]}
        old = known.pop(path, None)
        there = (site.output / path).exists()
        if old is not None and there and old.fields == fields:
            continue
        written += output.write(site.output, path, content)
        reason = _reason(old, fields, there=there)
        rendered.append(PageRow(path, _STATIC, "static", digest_of(fields), fields, reason))
    output.remove(site.output, known)
    done = Done((_STATIC,), tuple(rendered), tuple(known), written)
    ledger.record(done)
    return done


def _content_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise SettingsError(
            f"a static file cannot be read: {error.strerror or error}",
            where=str(file),
            hint="mend the file or the link, or take it out of static/",
        ) from error


def sweep(site: Site, ledger: Ledger, known: Iterable[str]) -> tuple[str, ...]:
    """Remove what an earlier life of the archive, or a killed build, has left behind.

    `known` are paths that newsgen had written; of others, only files that say newsgen made them.
    """
    paths = {path for path, _ in ledger.paths()}
    forgotten = set(known) - paths
    found = sorted(
        path
        for path in output.files_in(site.output)
        if path not in paths and (path in forgotten or output.is_ours(site.output, path))
    )
    output.remove(site.output, found)
    return tuple(found)
