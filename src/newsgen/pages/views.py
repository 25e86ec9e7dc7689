"""Records that several page kinds show."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from newsgen.headings import Heading
from newsgen.model import Record

T = TypeVar("T")


class Pager(Record, frozen=True):
    """Where a page stands among those of one list. Page 1 holds the oldest.

    `last` is known to page 1 alone: on every page it would rewrite them all when one is added.
    """

    number: int
    first: str
    previous: str | None
    next: str | None
    last: str | None


class HeadingLink(Record, frozen=True):
    """A tag, person, organisation or place with the page it leads to."""

    name: str
    permalink: str
    articles: int = 0
    quotes: int = 0


class Count(Record, frozen=True):
    """A page with how many articles, quotes or problems it holds. `key` is its date or code."""

    key: str
    permalink: str
    count: int


def heading_links(headings: Sequence[Heading]) -> tuple[HeadingLink, ...]:
    return tuple(HeadingLink(h.name, h.permalink, h.articles, h.quotes) for h in headings)


def paginated(
    items: Sequence[T], permalink: str, per_page: int
) -> Iterator[tuple[str, Pager, tuple[T, ...]]]:
    """Cut a list into pages: `x.html`, `x-2.html`, …; an empty list has one empty page."""
    pages = max(1, -(-len(items) // per_page))
    for number in range(1, pages + 1):
        pager = Pager(
            number=number,
            first=permalink,
            previous=numbered(permalink, number - 1) if number > 1 else None,
            next=numbered(permalink, number + 1) if number < pages else None,
            last=numbered(permalink, pages) if number == 1 and pages > 1 else None,
        )
        shown = tuple(items[(number - 1) * per_page : number * per_page])
        yield numbered(permalink, number), pager, shown


def numbered(permalink: str, number: int) -> str:
    """The path of page `number` of a list that begins at `permalink`."""
    return permalink if number == 1 else f"{permalink.removesuffix('.html')}-{number}.html"
