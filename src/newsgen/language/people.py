"""Know the people of one article: who a last name, a title or a pronoun stands for."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from newsgen.language.cues import offices, surnames_first
from newsgen.language.grammar import DAYS, PREPOSITIONS, SENTENCE_OPENERS
from newsgen.language.tokens import Token
from newsgen.model import Article, Entity, EntityId, Mention
from newsgen.wordlists import gender_of, gender_of_given

_SUFFIXES = frozenset("jr sr ii iii iv phd md".split())
_CALENDAR = frozenset(word for word in DAYS if word != "may" and word != "march")


@dataclass(eq=False)
class Figure:
    """Somebody (or a body) an article names, while it is being read."""

    name: str
    kind: str
    entity: EntityId | None = None
    gender: str | None = None
    sure: bool = False  # is the gender told by a title, not only by a given name?
    words: tuple[str, ...] = ()
    offices: set[str] = field(default_factory=set)
    salience: float = 0.0
    seen: int = -1
    spoke: int = -1
    headed: int = -1
    cued: int = -1
    paragraph: int = -1
    times: int = 0
    known: bool = True


@dataclass(eq=False)
class Sighting:
    """One place where a figure is named. `start` leaves titles out."""

    start: int
    end: int
    figure: Figure
    title: str | None
    first: int


class People:
    """The figures of one article and where they are named."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.figures: list[Figure] = []
        self.by_word: dict[str, list[Figure]] = {}
        self.by_entity: dict[EntityId, Figure] = {}
        for entity in article.entities:
            self._take(entity)
        self.mentions: Sequence[Mention] = article.mentions
        self.starts = [mention.span.start for mention in article.mentions]

    def _take(self, entity: Entity) -> None:
        figure = Figure(entity.name, entity.kind, entity.id, words=tuple(entity.name.split()))
        if entity.kind == "person":
            figure.gender = _gender_of(figure.words)
        self.by_entity[entity.id] = figure
        self._register(figure)
        for alias in entity.aliases:
            if " " not in alias and figure not in self.by_word.setdefault(alias, []):
                self.by_word[alias].append(figure)

    def _register(self, figure: Figure) -> None:
        self.figures.append(figure)
        if figure.kind != "person":
            self.by_word.setdefault(figure.name, []).append(figure)
            return
        for word in dict.fromkeys(figure.words):
            self.by_word.setdefault(word, []).append(figure)

    def mention_at(self, start: int, end: int) -> Mention | None:
        """The last mention that overlaps a stretch."""
        index = bisect_right(self.starts, end - 1) - 1
        if index >= 0 and self.mentions[index].span.end > start:
            return self.mentions[index]
        return None

    def sight(self, tokens: Sequence[Token], *, sure: bool = False) -> Sighting | None:
        """Read a run of capitalised words as a name; None where it names nobody.

        `sure` tells that the run speaks, which is evidence enough for a name of two words.
        """
        title, office, rest = _without_titles(tokens)
        if not rest:
            return None
        mention = self.mention_at(rest[0].start, rest[-1].end)
        words = tuple(_bare(token.text) for token in rest)
        figure: Figure | None
        if mention is not None and mention.entity in self.by_entity:
            figure = self.by_entity[mention.entity]
            start, end = mention.span.start, mention.span.end
            if figure.kind != "person" and len(rest) > 1 and end < rest[-1].start:
                figure = None
            elif figure.kind != "person" and rest[-1].text.isupper():
                shouted = self._find(tuple(map(_cased, words)), title)  # "WALLACE:": no acronym
                figure = shouted if shouted and shouted.kind == "person" else figure
        else:
            figure = None
        if figure is None:
            start, end = rest[0].start, rest[-1].start + len(words[-1])
            figure = self._find(words, title)
        if figure is None:
            figure = self._meet(words, title, sure=sure)
        if figure is None:
            return None
        self._learn(figure, title, office)
        return Sighting(start, end, figure, title, tokens[0].start)

    def _learn(self, figure: Figure, title: str | None, office: Sequence[str]) -> None:
        if figure.kind != "person":
            return
        figure.offices.update(office)
        if not figure.sure:
            genders = (offices().gender.get(word) for word in (*office, title or ""))
            told = next((gender for gender in genders if gender), None)
            if told is not None:
                figure.gender, figure.sure = told, True

    def _find(self, words: tuple[str, ...], title: str | None) -> Figure | None:
        last = _surname(words)
        found = self.by_word.get(last, ())
        if not found and last.isupper() and len(last) > 3:
            words = tuple(_cased(word) for word in words)
            last = _surname(words)
            found = self.by_word.get(last, ())
        if not found and len(words) > 1:
            found = self.by_word.get(" ".join(words), ())
        gender = offices().gender.get(title) if title else None
        best: Figure | None = None
        for figure in found:
            opposed = gender and figure.gender not in (None, "u", gender)
            if figure.kind == "person" and opposed and (figure.sure or len(words) == 1):
                continue
            if len(words) > 1 and not _same(figure.words, words):
                continue
            surnamed = words[0] in (_surname(figure.words), figure.words[-1])
            if title and len(words) == 1 and figure.kind == "person" and not surnamed:
                continue  # "Mr. Ted" is not Ted Cruz
            if best is None or (figure.salience, figure.seen) > (best.salience, best.seen):
                best = figure
        if best is not None and len(words) > len(best.words) and best.entity is None:
            self._widen(best, words)
        return best

    def _widen(self, figure: Figure, words: tuple[str, ...]) -> None:
        for word in words:
            if word not in figure.words:
                self.by_word.setdefault(word, []).append(figure)
        figure.words, figure.name = words, " ".join(words)
        figure.gender = figure.gender or _gender_of(words)

    def _meet(self, words: tuple[str, ...], title: str | None, *, sure: bool) -> Figure | None:
        """Make a new person, if there is evidence for one."""
        if not _may_be_person(words):
            return None
        given = words[0] in gender_of_given()
        eastern = words[0] in surnames_first() and len(words) in (2, 3)
        evidence = bool(title) or (len(words) > 1 and (given or eastern or sure))
        if not evidence:
            return None
        figure = Figure(" ".join(words), "person", words=words)
        figure.gender = offices().gender.get(title) if title else None
        figure.sure = figure.gender is not None
        figure.gender = figure.gender or _gender_of(words)
        self._register(figure)
        return figure


