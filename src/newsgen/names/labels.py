"""One label for each name of an article, by the sum of what all its mentions say."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from newsgen.model import EntityKind
from newsgen.names.candidates import Candidate
from newsgen.names.definitions import Definition
from newsgen.names.evidence import Votes
from newsgen.names.gazetteer import demonyms, is_other
from newsgen.names.pieces import heads, not_names, without_article
from newsgen.wordlists import first_surnames, given_names

KINDS: tuple[EntityKind, ...] = ("person", "organisation", "place")
_NEEDED = {"person": 1.3, "organisation": 1.1, "place": 1.1}  # measured on a labelled corpus
_SURE = 3.0  # votes of the lists from which on a name is not a person's
_PART, _LAST = 1.5, 2.5  # votes for a word that is part of a person's name, or its last word
_ALONE = 1.0  # votes for a name whose last word stands alone like a person's
_MOST = 4.0  # votes that all the surroundings of a name can add
# Where a model was asked: votes of one that is sure of a kind, or that it is none; and how much
# then the votes of a name's own words count, and those of the words around it.
_MODEL, _NONE, _INNER, _OUTER = 2.2, 1.0, 0.5, 0.8


class Found(NamedTuple):
    """A name found in the text, with what it is. `full` is the long form an article explains."""

    start: int
    end: int
    kind: EntityKind
    rule: str
    confidence: float
    full: str | None = None


class _Tally(NamedTuple):
    votes: list[float]
    other: float
    rule: str
    size: int
    initial: bool


def decide(
    text: str,
    small: frozenset[str],
    candidates: Iterable[Candidate],
    definitions: Sequence[Definition],
) -> list[Found]:
    """Label the candidates of an article, in order of the text; what stays unlikely is left out.

    `small` are the words that the article prints in small letters.
    """
    sums: dict[str, _Sum] = {}
    seen: list[_Sum] = []
    places = array("Q")
    for candidate in _outside(candidates, definitions):
        if candidate.text not in sums:
            sums[candidate.text] = _Sum(candidate)
        counted = sums[candidate.text]
        counted.add(candidate)
        seen.append(counted)
        places.append(candidate.start)
    tallies = {name: counted.tally() for name, counted in sums.items() if not is_other(name)}
    kinds = _several_words(tallies)
    shorts = _short_forms(text, definitions)
    links = _Links.of(kinds, shorts)
    for name, tally in tallies.items():
        if tally.size == 1 or name in shorts:
            kind = _single(name, tally, links, small)
            if kind:
                kinds[name] = kind
    found = [
        Found(
            start,
            start + len(name),
            kinds[name][0],
            tallies[name].rule,
            kinds[name][1],
            shorts[name][1] if name in shorts else None,
        )
        for start, name in zip(places, (counted.name for counted in seen), strict=True)
        if name in kinds
    ]
    found += _defined(text, definitions)
    return sorted(found)


def _outside(
    candidates: Iterable[Candidate], definitions: Sequence[Definition]
) -> Iterator[Candidate]:
    """The candidates that lie in no explained name."""
    taken = [(d.start, d.end) for d in definitions] + [
        (d.short_start, d.short_end) for d in definitions
    ]
    taken.sort()
    at = 0
    for candidate in candidates:
        while at < len(taken) and taken[at][1] <= candidate.start:
            at += 1
        if at == len(taken) or candidate.end <= taken[at][0]:
            yield candidate


class _Sum:
    """What all mentions of a name say, added up one by one: an article may have very many."""

    __slots__ = ("asked", "best", "initial", "inner", "model", "name", "none", "other", "outer")

    def __init__(self, first: Candidate) -> None:
        self.name = first.text
        self.best = first
        self.inner = first.inner
        self.outer = self.model = (0.0, 0.0, 0.0)
        self.other = first.other
        self.initial = True
        self.asked = 0
        self.none = 0.0

    def add(self, one: Candidate) -> None:
        if one.inner != self.inner:
            if max(one.inner) > max(self.best.inner):
                self.best = one
            self.inner = _higher(self.inner, one.inner)
        self.outer = _added(self.outer, one.outer)
        if one.other > self.other:
            self.other = one.other
        self.initial = self.initial and one.initial
        if one.model:
            self.model = _added(self.model, one.model)
            self.none += one.none
            self.asked += 1

    def tally(self) -> "_Tally":
        inner, outer, best = self.inner, self.outer, self.best
        if max(inner[1:]) >= _SURE:
            outer = (0.0, *outer[1:])  # "New Zealand won" and "Japan said" make nobody of a country
        scale = min(1.0, _MOST / max(*outer, _MOST))
        outer = _scaled(outer, scale)
        votes = [vote + max(more, -_MOST) for vote, more in zip(inner, outer, strict=True)]
        other, rule = self.other, best.rule
        if self.asked:
            model = _scaled(self.model, _MODEL / self.asked)
            if max(model) > 1 and _first(model) != _first(votes):
                rule = "model"
            inside = 1.0 if best.rule == "title" or _is_long(best) else _INNER
            votes = [
                inside * inner[kind] + _OUTER * max(outer[kind], -_MOST) + model[kind]
                for kind in range(3)
            ]
            other += _NONE * self.none / self.asked
        return _Tally(votes, other, rule, best.size, self.initial)


def _added(one: Votes, other: Votes) -> Votes:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def _higher(one: Votes, other: Votes) -> Votes:
    return max(one[0], other[0]), max(one[1], other[1]), max(one[2], other[2])


def _scaled(votes: Votes, by: float) -> Votes:
    return votes[0] * by, votes[1] * by, votes[2] * by


def _is_long(candidate: Candidate) -> bool:
    """Whether it is a known name of several words: what the lists say then counts in full."""
    return candidate.rule == "gazetteer" and candidate.size > 1


def _first(votes: Sequence[float]) -> int:
    return max(range(3), key=lambda kind: votes[kind])


def _chosen(votes: Sequence[float], other: float) -> tuple[EntityKind, float] | None:
    """The kind with the most votes, if they are enough, and how sure that is."""
    index = _first(votes)
    best = votes[index]
    if best < _NEEDED[KINDS[index]] + other:
        return None
    second = max(votes[kind] for kind in range(3) if kind != index)
    return KINDS[index], round(min(0.95, 0.5 + 0.15 * (best - second)), 2)


def _several_words(tallies: dict[str, _Tally]) -> dict[str, tuple[EntityKind, float]]:
    kinds: dict[str, tuple[EntityKind, float]] = {}
    for name, tally in tallies.items():
        if tally.size > 1:
            alone = tallies.get(name.split()[-1])
            if alone and _first(alone.votes) == 0 and alone.votes[0] >= _NEEDED["person"]:
                tally.votes[0] += _ALONE
            if _names_no_person(name):
                tally.votes[0] = 0.0
            kind = _chosen(tally.votes, tally.other)
            if kind and not _is_subject(name):
                kinds[name] = kind
    return kinds


def _is_subject(name: str) -> bool:
    """Whether a name only says what something is about: Economic and Social Development."""
    words = name.split()
    return "and" in words and all(word == "and" or word in heads("adjective") for word in words)


def _names_no_person(name: str) -> bool:
    """Whether a word of a name says that it is two names, or no person's: "Bay Prison Ada"."""
    words = name.split()
    if words[-1] in heads("organisation") and not any(word in given_names() for word in words):
        return True
    if words[-1] in ("Center", "Centre"):
        return True
    inner = words[1:-1]
    return any(
        word in heads(sort) and word not in given_names()
        for word in inner
        for sort in ("organisation", "placehead")
    )


