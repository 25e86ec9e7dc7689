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
        self._labels = frozenset(self._crf.labels())

    def read(self, text: str, passage: Passage, page: Page) -> "Reading":
        """What the model makes of a passage; to be asked before the next one is read."""
        tags = self._crf.tag(features_of(text, passage, page))
        return Reading(self, passage, tuple(tags))

    def likelihood(self, label: str, at: int) -> float:
        """How likely an item of the passage that was read last has a label."""
        return float(self._crf.marginal(label, at)) if label in self._labels else 0.0


class Reading(NamedTuple):
    """The likeliest labels of a passage, and how likely a name stands between two of its items."""

    tagger: Tagger
    passage: Passage
    tags: tuple[str, ...]

    def votes(self, low: int, high: int) -> Votes:
        """How likely the items from `low` up to `high` are a whole name, of each kind."""
        likely = self.tagger.likelihood
        person, organisation, place = (
            min(
                likely(f"B-{label}", low),
                *(likely(f"I-{label}", at) for at in range(low + 1, high)),
                1.0 - likely(f"I-{label}", high) if high < len(self.tags) else 1.0,
            )
            for label in LABELS
        )
        return round(person, _DIGITS), round(organisation, _DIGITS), round(place, _DIGITS)

    def none(self, at: int) -> float:
        """How likely an item is part of no person, organisation or place."""
        ours = sum(self.tagger.likelihood(f"{part}-{one}", at) for one in LABELS for part in "BI")
        return round(max(0.0, 1.0 - ours), _DIGITS)

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