def _surname(words: Sequence[str]) -> str:
    if len(words) > 1 and words[-1].lower().rstrip(".") in _SUFFIXES:
        return words[-2]
    return words[-1]


def _same(known: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """May two runs of words name one person?"""
    if known == words:
        return True
    if len(known) == 1 or len(words) == 1:
        return known[-1] in words or words[-1] in known
    if _surname(known) != _surname(words):
        return set(known) <= set(words) or set(words) <= set(known)
    one, other = known[0].rstrip("."), words[0].rstrip(".")
    return (
        one == other
        or one.startswith(other)
        or other.startswith(one)
        or (bool(set(known[:-1]) & set(words[:-1])))
    )


def _gender_of(words: Sequence[str]) -> str | None:
    """The gender a given name suggests; an initial gives way to the name behind it."""
    given = words[1] if len(words) > 2 and len(words[0].rstrip(".")) == 1 else words[0]
    return gender_of(given) if len(words) > 1 else None


def _cased(word: str) -> str:
    """A shouted name as it is written elsewhere ("McCAIN" is not undone)."""
    return "-".join(part.capitalize() for part in word.split("-"))


def _bare(word: str) -> str:
    if word[-2:] in ("'s", "’s"):
        return word[:-2]
    return word.rstrip("'’")


def _may_be_person(words: Sequence[str]) -> bool:
    if len(words) > 5:
        return False
    things, groups = offices().things, offices().groups
    for word in words:
        low = word.lower().rstrip(".")
        if (
            low in things
            or low in groups
            or low in _CALENDAR
            or low in SENTENCE_OPENERS
            or word[0] in "@#"
        ):
            return False
        if any(c.isdigit() for c in word):
            return False
    return not (len(words) == 1 and words[0].isupper() and len(words[0]) > 1)


def _without_titles(tokens: Sequence[Token]) -> tuple[str | None, list[str], Sequence[Token]]:
    """Cut "Former Secretary of State", "Sen.", "Mrs." from the front: (title, offices, rest)."""
    table = offices()
    title: str | None = None
    found: list[str] = []
    first = 0
    for index, token in enumerate(tokens[:-1] if len(tokens) > 1 else tokens):
        word = token.text.lower().rstrip(".")
        if word in table.titles:
            title, first = word, index + 1
        elif word in table.roles:
            found.append(word)
            title, first = title or word, index + 1
        elif word in PREPOSITIONS and index == first and first > 0:
            first = min(index + 2, len(tokens) - 1)
    rest = tokens[first:]
    if len(rest) > 2 and rest[0].text.lower() in table.things and rest[1].text in gender_of_given():
        rest = rest[1:]  # "Secretary of State Jane Doe"
    return title, found, rest


def runs_of(tokens: Sequence[Token], first: int, last: int) -> list[tuple[int, int]]:
    """The runs of capitalised words among tokens, as token ranges."""
    found: list[tuple[int, int]] = []
    place = first
    while place < last:
        if not tokens[place].capital:
            place += 1
            continue
        end = place + 1
        if tokens[place].text[-2:] not in ("'s", "’s"):
            while end < last and (
                tokens[end].capital
                or (tokens[end].text in _JOINING and end + 1 < last and tokens[end + 1].capital)
            ):
                end += 1
                if tokens[end - 1].text[-2:] in ("'s", "’s"):
                    break
        start = place
        while start < end and tokens[start].text.lower() in SENTENCE_OPENERS | _CALENDAR:
            start += 1
        stop = end
        while stop > start and tokens[stop - 1].text.lower() in _CALENDAR:
            stop -= 1
        if start < stop:
            found.append((start, stop))
        place = end
    return found


_JOINING = frozenset(
    "de da del della der di dos du van von bin ibn al el la le ben bint den ter ten".split()
)
