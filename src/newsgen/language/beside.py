"""Read who speaks beside a quote in scripts without capitals: Chinese and Arabic.

Only what stands at once beside the quote counts; where a name ends cannot be told, nobody is named.
"""

import re
from typing import NamedTuple

from newsgen.language.cues import cues_of, offices_of_script
from newsgen.model import Span

_NEAR = 80  # characters looked at on either side


class Beside(NamedTuple):
    """The name and the cue that stand beside a quote."""

    name: Span
    cue: Span


def _pattern(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What may stand before a quote and what behind it."""
    verbs = "|".join(sorted(cues_of(language).speech, key=lambda verb: (-len(verb), verb)))
    if language == "zh":
        surnames, offices = offices_of_script("zh")
        han = r"[\u4e00-\u9fff]"
        name = rf"(?:[{surnames}]{han}{{1,2}}|{han}{{1,6}}·(?:{han}|·){{1,9}})"
        edge = rf"(?:^|[，。；、！？\s]|{offices})"
        place = r"(?:[在对就向于][^，。：]{1,20})?"
        cue = rf"(?P<cue>{verbs})"
        return (
            re.compile(rf"{edge}(?P<name>{name}){place}{cue}[：:，,]?\s?[“「『\"]$"),
            re.compile(rf"^[，,。！？]?[”」』\"][，,]?(?P<name>{name}){place}{cue}"),
        )
    word = r"(?!(?:أن|إن|أنه|إنه|أنها|إنها|في|من|على|خلال|كل)\s)[^\s\W\d]+"
    words = rf"(?P<name>{word}(?:\s{word}){{0,4}}?)"
    return (
        re.compile(
            rf"(?:^|\s)(?P<cue>{verbs})\s{words}(?:\s(?:إن|أن|إنه|إنها|أنه|أنها)(?:\s\S+)?)?:?\s?[\"“«]$"
        ),
        re.compile(rf"^[\"”»]،?\s(?P<cue>(?:كما\s)?(?:{verbs}))\s{words}(?=[.،:]|\s(?:في|خلال))"),
    )


_PATTERNS: dict[str, tuple[re.Pattern[str], re.Pattern[str]]] = {}


def beside(text: str, span: Span, paragraph: Span, language: str) -> Beside | None:
    """Who speaks, by the words at once before or behind a quote of one paragraph."""
    if language not in _PATTERNS:
        _PATTERNS[language] = _pattern(language)
    before, behind = _PATTERNS[language]
    start, end = max(paragraph.start, span.start - _NEAR), min(paragraph.end, span.end + _NEAR)
    for pattern, offset, words in (
        (before, start, text[start : span.start]),
        (behind, span.end, text[span.end : end]),
    ):
        match = pattern.search(words)
        if match is not None and match["name"] and match["name"].strip():
            first = match.start("name") + offset
            name = Span(first, first + len(match["name"].rstrip()))
            return Beside(name, Span(match.start("cue") + offset, match.end("cue") + offset))
    return None
