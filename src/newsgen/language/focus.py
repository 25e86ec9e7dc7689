"""Keep in mind whom an article has named: who "he", "the mayor" or a last name stands for."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence

from newsgen.language.appositions import is_described, role_of
from newsgen.language.attribution import WEAK, Cue
from newsgen.language.cues import cues_of, gender_by_ending, offices
from newsgen.language.frames import Frame
from newsgen.language.people import Figure, People, Sighting, runs_of
from newsgen.language.phrases import Subject
from newsgen.language.tokens import Sentence
from newsgen.language.weights import worth
from newsgen.model import Article

Ranked = list[tuple[Figure, tuple[str, ...]]]
Trace = Callable[[int, Ranked], None]

_DECAY = 0.5  # what a sentence later is left of the attention a figure had
_KEPT = 0.3  # of the attention a figure already had, when it is named again
# The share of pronouns read rightly, by how far the first candidate leads, in hundredths.
_CERTAIN = ((0, 0.6), (50, 0.7), (100, 0.8), (200, 0.87), (300, 0.91))
_BODY = 4  # sentences for which "it" may still mean the organisation that spoke
_ALONE = 250  # the lead of a candidate without rivals
_RECENT = 16  # figures kept in mind for a pronoun


class Focus:
    """The figures of an article while it is being read, sentence by sentence."""

    def __init__(self, article: Article, language: str) -> None:
        self.text = article.text
        self.people = People(article)
        self.trace: Trace | None = None
        self.genders = cues_of(language).gender_of_pronoun
        self.recent: deque[Figure] = deque(maxlen=_RECENT)
        self.certainty = 1.0
        self.now = 0
        self.paragraph = 0
        self.spoke: Figure | None = None
        self.sightings: list[Sighting] = []
        self.roles: dict[Figure, str] = {}
        self.by_office: dict[str, list[Figure]] = {}

    def turn(self) -> None:
        """Begin a paragraph."""
        self.paragraph += 1

    def see(self, frame: Frame, sentence: Sentence, cues: Sequence[Cue]) -> None:
        """Take in the names of a sentence, its first name with more attention than the rest."""
        self.now += 1
        spoken = {
            cue.subject.end
            for cue in cues
            if cue.subject and cue.subject.kind == "name" and cue.form not in WEAK
        }
        weight = 1.0
        head = frame.tokens[sentence.first]
        if head.text.lower() in self.genders:
            figure = self.pronoun(head.text.lower(), head.start)
            self.attend(figure, 1.0)
            if figure is not None:
                figure.headed = self.now
                if any(c.subject and c.subject.start == head.start for c in cues):
                    figure.cued = self.now
            weight = 0.5
        for first, last in runs_of(frame.tokens, sentence.first, sentence.last):
            run = frame.tokens[first:last]
            end = run[-1].end - (2 if run[-1].text[-2:] in ("'s", "’s") else 0)
            sure = end in spoken or is_described(frame.tokens, sentence, (first, last))
            sighting = self.people.sight(run, sure=sure)
            if sighting is None:
                continue
            self.sightings.append(sighting)
            figure = sighting.figure
            owner = run[-1].text[-2:] in ("'s", "’s")
            self.attend(figure, 0.4 if owner else weight)
            figure.times += 1
            if end in spoken:
                figure.cued = self.now
            if weight == 1.0 and not owner:
                figure.headed = self.now
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

        for noun in sorted(figure.offices):
            known = self.by_office.setdefault(noun, [])
            if figure not in known and len(known) < 8:
                known.append(figure)

    def attend(self, figure: Figure | None, weight: float) -> None:
        """Turn to a figure that has been named or has spoken."""
        if figure is None:
            return
        figure.salience = weight + _KEPT * self.attention(figure)
        figure.seen = self.now
        figure.paragraph = self.paragraph
        if figure in self.recent:
            self.recent.remove(figure)
        self.recent.append(figure)

    def speak(self, figure: Figure | None, weight: float = 1.6) -> None:
        """Turn to a figure that has said something."""
        self.attend(figure, weight)
        if figure is not None:
            figure.spoke = self.now
            self.spoke = figure

    def attention(self, figure: Figure) -> float:
        """How much of the reader's attention a figure still has."""
        if figure.seen < 0:
            return 0.0
        return float(figure.salience * _DECAY ** min(self.now - figure.seen, 99))

    def who(self, subject: Subject, names: frozenset[str] = frozenset()) -> Figure | None:
        """The figure that a subject stands for, if the article names it.

        `names` are the capitalised words of what it says. How sure that is stands in `certainty`.
        """
        self.certainty = 1.0
        if subject.kind == "name":
            return self.named(subject)
        if subject.kind == "pronoun":
            return self.pronoun(
                self.text[subject.start : subject.end].lower(), subject.start, names
            )
        return self._office(self.text[subject.start : subject.end].lower().split())

    def named(self, subject: Subject) -> Figure | None:
        """The figure named at the place of a subject."""
        for sighting in reversed(self.sightings):
            if sighting.end <= subject.start:
                break
            if sighting.start < subject.end:
                return sighting.figure
        return None

    def pronoun(self, word: str, place: int, names: frozenset[str] = frozenset()) -> Figure | None:
        """The person a pronoun stands for, by what is known of all that were named of late."""
        if word == "it":
            return self._body()
        gender = self.genders.get(word)
        if gender not in ("m", "f"):
            return None
        ranked = self.candidates(gender, names)
        if self.trace is not None:
            self.trace(place, ranked)
        if not ranked:
            return None
        worths = [worth("pronoun", traits) for _, traits in ranked]
        first = max(range(len(ranked)), key=lambda at: worths[at])
        rivals = [worths[at] for at in range(len(ranked)) if at != first]
        lead = worths[first] - max(rivals, default=worths[first] - _ALONE)
        self.certainty = max(share for least, share in _CERTAIN if lead >= least)
        best = ranked[first][0]
        if best.gender is None and best.known:
            best.gender = gender
        return best

    def _body(self) -> Figure | None:
        """The organisation that has spoken of late: "it said"."""
        bodies = [figure for figure in self.recent if figure.kind == "organisation"]
        best = max(bodies, key=lambda one: max(one.cued, one.spoke), default=None)
        if best is None or self.now - max(best.cued, best.spoke) > _BODY:
            return None
        self.certainty = 0.75
        return best

    def candidates(self, gender: str, names: frozenset[str]) -> Ranked:
        """The people whom a pronoun may stand for, each with its traits; most recent first."""
        fit = [
            figure
            for figure in reversed(self.recent)
            if figure.kind == "person"
            and (figure.gender in (gender, None, "u") or not figure.sure)
            and not _is_group(figure)
        ]
        # Given names mislead where nobody else is there to be meant, or where somebody has just
        # spoken: "Jan", "Leslie".
        fit = [
            figure for figure in fit if figure.gender in (gender, None, "u") or figure is self.spoke
        ] or fit
        ranks = {
            "near": _ranks(fit, self.attention),
            "cued": _ranks(fit, lambda figure: figure.cued),
            "spoke": _ranks(fit, lambda figure: figure.spoke),
            "headed": _ranks(fit, lambda figure: figure.headed),
            "often": _ranks(fit, lambda figure: figure.times),
        }
        return [
            (
                figure,
                (
                    *self._traits(figure, gender),
                    *(f"{name}-rank{min(rank[place], 3)}" for name, rank in ranks.items()),
                    *(("inside",) if figure.words[-1] in names else ()),
                ),
            )
            for place, figure in enumerate(fit)
        ]

    def _traits(self, figure: Figure, gender: str) -> Iterator[str]:
        if figure.gender in ("m", "f"):
            sure = "sure" if figure.sure else "given"
            fits = f"{sure}-{'same' if figure.gender == gender else 'other'}"
        else:
            guess = gender_by_ending(figure.words[0]) if len(figure.words) > 1 else None
            fits = f"guess-{'same' if guess == gender else 'other'}" if guess else "open"
        yield fits
        yield f"seen{_since(self.now - figure.seen)}"
        yield f"spoke{_since(self.now - figure.spoke) if figure.spoke >= 0 else '-never'}"
        yield f"headed{_since(self.now - figure.headed) if figure.headed >= 0 else '-never'}"
        yield f"cued{_since(self.now - figure.cued) if figure.cued >= 0 else '-never'}"
        if figure is self.spoke:
            yield "spoke-last"
            yield f"spoke-last/{_since(self.now - figure.spoke)}"
        yield f"times{min(figure.times, 4)}"
        yield f"paragraph{min(self.paragraph - figure.paragraph, 3)}"
        if figure.headed == figure.seen:
            yield f"headed-last/{_since(self.now - figure.seen)}"
        if len(figure.words) > 1:
            yield "full-name"

    def _office(self, words: list[str]) -> Figure | None:
        """The only person whose office it is: "the mayor"."""
        if len(words) < 2 or words[0] not in ("the", "el", "la", "le", "der", "die"):
            return None
        known = self.by_office.get(words[-1], [])
        if len(known) == 1 and len(words) <= 4:
            return known[0]
        return None


def _is_group(figure: Figure) -> bool:
    """Is a figure named by one word for many people ("Democrats")?"""
    return len(figure.words) == 1 and figure.name.lower() in offices().groups


def _ranks(figures: Sequence[Figure], worth: Callable[[Figure], float]) -> list[int]:
    """The rank of each figure by a number, 0 for the highest; equals share a rank."""
    order = sorted({worth(figure) for figure in figures}, reverse=True)
    return [order.index(worth(figure)) for figure in figures]


def _since(sentences: int) -> str:
    """How many sentences ago, roughly."""
    if sentences < 3:
        return str(sentences)
    return "3-5" if sentences < 6 else "6-9" if sentences < 10 else "10+"
