"""List who may have said a quote without a cue in its own sentence: whoever spoke before goes on,
was told of in the sentence before, was announced with a colon, or is named only later.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from newsgen.language.attribution import WEAK, Cue
from newsgen.language.choice import Look, options_of, subject_trait
from newsgen.language.focus import Focus
from newsgen.language.frames import Frame
from newsgen.language.people import Figure
from newsgen.language.phrases import Subject
from newsgen.language.tokens import Sentence
from newsgen.model import Span

TIGHT = ("cue-before", "cue-after")  # rules of cues that touch their quote
COMING = "cue-coming"
_AHEAD = 4  # sentences looked ahead for the cue of the next quote
_PATIENCE = 3  # paragraphs without a speaker over which the last one may go on


@dataclass(frozen=True)
class Decision:
    """Who said a quote, by which rule, and how sure that is."""

    rule: str
    figure: Figure | None
    subject: Subject
    cue: Span | None
    confidence: float


class Considered(NamedTuple):
    """A decision that may be taken, with the traits that speak for it or against it.

    `certainty` is that of the decision before, where one goes on.
    """

    rule: str
    subject: Subject
    figure: Figure | None
    cue: Cue | None
    traits: tuple[str, ...]
    certainty: float | None = None


class Spot(NamedTuple):
    """A quote in its paragraph: token `place` of sentence `at`, `cues` by sentence."""

    frame: Frame
    at: int
    cues: Sequence[Sequence[Cue]]
    place: int
    look: Look

    @property
    def sentence(self) -> Sentence:
        return self.frame.sentences[self.at]

    @property
    def setting(self) -> str:
        """How the quote sits in its sentence: alone, with a cue, or among other words."""
        tokens, (first, last) = self.frame.tokens, self.sentence
        if not any(not one.quoted and one.text[0].isalnum() for one in tokens[first:last]):
            return "whole"
        opens = "opens" if self.place == first else "inside"
        cues = self.cues[self.at]
        return f"{opens}-{'cue' if _strong(cues) else 'weak' if cues else 'bare'}"


def _strong(cues: Sequence[Cue]) -> list[Cue]:
    """The cues that are verbs of speech with a subject."""
    return [cue for cue in cues if cue.subject and cue.form not in WEAK]


def _looks(rule: str, look: Look) -> Iterator[str]:
    yield rule
    yield f"{rule}/{look.size}"
    yield f"{rule}/{look.close}"


def kind_of(figure: Figure | None, subject: Subject, text: str) -> str:
    """Of what kind a speaker is: that of the figure, or what the words of the subject tell."""
    return figure.kind if figure is not None else subject_trait(text, subject)


def _inside(rule: str, figure: Figure | None, look: Look) -> tuple[str, ...]:
    """Who is named in a quote seldom says it."""
    named = figure is not None and figure.words and figure.words[-1] in look.names
    return ("inside", f"{rule}/inside") if named else ()


def going_on(spot: Spot, here: Decision | None, since: int, text: str) -> Iterator[Considered]:
    """The last speaker of the paragraph, `since` so many sentences ago."""
    if here is None:
        return
    rule, look, gap = "carried", spot.look, f"since{min(since, 3)}"
    traits = (
        *_looks(rule, look),
        f"{rule}/{look.head}",
        f"{rule}/{gap}",
        f"{rule}/after:{here.rule}",
        f"{rule}/{spot.setting}",
        f"{rule}/{gap}/{spot.setting}",
        f"{rule}/who:{kind_of(here.figure, here.subject, text)}",
        *_inside(rule, here.figure, look),
    )
    yield Considered(rule, here.subject, here.figure, None, traits, here.confidence)


def told_before(spot: Spot, focus: Focus) -> Iterator[Considered]:
    """Whom the sentence before has told of, if it has no quote: "He was angry, said Homma."."""
    if spot.at == 0:
        return
    first, last = spot.frame.sentences[spot.at - 1]
    strong = _strong(spot.cues[spot.at - 1])
    if not strong or any(token.quoted for token in spot.frame.tokens[first:last]):
        return
    cue = strong[-1]
    assert cue.subject is not None
    figure = focus.named(cue.subject) if cue.subject.kind == "name" else None
    rule, look = "cue-previous", spot.look
    traits = (
        *_looks(rule, look),
        f"{rule}/{look.head}",
        f"{rule}/{spot.setting}",
        f"{rule}/{cue.form}",
        f"{rule}/who:{kind_of(figure, cue.subject, focus.text)}",
        f"{rule}/{spot.setting}/{look.head}",
    )
    yield Considered(rule, cue.subject, figure, cue, traits)


def coming(spot: Spot) -> Iterator[Considered]:
    """Whom the cue that touches the next quote of the paragraph names."""
    frame, look = spot.frame, spot.look
    for later in range(spot.at + 1, min(spot.at + _AHEAD, len(frame.sentences))):
        sentence = frame.sentences[later]
        for place in range(sentence.first, sentence.last):
            if frame.quotes.get(frame.tokens[place].start, -1) < 0:
                continue
            for option in options_of(frame.tokens, sentence, spot.cues[later], place, look):
                if option.rule in TIGHT and option.cue and option.cue.form not in WEAK:
                    traits = (
                        *_looks("coming", look),
                        f"coming/in{later - spot.at}",
                        f"coming/{spot.setting}",
                        f"coming/{option.rule}",
                        f"coming/{spot.setting}/{look.close}",
                    )
                    yield Considered(COMING, option.subject, None, option.cue, traits)
                    return
            return


@dataclass
class Before:
    """What the paragraphs before have left: their last speaker, whom a colon has announced.

    `whole` tells that the paragraph before was nothing but a quote; `unsigned` is the last quote
    of it.
    """

    last: Decision | None = None
    last_at: int = -9
    colon: Decision | None = None
    colon_at: int = -9
    whole: bool = False
    unsigned: int | None = None

    def options(self, spot: Spot, number: int) -> Iterator[Considered]:
        """The speakers whom paragraph `number` may have taken over."""
        later = any(_strong(cues) for cues in spot.cues[spot.at + 1 :])
        for rule, decision, when in (
            ("announced", self.colon, self.colon_at),
            ("carried-over", self.last, self.last_at),
        ):
            if decision is not None and number - when <= _PATIENCE:
                traits = tuple(self._traits(rule, decision, number - when, spot, later=later))
                if self.colon_at == number - 1:
                    traits = (*traits, f"{rule}/colon")
                yield Considered(
                    rule, decision.subject, decision.figure, None, traits, decision.confidence
                )

    def _traits(
        self, rule: str, decision: Decision, gap: int, spot: Spot, *, later: bool
    ) -> Iterator[str]:
        starts = "starts" if spot.place == 0 else "within"
        yield from _looks(rule, spot.look)
        yield f"{rule}/gap{gap}"
        yield f"{rule}/{starts}"
        yield f"{rule}/{spot.setting}"
        yield f"{rule}/gap{gap}/{spot.setting}/{starts}"
        yield f"{rule}/{'coming' if later else 'alone'}"
        yield f"{rule}/{'whole' if self.whole else 'told'}"
        yield f"{rule}/after:{decision.rule}"
        yield from _inside(rule, decision.figure, spot.look)
