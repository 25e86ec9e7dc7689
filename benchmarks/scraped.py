"""Archives of texts as they are scraped: quotes, printed related titles, and few dates or tags.

What newsgen has to find by itself, and what its peers cannot read.
"""

import random

import words
from archives import Archive


class Scraped(Archive):
    """Articles of a headline, ten paragraphs on average, related titles and rights."""

    suffix = ".txt"
    paragraphs = 10

    def headline(self, number: int) -> str:
        """The headline of an article, known to others before it is written."""
        luck = self._chance(number, "headline")
        town, thing, event = (
            luck.choice(each) for each in (words.TOWNS, words.THINGS, words.EVENTS)
        )
        ending = f"{luck.choice(words.CONCERNS)} {luck.choice(['feared', 'eased'])}"
        return f"{town} {thing} {event}, {ending}"

    def text(self, number: int) -> str:
        """Front matter or a date line perhaps, a body, related titles perhaps, rights."""
        luck = self._chance(number, "text")
        year, month, day = luck.randint(2005, 2024), luck.randint(1, 12), luck.randint(1, 28)
        lines = []
        if luck.random() < 0.3:
            tags = ", ".join(luck.sample(words.FIELDS, 2))
            lines += ["---", f"date: {year}-{month:02d}-{day:02d}", f"tags: [{tags}]", "---"]
        lines.append(self.headline(number))
        if len(lines) == 1 and luck.random() < 0.8:
            lines.append(f"Published: {words.MONTHS[month - 1]} {day}, {year} 05:51 PM")
        names = [_person(luck) for _ in range(3)]
        for name in names:
            role = luck.choice(words.ROLES).format(town=luck.choice(words.TOWNS))
            lines.append(_paragraph(luck, name, role))
        for _ in range(luck.randint(0, 2 * (self.paragraphs - len(names)))):
            lines.append(_paragraph(luck, luck.choice(names).split()[-1], ""))
        if luck.random() < 0.6:
            lines.append("Related Stories")
            others = (number + 1, number + 7, luck.randrange(self.articles))
            lines += [f"- {self.headline(other % self.articles)}" for other in others]
        paper = luck.choice(words.PAPERS)
        lines.append(f"Copyright © {year} The {paper}. All rights reserved.")
        return "\n".join(lines) + "\n"

    def _chance(self, number: int, about: str) -> random.Random:
        # The same for one article on every machine, whatever was made before it.
        return random.Random(f"{self.seed} {number} {about}")


def _person(luck: random.Random) -> str:
    """A name out of a thousand; some are in the news more often than others."""
    number = int(len(words.GIVEN) * len(words.FAMILY) * luck.random() ** 2)
    return f"{words.GIVEN[number % len(words.GIVEN)]} {words.FAMILY[number // len(words.GIVEN)]}"


def _paragraph(luck: random.Random, name: str, role: str) -> str:
    """Three sentences, the first often a quote; a role is given when a name is new."""
    thing, town, concern, other = (
        luck.choice(each) for each in (words.THINGS, words.TOWNS, words.CONCERNS, words.CONCERNS)
    )
    if role:
        said = luck.choice(
            (
                f'"We have looked at {concern} and at {other}, and the {thing} passes on both," '
                f"said {name}, {role}.",
                f"{name}, {role}, called the figures for {concern} “a poor joke” and asked for "
                "new ones.",
            )
        )
    else:
        said = luck.choice(
            (
                f"“The {thing} is late,” {name} told a meeting in {town}. “It will come, and it "
                f"will come with better {concern}.”",
                f"{name} said that the {thing} would take {luck.randint(2, 40)} weeks more.",
                f"The plan sets {luck.randint(2, 90)} million aside for {concern}.",
            )
        )
    return (
        f"{said} Work on the {thing} in {town} began {luck.randint(2, 60)} months ago and was held "
        f"up twice, first by {concern} and then by a dispute over {other} that the county had to "
        f"settle. About {luck.randint(20, 90)} per cent of those asked in {town} were in favour."
    )
