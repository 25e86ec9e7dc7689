"""What the words around a name say about it: votes for person, organisation, place."""

import re
from functools import cache

from newsgen.wordlists import words_of

Votes = tuple[float, float, float]  # person, organisation, place

_NONE: Votes = (0.0, 0.0, 0.0)
_BEFORE: dict[str, Votes] = {
    "in": (0, 0.1, 1.5),
    "near": (0, 0, 2),
    "across": (0, 0, 1.5),
    "throughout": (0, 0, 1.5),
    "outside": (0, 0.2, 1),
    "around": (0, 0, 0.8),
    "at": (0, 0.7, 0.5),
    "from": (0, 0.2, 0.6),
    "to": (0, 0.1, 0.4),
    "into": (0, 0.1, 0.6),
    "by": (0.4, 0.5, 0),
    "with": (0.3, 0.3, 0),
    "said": (1.5, 0.2, 0),
    "says": (1.5, 0.2, 0),
    "added": (1.2, 0.2, 0),
    "named": (1.2, 0.2, 0.2),
    "northern": (0, 0, 2),
    "southern": (0, 0, 2),
    "eastern": (0, 0, 2),
    "western": (0, 0, 2),
    "central": (0, 0, 1.5),
    "southeastern": (0, 0, 2),
    "southwestern": (0, 0, 2),
    "northeastern": (0, 0, 2),
    "northwestern": (0, 0, 2),
    "southeast": (0, 0, 1.5),
    "southwest": (0, 0, 1.5),
    "northeast": (0, 0, 1.5),
    "northwest": (0, 0, 1.5),
    "downtown": (0, 0, 2),
    "mainland": (0, 0, 2),
    "toward": (0, 0, 0.5),
    "towards": (0, 0, 0.5),
    "between": (0.1, 0.1, 0.4),
    "visit": (0, 0, 0.8),
    "visited": (0, 0.2, 0.6),
    "joined": (0, 0.6, 0),
}
_SAID = re.compile(
    r"\s+(?:also |has |had |later |further |then |once )?(?:said|says|told|tells|added|adds|noted|"
    r"explained|stressed|argued|warned|claimed|recalled|insisted|tweeted|admitted|lamented|"
    r"remarked|emphasi[sz]ed|pointed out|asked|replied|thinks|believes|thought|felt|wrote)\b"
)
_WHO = re.compile(
    r",? (?:who|whose)\b|,? (?:aged )?\(?\d\d\)?[,.]|, (?:Jr|Sr)\b|,? himself|,? herself"
)
_OF_ORGANISATION = re.compile(
    r"(?:['’]s?)? (?:spokes\w+|CEO|chief executive|officials?|shares|employees|executives|"
    r"headquarters|subsidiary|members?|customers|shareholders|investors|lawmakers|fighters|"
    r"militants|forces|board|staff|app|website)\b"
)
_OF_PLACE = re.compile(
    r"(?:['’]s)? (?:province|city|region|district|county|state|island|islands|village|town|area|"
    r"peninsula|border|municipality|prefecture|governorate|neighbou?rhood|suburb|river|valley|"
    r"highway|residents|coast|capital|airport|township|locality|slum|community|beach|"
    r"station(?! (?:commander|chief|manager|master|officer)))\b"
)
_DEED = re.compile(
    r" (?:was born|died|married|was arrested|graduated|resigned|scored|won|beat|plays|played|"
    r"was appointed|was elected|was named|has been|is survived)\b"
)
_OF_PEOPLE = re.compile(
    r" (?:language|culture|people|peoples|tribe|tribes|tradition|traditions|speakers|dialect|"
    r"ethnic|clan|variant|sublineage|virus|vaccine|award|cup|prize|disease|syndrome|capsules?|"
    r"tablets?|granules|decoction|pills?|injection|syrup)\b"
)
_QUOTED = (('"', '"'), ("“", "”"))  # marks that hold a title or a term if nothing else is in them
_STAR = re.compile(r"(?:['’]s)? (?:stars?|director|premiere|soundtrack|sequel|remake|trilogy)\b")
_LIKE_WORK, _IS_QUOTED = 1.5, 1.5  # votes against all kinds; against a person
_APPOSITION = re.compile(r", (?:an?|the|its|their|his|her|our)?[ ]?((?:[\w'’-]+[ ]?){1,6})")


