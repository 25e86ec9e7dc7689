"""Give quotes their speakers: the cue beside them, whom it names, and who that is."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from newsgen.language.appositions import role_of
from newsgen.language.attribution import Cue, cues_in
from newsgen.language.beside import beside
from newsgen.language.choice import Choice, choose
from newsgen.language.clauses import Subject
from newsgen.language.cues import cues_of, offices
from newsgen.language.frames import Frame, frames_of
from newsgen.language.people import Figure, People, Sighting, runs_of
from newsgen.language.script import language_of
from newsgen.language.tokens import Sentence
from newsgen.model import Article, Entity, Mention, Quote, Span, Speaker
from newsgen.text import slug_of

_DECAY = 0.5  # what a sentence later is left of the attention a figure had
_KEPT = 0.3  # of the attention a figure already had, when it is named again
_RECENT = 16  # figures kept in mind for a pronoun
_SHORT = 4  # words: below it a quote without a cue stays unattributed
_FLAT_PRONOUNS = frozenset("it they we i you x who".split())

# How sure a decision is, by rule: for quotes of four words and more, and for shorter ones. Shares
# of right decisions over 720 news articles whose sources were marked by hand (PolNeAR, train).
_CONFIDENCE = {
    "cue-before": (0.83, 0.65),
    "cue-after": (0.95, 0.62),
    "according": (0.75, 0.5),
    "signature": (0.8, 0.5),
    "cue-in-sentence": (0.82, 0.76),
    "listed": (0.9, 0.68),
    "cue-earlier": (0.86, 0.68),
    "cue-later": (0.72, 0.34),
    "carried": (0.93, 0.85),
    "carried-over": (0.61, 0.4),
}
_GUESS = 0.5  # a decision less sure than this stays undone
_UNKNOWN = (0.5, 0.3)


@dataclass
class _Decision:
    """Who said a quote, and by which rule."""

    rule: str
    figure: Figure | None
    subject: Subject | None
    cue: Span | None


def annotate(article: Article) -> Article:
    """Fill the speaker, cue, rule and confidence of `quotes`; add people found as speakers only."""
    language = language_of(article)
    if not article.quotes or not cues_of(language).speech:
        return article
    if language in ("zh", "ar"):
        return _beside(article, language)
    return _Walk(article, language).annotated()


def _beside(article: Article, language: str) -> Article:
    """Speakers in a script without capitals: only whom the words at once beside a quote name."""
    people = People(article)
    quotes: list[Quote] = []
    paragraphs = iter(article.paragraphs)
    paragraph = next(paragraphs, None)
    for quote in article.quotes:
        while paragraph is not None and paragraph.span.end < quote.span.start:
            paragraph = next(paragraphs, None)
        found = beside(article.text, quote.span, paragraph.span, language) if paragraph else None
        if found is None:
            quotes.append(replace(quote, confidence=_UNKNOWN[0]))
            continue
        mention = people.mention_at(found.name.start, found.name.end)
        entity = mention.entity if mention is not None and mention.span == found.name else None
        name = people.by_entity[entity].name if entity is not None else article.words(found.name)
        speaker = Speaker(name, entity, found.name)
        quotes.append(
            replace(quote, speaker=speaker, cue=found.cue, rule="cue-beside", confidence=0.7)
        )
    return replace(article, quotes=tuple(quotes))


class _Walk:
    """One way through an article, keeping in mind who was named last."""

    def __init__(self, article: Article, language: str) -> None:
        self.article = article
        self.text = article.text
        self.language = language
        self.people = People(article)
        self.pronouns = cues_of(language).gender_of_pronoun
        self.recent: deque[Figure] = deque(maxlen=_RECENT)
        self.now = 0
        self.decided: dict[int, _Decision] = {}
        self.last: _Decision | None = None  # of the paragraph before, for carrying on
        self.colon: _Decision | None = None
        self.sightings: list[Sighting] = []
        self.roles: dict[Figure, str] = {}
        self.by_office: dict[str, list[Figure]] = {}
        self.reported = {
            quote.cue.start: index
            for index, quote in enumerate(article.quotes)
            if quote.cue is not None and quote.kind != "direct"
        }

    def annotated(self) -> Article:
        for frame in frames_of(self.article, self.article.quotes):
            self._paragraph(frame)
        return _with_people(self)

    def _paragraph(self, frame: Frame) -> None:
        here: _Decision | None = None
        waiting: list[int] = []
        leading: _Decision | None = None
        for sentence in frame.sentences:
            self.now += 1
            cues = cues_in(frame.tokens, sentence, self.language)
            self._see(frame, sentence, cues)
            self._report(cues)
            for place in range(sentence.first, sentence.last):
                token = frame.tokens[place]
                index = frame.quotes.get(token.start, -1) if token.quoted else -1
                if index < 0:
                    continue
                decision = self._decide(choose(frame.tokens, sentence, cues, place), index)
                if decision is None and self._is_whole(frame, sentence):
                    if here is None:
                        if self.is_long(index):
                            waiting.append(index)
                        continue
                    decision = _Decision("carried", here.figure, here.subject, None)
                if decision is None:
                    continue
                self._settle(index, decision)
                self._attend(decision.figure, 1.6)
                here = decision
                if waiting and decision.rule in ("cue-before", "cue-after"):
                    self._give(waiting, decision)
                    waiting = []
            leading = self._colon(frame, sentence, cues) or leading
        before = self.colon or self.last
        if waiting and before is not None:
            self._give(waiting, before)
            here = here or before
        self.last = here if frame.quotes or frame.tokens else self.last
        self.colon = leading if frame.tokens and frame.tokens[-1].text == ":" else None

    def _report(self, cues: Sequence[Cue]) -> None:
        """Give reported speech to the subject of its cue."""
        for cue in cues:
            index = self.reported.get(cue.start)
            if index is None or cue.subject is None:
                continue
            who = self._who(cue.subject)
            span = Span(cue.start, cue.end)
            rule = self.article.quotes[index].rule
            self.decided[index] = _Decision(rule, who, cue.subject, span)
            self._attend(who, 1.2)

    def is_long(self, index: int) -> bool:
        """Has a quote four words or more? (Looks at its beginning only.)"""
        span = self.article.quotes[index].span
        return len(self.text[span.start : min(span.end, span.start + 120)].split()) >= _SHORT

    def _give(self, waiting: Sequence[int], decision: _Decision) -> None:
        for index in waiting:
            given = _Decision("carried-over", decision.figure, decision.subject, None)
            self._settle(index, given)

    def _settle(self, index: int, decision: _Decision) -> None:
        """A quote over several paragraphs is decided where a cue stands beside it."""
        known = self.decided.get(index)
        if known is None or known.rule.startswith("carried"):
            self.decided[index] = decision

    def _is_whole(self, frame: Frame, sentence: Sentence) -> bool:
        """Do quotes fill a sentence? They go on with the last speaker then."""
        return not any(
            token.text[0].isalnum()
            for token in frame.tokens[sentence.first : sentence.last]
            if not token.quoted
        )

    def _colon(self, frame: Frame, sentence: Sentence, cues: Sequence[Cue]) -> _Decision | None:
        """Whom a sentence leads up to that ends in a colon."""
        if frame.tokens[sentence.last - 1].text != ":" or sentence.last != len(frame.tokens):
            return None
        subjects = [cue.subject for cue in cues if cue.subject is not None]
        if subjects:
            return _Decision("carried-over", self._who(subjects[-1]), subjects[-1], None)
        first: Sighting | None = None
        for sighting in reversed(self.sightings):
            if sighting.start < frame.tokens[sentence.first].start:
                break
            first = sighting
        if first is not None and first.figure.kind == "person":
            subject = Subject(first.start, first.end, "name")
            return _Decision("carried-over", first.figure, subject, None)
        return None

    def _see(self, frame: Frame, sentence: Sentence, cues: Sequence[Cue]) -> None:
        """Take in the names of a sentence, its first name with more attention than the rest."""
        spoken = {cue.subject.end for cue in cues if cue.subject and cue.subject.kind == "name"}
        weight = 1.0
        head = frame.tokens[sentence.first].text.lower()
        if head in self.pronouns:
            figure = self._pronoun(head)
            self._attend(figure, 1.0)
            weight = 0.5
        for first, last in runs_of(frame.tokens, sentence.first, sentence.last):
            run = frame.tokens[first:last]
            end = run[-1].end - (2 if run[-1].text[-2:] in ("'s", "’s") else 0)
            sighting = self.people.sight(run, sure=end in spoken)
            if sighting is None:
                continue
            self.sightings.append(sighting)
            figure = sighting.figure
            owner = run[-1].text[-2:] in ("'s", "’s")
            self._attend(figure, 0.4 if owner else weight)
            weight = 0.5
            self._learn(frame, sentence, sighting, (first, last))

    def _learn(
        self, frame: Frame, sentence: Sentence, sighting: Sighting, run: tuple[int, int]
    ) -> None:
        """Note the office that stands beside a person's name."""
        figure = sighting.figure
        if figure.kind != "person":
            return
        role = role_of(frame.tokens, sentence, run, sighting.start)
        if role is None:
            return
        if figure not in self.roles:
            self.roles[figure] = self.text[role.start : role.end]
        for noun in role.offices:
            figure.offices.add(noun)
            if figure.gender is None:
                figure.gender = offices().gender.get(noun)
        for noun in sorted(figure.offices):
            known = self.by_office.setdefault(noun, [])
            if figure not in known and len(known) < 8:
                known.append(figure)

    def _attend(self, figure: Figure | None, weight: float) -> None:
        if figure is None:
            return
        figure.salience = weight + _KEPT * self._attention(figure)
        figure.seen = self.now
        if figure in self.recent:
            self.recent.remove(figure)
        self.recent.append(figure)

    def _attention(self, figure: Figure) -> float:
        if figure.seen < 0:
            return 0.0
        return float(figure.salience * _DECAY ** min(self.now - figure.seen, 99))

    def _decide(self, choice: Choice | None, index: int) -> _Decision | None:
        if choice is None or choice.subject is None:
            return None
        if _CONFIDENCE[choice.rule][not self.is_long(index)] < _GUESS:
            return None
        figure = self._who(choice.subject)
        if self.language != "en" and (figure is None or choice.rule == "cue-later"):
            return None  # only names are known there; in German every noun looks like one
        cue = Span(choice.cue.start, choice.cue.end) if choice.cue is not None else None
        return _Decision(choice.rule, figure, choice.subject, cue)

    def _who(self, subject: Subject) -> Figure | None:
        """The figure that a subject stands for, if the article names it."""
        if subject.kind == "name":
            return self._named(subject)
        if subject.kind == "pronoun":
            return self._pronoun(self.text[subject.start : subject.end].lower())
        return self._office(self.text[subject.start : subject.end].lower().split())

    def _named(self, subject: Subject) -> Figure | None:
        for sighting in reversed(self.sightings):
            if sighting.end <= subject.start:
                break
            if sighting.start < subject.end:
                return sighting.figure
        return None

    def _pronoun(self, word: str) -> Figure | None:
        gender = self.pronouns.get(word)
        if gender not in ("m", "f"):
            return None
        best: Figure | None = None
        score = 0.0
        for figure in reversed(self.recent):
            if figure.kind != "person" or figure.gender not in (gender, None, "u"):
                continue
            attention = self._attention(figure) * (1.0 if figure.gender == gender else 0.6)
            if attention > score:
                best, score = figure, attention
        if best is not None and best.gender is None and best.known:
            best.gender = gender
        return best

    def _office(self, words: list[str]) -> Figure | None:
        """The only person whose office it is: "the mayor"."""
        if len(words) < 2 or words[0] not in ("the", "el", "la", "le", "der", "die"):
            return None
        known = self.by_office.get(words[-1], [])
        if len(known) == 1 and len(words) <= 4:
            return known[0]
        return None


