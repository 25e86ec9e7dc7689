"""What the topics of newsgen.yaml make of an article: tags given, renamed, mapped and hidden."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from os.path import commonprefix
from typing import NamedTuple

import msgspec

from newsgen.language.plurals import forms_of, singular_of
from newsgen.model import Article, Span, Term
from newsgen.text import slug_of
from newsgen.topic_rules import TopicRule

RULE = "newsgen.yaml"
# Scripts that put no spaces between words: a phrase in them may begin and end anywhere.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_GAP = r"[\s‐-]+"


class _Phrase(NamedTuple):
    """A phrase to look for; `start` is how it begins in every form, in lower case.

    Places that begin so are found ten times as fast as by the pattern, which is held against these.
    """

    start: str
    pattern: re.Pattern[str]


class _Rule(NamedTuple):
    rule: TopicRule
    any: tuple[_Phrase, ...]
    all: tuple[_Phrase, ...]
    unless: tuple[_Phrase, ...]


class _Text(NamedTuple):
    """Where phrases are looked for: the headline and the body, not the words of the page."""

    article: Article
    lower: str  # of the same length as the text
    areas: tuple[Span, ...]

    def find(self, phrase: _Phrase) -> tuple[bool, Span | None]:
        """Whether a phrase stands here, and where first; a given headline has no place."""
        at = self.lower.find(phrase.start)
        while at >= 0:
            found = phrase.pattern.match(self.article.text, at)
            if found and self._is_inside(found.start(), found.end()):
                return True, Span(*found.span())
            at = self.lower.find(phrase.start, at + 1)
        return phrase.pattern.search(self.article.headline) is not None, None

    def _is_inside(self, start: int, end: int) -> bool:
        place = bisect_right(self.areas, start, key=lambda area: area.start) - 1
        return place >= 0 and end <= self.areas[place].end


def tag(article: Article, rules: tuple[TopicRule, ...]) -> Article:
    """Apply the archive's topics to an article; equal input gives an equal article."""
    if not rules:
        return article
    by_slug = {rule.slug: rule for rule in rules}
    by_key = {_key(rule.name): rule for rule in rules}
    terms: dict[tuple[str, str], Term] = {}
    for term in article.terms:
        rule = by_slug.get(term.slug) or (by_key.get(_key(term.name)) if term.proposed else None)
        if rule is None or term.taxonomy != "tags":
            terms.setdefault((term.taxonomy, term.slug), term)
        elif not rule.hide:
            term = msgspec.structs.replace(
                term, slug=rule.slug, name=rule.name.strip(), iptc=rule.iptc
            )
            terms.setdefault((term.taxonomy, term.slug), term)
    for term in _found(article, _compiled(rules)):
        known = terms.get((term.taxonomy, term.slug))
        if known is None or known.proposed:
            terms[term.taxonomy, term.slug] = term
    return msgspec.structs.replace(article, terms=tuple(terms.values()))


def _found(article: Article, rules: Iterable[_Rule]) -> Iterator[Term]:
    lines = article.lines_of("headline", "subheadline", "subheading", "caption")
    spans = [line.span for line in lines] + [paragraph.span for paragraph in article.paragraphs]
    text = _Text(article, _lower(article.text), tuple(sorted(spans)))
    for rule, some, every, unless in rules:
        if rule.hide or not (some or every):
            continue
        found = [text.find(phrase) for phrase in every]
        if not all(stands for stands, _ in found):
            continue
        first = next((hit for hit in map(text.find, some) if hit[0]), None)
        if (some and first is None) or any(text.find(phrase)[0] for phrase in unless):
            continue
        hits = [*([first] if first else []), *found]
        evidence = min((span for _, span in hits if span is not None), default=None)
        yield Term("tags", rule.slug, rule.name.strip(), RULE, evidence, iptc=rule.iptc)


def _lower(text: str) -> str:
    """A text in lower case, letter for letter: a few letters would become two."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def _key(name: str) -> str:
    """What a topic and a phrase found in a text have in common: its slug in the singular."""
    *before, last = name.lower().split()
    return slug_of(" ".join((*before, singular_of(last))))


@cache
def _compiled(rules: tuple[TopicRule, ...]) -> tuple[_Rule, ...]:
    return tuple(
        _Rule(rule, _phrases(rule.any), _phrases(rule.all), _phrases(rule.unless)) for rule in rules
    )


def _phrases(written: tuple[str, ...]) -> tuple[_Phrase, ...]:
    return tuple(map(_phrase, written))


def _phrase(written: str) -> _Phrase:
    """Whole words, the last also in singular or plural; capitals stand only for themselves."""
    words = re.split(_GAP, written.strip())
    forms = [[word] for word in words]
    if words[-1].isascii() and words[-1].isalpha():
        forms[-1] = _number_forms(words[-1])
    pattern = _GAP.join(
        f"(?:{'|'.join(map(_cased, sorted(ways, key=len, reverse=True)))})" for ways in forms
    )
    left = "" if _UNSPACED.match(words[0][0]) else r"(?<!\w)"
    right = "" if _UNSPACED.match(words[-1][-1]) else r"(?!\w)"
    start = commonprefix([form.lower() for form in forms[0]])  # noqa: RUF071 - letters, no paths
    return _Phrase(start, re.compile(f"{left}{pattern}{right}"))


def _number_forms(word: str) -> list[str]:
    """The word in singular and plural, in the capitals it is written with."""
    if word.isupper():
        return [word, word + "s"]
    lower = [form for form in forms_of(word.lower()) if form != word.lower()]
    return [word, *(form.capitalize() if word[0].isupper() else form for form in lower)]


def _cased(word: str) -> str:
    """A word without capitals is found in any, another one only as it is written."""
    return re.escape(word) if word != word.lower() else f"(?i:{re.escape(word)})"
