"""A to Z of all tags, people, organisations, places, events or works."""

from collections.abc import Iterator

from newsgen.catalog import Catalog
from newsgen.model import Record, Subject
from newsgen.pages.views import Count, HeadingLink, Pager, heading_links, paginated
from newsgen.site import Settings

_LARGEST = 60  # headings in the list of the most frequent


class TaxonomyPage(Record, frozen=True):
    """The front of an A to Z: its initials, and the headings with the most articles."""

    permalink: str
    taxonomy: str
    count: int
    initials: tuple[Count, ...]
    largest: tuple[HeadingLink, ...]


class LetterPage(Record, frozen=True):
    """All headings under one initial: "a" to "z", "0-9" or "other"."""

    permalink: str
    taxonomy: str
    initial: str
    pager: Pager
    headings: tuple[HeadingLink, ...]


def views(subject: Subject, catalog: Catalog, settings: Settings) -> Iterator[TaxonomyPage]:
    """Make the front page of a taxonomy; it stands even when empty, so that links to it hold."""
    initials = catalog.initials(subject.key)
    yield TaxonomyPage(
        permalink=f"{subject.key}/index.html",
        taxonomy=subject.key,
        count=sum(count for _, count in initials),
        initials=tuple(
            Count(initial, letter_permalink(subject.key, initial), count)
            for initial, count in initials
        ),
        largest=heading_links(catalog.largest(subject.key, _LARGEST)),
    )


def letter_views(subject: Subject, catalog: Catalog, settings: Settings) -> Iterator[LetterPage]:
    """Make the pages of one initial; none if no heading stands under it."""
    taxonomy, _, initial = subject.key.partition("/")
    headings = heading_links(catalog.headings(taxonomy, initial))
    if not headings:
        return
    first = letter_permalink(taxonomy, initial)
    for permalink, pager, shown in paginated(headings, first, 5 * settings.per_page):
        yield LetterPage(permalink, taxonomy, initial, pager, shown)


def letter_permalink(taxonomy: str, initial: str) -> str:
    # "0-9" would read as page 9 of a list "0".
    return f"{taxonomy}/index-{'digits' if initial == '0-9' else initial}.html"
