"""What an article is about: the tags it is given, and phrases that it keeps coming back to."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import NamedTuple

import msgspec

from newsgen.model import Article, Span, Term
from newsgen.text import slug_of
from newsgen.wordlists import lines_of

_RULES = frozenset({"front-matter", "section", "keyphrase"})
# Runs of words in lower case, with single spaces (or the line break of wrapped text) between:
# names, numbers and marks of punctuation end a run, so no phrase reaches over them.
_RUN = re.compile(r"(?<![\w'’-])[a-z][a-z’'-]+(?:[ \n][a-z][a-z’'-]+)+(?![\w])")
_WORD = re.compile(r"[a-z][a-z’'-]+")
_LONGEST = 3  # words of a phrase
_OFTEN = 3  # times a phrase stands in the text; one less where the headline has it too
_MOST = 5  # tags proposed for an article
# Endings of words that are no nouns. "-ed" and "-ing" are mostly verbs; the list of words that may
# stand all the same ("housing", "armed") is data.
_VERBAL = re.compile(r"(?:ed|ing|ly)$")
_ADJECTIVAL = re.compile(r"(?:ous|ful|able|ible|less|ish|ary|ical|ial|onal|ese|est)$")
_POSSESSIVES = ("'s", "’s", "'", "’")


class _Phrase(NamedTuple):
    words: tuple[str, ...]
    places: tuple[Span, ...]
    in_headline: bool


def annotate(article: Article) -> Article:
    """Give an article its tags: those given, and proposed ones from English key phrases."""
    kept = [term for term in article.terms if term.rule not in _RULES]
    terms = {(term.taxonomy, term.slug): term for term in kept}
    english = article.language is not None and article.language.value[:2] == "en"
    for term in [*_given(article), *(_keyphrases(article) if english else ())]:
        terms.setdefault((term.taxonomy, term.slug), term)
    return msgspec.structs.replace(article, terms=tuple(terms.values()))


def _given(article: Article) -> Iterator[Term]:
    given = article.given
    for name in filter(None, map(str.strip, given.tags)):
        yield Term("tags", slug_of(name), name, "front-matter")
    if given.section and (section := given.section.strip()):
        yield Term("tags", slug_of(section), section, "section")


def _keyphrases(article: Article) -> Iterator[Term]:
    phrases = sorted(
        _repeated(article),
        key=lambda phrase: (-len(phrase.places) * len(phrase.words), phrase.places[0]),
    )
    chosen: list[_Phrase] = []
    for phrase in phrases:
        if len(chosen) < _MOST and not any(_overlap(phrase, other) for other in chosen):
            chosen.append(phrase)
    for phrase in chosen:
        name = " ".join(phrase.words)
        sure = 0.4 + 0.05 * len(phrase.places) + (0.1 if phrase.in_headline else 0.0)
        yield Term(
            "tags",
            slug_of(name),
            name,
            "keyphrase",
            phrase.places[0],
            round(min(0.9, sure), 2),
            proposed=True,
        )


def _repeated(article: Article) -> Iterator[_Phrase]:
    """The phrases that stand often enough outside of names, under their most frequent form."""
    headline = f" {' '.join(_WORD.findall(article.headline.lower()))} "
    runs = [
        (run.start(), run.group().split())
        for paragraph in article.paragraphs
        for run in _RUN.finditer(article.text, paragraph.span.start, paragraph.span.end)
    ]
    counts = Counter(chain.from_iterable(words for _, words in runs))
    stop = _word_lists()["stop"]
    fit = {
        word
        for word, count in counts.items()
        if word not in stop and (count > 1 or _twin(word) in counts)
    }
    found: dict[tuple[str, ...], list[Span]] = {}
    for start, words in runs:
        for span, phrase in () if fit.isdisjoint(words) else _phrases(start, words, fit):
            found.setdefault((*phrase[:-1], _singular(phrase[-1])), []).append(span)
    mentions = [mention.span for mention in article.mentions]
    for spans in found.values():
        if len(spans) < _OFTEN - 1:
            continue
        forms = Counter(" ".join(article.words(span).split()) for span in spans)
        in_headline = any(f" {form} " in headline for form in forms)
        free = tuple(span for span in spans if not _is_named(span, mentions))
        if len(free) >= _OFTEN - in_headline:
            form = min(forms, key=lambda form: (-forms[form], len(form)))
            yield _Phrase(tuple(form.split()), free, in_headline)


def _twin(noun: str) -> str:
    """The plural of a singular, the singular of a plural, roughly."""
    if noun.endswith("y"):
        return noun[:-1] + "ies"
    return _singular(noun) if noun.endswith("s") else noun + "s"


def _singular(noun: str) -> str:
    """What a noun shares with its plural: a key, never printed."""
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith(("sses", "xes", "ches", "shes")):
        return noun[:-2]
    return noun if noun.endswith(("ss", "us", "is", "ics")) else noun.removesuffix("s")


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
    left, right = f" {' '.join(one.words)} ", f" {' '.join(other.words)} "
    return left in right or right in left or one.words[-2:] == other.words[:2]


@cache
def _word_lists() -> dict[str, frozenset[str]]:
    lists: dict[str, set[str]] = {}
    for line in lines_of("words_topics.txt"):
        part, _, words = line.partition(": ")
        lists.setdefault(part, set()).update(words.split())
    return {part: frozenset(words) for part, words in lists.items()}
