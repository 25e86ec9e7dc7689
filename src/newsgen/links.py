"""Printed related titles and the articles of the archive they mean.

A printed list gives a title and nothing else. It resolves to the article whose headline it is:
exactly, or with case, accents and punctuation folded, or cut short ("… space-ground integrated
qua…"), or spelt a little differently, with a score. To resolve again only what an arriving
headline can change, titles meet in *blocks*: a few hashes of neighbouring words, of which two
printings of one headline share at least one. Blocks are a function of a title alone, so what
resolves never depends on the order of arrival.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import msgspec
from rapidfuzz import fuzz

from newsgen.digest import digest
from newsgen.model import Article, Card, Record
from newsgen.text import title_key

LEAST_SCORE = 0.9  # below, two titles are two stories more often than two spellings
_LEAST_CUT = 20  # characters of a title cut short: fewer could open many headlines
_ELLIPSES = ("…", "...", "..")
# Words a sub-editor drops or adds without making another headline of it.
_LIGHT_WORDS = frozenset(
    ["a", "an", "and", "at", "for", "in", "of", "on", "s", "the", "to", "with"]
)
_card = msgspec.json.Decoder(Card)


class Match(NamedTuple):
    """The article a printed title means, how sure that is (0 to 1), and by which rule."""

    target: str | None
    score: float | None
    rule: str | None


class RelatedLink(Record, frozen=True):
    """A printed related title with the card of the article it means, if the archive has it."""

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

    def put(self, article: Article) -> set[str]:
        """Take in an article's headline and printed titles; return the articles this touches."""
        return self._title(article.id, article.headline) | self._printed(article)

    def remove(self, article_id: str) -> set[str]:
        """Forget an article; return the articles this touches."""
        targets = self._targets(article_id)
        for table in ("links", "link_blocks"):
            self.connection.execute(f"DELETE FROM {table} WHERE id = ?", (article_id,))
        return targets | self._title(article_id, None)

    def neighbours(self, article_id: str) -> set[str]:
        """The articles that show this one's card: those it resolves to, and the reverse."""
        rows = self.connection.execute("SELECT id FROM links WHERE target = ?", (article_id,))
        return {row[0] for row in rows} | self._targets(article_id)

    def related(self, article_id: str) -> tuple[RelatedLink, ...]:
        """An article's printed related titles in the order printed."""
        rows = self.connection.execute(
            "SELECT headline, line, section, card, score, rule FROM links "
            "LEFT JOIN articles ON articles.id = target WHERE links.id = ? ORDER BY line",
            (article_id,),
        )
        return tuple(
            RelatedLink(headline, line, section, _card.decode(c) if c else None, score, rule)
            for headline, line, section, c, score, rule in rows
        )

    def backlinks(self, article_id: str) -> tuple[Card, ...]:
        """The articles that print this one's headline as related."""
        rows = self.connection.execute(
            "SELECT DISTINCT card FROM links JOIN articles ON articles.id = links.id "
            "WHERE target = ?",
            (article_id,),
        )
        cards = [_card.decode(row[0]) for row in rows]
        return tuple(sorted(cards, key=lambda card: (card.published or "~", card.permalink)))

    def wanted(self) -> tuple[Wanted, ...]:
        """The printed titles the archive lacks, most wanted first."""
        found: dict[str, list[tuple[str, Card]]] = {}
        for key, headline, card in self.connection.execute(
            "SELECT key, headline, card FROM links JOIN articles ON articles.id = links.id "
            "WHERE target IS NULL ORDER BY key, links.id, line"
        ):
            found.setdefault(key, []).append((headline, _card.decode(card)))
        titles = [_wanted(printed) for printed in found.values()]
        return tuple(sorted(titles, key=lambda title: (-len(title.cards), title.headline)))

    def count_wanted(self) -> int:
        """How many printed titles the archive lacks."""
        row = self.connection.execute(
            "SELECT count(DISTINCT key) FROM links WHERE target IS NULL"
        ).fetchone()
        return int(row[0])

    def _targets(self, article_id: str) -> set[str]:
        rows = self.connection.execute(
            "SELECT target FROM links WHERE id = ? AND target IS NOT NULL", (article_id,)
        )
        return {row[0] for row in rows}

    def _printed(self, article: Article) -> set[str]:
        was = self.connection.execute(
            "SELECT line, headline, section FROM links WHERE id = ? ORDER BY line", (article.id,)
        ).fetchall()
        # A line of a flattened page may hold several titles; one title a line is kept apart.
        now = [(title.line, title.headline, title.section) for title in article.related]
        if was == now:
            return set()
        touched = self._targets(article.id) | {article.id}
        for table in ("links", "link_blocks"):
            self.connection.execute(f"DELETE FROM {table} WHERE id = ?", (article.id,))
        for line, headline, section in now:
            match = self._resolve(article.id, headline)
            self.connection.execute(
                "INSERT OR REPLACE INTO links VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (article.id, line, headline, title_key(headline), section, *match),
            )
            self.connection.executemany(
                "INSERT OR IGNORE INTO link_blocks VALUES (?, ?, ?)",
                ((block, article.id, line) for block in blocks_of(headline)),
            )
            touched |= {match.target} if match.target else set()
        return touched

    def _title(self, article_id: str, headline: str | None) -> set[str]:
        """Replace an article's headline; resolve again the printed titles that may mean it."""
        row = self.connection.execute(
            "SELECT headline FROM titles WHERE id = ?", (article_id,)
        ).fetchone()
        old = row[0] if row else None
        if old == headline:
            return set()
        blocks = {block for title in (old, headline) if title for block in blocks_of(title)}
        for table in ("titles", "title_blocks"):
            self.connection.execute(f"DELETE FROM {table} WHERE id = ?", (article_id,))
        if headline is not None:
            self.connection.execute("INSERT INTO titles VALUES (?, ?)", (article_id, headline))
            self.connection.executemany(
                "INSERT INTO title_blocks VALUES (?, ?)",
                ((block, article_id) for block in blocks_of(headline)),
            )
        return self._resolve_again(article_id, headline, blocks)

    def _resolve_again(
        self, article_id: str, headline: str | None, blocks: Iterable[str]
    ) -> set[str]:
        touched: set[str] = set()
        for origin, line, printed, target, score, rule in self._printed_in(blocks):
            may_gain = headline is not None and score_of(printed, headline) is not None
            if target != article_id and not may_gain:
                continue
            match = self._resolve(origin, printed)
            if match != (target, score, rule):
                self.connection.execute(
                    "UPDATE links SET target = ?, score = ?, rule = ? WHERE id = ? AND line = ?",
                    (*match, origin, line),
                )
                touched |= {origin, *(t for t in (target, match.target) if t)}
        return touched

    def _printed_in(
        self, blocks: Iterable[str]
    ) -> list[tuple[str, int, str, str | None, float | None, str | None]]:
        found = {}
        for block in sorted(blocks):
            for row in self.connection.execute(
                "SELECT l.id, l.line, headline, target, score, rule FROM link_blocks b "
                "JOIN links l ON l.id = b.id AND l.line = b.line WHERE block = ?",
                (block,),
            ):
                found[row[:2]] = row
        return [found[place] for place in sorted(found)]

    def _resolve(self, origin: str, printed: str) -> Match:
        best = Match(None, None, None)
        for article_id, headline in self._titles_in(blocks_of(printed)):
            if article_id == origin:
                continue
            scored = score_of(printed, headline)
            # Of several equally good headlines the lowest id, so that arrival does not matter.
            if scored and (best.score is None or scored[0] > best.score):
                best = Match(article_id, *scored)
        return best

    def _titles_in(self, blocks: Iterable[str]) -> Iterator[tuple[str, str]]:
        found = {}
        for block in blocks:
            for article_id, headline in self.connection.execute(
                "SELECT id, headline FROM title_blocks JOIN titles USING (id) WHERE block = ?",
                (block,),
            ):
                found[article_id] = headline
        yield from sorted(found.items())


