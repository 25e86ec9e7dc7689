"""List, for each quote of a sentence, the cues that may give it to somebody, with their traits.

A trait is a word for what can be seen of a cue and its quote: where the cue stands, what mark
the quote ends in, what kind of words its subject is. `newsgen.language.weights` adds up what the
traits of an option are worth.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsgen.language.attribution import Cue, dash_signature
from newsgen.language.cues import offices
from newsgen.language.grammar import SKIPPED
from newsgen.language.phrases import Subject
from newsgen.language.tokens import Sentence, Token

_LIGHT = frozenset(
    (",", ":", "that", "-", "—", "–", "--", "(", "[", "…", "...", "’", "'", '"', ";")
)
_LISTING = frozenset(
    "and or but , ; then to be a an the as also for of not is was are with that".split()
)
_PLAINEST = frozenset("said says say added adds told tells wrote writes".split())
_SUBORDINATE = frozenset(
    "who which whom that when after before as while if because since although though where".split()
)
_NEGATIVE = frozenset("not never n’t n't nobody none didn’t didn't".split())
_FAR = 12  # tokens
_CAPITAL = re.compile(r"[^\W\d_]*[A-ZÀ-Þ][^\W\d_]{2,}")
_NAMES_WITHIN = 800  # characters of a quote in which names are looked for


class Option(NamedTuple):
    """Somebody who may have said a quote, by which rule; no cue for a signature ("— Name")."""

    rule: str
    subject: Subject
    cue: Cue | None
    traits: tuple[str, ...]


class Look(NamedTuple):
    """What a quote looks like: `size` by its words, `close` by its last mark, `head` by its
    first letter, `names` the capitalised words in it: who is named in a quote seldom says it."""

    size: str
    close: str
    head: str
    names: frozenset[str] = frozenset()


def look_of(text: str, start: int, end: int) -> Look:
    """How a quote between two places of a text looks."""
    words = len(text[start : min(end, start + 80)].split(None, 9))
    size = "one" if words == 1 else "short" if words < 4 else "mid" if words < 9 else "long"
    last = text[end - 1] if end > start else ""
    follower = text[end : end + 3]
    if last in "?!":
        close = "asks"
    elif last in ".…":
        close = "stop"
    elif last in "—–-":
        close = "dash"
    elif "," in follower[:2] or "，" in follower[:2]:
        close = "comma"
    elif "." in follower[:2]:
        close = "stop"
    else:
        close = "none"
    head = text[start : start + 1]
    names = frozenset(_CAPITAL.findall(text, start, min(end, start + _NAMES_WITHIN)))
    first = "big" if head.isupper() else "small" if head.islower() else "odd"
    return Look(size, close, first, names)


def options_of(
    tokens: Sequence[Token], sentence: Sentence, cues: Sequence[Cue], place: int, look: Look
) -> list[Option]:
    """All cues of a sentence that may give the quote at a token to somebody."""
    before, after = _segment(tokens, sentence, place)
    found: list[Option] = []
    signature = dash_signature(tokens, sentence, place + 1)
    if signature is not None:
        found.append(Option("signature", signature, None, ("signature",)))
    opens = all(
        tokens[i].text in _LIGHT or tokens[i].text.lower() in SKIPPED
        for i in range(before + 1, place)
    )
    for number, cue in enumerate(cues):
        if cue.subject is None or cue.place == place:
            continue
        left = cue.place < place
        rule = (
            _rule_left(tokens, cue, place, before)
            if left
            else _rule_right(tokens, cue, place, after)
        )
        between = sum(
            1
            for other in cues
            if other.form != "other"
            and (cue.place < other.place < place or place < other.place < cue.place)
        )
        traits = _traits(tokens, sentence, cue, place, rule, look, between)
        if opens:
            traits.append(f"{rule}/opens")
        if number == 0:
            traits.append(f"{rule}/first")
        found.append(Option(rule, cue.subject, cue, tuple(traits)))
    return found


def _traits(
    tokens: Sequence[Token],
    sentence: Sentence,
    cue: Cue,
    place: int,
    rule: str,
    look: Look,
    between: int,
) -> list[str]:
    word = tokens[cue.place].text.lower()
    form = "plain" if word in _PLAINEST else cue.form
    head = tokens[cue.place - 1].text.lower() if cue.place > sentence.first else ""
    traits = [
        rule,
        f"{rule}/{form}",
        f"{rule}/{look.size}",
        f"{rule}/{look.close}",
        f"{rule}/{look.head}",
        f"{form}/{look.size}",
        f"{form}/{look.close}",
        f"{rule}/between{min(between, 2)}",
    ]
    if cue.inverted:
        traits.append(f"{rule}/inverted")
    if head in _NEGATIVE:
        traits.append("negative")
    if cue.place + 1 < sentence.last and tokens[cue.place + 1].text == "that":
        traits.append(f"{rule}/that")
    traits += _lead_traits(tokens, sentence, cue, rule)
    if cue.place > place:
        traits += _tail_traits(tokens, sentence, cue, rule)
    return traits


def _lead_traits(tokens: Sequence[Token], sentence: Sentence, cue: Cue, rule: str) -> Iterator[str]:
    """What stands before the subject: a word that makes the clause depend on another, a comma."""
    assert cue.subject is not None
    edge = cue.place
    while edge > sentence.first and tokens[edge - 1].end > cue.subject.start:
        edge -= 1
    before = tokens[edge - 1].text.lower() if edge > sentence.first else "^"
    if before in _SUBORDINATE:
        yield f"{rule}/depends"
    elif before == "^":
        yield f"{rule}/heads"
    elif before in (",", "—", "–", "--", ";"):
        yield f"{rule}/comma-before"
    elif tokens[edge - 1].quoted:
        yield f"{rule}/quote-before"
    else:
        yield f"{rule}/word-before"
    if cue.place - edge > _FAR:
        yield f"{rule}/long-subject"


def _tail_traits(tokens: Sequence[Token], sentence: Sentence, cue: Cue, rule: str) -> Iterator[str]:
    """Does a cue behind the quote lead to the next quote, or end its sentence?"""
    at = max(cue.place, _last_of(tokens, sentence, cue)) + 1
    if at >= sentence.last or tokens[at].text in (".", "…", "!", "?"):
        yield f"{rule}/ends"
        return
    for step in range(at, min(at + 6, sentence.last - 1)):
        if tokens[step].text in (":", ",", "that") and tokens[step + 1].quoted:
            yield f"{rule}/leads-on{':' if tokens[step].text == ':' else ''}"
            return
    if tokens[at].text == "that":
        yield f"{rule}/reports-on"


def _last_of(tokens: Sequence[Token], sentence: Sentence, cue: Cue) -> int:
    assert cue.subject is not None
    place = cue.place
    while place + 1 < sentence.last and tokens[place + 1].end <= cue.subject.end:
        place += 1
    return place


def subject_trait(text: str, subject: Subject) -> str:
    """What kind of words a subject is, where no figure is known for it."""
    words = text[subject.start : subject.end].lower().replace("’", "'").split()
    if subject.kind == "pronoun":
        return "third" if words[0] in ("he", "she", "his", "her") else words[0]
    if subject.kind == "name":
        return "name" if len(words) > 1 else "one-name"
    table = offices()
    head = next(
        (words[i - 1] for i, word in enumerate(words) if i and word in ("of", "for", "from", "in")),
        words[-1],
    )
    if head in table.roles or head.rstrip("s") in table.roles or head.endswith("man"):
        return "role"
    if head in table.groups:
        return "group"
    if head in table.papers or head.rstrip("s") in table.papers:
        return "paper"
    return "bare-noun" if len(words) == 1 else "noun"


def _rule_left(tokens: Sequence[Token], cue: Cue, place: int, before: int) -> str:
    if cue.form == "according":
        return "according"
    if cue.place < before:
        near = all(tokens[i].text.lower() in _LISTING for i in range(max(before, 0) + 1, place))
        return "listed" if near else "cue-earlier"
    return "cue-before" if _touches(tokens, cue, place) else "cue-in-sentence"


def _rule_right(tokens: Sequence[Token], cue: Cue, place: int, after: int) -> str:
    if cue.form == "according":
        return "according"
    if cue.place > after:
        return "cue-far"
    return "cue-after" if _follows(tokens, cue, place) else "cue-later"


def _segment(tokens: Sequence[Token], sentence: Sentence, place: int) -> tuple[int, int]:
    """The quotes before and behind a token in its sentence, or the sentence's borders."""
    before = place - 1
    while before >= sentence.first and not tokens[before].quoted:
        before -= 1
    after = place + 1
    while after < sentence.last and not tokens[after].quoted:
        after += 1
    return before, after


