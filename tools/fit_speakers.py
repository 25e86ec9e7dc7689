"""Fit the weights by which quotes get their speakers: `fit_speakers.py GOLD.jsonl [...]`.

Each line of GOLD is an article: `{"text", "quotes": [{"start", "end", "source_kind"}],
"attributions": [{"source": [[start, end]], "content": [[start, end]]}]}`, offsets in characters.
Lines of `--pronouns FILE` are `{"text", "start", "end", "who"}` and fit the second table. The
same gold gives the same weights: a softmax over the options of each case, by gradient descent.
"""

import argparse
import json
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import Any, NamedTuple

from newsgen.annotate import ANNOTATORS, quotes, speakers
from newsgen.annotate.speakers import nobody_traits
from newsgen.language import weights
from newsgen.language.carrying import Considered
from newsgen.language.choice import Look
from newsgen.language.focus import Ranked
from newsgen.language.speech import traits_of
from newsgen.model import Article, Line, Paragraph, Source, Span

WEIGHTS = Path(speakers.__file__).parents[1] / "data" / "speaker_weights.txt"
_HEADER = """\
# What the traits of a decision are worth, in hundredths: fitted by tools/fit_speakers.py on
# labelled news articles; see docs/decisions/0008-speakers-by-weights.md. "speaker" decides who said
# a quote, "pronoun" whom "he" and "she" stand for.
"""
_TURNS, _PACE, _NOTHING = 14, 0.2, 1e-4  # turns over all cases; the last half is averaged


class Case(NamedTuple):
    """The options of one decision by their traits, and the places of those that are right."""

    options: tuple[tuple[str, ...], ...]
    right: frozenset[int]
    importance: float = 1.0


def main() -> None:
    """Read the gold, fit, write the weights, and fit again on what they decide."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--pronouns", type=Path)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    given = parser.parse_args()
    with Pool() as pool:
        gold = [json.loads(line) for path in given.gold for line in path.open(encoding="utf-8")]
        ready = pool.map(_ready, [case["text"] for case in gold], chunksize=8)
        tables: dict[str, dict[str, int]] = {"speaker": {}, "pronoun": {}}
        tables["speech"] = fit(_flat(map(_speech_cases, gold, ready)), "speech")
        if given.pronouns:
            lines = [json.loads(line) for line in given.pronouns.open(encoding="utf-8")]
            texts = pool.map(_ready, [line["text"] for line in lines], chunksize=8)
        for turn in range(given.rounds):
            if given.pronouns:
                told = pool.map(
                    partial(_pronoun_cases, tables), zip(lines, texts, strict=True), chunksize=8
                )
                tables["pronoun"] = fit(_flat(told), "pronoun", rare=3, decay=0.01)
            cases = _flat(
                pool.map(partial(_cases, tables), zip(gold, ready, strict=True), chunksize=8)
            )
            tables["speaker"] = fit(cases, f"speaker, round {turn + 1}")
        _report(cases, tables["speaker"])
    given.out.write_text(_HEADER + "".join(map(_section, tables.items())), encoding="utf-8")


def _flat(parts: Iterable[list[Case]]) -> list[Case]:
    return [case for part in parts for case in part]


def _section(table: tuple[str, dict[str, int]]) -> str:
    name, worths = table
    pairs = [f"{trait}={worth}" for trait, worth in sorted(worths.items()) if worth]
    rows = (" ".join(pairs[at : at + 8]) for at in range(0, len(pairs), 8))
    return "".join(f"{name}: {row}\n" for row in rows)


def _ready(text: str) -> Article:
    """An article of a text, annotated as far as its names; each line of it is a paragraph."""
    lines: list[Line] = []
    start = 0
    for number, words in enumerate(text.split("\n"), 1):
        role = "headline" if number == 1 else "paragraph" if words.strip() else "blank"
        lines.append(Line(number, role, Span(start, start + len(words))))
        start += len(words) + 1
    body = [line for line in lines if line.role == "paragraph"]
    article = Article(
        id="gold",
        permalink="gold.html",
        source=Source("gold.txt", "text", "", len(text), "utf-8"),
        text=text,
        lines=tuple(lines),
        paragraphs=tuple(Paragraph(n, line.number, line.span) for n, line in enumerate(body, 1)),
        headline=text.split("\n", 1)[0],
    )
    for name, add, _ in ANNOTATORS:
        if name == "quotes":
            break
        article = add(article)
    return article


def _speech_cases(gold: dict[str, Any], article: Article) -> list[Case]:
    """What stands between marks: somebody's words or not; nothing at all is the other option."""
    found = []
    for span, repeated in quotes.candidates(article):
        quote = _overlapping(gold["quotes"], span)
        traits = traits_of(article.text, span, repeated=repeated)
        found.append(Case(((), traits), frozenset({0 if quote is None else 1})))
    return found


def _cases(tables: dict[str, dict[str, int]], job: tuple[dict[str, Any], Article]) -> list[Case]:
    """The decisions on the quotes of an article, as the tables take them so far."""
    gold, article = job
    weights.use(tables)
    article = quotes.annotate(article)
    found: list[Case] = []

    def trace(index: int, span: Span, look: Look, options: Sequence[Considered]) -> None:
        if not options or article.quotes[index].kind != "direct":
            return
        right = _right(gold, span, options)
        if right is not None:
            traits = (nobody_traits(look), *(option.traits for option in options))
            found.append(Case(traits, frozenset(right)))

    speakers.considered(article, trace)
    return found


