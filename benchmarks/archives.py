"""Archives of any size to measure builds with: the same seed, the same files on every machine.

    python benchmarks/archives.py some/folder --articles 10000

Each article has a title, a date in ten years, a source, 3 tags of 200, and 8 entities: 4 people, 2
organisations and 2 places, of which there are a fifth as many as articles. Its text is some 3,500
characters in 21 paragraphs, 8 of which name an entity. It is one Markdown file with front matter,
which newsgen and its peers read alike; a thousand of them stand in a folder.

An article is made from its number alone and nothing is kept, so that a million of them need no more
memory than their names.
"""

import argparse
import hashlib
import random
import struct
import time
from abc import ABC, abstractmethod
from datetime import date, timedelta
from pathlib import Path

import words

IN_A_FOLDER = 1_000
TAGS = 200
PARAGRAPHS = 21
_DAYS = [date(2015, 1, 1) + timedelta(days) for days in range(3_652)]
_PEOPLE, _OTHERS = 4, 2  # of each kind, in an article
# Drawn for an article: six numbers for its facts, 3 for its tags, 8 for its entities, 21 for its
# paragraphs.
_DRAWN = struct.Struct("<6I 3I 8I 21H")


class Archive(ABC):
    """Articles by number; how one reads is for the kinds of archives to say."""

    suffix = ".md"

    def __init__(self, articles: int, seed: int = 1) -> None:
        self.articles = articles
        self.seed = seed

    @abstractmethod
    def headline(self, number: int) -> str:
        """The headline of an article."""

    @abstractmethod
    def text(self, number: int) -> str:
        """The file of an article."""

    def path(self, number: int) -> str:
        """Where an article stands in the folder of articles."""
        return f"{number // IN_A_FOLDER:04d}/{number:07d}{self.suffix}"

    def write(self, folder: Path) -> int:
        """Write all articles, and return their bytes."""
        total = 0
        for number in range(self.articles):
            place = folder / self.path(number)
            if number % IN_A_FOLDER == 0:
                place.parent.mkdir(parents=True)
            with place.open("wb", buffering=0) as file:
                total += file.write(self.text(number).encode())
        return total


