"""Find the subject behind a verb: "said Clinton spokesman Brian Fallon", "said the mayor"."""

from newsgen.language.grammar import (
    BE,
    CONJUNCTIONS,
    DAYS,
    DETERMINERS,
    INDEFINITE,
    PREPOSITIONS,
    PRONOUNS,
    SKIPPED,
    SPEAKING,
)
from newsgen.language.phrases import Phrases, Subject

_ENDS_NOUN = frozenset("who whose known".split())


class Behind(Phrases):
    """One sentence in which the subjects of inverted verbs are looked for."""

    def after(self, place: int) -> Subject | None:
        """The subject behind a verb: "said Clinton spokesman Brian Fallon", "said the mayor"."""
        tokens = self.tokens
        if place >= self.last or tokens[place].quoted:
            return None
        token = tokens[place]
        word = token.text.lower()
        if word in PRONOUNS and word not in ("it", "you", "who"):
            return Subject(token.start, token.end, "pronoun")
        if word == "that":
            return None  # "argued that ports …": what was said, not who said it
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
                at = self.name_end(at, limit)
                name_end = -1 if tokens[at - 1].possessive else at - 1
                continue
            if not word[0].isalpha() and not word[0].isdigit():
                break
            if word in PREPOSITIONS or word in CONJUNCTIONS or word in DAYS or word in SKIPPED:
                break
            if name_end >= 0 and word in ("who", "whose"):
                break
            if noun_end >= 0 and (word in _ENDS_NOUN or word in self.table.past | self.table.ing):
                break
            if name_end >= 0 and not self._leads_on(at, limit) and not (sure and self._is_noun(at)):
                break
            noun_end = at
            at += 1
        return name_end, noun_end

    def _is_noun(self, at: int) -> bool:
        """May a word behind a name be the noun the name belongs to ("the Echo report")?"""
        word = self.word(at)
        if word in SKIPPED or word in DETERMINERS or word in BE or word in ("who", "whose"):
            return False
        return not (word in self.table.speech or word.endswith(("ing", "ed", "ly")))

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
                return place > at and self.speaks(self.word(place - 1))
            if word in SKIPPED or word in DETERMINERS or word in self.table.speech:
                return False
        return False

    def _apposed_name(self, at: int) -> Subject | None:
        """The name in "the group's president, Jane Doe"."""
        tokens = self.tokens
        if at + 1 >= self.last or tokens[at].text != "," or not tokens[at + 1].capital:
            return None
        end = self.name_end(at + 1, self.last)
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

    def _name_back_to(self, name_end: int, place: int) -> Subject | None:
        name = self.name_back(name_end)
        if name is None or name.start >= self.tokens[place].start:
            return name
        return Subject(self.tokens[place].start, name.end, "name")
