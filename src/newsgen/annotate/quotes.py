"""Find quotes: words between marks, reported speech, and speech whose marks were lost."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from newsgen.language.attribution import Cue, cues_in
from newsgen.language.frames import Frame, frames_of
from newsgen.language.grammar import DAYS
from newsgen.language.marks import LABEL, Stretch, quoted_stretches
from newsgen.language.script import language_of
from newsgen.language.speech import is_speech, is_speech_by_marks
from newsgen.language.tokens import Sentence
from newsgen.model import Article, Quote, QuoteKind, Span

_WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")
_TURNS = 3  # paragraphs with labels that make a transcript
_SHORT = 60  # characters: a term that is quoted again is not longer
_FIRST_PERSON = re.compile(
    r"\b(?:I|I['’]m|I['’]ve|we|We|We['’]re|we['’]re|our|Our|my|My|us|ours)\b"
)
# Verbs after which speech may follow without "that".
_PLAIN = frozenset("said says say added adds told tells".split())
# What may stand between a cue and what it reports.
_NOT_FIRST = DAYS | {",", ":", ";", "-", "—", "–", "--"}
_NO_SPEECH_AFTER = frozenset(
    "on in at to of for by from with about during after before as , ; : . - — – -- ( so it".split()
)


def annotate(article: Article) -> Article:
    """Fill `quotes`, each without a speaker yet."""
    language = language_of(article)
    english = language == "en"
    quotes = [
        _direct(article.text, stretch)
        for stretch, repeated in _stretches(article)
        if (
            is_speech(article.text, stretch.span, repeated=repeated)
            if english
            else is_speech_by_marks(article.text, stretch.span, language)
        )
    ]
    turns = _transcribed(article, quotes)
    if english:
        quotes += _reported(article, quotes, {turn.span.end for turn in turns})
    quotes += turns
    quotes.sort(key=lambda quote: quote.span)
    return replace(article, quotes=tuple(quotes))


def candidates(article: Article) -> list[tuple[Span, bool]]:
    """All stretches between marks, as `speech` is fitted on them; true for repeated ones."""
    return [(stretch.span, repeated) for stretch, repeated in _stretches(article)]


def _stretches(article: Article) -> Iterator[tuple[Stretch, bool]]:
    spans = [paragraph.span for paragraph in article.paragraphs]
    found = quoted_stretches(article.text, spans)
    short = Counter(article.words(one.span).lower() for one in found if _is_short(one))
    for stretch in found:
        repeated = _is_short(stretch) and short[article.words(stretch.span).lower()] > 1
        yield stretch, repeated


def _is_short(stretch: Stretch) -> bool:
    return stretch.span.end - stretch.span.start < _SHORT


def _direct(text: str, stretch: Stretch) -> Quote:
    """A quote of what stands between marks."""
    span = stretch.span
    words = _WORD.findall(text[span.start : min(span.end, span.start + 160)])
    rule = "single-marks" if stretch.single else "marks" if stretch.whole else "lost-mark"
    confidence = 0.9 if len(words) >= 4 else 0.5
    return Quote(span, "direct", rule, confidence=confidence if stretch.whole else 0.6)


def _transcribed(article: Article, quotes: Sequence[Quote]) -> list[Quote]:
    """The turns of a transcript without quotation marks: "WALLACE: …", "Q: …"."""
    turns = [
        (paragraph.span, label)
        for paragraph in article.paragraphs
        if (label := LABEL.match(article.text, paragraph.span.start, paragraph.span.end))
    ]
    if len(turns) < _TURNS or len({label["name"] for _, label in turns}) < 2:
        return []  # "LONDON: …" and the like stand before one paragraph
    taken = {quote.span.start for quote in quotes}
    return [
        Quote(
            Span(label.end(), span.end),
            "unmarked",
            "transcript",
            cue=Span(label.start("name"), label.end("name")),
            confidence=0.9,
        )
        for span, label in turns
        if not any(start in taken for start in range(label.end(), label.end() + 2))
    ]


def _reported(article: Article, quotes: Sequence[Quote], spoken: set[int]) -> list[Quote]:
    """Reported speech, outside of paragraphs that are speech themselves (told by their ends)."""
    found: list[Quote] = []
    for frame in frames_of(article, quotes):
        if frame.paragraph.span.end in spoken:
            continue
        for sentence in frame.sentences:
            if sentence.last - sentence.first > 5:
                found += _reported_in(article.text, frame, sentence)
    return found


def _reported_in(text: str, frame: Frame, sentence: Sentence) -> list[Quote]:
    """Reported speech of one sentence: each stretch of it is given to one cue at most."""
    found: list[Quote] = []
    free = sentence.first
    for cue in cues_in(frame.tokens, sentence, "en"):
        if cue.form not in ("speech", "ing", "according") or cue.subject is None:
            continue
        if cue.subject.kind == "pronoun" and text[cue.subject.start : cue.subject.end].lower() in (
            "i",
            "we",
            "you",
            "it",
        ):
            continue
        content = _content(frame, sentence, cue, free)
        if content is None:
            continue
        first, last, rule = content
        while first < last and frame.tokens[first].text.lower() in _NOT_FIRST:
            first += 1
        tokens = frame.tokens[first:last]
        if any(token.quoted for token in tokens) or sum(t.text[0].isalnum() for t in tokens) < 4:
            continue
        span = Span(tokens[0].start, tokens[-1].end)
        unmarked = rule == "cue-after" and _FIRST_PERSON.search(text, span.start, span.end)
        kind: QuoteKind = "unmarked" if unmarked else "indirect"
        found.append(Quote(span, kind, rule, cue=Span(cue.start, cue.end), confidence=0.8))
        free = sentence.last if cue.form == "according" else max(last, cue.place + 1)
    return found


def _content(frame: Frame, sentence: Sentence, cue: Cue, free: int) -> tuple[int, int, str] | None:
    """The tokens that a cue reports, and the rule that tells so."""
    tokens = frame.tokens
    end = sentence.last
    while end > sentence.first and tokens[end - 1].text in (".", "!", "?", "…"):
        end -= 1
    if cue.form == "according":
        return _according(frame, sentence, cue, end)
    after = tokens[cue.place + 1].text if cue.place + 1 < end else "."
    that = _that(frame, cue, end)
    if that is not None:
        return that + 1, _clause_end(frame, that + 1, end), "cue-before"
    if cue.form != "speech" or cue.subject is None:
        return None
    edge = _place_of(frame, cue.subject.start, cue.place) if not cue.inverted else cue.place
    if edge - 1 > free and tokens[edge - 1].text == "," and _tail_is_short(frame, cue, end):
        return free, edge - 1, "cue-after"
    word = tokens[cue.place].text
    plain = (
        word in _PLAIN and word not in ("told", "tells") and after.lower() not in _NO_SPEECH_AFTER
    )
    if plain and not cue.inverted and after[0].isalpha():
        return cue.place + 1, _clause_end(frame, cue.place + 1, end), "cue-before"
    return None


def _that(frame: Frame, cue: Cue, end: int) -> int | None:
    """The place of "that" behind a cue, with at most whom was told and when between them."""
    for place in range(cue.place + 1, min(cue.place + 8, end)):
        word = frame.tokens[place].text
        if word == "that":
            near = place == cue.place + 1
            return place if near or frame.tokens[cue.place].text in _TOLD else None
        if word in (",", ";", ":", "(") or frame.tokens[place].quoted:
            return None
    return None


_TOLD = frozenset("told tells telling said says assured informed reminded warned".split())


def _clause_end(frame: Frame, first: int, end: int) -> int:
    """Cut a clause before ", he said" and ", adding that", which belong to another cue."""
    for place in range(first, end):
        if frame.tokens[place].text == "," and place + 1 < end:
            following = frame.tokens[place + 1].text
            if following in ("adding", "noting", "saying", "according"):
                return place
    return end


def _tail_is_short(frame: Frame, cue: Cue, end: int) -> bool:
    """Behind a cue that ends its sentence stand only the hearer, the day and the occasion."""
    tail = frame.tokens[cue.place + 1 : end]
    for index, token in enumerate(tail):
        if token.text in (",", ";", "—", "–"):
            tail = tail[:index]
            break
    return len(tail) <= 14 and not any(token.quoted or token.text == "that" for token in tail)


def _according(frame: Frame, sentence: Sentence, cue: Cue, end: int) -> tuple[int, int, str] | None:
    tokens = frame.tokens
    if cue.place > sentence.first + 1:
        last = cue.place - 1 if tokens[cue.place - 1].text == "," else cue.place
        return sentence.first, last, "according"
    place = cue.place
    while place < end and tokens[place].text != ",":
        place += 1
    return (place + 1, end, "according") if place + 1 < end else None


def _place_of(frame: Frame, start: int, place: int) -> int:
    while place > 0 and frame.tokens[place].start > start:
        place -= 1
    return place
