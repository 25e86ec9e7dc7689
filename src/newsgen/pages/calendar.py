"""The archive by date: all years, a year, a month, a day, and what has no date."""

from collections.abc import Iterator

from newsgen.catalog import Catalog
from newsgen.model import Card, Record, Subject
from newsgen.pages.views import Count, Pager, paginated
from newsgen.site import Settings

UNDATED_PAGE = "calendar/undated.html"


class CalendarPage(Record, frozen=True):
    """All years with the months in each; `undated` counts articles without a date."""

    permalink: str
    years: tuple[Count, ...]
    months: tuple[Count, ...]
    undated: int


class PeriodPage(Record, frozen=True):
    """The articles of a year (those dated no closer), a month or a day, oldest first.

    `key` is "2025", "2025-11", "2025-11-05" or "undated"; `parts` counts the months of a year or
    the days of a month, `parent` leads up. Both parts and counts stand on page 1 only.
    """

    permalink: str
    key: str
    parent: str
    parts: tuple[Count, ...]
    pager: Pager
    cards: tuple[Card, ...]


def calendar_views(
    subject: Subject, catalog: Catalog, settings: Settings
) -> Iterator[CalendarPage]:
    """Make the front page of the calendar."""
    months = catalog.counts("month", "article")
    years: dict[str, int] = dict(catalog.counts("year", "article"))
    for month, count in months:
        years[month[:4]] = years.get(month[:4], 0) + count
    yield CalendarPage(
        permalink="calendar/index.html",
        years=_counts(sorted(years.items())),
        months=_counts(months),
        undated=catalog.count(Subject("undated", "")),
    )


def views(subject: Subject, catalog: Catalog, settings: Settings) -> Iterator[PeriodPage]:
    """Make the pages of a year, month, day or of the undated; none for an empty period."""
    cards = catalog.cards(subject)
    key = subject.key or "undated"
    parts: list[tuple[str, int]] = []
    if subject.kind == "year":
        parts = catalog.counts("month", "article", prefix=f"{key}-")
    elif subject.kind == "month":
        parts = catalog.counts("day", "article", prefix=f"{key}-")
    # The undated page always stands: every calendar links to it.
    if not cards and not parts and subject.kind != "undated":
        return
    for permalink, pager, shown in paginated(cards, permalink_of(key), settings.per_page):
        yield PeriodPage(
            permalink=permalink,
            key=key,
            parent=_parent_of(key),
            parts=_counts(parts) if pager.number == 1 else (),
            pager=pager,
            cards=shown,
        )


def permalink_of(key: str) -> str:
    """The page of a period: "2025", "2025-11", "2025-11-05" or "undated"."""
    match key.split("-"):
        case ["undated"]:
            return UNDATED_PAGE
        case [year]:
            return f"calendar/{year}/index.html"
        case parts:
            return f"calendar/{'/'.join(parts)}.html"


def _parent_of(key: str) -> str:
    head, dash, _ = key.rpartition("-")
    return permalink_of(head) if dash else "calendar/index.html"


def _counts(found: list[tuple[str, int]]) -> tuple[Count, ...]:
    return tuple(Count(key, permalink_of(key), count) for key, count in found)
