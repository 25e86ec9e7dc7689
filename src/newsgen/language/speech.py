"""Tell whether words between quotation marks are somebody's words, or a title, a name, a term.

The traits of a quoted stretch are what can be seen of it and of the words beside it; what they
are worth is fitted on labelled articles (`newsgen.language.weights`, table "speech").
"""

import re
from collections.abc import Iterator

from newsgen.language.cues import cues_of
from newsgen.language.grammar import BE, CONJUNCTIONS, DETERMINERS, PREPOSITIONS
from newsgen.language.weights import worth
from newsgen.model import Span

_WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")
_BEFORE = re.compile(r"([^\W\d_][\w’'.-]*|\d+|[^\w\s])?\s*[\"“”‘'`«„‹「『(\[]*$")
_AFTER = re.compile(r"[\"“”’'`»›」』)\]]*\s*([^\W\d_][\w’'-]*|\d+|[^\w\s])?")
_SMALL = frozenset("a an the of and or in on at to for from with by but as is vs & de la".split())
_NAMING = frozenset(
    "called named titled entitled headlined dubbed nicknamed known aka so-called movie film novel "
    "book song album show series sitcom drama play musical painting magazine programme program "
    "episode documentary memoir hashtag slogan phrase word term title name sign label "
    "labeled".split()
)
_LONG_ENOUGH = "long"  # a stretch of that size is nobody's title
_NEAR = 6  # words before a stretch among which its cue stands
_FEW = 4  # words: fewer are a term more often than speech
_LONG = 160  # characters looked at of a stretch, and on either side of it
_SENTENCE_END = re.compile(r"[.!?…]['’\"”]?\s")


def is_speech(text: str, span: Span, *, repeated: bool) -> bool:
    """Whether a quoted stretch is somebody's words; `repeated` if the article quotes it often."""
    head = _head(text, span)
    if _size(len(_WORD.findall(head))) == _LONG_ENOUGH and not _is_markup(text, span, head):
        return True  # as most are: the rest need not be looked at
    return worth("speech", traits_of(text, span, repeated=repeated)) >= 0


def is_speech_by_marks(text: str, span: Span, language: str) -> bool:
    """The same for languages that nothing was fitted on, by marks and cues alone.

    A few words are somebody's only where they end as a sentence ends and stand apart, or where a
    cue of the language stands right before or behind them.
    """
    head = _head(text, span)
    wide = sum(one > "\u2e7f" for one in head)  # Han and kana: two letters are a word
    if len(_WORD.findall(head)) + wide // 2 >= _FEW:
        return True
    before = text[max(0, span.start - 40) : span.start].rstrip(" \"“”‘'`«„‹「『([\u202f\xa0")
    behind = text[span.end : span.end + 40].lstrip(" \"“”’'`»›」』)]\u202f\xa0,，.。—–-")
    if _close(text, span) in ("asks", "stop") and (not before or before[-1] in "\n:：.!?。！？"):
        return True
    cues = cues_of(language).speech
    if wide:  # no spaces between words
        return before.rstrip("：，, ").endswith(tuple(cues)) or any(
            cue in behind[:8] for cue in cues
        )
    lead = _WORD.findall(_SENTENCE_END.split(before)[-1])[-_NEAR:]
    return any(word.lower() in cues for word in (*lead, *_WORD.findall(behind)[:2]))


def traits_of(text: str, span: Span, *, repeated: bool) -> tuple[str, ...]:
    """What can be seen of a quoted stretch."""
    return tuple(_traits(text, span, repeated=repeated))


def _traits(text: str, span: Span, *, repeated: bool) -> Iterator[str]:
    head = _head(text, span)
    words = _WORD.findall(head)
    size = _size(len(words))
    close = _close(text, span)
    case = _case(words)
    before = _before(text, span)
    after = _after(text, span)
    yield "any"
    for trait in (size, case, f"close-{close}", f"before-{before}", f"after-{after}"):
        yield trait
        yield f"{size}/{trait}"
    yield f"{case}/close-{close}"
    yield f"{case}/before-{before}"
    yield f"close-{close}/before-{before}"
    yield f"before-{before}/after-{after}"
    yield f"{case}/after-{after}"
    cue = _cue(text, span)
    yield f"cue-{cue}"
    yield f"{size}/cue-{cue}"
    yield f"{case}/cue-{cue}"
    if repeated:
        yield "repeated"
        yield f"{size}/repeated"
    if _is_markup(text, span, head):
        yield "markup"


