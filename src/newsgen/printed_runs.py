"""Printed lists that run their titles together, and the headlines of the archive in them.

Pages that lost the marks between the entries of a list leave a *run*: longer than any headline, and
no title itself. A headline that stands in it whole, where the words around it can end one title and
begin another, is an entry of it; what stands between is of titles that cannot be told apart. What
is found is a function of the run and of the archive's headlines, never of the order of arrival.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from newsgen.digest import digest
from newsgen.text import title_key

_LONGEST_TITLE = 180  # characters; of 2,000 titles printed one by one, 2 were longer
_LEAST_WORDS = 4  # fewer stand in other titles by chance
_TOKEN = re.compile(r"\S+")
# After these a title goes on: it neither ends with one nor does the next begin behind one.
_GOES_ON = (",", ":", ";", "-", "–", "—", "&", "|", "/")
_OPEN_WORDS = frozenset(
    "a an and as at by for from in into is of on or over the to under vs vs. with".split()
)


class Stretch(NamedTuple):
    """A headline's place in a run, in characters, and its key."""

    start: int
    end: int
    key: str


class _Words(NamedTuple):
    """A run as words of title keys, the span of the token of each, and where titles may meet."""

    words: list[str]
    spans: list[tuple[int, int]]
    starts: list[int]
    ends: set[int]


class PrintedRuns:
    """The tables of runs and of the headlines found in them. Methods return articles touched."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def put(self, article_id: str, n: int, text: str) -> set[str]:
        """Take in the run that an article prints as its title `n`."""
        run = digest(text)[:16]
        known = self._texts(run)
        self.connection.execute("INSERT INTO runs VALUES (?, ?, ?)", (article_id, n, run))
        if not known:
            self.connection.execute("INSERT INTO run_texts VALUES (?, ?)", (run, text))
            self.connection.executemany(
                "INSERT INTO run_openings VALUES (?, ?)",
                ((opening, run) for opening in openings_in(text)),
            )
            self._find(run, text)
        return {article_id} | self.targets(article_id)

    def drop(self, article_id: str) -> set[str]:
        """Forget the runs that an article prints."""
        touched = self.targets(article_id)
        rows = self.connection.execute("SELECT run FROM runs WHERE id = ?", (article_id,))
        runs = {row[0] for row in rows}
        self.connection.execute("DELETE FROM runs WHERE id = ?", (article_id,))
        for run in runs:
            used = self.connection.execute("SELECT 1 FROM runs WHERE run = ? LIMIT 1", (run,))
            if used.fetchone() is None:
                self.connection.executemany(
                    "DELETE FROM run_openings WHERE opening = ? AND run = ?",
                    ((opening, run) for text in self._texts(run) for opening in openings_in(text)),
                )
                self.connection.execute("DELETE FROM run_finds WHERE run = ?", (run,))
                self.connection.execute("DELETE FROM run_texts WHERE run = ?", (run,))
        return touched

    def gain(self, key: str) -> set[str]:
        """Look for a headline that no article had before."""
        opening = opening_of(key)
        if opening is None:
            return set()
        self.connection.execute("INSERT INTO title_openings VALUES (?, ?)", (opening, key))
        rows = self.connection.execute(
            "SELECT run, text FROM run_openings JOIN run_texts USING (run) WHERE opening = ?",
            (opening,),
        ).fetchall()
        return {touched for run, text in rows for touched in self._find(run, text)}

    def lose(self, key: str) -> set[str]:
        """Look again at the runs in which a headline stood that no article has any more."""
        self.connection.execute(
            "DELETE FROM title_openings WHERE opening = ? AND key = ?", (opening_of(key), key)
        )
        rows = self.connection.execute(
            "SELECT DISTINCT run, text FROM run_finds JOIN run_texts USING (run) WHERE key = ?",
            (key,),
        ).fetchall()
        return {touched for run, text in rows for touched in self._find(run, text)}

    def around(self, key: str) -> set[str]:
        """The articles in whose runs a headline stands, and those it may mean."""
        rows = self.connection.execute(
            "SELECT DISTINCT id FROM run_finds JOIN runs USING (run) WHERE key = ?", (key,)
        )
        found = {row[0] for row in rows}
        return found | self._leading([key]) if found else set()

    def stretches(self, article_id: str, n: int) -> Iterator[tuple[Stretch, str | None]]:
        """The headlines in an article's run, in order, with the article that each means."""
        rows = self.connection.execute(
            "SELECT start, end, key FROM runs JOIN run_finds USING (run) "
            "WHERE id = ? AND n = ? ORDER BY start",
            (article_id, n),
        ).fetchall()
        for row in rows:
            yield Stretch(*row), self._target(article_id, row[2])

    def targets(self, article_id: str) -> set[str]:
        """The articles that an article's runs lead to."""
        rows = self.connection.execute(
            "SELECT DISTINCT key FROM runs JOIN run_finds USING (run) WHERE id = ?", (article_id,)
        ).fetchall()
        return {target for row in rows if (target := self._target(article_id, row[0]))}

    def origins(self, article_id: str) -> set[str]:
        """The articles whose runs lead to an article."""
        rows = self.connection.execute(
            "SELECT DISTINCT runs.id, key FROM titles JOIN run_finds USING (key) "
            "JOIN runs USING (run) WHERE titles.id = ?",
            (article_id,),
        ).fetchall()
        return {origin for origin, key in rows if self._target(origin, key) == article_id}

    def _texts(self, run: str) -> list[str]:
        rows = self.connection.execute("SELECT text FROM run_texts WHERE run = ?", (run,))
        return [row[0] for row in rows]

    def _find(self, run: str, text: str) -> set[str]:
        """Find the headlines in a run again; touch who prints it and whom that changes."""
        keys = {
            row[0]
            for opening in openings_in(text)
            for row in self.connection.execute(
                "SELECT key FROM title_openings WHERE opening = ?", (opening,)
            )
        }
        rows = self.connection.execute(
            "SELECT start, end, key FROM run_finds WHERE run = ? ORDER BY start", (run,)
        )
        was = [Stretch(*row) for row in rows]
        now = stretches_in(text, keys)
        if was == now:
            return set()
        self.connection.execute("DELETE FROM run_finds WHERE run = ?", (run,))
        self.connection.executemany(
            "INSERT INTO run_finds VALUES (?, ?, ?, ?)", ((run, *stretch) for stretch in now)
        )
        printing = self.connection.execute("SELECT id FROM runs WHERE run = ?", (run,))
        changed = {stretch.key for stretch in was} ^ {stretch.key for stretch in now}
        return {row[0] for row in printing} | self._leading(changed)

    def _leading(self, keys: Iterable[str]) -> set[str]:
        """The articles that headlines may mean: the first, or the second to the first itself."""
        return {
            row[0]
            for key in keys
            for row in self.connection.execute(
                "SELECT id FROM titles WHERE key = ? ORDER BY id LIMIT 2", (key,)
            )
        }

    def _target(self, origin: str, key: str) -> str | None:
        row = self.connection.execute(
            "SELECT id FROM titles WHERE key = ? AND id != ? ORDER BY id LIMIT 1", (key, origin)
        ).fetchone()
        return row[0] if row else None