def _right(gold: dict[str, Any], span: Span, options: Sequence[Considered]) -> set[int] | None:
    """The places of the right options, 0 for nobody; None where the gold does not tell."""
    quote = _overlapping(gold["quotes"], span)
    if quote is None:
        return {0}
    if quote["source_kind"] == "none":
        return None
    sources = [
        tuple(source)
        for one in gold["attributions"]
        if _shared(one["content"], (quote["start"], quote["end"])) * 2
        >= quote["end"] - quote["start"]
        for source in one["source"]
    ]
    words = set(" ".join(gold["text"][a:b] for a, b in sources).replace("’", "'").split())
    words = {word.removesuffix("'s").strip(",.()'") for word in words}
    right = set()
    for place, option in enumerate(options, 1):
        subject = option.subject
        touches = any(a < subject.end and subject.start < b for a, b in sources)
        named = option.figure is not None and option.figure.name.split()[-1] in words
        if touches or (named and quote["source_kind"] == "proper"):
            right.add(place)
    # A pronoun may stand for any of the options: where none touches it, nothing is told.
    return right or (None if quote["source_kind"] == "pronoun" else {0})


def _overlapping(quotes: Sequence[dict[str, Any]], span: Span) -> dict[str, Any] | None:
    best, most = None, 0
    for quote in quotes:
        shared = min(quote["end"], span.end) - max(quote["start"], span.start)
        if shared > most:
            best, most = quote, shared
    return best


def _shared(stretches: Sequence[Sequence[int]], span: tuple[int, int]) -> int:
    return sum(max(0, min(span[1], b) - max(span[0], a)) for a, b in stretches)


def _pronoun_cases(
    tables: dict[str, dict[str, int]], job: tuple[dict[str, Any], Article]
) -> list[Case]:
    """The decision on one pronoun, by what stands before it."""
    line, article = job
    weights.use(tables)
    article = quotes.annotate(article)
    found: list[Case] = []
    wanted = line["who"].split()

    def trace(place: int, ranked: Ranked) -> None:
        if line["start"] <= place < line["end"] and not found:
            right = {
                at
                for at, (figure, _) in enumerate(ranked)
                if figure.words[-1] == wanted[-1]
                and (
                    len(wanted) == 1 or len(figure.words) == 1 or figure.words[0][0] == wanted[0][0]
                )
            }
            found.append(Case(tuple(traits for _, traits in ranked), frozenset(right)))

    speakers.considered(article, pronouns=trace)
    return [case for case in found if case.right]


def fit(cases: Sequence[Case], name: str, *, rare: int = 10, decay: float = 0.03) -> dict[str, int]:
    """Weights in hundredths that make the right options of the cases likely.

    Traits of fewer than `rare` cases are left out; `decay` is held against large weights. Both
    were chosen on a part of the gold held back from the fit.
    """
    often = Counter(trait for case in cases for option in case.options for trait in set(option))
    worth: defaultdict[str, float] = defaultdict(float)
    squares: defaultdict[str, float] = defaultdict(lambda: 1e-8)
    total: defaultdict[str, float] = defaultdict(float)
    order = list(range(len(cases)))
    chance = random.Random(1)
    for turn in range(_TURNS):
        chance.shuffle(order)
        for at in order:
            case = cases[at]
            share = _shares([sum(worth[trait] for trait in option) for option in case.options])
            held = sum(share[place] for place in case.right)
            for place, option in enumerate(case.options):
                wanted = share[place] / held if place in case.right and held > 0 else 0.0
                pull = case.importance * (wanted - share[place])
                if abs(pull) < _NOTHING:
                    continue
                for trait in option:
                    if often[trait] < rare:
                        continue
                    step = pull - decay * worth[trait]
                    squares[trait] += step * step
                    worth[trait] += _PACE * step / math.sqrt(squares[trait])
        if turn >= _TURNS // 2:
            for trait, value in worth.items():
                total[trait] += value
    found = {trait: round(100 * value / (_TURNS - _TURNS // 2)) for trait, value in total.items()}
    right = sum(_best(case, found) in case.right for case in cases)
    print(f"{name}: {right} of {len(cases)} decisions right, {len(found)} traits")
    return found


def _shares(worths: Sequence[float]) -> list[float]:
    most = max(worths)
    raised = [math.exp(worth - most) for worth in worths]
    total = sum(raised)
    return [one / total for one in raised]


def _best(case: Case, worth: dict[str, int]) -> int:
    sums = [sum(worth.get(trait, 0) for trait in option) for option in case.options]
    return max(range(len(sums)), key=lambda place: sums[place])


def _report(cases: Sequence[Case], worth: dict[str, int]) -> None:
    """How often a lead over the runner-up is right, for the table of confidences."""
    count: Counter[tuple[int, bool]] = Counter()
    for case in cases:
        sums = [sum(worth.get(trait, 0) for trait in option) for option in case.options]
        best = max(range(len(sums)), key=lambda place: sums[place])
        if best == 0:
            continue
        rivals = [
            one
            for place, one in enumerate(sums)
            if place != best and not (place in case.right and best in case.right)
        ]
        lead = sums[best] - max(rivals)
        count[min(lead // 50 * 50, 700), best in case.right] += 1
    for lead in sorted({lead for lead, _ in count}):
        right, wrong = count[lead, True], count[lead, False]
        print(f"lead {lead:4}: {right:5} right, {wrong:4} wrong, {right / (right + wrong):.3f}")


if __name__ == "__main__":
    main()
