"""Give quotes their speakers: the cue beside them, whom it names, and who that is.

Whatever may tell a quote's speaker is listed as an option with its traits; the weights of the
traits decide, and how far the best option leads tells how sure the decision is.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from msgspec.structs import replace

from newsgen.language.attribution import WEAK, Cue, cues_in
from newsgen.language.beside import beside
from newsgen.language.choice import Look, Option, look_of, options_of, subject_trait
from newsgen.language.clauses import Subject
from newsgen.language.cues import cues_of
from newsgen.language.focus import Focus
from newsgen.language.focus import Trace as PronounTrace
from newsgen.language.frames import Frame, frames_of
from newsgen.language.grammar import DASHES
from newsgen.language.people import Figure, People, Sighting
from newsgen.language.script import language_of
from newsgen.language.tokens import Sentence, Token
from newsgen.language.weights import worth
from newsgen.model import Article, Entity, Mention, Quote, Span, Speaker
from newsgen.text import slug_of

_TIGHT = ("cue-before", "cue-after")
_PATIENCE = 3  # paragraphs without a speaker over which the last one may go on


@dataclass
class _Decision:
    """Who said a quote, by which rule, and how sure that is."""

    rule: str
    figure: Figure | None
    subject: Subject
    cue: Span | None
    confidence: float = 0.0


class Considered(NamedTuple):
    """A decision that may be taken, with the traits that speak for it or against it."""

    rule: str
    subject: Subject
    figure: Figure | None
    cue: Cue | None
    traits: tuple[str, ...]
    certainty: float | None = None  # of the decision that goes on


Trace = Callable[[int, Span, Look, Sequence[Considered]], None]


def annotate(article: Article) -> Article:
    """Fill the speaker, cue, rule and confidence of `quotes`; add people found as speakers only."""
    language = language_of(article)
    if not article.quotes or not cues_of(language).speech:
        return article
    if language in ("zh", "ar"):
        return _beside(article, language)
    return _Walk(article, language).annotated()


def considered(
    article: Article, trace: Trace | None = None, pronouns: PronounTrace | None = None
) -> None:
    """Tell of every option of every quote and pronoun, as the weights are fitted on them."""
    walk = _Walk(article, "en", trace)
    walk.focus.trace = pronouns
    walk.annotated()


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


_UNKNOWN = (0.5, 0.3)


class _Walk:
    """One way through an article, keeping in mind who was named last and who spoke."""

    def __init__(self, article: Article, language: str, trace: Trace | None = None) -> None:
        self.article = article
        self.text = article.text
        self.language = language
        self.trace = trace
        self.focus = Focus(article, language)
        self.decided: dict[int, _Decision] = {}
        self.last: _Decision | None = None  # and the paragraph it was taken in
        self.last_at = -9
        self.colon: _Decision | None = None
        self.colon_at = -9
        self.unsigned: list[int] = []  # the last quote of the paragraph before
        self.whole = False  # was the paragraph before nothing but a quote?
        self.reported = {
            quote.cue.start: index
            for index, quote in enumerate(article.quotes)
            if quote.cue is not None and quote.kind != "direct"
        }

    def annotated(self) -> Article:
        number = 0
        for frame in frames_of(self.article, self.article.quotes):
            if frame.tokens:
                number += 1
                self._paragraph(number, frame)
        return _with_people(self)

    def _paragraph(self, number: int, frame: Frame) -> None:
        here: _Decision | None = None
        since = 0
        waiting: list[int] = []
        leading: _Decision | None = None
        self.focus.turn()
        self._sign(frame)
        cues = [cues_in(frame.tokens, one, self.language) for one in frame.sentences]
        for at, sentence in enumerate(frame.sentences):
            since += 1
            self.focus.see(frame, sentence, cues[at])
            self._report(cues[at])
            for place in range(sentence.first, sentence.last):
                token = frame.tokens[place]
                index = frame.quotes.get(token.start, -1) if token.quoted else -1
                if index < 0:
                    continue
                look = self._look(index, token)
                options = [
                    *self._by_cue(frame, at, cues, place, look),
                    *self._by_going_on(frame, at, cues, place, look, here, since),
                    *self._by_sentence_before(frame, at, cues, place, look),
                    *self._by_coming(frame, at, cues, place, look),
                    *self._by_paragraph(number, frame, at, cues, place, look),
                ]
                chosen = self._chosen(index, token, look, options)
                if chosen is None:
                    continue
                if chosen.rule == "cue-coming":
                    waiting.append(index)
                    continue
                self._settle(index, chosen)
                self.focus.speak(chosen.figure)
                here, since = chosen, 0
                if chosen.rule in _TIGHT:
                    self._give(waiting, chosen)
                    waiting = []
            leading = self._colon(frame, sentence, cues[at]) or leading
        self.unsigned = list(frame.quotes.values())[-1:]
        if here is not None:
            self._give(waiting, here)
            self.last, self.last_at = here, number
        self.whole = not any(token.text[0].isalnum() for token in frame.tokens)
        if leading is not None and frame.tokens[-1].text == ":":
            self.colon, self.colon_at = leading, number

    def _sign(self, frame: Frame) -> None:
        """A paragraph that is only "— Name" signs the quote of the paragraph before it."""
        if not (self.unsigned and self.whole and frame.tokens[0].text in DASHES):
            return
        name = [token for token in frame.tokens[1:] if token.text != "."]
        if 0 < len(name) < 6 and all(token.capital for token in name):
            subject = Subject(name[0].start, name[-1].end, "name")
            self.focus.see(frame, frame.sentences[0], ())
            figure = self.focus.named(subject)
            index = self.unsigned[-1]
            self.decided[index] = _Decision("signature", figure, subject, None, 0.95)
            self.last = self.decided[index]

    def _look(self, index: int, token: Token) -> Look:
        span = self.article.quotes[index].span
        return look_of(self.text, max(span.start, token.start), min(span.end, token.end))

    def _by_cue(
        self, frame: Frame, at: int, cues: Sequence[Sequence[Cue]], place: int, look: Look
    ) -> Iterator[Considered]:
        """Whom the cues of the quote's own sentence name."""
        for option in options_of(frame.tokens, frame.sentences[at], cues[at], place, look):
            subject = option.subject
            figure = self.focus.named(subject) if subject.kind == "name" else None
            if self.language != "en" and not self._is_known(option, figure):
                continue
            yield Considered(option.rule, subject, figure, option.cue, self._told(option, figure, look))

    def _is_known(self, option: Option, figure: Figure | None) -> bool:
        """Only names are known in other languages; in German every noun looks like one."""
        if option.subject.kind == "pronoun":
            return option.rule in _TIGHT
        weak = option.cue is not None and option.cue.form in WEAK
        return figure is not None and not weak and option.rule != "cue-later"

    def _told(self, option: Option, figure: Figure | None, look: Look) -> tuple[str, ...]:
        kind = figure.kind if figure is not None else subject_trait(self.text, option.subject)
        more = [f"who:{kind}", f"{option.rule}/who:{kind}"]
        if figure is not None and figure is self.focus.spoke:
            more.append(f"{option.rule}/spoke-last")
        if figure is not None and figure.words and figure.words[-1] in look.names:
            more += ("inside", f"inside/{look.size}")
        return (*option.traits, *more)

    def _by_going_on(
        self,
        frame: Frame,
        at: int,
        cues: Sequence[Sequence[Cue]],
        place: int,
        look: Look,
        here: _Decision | None,
        since: int,
    ) -> Iterator[Considered]:
        """The speaker before goes on within a paragraph."""
        if here is None:
            return
        sentence = frame.sentences[at]
        traits = [
            "carried",
            f"carried/since{min(since, 3)}",
            f"carried/after:{here.rule}",
            f"carried/{look.size}",
            f"carried/{look.close}",
            f"carried/{look.head}",
            f"carried/{self._setting(frame, sentence, cues[at], place)}",
            f"carried/since{min(since, 3)}/{self._setting(frame, sentence, cues[at], place)}",
        ]
        kind = here.figure.kind if here.figure else subject_trait(self.text, here.subject)
        traits.append(f"carried/who:{kind}")
        if here.figure and here.figure.words and here.figure.words[-1] in look.names:
            traits += ("inside", "carried/inside")
        yield Considered(
            "carried", here.subject, here.figure, None, tuple(traits), here.confidence
        )

    def _by_sentence_before(
        self, frame: Frame, at: int, cues: Sequence[Sequence[Cue]], place: int, look: Look
    ) -> Iterator[Considered]:
        """Whom the sentence before, itself without a quote, has told of: "He was angry, said X."."""
        if at == 0:
            return
        sentence = frame.sentences[at - 1]
        if any(frame.tokens[spot].quoted for spot in range(sentence.first, sentence.last)):
            return
        strong = [cue for cue in cues[at - 1] if cue.subject and cue.form not in WEAK]
        if not strong:
            return
        cue = strong[-1]
        assert cue.subject is not None
        rule = "cue-previous"
        setting = self._setting(frame, frame.sentences[at], cues[at], place)
        figure = self.focus.named(cue.subject) if cue.subject.kind == "name" else None
        kind = figure.kind if figure is not None else subject_trait(self.text, cue.subject)
        traits = (
            rule,
            f"{rule}/{setting}",
            f"{rule}/{look.size}",
            f"{rule}/{look.close}",
            f"{rule}/{look.head}",
            f"{rule}/{cue.form}",
            f"{rule}/who:{kind}",
            f"{rule}/{setting}/{look.head}",
        )
        yield Considered(rule, cue.subject, figure, cue, traits)

    def _setting(
        self, frame: Frame, sentence: Sentence, cues: Sequence[Cue], place: int
    ) -> str:
        """How a quote sits in its sentence: alone, with a cue, or among other words."""
        words = [
            token
            for token in frame.tokens[sentence.first : sentence.last]
            if not token.quoted and token.text[0].isalnum()
        ]
        if not words:
            return "whole"
        opens = "opens" if place == sentence.first else "inside"
        strong = any(cue.subject and cue.form not in WEAK for cue in cues)
        return f"{opens}-{'cue' if strong else 'weak' if cues else 'bare'}"

    def _by_coming(
        self, frame: Frame, at: int, cues: Sequence[Sequence[Cue]], place: int, look: Look
    ) -> Iterator[Considered]:
        """Whom the cue beside the next quote of the paragraph names."""
        for later in range(at + 1, min(at + 4, len(frame.sentences))):
            sentence = frame.sentences[later]
            for spot in range(sentence.first, sentence.last):
                if frame.quotes.get(frame.tokens[spot].start, -1) < 0:
                    continue
                for option in options_of(frame.tokens, sentence, cues[later], spot, look):
                    if option.rule in _TIGHT and option.cue and option.cue.form not in WEAK:
                        setting = self._setting(frame, frame.sentences[at], cues[at], place)
                        traits = (
                            "coming",
                            f"coming/in{later - at}",
                            f"coming/{look.size}",
                            f"coming/{look.close}",
                            f"coming/{setting}",
                            f"coming/{option.rule}",
                            f"coming/{setting}/{look.close}",
                        )
                        yield Considered("cue-coming", option.subject, None, option.cue, traits)
                        return
                return

    def _by_paragraph(
        self,
        number: int,
        frame: Frame,
        at: int,
        cues: Sequence[Sequence[Cue]],
        place: int,
        look: Look,
    ) -> Iterator[Considered]:
        """The speaker of a paragraph before goes on, or the one it has announced with a colon."""
        setting = self._setting(frame, frame.sentences[at], cues[at], place)
        starts = "starts" if place == 0 else "within"
        coming = any(
            cue.form not in WEAK and cue.subject for later in cues[at + 1 :] for cue in later
        )
        for rule, decision, when in (
            ("announced", self.colon, self.colon_at),
            ("carried-over", self.last, self.last_at),
        ):
            gap = number - when
            if decision is None or gap > _PATIENCE:
                continue
            traits = [
                rule,
                f"{rule}/gap{gap}",
                f"{rule}/{starts}",
                f"{rule}/{look.size}",
                f"{rule}/{look.close}",
                f"{rule}/{setting}",
                f"{rule}/gap{gap}/{setting}/{starts}",
                f"{rule}/{'coming' if coming else 'alone'}",
                f"{rule}/{'whole' if self.whole else 'told'}",
                f"{rule}/after:{decision.rule}",
            ]
            if self.colon_at == number - 1:
                traits.append(f"{rule}/colon")
            figure = decision.figure
            if figure and figure.words and figure.words[-1] in look.names:
                traits += ("inside", f"{rule}/inside")
            yield Considered(
                rule, decision.subject, decision.figure, None, tuple(traits), decision.confidence
            )

    def _chosen(
        self, index: int, token: Token, look: Look, options: Sequence[Considered]
    ) -> _Decision | None:
        """The option that leads, with the confidence that its lead gives; None for nobody."""
        if self.trace is not None:
            self.trace(index, Span(token.start, token.end), look, options)
        if not options:
            return None
        nobody = worth("speaker", nobody_traits(look))
        worths = [worth("speaker", option.traits) for option in options]
        best = max(range(len(options)), key=lambda place: worths[place])
        option = options[best]
        rivals = [
            worths[place]
            for place, other in enumerate(options)
            if other.subject != option.subject
            and (option.figure is None or other.figure is not option.figure)
        ]
        lead = worths[best] - max([nobody, *rivals])
        if worths[best] <= nobody:
            return None
        if self.language != "en" and option.rule.startswith("carried") and look.size != "long":
            return None
        figure, sure = option.figure, confidence_of(lead)
        if figure is None and option.rule not in ("cue-coming", "carried", "carried-over"):
            figure = self.focus.who(option.subject, look.names)
            sure = round(sure * self.focus.certainty, 2)
        if option.certainty is not None:
            sure = min(sure, option.certainty)
        cue = option.cue
        span = Span(cue.start, cue.end) if cue is not None and cue.form != "main" else None
        return _Decision(option.rule, figure, option.subject, span, sure)

    def _report(self, cues: Sequence[Cue]) -> None:
        """Give reported speech to the subject of its cue."""
        for cue in cues:
            index = self.reported.get(cue.start)
            if index is None or cue.subject is None:
                continue
            if self.text[cue.start : cue.end] in ("Q", "A"):
                continue  # a question and its answer name nobody
            who = self.focus.who(cue.subject)
            span = Span(cue.start, cue.end)
            rule = self.article.quotes[index].rule
            self.decided[index] = _Decision(rule, who, cue.subject, span, 0.8)
            self.focus.speak(who, 1.2)

    def _give(self, waiting: Sequence[int], decision: _Decision) -> None:
        for index in waiting:
            sure = round(decision.confidence - 0.05, 2)
            self._settle(
                index, _Decision("cue-coming", decision.figure, decision.subject, None, sure)
            )

    def _settle(self, index: int, decision: _Decision) -> None:
        """A quote over several paragraphs is decided where a cue stands beside it."""
        known = self.decided.get(index)
        if known is None or known.rule.startswith("carried"):
            self.decided[index] = decision

    def _colon(self, frame: Frame, sentence: Sentence, cues: Sequence[Cue]) -> _Decision | None:
        """Whom a sentence leads up to that ends in a colon."""
        if frame.tokens[sentence.last - 1].text != ":" or sentence.last != len(frame.tokens):
            return None
        subjects = [cue.subject for cue in cues if cue.subject is not None]
        strong = [cue.subject for cue in cues if cue.subject and cue.form not in WEAK]
        subject = (strong or subjects or [None])[-1]
        if subject is not None:
            figure = self.focus.who(subject)
            return _Decision("announced", figure, subject, None, self.focus.certainty)
        first: Sighting | None = None
        for sighting in reversed(self.focus.sightings):
            if sighting.start < frame.tokens[sentence.first].start:
                break
            first = sighting
        if first is not None and first.figure.kind == "person":
            subject = Subject(first.start, first.end, "name")
            return _Decision("announced", first.figure, subject, None, 0.8)
        return None