def _with_people(walk: _Walk) -> Article:
    """Write what was decided into quotes, entities and mentions."""
    added = _added_people(walk)
    quotes = tuple(
        _attributed(walk, index, quote, added) for index, quote in enumerate(walk.article.quotes)
    )
    article = replace(walk.article, quotes=quotes)
    if not added:
        return article
    known = {entity.id for entity in article.entities}
    entities = [*article.entities]
    mentions = [*article.mentions]
    seen: dict[Figure, list[Sighting]] = {figure: [] for figure in added}
    for sighting in walk.sightings:
        if sighting.figure in seen:
            seen[sighting.figure].append(sighting)
    for figure, id in added.items():
        spans = dict.fromkeys(Span(s.start, s.end) for s in seen[figure])
        free = [span for span in spans if walk.people.mention_at(span.start, span.end) is None]
        mentions += (Mention(span, id) for span in free)
        if id not in known:
            known.add(id)
            forms = dict.fromkeys(walk.article.words(span) for span in spans)
            aliases = tuple(form for form in forms if form != figure.name)
            entities.append(Entity(id, figure.name, "person", aliases, "speaker", 0.7))
    mentions.sort(key=lambda mention: mention.span)
    return replace(article, entities=tuple(entities), mentions=tuple(mentions))


def _added_people(walk: _Walk) -> dict[Figure, str]:
    """People who speak and are not among the entities, with the ids they get."""
    added: dict[Figure, str] = {}
    for index in sorted(walk.decided):
        figure = walk.decided[index].figure
        if figure is None or figure.kind != "person" or figure.entity is not None:
            continue
        if len(figure.words) > 1:
            added[figure] = f"people/{slug_of(figure.name)}"
    return added


