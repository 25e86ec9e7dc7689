"""The names in a byline or a credit: people and houses, told apart."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from newsgen.language.outlets import find_outlet
from newsgen.names.gazetteer import known_of


class Named(NamedTuple):
    """A name as printed, where it stands in the words read, and what it is in a byline."""

    name: str
    start: int
    end: int
    role: Literal["author", "agency", "publisher"]


_BY = re.compile(
    r"[ \t]*(?:(?:(?:written|story|words|text|reported|posted|compiled)[ \t]+by|by|von|por|par|di)"
    r"(?:[ \t]*:[ \t]*|[ \t]+)|(?:text|texte|author|autor|автор|作者|记者|文)[ \t]*[:：/][ \t]*)",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\([ \t]*([^()\n]{2,60}?)[ \t]*\)")
_BETWEEN = re.compile(
    r"[ \t]*(?:[,;、，；/|·]|&|\b(?:and|with|y|et|und)\b)[ \t]*(?:\band\b[ \t]*)?", re.IGNORECASE
)
# The names of a line end where a clock, a date, a mark or an address begins.
_STOP = re.compile(
    r"[ \t]*(?:[()\[\]•@\n]|[ \t][-–—|][ \t]|\d|\bhttps?:|\bwww\.|\b\w+\.(?:com|org|net)\b"
    r"|\b(?:published|posted|updated|last)\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?[ \t]+\d)",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"[ \t]+(?:in|for|at|on|from|of|para|pour|für)(?:[ \t].*|$)", re.DOTALL | re.IGNORECASE
)
_FOR = re.compile(r"^[ \t]*(?:for|by|from)[ \t]+", re.IGNORECASE)
_TITLE = re.compile(
    r"(?:\b(?:special|chief|senior|staff|political|national|foreign|business|sports?|science|our|"
    r"the|contributing|guest|freelance|web|news|global)[ \t]+)*\b"
    r"(?:reporters?|writers?|correspondents?|editors?|columnists?|staff|contributors?|desk|bureau|"
    r"photographers?|team|admin|administrator|anonymous|agencies|courtesy|handout|supplied|"
    r"twitter|facebook|instagram|youtube|screenshot|"
    r"bianji)\b\.?|查看更多",  # "bianji" is Chinese for editor, printed as if it were one's name
    re.IGNORECASE,
)
_HOUSE = re.compile(
    r"\b(?:Times|Post|News|Tribune|Daily|Herald|Agency|Press|Media|Online|Journal|Gazette|Network|"
    r"Radio|TV|Television|Magazine|Edition|Chronicle|Observer|Globe|Review|Weekly|Service|Images|Pictorial|"
    r"Inc|Ltd|LLC|University|Institute|Center|Centre|Ministry)\b"
)
_PARTICLE = re.compile(
    r"(?:de|da|do|dos|di|del|della|der|den|van|von|bin|bint|ibn|al|el|la|le|ter|y|abu|ul)|d['’].+",
    re.IGNORECASE,
)
_NAME_WORD = re.compile(r"[^\W\d_][\w.'’‘-]*")
# What date lines leave behind where scrapers took them for authors ("Published P.M. Et Feb.").
_DEBRIS = re.compile(
    r"(?:[ap]\.m|et|est|edt|pst|pdt|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?",
    re.IGNORECASE,
)


def byline_names(words: str, *, strict: bool) -> Iterator[Named]:
    """The names of a byline ("By Ann Smith and Joe Brown (Xinhua) 09:32, …").

    `strict`: without "By" in front, only what is printed in brackets counts.
    """
    lead = _BY.match(words)
    start = lead.end() if lead else 0
    if lead or not strict:
        yield from names_in(words, start, len(words))
    for bracket in _BRACKET.finditer(words):
        house = _house(bracket[1])
        if house:
            yield Named(house[0], *bracket.span(1), house[1])


def names_in(words: str, start: int, end: int) -> Iterator[Named]:
    """The names in a list of names, up to the first words that belong to no list."""
    stop = _STOP.search(words, start, end)
    end = stop.start() if stop else end
    place = start
    for mark in [*_BETWEEN.finditer(words, start, end), None]:
        piece = words[place : mark.start() if mark else end]
        named = _named(piece, place)
        # A lone word behind the first name is where they wrote from: "Von Anna Müller, Berlin".
        if named and (
            named.role != "author"
            or place == start
            or not named.name.isalpha()
            or not named.name[0].isupper()
        ):
            yield named
        if mark:
            place = mark.end()


def _named(piece: str, offset: int) -> Named | None:
    """What one piece of a list names: a house, a person, or nobody."""
    kept = _PLACE.sub("", _FOR.sub("", piece))
    name = kept.strip(" \t.,:;*") if not _ends_in_initial(kept) else kept.strip(" \t,:;*")
    start = offset + piece.find(name)
    if house := _house(name):
        return Named(house[0], start, start + len(name), house[1])
    bare = _TITLE.sub("", name).strip(" \t,:;")
    start = offset + piece.find(bare)
    if bare != name and (house := _house(bare)):
        return Named(house[0], start, start + len(bare), house[1])
    if bare and _is_person(bare):
        return Named(bare, start, start + len(bare), "author")
    return None


def _ends_in_initial(name: str) -> bool:
    return re.search(r"\b(?:Jr|Sr|[A-Z])\.\s*$", name) is not None


def _house(name: str) -> tuple[str, Literal["agency", "publisher"]] | None:
    if outlet := find_outlet(name):
        return outlet.name, "agency" if outlet.kind == "agency" else "publisher"
    if _HOUSE.search(name) and name[:1].isupper() and not _TITLE.fullmatch(name):
        return name, "publisher"
    return None


def _is_person(name: str) -> bool:
    """One to five words that are spelled as names are; scripts without capitals pass."""
    parts = name.split()
    if not 1 <= len(parts) <= 5 or not 2 <= len(name) <= 60:
        return False
    for part in parts:
        if not _NAME_WORD.fullmatch(part) or _DEBRIS.fullmatch(part):
            return False
        if part[0].islower() and not _PARTICLE.fullmatch(part):
            return False
    known = known_of(name)
    return not (known and known.kind == "place" and known.weight >= 1) and not name.islower()
