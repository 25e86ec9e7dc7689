"""All articles of one tag, person, organisation, place, event or work, with its quotes."""

from collections.abc import Iterator

from newsgen.catalog import Catalog
from newsgen.model import Card, QuoteCard, Record, Subject
from newsgen.pages.views import Pager, paginated
from newsgen.site import Settings
from newsgen.topic_rules import page_of


class TermPage(Record, frozen=True):
    """One page of a term's articles, and the quotes in these. Number 1 holds the oldest.

    `forms` are the names as printed; counts and dates are of all pages, on page 1 only. `iptc` is
    the Media Topic that a tag stands for, and `same_as` the address of its definition. `joined`
    counts the articles that by themselves find another kind of thing in the name.
    """

    permalink: str
    taxonomy: str
    name: str
    forms: tuple[str, ...]
    articles: int | None
    quotes: int | None
    first: str | None
    last: str | None
    pager: Pager
    cards: tuple[Card, ...]
    quotes_by: tuple[QuoteCard, ...]
    quotes_about: tuple[QuoteCard, ...]
    iptc: str | None = None
    same_as: str | None = None
    joined: int = 0


def views(subject: Subject, catalog: Catalog, settings: Settings) -> Iterator[TermPage]:
    """Make the pages of a term; none if no article stands under it."""
    taxonomy, _, slug = subject.key.partition("/")
    heading = catalog.heading(taxonomy, slug)
    if heading is None:
        return
    cards = catalog.cards(subject)
    by = _by_article(catalog.quotes(subject, "by"))
    about = _by_article(catalog.quotes(subject, "about"))
    for permalink, pager, shown in paginated(cards, heading.permalink, settings.per_page):
        front = pager.number == 1
        yield TermPage(
            permalink=permalink,
            taxonomy=taxonomy,
            name=heading.name,
            forms=heading.forms if front else (),
            articles=heading.articles if front else None,
            quotes=heading.quotes if front else None,
            first=heading.first if front else None,
            last=heading.last if front else None,
            pager=pager,
            cards=shown,
            quotes_by=tuple(quote for card in shown for quote in by.get(card.id, ())),
            quotes_about=tuple(quote for card in shown for quote in about.get(card.id, ())),
            iptc=heading.iptc,
            same_as=page_of(heading.iptc) if heading.iptc else None,
            joined=heading.joined if front else 0,
        )


def _by_article(quotes: list[QuoteCard]) -> dict[str, list[QuoteCard]]:
    found: dict[str, list[QuoteCard]] = {}
    for quote in quotes:
        found.setdefault(quote.card.id, []).append(quote)
    return found
