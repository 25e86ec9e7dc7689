"""Find the cues of a sentence: the verbs that give words to somebody, and their subjects."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from newsgen.language.cues import Cues, Offices, cues_of, offices
from newsgen.language.tokens import Sentence, Token

SubjectKind = Literal["name", "pronoun", "noun"]
CueForm = Literal["speech", "voice", "ing", "according", "label", "noun"]

_PRONOUNS = frozenset("he she they it we i you who él ella il elle er sie он она".split())
_DETERMINERS = frozenset(
    "the a an his her their its our my this that these those one another some many several two "
    "three four five most both no every each any el la los las un una le les der die das ein eine".split()
)
PREPOSITIONS = frozenset(
    "of for from at in on to with by behind near inside outside under against about after before "
    "between among over during like as than into through without within via per despite since "
    "de du des del en à au aux von vom zu zum bei mit по в на с из".split()
)
_CONJUNCTIONS = frozenset(
    "and but or while when as if because although though where that which".split()
)
_BE = frozenset("is are was were be been being get gets got".split())
SKIPPED = frozenset(
    "also then later has have had would will still once again even never just first recently "
    "now ever often always did does do not could can may might should must already further too "
    "himself herself themselves himself all both simply n’t ever himself sometimes soon instead "
    "afterward afterwards today yesterday monday tuesday wednesday thursday friday saturday sunday "
    "’s 's s is are was were been being nie hat haben ha han a ont avait".split()
)
_NOT_LY = frozenset(
    "family reply supply ally rally italy assembly bully july emily kelly reilly daly "
    "sally molly holly polly billy lily".split()
)
# Capitals that begin a sentence but belong to no name.
SENTENCE_OPENERS = frozenset(
    "the a an this that these those but and or so yet in on at by for from to with as if when while "
    "after before during since until because although though however meanwhile earlier later last "
    "next now then here there still also even once again what who why how where which it its he she "
    "they we i you his her their our my your not no yes all some many most both each every one two "
    "three other another such only just according despite like unlike under over about following "
    "asked speaking writing perhaps maybe indeed instead moreover furthermore additionally "
    "nevertheless nonetheless of is are was were do does did has have had will would can could "
    "should may might let today yesterday tomorrow well though ahead few those several never "
    "asked told said given ultimately finally former first second third".split()
)
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june "
    "july august september october november december jan. feb. mar. apr. aug. sept. oct. nov. dec. "
    "mon tue wed thu fri sat sun".split()
)
_PARTICLES = frozenset(
    "de da del della der di dos du van von bin ibn al el la le ben bint y e den ter ten 't".split()
)
_BEFORE_BASE = frozenset(
    "to will would can could may might must should did do does not didn't didn’t don't don’t i we "
    "they you who also and".split()
)
_SKIPPED_S = frozenset("is was has does as its his this us".split())
# Determiners that may stand alone for somebody: "some said".
_SPEAKING = frozenset("some many most others one both all several another".split())
_TELLS = frozenset(("told", "tells", "tell", "assured", "reminded", "informed"))
_DASHES = frozenset("—–-―-") | {"--", "---"}
_BREAKS = frozenset(",;:—–") | {"--", "---", "-", "―"}
_FARTHEST = 60  # tokens looked back over: a longer apposition is a list, and the work stays linear


class Subject(NamedTuple):
    """Who a cue gives words to, as printed, in places of the reading text."""

    start: int
    end: int
    kind: SubjectKind


class Cue(NamedTuple):
    """A verb (or "according to", "NAME:") with its subject; `place` is its first token."""

    start: int
    end: int
    form: CueForm
    subject: Subject | None
    place: int
    inverted: bool


def cues_in(tokens: Sequence[Token], sentence: Sentence, language: str) -> list[Cue]:
    """The cues of one sentence, in order."""
    return _Reader(tokens, sentence, cues_of(language), offices()).cues()


class _Reader:
    """One sentence being read; exists so that its functions share the sentence."""

    def __init__(
        self, tokens: Sequence[Token], sentence: Sentence, cues: Cues, offices: Offices
    ) -> None:
        self.tokens = tokens
        self.first, self.last = sentence
        self.table = cues
        self.offices = offices
        self.found: list[Cue] = []

    def cues(self) -> list[Cue]:
        table, tokens = self.table, self.tokens
        label = self._label()
        if label is not None:
            self.found.append(label)
        for place in range(self.first, self.last):
            word = tokens[place].text
            if word in table.ing:
                self._add(place, "ing", self.main(place), inverted=False)
            elif word in table.speech:
                self._finite(place, "speech")
            elif word in table.voice:
                self._finite(place, "voice")
            elif word in ("according", "According") and self._word(place + 1) == "to":
                subject = self._after(place + 2)
                if subject is not None:
                    self._add(place, "according", subject, inverted=True)
            elif word in table.nouns:
                self._noun(place)
        return self.found

    def _add(self, place: int, form: CueForm, subject: Subject | None, *, inverted: bool) -> None:
        token = self.tokens[place]
        end = self.tokens[place + 1].end if form == "according" else token.end
        self.found.append(Cue(token.start, end, form, subject, place, inverted))

    def _word(self, place: int) -> str:
        return self.tokens[place].text.lower() if self.first <= place < self.last else ""

    def _finite(self, place: int, form: CueForm) -> None:
        """A finite verb: its subject stands before it, or after it ("said Homma")."""
        if not self._is_verb(place):
            return
        before = place - 1
        while before >= self.first and self._skipped(before):
            if self._word(before) in _BE and form == "speech" and before == place - 1:
                return  # "was told", "is said to"
            before -= 1
        inverts = self._may_invert(place, before, form)
        subject: Subject | None = None
        apposed = before >= self.first and self.tokens[before].text in _BREAKS
        if apposed and not self.tokens[before - 1].quoted:
            subject = self._named_before(before)
        if subject is None and inverts:
            subject = self._after(place + 1)
            if subject is not None:
                self._add(place, form, subject, inverted=True)
                return
        subject = subject or self._before(before)
        if subject is not None:
            self._add(place, form, subject, inverted=False)

    def _is_verb(self, place: int) -> bool:
        """Is a word a verb here, or a noun that looks like it ("the claim", "Trump's claims")?"""
        word = self.tokens[place].text
        before = self._word(place - 1)
        if word in self.table.third:
            return (
                before not in _DETERMINERS
                and before not in PREPOSITIONS
                and (before[-2:] not in ("'s", "’s", "s'", "s’"))
            )
        if word in self.table.base:
            return (
                before in _BEFORE_BASE
                or (
                    before.endswith("s") and before not in _SKIPPED_S and before not in _DETERMINERS
                )
                or before in self.offices.groups
            )
        return before not in _DETERMINERS or before in _SPEAKING

    def _skipped(self, place: int) -> bool:
        word = self._word(place)
        if word in SKIPPED:
            return True
        return word.endswith("ly") and word not in _NOT_LY and self.tokens[place].text.islower()

    def _may_invert(self, place: int, before: int, form: CueForm) -> bool:
        if self._word(place) in _TELLS:
            return False  # "told the Global Times": that is who was told
        if before < self.first:
            return form == "speech"
        token = self.tokens[before]
        if form == "voice":
            return token.quoted
        return token.quoted or token.text in _BREAKS or token.text in "?!\"'”"

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
                name = self._name_back(owner)
                self._add(place, "noun", name, inverted=False)
                return
            if not word.isalpha():
                return
            owner -= 1

    def _label(self) -> Cue | None:
        """ "CLINTON: …" at the beginning of a sentence."""
        place = self.first
        while place < self.last and place - self.first < 5 and self.tokens[place].capital:
            place += 1
        if place == self.first or self._word(place) != ":":
            return None
        head, tail = self.tokens[self.first], self.tokens[place - 1]
        return Cue(
            head.start, tail.end, "label", Subject(head.start, tail.end, "name"), place, False
        )

    def _before(self, place: int) -> Subject | None:
        """The subject that ends at a token, or stands before an apposition that ends there."""
        tokens = self.tokens
        if place >= self.first and tokens[place].text == ")":
            place = self._before_bracket(place)
        if place < self.first or tokens[place].quoted:
            return self.main(place + 1)
        if tokens[place].text in _BREAKS:
            return self._before_apposition(place)
        word = self._word(place)
        if word == "who":
            behind = place - 1
            if self._word(behind) == ",":
                behind -= 1
            return self._chunk(behind) or self._before_apposition(place)
        if word == "to" or word in _CONJUNCTIONS:
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

    def _named_before(self, place: int) -> Subject | None:
        return self._walk_back(place)[0]

    def _walk_back(self, place: int) -> tuple[Subject | None, Subject | None]:
        """Walk back over an apposition: the bare name before it, the noun farthest before it."""
        tokens = self.tokens
        kept: Subject | None = None
        floor = max(self.first, place - _FARTHEST)
        end = place - 1
        while end >= floor:
            start = end
            while start >= floor and tokens[start].text not in _BREAKS and not tokens[start].quoted:
                if tokens[start].text == ")":
                    start = max(self._before_bracket(start) + 1, floor)
                start -= 1
            head = self._word(start + 1)
            last = end
            if tokens[end].text == ")":
                last = self._before_bracket(end)
            if start + 1 <= last:
                subject = self._chunk(last)
                if (
                    subject is not None
                    and subject.kind != "noun"
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

    def _chunk(self, place: int) -> Subject | None:
        """The name, pronoun or noun that ends at a token."""
        if place < self.first:
            return None
        token = self.tokens[place]
        if token.quoted:
            return None
        word = token.text.lower()
        if word in _PRONOUNS:
            return Subject(token.start, token.end, "pronoun")
        if token.capital and word not in _DAYS:
            name = self._name_back(place)
            if name is None:
                return None
            head = self._place_of(name.start, place)
            if head > self.first and self._word(head - 1) in PREPOSITIONS:
                return self._noun_back(head - 2) or name
            if self._word(head - 1) in _DETERMINERS:
                if self._word(head - 2) in PREPOSITIONS:
                    return self._noun_back(head - 3) or name
                return Subject(self.tokens[head - 1].start, name.end, "name")
            return name
        if word in _DAYS:
            return (
                self._before(place - 2)
                if self._word(place - 1) == "on"
                else self._before(place - 1)
            )
        return self._noun_back(place)

    def _place_of(self, start: int, place: int) -> int:
        while place > self.first and self.tokens[place].start > start:
            place -= 1
        return place

    def _name_back(self, place: int) -> Subject | None:
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
            if before.capital and word not in _DAYS and before.text[-2:] not in ("'s", "’s"):
                start -= 1
            elif (
                word in _PARTICLES
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

    def _noun_back(self, place: int) -> Subject | None:
        """ "the mayor", "a spokesman for the company", "officials": a noun that may speak."""
        tokens = self.tokens
        if place < self.first or not tokens[place].text[:1].isalpha():
            return None
        head = self._word(place)
        if head in _DETERMINERS | PREPOSITIONS | _CONJUNCTIONS and head not in _SPEAKING:
            return None
        if head in self.table.third or head in self.table.ing or head in _BE:
            return None
        start = place
        floor = max(self.first, place - 7)
        nouns = self.offices
        while start >= floor:
            word = self._word(start)
            if word in _DETERMINERS or word.endswith(("'s", "’s", "s’", "s'")):
                if self._word(start - 1) in PREPOSITIONS:
                    return self._chunk(start - 2)
                first = start
                while (
                    tokens[first].text[-2:] in ("'s", "’s")
                    and first > self.first
                    and tokens[first - 1].capital
                ):
                    first -= 1
                return Subject(tokens[first].start, tokens[place].end, "noun")
            if word in PREPOSITIONS:
                return self._noun_back(start - 1)
            if not word.replace("-", "").replace("’", "").isalnum() or word in _CONJUNCTIONS:
                break
            start -= 1
        head = self._word(place)
        if (
            head in nouns.roles
            or head in nouns.groups
            or head in nouns.papers
            or head.endswith("s")
        ):
            start = place
            if place > self.first and tokens[place - 1].capital:
                name = self._name_back(place - 1)
                if name is not None:
                    return Subject(name.start, tokens[place].end, "noun")
            if head.endswith("s") or head in nouns.groups:
                return Subject(tokens[start].start, tokens[place].end, "noun")
            if head.rstrip("s") in nouns.roles:
                return Subject(tokens[start].start, tokens[place].end, "noun")
        return None

    def _after(self, place: int) -> Subject | None:
        """The subject behind a verb: "said Clinton spokesman Brian Fallon", "said the mayor"."""
        tokens = self.tokens
        if place >= self.last or tokens[place].quoted:
            return None
        token = tokens[place]
        word = token.text.lower()
        if word in _PRONOUNS and word not in ("it", "you", "who"):
            return Subject(token.start, token.end, "pronoun")
        noun = word in _DETERMINERS
        name_end = noun_end = -1
        limit = min(self.last, place + 16)
        at = place + 1 if noun else place
        while at < limit:
            token = tokens[at]
            word = token.text.lower()
            if token.capital and word not in _DAYS:
                at = self._name_end(at, limit)
                name_end = at - 1
                if tokens[name_end].text[-2:] in ("'s", "’s") or tokens[name_end].text[-1] in "'’":
                    name_end = -1
                continue
            if not word[0].isalpha() and not word[0].isdigit():
                break
            if word in PREPOSITIONS or word in _CONJUNCTIONS or word in _DAYS or word in SKIPPED:
                break
            if name_end >= 0 and not self._leads_on(at, limit):
                break
            noun_end = at
            at += 1
        if name_end > noun_end:
            return self._name_back_to(name_end, place)
        if noun_end < 0:
            alone = noun and tokens[place].text.lower() in _SPEAKING
            return Subject(tokens[place].start, tokens[place].end, "noun") if alone else None
        if at + 1 < self.last and tokens[at].text == "," and tokens[at + 1].capital:
            end = self._name_end(at + 1, self.last)
            if end - at > 2 and (
                end >= self.last or tokens[end].text in (",", ".") or self.tokens[end].quoted
            ):
                return Subject(tokens[at + 1].start, tokens[end - 1].end, "name")
        head = self._word(noun_end)
        known = (
            head in self.offices.groups
            or head in self.offices.papers
            or head.rstrip("s") in self.offices.roles
        )
        if not (noun or known):
            return None
        return Subject(tokens[place].start, tokens[noun_end].end, "noun")

    def _leads_on(self, at: int, limit: int) -> bool:
        """Do lower-case words lead from one name to another ("Clinton ally James Carville")?"""
        for place in range(at, min(at + 4, limit)):
            token = self.tokens[place]
            word = token.text.lower()
            if token.capital:
                return place > at and word not in _DAYS
            if not word[0].isalpha() or word in PREPOSITIONS or word in _CONJUNCTIONS:
                return place > at and self._word(place - 1).rstrip("s") in self.offices.roles
            if word in SKIPPED or word in _DETERMINERS or word in self.table.speech:
                return False
        return False

    def _name_back_to(self, name_end: int, place: int) -> Subject | None:
        name = self._name_back(name_end)
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
            if token.capital and token.text.lower() not in _DAYS:
                place += 1
            elif token.text in _PARTICLES and place + 1 < limit and tokens[place + 1].capital:
                place += 2
            else:
                break
        return place

    def main(self, place: int) -> Subject | None:
        """The subject of the sentence for a verb without its own: that of the cue before, or the
        first name or pronoun that no preposition leads in."""
        for cue in reversed(self.found):
            if cue.subject is not None and cue.form != "according":
                return cue.subject
        at = self.first
        place = min(place, self.last)
        while at < place:
            token = self.tokens[at]
            word = token.text.lower()
            if token.quoted or not word[0].isalpha():
                at += 1
                continue
            if word in _PRONOUNS and word not in ("it", "you", "who", "we", "i"):
                return Subject(token.start, token.end, "pronoun")
            if word in PREPOSITIONS or (
                at == self.first and word in ("speaking", "asked", "writing")
            ):
                at = self._past_phrase(at + 1, place)
                continue
            if token.capital and word not in SENTENCE_OPENERS and word not in _DAYS:
                end = self._name_end(at, place)
                if tokens_possessive(self.tokens[end - 1]):
                    at = end
                    continue
                return Subject(token.start, self.tokens[end - 1].end, "name")
            if word in ("the", "a", "an"):
                end = at + 1
                while end < place and end - at < 6 and self._word(end) not in self.offices.roles:
                    end += 1
                if end < place and self._word(end) in self.offices.roles:
                    following = end + 1
                    if following < place and self.tokens[following].capital:
                        at = following
                        continue
                    return Subject(token.start, self.tokens[end].end, "noun")
            at += 1
        return None

    def _past_phrase(self, at: int, place: int) -> int:
        """Skip the noun phrase behind a preposition."""
        while at < place and (self._word(at) in _DETERMINERS or not self.tokens[at].capital):
            if self.tokens[at].text in _BREAKS or self.tokens[at].quoted:
                return at + 1
            at += 1
        return self._name_end(at, place) if at < place else at


def main_subject(tokens: Sequence[Token], sentence: Sentence, language: str) -> Subject | None:
    """The subject of a sentence that has no cue."""
    reader = _Reader(tokens, sentence, cues_of(language), offices())
    return reader.main(min(sentence.last, sentence.first + _FARTHEST))


def tokens_possessive(token: Token) -> bool:
    """Does a token end in a possessive 's?"""
    return token.text[-2:] in ("'s", "’s") or token.text[-1] in "'’"


def dash_signature(tokens: Sequence[Token], sentence: Sentence, place: int) -> Subject | None:
    """The name in "“…” — Name" where it ends the sentence."""
    if place + 1 >= sentence.last or tokens[place].text not in _DASHES:
        return None
    end = place + 1
    while end < sentence.last and tokens[end].capital:
        end += 1
    behind = tokens[end].text if end < sentence.last else ","
    if end == place + 1 or end - place > 6 or behind not in (",", ".", "("):
        return None
    return Subject(tokens[place + 1].start, tokens[end - 1].end, "name")
