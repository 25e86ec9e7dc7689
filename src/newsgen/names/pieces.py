"""Runs of capital words cut into pieces that can each be one name."""

import re
from collections.abc import Sequence
from functools import cache

from newsgen.names.gazetteer import demonyms, known_of, longest_known
from newsgen.names.runs import Word
from newsgen.wordlists import given_names, words_of

Piece = list[Word]
_ORDINAL = re.compile(r"\d(?:st|nd|rd|th) $")
_ERAS = ("B.C.", "A.D.", "B.C.E.", "BCE")
_CENTRES = ("Center", "Centre", "Hospital", "House")


@cache
def heads(section: str) -> frozenset[str]:
    """Words that say what a name is a name of: "organisation", "placehead", "event" …"""
    return words_of("names_heads.txt", section)


@cache
def titles() -> frozenset[str]:
    """Words that stand before a person's name."""
    return words_of("names_titles.txt", "title")


@cache
def qualifiers() -> frozenset[str]:
    """Words that stand beside a title (Foreign Minister), and are none alone."""
    return words_of("names_titles.txt", "qualifier")


@cache
def not_names(section: str) -> frozenset[str]:
    """Capital words that are no names, with straight and curly apostrophes."""
    words = words_of("names_not.txt", section)
    return words | {word.replace("'", "’") for word in words}


@cache
def role_words() -> frozenset[str]:
    """Words for what a person does, with a capital ("Producer"), that are no given names."""
    roles = words_of("names_titles.txt", "role")
    return frozenset(word.capitalize() for word in roles) - given_names()


@cache
def _before_of() -> frozenset[str]:
    return heads("organisation") | heads("placeof") | heads("event") | {"House", "Center", "Centre"}


def without_article(word: str) -> str:
    """A word of a name without the article that Arab names may leave out (al-Sayed, Sayed)."""
    return word[3:] if word[:3] in ("al-", "Al-", "el-", "El-") and len(word) > 3 else word


def cut_run(text: str, run: Piece) -> list[Piece]:
    """Cut a run where "of", "and", "for" and commas join two names, not where they join one."""
    groups: list[Piece] = []
    for word in run:
        if word.join in ("plain", "small") and not (
            word.join == "small" and not _may_hold_particle(groups[-1])
        ):
            groups[-1].append(word)
        else:
            groups.append([word])
    pieces = [groups[0]]
    for index in range(1, len(groups)):
        after = groups[index + 1][0].join if index + 1 < len(groups) else ""
        if _belongs(text, pieces[-1], groups[index], after):
            pieces[-1] = pieces[-1] + groups[index]
        else:
            pieces.append(groups[index])
    return pieces


def _may_hold_particle(group: Piece) -> bool:
    last = group[-1].text
    return last not in not_names("starter") and last not in not_names("calendar")


def _belongs(text: str, left: Piece, right: Piece, after: str) -> bool:
    join = right[0].join
    if _makes_known(text, left, right):
        return True
    last, first = left[-1].text, right[0].text
    if join == "of":
        return last in _before_of() and first not in not_names("calendar")
    if join == "for":
        if first in not_names("calendar") or first in not_names("starter"):
            return False
        if " on " in text[left[-1].end : right[0].start] and last not in words_of(
            "names_context.txt", "before-on"
        ):
            return False
        return (
            last in heads("organisation")
            or last in ("Center", "Centre", "Initiative")
            or (last in heads("event") and last not in ("Campaign", "Action", "Rights"))
        )
    if join == "own":  # Children's Fund, but not China's Ministry
        return last in heads("owner") and (
            right[-1].text in heads("organisation") or right[-1].text in heads("event")
        )
    headed = _is_headed(left)
    if join == "comma":
        return (
            headed and len(right) == 1 and first in heads("adjective") and after in ("and", "comma")
        )
    if join != "and":
        return False
    if "&" in text[left[-1].end : right[0].start]:
        return len(right) <= 3 and last not in not_names("starter")
    if headed:
        return first in heads("adjective") or (
            right[-1].text in heads("organisation")
            and right[-1].text not in heads("adjective")
            and len(right) == 1
        )
    return (
        len(left) <= 3
        and last in heads("adjective")
        and last not in demonyms()
        and len(right) > 1
        and (right[-1].text in heads("organisation") or right[-1].text in _CENTRES)
    )


def _is_headed(piece: Piece) -> bool:
    """Whether a piece reads "Ministry of X": a head word with "of" or "for" behind it."""
    return any(word.join in ("of", "for") for word in piece) and any(
        word.text in heads("organisation") or word.text in heads("adjective") for word in piece
    )


def _makes_known(text: str, left: Piece, right: Piece) -> bool:
    longest = longest_known()
    for first in left[-4:]:
        if first.text in longest:
            for last in right[:4]:
                if known_of(text[first.start : last.end]):
                    return True
    return False


def is_numbered(text: str, words: Sequence[str], start: int, floor: int) -> bool:
    """Whether a number before general words says that they are no name: 9th Army, 400 B.C."""
    before = text[max(floor, start - 8) : start]
    if words[0] in _ERAS:
        return before.rstrip()[-1:].isdigit() or before.endswith("century ")
    return _ORDINAL.search(before) is not None and all(word in _generals() for word in words)


def person_behind(words: Sequence[str]) -> int:
    """Where a person's name begins behind words of an office: Defense Leon Panetta (0: none)."""
    for at in range(1, len(words) - 1):
        first, before = words[at], words[at - 1]
        if (
            first in given_names()
            and first not in _offices()
            and before in _offices()
            and before not in given_names()
            and not any(word in _offices() or word in heads("placehead") for word in words[at:])
        ):
            return at
    return 1 if len(words) > 1 and words[0] in members() and words[1] not in _offices() else 0


@cache
def members() -> frozenset[str]:
    """Words for the people of a body, before their names or behind its own."""
    return words_of("names_titles.txt", "member")


@cache
def _offices() -> frozenset[str]:
    return heads("organisation") | heads("adjective") | role_words() | titles() | members()


@cache
def _generals() -> frozenset[str]:
    return heads("organisation") | heads("adjective") | heads("event") | heads("placehead")


def trimmed(piece: Piece, *, initial: bool) -> Piece:
    """Take words off both ends that belong to no name (days, "The", a sentence's first word)."""
    low, high = 0, len(piece)
    while low < high:
        word = piece[low].text
        starter = word in not_names("starter") and (
            word not in given_names() or (initial and low == 0)
        )
        if not (starter or word in not_names("calendar")) or (
            high - low > 1
            and word not in ("The", "A", "An", "This")
            and not (initial and low == 0)
            and starter
        ):
            break
        low += 1
    while high > low and piece[high - 1].text in not_names("calendar"):
        high -= 1
    return piece[low:high]
