"""What an article is about: the tags it is given, and phrases that it comes back to.

A proposed phrase is only a tag once several articles share it (`headings`), so it may be proposed
on little: words that stand together twice, or once under a headline that has them too.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from typing import NamedTuple

import msgspec

from newsgen.language.plurals import singular_of
from newsgen.model import Article, Span, Term
from newsgen.text import slug_of
from newsgen.wordlists import lines_of

_RULES = frozenset({"front-matter", "section", "keyphrase"})
# Runs of words in lower case, with single spaces (or the line break of wrapped text) between:
# names, numbers and marks of punctuation end a run, so no phrase reaches over them.
_RUN = re.compile(r"(?<![\w'’-])[a-z][a-z’'-]+(?:[ \n][a-z][a-z’'-]+)+(?![\w])")
_WORD = re.compile(r"[a-z][a-z’'-]+")
_SAMPLE = 200_000  # characters of the body: beyond a hundred pages no topic begins
_LONGEST = 4  # words of a phrase
_OFTEN = 2  # times a phrase stands in the text; one less where the headline has it too
_OFTEN_ALONE = 4  # times a noun alone stands in the text; two less where the headline has it too
_MOST = 6  # phrases proposed for an article
_MOST_ALONE = 3  # nouns alone proposed for an article
# Before a verb and seldom before a noun: "to resist aggression", "would consider bids".
_BEFORE_VERB = re.compile(
    r"(?:\b(?:to|will|would|can|could|may|might|must|shall|should|not)[ \n])\Z"
)
# Endings of words that are no nouns. "-ed" and "-ing" are mostly verbs; the list of words that may
# stand all the same ("housing", "armed") is data.
_VERBAL = re.compile(r"(?:ed|ing|ly)$")
_ADJECTIVAL = re.compile(
    r"(?:ous|ful|able|ible|less|ish|ary|ical|ial|onal|ese|est|istic|atic|ific|nomic)$"
)
_POSSESSIVES = ("'s", "’s", "'", "’")

_Runs = list[tuple[int, list[str]]]  # where runs of words begin, and their words


class _Phrase(NamedTuple):
    key: tuple[str, ...]  # the words, the last one in the singular
    name: str
    places: tuple[Span, ...]
    in_headline: bool


class _Names(NamedTuple):
    """What phrases are held against: the headline, in singulars, and the names of the article."""

    article: Article
    headline: str
    mentions: list[Span]

    def phrase(
        self, key: tuple[str, ...], spans: list[Span], often: int, with_headline: int
    ) -> _Phrase | None:
        """The phrase at these places, if it stands outside of names and verbs often enough."""
        in_headline = f" {' '.join(map(singular_of, key))} " in self.headline
        least = with_headline if in_headline else often
        if len(spans) < least:
            return None
        free = tuple(span for span in spans if not _is_named(span, self.mentions))
        if len(free) < least or all(self._is_verbal(span) for span in free):
            return None
        forms = Counter(" ".join(self.article.words(span).split()) for span in spans)
        name = min(forms, key=lambda form: (-forms[form], len(form), form))
        return _Phrase(key, name, free, in_headline)

    def _is_verbal(self, span: Span) -> bool:
        before = self.article.text[max(span.start - 8, 0) : span.start]
        return _BEFORE_VERB.search(before) is not None


def annotate(article: Article) -> Article:
    """Give an article its tags: those given, and proposed ones from English key phrases."""
    english = article.language is not None and article.language.value[:2] == "en"
    return _with(article, [*_given(article), *(_keyphrases(article) if english else ())])


def state(article: Article) -> Article:
    """Give an article the tags that its source states."""
    return _with(article, _given(article))


def _with(article: Article, found: Iterable[Term]) -> Article:
    kept = [term for term in article.terms if term.rule not in _RULES]
    terms = {(term.taxonomy, term.slug): term for term in kept}
    for term in found:
        terms.setdefault((term.taxonomy, term.slug), term)
    return msgspec.structs.replace(article, terms=tuple(terms.values()))


def _given(article: Article) -> Iterator[Term]:
    given = article.given
    for name in filter(None, map(str.strip, given.tags)):
        yield Term("tags", slug_of(name), name, "front-matter")
    if given.section and (section := given.section.strip()):
        yield Term("tags", slug_of(section), section, "section")


def _keyphrases(article: Article) -> Iterator[Term]:
    spans = [paragraph.span for paragraph in article.paragraphs]
    limit = spans[0].start + _SAMPLE if spans else 0
    runs = [
        (run.start(), run.group().split())
        for span in spans
        for run in _RUN.finditer(article.text, span.start, min(span.end, limit))
    ]
    counts = Counter(chain.from_iterable(words for _, words in runs))
    headline = " ".join(map(singular_of, _WORD.findall(article.headline.lower())))
    mentions = [mention.span for mention in article.outer_mentions()]
    names = _Names(article, f" {headline} ", mentions)
    chosen: list[_Phrase] = []
    for phrase in sorted(_repeated(names, runs, counts), key=_rank):
        if len(chosen) < _MOST and not any(_overlap(phrase, other) for other in chosen):
            chosen.append(phrase)
    # "Farm" tells less than the "wind farm" that was chosen.
    heads = {phrase.key[-1] for phrase in chosen}
    free = (phrase for phrase in _alone(names, runs, counts) if phrase.key[-1] not in heads)
    for phrase in [*chosen, *sorted(free, key=_rank)[:_MOST_ALONE]]:
        sure = 0.4 + 0.05 * len(phrase.places) + (0.1 if phrase.in_headline else 0.0)
        yield Term(
            "tags",
            slug_of(" ".join(phrase.key)),
            phrase.name,
            "keyphrase",
            phrase.places[0],
            round(min(0.9, sure), 2),
            proposed=True,
        )


def _rank(phrase: _Phrase) -> tuple[int, Span]:
    return -len(phrase.places) * len(phrase.key), phrase.places[0]


def _repeated(where: _Names, runs: _Runs, counts: Counter[str]) -> Iterator[_Phrase]:
    """The phrases that stand often enough outside of names, under their most frequent form."""
    stop = _word_lists()["stop"]
    singulars = Counter[str]()
    for word, count in counts.items():
        singulars[singular_of(word)] += count
    fit = {
        word
        for word in counts
        if word not in stop
        and (singulars[singular_of(word)] > 1 or f" {singular_of(word)} " in where.headline)
    }
    found: dict[tuple[str, ...], list[Span]] = {}
    for start, words in runs:
        for span, part in () if fit.isdisjoint(words) else _phrases(start, words, fit):
            found.setdefault((*part[:-1], singular_of(part[-1])), []).append(span)
    for key, spans in found.items():
        if phrase := where.phrase(key, spans, _OFTEN, _OFTEN - 1):
            yield phrase


def _alone(where: _Names, runs: _Runs, counts: Counter[str]) -> Iterator[_Phrase]:
    """The nouns that are a topic by themselves, of a list: most nouns are too general."""
    topical = _word_lists()["topic"]
    often = Counter[str]()
    for word, count in counts.items():
        if (noun := singular_of(word)) in topical:
            often[noun] += count
    wanted = {
        noun
        for noun, count in often.items()
        if count >= _OFTEN_ALONE - 2 * (f" {noun} " in where.headline)
    }
    found: dict[str, list[Span]] = {}
    for start, words in runs if wanted else ():
        place = start
        for word in words:
            if (noun := singular_of(word)) in wanted:
                found.setdefault(noun, []).append(Span(place, place + len(word)))
            place += len(word) + 1
    for noun, spans in found.items():
        if phrase := where.phrase((noun,), spans, _OFTEN_ALONE, _OFTEN_ALONE - 2):
            yield phrase


def _phrases(start: int, words: list[str], fit: set[str]) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """All phrases of a run: nouns that recur, with what may stand before a noun."""
    place = start
    for first, word in enumerate(words):
        if word in fit and first + 1 < len(words) and words[first + 1] in fit and _may_begin(word):
            end = place + len(word)
            for last in range(first + 1, min(first + _LONGEST, len(words))):
                if words[last] not in fit:
                    break
                end += 1 + len(words[last])
                if _may_end(words[last]):
                    yield Span(place, end), tuple(words[first : last + 1])
        place += len(word) + 1


def _may_begin(word: str) -> bool:
    if len(word) < 3 or word.endswith(_POSSESSIVES):
        return False
    return not _VERBAL.search(word) or word in _word_lists()["noun"]


def _may_end(word: str) -> bool:
    if len(word) < 3 or word in _word_lists()["adjective"]:
        return False
    odd = _VERBAL.search(word) or _ADJECTIVAL.search(word) or word.endswith(_POSSESSIVES)
    return not odd or word in _word_lists()["noun"]


def _is_named(span: Span, mentions: list[Span]) -> bool:
    """Whether a phrase touches a name; mentions are in order and never overlap."""
    place = bisect_right(mentions, span.start, key=lambda mention: mention.start)
    before = place > 0 and mentions[place - 1].end > span.start
    return before or (place < len(mentions) and mentions[place].start < span.end)


def _overlap(one: _Phrase, other: _Phrase) -> bool:
    """Whether two phrases share their wording, as "wind farm" and "offshore wind farm" do."""
    left, right = f" {' '.join(one.key)} ", f" {' '.join(other.key)} "
    return left in right or right in left or one.key[-2:] == other.key[:2]


@cache
def _word_lists() -> dict[str, frozenset[str]]:
    lists: dict[str, set[str]] = {}
    for line in lines_of("words_topics.txt"):
        part, _, words = line.partition(": ")
        lists.setdefault(part, set()).update(words.split())
    return {part: frozenset(words) for part, words in lists.items()}
