"""Printed related titles and the articles of the archive they mean.

A printed list gives a title and nothing else. It resolves to the article whose headline it is:
exactly, or with case, accents and punctuation folded, or cut short ("… space-ground integrated
qua…"), or spelt a little differently, with a score. To resolve again only what an arriving
headline can change, titles meet in *blocks*: a few hashes of neighbouring words, of which two
printings of one headline share at least one. Blocks are a function of a title alone, so what
resolves never depends on the order of arrival. Titles run together are of `printed_runs`.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from newsgen.likeness import blocks_of, printed_key, score_of
from newsgen.model import Card, Record
from newsgen.printed_runs import PrintedRuns, is_run
from newsgen.text import title_key

_RUN = ""  # the key of titles run together, which are no title
# A title is not wanted where its only article is the one that prints it.
_WANTED = (
    f"links.printed != '{_RUN}' AND target IS NULL AND NOT EXISTS (SELECT 1 FROM matches "
    "WHERE matches.printed = links.printed AND matches.key IS NOT NULL)"
)
_card = msgspec.json.Decoder(Card)


Printed = tuple[int, str, str]  # line, title, section


class Match(NamedTuple):
    """The headline, by its key, that a printed title means, how sure that is, and by which rule."""

    key: str | None
    score: float | None
    rule: str | None


NO_MATCH = Match(None, None, None)


class RelatedLink(Record, frozen=True):
    """A printed related title with the card of the article it means, if the archive has it.

    `rule` says how: "exact", "normalised", "cut short", "fuzzy"; "run together" where the list has
    no marks between its titles; "itself" where a page's list of most-read stories names the very
    article it stands beside.
    """

    headline: str
    line: int
    section: str
    card: Card | None
    score: float | None
    rule: str | None


class Wanted(Record, frozen=True):
    """A printed title the archive lacks, and the articles that print it."""

    headline: str
    cards: tuple[Card, ...]


class Links:
    """The tables of headlines, printed titles and what they resolve to."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.runs = PrintedRuns(connection)
        self._any_printed = False

    def put(self, article_id: str, headline: str, printed: Sequence[Printed]) -> set[str]:
        """Take in an article's headline and printed titles; return the articles this touches."""
        touched = self._put_title(article_id, headline)
        return touched | self._put_printed(article_id, printed)

    def remove(self, article_id: str) -> set[str]:
        """Forget an article; return the articles this touches, itself if it printed titles."""
        touched = self._targets(article_id)
        if self._drop_printed(article_id):
            touched.add(article_id)
        return touched | self._put_title(article_id, None)

    def neighbours(self, article_id: str) -> set[str]:
        """The articles that show this one's card: those it resolves to, and the reverse."""
        if not self._are_printed():
            return set()
        rows = self.connection.execute("SELECT id FROM links WHERE target = ?", (article_id,))
        leading = {row[0] for row in rows} | self.runs.origins(article_id)
        return leading | self._targets(article_id)

    def related(self, article_id: str) -> tuple[RelatedLink, ...]:
        """An article's printed related titles in the order printed."""
        if not self._are_printed():
            return ()
        rows = self.connection.execute(
            "SELECT n, printed, headline, line, section, card, links.score, "
            "iif(target IS NULL AND matches.key IS NOT NULL, 'itself', links.rule) FROM links "
            "LEFT JOIN articles ON articles.id = target LEFT JOIN matches USING (printed) "
            "WHERE links.id = ? ORDER BY n",
            (article_id,),
        ).fetchall()
        found: list[RelatedLink] = []
        for n, printed, headline, line, section, card, score, rule in rows:
            if printed == _RUN:
                found += self._entries(article_id, n, (headline, line, section))
            else:
                shown = _card.decode(card) if card else None
                found.append(RelatedLink(headline, line, section, shown, score, rule))
        return tuple(found)

    def _entries(
        self, article_id: str, n: int, printed: tuple[str, int, str]
    ) -> Iterator[RelatedLink]:
        """Cut a run at the headlines that stand in it; what is between stays in one piece."""
        text, line, section = printed
        place = 0
        for stretch, target in [*self.runs.stretches(article_id, n), (None, None)]:
            between = text[place : stretch.start if stretch else None].strip()
            if between:
                yield RelatedLink(between, line, section, None, None, None)
            if stretch is None:
                return
            title = text[stretch.start : stretch.end]
            card = self._card_of(target) if target else None
            score = None if card is None else 1.0 if card.headline == title else 0.99
            rule = "run together" if card else "itself"
            yield RelatedLink(title, line, section, card, score, rule)
            place = stretch.end

    def _card_of(self, article_id: str) -> Card | None:
        row = self.connection.execute(
            "SELECT card FROM articles WHERE id = ?", (article_id,)
        ).fetchone()
        return _card.decode(row[0]) if row else None

    def backlinks(self, article_id: str) -> tuple[Card, ...]:
        """The articles that print this one's headline as related."""
        if not self._are_printed():
            return ()
        rows = self.connection.execute(
            "SELECT DISTINCT card FROM links JOIN articles ON articles.id = links.id "
            "WHERE target = ?",
            (article_id,),
        )
        found = [_card.decode(row[0]) for row in rows]
        found += filter(None, map(self._card_of, self.runs.origins(article_id)))
        cards = {card.id: card for card in found}.values()
        return tuple(sorted(cards, key=lambda card: (card.published or "~", card.permalink)))

    def wanted(self) -> tuple[Wanted, ...]:
        """The printed titles the archive lacks, most wanted first."""
        found: dict[str, list[tuple[str, Card]]] = {}
        for printed, headline, card in self.connection.execute(
            "SELECT printed, headline, card FROM links JOIN articles ON articles.id = links.id "
            f"WHERE {_WANTED} ORDER BY printed, links.id, n"
        ):
            found.setdefault(printed, []).append((headline, _card.decode(card)))
        titles = [_wanted(printings) for printings in found.values()]
        return tuple(sorted(titles, key=lambda title: (-len(title.cards), title.headline)))

    def count_wanted(self) -> int:
        """How many printed titles the archive lacks."""
        row = self.connection.execute(
            f"SELECT count(DISTINCT printed) FROM links WHERE {_WANTED}"
        ).fetchone()
        return int(row[0])

    def _targets(self, article_id: str) -> set[str]:
        rows = self.connection.execute(
            "SELECT target FROM links WHERE id = ? AND target IS NOT NULL", (article_id,)
        )
        return {row[0] for row in rows} | self.runs.targets(article_id)

    # Printed titles

    def _put_printed(self, article_id: str, titles: Sequence[Printed]) -> set[str]:
        if not titles and not self._are_printed():
            return set()
        was = self.connection.execute(
            "SELECT line, headline, section FROM links WHERE id = ? ORDER BY n", (article_id,)
        ).fetchall()
        if was == list(titles):
            return set()
        touched = self._targets(article_id) | {article_id}
        self._drop_printed(article_id)
        for n, (line, headline, section) in enumerate(titles):
            if is_run(headline):
                row = (article_id, n, line, headline, _RUN, section, None, None, None)
                self.connection.execute("INSERT INTO links VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
                self.runs.put(article_id, n, headline)
                continue
            printed = printed_key(headline)
            target = self._target(article_id, headline, self._match_of(printed))
            self.connection.execute(
                "INSERT INTO links VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (article_id, n, line, headline, printed, section, *target),
            )
        return touched | self._targets(article_id)

    def _drop_printed(self, article_id: str) -> bool:
        """Forget the titles an article printed; whether there were any."""
        rows = self.connection.execute("SELECT printed FROM links WHERE id = ?", (article_id,))
        keys = {row[0] for row in rows}
        self.connection.execute("DELETE FROM links WHERE id = ?", (article_id,))
        self.runs.drop(article_id)
        for printed in keys:
            left = self.connection.execute(
                "SELECT 1 FROM links WHERE printed = ? LIMIT 1", (printed,)
            ).fetchone()
            if left is None:
                self.connection.execute("DELETE FROM matches WHERE printed = ?", (printed,))
                self.connection.executemany(
                    "DELETE FROM printed_blocks WHERE block = ? AND printed = ?",
                    ((block, printed) for block in blocks_of(printed)),
                )
        return bool(keys)

    def _match_of(self, printed: str) -> Match:
        row = self.connection.execute(
            "SELECT key, score, rule FROM matches WHERE printed = ?", (printed,)
        ).fetchone()
        if row is not None:
            return Match(*row)
        match = self._find_match(printed)
        self.connection.execute("INSERT INTO matches VALUES (?, ?, ?, ?)", (printed, *match))
        self.connection.executemany(
            "INSERT INTO printed_blocks VALUES (?, ?)",
            ((block, printed) for block in blocks_of(printed)),
        )
        return match

    def _find_match(self, printed: str) -> Match:
        candidates = {
            row[0]
            for block in blocks_of(printed)
            for row in self.connection.execute(
                "SELECT key FROM title_blocks WHERE block = ?", (block,)
            )
        }
        matches = (Match(key, *scored) for key in candidates if (scored := score_of(printed, key)))
        return min(matches, key=_rank, default=NO_MATCH)

    def _target(
        self, origin: str, headline: str, match: Match
    ) -> tuple[str | None, float | None, str | None]:
        """Which article a printed title means, how surely and by which rule.

        Of several articles of one headline the one of the lowest id, so that arrival cannot matter.
        """
        row = self.connection.execute(
            "SELECT id, headline FROM titles WHERE key = ? AND id != ? ORDER BY id LIMIT 1",
            (match.key, origin),
        ).fetchone()
        if row is None:
            return None, None, None
        return (row[0], 1.0, "exact") if row[1] == headline else (row[0], match.score, match.rule)

    # Headlines

    def _put_title(self, article_id: str, headline: str | None) -> set[str]:
        """Replace an article's headline; resolve again the printed titles that may mean it."""
        row = self.connection.execute(
            "SELECT headline, key FROM titles WHERE id = ?", (article_id,)
        ).fetchone()
        if (row[0] if row else None) == headline:
            return set()
        touched: set[str] = set()
        if row is not None:
            leading = self._is_leading(row[1], article_id)
            self.connection.execute("DELETE FROM titles WHERE id = ?", (article_id,))
            touched |= self._lose(row[1]) if leading else set()
        if headline is not None:
            key = title_key(headline)
            self.connection.execute(
                "INSERT INTO titles VALUES (?, ?, ?)", (article_id, headline, key)
            )
            touched |= self._gain(key) if self._is_leading(key, article_id) else set()
        return touched

    def _are_printed(self) -> bool:
        """Whether any article prints titles: in an archive without, headlines need no looking up,
        which is half of what they cost."""
        if not self._any_printed:
            row = self.connection.execute("SELECT EXISTS (SELECT 1 FROM links)").fetchone()
            self._any_printed = bool(row[0])
        return self._any_printed

    def _is_leading(self, key: str, article_id: str) -> bool:
        """Whether links to a headline may mean this article: the first, or the second where the
        first is the one that prints it."""
        rows = self.connection.execute(
            "SELECT id FROM titles WHERE key = ? ORDER BY id LIMIT 2", (key,)
        )
        return article_id in {row[0] for row in rows}

    def _gain(self, key: str) -> set[str]:
        """Take a headline into the blocks if it is new; aim the links to it anew."""
        new = [(block, key) for block in blocks_of(key)]
        known = self.connection.execute(
            "SELECT 1 FROM titles WHERE key = ? LIMIT 1 OFFSET 1", (key,)
        ).fetchone()
        touched: set[str] = set()
        if known is None:
            touched = self.runs.gain(key)
            self.connection.executemany("INSERT INTO title_blocks VALUES (?, ?)", new)
        if not self._are_printed():
            return touched
        if known is None:
            for printed, old in self._printed_in([block for block, _ in new]):
                scored = score_of(printed, key)
                if scored and _rank(Match(key, *scored)) < _rank(old):
                    self._rematch(printed, Match(key, *scored))
        return touched | self.runs.around(key) | self._aim(key)

    def _lose(self, key: str) -> set[str]:
        """Take a headline out of the blocks if no article has it; aim the links to it anew."""
        printed = [
            row[0]
            for row in self.connection.execute("SELECT printed FROM matches WHERE key = ?", (key,))
        ]
        left = self.connection.execute(
            "SELECT 1 FROM titles WHERE key = ? LIMIT 1", (key,)
        ).fetchone()
        if left is not None:
            return self.runs.around(key) | self._aim(key)
        self.connection.executemany(
            "DELETE FROM title_blocks WHERE block = ? AND key = ?",
            ((block, key) for block in blocks_of(key)),
        )
        touched = self.runs.lose(key)
        for title in printed:
            match = self._find_match(title)
            self._rematch(title, match)
            touched |= self._aim_printed(title, match)
        return touched

    def _rematch(self, printed: str, match: Match) -> None:
        self.connection.execute(
            "UPDATE matches SET key = ?, score = ?, rule = ? WHERE printed = ?", (*match, printed)
        )

    def _printed_in(self, blocks: Iterable[str]) -> list[tuple[str, Match]]:
        rows = {
            row
            for block in blocks
            for row in self.connection.execute(
                "SELECT printed, key, score, rule FROM printed_blocks "
                "JOIN matches USING (printed) WHERE block = ?",
                (block,),
            )
        }
        return [(printed, Match(key, score, rule)) for printed, key, score, rule in rows]

    def _aim(self, key: str) -> set[str]:
        """Find again the article that each link to a headline means."""
        touched: set[str] = set()
        for printed, score, rule in self.connection.execute(
            "SELECT printed, score, rule FROM matches WHERE key = ?", (key,)
        ).fetchall():
            touched |= self._aim_printed(printed, Match(key, score, rule))
        return touched

    def _aim_printed(self, printed: str, match: Match) -> set[str]:
        touched: set[str] = set()
        for origin, n, headline, *was in self.connection.execute(
            "SELECT id, n, headline, target, score, rule FROM links WHERE printed = ?",
            (printed,),
        ).fetchall():
            now = self._target(origin, headline, match)
            if now != tuple(was):
                self.connection.execute(
                    "UPDATE links SET target = ?, score = ?, rule = ? WHERE id = ? AND n = ?",
                    (*now, origin, n),
                )
                touched |= {origin, *(target for target in (was[0], now[0]) if target)}
        return touched


def _rank(match: Match) -> tuple[float, str]:
    """Order matches best first; equal scores by key, so that arrival cannot matter."""
    return (-(match.score or 0), match.key or "\U0010ffff")


def _wanted(printed: list[tuple[str, Card]]) -> Wanted:
    names = Counter(headline for headline, _ in printed)
    cards = {card.id: card for _, card in printed}
    return Wanted(
        headline=min(names, key=lambda name: (-names[name], name)),
        cards=tuple(sorted(cards.values(), key=lambda c: (c.published or "~", c.permalink))),
    )