@cache
def _roles() -> frozenset[str]:
    return words_of("names_titles.txt", "role")


@cache
def _context(section: str) -> frozenset[str]:
    return words_of("names_context.txt", section)


def kinds_of_word(word: str) -> tuple[str, ...]:
    """The lists that hold a small word that may stand beside a name."""
    kinds = [kind for kind in ("relative", "company", "kind-of-place") if word in _context(kind)]
    return (*kinds, "role") if word in _roles() else tuple(kinds)


def votes_around(text: str, start: int, end: int, floor: int) -> Votes:
    """Weigh the words before and after a name; `floor` is where its paragraph begins."""
    person, organisation, place = _votes_before(text[max(floor, start - 48) : start])
    after = text[end : end + 72]
    if _SAID.match(after):
        person, organisation = person + 1.4, organisation + 0.5
    elif _WHO.match(after):
        person += 2.0
    elif _OF_ORGANISATION.match(after):
        organisation += 1.2
    elif _OF_PLACE.match(after):
        place += 2.0
    elif _OF_PEOPLE.match(after):
        person, organisation, place = person - 1.5, organisation - 1.5, place - 1.5
    elif _DEED.match(after):
        person += 0.7
    elif after.startswith(", "):
        more = _votes_of_apposition(after)
        person, organisation, place = person + more[0], organisation + more[1], place + more[2]
    if (text[start - 1 : start], text[end : end + 1]) in _QUOTED:
        return person - _IS_QUOTED, organisation, place
    if _is_work(text, start, end, floor):
        return person - _LIKE_WORK, organisation - _LIKE_WORK, place - _LIKE_WORK
    return person, organisation, place


def _is_work(text: str, start: int, end: int, floor: int) -> bool:
    """Whether the words beside a name say that a film, a book or a song is named so."""
    before = text[max(floor, start - 20) : start]
    words = before.split()
    work = words and before[-1:] == " " and words[-1].lower() in _context("work")
    return bool(work) or _STAR.match(text, end) is not None


def _votes_before(before: str) -> Votes:
    words = before.replace("“", " ").replace('"', " ").split()
    if not words or before[-1:] not in ' \n"“':
        return _NONE
    last = words[-1]
    if last == "the":
        if len(words) > 1 and words[-2] in ("in", "at", "of", "by"):
            return 0, 0.5, 0.3
        return 0, 0.6, 0.2
    if last == "of":
        if len(words) > 1 and words[-2].lower() in _context("kind-of-place"):
            return 0, 0, 2.5
        return 0.1, 0.2, 0.3
    found = _BEFORE.get(last)
    if found:
        return found
    if last in _context("company-before"):
        return 0, 2, 0
    if last in _context("relative"):
        return 2, 0, 0
    plain = last.rstrip(",").lower()
    if plain in _roles():
        return (1.5 if last.endswith(",") else 2.2), 0, 0
    if plain in _context("kind-of-place"):
        return 0, 0, 1
    return _NONE


def _votes_of_apposition(after: str) -> Votes:
    found = _APPOSITION.match(after)
    if not found:
        return _NONE
    for word in found.group(1).split():
        plain = word.lower()
        if plain in _roles():
            return 2.2, 0, 0
        if plain in _context("company"):
            return 0, 2, 0
        if plain in _context("kind-of-place"):
            return 0, 0, 1.5
        if plain in ("of", "and", "which", "where", "said", "in", "on", "for", "to", "as", "with"):
            return (0, 0, 0.8) if plain == "where" else _NONE
    return _NONE
