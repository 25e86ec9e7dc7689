"""Articles and readings from a few lines, without a reader or an annotator."""

import re
import weakref

import msgspec

from newsgen.catalog import Catalog
from newsgen.digest import digest, sha256, short_id
from newsgen.filing import Reading, filed
from newsgen.model import (
    Article,
    Entity,
    Inferred,
    Line,
    Mention,
    Paragraph,
    Problem,
    Quote,
    RelatedTitle,
    Source,
    Span,
    Speaker,
    Term,
)
from newsgen.text import headline_slug, slug_of


def plain_article(headline, *paragraphs, related=(), published=None, path=None, **more):
    """An article as a reader makes it; `more` are fields of Article, or `id`, `record`."""
    path = path or f"articles/{headline_slug(headline)}.txt"
    record = more.pop("record", None)
    article_id = more.pop("id", None) or short_id(path if record is None else f"{path}#{record}")
    texts = [("headline", headline), *(("paragraph", words) for words in paragraphs)]
    if related:
        texts += [("section", "Related Stories"), *(("related", title) for title in related)]
    text = "\n".join(words for _, words in texts)
    lines, start = [], 0
    for number, (role, words) in enumerate(texts, 1):
        lines.append(Line(number, role, Span(start, start + len(words))))
        start += len(words) + 1
    body = [line for line in lines if line.role == "paragraph"]
    source = Source(path, "text", sha256(text.encode()), len(text.encode()), "utf-8", record=record)
    return Article(
        id=article_id,
        permalink=f"articles/{headline_slug(headline)}-{article_id}.html",
        source=source,
        text=text,
        lines=tuple(lines),
        paragraphs=tuple(Paragraph(n, line.number, line.span) for n, line in enumerate(body, 1)),
        headline=headline,
        related=tuple(
            RelatedTitle(title, len(lines) - len(related) + n, "Related Stories")
            for n, title in enumerate(related, 1)
        ),
        published=Inferred(published, "front matter") if published else None,
        **more,
    )


def naming(article, *names, kind="person", taxonomy="people"):
    """The article with these names as entities, mentioned wherever they stand in the text."""
    entities = tuple(Entity(f"{taxonomy}/{slug_of(name)}", name, kind) for name in names)
    mentions = [
        Mention(Span(*match.span()), entity.id)
        for entity in entities
        for match in re.finditer(re.escape(entity.name), article.text)
    ]
    return msgspec.structs.replace(
        article,
        entities=(*article.entities, *entities),
        mentions=tuple(sorted((*article.mentions, *mentions), key=lambda m: m.span)),
    )


def quoting(article, words, speaker=None, entity=None, kind="direct"):
    """The article with these words of its text as one more quote."""
    start = article.text.index(words)
    quote = Quote(
        Span(start, start + len(words)),
        kind,
        "marks",
        Speaker(speaker, entity) if speaker else None,
    )
    return msgspec.structs.replace(article, quotes=(*article.quotes, quote))


def tagged(article, *names, proposed=False):
    """The article under these tags."""
    terms = tuple(Term("tags", slug_of(name), name, "given", proposed=proposed) for name in names)
    return msgspec.structs.replace(article, terms=(*article.terms, *terms))


def odd(article, code, line=None):
    """The article with one more problem."""
    problem = Problem(code, article.source.path, f"something is odd: {code}", line)
    return msgspec.structs.replace(article, problems=(*article.problems, problem))


def reading_of(*articles, path=None, failure=None):
    """What reading one source gave: articles that share a path, or a failure."""
    path = path or articles[0].source.path
    stamp = digest(*(article.text for article in articles))
    made = tuple(filed(article, article) for article in articles)
    return Reading(path, 100, 1, stamp, "code", made, failure)


def empty_catalog(tag_minimum=2):
    """A catalog in memory, which closes when nothing holds it or its links any more."""
    catalog = Catalog.open(tag_minimum=tag_minimum)
    weakref.finalize(catalog.links, catalog.connection.close)
    return catalog


def catalog_of(*articles, tag_minimum=2):
    """A catalog in memory with these articles, each from a source of its own."""
    catalog = empty_catalog(tag_minimum)
    catalog.apply(reading_of(article) for article in articles)
    catalog.derive()
    return catalog


def pending_of(catalog):
    """The pending subjects as (kind, key); strikes them off."""
    rows = {tuple(row) for row in catalog.connection.execute("SELECT kind, key FROM pending")}
    catalog.connection.execute("DELETE FROM pending")
    return rows
