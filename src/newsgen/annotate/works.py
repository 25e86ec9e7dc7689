"""Works: books, films, songs and the like, where the words beside a title say that it is one."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import takewhile

from newsgen.language.cues import cues_of
from newsgen.language.script import language_of
from newsgen.model import Article, Span
from newsgen.names.additions import again, touched, with_names
from newsgen.names.gazetteer import demonyms, is_other, known_of
from newsgen.names.labels import Found
from newsgen.names.pieces import heads, not_names
from newsgen.wordlists import given_names, words_of

_FILE = "names_works.txt"
_RULE = "work-word"
_MARKED_SURE, _SURE = 0.9, 0.7  # of a title between marks, and of one without
_OPEN = re.compile(r"[\"“‘'](?=[A-Z0-9])(?<![\w’'].)")
_CLOSING = {'"': '"', "“": "”", "‘": "’", "'": "'"}
_LONGEST = 90  # characters of a title
_MOST = 14  # words of it
_NEAR = 48  # characters looked at on either side of a title
_WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")
_SMALL = frozenset("a an the of and or in on at to for from with by but as is vs de la nor".split())
_LEAD = re.compile(r"([A-Za-z-]+)(?: ([A-Za-z]+))?(?: (?:a|an|the|his|her|its|their))?[,:]? $")
_BEHIND = re.compile(
    r"[,.]?[\"”’']*(?:, (?:an?|the|his|her|their|its) (?P<what>[\w’'-]+(?: [\w’'-]+){0,3})"
    r"| \(?(?:an? )?(?P<near>[a-z]+))\b"
)
_PLAIN = re.compile(
    r"(?:(?:The|A|An) )?[A-Z][\w’'-]*"
    r"(?:(?: (?:of|the|and|in|a|to|for|on|from|with|at|an|&)){1,2} [A-Z][\w’'-]*"
    r"| [A-Z0-9][\w’'-]*){0,8}(?![/\w])"
)
_NEXT = re.compile(r",?[\"”’'] ([a-z]+)")
_BY = re.compile(r"[,.]?[\"”’']+, (?:an?|the) (?:[\w’'-]+ ){1,3}?by\b")
_STOPS = frozenset("by of who whose that which in on about for from with and".split())
_OWN = re.compile(r"(?:['’]s|['’])$")


def annotate(article: Article) -> Article:
    """Add the works among the names of an English article.

    Titles between marks or in emphasis need a word beside them that says what they are, and must
    be nobody's speech, so quotes are found before. What touches another name stays that name.
    """
    if language_of(article) != "en":
        return article
    prose = [(one.span.start, one.span.end) for one in article.paragraphs]
    prose += [(line.span.start, line.span.end) for line in article.lines_of("caption")]
    marked = [span for span in _titles(article, prose) if not _is_spoken(article, span)]
    found = [
        Found(span.start, span.end, "work", _RULE, _MARKED_SURE)
        for span in marked
        if _is_named(article.text, span)
    ]
    found += _unmarked(article, prose)
    if not found:
        return article
    return with_names(article, _with_repeats(article, prose, marked, found))


def _titles(article: Article, prose: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """Stretches between marks, or in emphasis, that are written like titles."""
    text = article.text
    for mark in _OPEN.finditer(text):
        start = mark.end()
        last = _closed(text, start, start + _LONGEST, mark.group())
        if last and _is_title(text[start:last]) and any(s <= start and last <= e for s, e in prose):
            yield Span(start, last)
    for inline in article.inline:
        if inline.element == "em" and _is_title(article.words(inline.span)):
            yield inline.span


def _closed(text: str, start: int, limit: int, mark: str) -> int | None:
    """Where a title ends: before its closing mark, and before a comma or stop inside it."""
    closing = _CLOSING[mark]
    at = text.find(closing, start, limit + 1)
    while at >= 0 and closing in "’'" and text[at + 1 : at + 2].isalnum():
        at = text.find(closing, at + 1, limit + 1)
    if at < 0:
        return None
    return at - 1 if text[at - 1] in ",." else at


def _is_title(words: str) -> bool:
    """Whether words are written like a title: all of weight with capitals, and not too many."""
    if "\n" in words or "“" in words or '"' in words or len(words) > _LONGEST:
        return False
    parts = _WORD.findall(words)
    if not parts or len(parts) > _MOST or words[-1:] == ",":
        return False
    return all(
        part[0].isupper() or part[0].isdigit() or (place and part in _SMALL)
        for place, part in enumerate(parts)
    ) and any(part[0].isalpha() for part in parts)


def _is_spoken(article: Article, span: Span) -> bool:
    """Whether a title is a quote of somebody; one that nobody says may be no speech at all.

    Nor is what "a play by Ada Quill" follows, which looks like a speaker.
    """
    if _BY.match(article.text, span.end, span.end + _NEAR):
        return False
    place = bisect_right(article.quotes, span.start, key=lambda quote: quote.span.start)
    for quote in article.quotes[max(0, place - 1) : place + 1]:
        touches = quote.span.start < span.end and span.start < quote.span.end
        if touches and quote.kind == "direct" and quote.speaker is not None:
            return True
    return False


def _is_named(text: str, span: Span) -> bool:
    """Whether words beside a title say that it is one of a work."""
    said = _NEXT.match(text, span.end, span.end + _NEAR)
    if said and said[1] in cues_of("en").speech:
        return False  # “…,” said Ada Quill
    before = text[max(0, span.start - _NEAR) : span.start].rpartition("\n")[2]
    lead = _LEAD.search(before.rstrip("\"“‘'*_"))
    if lead:
        words = [word.lower() for word in lead.groups() if word]
        last, other = words[-1], words[0] if len(words) > 1 else ""
        kinds = words_of(_FILE, "kind")
        if last in kinds or last in words_of(_FILE, "verb"):
            return True
        if other in kinds and last in words_of(_FILE, "naming"):
            return True
        if last in ("of", "in") and other in words_of(_FILE, "of") | words_of(_FILE, "verb"):
            return True
    behind = _BEHIND.match(text, span.end, span.end + _NEAR)
    if behind is None:
        return False
    what = takewhile(lambda word: word not in _STOPS, (behind["what"] or "").split())
    kinds = words_of(_FILE, "kind")
    return any(word in kinds for word in what) or behind["near"] in words_of(_FILE, "behind")


def _unmarked(article: Article, prose: Sequence[tuple[int, int]]) -> Iterator[Found]:
    """Titles without marks, of two words and more, right behind a word such as "film"."""
    text = article.text
    for kind in _sure_words():
        at = text.find(kind)
        while at >= 0:
            start = at + len(kind)
            run = _PLAIN.match(text, start, start + _LONGEST)
            if run and any(first <= start < last for first, last in prose):
                size = _end_of_plain(run.group())
                found = Found(start, start + size, "work", _RULE, _SURE)
                # Without marks a person's name looks the same.
                if size and not touched(article.mentions, found):
                    yield found
            at = text.find(kind, start)


def _end_of_plain(title: str) -> int:
    """How long a title without marks is; 0 where it may be none."""
    title = _OWN.sub("", title)
    words = title.split()
    big = [word for word in words if word not in ("The", "A", "An") and word.lower() not in _SMALL]
    first = words[0]
    doubtful = (
        len(words) < 2
        or not big
        or (len(big) < 2 and first != "The")
        or first in words_of(_FILE, "not")
        or first in demonyms()
        or first in not_names("calendar")
        or (first in given_names() and len(words) < 3)
        or known_of(title) is not None
        or is_other(title)
        or words[-1] in heads("organisation")
        or words[-1] in heads("event")
    )
    return 0 if doubtful else len(title)


@cache
def _sure_words() -> tuple[str, ...]:
    return tuple(f" {word} " for word in sorted(words_of(_FILE, "sure")))


def _with_repeats(
    article: Article, prose: Sequence[tuple[int, int]], marked: Sequence[Span], found: list[Found]
) -> list[Found]:
    """Add where the titles stand again: between marks, or, of two words and more, anywhere."""
    text = article.text
    taken = {name.start for name in found}
    forms = {text[name.start : name.end]: name for name in found}
    repeats = [
        name._replace(start=span.start, end=span.end)
        for span in marked
        if (name := forms.get(article.words(span))) and span.start not in taken
    ]
    lines = article.lines_of("headline", "subheadline", "subheading")
    stretches = [*prose, *((line.span.start, line.span.end) for line in lines)]
    long = [name for form, name in forms.items() if _is_telling(form)]
    repeats += again(text, stretches, long)
    return _disjoint([*found, *repeats])


def _is_telling(form: str) -> bool:
    """Whether a title says without marks that it is one: "The Return" begins sentences, too."""
    words = [word for word in form.split() if word.lower() not in _SMALL]
    return len(words) > 1


def _disjoint(found: list[Found]) -> list[Found]:
    kept: list[Found] = []
    last = 0
    for name in sorted(found, key=lambda one: (one.start, -one.end)):
        if name.start >= last:
            kept.append(name)
            last = name.end
    return kept
