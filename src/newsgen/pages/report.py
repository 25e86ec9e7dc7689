"""What was read, and everything odd in it, by kind and line; the titles the archive lacks."""

from collections.abc import Iterator

from newsgen.catalog import Catalog
from newsgen.links import Wanted
from newsgen.model import Card, Problem, Record, Subject
from newsgen.pages.views import Count, Pager, paginated
from newsgen.site import Settings


class ReportPage(Record, frozen=True):
    """Totals of the archive, and how many problems of each code it has.

    `plain_names` counts the articles of languages that no model fits, by language, most first;
    `plain_articles` is their sum.
    """

    permalink: str
    totals: tuple[Count, ...]
    problems: tuple[Count, ...]
    wanted: int
    plain_names: tuple[Count, ...] = ()
    plain_articles: int = 0


class ProblemRow(Record, frozen=True):
    """A problem, and the article it is in where there is one."""

    problem: Problem
    card: Card | None


class ProblemsPage(Record, frozen=True):
    """All problems of one code, by source path and line."""

    permalink: str
    code: str
    pager: Pager
    rows: tuple[ProblemRow, ...]


class WantedPage(Record, frozen=True):
    """Printed related titles that are not in the archive, most wanted first."""

    permalink: str
    count: int
    pager: Pager
    titles: tuple[Wanted, ...]


def views(subject: Subject, catalog: Catalog, settings: Settings) -> Iterator[ReportPage]:
    """Make the report; it stands when there is nothing to report, too."""
    plain = catalog.plain_names()
    yield ReportPage(
        permalink="report.html",
        totals=tuple(Count(name, "", count) for name, count in catalog.totals().items()),
        problems=tuple(
            Count(code, permalink_of(code), count)
            for code, count in catalog.counts("problems", "problem")
        ),
        wanted=catalog.links.count_wanted(),
        plain_names=tuple(Count(language, "", count) for language, count in plain.items()),
        plain_articles=sum(plain.values()),
    )


def problems_views(
    subject: Subject, catalog: Catalog, settings: Settings
) -> Iterator[ProblemsPage]:
    """Make the pages of one code of problems."""
    rows = [ProblemRow(problem, card) for problem, card in catalog.problems(subject.key)]
    if not rows:
        return
    first = permalink_of(subject.key)
    for permalink, pager, shown in paginated(rows, first, 2 * settings.per_page):
        yield ProblemsPage(permalink, subject.key, pager, shown)


def wanted_views(subject: Subject, catalog: Catalog, settings: Settings) -> Iterator[WantedPage]:
    """Make the list of wanted titles; empty when every printed title resolves."""
    titles = catalog.links.wanted()
    for permalink, pager, shown in paginated(titles, "wanted.html", settings.per_page):
        count = len(titles) if pager.number == 1 else 0
        yield WantedPage(permalink, count, pager, shown)


def permalink_of(code: str) -> str:
    return f"report/{code}.html"
