"""Read the phrases of one sentence: names, dates, nouns that may speak."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from newsgen.language.cues import Cues, offices
from newsgen.language.grammar import DAYS, NOT_LY, PARTICLES, SENTENCE_OPENERS, SKIPPED, TIMES
from newsgen.language.tokens import Sentence, Token

SubjectKind = Literal["name", "pronoun", "noun"]


class Subject(NamedTuple):
    """Who a cue gives words to, as printed, in places of the reading text."""

    start: int
    end: int
    kind: SubjectKind


_SPANS = frozenset("minute hour day week month year decade".split())
_ABOUT = (("less", "than"), ("more", "than"))


class Phrases:
    """The tokens of one sentence, and what ends or begins at them."""

    def __init__(self, tokens: Sequence[Token], sentence: Sentence, cues: Cues) -> None:
        self.tokens = tokens
        self.first, self.last = sentence
        self.table = cues
        self.offices = offices()

    def word(self, place: int) -> str:
        return self.tokens[place].text.lower() if self.first <= place < self.last else ""

    def skipped(self, place: int) -> bool:
        word = self.word(place)
        if word in SKIPPED:
            return True
        return word.endswith("ly") and word not in NOT_LY and self.tokens[place].text.islower()

    def before_bracket(self, place: int) -> int:
        while place > self.first and self.tokens[place].text != "(":
            place -= 1
        place -= 1
        return place

    def is_name(self, place: int) -> bool:
        """Does a name of two words and more end at a token?"""
        if place - 1 < self.first:
            return False
        tail, lead = self.tokens[place], self.tokens[place - 1]
        known = self.word(place) in self.offices.things
        return tail.capital and lead.capital and not known and not tail.possessive

    def date_step(self, place: int) -> int:
        """How many tokens of a date end at a token: "Monday", "on Monday", "this week"."""
        word = self.word(place)
        if word in DAYS:
            return 2 if self.word(place - 1) == "on" else 1
        if word == "ago":
            return self._ago(place)
        timely = word in TIMES and self.word(place - 1) in ("this", "last", "next", "that", "late")
        return 2 if timely else 0

    def _ago(self, place: int) -> int:
        """The tokens of "two weeks ago", "less than two weeks ago"."""
        if self.word(place - 1).rstrip("s") not in _SPANS:
            return 0
        step = 3 if place - 2 >= self.first else 2
        if (self.word(place - 4), self.word(place - 3)) in _ABOUT:
            return step + 2
        return step + 1 if self.word(place - 3) in ("about", "nearly", "almost", "only") else step

    def place_of(self, start: int, place: int) -> int:
        while place > self.first and self.tokens[place].start > start:
            place -= 1
        return place

    def name_back(self, place: int) -> Subject | None:
        """The capitalised words that end at a token, without what opens the sentence."""
        tokens = self.tokens
        end = tokens[place].end
        if tokens[place].text[-2:] in ("'s", "’s"):
            end -= 2
        elif tokens[place].text[-1] in "'’":
            end -= 1
        start = place
        while start > self.first and place - start < 9:
            before = tokens[start - 1]
            word = before.text.lower()
            if before.capital and word not in DAYS and before.text[-2:] not in ("'s", "’s"):
                start -= 1
            elif (
                word in PARTICLES
                and start - 2 >= self.first
                and tokens[start - 2].capital
                and tokens[start - 2].text.lower() not in SENTENCE_OPENERS
            ):
                start -= 2
            else:
                break
        while start < place and tokens[start].text.lower() in SENTENCE_OPENERS:
            start += 1
        if tokens[start].text.lower() in SENTENCE_OPENERS:
            return None
        return Subject(tokens[start].start, end, "name")

    def name_end(self, place: int, limit: int) -> int:
        """One past the last token of the capitalised words that begin at a token."""
        tokens = self.tokens
        while place < limit:
            token = tokens[place]
            if token.text[-2:] in ("'s", "’s"):
                return place + 1
            if token.capital and token.text.lower() not in DAYS:
                place += 1
            elif token.text in PARTICLES and place + 1 < limit and tokens[place + 1].capital:
                place += 2
            else:
                break
        return place

    def speaks(self, word: str) -> bool:
        """Is a noun that of somebody, or of something written?"""
        one = word.rstrip("s")
        table = self.offices
        return (
            word in table.groups
            or one in table.roles
            or word in table.papers
            or one in table.papers
            or f"{word}s" in table.groups
        )
