"""Choose, for each quote of a sentence, the cue that gives it to somebody."""

from collections.abc import Sequence
from typing import NamedTuple

from newsgen.language.attribution import Cue, dash_signature
from newsgen.language.clauses import Subject
from newsgen.language.grammar import SKIPPED
from newsgen.language.tokens import Sentence, Token

_LIGHT = frozenset(
    (",", ":", "that", "-", "—", "–", "--", "(", "[", "…", "...", "’", "'", '"', ";")
)
_LISTING = frozenset(
    "and or but , ; then to be a an the as also for of not is was are with that".split()
)


class Choice(NamedTuple):
    """The cue of a quote and how it was found; no cue for a signature ("— Name")."""

    rule: str
    subject: Subject | None
    cue: Cue | None


def choose(
    tokens: Sequence[Token], sentence: Sentence, cues: Sequence[Cue], place: int
) -> Choice | None:
    """The cue of the quote at a token: beside it, else before it in the sentence, else behind."""
    before, after = _segment(tokens, sentence, place)
    left = [cue for cue in cues if before < cue.place < place]
    right = [cue for cue in cues if place < cue.place < after]
    leads = next((c for c in reversed(left) if _touches(tokens, c, place)), None)
    trails = next((c for c in right if _follows(tokens, c, place)), None)
    opens = all(
        tokens[i].text in _LIGHT or tokens[i].text.lower() in SKIPPED
        for i in range(before + 1, place)
    )
    if leads is not None and not (opens and trails is not None):
        return Choice("cue-before", leads.subject, leads)
    if trails is not None:
        rule = "according" if trails.form == "according" else "cue-after"
        return Choice(rule, trails.subject, trails)
    signature = dash_signature(tokens, sentence, place + 1)
    if signature is not None:
        return Choice("signature", signature, None)
    finite = [cue for cue in left if cue.subject is not None]
    if finite:
        return Choice("cue-in-sentence", finite[0].subject, finite[0])
    earlier = [cue for cue in cues if cue.place < place and cue.subject is not None]
    if earlier:
        near = all(tokens[i].text.lower() in _LISTING for i in range(max(before, 0) + 1, place))
        return Choice("listed" if near else "cue-earlier", earlier[-1].subject, earlier[-1])
    later = [cue for cue in right if cue.subject is not None]
    if later:
        rule = "according" if later[0].form == "according" else "cue-later"
        return Choice(rule, later[0].subject, later[0])
    return None


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
    if cue.form == "according" or cue.subject is None:
        return False
    if place - cue.place > 12:
        return False
    between = tokens[cue.place + 1 : place]
    if cue.form == "label":
        between = tokens[cue.place : place]
    if cue.inverted and cue.subject is not None:
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
    if cue.subject is None or cue.form in ("label", "noun"):
        return False
    head = min(cue.start, cue.subject.start)
    if head < tokens[place].end:
        return False
    at = place + 1
    while at < len(tokens) and tokens[at].start < head:
        word = tokens[at].text.lower()
        if at - place > 12:
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
