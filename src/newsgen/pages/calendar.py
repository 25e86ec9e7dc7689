"""The archive by date: all years, a year, a month, a day, and what has no date."""

from collections.abc import Iterator, Mapping
from typing import Literal

from newsgen.catalog import Catalog
from newsgen.model import Card, Record, Subject
from newsgen.pages.views import Pager, paginated
from newsgen.site import Settings
from newsgen.text import MONTHS

UNDATED_PAGE = "calendar/undated.html"

PeriodKind = Literal["year", "month", "day", "undated"]
_KINDS: tuple[PeriodKind, ...] = ("year", "month", "day")  # by the dashes in a key


class Period(Record, frozen=True):
    """A month or day as it stands in a calendar: `label` is "Nov" or "5".

    A month without articles has no page, and thus no permalink.
    """

    key: str
    label: str
    permalink: str | None
    count: int


class CalendarYear(Record, frozen=True):
    """A year with all that is dated in it, and its twelve months."""

    key: str
    permalink: str
    count: int
    months: tuple[Period, ...]


class CalendarPage(Record, frozen=True):
    """All years that have articles, newest first; `undated` counts articles without a date."""

    permalink: str
    years: tuple[CalendarYear, ...]
    undated: int


class PeriodPage(Record, frozen=True):
    """The articles of a year (those dated no closer), a month or a day, oldest first.

    `key` is "2025", "2025-11", "2025-11-05" or "undated"; `parent` leads up, to the period
    `parent_key` or, without one, to the calendar. `parts` are the twelve months of a year, or the
    days of a month that have articles; they stand on page 1 only.
    """

    permalink: str
    kind: PeriodKind
    key: str
    parent: str
    parent_key: str | None
    parts: tuple[Period, ...]
    pager: Pager
    cards: tuple[Card, ...]


def calendar_views(
    subject: Subject, catalog: Catalog, settings: Settings
) -> Iterator[CalendarPage]:
    """Make the front page of the calendar."""
    months = dict(catalog.counts("month", "article"))
    years: dict[str, int] = dict(catalog.counts("year", "article"))
    for month, count in months.items():
        years[month[:4]] = years.get(month[:4], 0) + count
    yield CalendarPage(
        permalink="calendar/index.html",
        years=tuple(
            CalendarYear(year, permalink_of(year), count, _months(year, months))
            for year, count in sorted(years.items(), reverse=True)
        ),
        undated=catalog.count(Subject("undated", "")),
    )


def views(subject: Subject, catalog: Catalog, settings: Settings) -> Iterator[PeriodPage]:
    """Make the pages of a year, month, day or of the undated; none for an empty period."""
    cards = catalog.cards(subject)
    key = subject.key or "undated"
    kind = _KINDS[key.count("-")] if subject.key else "undated"
    parts: tuple[Period, ...] = ()
    if kind == "year":
        months = catalog.counts("month", "article", prefix=f"{key}-")
        parts = _months(key, dict(months)) if months else ()
    elif kind == "month":
        days = catalog.counts("day", "article", prefix=f"{key}-")
        parts = tuple(Period(d, str(int(d[8:])), permalink_of(d), count) for d, count in days)
    # The undated page always stands: every calendar links to it.
    if not cards and not parts and kind != "undated":
        return
    parent_key = key.rpartition("-")[0] or None
    for permalink, pager, shown in paginated(cards, permalink_of(key), settings.per_page):
        yield PeriodPage(
            permalink=permalink,
            kind=kind,
            key=key,
            parent=permalink_of(parent_key) if parent_key else "calendar/index.html",
            parent_key=parent_key,
            parts=parts if pager.number == 1 else (),
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


def _months(year: str, counts: Mapping[str, int]) -> tuple[Period, ...]:
    """The twelve months of a year."""
    keys = {f"{year}-{number}": name for number, name in MONTHS.items()}
    return tuple(
        Period(key, name[:3], permalink_of(key) if key in counts else None, counts.get(key, 0))
        for key, name in keys.items()
    )
