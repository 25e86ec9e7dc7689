"""Names known beforehand: countries, regions, cities, organisations, and the words for peoples."""

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from newsgen.model import EntityKind
from newsgen.wordlists import first_surnames, given_names, lines_of, sections_of, words_of

CERTAIN = 3.5  # the weight from which on a name is sure in any language: countries and capitals


class Known(NamedTuple):
    """A name of the lists: its usual full form, what it is, and how surely it is that (0-3)."""

    name: str
    kind: EntityKind
    weight: float


@cache
def known_names() -> dict[str, Known]:
    """All known names by their forms; what is more certain stands over what is less so."""
    known: dict[str, Known] = {}
    for form in _cities():
        known[form] = Known(form, "place", 0.5 if form in _doubtful() else 2.0)
    for form in _regions():
        known[form] = Known(form, "place", 1.0 if form in given_names() else 3.0)
    for name, *aliases in _organisations():
        for form in (name, *aliases):
            known[form] = Known(name, "organisation", 3.0)
    for country in lines_of("names_countries.txt"):
        name, synonyms, _, capitals = (part.strip() for part in country.split("|"))
        weight = 1.5 if name in given_names() else 4.0
        for form in (name, *_listed(synonyms)):
            known[form] = Known(name, "place", weight)
        for form in _listed(capitals):
            known[form] = Known(form, "place", CERTAIN)
    for form in ("Washington, D.C.", "Washington, DC", "Washington D.C.", "Washington DC"):
        known[form] = Known("Washington", "place", 4.0)
    return known


def known_of(form: str) -> Known | None:
    """What a printed form is known as; curly apostrophes and capitals (BEIJING) do not count."""
    known = known_names().get(form)
    if known:
        return known
    if "’" in form:
        return known_names().get(form.replace("’", "'"))
    if len(form) > 3 and form.isupper():
        known = known_names().get(form.title())
        return known if known and known.kind == "place" and known.weight >= 1 else None
    return None


@cache
def longest_known() -> dict[str, int]:
    """For the first word of each known name of several words: the most words it may have."""
    longest: dict[str, int] = {}
    for form in known_names():
        words = form.split()
        if len(words) > 1:
            for first in (words[0], words[0].upper()):
                longest[first] = max(longest.get(first, 0), len(words))
    return longest


@cache
def demonyms() -> frozenset[str]:
    """Words for the people and things of a country: adjectives, never places."""
    found = {
        word
        for country in lines_of("names_countries.txt")
        for word in _listed(country.split("|")[2])
    }
    return frozenset(found)


@cache
def other_things() -> frozenset[str]:
    """Names known to be of no person, organisation or place: feasts, contests, products."""
    parts = sections_of("names_other.txt").values()
    return frozenset(form for part in parts for rest in part for form in _listed(rest))


def is_other(form: str) -> bool:
    """Whether a name, or the end of it (UEFA Champions League), is of some other thing."""
    plain = form.replace("’", "'")
    return plain in other_things() or " ".join(plain.split()[-2:]) in other_things()


@cache
def world_places(language: str) -> tuple[re.Pattern[str], dict[str, str]] | None:
    """Countries and great cities in another language: one pattern, and each form's usual form.

    The pattern's group 1 is the name: Arabic writes "and", "in", "to" at the front of it.
    """
    forms: dict[str, str] = {}
    for line in lines_of("names_countries_world.txt"):
        for part in line.split("|")[1:]:
            code, _, listed = part.strip().partition(": ")
            if code == language:
                words = [word.replace("_", " ") for word in listed.split()]
                forms.update((word, words[0]) for word in words)
    if not forms:
        return None
    either = "|".join(
        re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form))
    )
    front, back = {"zh": ("", ""), "ar": (r"(?<!\w)[وفبكل]{0,2}", r"(?!\w)")}.get(
        language, (r"(?<![\w-])", r"(?![\w-])")
    )
    return re.compile(f"{front}({either}){back}"), forms


def _listed(part: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in part.split(";") if item.strip())


def _organisations() -> list[list[str]]:
    return [
        [name.strip(), *_listed(aliases)]
        for name, _, aliases in (
            line.partition("|") for line in lines_of("names_organisations.txt")
        )
    ]


def _regions() -> tuple[str, ...]:
    parts = sections_of("names_regions.txt").values()
    return tuple(form for part in parts for rest in part for form in _listed(rest))


def _cities() -> list[str]:
    forms: list[str] = []
    for line in lines_of("places.txt"):
        for name in _listed(line.partition(": ")[2]):
            forms.append(name)
            plain = "".join(
                char
                for char in unicodedata.normalize("NFKD", name)
                if not unicodedata.combining(char)
            )
            if plain != name:
                forms.append(plain)
    return forms


@cache
def _doubtful() -> frozenset[str]:
    """City names that more often name a person or are plain words."""
    plain = frozenset(
        word
        for section in ("not", "calendar", "starter")
        for word in words_of("names_not.txt", section)
    )
    listed = frozenset(" ".join(lines_of("names_ambiguous_places.txt")).split())
    return plain | listed | given_names() | first_surnames()
