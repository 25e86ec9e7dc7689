"""Named happenings: contests, wars, storms, festivals, told by one of their words or by a list.

What surely is one is looked for, and nothing else: a capital word more before or behind ("World
Cup Stadium") makes another name of it.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from newsgen.names.gazetteer import demonyms, known_of
from newsgen.names.labels import Found
from newsgen.names.pieces import heads, not_names
from newsgen.wordlists import given_names, sections_of, words_of

_FILE = "names_events.txt"
_LISTED, _HEADED = 0.9, 0.8  # how sure a name of the list is, and one told by a word
_REACH = 64  # characters before its last word in which a name begins
_MOST = 5  # words before the last one
_CAPITALS = re.compile(r"[A-Z][a-zA-Z]+")
_BEFORE = re.compile(r"(?:[A-ZÀ-Þ0-9][\w’'&.-]*[ ]){1,7}$")
_NUMERAL = re.compile(r" (?:I{1,3}|One|Two)(?![\w’'-])")
_OWNED = re.compile(r"(?<!World)(?<!Men)(?<!Women)(?<!People)(?<!Children)(?<!St)['’]s$|s['’]$")
_CAPITAL = re.compile(r"(?:['’]s?)? ?[-–]?[A-ZÀ-Þ]")  # right behind: the name goes on
_ON = re.compile(  # "Oscars of gastronomy" is a figure of speech
    r"(?<=Summit) (?:on|of|for) (?:the )?[A-ZÀ-Þ]|(?<=Cup) of Nations\b"
    r"|(?<=Oscars) of [a-z]|(?<=lympics) of [a-z]"
)
_JOINED = re.compile(r"([A-ZÀ-Þ][\w’'-]*) (?:and|&) $")
_NAME = re.compile(r" (?:the )?([A-ZÀ-Þ][a-zß-ÿ’'-]+(?: [A-ZÀ-Þ][a-zß-ÿ’'-]+)?)(?!\w)")
_OWN_NAME = re.compile(r" ([A-ZÀ-Þ][a-zß-ÿ]+)(?![\w-]|[ ][A-ZÀ-Þ])")

Stretch = tuple[int, int]


Finder = Callable[[str, int, str], Found | None]


class _Words(NamedTuple):
    """The list by how it is used: what may stand before last words, and whole names."""

    behind: frozenset[str]
    places: frozenset[str]
    pairs: frozenset[str]
    known: frozenset[str]
    others: frozenset[str]


def find_events(text: str, stretches: Sequence[Stretch]) -> list[Found]:
    """The happenings named in stretches of English prose, in order, none inside another."""
    if not stretches:
        return []
    finders = _finders()
    # Most texts hold few of these words: those that are there at all are looked for one by one.
    found = [
        event
        for word in finders.keys() & _CAPITALS.findall(text)
        for form, find in finders[word]
        for start in _places_of(text, form)
        if (event := find(text, start, form)) is not None
    ]
    inside = [one for one in found if any(s <= one.start and one.end <= e for s, e in stretches)]
    return _longest(inside)


def _longest(found: list[Found]) -> list[Found]:
    kept: list[Found] = []
    last = 0
    for event in sorted(found, key=lambda one: (one.start, -one.end, one)):
        if event.start >= last:
            kept.append(event)
            last = event.end
    return kept


def _places_of(text: str, word: str) -> Iterator[int]:
    """Where a word stands whole."""
    at = text.find(word)
    while at >= 0:
        behind = text[at + len(word) : at + len(word) + 1]
        before = text[at - 1 : at] if at else ""
        if not (behind.isalnum() or before.isalnum() or before in ("-", "@", "#", "_")):
            yield at
        at = text.find(word, at + len(word))


def _by_last_word(text: str, start: int, word: str) -> Found | None:
    words = _words()
    end = start + len(word)
    if word == "War" and (numeral := _NUMERAL.match(text, end)):
        at = start - len("World ")
        sound = text[max(at, 0) : start] == "World " and not _CAPITAL.match(text, numeral.end())
        return Found(at, numeral.end(), "event", "gazetteer", _LISTED) if sound else None
    if _goes_on(text, end):
        return None
    before = _BEFORE.search(text, max(0, start - _REACH), start)
    if before is None:
        alone = word in words.known
        return Found(start, end, "event", "gazetteer", _LISTED) if alone else None
    parts = _trimmed(before.group().split(), word)
    listed = _known_end([*parts, word])
    if listed:
        if " ".join([*parts, word]) in words.others or listed == "World War":
            return None
        if listed == "Civil War" and parts[-2:-1] and parts[-2] in demonyms():
            listed = f"{parts[-2]} {listed}"
        # Sponsors and hosts before a listed name are no part of it; what it is a kind of is.
        if word not in words.behind or len(parts) == len(listed.split()) - 1:
            return Found(end - len(listed), end, "event", "gazetteer", _LISTED)
    if not parts or len(parts) > _MOST or not _is_headed(parts, word):
        return None
    name = " ".join([*parts, word])
    first = end - len(name)
    joined = _JOINED.search(text, max(0, first - _REACH), first)
    if name in words.others or (joined and joined[1] not in words.behind | words.places):
        return None
    return Found(end - len(name), end, "event", "head-word", _HEADED)


def _trimmed(parts: list[str], word: str) -> list[str]:
    """The words before a head that are of its name: behind the last owner and small word."""
    first = 0
    for place, part in enumerate(parts):
        plain = part in not_names("starter") or part in not_names("calendar")
        owned = _OWNED.search(part) and not (word == "Awards" and part[-1] in "'’")
        if plain and known_of(" ".join(parts[place : place + 2])):
            continue  # New York
        if plain or owned or part[0].isdigit() or part[-1] in ".&":
            first = place + 1
    return parts[first:]


def _known_end(parts: list[str]) -> str | None:
    """The longest listed name that these words end with."""
    for first in range(len(parts)):
        name = " ".join(parts[first:]).replace("’", "'")
        if name in _words().known:
            return name
    return None


def _is_headed(parts: list[str], word: str) -> bool:
    """Whether the words before a last word make a name of a happening of it."""
    words = _words()
    if f"{parts[-1]} {word}" in words.pairs:
        return len(parts) > 1
    if word in words.places:
        front = parts[:-1] if parts[-1] == "Grand" else parts
        name = " ".join(front)
        known = known_of(name) if front else None
        return name in demonyms() or (known is not None and known.kind == "place")
    return word in words.behind and not (len(parts) == 1 and parts[0] in ("Grand", "Annual"))


def _goes_on(text: str, end: int) -> bool:
    """Whether a capital word behind makes the name part of a longer one."""
    return _CAPITAL.match(text, end) is not None or _ON.match(text, end) is not None


def _listed(text: str, start: int, name: str) -> Found | None:
    end = start + len(name)
    return None if _goes_on(text, end) else Found(start, end, "event", "gazetteer", _LISTED)


def _by_first_word(text: str, start: int, form: str) -> Found | None:
    """Battle of Hastings: a place must follow, or the article be before it and no plural behind."""
    name = _NAME.match(text, start + len(form))
    if name is None or _goes_on(text, name.end()):
        return None
    own = name[1]
    if own.split()[0] in not_names("starter") or own in not_names("calendar"):
        return None
    place = known_of(own)
    if not (place and place.kind == "place"):
        the = text[max(0, start - 4) : start] in ("the ", "The ")
        if not the or own.endswith("s"):
            return None  # the Battle of Ideas
    return Found(start, name.end(1), "event", "head-word", _HEADED)


def _storm(text: str, start: int, word: str) -> Found | None:
    """Hurricane Katrina: storms have one name, most of them a given name."""
    name = _OWN_NAME.match(text, start + len(word))
    if name is None or re.search(r"[A-Z][\w’'-]* $", text[max(0, start - 24) : start]):
        tropical = text[max(0, start - 9) : start] == "Tropical "
        if name is None or not tropical:
            return None
    own = name[1]
    if own in heads("organisation") or own in heads("event") or own in heads("placehead"):
        return None
    if own in not_names("not") or own in not_names("calendar") or own in not_names("starter"):
        return None
    told = own in given_names() or (word == "Storm" and "storm" in text)
    if word in ("Hurricane", "Storm") and not told:
        return None  # it may be a team, a ship or a nickname
    return Found(start, name.end(1), "event", "head-word", _HEADED)


@cache
def _words() -> _Words:
    return _Words(
        behind=words_of(_FILE, "behind"),
        places=words_of(_FILE, "behind-place"),
        pairs=frozenset(_names("behind-kind")),
        known=frozenset(_names("known-behind")),
        others=frozenset(_names("not")),
    )


@cache
def _finders() -> Mapping[str, tuple[tuple[str, Finder], ...]]:
    """For a word that a text has: what to look for, and what to make of it where it stands."""
    words = _words()
    last = {name.split()[-1] for name in words.known | words.pairs} | words.behind | words.places
    forms: list[tuple[str, Finder]] = [(word, _by_last_word) for word in sorted(last)]
    forms += [(name, _listed) for name in _names("known")]
    forms += [(f"{word} of", _by_first_word) for word in sorted(words_of(_FILE, "before-of"))]
    forms += [(word, _storm) for word in sorted(words_of(_FILE, "storm"))]
    found: dict[str, list[tuple[str, Finder]]] = {}
    for form, find in forms:
        found.setdefault(_CAPITALS.findall(form)[0], []).append((form, find))
    return {word: tuple(ways) for word, ways in found.items()}


def _names(section: str) -> tuple[str, ...]:
    lines: Mapping[str, tuple[str, ...]] = sections_of(_FILE)
    return tuple(name.strip() for line in lines[section] for name in line.split(";"))
