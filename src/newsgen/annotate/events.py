"""Events: the happenings that an English article names."""

from newsgen.language.script import language_of
from newsgen.model import Article
from newsgen.names.additions import again, with_names
from newsgen.names.events import find_events


def annotate(article: Article) -> Article:
    """Add the events among the names of an article; people, organisations and places stay."""
    if language_of(article) != "en":
        return article
    prose = [(one.span.start, one.span.end) for one in article.paragraphs]
    prose += [(line.span.start, line.span.end) for line in article.lines_of("caption")]
    found = find_events(article.text, prose)
    if not found:
        return article
    titles = article.lines_of("headline", "subheadline", "subheading")
    spans = [(line.span.start, line.span.end) for line in titles]
    return with_names(article, [*found, *again(article.text, spans, found)])
