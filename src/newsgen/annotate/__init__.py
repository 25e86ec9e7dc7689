"""Article to article: what the text tells. ANNOTATORS is the table of contents, in order."""

from collections.abc import Callable

from newsgen.annotate import credits, dates, entities, language, quotes, reach, speakers, topics
from newsgen.entity_engine import EntityEngine
from newsgen.model import Article

Annotator = Callable[[Article], Article]

# The order matters: words are read by language; a dateline gives a date; speakers are among the
# entities; topics leave out what is a name.
ANNOTATORS: tuple[tuple[str, Annotator], ...] = (
    ("language", language.annotate),
    ("credits", credits.annotate),
    ("dates", dates.annotate),
    ("entities", entities.annotate),
    ("quotes", quotes.annotate),
    ("speakers", speakers.annotate),
    ("topics", topics.annotate),
)


def annotate(article: Article, engine: EntityEngine = EntityEngine()) -> Article:  # noqa: B008
    """Let every annotator add to an article what it finds, names by the engine given."""
    for _, add in ANNOTATORS:
        article = entities.annotate(article, engine) if add is entities.annotate else add(article)
    return reach.told(article, _language_read(article), engine)


def _language_read(article: Article) -> str:
    """The language in which the names of an article are read."""
    if article.language is None:
        return entities.reading_of(article).language
    return article.language.value.replace("_", "-").partition("-")[0].lower()
