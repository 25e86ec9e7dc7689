"""The word lists of `newsgen/data`, read once and only when first asked for."""

from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@cache
def lines_of(name: str) -> tuple[str, ...]:
    """The lines of a list that are neither empty nor comments."""
    text = (DATA / name).read_text(encoding="utf-8")
    return tuple(line for line in text.split("\n") if line and not line.startswith("#"))


@cache
def sections_of(name: str) -> dict[str, tuple[str, ...]]:
    """The sections of a list (`place: Bay Bridge`), each with the text of all its lines."""
    found: dict[str, list[str]] = {}
    for line in lines_of(name):
        section, _, rest = line.partition(": ")
        found.setdefault(section, []).append(rest)
    return {section: tuple(rests) for section, rests in found.items()}


@cache
def words_of(name: str, section: str) -> frozenset[str]:
    """The single words of one section."""
    return frozenset(word for rest in sections_of(name)[section] for word in rest.split())


@cache
def given_names() -> frozenset[str]:
    """Given names of men and women of many cultures, as they are written."""
    return frozenset().union(*(words_of("names_given.txt", part) for part in "mfu"))


@cache
def gender_of(given: str) -> str | None:
    """ "m" or "f" where a given name is one of them only, else None."""
    gender = gender_of_given().get(given)
    return gender if gender in ("m", "f") else None


@cache
def gender_of_given() -> dict[str, str]:
    """Given name to "m", "f" or "u" (either)."""
    found: dict[str, str] = {}
    for name in ("names_given.txt", "names_census.txt"):
        for gender in sections_of(name):
            for given in words_of(name, gender):
                found[given] = gender if found.get(given, gender) == gender else "u"
    return found


@cache
def first_surnames() -> frozenset[str]:
    """Surnames that stand before the given name (Chinese, Korean, Vietnamese)."""
    parts = ("chinese", "cantonese", "korean", "vietnamese")
    return frozenset().union(*(words_of("names_surnames.txt", part) for part in parts))