class Given(Archive):
    """Articles whose front matter states all that lists are made of."""

    def __init__(self, articles: int, seed: int = 1) -> None:
        super().__init__(articles, seed)
        few = range(max(articles // 20, 2 * _OTHERS))
        self.people = [words.person(n) for n in range(max(articles // 10, 2 * _PEOPLE))]
        self.organisations = [words.organisation(n) for n in few]
        self.places = [words.place(n) for n in few]
        self.tags = [words.tag(n) for n in range(TAGS)]
        luck = random.Random(seed)
        self._said = [_said(luck) for _ in range(500)]
        self._done = [_done(luck) for _ in range(500)]
        self._seen = [_seen(luck) for _ in range(500)]
        self._plain = [_plain(luck) for _ in range(2_000)]

    def headline(self, number: int) -> str:
        """The headline of an article."""
        return _title(*self._drawn(number)[:4])

    def text(self, number: int) -> str:
        """The file of an article: front matter, a blank line, paragraphs with blank lines."""
        drawn = self._drawn(number)
        people = _some(self.people, drawn[9:13])
        organisations = _some(self.organisations, drawn[13:15])
        places = _some(self.places, drawn[15:17])
        said, done, seen, plain = self._said, self._done, self._seen, self._plain
        body = [plain[pick % len(plain)] for pick in drawn[17:]]
        body[1:8:2] = [a + said[n % len(said)] for a, n in zip(people, drawn[18:], strict=False)]
        body[9:12:2] = [
            f"The {a}{done[n % len(done)]}" for a, n in zip(organisations, drawn[26:], strict=False)
        ]
        body[13:16:2] = [
            f"In {a}{seen[n % len(seen)]}" for a, n in zip(places, drawn[30:], strict=False)
        ]
        paper = words.PAPERS[drawn[5] % len(words.PAPERS)]
        text = "\n\n".join(body)
        return (
            f"---\ntitle: {_title(*drawn[:4])}\ndate: {_DAYS[drawn[4] % len(_DAYS)]}\n"
            f"publisher: The {paper}\ntags: [{', '.join(_some(self.tags, drawn[6:9]))}]\n"
            f"people: [{', '.join(people)}]\norganisations: [{', '.join(organisations)}]\n"
            f"places: [{', '.join(places)}]\n---\n\n{text}\n"
        )

    def _drawn(self, number: int) -> tuple[int, ...]:
        name = b"%d %d" % (self.seed, number)
        return _DRAWN.unpack(hashlib.shake_128(name).digest(_DRAWN.size))


def _some(names: list[str], drawn: tuple[int, ...]) -> list[str]:
    """As many different names as numbers were drawn."""
    number, step = 0, len(names) // len(drawn)
    found: list[str] = []
    for draw in drawn:
        # The first is any of them; the others follow at distances that never lead once around.
        number += 1 + draw % step if found else draw
        found.append(names[number % len(names)])
    return found


def _title(town: int, thing: int, event: int, concern: int) -> str:
    concern, eased = divmod(concern % (2 * len(words.CONCERNS)), 2)
    return (
        f"{words.TOWNS[town % len(words.TOWNS)]} {words.THINGS[thing % len(words.THINGS)]} "
        f"{words.EVENTS[event % len(words.EVENTS)]}, {words.CONCERNS[concern]} "
        f"{'eased' if eased else 'feared'}"
    )


# Paragraphs are drawn from some thousands, made once: making each anew takes four times as long.


def _said(luck: random.Random) -> str:
    thing, concern, other = (
        luck.choice(each) for each in (words.THINGS, words.CONCERNS, words.CONCERNS)
    )
    return luck.choice(
        (
            f' said on the day that the {thing} would take {luck.randint(2, 40)} weeks more. "It'
            f' will come, and it will come with better {concern} than anyone was promised."',
            f' asked for new figures for {concern}. "Those we were shown are a poor joke, and the'
            f' {thing} cannot be run on jokes," the meeting was told after {luck.randint(2, 9)}'
            " hours.",
            f" called it a matter of {concern} and of {other}, not of the {thing}, and named"
            f" {luck.randint(20, 90)} letters from people who live beside it and see it daily.",
        )
    )


def _done(luck: random.Random) -> str:
    thing, concern = luck.choice(words.THINGS), luck.choice(words.CONCERNS)
    return luck.choice(
        (
            f" has paid {luck.randint(2, 90)} million for the {thing} so far, and sets"
            f" {luck.randint(2, 9)} million aside for {concern} in each of the next years.",
            f" holds {luck.randint(20, 90)} per cent of the {thing} and has asked the county twice"
            f" to take the rest, first for reasons of {concern} and then for none at all.",
        )
    )


def _seen(luck: random.Random) -> str:
    thing, concern = luck.choice(words.THINGS), luck.choice(words.CONCERNS)
    return luck.choice(
        (
            f" about {luck.randint(20, 90)} per cent of those asked were in favour of the {thing},"
            f" and most of the others wanted to hear more of {concern} before they made up their"
            " minds.",
            f" work on the {thing} began {luck.randint(2, 60)} months ago and has been held up"
            f" {luck.randint(2, 9)} times, most often by {concern}, once by a gale in the night.",
        )
    )


def _plain(luck: random.Random) -> str:
    thing, town, concern, other = (
        luck.choice(each) for each in (words.THINGS, words.TOWNS, words.CONCERNS, words.CONCERNS)
    )
    return luck.choice(
        (
            f"Work on the {thing} in {town} began {luck.randint(2, 60)} months ago and was held up"
            f" twice, first by {concern} and then by a dispute over {other} that the county had to"
            " settle.",
            f"The plan sets {luck.randint(2, 90)} million aside for {concern}. What is left would"
            f" go to the {thing} in {town}, which has waited {luck.randint(2, 30)} years for it.",
            f"A vote is due in {luck.randint(2, 40)} days. Until then the {thing} stays as it is,"
            f" with {luck.randint(2, 90)} people at work and a notice about {other} at the gate.",
            f"Nobody had looked at {concern} when the {thing} was planned, and in {town} that is"
            f" now said to cost {luck.randint(200, 900)} thousand a year, which is more than the"
            " rent.",
        )
    )


def main() -> None:
    """Read the options, write the archive, say how large it is."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="where the articles go; must not be there yet")
    parser.add_argument("--articles", type=int, default=10_000, help="how many to make")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another archive")
    given = parser.parse_args()
    began = time.perf_counter()
    total = Given(given.articles, given.seed).write(given.folder)
    took = time.perf_counter() - began
    print(f"{given.articles:,} articles, {total / 1e6:,.1f} MB, {took:.1f} s")


if __name__ == "__main__":
    main()
