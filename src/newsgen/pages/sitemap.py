"""Sitemaps (sitemaps.org 0.9): one for each period's articles, one for each taxonomy, one index."""

from collections.abc import Iterator

from newsgen.catalog import Catalog
from newsgen.model import TAXONOMIES, Record, Subject
from newsgen.site import Settings

_LARGEST = 50_000  # addresses in one sitemap: the standard's limit


class SitemapPage(Record, frozen=True):
    """The absolute addresses of some pages."""

    permalink: str
    addresses: tuple[str, ...]


class SitemapIndexPage(Record, frozen=True):
    """The absolute addresses of all sitemaps."""

    permalink: str
    addresses: tuple[str, ...]


class RobotsPage(Record, frozen=True):
    """Where crawlers find the sitemap."""

    permalink: str
    sitemap: str | None


def views(subject: Subject, catalog: Catalog, settings: Settings) -> Iterator[SitemapPage]:
    """Make the sitemaps of one period's articles; none without a base_url."""
    if settings.base_url:
        permalinks = [card.permalink for card in catalog.cards(subject)]
        yield from _cut(_name(subject), permalinks, settings)


def taxonomy_views(subject: Subject, catalog: Catalog, settings: Settings) -> Iterator[SitemapPage]:
    """Make the sitemaps of one taxonomy's pages; none without a base_url."""
    if settings.base_url:
        permalinks = [heading.permalink for heading in catalog.headings(subject.key)]
        yield from _cut(_name(subject), permalinks, settings)


def index_views(
    subject: Subject, catalog: Catalog, settings: Settings
) -> Iterator[SitemapIndexPage]:
    """Make the index of the sitemaps; none without a base_url."""
    if not settings.base_url:
        return
    sizes = [
        (Subject(kind, key), count)
        for kind in ("month", "year", "undated")
        for key, count in catalog.counts(kind, "article")
    ]
    sizes += [
        (Subject("taxonomy", taxonomy), sum(count for _, count in catalog.initials(taxonomy)))
        for taxonomy in TAXONOMIES
    ]
    yield SitemapIndexPage(
        permalink="sitemap.xml",
        addresses=tuple(
            settings.base_url + _permalink(_name(subject), number)
            for subject, size in sizes
            for number in range(1, -(-size // _LARGEST) + 1)
        ),
    )


def robots_views(subject: Subject, catalog: Catalog, settings: Settings) -> Iterator[RobotsPage]:
    """Make robots.txt."""
    yield RobotsPage("robots.txt", settings.base_url + "sitemap.xml" if settings.base_url else None)


def _cut(name: str, permalinks: list[str], settings: Settings) -> Iterator[SitemapPage]:
    for start in range(0, len(permalinks), _LARGEST):
        yield SitemapPage(
            permalink=_permalink(name, start // _LARGEST + 1),
            addresses=tuple(settings.base_url + p for p in permalinks[start : start + _LARGEST]),
        )


def _name(subject: Subject) -> str:
    return subject.key or subject.kind


def _permalink(name: str, number: int) -> str:
    return f"sitemaps/{name}.xml" if number == 1 else f"sitemaps/{name}_{number}.xml"
