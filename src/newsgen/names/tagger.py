"""The trained model: how likely each word of a run begins or continues a name of each kind.

A linear-chain CRF (Lafferty, McCallum and Pereira 2001). The only module that knows CRFsuite.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pycrfsuite

from newsgen.names.evidence import Votes
from newsgen.names.features import Page, Passage, features_of

LABELS = ("PER", "ORG", "LOC")  # person, organisation, place: the kinds in the order of Votes
OTHER = "MISC"  # names of other things: known so that they are not taken for ours
_DIGITS = 3  # likelihoods are rounded, so that one machine's arithmetic decides as another's


class Tagger:
    """A model in memory."""

    def __init__(self, path: Path) -> None:
        self._crf = pycrfsuite.Tagger()
        self._crf.open(str(path))
        known = frozenset(self._crf.labels())
        # A label that was never learned is as unlikely as can be, and asking for it is an error.
        self._begin = tuple(f"B-{label}" if f"B-{label}" in known else None for label in LABELS)
        self._inside = tuple(f"I-{label}" if f"I-{label}" in known else None for label in LABELS)

    def read(self, text: str, passage: Passage, page: Page) -> "Reading":
        """What the model makes of a passage; to be asked before the next one is read."""
        tags = self._crf.tag(features_of(text, passage, page))
        return Reading(self, passage, tuple(tags))

    def begins(self, at: int) -> list[float]:
        """How likely an item of the passage read last begins a name, for each kind."""
        marginal = self._crf.marginal
        return [marginal(label, at) if label else 0.0 for label in self._begin]

    def goes_on(self, at: int) -> list[float]:
        """How likely an item of the passage read last is a later part of a name."""
        marginal = self._crf.marginal
        return [marginal(label, at) if label else 0.0 for label in self._inside]


class Reading(NamedTuple):
    """The likeliest labels of a passage, and how likely a name stands between two of its items."""

    tagger: Tagger
    passage: Passage
    tags: tuple[str, ...]

    def weigh(self, low: int, high: int) -> tuple[Votes, float]:
        """How likely the items from `low` up to `high` are a whole name, of each kind.

        And how likely the first of them is part of no name of our kinds.
        """
        person, organisation, place = self.tagger.begins(low)
        inside = sum(self.tagger.goes_on(low)) if low else 0.0
        none = 1.0 - person - organisation - place - inside
        for at in range(low + 1, high):
            here = self.tagger.goes_on(at)
            person, organisation, place = map(min, (person, organisation, place), here)
        if high < len(self.tags):
            behind = self.tagger.goes_on(high)
            ends = (1.0 - behind[0], 1.0 - behind[1], 1.0 - behind[2])
            person, organisation, place = map(min, (person, organisation, place), ends)
        votes = (round(person, _DIGITS), round(organisation, _DIGITS), round(place, _DIGITS))
        return votes, round(max(0.0, none), _DIGITS)

    def spans(self) -> Iterator[tuple[int, int]]:
        """Where the likeliest labels see names of our kinds: first item, and the one behind."""
        at = 0
        while at < len(self.tags):
            label = self.tags[at][2:]
            low, at = at, at + 1
            if self.tags[low][0] != "B":
                continue
            while at < len(self.tags) and self.tags[at] == f"I-{label}":
                at += 1
            items = self.passage.items
            high = at
            while high > low and items[high - 1].join == "between":
                high -= 1
            if label in LABELS and high > low and items[low].join != "between":
                yield low, high


@cache
def load_tagger(path: Path) -> Tagger:
    """Read a model, once a process."""
    return Tagger(path)