def _short_forms(text: str, definitions: Iterable[Definition]) -> dict[str, tuple[str, str]]:
    return {
        text[d.short_start : d.short_end].rstrip("s"): (d.kind, text[d.start : d.end])
        for d in definitions
    }


def _defined(text: str, definitions: Iterable[Definition]) -> list[Found]:
    found: list[Found] = []
    for d in definitions:
        for kind in KINDS:
            if d.kind == kind:
                found.append(Found(d.start, d.end, kind, "acronym", 0.9))
                found.append(
                    Found(d.short_start, d.short_end, kind, "acronym", 0.9, text[d.start : d.end])
                )
    return found


def _never_alone(word: str) -> bool:
    return word in demonyms() or word in not_names("not") or word in not_names("starter")


class _Links(NamedTuple):
    """What single words the names of several words of an article explain."""

    persons: dict[str, float]
    organisations: frozenset[str]
    initials: frozenset[str]
    shorts: dict[str, tuple[str, str]]

    @classmethod
    def of(
        cls, kinds: dict[str, tuple[EntityKind, float]], shorts: dict[str, tuple[str, str]]
    ) -> "_Links":
        persons: dict[str, float] = {}
        organisations: set[str] = set()
        initials: set[str] = set()
        for name, (kind, _) in kinds.items():
            words = name.split()
            if kind == "person":
                for word in words:
                    if not _never_alone(word):
                        persons[word] = max(persons.get(word, 0.0), _PART)
                if not _never_alone(words[-1]):
                    persons[words[-1]] = persons[without_article(words[-1])] = _LAST
            elif kind == "organisation":
                organisations.add(words[0])
                initials.add("".join(word[0] for word in words if word[0].isupper()))
        return cls(persons, frozenset(organisations), frozenset(initials), shorts)


def _single(
    name: str, tally: _Tally, links: _Links, small: frozenset[str]
) -> tuple[EntityKind, float] | None:
    short = links.shorts.get(name)
    if short:
        return next(((kind, 0.9) for kind in KINDS if kind == short[0]), None)
    person, organisation, place = tally.votes
    other = tally.other
    linked = links.persons.get(name, 0.0)
    person += linked
    if linked >= _LAST:
        other = min(other, 1.0)
    if name in links.organisations and len(name) > 3:
        organisation += 1.0
        linked += 1.0
    if name in links.initials:
        organisation += 1.5
    if not linked and tally.rule in ("shape", "given-name"):
        if name.lower() in small:
            other += 1.5
        if tally.initial and name not in given_names() and name not in first_surnames():
            other += 1.0
    if not linked and tally.rule == "shape":
        person -= 0.8  # a person known by one word alone needs clear words beside it
    return _chosen((person, organisation, place), other)
