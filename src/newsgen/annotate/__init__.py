"""Article to article: what the text tells. ANNOTATORS is the table of contents, in order."""

from collections.abc import Callable
from typing import NamedTuple

from newsgen.annotate import (
    credits,
    dates,
    entities,
    events,
    language,
    quotes,
    reach,
    speakers,
    topics,
    works,
)
from newsgen.entity_engine import EntityEngine
from newsgen.model import Article

Step = Callable[[Article], Article]


class Annotator(NamedTuple):
    """What finds one thing: in the text of an article, and in what its source states alone."""

    name: str
    annotate: Step
    state: Step | None = None


# The order matters: words are read by language; a dateline gives a date; speakers are among the
# entities; a title is a work only if nobody speaks it, and events and works never take a name from
# anybody; topics leave out what is a name.
ANNOTATORS: tuple[Annotator, ...] = (
    Annotator("language", language.annotate, language.state),
    Annotator("credits", credits.annotate, credits.state),
    Annotator("dates", dates.annotate, dates.state),
    Annotator("entities", entities.annotate, entities.state),
    Annotator("quotes", quotes.annotate),
    Annotator("speakers", speakers.annotate),
    Annotator("events", events.annotate),
    Annotator("works", works.annotate),
    Annotator("topics", topics.annotate, topics.state),
)


def annotate(article: Article, engine: EntityEngine = EntityEngine()) -> Article:  # noqa: B008
    """Let every annotator add to an article what it finds, names by the engine given."""
    for _, add, _ in ANNOTATORS:
        article = entities.annotate(article, engine) if add is entities.annotate else add(article)
    return reach.told(article, _language_read(article), engine)


def state(article: Article) -> Article:
    """Let an article have what its source states of itself; nothing is read out of its text."""
    for annotator in ANNOTATORS:
        if annotator.state:
            article = annotator.state(article)
    return article


def _language_read(article: Article) -> str:
    """The language in which the names of an article are read."""
    if article.language is None:
        return entities.reading_of(article).language
    return article.language.value.replace("_", "-").partition("-")[0].lower()
