"""Find the cues of a sentence: the verbs that give words to somebody, and their subjects."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from newsgen.language.behind import Behind
from newsgen.language.clauses import Clauses
from newsgen.language.cues import Cues, cues_of
from newsgen.language.grammar import (
    BE,
    BEFORE_BASE,
    BREAKS,
    DASHES,
    DETERMINERS,
    PLURALS,
    PREPOSITIONS,
    SKIPPED_S,
    SPEAKING,
    TELLS,
)
from newsgen.language.phrases import Subject, SubjectKind
from newsgen.language.tokens import Sentence, Token

CueForm = Literal[
    "speech", "voice", "ing", "according", "label", "noun", "owner", "other", "main", "lead", "own"
]

WEAK: frozenset[CueForm] = frozenset(("owner", "other", "main", "lead", "own"))


class Cue(NamedTuple):
    """A verb (or "according to", "NAME:") with its subject; `place` is its first token.

    "owner", "other" and "main" are no cues of speech, only signs of whose words a quote may be:
    "Homma's “…”", another verb's subject, the subject of a sentence without any verb known.
    """

    start: int
    end: int
    form: CueForm
    subject: Subject | None
    place: int
    inverted: bool


def cues_in(tokens: Sequence[Token], sentence: Sentence, language: str) -> list[Cue]:
    """The cues of one sentence, in order."""
    return _Cues(tokens, sentence, cues_of(language)).read()


_TURNED = ("-il", "-elle")
_OPENING = frozenset("\"“”«„‘'")
_LEAD = 30  # tokens before a colon


class _Cues:
    """The cues of one sentence being read."""

    def __init__(self, tokens: Sequence[Token], sentence: Sentence, cues: Cues) -> None:
        self.tokens = tokens
        self.first, self.last = sentence
        self.table = cues
        self.clauses = Clauses(tokens, sentence, cues)
        self.behind = Behind(tokens, sentence, cues)
        self.found: list[Cue] = []

    def read(self) -> list[Cue]:
        table, tokens = self.table, self.tokens
        label = self._label()
        if label is not None:
            self.found.append(label)
        quoted = any(tokens[place].quoted for place in range(self.first, self.last))
        for place in range(self.first, self.last):
            word = tokens[place].text
            if place == self.first and word[0].isupper():
                word = word.lower()  # "Said Homma, “…”"
            if word in table.ing:
                main = self.clauses.main(place)
                self._add(place, "ing", main, inverted=False)
                if quoted:
                    self._own(place, main)
            elif word in table.speech:
                self._finite(place, "speech")
            elif word in table.voice:
                self._finite(place, "voice")
            elif word in ("according", "According") and self.clauses.word(place + 1) == "to":
                subject = self.behind.after(place + 2)
                if subject is not None:
                    self._add(place, "according", subject, inverted=True)
            elif word in table.nouns:
                self._noun(place)
            elif "-" in word and word.endswith(_TURNED):
                self._turned(place, word)
            elif quoted and self._may_be_past(place):
                self._finite(place, "other")
            elif tokens[place].quoted:
                self._owner(place)
        if quoted and not any(cue.subject and cue.form not in WEAK for cue in self.found):
            lead = self._lead()
            if lead is not None:
                self.found.append(lead)
        if quoted and not any(cue.subject for cue in self.found):
            subject = self.clauses.main(self.last)
            if subject is not None:
                place = self._place_of(subject.start)
                self._add(place, "main", subject, inverted=False)
        return self.found

    def _place_of(self, start: int) -> int:
        place = self.first
        while self.tokens[place].start < start:
            place += 1
        return place

    def _owner(self, place: int) -> None:
        """ "Homma's “clear message”", "his “clear message”"."""
        owner = place - 1
        if owner < self.first:
            return
        token = self.tokens[owner]
        if token.text in ("his", "her", "His", "Her"):
            self._add(owner, "owner", Subject(token.start, token.end, "pronoun"), inverted=False)
        elif token.capital and token.possessive:
            self._add(owner, "owner", self.clauses.name_back(owner), inverted=False)

    def _may_be_past(self, place: int) -> bool:
        """Does a word look like the past tense of a verb no table has?"""
        word = self.tokens[place].text
        if word in self.table.past:
            return True
        return bool(self.table.past) and word[-2:] == "ed" and len(word) > 4 and word.islower()

    def _add(self, place: int, form: CueForm, subject: Subject | None, *, inverted: bool) -> None:
        token = self.tokens[place]
        end = self.tokens[place + 1].end if form == "according" else token.end
        if subject is not None and form not in ("according", *WEAK):
            self.clauses.latest = subject
        self.found.append(Cue(token.start, end, form, subject, place, inverted))

    def _turned(self, place: int, word: str) -> None:
        """ "explique-t-il", "a-t-elle déclaré": a French verb with its pronoun behind it."""
        token = self.tokens[place]
        pronoun = word.rpartition("-")[2]
        subject = Subject(token.end - len(pronoun), token.end, "pronoun")
        if word.partition("-")[0] in self.table.speech:
            self._add(place, "speech", subject, inverted=True)
        elif self.clauses.word(place + 1) in self.table.speech:
            self._add(place + 1, "speech", subject, inverted=False)

    def _own(self, place: int, main: Subject | None) -> None:
        """ "with Homma saying “…”": a participle behind words that may be its own subject."""
        before = place - 1
        while before > self.first and self.clauses.skipped(before):
            before -= 1
        token = self.tokens[before]
        if before <= self.first or token.quoted or not token.text[0].isalpha():
            return
        own = self.clauses.before(before)
        if own is not None and own != main:
            token = self.tokens[place]
            self.found.append(Cue(token.start, token.end, "own", own, place, False))

    def _finite(self, place: int, form: CueForm) -> None:
        """A finite verb: its subject stands before it, or after it ("said Homma")."""
        if not self._is_verb(place):
            return
        before = place - 1
        while before >= self.first and self.clauses.skipped(before):
            if self.clauses.word(before) in BE and form == "speech" and before == place - 1:
                return  # "was told", "is said to"
            before -= 1
        inverts = self._may_invert(place, before, form)
        subject: Subject | None = None
        apposed = before >= self.first and self.tokens[before].text in BREAKS
        if apposed and not self.tokens[before - 1].quoted:
            subject = self.clauses.named_before(before)
        if subject is None and inverts:
            subject = self.behind.after(place + 1)
            if subject is not None:
                self._add(place, form, subject, inverted=True)
                return
        subject = subject or self.clauses.before(before)
        if subject is not None:
            self._add(place, form, subject, inverted=False)

    def _is_verb(self, place: int) -> bool:
        """Is a word a verb here, or a noun that looks like it ("the claim", "Trump's claims")?"""
        if not self.table.base:
            return True  # only of English verbs are the forms known
        word = self.tokens[place].text
        before = self.clauses.word(place - 1)
        if word in self.table.third:
            return (
                before not in DETERMINERS
                and before not in PREPOSITIONS
                and (before[-2:] not in ("'s", "’s", "s'", "s’"))
            )
        if word in self.table.base:
            return (
                before in BEFORE_BASE
                or (
                    before.endswith("s")
                    and before not in SKIPPED_S
                    and before not in DETERMINERS
                    and before[-2:] not in ("'s", "’s")
                )
                or before in PLURALS
                or (before == "," and self._plural_before(place - 1))
            )
        return before not in DETERMINERS or before in SPEAKING

    def _plural_before(self, comma: int) -> bool:
        """ "The lawmakers, however, argue": is there a plural before a short aside?"""
        for place in range(comma - 1, max(self.first, comma - 6), -1):
            if self.tokens[place].text == ",":
                word = self.clauses.word(place - 1)
                return word in self.clauses.offices.groups or word.endswith("s")
        return False

    def _may_invert(self, place: int, before: int, form: CueForm) -> bool:
        if self.clauses.word(place) in TELLS:
            return False  # "told the Global Times": that is who was told
        if before < self.first:
            return form == "speech"
        token = self.tokens[before]
        if form == "other":
            return token.quoted and before == place - 1
        if form == "voice":
            return token.quoted
        return token.quoted or token.text in BREAKS or token.text in "?!\"'”"

    def _noun(self, place: int) -> None:
        """ "His message: …", "Clinton's answer was …": the speaker is the owner of the noun."""
        owner = place - 1
        while owner >= self.first and place - owner < 4:
            token = self.tokens[owner]
            word = token.text.lower()
            if word in ("his", "her"):
                kind: SubjectKind = "pronoun"
                self._add(place, "noun", Subject(token.start, token.end, kind), inverted=False)
                return
            if token.capital and word.endswith(("'s", "’s", "s'", "s’")):
                name = self.clauses.name_back(owner)
                self._add(place, "noun", name, inverted=False)
                return
            if not word.isalpha():
                return
            owner -= 1

    def _label(self) -> Cue | None:
        """ "CLINTON: …" at the beginning of a sentence, or "From the mayor, Ana Lopez: …"."""
        first = self.first
        while first < self.last and self.tokens[first].text in _OPENING:
            first += 1
        place = first
        while place < self.last and place - first < 5 and self.tokens[place].capital:
            place += 1
        if place > first and self.clauses.word(place) == ":":
            head, tail = self.tokens[first], self.tokens[place - 1]
            subject = Subject(head.start, tail.end, "name")
            return Cue(head.start, tail.end, "label", subject, place, False)
        return None

    def _lead(self) -> Cue | None:
        """The name before a colon in words without any verb of speech."""
        for place in range(self.first + 1, min(self.first + _LEAD, self.last)):
            token = self.tokens[place]
            if token.quoted:
                return None
            if token.text == ":":
                subject = self.clauses.before(place - 1)
                if subject is None or (place - self.first > 14 and subject.kind != "name"):
                    return None
                return Cue(token.start, token.end, "lead", subject, place, False)
        return None


def dash_signature(tokens: Sequence[Token], sentence: Sentence, place: int) -> Subject | None:
    """The name in "“…” — Name" where it ends the sentence."""
    if place + 1 >= sentence.last or tokens[place].text not in DASHES:
        return None
    end = place + 1
    while end < sentence.last and tokens[end].capital:
        end += 1
    behind = tokens[end].text if end < sentence.last else ","
    if end == place + 1 or end - place > 6 or behind not in (",", ".", "("):
        return None
    return Subject(tokens[place + 1].start, tokens[end - 1].end, "name")
