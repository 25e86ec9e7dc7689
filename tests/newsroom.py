"""An invented newsroom: makes as many different articles as a test needs, from a seed."""

import random

PEOPLE = ["Ada Quill", "Bruno Vance", "Chidi Obi", "Dora Lind", "Emil Sato", "Farah Nasser"]
ROLES = ["mayor of Easthaven", "director of the Harbour Trust", "union leader", "engineer"]
PLACES = ["Easthaven", "Millbrook", "Port Sallow", "France", "Japan"]
BODIES = ["the Harbour Trust", "Millbrook University", "the Sallow Ferry Company"]
THINGS = ["ferry strike", "wind farm", "flood wall", "fish market", "night train", "harbour bridge"]
VERBS = ["reopens", "delayed", "divides council", "nears vote", "wins backing"]
TAGS = ["energy", "transport", "fishing", "flooding", "C++", "Café culture"]


def headline(rng: random.Random) -> str:
    return f"{rng.choice(PLACES)} {rng.choice(THINGS)} {rng.choice(VERBS)}"


def date(rng: random.Random) -> str:
    return f"{rng.randint(2019, 2024)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"


def paragraph(rng: random.Random) -> str:
    person, role = rng.choice(PEOPLE), rng.choice(ROLES)
    thing, place = rng.choice(THINGS), rng.choice(PLACES)
    return rng.choice(
        [
            f"The {thing} in {place} was on the table again, and {rng.choice(BODIES)} took part.",
            f'"We will build the {thing} whatever it costs," said {person}, {role}.',
            f"“The {thing} is late,” {person} told reporters in {place}. “It will come.”",
            f"{person.split()[1]} said that the {thing} would cost {rng.randint(2, 90)} million.",
            f"Residents of {place} called the {thing} a “scandal” on {rng.randint(1, 28)} March.",
        ]
    )


def article(rng: random.Random, titles: list[str]) -> str:
    """A scraped text: perhaps front matter, a date line, related titles, a rights line.

    Where titles are given it may also be a whole page on one line.
    """
    if titles and rng.random() < 0.15:
        return flat_page(rng, titles)
    lines = []
    if rng.random() < 0.4:
        tags = ", ".join(rng.sample(TAGS, 2))
        lines += ["---", f"tags: [{tags}]", *([f"date: {date(rng)}"] * (rng.random() < 0.7)), "---"]
    lines.append(headline(rng))
    if rng.random() < 0.3:
        lines.append(f"Published: {rng.choice(['Feb', 'Mar'])} {rng.randint(1, 28)}, 2022 05:51 PM")
    lines += [paragraph(rng) for _ in range(rng.randint(0, 6))]
    if rng.random() < 0.5:
        lines += ["Photos"] * (rng.random() < 0.3)
        lines.append("Related Stories")
        lines += [f"- {rng.choice([*titles, headline(rng)])}" for _ in range(rng.randint(1, 4))]
    if rng.random() < 0.6:
        lines.append(
            f"Copyright © {rng.randint(2019, 2024)} The Easthaven Post. All rights reserved."
        )
    return "\n".join(lines) + "\n" * rng.randint(0, 3)


def flat_page(rng: random.Random, titles: list[str]) -> str:
    """A page that lost its line ends, and with them what parts the titles of its list."""
    title = headline(rng)
    listed = " ".join(rng.choice([*titles, headline(rng)]) for _ in range(rng.randint(6, 9)))
    return (
        f"{title} - The Easthaven Post Home Opinions Harbour Sports >> {title} "
        f"{rng.randint(10, 12)}:36, November {rng.randint(1, 28)}, 2021 "
        + " ".join(paragraph(rng) for _ in range(rng.randint(2, 5)))
        + f" (Editor: Dora Lind) Related reading {listed} © The Easthaven Post\n"
    )