def _head(text: str, span: Span) -> str:
    """The beginning of a stretch, which is enough to tell."""
    return text[span.start : min(span.end, span.start + _LONG)]


def _is_markup(text: str, span: Span, head: str) -> bool:
    """Whether the marks belong to left-over markup."""
    return "<" in head or "=" in text[max(0, span.start - 2) : span.start]


def _size(words: int) -> str:
    if words < 4:
        return f"words{words}"
    return "words4-5" if words < 6 else _LONG_ENOUGH


def _case(words: list[str]) -> str:
    big = [word for word in words if word.lower() not in _SMALL]
    if not big:
        return "small"
    capital = sum(word[0].isupper() or word[0].isdigit() for word in big)
    if capital == len(big):
        return "shouted" if all(word.isupper() for word in big) and len(words) > 1 else "title"
    if words[0][0].isupper():
        return "first"
    return "small" if not capital else "mixed"


def _close(text: str, span: Span) -> str:
    last = text[span.end - 1]
    if last in "?!？！":
        return "asks"
    if last in ".…。":
        return "stop"
    follower = text[span.end : span.end + 3]
    if "," in follower[:3]:
        return "comma"
    return "stop-behind" if "." in follower[:3] else "none"


def _before(text: str, span: Span) -> str:
    found = _BEFORE.search(text, max(0, span.start - 40), span.start)
    word = found[1] if found else None
    line = text[max(0, span.start - 40) : span.start].rstrip(" \"“”‘'`«„‹「『([")
    if not word or line.endswith("\n") or not line:
        return "start"
    low = word.lower()
    if low in _NAMING:
        return "naming"
    if low in cues_of("en").speech or low in cues_of("en").voice:
        return "cue"
    if low in DETERMINERS:
        return "article" if low in ("the", "a", "an", "this") else "owner"
    if low in PREPOSITIONS:
        return low if low in ("of", "as", "for", "on", "to") else "preposition"
    if low in CONJUNCTIONS:
        return "that" if low == "that" else "conjunction"
    if low in BE:
        return "be"
    if low.endswith(("'s", "’s", "s'", "s’")):
        return "owner"
    if word[0].isupper():
        return "name"
    return f"mark{word}" if word in ",:—-(" else "word" if word[0].isalpha() else "mark"


def _after(text: str, span: Span) -> str:
    found = _AFTER.match(text, span.end, span.end + 40)
    rest = text[span.end : span.end + 6].strip(" \"”’'`»›」』")
    word = found[1] if found else None
    if not word or rest.startswith("\n") or not rest:
        return "end"
    low = word.lower()
    if low in cues_of("en").speech:
        return "cue"
    if low in BE:
        return "be"
    if low in PREPOSITIONS:
        return "preposition"
    if low in CONJUNCTIONS:
        return "conjunction"
    if word[0].isupper():
        return "name"
    return "word" if word[0].isalpha() else f"mark{word}" if word in ",.-;" else "mark"


def _cue(text: str, span: Span) -> str:
    """Where in its sentence a verb of speech stands: before the stretch, behind it, nowhere."""
    lead = text[max(0, span.start - _LONG) : span.start].rpartition("\n")[2]
    ends = list(_SENTENCE_END.finditer(lead))
    lead = lead[ends[-1].end() :] if ends else lead
    tail = text[span.end : span.end + _LONG].partition("\n")[0]
    end = _SENTENCE_END.search(tail)
    tail = tail[: end.start()] if end else tail
    speech = cues_of("en").speech
    if any(word.lower() in speech for word in _WORD.findall(lead)):
        return "before"
    if any(word.lower() in speech for word in _WORD.findall(tail)):
        return "behind"
    voice = cues_of("en").voice
    return "voice" if any(word.lower() in voice for word in _WORD.findall(lead)) else "none"
