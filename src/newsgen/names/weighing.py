"""The candidates of the rules weighed by the model, and the names that only the model sees."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from newsgen.names.candidates import Candidate
from newsgen.names.evidence import votes_around
from newsgen.names.features import Page, Passage
from newsgen.names.tagger import Tagger, load_tagger
from newsgen.wordlists import DATA

# Measured on a labelled corpus, like the weights in `labels`.
_CLEARER = 0.5  # how much likelier the model's borders of a name must be than those of the rules
_LEAST = 0.3  # how likely a name must be that no rule sees


@cache
def model_of(language: str) -> Path | None:
    """The shipped model for a language; None where there is none."""
    path = DATA / f"names_{language}.crf"
    return path if language.isalpha() and path.is_file() else None


def weigh(
    text: str,
    page: Page,
    passages: Sequence[Passage],
    candidates: Sequence[Candidate],
    model: Path,
) -> list[Candidate]:
    """Give each candidate the model's votes and add what the model sees; all in order."""
    tagger = load_tagger(model)
    made: list[Candidate] = []
    at = 0
    for passage in passages:
        first, last = passage.items[0].start, passage.items[-1].end
        low = at
        while low < len(candidates) and candidates[low].start < first:
            low += 1
        made += candidates[at:low]
        at = low
        while at < len(candidates) and candidates[at].start < last:
            at += 1
        made += _weighed(text, passage, page, candidates[low:at], tagger)
    return made + list(candidates[at:])


def _weighed(
    text: str, passage: Passage, page: Page, candidates: Sequence[Candidate], tagger: Tagger
) -> list[Candidate]:
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
        if (low, high) in known:
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
