"""(subject, catalog) → views: what each page shows, decided before anything is rendered."""

from collections.abc import Callable, Iterator
from typing import ClassVar, Protocol

from newsgen.catalog import Catalog
from newsgen.model import TAXONOMIES, Record, Subject
from newsgen.pages import (
    article,
    calendar,
    feed,
    home,
    quotes,
    report,
    sitemap,
    taxonomy,
    term,
)
from newsgen.site import Settings


class View(Protocol):
    """All that a template may see as `page`: a frozen record that knows its path."""

    __struct_fields__: ClassVar[tuple[str, ...]]

    @property
    def permalink(self) -> str: ...


Views = Callable[[Subject, Catalog, Settings], Iterator[View]]


class PageKind(Record, frozen=True):
    """A sort of page: of which subjects it is made, from which views, by which template."""

    name: str
    subject: str
    template: str
    views: Views


PAGE_KINDS: tuple[PageKind, ...] = (
    PageKind("article", "article", "article.html", article.views),
    PageKind("term", "term", "term.html", term.views),
    PageKind("taxonomy", "taxonomy", "taxonomy.html", taxonomy.views),
    PageKind("letter", "letter", "letter.html", taxonomy.letter_views),
    PageKind("calendar", "calendar", "calendar.html", calendar.calendar_views),
    PageKind("year", "year", "period.html", calendar.views),
    PageKind("month", "month", "period.html", calendar.views),
    PageKind("day", "day", "period.html", calendar.views),
    PageKind("undated", "undated", "period.html", calendar.views),
    PageKind("quotes", "quotes", "quotes.html", quotes.views),
    PageKind("home", "site", "home.html", home.views),
    PageKind("feed", "site", "feed.xml", feed.views),
    PageKind("report", "report", "report.html", report.views),
    PageKind("problems", "problems", "problems.html", report.problems_views),
    PageKind("wanted", "wanted", "wanted.html", report.wanted_views),
    PageKind("not-found", "shell", "404.html", home.not_found_views),
    PageKind("robots", "shell", "robots.txt", sitemap.robots_views),
    PageKind("sitemap-month", "month", "sitemap.xml", sitemap.views),
    PageKind("sitemap-year", "year", "sitemap.xml", sitemap.views),
    PageKind("sitemap-undated", "undated", "sitemap.xml", sitemap.views),
    PageKind("sitemap-taxonomy", "taxonomy", "sitemap.xml", sitemap.taxonomy_views),
    PageKind("sitemap-index", "sitemaps", "sitemap_index.xml", sitemap.index_views),
)

# Subjects whose pages stand in every archive, also in an empty one.
STANDING: tuple[Subject, ...] = (
    Subject("site", ""),
    Subject("calendar", ""),
    Subject("undated", ""),
    Subject("quotes", ""),
    Subject("report", ""),
    Subject("wanted", ""),
    Subject("shell", ""),
    Subject("sitemaps", ""),
    *(Subject("taxonomy", taxonomy) for taxonomy in TAXONOMIES),
)


def kinds_of(subject: Subject) -> tuple[PageKind, ...]:
    """The page kinds that are made of a subject."""
    return _KINDS_BY_SUBJECT.get(subject.kind, ())


_KINDS_BY_SUBJECT: dict[str, tuple[PageKind, ...]] = {
    name: tuple(kind for kind in PAGE_KINDS if kind.subject == name)
    for name in dict.fromkeys(kind.subject for kind in PAGE_KINDS)
}
