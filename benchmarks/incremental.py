"""How long builds of an invented archive take, and how much of it they do again.

    python benchmarks/incremental.py --articles 20000

Builds from nothing, then with nothing changed, then after an edit of one body and of one headline.
The texts are the same on every machine; the seconds are not, and nothing is asserted about them.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple


def listed(text: str) -> list[str]:
    """The items of a list that is written with commas."""
    return [" ".join(item.split()) for item in text.split(",")]


GIVEN = listed(
    """Ada, Bruno, Chidi, Dora, Emil, Farah, Goran, Hana, Idris, Joan, Kofi, Lena, Mateo, Nadia,
    Oskar, Priya, Quentin, Rosa, Samir, Tove, Umar, Vera, Wanda, Xenia, Yusuf, Zora"""
)
FAMILY = listed(
    """Abernathy, Brandvold, Castellane, Drummore, Eriksholm, Fairweather, Galloway, Hartigan,
    Ingleby, Jarnvik, Kestrel, Lindqvist, Marchetti, Nakagawa, Okafor, Pellegrin, Quarrington,
    Rasmussen, Sandoval, Thornbury, Ueland, Vandermeer, Wetherby, Yardley, Zielinski, Ashdown,
    Birchall, Corrigan, Dunmore, Ellery, Forsyth, Greaves, Holloway, Iverson, Jessop, Kirkbride"""
)
TOWNS = listed(
    """Easthaven, Millbrook, Sallowby, Thornmouth, Wexcombe, Harrowgate-on-Sea, Kelmsford,
    Dunlevin, Aldermoor, Brackwater, Carrowmere, Denholt, Fennimore, Gullane, Hesketh, Ironbridge,
    Jarrowby, Kingsferry"""
)
THINGS = listed(
    """ferry link, harbour wall, fish market, night train, wind farm, flood barrier, teaching
    hospital, swing bridge, reservoir, bus station, town library, salt works, tidal mill, school
    kitchen, lighthouse, cable car, rescue station, cycle path, power line, grain store"""
)
EVENTS = listed(
    """reopens after repairs, divides council, wins backing, faces new delay, to cost twice as
    much, nears final vote, sold to workers, put on hold, draws record crowd, named in audit, goes
    to court, gets second inquiry"""
)
ROLES = listed(
    """mayor of {town}, director of the {town} Harbour Trust, a union delegate, chief engineer,
    a spokesperson for the {town} Hospital Board, head of the county council, a retired pilot"""
)
TAGS = listed(
    "energy, transport, fishing, flooding, health, schools, courts, housing, budget, heritage"
)
CONCERNS = listed(
    "safety, noise, money, jobs, parking, access, tourism, drainage, staffing, insurance"
)
MONTHS = listed("Jan, Feb, Mar, Apr, May, Jun, Jul, Aug, Sep, Oct, Nov, Dec")
PAPERS = listed("Easthaven Post, Millbrook Courier, Coast Wire, County Examiner")


class Size(NamedTuple):
    """How large an archive to invent."""

    articles: int
    paragraphs: int
    seed: int


class Step(NamedTuple):
    """One build, as it went."""

    name: str
    seconds: float
    report: dict[str, int]


def chance(size: Size, number: int, about: str) -> random.Random:
    """The same luck for one article on every machine, whatever was made before it."""
    return random.Random(f"{size.seed} {number} {about}")


def headline(size: Size, number: int) -> str:
    """The headline of an article, known to others before it is written."""
    luck = chance(size, number, "headline")
    town, thing, event = luck.choice(TOWNS), luck.choice(THINGS), luck.choice(EVENTS)
    return f"{town} {thing} {event}, {luck.choice(CONCERNS)} {luck.choice(['feared', 'eased'])}"


def person(luck: random.Random) -> str:
    """A name out of a thousand; some are in the news more often than others."""
    number = int(len(GIVEN) * len(FAMILY) * luck.random() ** 2)
    return f"{GIVEN[number % len(GIVEN)]} {FAMILY[number // len(GIVEN)]}"


def paragraph(luck: random.Random, name: str, role: str) -> str:
    """Three sentences, the first often a quote; a role is given when a name is new."""
    thing, town, concern, other = (
        luck.choice(words) for words in (THINGS, TOWNS, CONCERNS, CONCERNS)
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


def article(size: Size, number: int) -> str:
    """A scraped text: front matter or a date line perhaps, a body, related titles, rights."""
    luck = chance(size, number, "text")
    year, month, day = luck.randint(2005, 2024), luck.randint(1, 12), luck.randint(1, 28)
    lines = []
    if luck.random() < 0.3:
        tags = ", ".join(luck.sample(TAGS, 2))
        lines += ["---", f"date: {year}-{month:02d}-{day:02d}", f"tags: [{tags}]", "---"]
    lines.append(headline(size, number))
    if len(lines) == 1 and luck.random() < 0.8:
        lines.append(f"Published: {MONTHS[month - 1]} {day}, {year} 05:51 PM")
    names = [person(luck) for _ in range(3)]
    for name in names:
        lines.append(paragraph(luck, name, luck.choice(ROLES).format(town=luck.choice(TOWNS))))
    for _ in range(luck.randint(0, 2 * (size.paragraphs - len(names)))):
        lines.append(paragraph(luck, luck.choice(names).split()[-1], ""))
    if luck.random() < 0.6:
        lines.append("Related Stories")
        others = (number + 1, number + 7, luck.randrange(size.articles))
        lines += [f"- {headline(size, other % size.articles)}" for other in others]
    lines.append(f"Copyright © {year} The {luck.choice(PAPERS)}. All rights reserved.")
    return "\n".join(lines) + "\n"


def populate(folder: Path, size: Size) -> int:
    """Write the archive; return the bytes of its sources."""
    total = 0
    for number in range(size.articles):
        place = path_of(folder, number)
        place.parent.mkdir(parents=True, exist_ok=True)
        total += place.write_bytes(article(size, number).encode())
    (folder / "newsgen.yaml").write_text("title: An invented county\n")
    return total


def path_of(folder: Path, number: int) -> Path:
    return folder / "articles" / f"{number // 500:03d}" / f"{number:06d}.txt"


def linked(size: Size) -> int:
    """An article in the middle whose headline another one prints."""
    return next(
        number
        for number in range(size.articles // 2, size.articles)
        if headline(size, number) in article(size, number - 1)
    )


def edit(place: Path, old: str, new: str) -> None:
    """Change the last `old` in a file: the first may stand in the lede, which lists show."""
    before, found, after = place.read_text(encoding="utf-8").rpartition(old)
    assert found
    place.write_text(before + new + after, encoding="utf-8")


def measure(name: str, folder: Path, jobs: int) -> Step:
    """Run `newsgen build` as a user would, start-up included."""
    command = [sys.executable, "-m", "newsgen", "build", str(folder), "--json", "--jobs", str(jobs)]
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True)
    seconds = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"the build failed:\n{done.stderr}")
    step = Step(name, seconds, json.loads(done.stdout))
    print(row(step), flush=True)
    return step


def row(step: Step) -> str:
    """A line of the first table."""
    numbers = "".join(f"{step.report[key]:>10,}" for key in ("read", "looked_at", "rendered"))
    return f"{step.name:<28}{numbers}{step.seconds:>10.2f}"


def run(folder: Path, size: Size, jobs: int) -> list[Step]:
    """Build, edit, build again."""
    number = linked(size)
    place = path_of(folder, number)
    steps: list[tuple[str, Callable[[], None]]] = [
        ("nothing changed", lambda: None),
        (
            "body of one article edited",
            lambda: edit(place, " and was held up ", " and stood still "),
        ),
        (
            "headline of one edited",
            lambda: edit(place, headline(size, number), "A headline of its own"),
        ),
    ]
    made = [measure("from nothing", folder, jobs)]
    for name, change in steps:
        change()
        # A file edited within 50 ms of being read is read again by the build after that, too.
        time.sleep(0.1)
        made.append(measure(name, folder, jobs))
    return made


def main() -> None:
    """Read the options, run, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=20_000, help="how many to invent")
    parser.add_argument("--paragraphs", type=int, default=10, help="in an article, on average")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another archive")
    parser.add_argument("--jobs", type=int, default=2, help="processes, as in newsgen build")
    parser.add_argument("--keep", type=Path, help="an empty folder to make the archive in")
    options = parser.parse_args()
    size = Size(options.articles, max(options.paragraphs, 3), options.seed)
    with tempfile.TemporaryDirectory(prefix="newsgen-") as spare:
        folder = options.keep or Path(spare)
        written = populate(folder, size)
        print(f"{size.articles:,} articles, {written / 1e6:.1f} MB of text, {options.jobs} jobs\n")
        print(f"{'build':<28}{'read':>10}{'subjects':>10}{'rendered':>10}{'seconds':>10}")
        clean, *others = run(folder, size, options.jobs)
        print(f"\n{'share of a clean build':<28}{'pages':>20}{'seconds':>20}")
        for step in others:
            pages = step.report["rendered"] / clean.report["rendered"]
            print(f"{step.name:<28}{pages:>20.3%}{step.seconds / clean.seconds:>20.2%}")


if __name__ == "__main__":
    main()