def score_of(printed: str, headline: str) -> tuple[float, str] | None:
    """Say how surely a printed title means a headline, and by which rule; None: it does not."""
    if printed == headline:
        return 1.0, "exact"
    key, other = title_key(printed), title_key(headline)
    if key == other:
        return 0.99, "normalised"
    if printed.rstrip().endswith(_ELLIPSES):
        cut = len(key) >= _LEAST_CUT and other.startswith(key)
        return (0.95, "cut short") if cut else None
    score = round(fuzz.ratio(key, other) / 100, 3)
    if score >= LEAST_SCORE and _differ_in_spelling_only(key.split(), other.split()):
        return min(score, 0.98), "fuzzy"
    return None


def _differ_in_spelling_only(words: list[str], others: list[str]) -> bool:
    """Whether each word that only one title has is a light word or a variant of one in the other.

    A ratio alone takes "China urges Japan to stop …" and "China urges US to stop …" for one.
    """
    left = list((Counter(words) - Counter(others)).elements())
    right = list((Counter(others) - Counter(words)).elements())
    for word in left:
        twin = next((other for other in right if _is_variant(word, other)), None)
        if twin is not None:
            right.remove(twin)
        elif word not in _LIGHT_WORDS:
            return False
    return all(word in _LIGHT_WORDS for word in right)


def _is_variant(word: str, other: str) -> bool:
    # Numbers tell stories of a series apart ("16th", "17th"): they never vary.
    if any(char.isdigit() for char in word + other):
        return False
    return fuzz.ratio(word, other) >= 75


def blocks_of(title: str) -> tuple[str, ...]:
    """The hashes under which a title meets others: its opening, and four of its neighbour pairs."""
    words = title_key(title).split()
    if title.rstrip().endswith(_ELLIPSES) and len(words) > 1:
        words = words[:-1]  # the last word may be half a word
    if len(words) < 3:  # scripts without spaces between words
        words = list("".join(words))
    if not words:
        return ()
    pairs = {digest(first, second)[:12] for first, second in pairwise(words)}
    opening = digest("^", *words[:3])[:12]
    return (opening, *sorted(pairs - {opening})[:4])


def _wanted(printed: list[tuple[str, Card]]) -> Wanted:
    names = Counter(headline for headline, _ in printed)
    cards = {card.id: card for _, card in printed}
    return Wanted(
        headline=min(names, key=lambda name: (-names[name], name)),
        cards=tuple(sorted(cards.values(), key=lambda c: (c.published or "~", c.permalink))),
    )
