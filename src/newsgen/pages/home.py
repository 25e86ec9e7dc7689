"""What this archive is, and its newest articles."""

from collections.abc import Iterator

from newsgen.catalog import Catalog
from newsgen.model import TAXONOMY_OF_KIND, Card, Record, Subject
from newsgen.pages.calendar import permalink_of
from newsgen.pages.views import Count, HeadingLink, heading_links
from newsgen.site import Settings

_NEWEST = 20
_LARGEST = 12


class HomePage(Record, frozen=True):
    """The front page: counts, time span, newest articles, who and what is most in the news."""

    permalink: str
    articles: int
    quotes: int
    attributed: int
    headings: tuple[Count, ...]
    first: str | None
    last: str | None
    years: tuple[Count, ...]
    undated: int
    newest: tuple[Card, ...]
    people: tuple[HeadingLink, ...]
    organisations: tuple[HeadingLink, ...]
    places: tuple[HeadingLink, ...]
    events: tuple[HeadingLink, ...]
    works: tuple[HeadingLink, ...]
    tags: tuple[HeadingLink, ...]


class NotFoundPage(Record, frozen=True):
    """What a server shows for a path that is not there; its links cannot be relative."""

    permalink: str
    base: str


def views(subject: Subject, catalog: Catalog, settings: Settings) -> Iterator[HomePage]:
    """Make the home page; an empty archive has one too."""
    totals = catalog.totals()
    newest = catalog.newest(subject, _NEWEST)
    cards = newest or catalog.cards(subject, most=_NEWEST)
    dates = catalog.date_span()
    years: dict[str, int] = dict(catalog.counts("year", "article"))
    for month, count in catalog.counts("month", "article"):
        years[month[:4]] = years.get(month[:4], 0) + count
    yield HomePage(
        permalink="index.html",
        articles=totals["articles"],
        quotes=totals["quotes"],
        attributed=totals["attributed"],
        headings=tuple(
            Count(taxonomy, f"{taxonomy}/index.html", totals[taxonomy])
            for taxonomy in (*TAXONOMY_OF_KIND.values(), "tags")
            if totals[taxonomy]
        ),
        first=dates[0] if dates else None,
        last=dates[1] if dates else None,
        years=tuple(Count(year, permalink_of(year), n) for year, n in sorted(years.items())),
        undated=catalog.count(Subject("undated", "")),
        newest=tuple(cards),
        people=heading_links(catalog.largest("people", _LARGEST)),
        organisations=heading_links(catalog.largest("organisations", _LARGEST)),
        places=heading_links(catalog.largest("places", _LARGEST)),
        events=heading_links(catalog.largest("events", _LARGEST)),
        works=heading_links(catalog.largest("works", _LARGEST)),
        tags=heading_links(catalog.largest("tags", _LARGEST)),
    )


def not_found_views(
    subject: Subject, catalog: Catalog, settings: Settings
) -> Iterator[NotFoundPage]:
    """Make the page for paths that are not there."""
    yield NotFoundPage("404.html", settings.base_url or "/")