def nobody_traits(look: Look) -> tuple[str, ...]:
    """What speaks for nobody at all: a short quote more than a long one."""
    return ("nobody", f"nobody/{look.size}", f"nobody/{look.close}", f"nobody/{look.size}/{look.head}")


# Confidence by the lead of an option in hundredths, as measured on the articles of the fit.
_SURE = ((0, 0.45), (50, 0.6), (100, 0.75), (150, 0.85), (200, 0.9), (250, 0.95), (350, 0.98))


def confidence_of(lead: int) -> float:
    """The share of right decisions among those with such a lead."""
    return max(sure for least, sure in _SURE if lead >= least)


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
    for sighting in walk.focus.sightings:
        if sighting.figure in seen:
            seen[sighting.figure].append(sighting)
    for figure, id in added.items():
        spans = dict.fromkeys(Span(s.start, s.end) for s in seen[figure])
        free = [span for span in spans if walk.focus.people.mention_at(span.start, span.end) is None]
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
    short = len(walk.text[quote.span.start : min(quote.span.end, quote.span.start + 80)].split()) < 4
    if decision is None:
        return replace(quote, confidence=_UNKNOWN[short]) if quote.kind == "direct" else quote
    subject, figure = decision.subject, decision.figure
    confidence = decision.confidence
    mention = Span(subject.start, subject.end)
    speaker: Speaker | None
    if figure is not None:
        entity = figure.entity or added.get(figure)
        speaker = Speaker(figure.name, entity, mention, walk.focus.roles.get(figure))
    elif subject.kind == "pronoun":
        speaker = None
    else:
        found = (
            walk.focus.people.mention_at(subject.start, subject.end) if subject.kind == "name" else None
        )
        name = " ".join(walk.text[subject.start : subject.end].split())
        speaker = Speaker(name, found.entity if found else None, mention)
    if speaker is None:
        return replace(quote, cue=decision.cue, confidence=_UNKNOWN[short])
    if quote.kind != "direct":
        confidence = min(confidence, 0.8)
    return replace(
        quote, speaker=speaker, cue=decision.cue, rule=decision.rule, confidence=confidence
    )