def _attributed(walk: _Walk, index: int, quote: Quote, added: dict[Figure, str]) -> Quote:
    decision = walk.decided.get(index)
    long = walk.is_long(index)
    if decision is None or decision.subject is None:
        return replace(quote, confidence=_UNKNOWN[not long]) if quote.kind == "direct" else quote
    subject, figure = decision.subject, decision.figure
    confidence = _CONFIDENCE.get(decision.rule, (0.7, 0.5))[not long]
    mention = Span(subject.start, subject.end)
    speaker: Speaker | None
    if figure is not None:
        entity = figure.entity or added.get(figure)
        speaker = Speaker(figure.name, entity, mention, walk.roles.get(figure))
    elif subject.kind == "pronoun":
        speaker = None
    else:
        found = (
            walk.people.mention_at(subject.start, subject.end) if subject.kind == "name" else None
        )
        name = " ".join(walk.text[subject.start : subject.end].split())
        speaker = Speaker(name, found.entity if found else None, mention)
    if speaker is None:
        return replace(quote, cue=decision.cue, confidence=_UNKNOWN[not long])
    if quote.kind != "direct":
        confidence = min(confidence, 0.8)
    return replace(
        quote, speaker=speaker, cue=decision.cue, rule=decision.rule, confidence=confidence
    )
