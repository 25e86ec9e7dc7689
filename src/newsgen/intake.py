"""Sources → catalog: reads what has changed on disk."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import NamedTuple

import msgspec

from newsgen.annotate import annotate, state
from newsgen.catalog import Catalog
from newsgen.digest import digest, digest_of, digest_of_code, sha256
from newsgen.editorial import Authority, resolve
from newsgen.entity_engine import EntityEngine
from newsgen.errors import SourceError
from newsgen.filing import Reading, filed
from newsgen.ledger import Ledger, SourceFile, stamped
from newsgen.model import Article, Problem
from newsgen.names.pipeline import version_of
from newsgen.progress import Progress
from newsgen.readers import read_file
from newsgen.scan import scan
from newsgen.site import Annotating, Site
from newsgen.spread import batched, spread
from newsgen.stopwatch import Profile, Stopwatch, added

_BATCH = 32  # sources a worker reads at a time
_TOGETHER = 32  # batches in a transaction: with one in each, committing takes half of the time
_FEW = 256  # sources that are read faster here than workers start
# Code that has no part in what is read: an edit of it does not read the sources again. What it is
# not in, the reading does not import; tests/test_architecture.py compares this with the imports.
_AFTER_READING = frozenset(
    {
        "__init__",
        "__main__",
        "build",
        "catalog",
        "check",
        "cli",
        "cluster",
        "console",
        "entries",
        "explain",
        "filters",
        "findings",
        "headings",
        "holdings",
        "kinds",
        "ledger",
        "likeness",
        "links",
        "look",
        "output",
        "pages",
        "printed_runs",
        "problems",
        "progress",
        "record",
        "refresh",
        "render",
        "rules",
        "scan",
        "serve",
        "show",
        "site",
        "snapshot",
        "spread",
        "starter",
        "stopwatch",
        "store",
        "watching",
        "workers",
    }
)


class Ways(NamedTuple):
    """What the settings and decisions of an archive have to say in the reading of a source."""

    authority: Authority
    engine: EntityEngine
    annotating: Annotating = "full"


_Batch = tuple[list[Reading], Profile]


class Taken(NamedTuple):
    """How many sources were read and how many are gone, and the time this took."""

    read: int
    removed: int
    profile: Profile


def take_in(
    site: Site,
    archive: tuple[Catalog, Ledger],
    authority: Authority,
    workers: Executor | None,
    progress: Progress,
) -> Taken:
    """Read what has changed on disk into the catalog."""
    catalog, ledger = archive
    watch = Stopwatch()
    found = list(scan(site))
    odd = {item.path: item for item in found if isinstance(item, Problem)}
    code = _digest_of_reading(site)
    changes = ledger.compare((f for f in found if isinstance(f, SourceFile)), code)
    watch.lap("scan")
    gone = [path for path in changes.removed if path not in odd]
    catalog.apply((_odd_reading(problem, code) for problem in odd.values()), gone)
    progress.start("reading", len(changes.changed))
    ways = Ways(authority, site.entities, site.settings.annotate)
    jobs = [(ways, code, batch) for batch in batched(changes.changed, _BATCH)]
    profile: Profile = {}
    helpers = workers if len(changes.changed) >= _FEW else None
    done = _told(spread(helpers, _read_batch, jobs), progress)
    for together in batched(done, _TOGETHER):
        readings = [reading for some, _ in together for reading in some]
        watch.start()
        catalog.apply(readings)
        watch.lap("catalog")
        profile = added([profile, *(spent for _, spent in together)])
    return Taken(len(changes.changed), len(gone), added([watch.take(), profile]))


def _told(batches: Iterable[_Batch], progress: Progress) -> Iterator[_Batch]:
    """Batches as they come, told to whoever watches."""
    for batch in batches:
        progress.advance(len(batch[0]))
        yield batch


def _digest_of_reading(site: Site) -> str:
    """What sources are read by: all code of it, and the engine that finds names."""
    engine = site.entities
    version = version_of(engine.pipeline) if engine.pipeline else ""
    code = digest_of_code(without=_AFTER_READING)
    return digest(code, digest_of((site.settings.annotate, site.settings.entities)), version)


def resolve_again(catalog: Catalog, ledger: Ledger, authority: Authority) -> None:
    """Apply a changed entities.yaml to what is known; equal results touch nothing."""
    if ledger.value("authority") == authority.digest:
        return
    for places in batched(catalog.places(), _BATCH):
        known = [catalog.annotated(place) for place in places]
        catalog.replace((seen, resolve(seen, authority)) for seen in known)
    ledger.remember("authority", authority.digest)


def _odd_reading(problem: Problem, code: str) -> Reading:
    return Reading(problem.path, -1, 0, digest_of(problem), code, failure=problem)


def _read_batch(job: tuple[Ways, str, Sequence[SourceFile]]) -> _Batch:
    ways, code, sources = job
    watch = Stopwatch()
    return [read_source(source, ways, code, watch) for source in sources], watch.take()


def read_source(source: SourceFile, ways: Ways, code: str, watch: Stopwatch) -> Reading:
    """Read, annotate and resolve one file; whatever is wrong with it becomes a problem."""
    source = stamped(source)
    seen = Reading(source.path, source.size, source.mtime, "", code)
    try:
        content = Path(source.file).read_bytes()
        seen = msgspec.structs.replace(seen, digest=sha256(content))
        read = read_file(source.path, content)
    except OSError as error:
        return _failed(seen, f"cannot be read: {error.strerror or error}")
    except SourceError as error:
        return _failed(seen, error.what)
    except Exception as error:
        return _failed(seen, f"reading it failed: {type(error).__name__}: {error}")
    watch.lap("read")
    annotated = [annotated_safely(article, ways.engine, ways.annotating) for article in read]
    watch.lap("annotate")
    made = tuple(filed(article, resolve(article, ways.authority)) for article in annotated)
    watch.lap("file")
    return msgspec.structs.replace(seen, articles=made)


def annotated_safely(
    article: Article,
    engine: EntityEngine = EntityEngine(),  # noqa: B008
    annotating: Annotating = "full",
) -> Article:
    """Annotate an article; one that no annotator foresaw must not stop a million others."""
    try:
        return state(article) if annotating == "given" else annotate(article, engine)
    except Exception as error:
        problem = Problem(
            "annotation-failed",
            article.source.path,
            f"nothing was read from its text: {type(error).__name__}: {error}",
            level="error",
        )
        return msgspec.structs.replace(article, problems=(*article.problems, problem))


def _failed(seen: Reading, message: str) -> Reading:
    problem = Problem("unreadable-source", seen.path, message, level="error")
    return msgspec.structs.replace(seen, failure=problem)
