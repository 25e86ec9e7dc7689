"""Find the subject of a verb: before it, or that of the whole sentence."""

from collections.abc import Sequence

from newsgen.language.cues import Cues
from newsgen.language.grammar import (
    BE,
    BREAKS,
    CLAUSAL,
    COMPLEMENTS,
    CONJUNCTIONS,
    DASHES,
    DAYS,
    DETERMINERS,
    FARTHEST,
    INDEFINITE,
    PREPOSITIONS,
    PRONOUNS,
    SENTENCE_OPENERS,
    SKIPPED,
    SPEAKING,
    STATES,
)
from newsgen.language.phrases import Phrases, Subject, SubjectKind
from newsgen.language.tokens import Sentence, Token

_DATELINE = 9  # tokens of a dateline


class Clauses(Phrases):
    """One sentence in which subjects before verbs are looked for.

    `latest` is the subject found last, which a verb without its own borrows.
    """

    def __init__(self, tokens: Sequence[Token], sentence: Sentence, cues: Cues) -> None:
        super().__init__(tokens, sentence, cues)
        self.latest: Subject | None = None

    def before(self, place: int) -> Subject | None:
        """The subject that ends at a token, or stands before an apposition that ends there."""
        tokens = self.tokens
        if place >= self.first and tokens[place].text == ")":
            place = self.before_bracket(place)
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
                    start = max(self.before_bracket(start) + 1, floor)
                start -= 1
            head = self.word(start + 1)
            last = end
            if tokens[end].text == ")":
                last = self.before_bracket(end)
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
            if word == "as" and place == start:
                continue  # "As Homma, an engineer, noted"
            if word in PREPOSITIONS or word in ("who", "whose", "which", "a", "an"):
                return False
        return True

    def _chunk(self, place: int, *, hops: bool = True) -> Subject | None:
        """The name, pronoun or noun that ends at a token.

        It `hops` over what belongs to a noun: "the head of the port" is the head, not the port.
        """
        dated = False
        while place >= self.first and (step := self.date_step(place)):
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
            head = self.place_of(name.start, place)
            if hops and head > self.first and self._leads_in(head - 1):
                if self.word(head - 1) == "of" and self.is_name(head - 2):
                    return self._chunk(head - 2)  # "Governor Jane Doe of Ohio"
                if self.word(head - 2) in self.offices.roles and place - head > 1:
                    # "Secretary of State Jane Doe"
                    return Subject(self.tokens[head - 2].start, name.end, "name")
                return self._noun_back(head - 2) or name
            if self.word(head - 1) in DETERMINERS:
                if hops and self._leads_in(head - 2):
                    return self._noun_back(head - 3) or name
                vague = self.word(head - 1) in INDEFINITE
                kind: SubjectKind = "noun" if vague else "name"
                return Subject(self.tokens[head - 1].start, name.end, kind)
            return name
        return self._noun_back(place, hops=hops)

    def _leads_in(self, place: int) -> bool:
        """Does a token lead from a noun to the name behind it, and not into a clause?"""
        word = self.word(place)
        return word in PREPOSITIONS and word not in CLAUSAL

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
        if head.endswith("ed") and self.speaks(self.word(place - 1)):
            place -= 1  # "a report released"
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

    def main(self, place: int) -> Subject | None:
        """The subject of the sentence for a verb without its own: that of the cue before, or the
        first name or pronoun that no preposition leads in."""
        if self.latest is not None:
            return self.latest
        at = self._past_dateline()
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
                end = self.name_end(at, place)
                if self.tokens[end - 1].possessive:
                    at = end
                    continue
                if end < place and self.speaks(self.word(end)):
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

    def _past_dateline(self) -> int:
        """The first token behind "EASTHAVEN, Ill. (AP) —" or the like."""
        place = self.first
        while place < min(self.last, self.first + _DATELINE) and (
            self.tokens[place].capital or self.tokens[place].text in (",", "(", ")", "/")
        ):
            place += 1
        bare = place == self.first or place >= self.last
        return self.first if bare or self.tokens[place].text not in DASHES else place + 1

    def _past_phrase(self, at: int, place: int) -> int:
        """Skip the noun phrase behind a preposition."""
        while at < place and (self.word(at) in DETERMINERS or not self.tokens[at].capital):
            if self.tokens[at].text in BREAKS or self.tokens[at].quoted:
                return at + 1
            at += 1
        return self.name_end(at, place) if at < place else at
