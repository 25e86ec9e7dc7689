"""Give quotes their speakers: the cue beside them, whom it names, and who that is.

Whatever may tell a quote's speaker is listed as an option with its traits; the weights of the
traits decide, and how far the best option leads tells how sure the decision is.
"""

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from newsgen.language.attribution import WEAK, Cue, cues_in
from newsgen.language.beside import beside
from newsgen.language.carrying import (
    COMING,
    TIGHT,
    Before,
    Considered,
    Decision,
    Spot,
    coming,
    going_on,
    kind_of,
    told_before,
)
from newsgen.language.choice import Look, Option, look_of, options_of
from newsgen.language.cues import cues_of
from newsgen.language.focus import Focus
from newsgen.language.focus import Trace as PronounTrace
from newsgen.language.frames import Frame, frames_of
from newsgen.language.grammar import DASHES
from newsgen.language.people import Figure, People, Sighting
from newsgen.language.phrases import Subject
from newsgen.language.script import language_of
from newsgen.language.tokens import Sentence, Token
from newsgen.language.weights import worth
from newsgen.model import Article, Entity, Mention, Quote, Span, Speaker
from newsgen.text import slug_of

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
        self.decided: dict[int, Decision] = {}
        self.before = Before()
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
        here: Decision | None = None
        since = 0
        waiting: list[int] = []
        leading: Decision | None = None
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
                spot = Spot(frame, at, cues, place, self._look(index, token))
                options = [
                    *self._by_cue(spot),
                    *going_on(spot, here, since, self.text),
                    *told_before(spot, self.focus),
                    *coming(spot),
                    *self.before.options(spot, number),
                ]
                chosen = self._chosen(index, token, spot.look, options)
                if chosen is None:
                    continue
                if chosen.rule == COMING:
                    waiting.append(index)
                    continue
                self._settle(index, chosen)
                self.focus.speak(chosen.figure)
                here, since = chosen, 0
                if chosen.rule in TIGHT:
                    self._give(waiting, chosen)
                    waiting = []
            leading = self._colon(frame, sentence, cues[at]) or leading
        if here is not None:
            self._give(waiting, here)
        self._leave(number, frame, here, leading)

    def _leave(
        self, number: int, frame: Frame, here: Decision | None, leading: Decision | None
    ) -> None:
        """Keep in mind what a paragraph leaves to the next."""
        before = self.before
        before.unsigned = next(reversed(frame.quotes.values()), None)
        before.whole = not any(token.text[0].isalnum() for token in frame.tokens)
        if here is not None:
            before.last, before.last_at = here, number
        if leading is not None and frame.tokens[-1].text == ":":
            before.colon, before.colon_at = leading, number

    def _sign(self, frame: Frame) -> None:
        """A paragraph that is only "— Name" signs the quote of the paragraph before it."""
        index = self.before.unsigned
        if index is None or not self.before.whole or frame.tokens[0].text not in DASHES:
            return
        name = [token for token in frame.tokens[1:] if token.text != "."]
        if 0 < len(name) < 6 and all(token.capital for token in name):
            subject = Subject(name[0].start, name[-1].end, "name")
            self.focus.see(frame, frame.sentences[0], ())
            signed = Decision("signature", self.focus.named(subject), subject, None, 0.95)
            self.decided[index] = self.before.last = signed

    def _look(self, index: int, token: Token) -> Look:
        span = self.article.quotes[index].span
        return look_of(self.text, max(span.start, token.start), min(span.end, token.end))

    def _by_cue(self, spot: Spot) -> Iterator[Considered]:
        """Whom the cues of the quote's own sentence name."""
        cues = spot.cues[spot.at]
        for option in options_of(spot.frame.tokens, spot.sentence, cues, spot.place, spot.look):
            subject = option.subject
            figure = self.focus.named(subject) if subject.kind == "name" else None
            if self.language != "en" and not self._is_known(option, figure):
                continue
            traits = self._told(option, figure, spot.look)
            yield Considered(option.rule, subject, figure, option.cue, traits)

    def _is_known(self, option: Option, figure: Figure | None) -> bool:
        """In other languages only names speak, and a name is known, or stands behind its cue.

        German writes every noun with a capital, so there it must be known.
        """
        tight = option.rule in TIGHT
        if option.subject.kind == "pronoun":
            return tight
        cue = option.cue
        if figure is not None and figure.kind != "place":
            return (cue is None or cue.form not in WEAK) and option.rule != "cue-later"
        printed = option.subject.kind == "name" and figure is None and self.language != "de"
        return printed and tight and cue is not None and cue.inverted

    def _told(self, option: Option, figure: Figure | None, look: Look) -> tuple[str, ...]:
        kind = kind_of(figure, option.subject, self.text)
        more = [f"who:{kind}", f"{option.rule}/who:{kind}"]
        if figure is not None and figure is self.focus.spoke:
            more.append(f"{option.rule}/spoke-last")
        if figure is not None and figure.words and figure.words[-1] in look.names:
            more += ("inside", f"inside/{look.size}")
        return (*option.traits, *more)

    def _chosen(
        self, index: int, token: Token, look: Look, options: Sequence[Considered]
    ) -> Decision | None:
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
        if lead < _LEAST:
            return None
        if self.language != "en" and option.rule.startswith("carried") and look.size != "long":
            return None
        figure, sure = option.figure, confidence_of(lead)
        if figure is None and option.rule not in (COMING, "carried", "carried-over"):
            figure = self.focus.who(option.subject, look.names)
            sure = round(sure * self.focus.certainty, 2)
        if option.certainty is not None:
            sure = min(sure, option.certainty)
        if self.language != "en":
            sure = min(sure, _UNMEASURED)
        cue = option.cue
        span = Span(cue.start, cue.end) if cue is not None and cue.form != "main" else None
        return Decision(option.rule, figure, option.subject, span, sure)

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
            self.decided[index] = Decision(rule, who, cue.subject, span, 0.8)
            self.focus.speak(who, 1.2)

    def _give(self, waiting: Sequence[int], decision: Decision) -> None:
        for index in waiting:
            sure = round(decision.confidence - 0.05, 2)
            self._settle(index, Decision(COMING, decision.figure, decision.subject, None, sure))

    def _settle(self, index: int, decision: Decision) -> None:
        """A quote over several paragraphs is decided where a cue stands beside it."""
        known = self.decided.get(index)
        if known is None or known.rule.startswith("carried"):
            self.decided[index] = decision

    def _colon(self, frame: Frame, sentence: Sentence, cues: Sequence[Cue]) -> Decision | None:
        """Whom a sentence leads up to that ends in a colon."""
        if frame.tokens[sentence.last - 1].text != ":" or sentence.last != len(frame.tokens):
            return None
        subjects = [cue.subject for cue in cues if cue.subject is not None]
        strong = [cue.subject for cue in cues if cue.subject and cue.form not in WEAK]
        if subjects:
            subject = (strong or subjects)[-1]
            figure = self.focus.who(subject)
            return Decision("announced", figure, subject, None, self.focus.certainty)
        first: Sighting | None = None
        for sighting in reversed(self.focus.sightings):
            if sighting.start < frame.tokens[sentence.first].start:
                break
            first = sighting
        if first is not None and first.figure.kind == "person":
            subject = Subject(first.start, first.end, "name")
            return Decision("announced", first.figure, subject, None, 0.8)
        return None


def nobody_traits(look: Look) -> tuple[str, ...]:
    """What speaks for nobody at all: a short quote more than a long one."""
    return (
        "nobody",
        f"nobody/{look.size}",
        f"nobody/{look.close}",
        f"nobody/{look.size}/{look.head}",
    )


# Confidence by the lead of an option in hundredths, as measured on the articles of the fit.
_SURE = (
    (0, 0.45),
    (50, 0.6),
    (100, 0.75),
    (150, 0.8),
    (200, 0.86),
    (250, 0.89),
    (300, 0.94),
    (350, 0.98),
)
_UNMEASURED = 0.8  # the most that is claimed where no labelled articles tell how often it holds
_LEAST = 1  # of a lead: an option that is worth no more than nobody is none


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
        free = [
            span for span in spans if walk.focus.people.mention_at(span.start, span.end) is None
        ]
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
    short = (
        len(walk.text[quote.span.start : min(quote.span.end, quote.span.start + 80)].split()) < 4
    )
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
            walk.focus.people.mention_at(subject.start, subject.end)
            if subject.kind == "name"
            else None
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
