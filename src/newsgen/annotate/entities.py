"""People, organisations and places: who and what an article names, and where.

Finding names and telling which of them mean the same are two steps: an engine of `ENGINES` does
the first, `newsgen.names.aliases` the second, whatever the engine.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from newsgen.entity_engine import EngineName, EntityEngine
from newsgen.model import Article, EntityKind
from newsgen.names.aliases import resolve
from newsgen.names.candidates import Candidate, find_candidates
from newsgen.names.definitions import find_definitions
from newsgen.names.features import page_of, small_words
from newsgen.names.headlines import forms_of, match_names
from newsgen.names.labels import Found, decide
from newsgen.names.languages import find_places, find_plain, is_latin, language_of
from newsgen.names.pipeline import find_by_pipeline
from newsgen.names.pipeline import language_of as language_of_pipeline
from newsgen.names.runs import find_runs
from newsgen.names.weighing import Run, model_of, weigh

Stretch = tuple[int, int]


class Reading(NamedTuple):
    """What an engine reads: stretches of prose, and titles whose capitals may be of style only.

    `pipeline` is the one that the engine of that name is to ask.
    """

    text: str
    language: str
    prose: Sequence[Stretch]
    titles: Sequence[Stretch]
    pipeline: str = ""


Engine = Callable[[Reading], list[Found]]

_PHOTO_CREDIT = re.compile(
    r"[(\[/|]?\s*\b(?:file )?(?:photo|picture|image|credit)s?(?: by\b|:|/)", re.I
)
_KEPT = 1_000_000  # characters of a text whose runs may all be in memory
_SMALL = re.compile(r"\s[a-z]{4}")  # a word of some length in small letters
_TITLE_LENGTH = 160  # characters: longer lines are prose, however they are written


def annotate(article: Article, engine: EntityEngine = EntityEngine()) -> Article:  # noqa: B008
    """Fill in whom and what the article names, each with its aliases and mentions."""
    reading = reading_of(article)._replace(pipeline=engine.pipeline)
    given = tuple(_given(article))
    found = _with_given(reading, given, ENGINES[engine.engine](reading))
    named = resolve(article.text, found, given)
    return msgspec.structs.replace(article, entities=named.entities, mentions=named.mentions)


def state(article: Article) -> Article:
    """Give an article the names that its source states, and the places where they stand."""
    given = tuple(_given(article))
    if not given:
        return article
    found: list[Found] = []
    prose, titles = stretches_of(article)
    # Many names stand in the front matter alone, where no name is looked for.
    if _places(article.text, sorted((*prose, *titles)), (name for _, name in given)):
        # The language has no say in where a name stands that is known already.
        reading = arranged(article.text, "", prose, titles)
        found = _with_given(reading, given, [])
    named = resolve(article.text, found, given)
    return msgspec.structs.replace(article, entities=named.entities, mentions=named.mentions)


def find_by_model(reading: Reading) -> list[Found]:
    """The rules, and a trained model whose votes count beside theirs; rules where none is."""
    model = model_of(reading.language)
    return find_english(reading, model) if model else find_by_rules(reading)


def find_by_rules(reading: Reading) -> list[Found]:
    """Word lists, and rules on the words of a name and around it; measured on English."""
    if reading.language == "en":
        return find_english(reading, None)
    find = find_plain if is_latin(reading.language, reading.text) else find_places
    return sorted(
        name
        for start, end in (*reading.prose, *reading.titles)
        for name in find(reading.text, start, end, reading.language)
    )


def find_english(reading: Reading, model: Path | None) -> list[Found]:
    """Names in English text, by the rules and a model if one is given."""
    text = reading.text
    definitions = [
        definition
        for start, end in reading.prose
        for definition in find_definitions(text, start, end)
    ]
    small = small_words(text, reading.prose)
    candidates = _candidates(reading, model, small)
    return _with_titles(reading, decide(text, small, candidates, definitions))


def _candidates(reading: Reading, model: Path | None, small: frozenset[str]) -> Iterator[Candidate]:
    """The candidates of a text in order, weighed by a model if one is given.

    Each is gone once it is counted. The model wants all runs once before; those of a long text are
    looked for twice, so that they need not be kept.
    """
    text = reading.text
    runs: Iterable[Run] = _runs(reading)
    page = None
    if model:
        runs = list(runs) if len(text) <= _KEPT else runs
        page = page_of(small, (run.words for run in runs))
        runs = runs if len(text) <= _KEPT else _runs(reading)
    for run in runs:
        found = find_candidates(text, run.words, run.start)
        if model and page:
            yield from weigh(text, page, run, list(found), model)
        else:
            yield from found


def _runs(reading: Reading) -> Iterator[Run]:
    for start, end in reading.prose:
        for words in find_runs(reading.text, start, end):
            yield Run(words, start, end)


def _with_titles(reading: Reading, found: list[Found]) -> list[Found]:
    """Add where the names of the body stand in titles."""
    forms = forms_of(reading.text, found)
    for start, end in reading.titles:
        found += match_names(reading.text, start, end, forms)
    return sorted(found)


def find_by_spacy(reading: Reading) -> list[Found]:
    """A pipeline of spaCy, in articles of its language; the model in others."""
    if language_of_pipeline(reading.pipeline) not in (reading.language, "xx"):
        return find_by_model(reading)
    found = find_by_pipeline(reading.text, reading.prose, reading.pipeline)
    return _with_titles(reading, found)


# By their names in the settings.
ENGINES: dict[EngineName, Engine] = {
    "model": find_by_model,
    "rules": find_by_rules,
    "spacy": find_by_spacy,
}


def reading_of(article: Article) -> Reading:
    """Take from an article what an engine reads."""
    return arranged(article.text, _language_of(article), *stretches_of(article))


def stretches_of(article: Article) -> tuple[list[Stretch], list[Stretch]]:
    """The prose of an article, and its titles."""
    text = article.text
    prose = [(one.span.start, one.span.end) for one in article.paragraphs]
    prose += [(line.span.start, line.span.end) for line in article.lines_of("dateline")]
    for line in article.lines_of("caption"):
        credit = _PHOTO_CREDIT.search(text, line.span.start, line.span.end)
        prose.append((line.span.start, credit.start() if credit else line.span.end))
    titles = [
        (line.span.start, line.span.end)
        for line in article.lines_of("headline", "subheadline", "subheading")
    ]
    return prose, titles


def arranged(
    text: str, language: str, prose: Sequence[Stretch], titles: Sequence[Stretch] = ()
) -> Reading:
    """Put stretches of a text in order; lines of prose that are written like titles become so."""
    shouted = [stretch for stretch in prose if _is_title(text, *stretch)]
    plain = _disjoint([stretch for stretch in prose if stretch not in shouted])
    return Reading(text, language, plain, _disjoint([*titles, *shouted], plain))


def _language_of(article: Article) -> str:
    if article.language:
        return article.language.value.replace("_", "-").split("-")[0].lower()
    sample = " ".join(article.words(one.span)[:1000] for one in article.paragraphs[:8])
    return language_of(sample or article.text[:1000])


def _is_title(text: str, start: int, end: int) -> bool:
    """Whether a line of the body is written like a headline: shouted, or each word a capital."""
    if _SMALL.search(text, start, min(end, start + _TITLE_LENGTH)):
        return False  # as nearly all prose: a fifth of the time of what follows
    if end - start > _TITLE_LENGTH:
        return text[start : start + _TITLE_LENGTH].isupper()
    line = text[start:end]
    if line.isupper():
        return True
    words = [word for word in line.split() if len(word) > 3 and word[0].isalpha()]
    capital = sum(word[0].isupper() for word in words)
    if len(words) < 5:
        # A name that is a whole line, like the button of a page: no article speaks of it there.
        return bool(words) and line.startswith("The ") and line.istitle() and line[-1].isalpha()
    return capital == len(words) and "," not in line


def _disjoint(stretches: Sequence[Stretch], taken: Sequence[Stretch] = ()) -> list[Stretch]:
    """The stretches in order, without those that begin inside another (a reader's odd lines)."""
    kept: list[Stretch] = []
    last = 0
    others = sorted(taken)
    at = 0
    for start, end in sorted(set(stretches)):
        while at < len(others) and others[at][1] <= start:
            at += 1
        free = at == len(others) or end <= others[at][0]
        if start >= last and end > start and free:
            kept.append((start, end))
            last = end
    return kept


def _given(article: Article) -> Iterator[tuple[EntityKind, str]]:
    """What the source itself states, without repeats."""
    stated = article.given
    lists: tuple[tuple[EntityKind, tuple[str, ...]], ...] = (
        ("person", stated.people),
        ("organisation", stated.organisations),
        ("place", stated.places),
        ("event", stated.events),
        ("work", stated.works),
    )
    for kind, names in lists:
        for name in dict.fromkeys(" ".join(name.split()) for name in names):
            if name:
                yield kind, name


def _places(text: str, stretches: Sequence[Stretch], names: Iterable[str]) -> list[Stretch]:
    """Where any of the names stands as whole words in a stretch, the longest where several begin.

    A pattern made of them would find the same, but takes 200 us to compile for each article.
    """
    hits: list[tuple[int, int]] = []
    for name in names:
        at = text.find(name)
        while at >= 0:
            hits.append((at, at + len(name)))
            at = text.find(name, at + 1)
    places: list[Stretch] = []
    done = 0
    for at, last in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        inside = bisect_right(stretches, (at, len(text))) - 1
        if at < done or inside < 0 or last > stretches[inside][1]:
            continue
        ends = last == stretches[inside][1] or not _is_word(text[last])
        if ends and not (at and _is_word(text[at - 1])):
            places.append((at, last))
            done = last
    return places


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _with_given(
    reading: Reading, given: Sequence[tuple[EntityKind, str]], found: list[Found]
) -> list[Found]:
    """Add where given names stand; what an engine found across them gives way."""
    if not given:
        return found
    kind_of = {name: kind for kind, name in reversed(given)}
    stretches = sorted((*reading.prose, *reading.titles))
    stated = [
        Found(first, last, kind_of[reading.text[first:last]], "front-matter", 1.0)
        for first, last in _places(reading.text, stretches, kind_of)
    ]
    kept: list[Found] = []
    last = 0
    for name in sorted([*stated, *found], key=lambda one: (one.start, one.rule != "front-matter")):
        if name.rule != "front-matter" and name.start < last:
            continue
        while kept and kept[-1].end > name.start:
            kept.pop()
        kept.append(name)
        last = name.end
    return kept
