"""The newest dated articles as an Atom feed (RFC 4287)."""

from collections.abc import Iterator
from urllib.parse import quote

from newsgen.catalog import Catalog
from newsgen.model import Card, Record, Subject
from newsgen.site import Settings
from newsgen.subjects import date_parts


class FeedEntry(Record, frozen=True):
    """An article in a feed; `updated` is its date as RFC 3339 wants it, midnight UTC."""

    card: Card
    updated: str
    href: str


class FeedPage(Record, frozen=True):
    """A feed. Undated articles are not in it: Atom demands a date, and none is invented."""

    permalink: str
    id: str
    updated: str
    home: str
    entries: tuple[FeedEntry, ...]


def views(subject: Subject, catalog: Catalog, settings: Settings) -> Iterator[FeedPage]:
    """Make the feed of the newest articles known to the day."""
    cards = catalog.newest(subject, settings.feed_items, to_the_day=True)
    entries = [
        FeedEntry(
            card, f"{'-'.join(date_parts(card.published))}T00:00:00Z", address(card, settings)
        )
        for card in cards
    ]
    yield FeedPage(
        permalink="feed.xml",
        id=settings.base_url or f"urn:newsgen:{quote(settings.title)}",
        updated=entries[0].updated if entries else "1970-01-01T00:00:00Z",
        home=settings.base_url or "index.html",
        entries=tuple(entries),
    )


def address(card: Card, settings: Settings) -> str:
    """The address of an article: absolute where the archive's own is known."""
    return settings.base_url + card.permalink