def _touches(tokens: Sequence[Token], cue: Cue, place: int) -> bool:
    """Does a quote follow its cue at once?"""
    if cue.subject is None or place - cue.place > _FAR:
        return False
    between = tokens[cue.place + 1 : place]
    if cue.form in ("label", "lead"):
        between = tokens[cue.place : place]
    if cue.inverted:
        between = [token for token in between if token.start >= cue.subject.end]
    if all(token.text in _LIGHT for token in between):
        return True
    # "told reporters: “…”", "said on Friday, “…”"
    return (
        bool(between)
        and between[-1].text in (":", ",", "that")
        and (
            cue.form in ("speech", "ing", "noun") and not any(t.text in (";", "—") for t in between)
        )
    )


def _follows(tokens: Sequence[Token], cue: Cue, place: int) -> bool:
    """Does a cue with its subject stand at once behind a quote?"""
    if cue.subject is None or cue.form in ("label", "lead", "noun"):
        return False
    head = min(cue.start, cue.subject.start)
    if head < tokens[place].end:
        return False
    at = place + 1
    while at < len(tokens) and tokens[at].start < head:
        word = tokens[at].text.lower()
        if at - place > _FAR:
            return False
        if word not in _LIGHT and word not in SKIPPED and not _is_lead(tokens, at, head):
            return False
        at += 1
    return True


def _is_lead(tokens: Sequence[Token], at: int, head: int) -> bool:
    """Titles and the like that lead up to a name: "Senate Majority Leader Mitch McConnell"."""
    while at < len(tokens) and tokens[at].start < head:
        token = tokens[at]
        if not (token.text[0].isalnum() or token.text in ("&", ".")) or token.text.lower() in (
            "and",
            "but",
            "is",
            "was",
            "when",
            "while",
            "as",
            "which",
            "who",
        ):
            return False
        at += 1
    return True
