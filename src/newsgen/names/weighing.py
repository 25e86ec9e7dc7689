"""The candidates of the rules weighed by the model, and the names that only the model sees."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from newsgen.names.candidates import Candidate
from newsgen.names.evidence import votes_around
from newsgen.names.features import Page, passage_of
from newsgen.names.pieces import is_numbered, members, person_behind, titles
from newsgen.names.runs import Word
from newsgen.names.tagger import LABELS, load_tagger
from newsgen.wordlists import DATA

# Measured on a labelled corpus, like the weights in `labels`.
_CLEARER = 0.5  # how much likelier the model's borders of a name must be than those of the rules
_LEAST = 0.3  # how likely a name must be that no rule sees
_PERSON = f"B-{LABELS[0]}"


class Run(NamedTuple):
    """A run of capital words with the borders of its stretch of text."""

    words: list[Word]
    start: int
    end: int


@cache
def model_of(language: str) -> Path | None:
    """The shipped model for a language; None where there is none."""
    path = DATA / f"names_{language}.crf"
    return path if language.isalpha() and path.is_file() else None


def weigh(
    text: str, page: Page, run: Run, candidates: list[Candidate], model: Path
) -> list[Candidate]:
    """Give the candidates of a run the model's votes and add what the model sees; all in order."""
    passage = passage_of(text, run.words, run.start, run.end)
    if passage is None:
        return candidates
    tagger = load_tagger(model)
    reading = tagger.read(text, passage, page)
    items = passage.items
    starts = {item.start: at for at, item in enumerate(items)}
    ends = {item.end: at + 1 for at, item in enumerate(items)}
    known: set[tuple[int, int]] = set()
    weighed: list[Candidate] = []
    for candidate in candidates:
        low, high = starts.get(candidate.start), ends.get(candidate.end)
        if low is not None and high is not None:
            known.add((low, high))
            votes, none = reading.weigh(low, high)
            candidate = candidate._replace(model=votes, none=none)
        weighed.append(candidate)
    for low, high in reading.spans():
        while low < high - 1 and reading.tags[low] == _PERSON and items[low].text in titles():
            low += 1
        while low < high - 1 and items[high - 1].text in members():
            high -= 1
        words = [item.text for item in items[low:high]]
        if (low, high) in known or is_numbered(text, words, items[low].start, passage.start):
            continue
        if person_behind(words):
            continue
        start, end = items[low].start, items[high - 1].end
        rivals = [one for one in weighed if one.start < end and start < one.end]
        votes, none = reading.weigh(low, high)
        rival = max((max(one.model or (0.0,)) for one in rivals), default=0.0)
        if max(votes) < (rival + _CLEARER if rivals else _LEAST):
            continue
        weighed = [one for one in weighed if one not in rivals]
        weighed.append(
            Candidate(
                start,
                end,
                text[start:end],
                sum(item.join != "between" for item in items[low:high]),
                initial=False,
                inner=(0.0, 0.0, 0.0),
                outer=votes_around(text, start, end, passage.start),
                rule="model",
                model=votes,
                none=none,
            )
        )
    return sorted(weighed)
