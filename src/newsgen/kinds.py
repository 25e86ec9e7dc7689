"""Of which kind a name is across the archive: the usual one, where an article or two say otherwise.

An article tells by itself whether "Arsenal" is a place or an organisation, and at times it is
wrong. Entries keep what each article says. A kind that is much rarer than another of the same
name is *joined* to it: its articles stand on the page of the usual kind, and lead there.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator

import msgspec

from newsgen.entries import Entries
from newsgen.model import (
    TAXONOMY_OF_KIND,
    Article,
    Entity,
    EntityId,
    EntityKind,
    Mention,
    Quote,
    Subject,
)
from newsgen.subjects import Membership

# Kinds that an article guesses. An event or a work is only found where the words say that it is
# one: a film called after a person is no misread person, so neither is joined, nor joined to.
_GUESSED = ("people", "organisations", "places")
_TIMES = 4  # as many articles, at the least, has the usual kind
_KIND_OF_TAXONOMY: dict[str, EntityKind] = {name: kind for kind, name in TAXONOMY_OF_KIND.items()}
_membership = msgspec.json.Decoder(Membership)


class Kinds:
    """The terms that are joined to others. Its writing methods run inside a transaction."""

    def __init__(self, connection: sqlite3.Connection, entries: Entries) -> None:
        self.connection = connection
        self.entries = entries
        self._held: dict[str, str] | None = None

    def hold(self) -> None:
        """Keep the decisions in memory: whoever makes pages asks for each name of each article."""
        self._held = dict(self.connection.execute("SELECT rare, usual FROM joins").fetchall())

    def usual(self, term: str) -> str:
        """The term under which a term's articles stand: itself, or the one it is joined to."""
        if self._held is not None:
            return self._held.get(term, term)
        row = self.connection.execute("SELECT usual FROM joins WHERE rare = ?", (term,)).fetchone()
        return row[0] if row else term

    def keys(self, term: str) -> tuple[str, ...]:
        """The terms whose articles stand under a term: itself first, then those joined to it."""
        if self._held == {}:
            return (term,)
        rows = self.connection.execute("SELECT rare FROM joins WHERE usual = ? ORDER BY 1", (term,))
        return (term, *(row[0] for row in rows))

    def settle(self, terms: Iterable[str]) -> None:
        """Decide anew on the names of pending terms, and touch what shows a decision that changed.

        A decision depends on what articles say of the name, and on nothing decided before.
        """
        self._held = None
        for slug in sorted({slug for taxonomy, slug in map(_parts, terms) if taxonomy in _GUESSED}):
            self._settle(slug)
        self.entries.flush()
        # What changed under a joined term shows on the page of the usual one.
        self.connection.execute(
            "INSERT OR IGNORE INTO pending SELECT 'term', usual FROM pending "
            "JOIN joins ON kind = 'term' AND key = rare"
        )

    def _settle(self, slug: str) -> None:
        terms = [f"{taxonomy}/{slug}" for taxonomy in _GUESSED]
        was = dict(
            self.connection.execute(
                "SELECT rare, usual FROM joins WHERE rare IN (?, ?, ?)", terms
            ).fetchall()
        )
        now = dict(self._decided(terms))
        if now == was:
            return
        self.connection.execute("DELETE FROM joins WHERE rare IN (?, ?, ?)", terms)
        self.connection.executemany("INSERT INTO joins VALUES (?, ?)", now.items())
        self.entries.touch(*(Subject("term", term) for term in terms))
        for term in terms:
            if was.get(term) != now.get(term):
                self._touch_owners(term)

    def _decided(self, terms: list[str]) -> Iterator[tuple[str, str]]:
        counts = dict(
            self.connection.execute(
                "SELECT key, count(*) FROM entries WHERE subject = 'term' AND kind = 'article' "
                "AND key IN (?, ?, ?) GROUP BY key",
                terms,
            ).fetchall()
        )
        if len(counts) < 2:
            return
        most = max(counts.values())
        usual = [term for term in terms if counts.get(term) == most]
        for term, count in sorted(counts.items()):
            if len(usual) == 1 and most >= _TIMES * count and not self._is_stated(term):
                yield term, usual[0]

    def _is_stated(self, term: str) -> bool:
        """Whether front matter or the authority file gives the name this kind in any article."""
        rows = self.connection.execute(
            "SELECT payload FROM entries WHERE subject = 'term' AND key = ? AND kind = 'article'",
            (term,),
        )
        return any(_membership.decode(row[0]).stated for row in rows)

    def _touch_owners(self, term: str) -> None:
        """Touch the pages of a term's articles, and all that show the speakers of their quotes."""
        owners = self.connection.execute(
            "SELECT owner FROM entries WHERE subject = 'term' AND key = ? AND kind = 'article'",
            (term,),
        ).fetchall()
        for (owner,) in owners:
            shown = self.connection.execute(
                "SELECT DISTINCT subject, key FROM entries "
                "WHERE owner = ? AND subject IN ('term', 'quotes')",
                (owner,),
            )
            self.entries.touch(Subject("article", owner), *(Subject(*row) for row in shown))


def joined(article: Article, usual: Callable[[EntityId], EntityId]) -> Article:
    """The article with its names under the kinds that are usual in the archive."""
    speakers = (quote.speaker.entity for quote in article.quotes if quote.speaker)
    ids = {entity.id for entity in article.entities} | {id_ for id_ in speakers if id_}
    moved = {id_: kind for id_ in sorted(ids) if (kind := usual(id_)) != id_}
    if not moved:
        return article
    return msgspec.structs.replace(
        article,
        entities=_entities(article.entities, moved),
        mentions=tuple(
            Mention(mention.span, moved.get(mention.entity, mention.entity))
            for mention in article.mentions
        ),
        quotes=tuple(_quote(quote, moved) for quote in article.quotes),
    )


def _entities(entities: Iterable[Entity], moved: dict[EntityId, EntityId]) -> tuple[Entity, ...]:
    """The entities where they stand now; of two that became one, the first has the forms of both.

    It comes first that the article itself found under that kind.
    """
    found: dict[EntityId, Entity] = {}
    for entity in sorted(entities, key=lambda entity: entity.id in moved):
        term = moved.get(entity.id, entity.id)
        first = found.get(term)
        if first is None:
            kind = _KIND_OF_TAXONOMY[_parts(term)[0]]
            found[term] = msgspec.structs.replace(entity, id=term, kind=kind)
        else:
            forms = dict.fromkeys((*first.aliases, entity.name, *entity.aliases))
            forms.pop(first.name, None)
            found[term] = msgspec.structs.replace(first, aliases=tuple(forms))
    return tuple(found.values())


def _quote(quote: Quote, moved: dict[EntityId, EntityId]) -> Quote:
    speaker = quote.speaker
    if speaker is None or speaker.entity not in moved:
        return quote
    now = msgspec.structs.replace(speaker, entity=moved[speaker.entity])
    return msgspec.structs.replace(quote, speaker=now)


def _parts(term: str) -> tuple[str, str]:
    taxonomy, _, slug = term.partition("/")
    return taxonomy, slug
