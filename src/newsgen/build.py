"""The pipeline, in order: the one module that knows all stages."""

from collections.abc import Iterable
from concurrent.futures import Executor

import msgspec

from newsgen.catalog import Catalog
from newsgen.editorial import load_authority
from newsgen.intake import Taken, resolve_again, take_in
from newsgen.ledger import Ledger
from newsgen.model import Record
from newsgen.progress import Progress, Silent
from newsgen.refresh import Made, copy_static, load_theme, mark_stale, refresh, sweep
from newsgen.site import Site
from newsgen.spread import FarWorkers
from newsgen.stopwatch import Profile, Stopwatch, added, rounded
from newsgen.store import delete_store, working_state


class BuildReport(Record, frozen=True):
    """What a build found and did.

    `totals`, `problems` (by code) and `plain_names` (articles whose names plain word lists found,
    by language) are of the whole archive. Of this build: `read` and `removed` count sources,
    `looked_at` subjects, `rendered` pages, `written` files whose bytes have changed; `pages` and
    `deleted` name the first thousand of each; `profile` says where the time went, by stage.
    """

    totals: dict[str, int]
    problems: dict[str, int]
    plain_names: dict[str, int]
    read: int
    removed: int
    looked_at: int
    rendered: int
    written: int
    pages: tuple[str, ...]
    deleted: tuple[str, ...]
    profile: Profile


def build(
    site: Site,
    *,
    workers: Executor | None = None,
    progress: Progress | None = None,
    clean: bool = False,
) -> BuildReport:
    """Bring the output folder up to date with the articles.

    Raises SettingsError, TemplateError or OutputError; the pages already there stay whole, and the
    next build goes on where this one stopped.
    """
    watch = Stopwatch()
    progress = progress or Silent()
    authority = load_authority(site.root, site.settings.topics)
    theme = load_theme(site)
    known = _forget(site) if clean else ()
    with working_state(site.store) as connection:
        archive = catalog, ledger = (
            Catalog(connection, site.settings.tag_minimum),
            Ledger(connection),
        )
        unfinished = ledger.value("state") != "done"
        if unfinished:
            ledger.distrust_pending()
        ledger.remember("state", "building")
        known = _still_to_sweep(ledger, known)
        resolve_again(catalog, ledger, authority)
        watch.lap("start")
        taken = take_in(site, archive, authority, workers, progress)
        watch.start()
        mark_stale(catalog, ledger, theme)
        catalog.derive()
        watch.lap("derive")
        made = refresh(site, archive, theme, workers, progress)
        # Static files are no subject that was looked at.
        static = msgspec.structs.replace(copy_static(site, ledger), subjects=())
        made = made.with_batch(static)
        watch.start()
        swept = sweep(site, ledger, known) if unfinished or isinstance(workers, FarWorkers) else ()
        ledger.remember("left", "[]")
        ledger.remember("state", "done")
        watch.lap("finish")
        laps = watch.take()
        start = {"start": laps.pop("start")}
        profile = added([start, taken.profile, {"derive": laps.pop("derive")}, made.profile, laps])
        return _report(catalog, made.with_deleted(swept), taken, rounded(profile))


def _forget(site: Site) -> tuple[str, ...]:
    """Delete the working state; return the paths that newsgen had written."""
    with working_state(site.store) as connection:
        ledger = Ledger(connection)
        known = _still_to_sweep(ledger, [path for path, _ in ledger.paths()])
    delete_store(site.store)
    return known


def _still_to_sweep(ledger: Ledger, known: Iterable[str]) -> tuple[str, ...]:
    """Add paths to those that a clean build must look at last, should it be stopped before."""
    left = msgspec.json.decode(ledger.value("left") or "[]", type=tuple[str, ...])
    left = tuple(sorted({*left, *known}))
    ledger.remember("left", msgspec.json.encode(left).decode())
    return left


def _report(catalog: Catalog, made: Made, taken: Taken, profile: Profile) -> BuildReport:
    return BuildReport(
        totals=catalog.totals(),
        problems=dict(catalog.counts("problems", "problem")),
        plain_names=catalog.plain_names(),
        read=taken.read,
        removed=taken.removed,
        looked_at=made.looked_at,
        rendered=made.rendered,
        written=made.written,
        pages=made.pages,
        deleted=made.deleted,
        profile=profile,
    )
