"""What the traits of a decision are worth, fitted on labelled articles by `tools/fit_speakers.py`.

The weights are whole hundredths, so that sums are the same on every machine.
"""

from collections.abc import Iterable
from functools import cache

from newsgen.wordlists import sections_of

_TRIED: dict[str, dict[str, int]] = {}


def use(tables: dict[str, dict[str, int]]) -> None:
    """Decide by other weights than the shipped ones, while they are being fitted."""
    _TRIED.clear()
    _TRIED.update(tables)


@cache
def weights(table: str) -> dict[str, int]:
    """Trait to weight, of one table of `speaker_weights.txt`."""
    found: dict[str, int] = {}
    for line in sections_of("speaker_weights.txt").get(table, ()):
        for trait, weight in (pair.rsplit("=", 1) for pair in line.split()):
            found[trait] = int(weight)
    return found


def worth(table: str, traits: Iterable[str]) -> int:
    """The sum of what traits are worth, in hundredths."""
    known = _TRIED[table] if table in _TRIED else weights(table)
    return sum(known.get(trait, 0) for trait in traits)
