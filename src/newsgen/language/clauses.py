"""Find the subject of a verb: before it, behind it, or that of the whole sentence."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from newsgen.language.cues import Cues, offices
from newsgen.language.grammar import (
    BE,
    BREAKS,
    COMPLEMENTS,
    CONJUNCTIONS,
    DAYS,
    DETERMINERS,
    FARTHEST,
    INDEFINITE,
    NOT_LY,
    PARTICLES,
    PREPOSITIONS,
    PRONOUNS,
    SENTENCE_OPENERS,
    SKIPPED,
    SPEAKING,
    STATES,
    TIMES,
)
from newsgen.language.tokens import Sentence, Token

SubjectKind = Literal["name", "pronoun", "noun"]


class Subject(NamedTuple):
    """Who a cue gives words to, as printed, in places of the reading text."""

    start: int
    end: int
    kind: SubjectKind


class Clauses:
    """One sentence in which subjects are looked for; exists so that its functions share it.

    `latest` is the subject found last, which a verb without its own borrows.
    """

    def __init__(self, tokens: Sequence[Token], sentence: Sentence, cues: Cues) -> None:
        self.tokens = tokens
        self.first, self.last = sentence
        self.table = cues
        self.offices = offices()
        self.latest: Subject | None = None

    def word(self, place: int) -> str:
        return self.tokens[place].text.lower() if self.first <= place < self.last else ""

    def skipped(self, place: int) -> bool:
        word = self.word(place)
        if word in SKIPPED:
            return True
        return word.endswith("ly") and word not in NOT_LY and self.tokens[place].text.islower()

    def before(self, place: int) -> Subject | None:
        """The subject that ends at a token, or stands before an apposition that ends there."""
        tokens = self.tokens
        if place >= self.first and tokens[place].text == ")":
            place = self._before_bracket(place)
        if place < self.first or tokens[place].quoted:
            return self.main(place + 1)
        if tokens[place].text in BREAKS:
            return self._before_apposition(place)
        word = self.word(place)
        if word == "who":
            behind = place - 1
            if self.word(behind) == ",":
                behind -= 1
            return self._chunk(behind, hops=False) or self._before_apposition(place)
        if word == "to" or word in CONJUNCTIONS:
            return self.main(place)
        return self._chunk(place)

    def _before_bracket(self, place: int) -> int:
        while place > self.first and self.tokens[place].text != "(":
            place -= 1
        place -= 1
        return place

    def _before_apposition(self, place: int) -> Subject | None:
        """The subject before ", president of the JCCIC," or ", a Democrat,"."""
        name, noun = self._walk_back(place)
        return name or noun or self.main(place)

    def named_before(self, place: int) -> Subject | None:
        return self._walk_back(place)[0]

    def _walk_back(self, place: int) -> tuple[Subject | None, Subject | None]:
        """Walk back over an apposition: the bare name before it, the noun farthest before it."""
        tokens = self.tokens
        kept: Subject | None = None
        floor = max(self.first, place - FARTHEST)
        end = place - 1
        while end >= floor:
            start = end
            while start >= floor and tokens[start].text not in BREAKS and not tokens[start].quoted:
                if tokens[start].text == ")":
                    start = max(self._before_bracket(start) + 1, floor)
                start -= 1
            head = self.word(start + 1)
            last = end
            if tokens[end].text == ")":
                last = self._before_bracket(end)
            if start + 1 <= last:
                subject = self._chunk(last)
                if (
                    subject is not None
                    and subject.kind != "noun"
                    and self.word(last) not in STATES
                    and self._bare(start + 1, subject)
                ):
                    return subject, kept
                if subject is not None and subject.kind == "noun" and head not in PREPOSITIONS:
                    kept = subject
            if start < self.first or tokens[start].quoted:
                break
            end = start - 1
        return None, kept

    def _bare(self, start: int, subject: Subject) -> bool:
        """Is a chunk a name and nothing but a name, its titles and words that open a sentence?"""
        for place in range(start, self.last):
            token = self.tokens[place]
            if token.start >= subject.start:
                return True
            word = token.text.lower().rstrip(".")
            if (
                token.capital
                and word not in SENTENCE_OPENERS
                and token.text[-2:] not in ("'s", "’s")
            ):
                continue
            if word in PREPOSITIONS or word in ("who", "whose", "which", "a", "an"):
                return False
        return True

    def _chunk(self, place: int, *, hops: bool = True) -> Subject | None:
        """The name, pronoun or noun that ends at a token.

        It `hops` over what belongs to a noun: "the head of the port" is the head, not the port.
        """
        dated = False
        while place >= self.first and (step := self._date_step(place)):
            dated = True
            place -= step
        if place < self.first or self.tokens[place].quoted:
            return None
        if dated:
            return self.before(place)
        token = self.tokens[place]
        word = token.text.lower()
        if word in PRONOUNS:
            return Subject(token.start, token.end, "pronoun")
        if word in SPEAKING and self.word(place - 1) not in PREPOSITIONS:
            return Subject(token.start, token.end, "noun")
        if token.capital:
            name = self.name_back(place)
            if name is None:
                return None
            head = self._place_of(name.start, place)
            if hops and head > self.first and self.word(head - 1) in PREPOSITIONS:
                if self.word(head - 1) == "of" and self._is_name(head - 2):
                    return self._chunk(head - 2)  # "Governor Jane Doe of Ohio"
                return self._noun_back(head - 2) or name
            if self.word(head - 1) in DETERMINERS:
                if hops and self.word(head - 2) in PREPOSITIONS:
                    return self._noun_back(head - 3) or name
                vague = self.word(head - 1) in INDEFINITE
                kind: SubjectKind = "noun" if vague else "name"
                return Subject(self.tokens[head - 1].start, name.end, kind)
            return name
        return self._noun_back(place, hops=hops)

    def _is_name(self, place: int) -> bool:
        """Does a name of two words and more end at a token?"""
        if place - 1 < self.first:
            return False
        tail, lead = self.tokens[place], self.tokens[place - 1]
        known = self.word(place) in self.offices.things
        return tail.capital and lead.capital and not known and not tokens_possessive(tail)

    def _date_step(self, place: int) -> int:
        """How many tokens of a date end at a token: "Monday", "on Monday", "this week"."""
        word = self.word(place)
        if word in DAYS:
            return 2 if self.word(place - 1) == "on" else 1
        timely = word in TIMES and self.word(place - 1) in ("this", "last", "next", "that", "late")
        return 2 if timely else 0

    def _place_of(self, start: int, place: int) -> int:
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

    def _noun_back(self, place: int, *, hops: bool = True) -> Subject | None:
        """ "the mayor", "a spokesman for the company", "officials": a noun that may speak."""
        tokens = self.tokens
        if place < self.first or not tokens[place].text[:1].isalpha():
            return None
        head = self.word(place)
        if head in DETERMINERS | PREPOSITIONS | CONJUNCTIONS and head not in SPEAKING:
            return None
        if head in self.table.third or head in self.table.ing or head in BE:
            return None
        start = place
        floor = max(self.first, place - 7)
        while start >= floor:
            word = self.word(start)
            if word == "that" and head.endswith("s"):
                break  # "said that officials would": no determiner
            if word in DETERMINERS or word.endswith(("'s", "’s", "s’", "s'")):
                if hops and self.word(start - 1) in COMPLEMENTS and self._ends_noun(start - 2):
                    return self._chunk(start - 2)
                first = start
                while (
                    tokens[first].text[-2:] in ("'s", "’s")
                    and first > self.first
                    and tokens[first - 1].capital
                ):
                    first -= 1
                return Subject(tokens[first].start, tokens[place].end, "noun")
            if word in COMPLEMENTS and hops:
                return self._noun_back(start - 1)
            if word in PREPOSITIONS:
                break
            if not word.replace("-", "").replace("’", "").isalnum() or word in CONJUNCTIONS:
                break
            start -= 1
        return self._known_noun(place)

    def _ends_noun(self, place: int) -> bool:
        """May a noun end at a token, so that what follows belongs to it?"""
        if place < self.first or self.tokens[place].quoted:
            return False
        word = self.word(place)
        return word[0].isalpha() and word not in SKIPPED and word not in self.table.speech

    def _known_noun(self, place: int) -> Subject | None:
        """A bare noun that may speak: "officials", "Clinton supporters", "police"."""
        tokens = self.tokens
        head = self.word(place)
        plural = head.endswith("s") or head in self.offices.groups
        if not (plural or head in self.offices.roles or head in self.offices.papers):
            return None
        if place > self.first and tokens[place - 1].capital:
            name = self.name_back(place - 1)
            if name is not None:
                return Subject(name.start, tokens[place].end, "noun")
        if plural or head in self.offices.roles:
            return Subject(tokens[place].start, tokens[place].end, "noun")
        return None

    def after(self, place: int) -> Subject | None:
        """The subject behind a verb: "said Clinton spokesman Brian Fallon", "said the mayor"."""
        tokens = self.tokens
        if place >= self.last or tokens[place].quoted:
            return None
        token = tokens[place]
        word = token.text.lower()
        if word in PRONOUNS and word not in ("it", "you", "who"):
            return Subject(token.start, token.end, "pronoun")
        noun = word in DETERMINERS
        name_end, noun_end = self._phrase_behind(place + 1 if noun else place, sure=noun)
        if name_end > noun_end:
            if word in INDEFINITE and name_end == place + 1:
                return Subject(token.start, tokens[name_end].end, "noun")  # "one Republican"
            return self._name_back_to(name_end, place)
        if noun_end < 0:
            return self._some(place) if noun and word in SPEAKING else None
        return self._apposed_name(noun_end + 1) or self._noun_behind(place, noun_end, sure=noun)

    def _some(self, place: int) -> Subject:
        """ "one", "some of the workers"."""
        end = place
        if self.word(place + 1) == "of" and place + 2 < self.last:
            determined = self.word(place + 2) in DETERMINERS
            first = place + 3 if determined else place + 2
            end = max(place, *self._phrase_behind(first, sure=determined))
        return Subject(self.tokens[place].start, self.tokens[end].end, "noun")

    def _phrase_behind(self, at: int, *, sure: bool) -> tuple[int, int]:
        """The last tokens of the name and of the noun that begin at a token (-1 for none)."""
        tokens = self.tokens
        name_end = noun_end = -1
        limit = min(self.last, at + 15)
        while at < limit:
            token = tokens[at]
            word = token.text.lower()
            if token.capital and word not in DAYS:
                at = self._name_end(at, limit)
                name_end = -1 if tokens_possessive(tokens[at - 1]) else at - 1
                continue
            if not word[0].isalpha() and not word[0].isdigit():
                break
            if word in PREPOSITIONS or word in CONJUNCTIONS or word in DAYS or word in SKIPPED:
                break
            if name_end >= 0 and not self._leads_on(at, limit) and not (sure and self._is_noun(at)):
                break
            noun_end = at
            at += 1
        return name_end, noun_end

    def _apposed_name(self, at: int) -> Subject | None:
        """The name in "the group's president, Jane Doe"."""
        tokens = self.tokens
        if at + 1 >= self.last or tokens[at].text != "," or not tokens[at + 1].capital:
            return None
        end = self._name_end(at + 1, self.last)
        closed = end >= self.last or tokens[end].text in (",", ".") or tokens[end].quoted
        if end - at <= 2 or not closed:
            return None
        return Subject(tokens[at + 1].start, tokens[end - 1].end, "name")

    def _noun_behind(self, place: int, noun_end: int, *, sure: bool) -> Subject | None:
        head = self.word(noun_end)
        known = head in self.offices.groups or head in self.offices.papers
        if sure or known or head.rstrip("s") in self.offices.roles:
            return Subject(self.tokens[place].start, self.tokens[noun_end].end, "noun")
        return None

    def _is_noun(self, at: int) -> bool:
        """May a word behind a name be the noun the name belongs to ("the Echo report")?"""
        word = self.word(at)
        if word in SKIPPED or word in DETERMINERS or word in BE or word in ("who", "whose"):
            return False
        return not (word in self.table.speech or word.endswith(("ing", "ed", "ly")))

    def _speaks(self, word: str) -> bool:
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

    def _leads_on(self, at: int, limit: int) -> bool:
        """Do lower-case words lead from one name to another ("Clinton ally James Carville")?"""
        for place in range(at, min(at + 4, limit)):
            token = self.tokens[place]
            word = token.text.lower()
            if token.capital:
                return place > at and word not in DAYS
            if word[0].isdigit():
                continue  # "Air Force 1st Lt. Jane Doe"
            if not word[0].isalpha() or word in PREPOSITIONS or word in CONJUNCTIONS:
                return place > at and self._speaks(self.word(place - 1))
            if word in SKIPPED or word in DETERMINERS or word in self.table.speech:
                return False
        return False

    def _name_back_to(self, name_end: int, place: int) -> Subject | None:
        name = self.name_back(name_end)
        if name is None or name.start >= self.tokens[place].start:
            return name
        return Subject(self.tokens[place].start, name.end, "name")

    def _name_end(self, place: int, limit: int) -> int:
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

    def main(self, place: int) -> Subject | None:
        """The subject of the sentence for a verb without its own: that of the cue before, or the
        first name or pronoun that no preposition leads in."""
        if self.latest is not None:
            return self.latest
        at = self.first
        place = min(place, self.last)
        while at < place:
            token = self.tokens[at]
            word = token.text.lower()
            if token.quoted or not word[0].isalpha():
                at += 1
                continue
            if word in PRONOUNS and word not in ("it", "you", "who", "we", "i"):
                return Subject(token.start, token.end, "pronoun")
            if word in PREPOSITIONS or (
                at == self.first and word in ("speaking", "asked", "writing")
            ):
                at = self._past_phrase(at + 1, place)
                continue
            if token.capital and word not in SENTENCE_OPENERS and word not in DAYS:
                end = self._name_end(at, place)
                if tokens_possessive(self.tokens[end - 1]):
                    at = end
                    continue
                if end < place and self._speaks(self.word(end)):
                    return Subject(token.start, self.tokens[end].end, "noun")
                return Subject(token.start, self.tokens[end - 1].end, "name")
            if word in ("the", "a", "an"):
                end = at + 1
                while end < place and end - at < 6 and self.word(end) not in self.offices.roles:
                    end += 1
                if end < place and self.word(end) in self.offices.roles:
                    following = end + 1
                    if following < place and self.tokens[following].capital:
                        at = following
                        continue
                    return Subject(token.start, self.tokens[end].end, "noun")
            at += 1
        return None

    def _past_phrase(self, at: int, place: int) -> int:
        """Skip the noun phrase behind a preposition."""
        while at < place and (self.word(at) in DETERMINERS or not self.tokens[at].capital):
            if self.tokens[at].text in BREAKS or self.tokens[at].quoted:
                return at + 1
            at += 1
        return self._name_end(at, place) if at < place else at


def tokens_possessive(token: Token) -> bool:
    """Does a token end in a possessive 's?"""
    return token.text[-2:] in ("'s", "’s") or token.text[-1] in "'’"
