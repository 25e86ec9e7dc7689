"""Why a page was last written, and what is wrong with articles: from the working state."""

import difflib
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path, PurePosixPath

from newsgen.catalog import Catalog
from newsgen.errors import OutputError
from newsgen.ledger import Ledger, PageRow
from newsgen.look import visible
from newsgen.model import Problem
from newsgen.site import Site
from newsgen.store import open_store


def explained(site: Site, page: str) -> Iterator[str]:
    """Say in lines what a page is about, why it was last written, and from which fields.

    Raises OutputError where newsgen has written no such page.
    """
    if not site.store.is_file():
        raise OutputError(
            "this archive has not been built yet",
            where=str(site.root),
            hint=f"newsgen build {site.root}",
        )
    with closing(open_store(site.store)) as connection:
        ledger = Ledger(connection)
        path = path_in(site, page)
        row = ledger.page(path)
        if row is None:
            raise _unknown(path, [known for known, _ in ledger.paths()])
        pending = row.subject in ledger.pending()
    yield from _lines(row)
    if pending:
        yield "  pending      what it is about has changed since: build again"


def _lines(row: PageRow) -> Iterator[str]:
    about = f"{row.subject.kind} {visible(row.subject.key)}".rstrip()
    yield visible(row.path)
    yield f"  kind         {row.kind}"
    yield f"  about        {about}"
    yield f"  last written {row.reason}"
    yield "  made from"
    width = max(map(len, row.fields), default=0)
    for name, digest in row.fields.items():
        yield f"    {name:<{width}}  {digest}"


def path_in(site: Site, page: str) -> str:
    """A page's path in the output, from that, from a path on disk, or from its address."""
    below = page.removeprefix(site.settings.base_url) if site.settings.base_url else page
    for place in (Path(page).resolve(), (site.root / page).resolve()):
        if site.output in place.parents:
            below = place.relative_to(site.output).as_posix()
    path = str(PurePosixPath(below.partition("#")[0].lstrip("/")))
    return "index.html" if path == "." else path


def _unknown(path: str, known: list[str]) -> OutputError:
    name = PurePosixPath(path).name
    same = [other for other in known if PurePosixPath(other).name == name]
    near = same[:3] or difflib.get_close_matches(path, known, n=3, cutoff=0.7)
    return OutputError(
        "newsgen has written no such page",
        where=path,
        expected='a path below the output folder, such as "people/index.html"',
        hint=f"did you mean {' or '.join(near)}?" if near else "see the files in the output folder",
    )


def serious_problems(site: Site, codes: Iterable[str]) -> list[Problem]:
    """The problems that are more than an info, by code, source and line."""
    with closing(open_store(site.store)) as connection:
        catalog = Catalog(connection)
        return [
            problem
            for code in sorted(codes)
            for problem, _ in catalog.problems(code)
            if problem.level != "info"
        ]
