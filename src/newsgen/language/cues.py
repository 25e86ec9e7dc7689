"""The words that tell who speaks, by language: verbs, pronouns, offices. Read once, when needed."""

from functools import cache
from typing import NamedTuple

from newsgen.wordlists import gender_of_given, sections_of

_ENOUGH, _NEARLY = 5, 0.8  # names with an ending, and the share of them that decides


class Cues(NamedTuple):
    """The verbs of one language; `ing` are the forms that borrow the subject of the
    sentence, `base` and `third` those that may as well be nouns ("claim", "claims"), `past` the
    irregular past of verbs that say nothing by themselves ("made")."""

    speech: frozenset[str]
    voice: frozenset[str]
    ing: frozenset[str]
    base: frozenset[str]
    third: frozenset[str]
    nouns: frozenset[str]
    past: frozenset[str]
    gender_of_pronoun: dict[str, str]


class Offices(NamedTuple):
    """Nouns for people, bodies and papers, in lower case (titles without their full stop)."""

    titles: frozenset[str]
    roles: frozenset[str]
    groups: frozenset[str]
    papers: frozenset[str]
    things: frozenset[str]
    gender: dict[str, str]


@cache
def cues_of(language: str) -> Cues:
    """The cues of a language; empty for one newsgen has no table of."""
    tables = _tables("cues.txt")
    speech: set[str] = set()
    voice: set[str] = set()
    ing: set[str] = set()
    base: set[str] = set()
    third: set[str] = set()
    past: set[str] = set()
    for section, forms in ((f"{language}.speech", speech), (f"{language}.voice", voice)):
        for word in tables.get(section, ()):
            if language != "en":
                forms.add(word)
                continue
            *finite, participle = _inflected(word)
            forms.update(finite, (participle,))
            ing.add(participle)
            base.add(finite[0])
            third.add(finite[1])
            past.add(finite[2])
    words = tables.get(f"{language}.pronoun", [])
    pronouns = dict(zip(words[1::2], words[::2], strict=True))
    nouns = frozenset(tables.get(f"{language}.noun", ()))
    return Cues(
        frozenset(speech),
        frozenset(voice),
        frozenset(ing),
        frozenset(base - past),
        frozenset(third),
        nouns,
        frozenset(tables.get(f"{language}.past", ())),
        pronouns,
    )


@cache
def offices() -> Offices:
    """The nouns of offices."""
    tables = _tables("offices.txt")
    lower = {key: [word.lower() for word in words] for key, words in tables.items()}
    gender = dict.fromkeys(lower["m"], "m") | dict.fromkeys(lower["f"], "f")
    titles = frozenset(lower["title"])
    people = {word for word in (*lower["m"], *lower["f"]) if word not in titles}
    return Offices(
        titles,
        frozenset(lower["role"]) | people,
        frozenset(lower["group"]),
        frozenset(lower["paper"]),
        frozenset(lower["thing"]),
        gender,
    )


@cache
def offices_of_script(language: str) -> tuple[str, str]:
    """Surnames (one character each) and offices (alternatives of a pattern) of a language."""
    tables = _tables("cues.txt")
    return "".join(tables[f"{language}.surname"]), "|".join(tables[f"{language}.office"])


@cache
def gender_by_ending(given: str) -> str | None:
    """ "m" or "f" where nearly all known given names with the same ending are of one gender."""
    table = _endings()
    for length in (4, 3, 2):
        men, women = table.get(given[-length:].lower(), (0, 0))
        if men + women >= _ENOUGH:
            share = women / (men + women)
            return "f" if share >= _NEARLY else "m" if share <= 1 - _NEARLY else None
    return None


@cache
def _endings() -> dict[str, tuple[int, int]]:
    """Ending of two to four letters to the known names of men and of women that have it."""
    found: dict[str, tuple[int, int]] = {}
    for name, gender in gender_of_given().items():
        if gender == "u":
            continue
        for length in (4, 3, 2):
            men, women = found.get(name[-length:].lower(), (0, 0))
            counts = (men + 1, women) if gender == "m" else (men, women + 1)
            found[name[-length:].lower()] = counts
    return found


@cache
def surnames_first() -> frozenset[str]:
    """Surnames that stand before the given name."""
    return frozenset(name for names in _tables("names_surnames.txt").values() for name in names)


def _tables(name: str) -> dict[str, list[str]]:
    return {
        section: [word for rest in rests for word in rest.split()]
        for section, rests in sections_of(name).items()
    }


def _inflected(word: str) -> list[str]:
    """Base, third person, past and participle of an English verb."""
    if "/" in word:
        return word.split("/")
    if word.endswith("e"):
        return [word, f"{word}s", f"{word}d", f"{word[:-1]}ing"]
    if word.endswith("y") and word[-2] not in "aeiou":
        return [word, f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing"]
    third = f"{word}es" if word.endswith(("s", "sh", "ch", "x")) else f"{word}s"
    return [word, third, f"{word}ed", f"{word}ing"]