def is_run(title: str) -> bool:
    """Whether a printed title must be several, run together."""
    return len(title) > _LONGEST_TITLE


def opening_of(key: str) -> str | None:
    """The hash under which a headline meets runs; None for one too short to be told in them."""
    words = key.split()
    return _hash(words[:_LEAST_WORDS]) if len(words) >= _LEAST_WORDS else None


def openings_in(text: str) -> list[str]:
    """The hashes of all words with which a headline in a run may begin."""
    run = _words_of(text)
    last = len(run.words) - _LEAST_WORDS
    return sorted({_hash(run.words[i : i + _LEAST_WORDS]) for i in run.starts if i <= last})


def stretches_in(text: str, keys: Iterable[str]) -> list[Stretch]:
    """Find headlines, by their keys, in a run; of two that overlap the longer one stands."""
    run = _words_of(text)
    titles: dict[str, list[list[str]]] = {}
    for key in keys:
        titles.setdefault(opening_of(key) or "", []).append(key.split())
    found = [
        (start, start + len(title))
        for start in run.starts
        for title in titles.get(_hash(run.words[start : start + _LEAST_WORDS]), ())
        if start + len(title) in run.ends and run.words[start : start + len(title)] == title
    ]
    taken: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda place: (place[0] - place[1], place)):
        if all(end <= first or start >= last for first, last in taken):
            taken.append((start, end))
    return [
        Stretch(run.spans[start][0], run.spans[end - 1][1], " ".join(run.words[start:end]))
        for start, end in sorted(taken)
    ]


def _words_of(text: str) -> _Words:
    tokens = list(_TOKEN.finditer(text))
    run = _Words([], [], [0], set())
    for token, following in pairwise([*tokens, None]):
        if token is None:
            break
        signs_only = not any(char.isalnum() for char in token[0])
        words = [] if signs_only else title_key(token[0]).split()
        run.words.extend(words)
        run.spans.extend([token.span()] * len(words))
        if following is None:
            run.ends.add(len(run.words))
        elif _may_begin(following[0]) and not token[0].endswith(_GOES_ON):
            run.ends.add(len(run.words))
            if token[0].casefold() not in _OPEN_WORDS and not signs_only:
                run.starts.append(len(run.words))
    return run


def _may_begin(token: str) -> bool:
    """Whether a token can be the first of a title: its first letter is no small one."""
    first = next((char for char in token if char.isalnum()), "a")
    return not first.islower()


def _hash(words: list[str]) -> str:
    return digest(*words)[:12]
