"""All quotes of the archive, by month."""

from collections.abc import Iterator

from newsgen.catalog import Catalog
from newsgen.model import QuoteCard, Record, Subject
from newsgen.pages.views import Count, HeadingLink, Pager, heading_links, paginated
from newsgen.site import Settings

_SPEAKERS = 40


class QuotesIndexPage(Record, frozen=True):
    """The periods that have quotes, and who is quoted most among the people most in the news."""

    permalink: str
    count: int
    periods: tuple[Count, ...]
    speakers: tuple[HeadingLink, ...]


class QuotesPage(Record, frozen=True):
    """The quotes of one period ("2025-11", "2025" or "undated"), oldest first."""

    permalink: str
    key: str
    pager: Pager
    quotes: tuple[QuoteCard, ...]


def views(
    subject: Subject, catalog: Catalog, settings: Settings
) -> Iterator[QuotesIndexPage | QuotesPage]:
    """Make the index of quotes, or the pages of one period."""
    if subject.key == "":
        yield _index(catalog)
        return
    quotes = catalog.quotes(subject, "quote")
    if not quotes:
        return
    for permalink, pager, shown in paginated(quotes, permalink_of(subject.key), settings.per_page):
        yield QuotesPage(permalink, subject.key, pager, shown)


def _index(catalog: Catalog) -> QuotesIndexPage:
    periods = [
        Count(key, permalink_of(key), count) for key, count in catalog.counts("quotes", "quote")
    ]
    speakers = [h for h in catalog.largest("people", 10 * _SPEAKERS) if h.quotes]
    speakers.sort(key=lambda heading: (-heading.quotes, heading.slug))
    return QuotesIndexPage(
        permalink="quotes/index.html",
        count=sum(period.count for period in periods),
        periods=tuple(periods),
        speakers=heading_links(speakers[:_SPEAKERS]),
    )


def permalink_of(key: str) -> str:
    # "2025-11.html" would read as page 11 of 2025.
    return f"quotes/{key.replace('-', '/')}.html"
