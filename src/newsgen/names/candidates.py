"""Pieces of capital words weighed as names: each candidate with votes for what it is."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from newsgen.names.evidence import Votes, votes_around
from newsgen.names.gazetteer import demonyms, known_of, longest_known
from newsgen.names.pieces import (
    Piece,
    cut_run,
    heads,
    is_numbered,
    not_names,
    person_behind,
    qualifiers,
    role_words,
    titles,
    trimmed,
)
from newsgen.names.runs import Word, starts_sentence
from newsgen.wordlists import first_surnames, given_names, words_of

_ACRONYM = re.compile(
    r"(?:[A-Z]{2,7}|[A-Z]{1,4}&[A-Z]{1,3}|(?:[A-Z]\.){2,6}|[A-Z]{2,5}\d{0,2}|[A-Z]{2,6}s)$"
)
_INITIALS = re.compile(r"(?:[A-Z]\. ?)+$")
_COMMON = re.compile(  # what only ordinary words end in: no surname does
    r"\w{3,}(?:tion|tions|sion|ment|ments|ness|ship|ity|ities|ism|ance|ence|able|ible|ative|ology|"
    r"ical|onal|ional|ive|ing|ings|ary|ical|eous|ious|ful|less|ways|work|works|ware|base|line)$"
)
_HYPHENATED = re.compile(r"[A-Z][a-z]+-[A-Z][a-z]+")
_ARABIC = re.compile(r"^(?:[Aa]l|[Ee]l|[Aa]d|[Aa]s|[Aa]sh|[Aa]n|[Aa]z)-")


class Candidate(NamedTuple):
    """A place in the text where a name may stand. `other` votes say it is no name we look for.

    `inner` votes come from the name itself and count once; `outer` from the words around it.
    `model` is how likely each kind is by the trained model (None where it was not asked), `none`
    how likely it is none of them.
    """

    start: int
    end: int
    text: str
    size: int
    initial: bool
    inner: Votes
    outer: Votes
    other: float = 0.0
    rule: str = "shape"
    model: Votes | None = None
    none: float = 0.0


@cache
def _small_words() -> frozenset[str]:
    return words_of("names_not.txt", "particle")


def find_candidates(text: str, run: Piece, start: int) -> Iterator[Candidate]:
    """The candidates of a run of English text, in order and without overlaps.

    `start` is where its paragraph begins.
    """
    for piece in cut_run(text, run):
        initial = piece[0] is run[0] and starts_sentence(text, piece[0].start, start)
        yield from _weighed(text, piece, start, initial=initial)


def _weighed(text: str, piece: Piece, floor: int, *, initial: bool) -> Iterator[Candidate]:
    """Read one piece: known names first, then heads, titles and given names."""
    whole = _known_at(text, piece, 0)
    if not whole:
        bare = trimmed(piece, initial=initial)
        initial = initial and bool(bare) and bare[0] is piece[0]
        piece = bare
    if piece and not is_numbered(text, [word.text for word in piece], piece[0].start, floor):
        yield from _read(_Reader(text, floor), piece, initial=initial)


class _Reader(NamedTuple):
    text: str
    floor: int

    def made(
        self, piece: Piece, inner: Votes, rule: str, *, initial: bool = False, other: float = 0.0
    ) -> Candidate:
        start, end = piece[0].start, piece[-1].end
        outer = votes_around(self.text, start, end, self.floor)
        return Candidate(
            start, end, self.text[start:end], len(piece), initial, inner, outer, other, rule
        )


def _read(reader: _Reader, piece: Piece, *, initial: bool) -> Iterator[Candidate]:
    text = reader.text
    known = known_of(text[piece[0].start : piece[-1].end])
    if known:
        yield _known_candidate(reader, piece, initial=initial)
        return
    if len(piece) == 1:
        yield from _read_one(reader, piece, initial=initial)
        return
    titled = _title_cut(piece)
    headed = _headed(reader, piece, initial=initial)
    if headed and not titled:
        yield from headed
        return
    if titled:
        yield from _read_titled(reader, piece, titled)
        return
    cut = _known_cut(text, piece)
    if cut:
        first, last = cut
        if first:
            yield from _read(reader, piece[:first], initial=initial)
        yield _known_candidate(reader, piece[first:last], initial=initial and not first)
        if last < len(piece):
            yield from _read(reader, piece[last:], initial=False)
        return
    if all(word.text.isupper() and len(word.text) > 3 for word in piece):
        return  # shouting
    if _is_plain(piece[0].text) and not _stays(piece):
        yield from _read(reader, piece[1:], initial=False)
        return
    if piece[-1].text in not_names("not") and piece[-1].text not in demonyms():
        yield from _read(reader, piece[:-1], initial=initial)
        return
    at = person_behind([word.text for word in piece])
    if at:
        yield from _read(reader, piece[:at], initial=initial)
        yield from _read(reader, piece[at:], initial=False)
        return
    yield reader.made(piece, *_votes_of_words(piece), initial=initial)


def _stays(piece: Piece) -> bool:
    """Whether a word for a people is the first of a longer name (Japanese Chamber of Commerce)."""
    return any(
        word.text in heads("organisation") or word.text in heads("placehead") for word in piece[1:]
    )


def _known_candidate(reader: _Reader, piece: Piece, *, initial: bool) -> Candidate:
    known = known_of(reader.text[piece[0].start : piece[-1].end])
    assert known is not None
    votes = (0.0, known.weight, 0.0) if known.kind == "organisation" else (0.0, 0.0, known.weight)
    return reader.made(piece, votes, "gazetteer", initial=initial)


def _known_at(text: str, piece: Piece, at: int) -> int:
    """How many words from `at` on make the longest known name of several words (0: none)."""
    longest = longest_known().get(piece[at].text, 0)
    for count in range(min(longest, len(piece) - at), 1, -1):
        if known_of(text[piece[at].start : piece[at + count - 1].end]):
            return count
    return 0


def _known_cut(text: str, piece: Piece) -> tuple[int, int] | None:
    """Where in a piece a known name of several words stands that is not the whole of it."""
    for at in range(len(piece)):
        count = _known_at(text, piece, at)
        if count:
            rest = piece[:at] + piece[at + count :]
            if not any(
                w.text in heads("organisation") or w.text in heads("placehead") for w in rest
            ):
                return at, at + count
    return None


def _read_one(reader: _Reader, piece: Piece, *, initial: bool) -> Iterator[Candidate]:
    word = piece[0].text
    if len(word) < 2 or word in demonyms() or word in not_names("calendar"):
        return
    if _is_plain_word(word):
        # Only where an article has a person of that last name (Park, Bar, King) is it one.
        yield reader.made(piece, (0.0, 0.0, 0.0), "shape", initial=initial, other=4.0)
        return
    if "-" in word and _HYPHENATED.fullmatch(word):
        parts = _hyphen_parts(piece[0])
        if parts is None:
            return
        if parts:
            for part in parts:
                yield _known_candidate(reader, [part], initial=False)
            return
    if _ACRONYM.match(word):
        yield reader.made(piece, (0.0, 1.3, 0.3), "acronym", initial=initial)
    elif word in given_names():
        yield reader.made(piece, (0.9, 0.0, 0.0), "given-name", initial=initial)
    elif word in first_surnames():
        yield reader.made(piece, (0.6, 0.0, 0.0), "shape", initial=initial)
    elif _ARABIC.match(word):
        yield reader.made(piece, (0.6, 0.1, 0.3), "shape", initial=initial)
    else:
        other = 0.8 if _is_common(word) else 0.0
        yield reader.made(piece, (0.4, 0.35, 0.3), "shape", initial=initial, other=other)


def _is_common(word: str) -> bool:
    """Whether a word is built like an ordinary one, and is no given name (Hillary)."""
    return _COMMON.match(word) is not None and word not in given_names()


def _is_plain_word(word: str) -> bool:
    return (
        word in not_names("not")
        or word in titles()
        or word in qualifiers()
        or (word in not_names("starter") and word not in given_names())
        or any(word in heads(kind) for kind in ("event", "organisation", "adjective", "placehead"))
    )


def _hyphen_parts(word: Word) -> list[Word] | None:
    """The places of "China-Japan"; None for no name at all ("Sino-Indian"), [] for one name."""
    left, right = word.text.split("-", 1)
    parts = []
    at = word.start
    for part in (left, right):
        known = known_of(part)
        if known and known.kind == "place" and known.weight >= 2:
            parts.append(Word(at, at + len(part), part, ""))
        at += len(part) + 1
    if len(parts) == 2:
        return parts
    if left in demonyms() or right in demonyms() or left in not_names("not"):
        return None
    return []


def _headed(reader: _Reader, piece: Piece, *, initial: bool) -> list[Candidate] | None:
    """A piece whose words say what it is: Ministry of Trade, Omron Corp, Lake Chad, World Cup."""
    of = next((index for index, word in enumerate(piece) if word.join in ("of", "for")), 0)
    front = piece[:of] if of else piece
    head = front[-1].text
    if head in heads("event"):
        return [reader.made(piece, (0.0, 0.0, 0.0), "event", initial=initial, other=3.0)]
    votes: Votes | None
    if of and head in ("Center", "Centre", "House"):
        votes = (0.0, 2.5, 0.0)
    elif of and head in heads("placeof") and head not in heads("organisation"):
        votes = (0.0, 0.0, 2.5)
    else:
        votes = _votes_of_head(head, [word.text for word in front[:-1]])
        if of and head not in heads("organisation"):
            votes = None
        elif not votes and not of:
            votes = _votes_of_first(piece)
    return [reader.made(piece, votes, "head-word", initial=initial)] if votes else None


def _votes_of_head(head: str, rest: list[str]) -> Votes | None:
    if head in heads("organisation") and head not in given_names():
        if head == "Municipality" and len(rest) == 1 and _is_sure_place(rest[0]):
            return (0.0, 0.5, 2.5)
        vague = bool(rest) and all(_is_plain(word) for word in rest)
        return (0.0, 1.6 if vague else 2.8, 0.0)
    if head in heads("placehead"):
        person = bool(rest) and rest[0] in given_names()
        return (1.2, 0.2, 1.8) if person else (0.0, 0.2, 2.5)
    return None


def _is_sure_place(word: str) -> bool:
    known = known_of(word)
    return known is not None and known.kind == "place" and known.weight >= 2


def _votes_of_first(piece: Piece) -> Votes | None:
    first = piece[0].text
    if len(piece) == 1 or first not in heads("placefirst") or first in given_names():
        return None
    if first in heads("placefirst-sure"):
        return (0.2, 0.0, 1.6)
    after = known_of(piece[1].text)
    return (0.0, 0.0, 2.5) if after and after.kind == "place" else None


def _is_plain(word: str) -> bool:
    return word in demonyms() or word in not_names("not")


def _title_cut(piece: Piece) -> tuple[int, int] | None:
    """Where the titles of a piece begin and end. A name may follow them."""
    at = next((i for i, word in enumerate(piece) if word.text in titles()), -1)
    if at < 0 and piece[0].text in role_words():
        at = 0
    if at < 0:
        return None
    low = at
    while low and piece[low].join == "plain" and piece[low - 1].text in qualifiers():
        low -= 1
    high = at + 1
    while high < len(piece) and (
        piece[high].text in titles()
        or piece[high].text in qualifiers()
        or (piece[high].join in ("of", "and", "for") and piece[high].text in heads("adjective"))
    ):
        high += 1
    return low, high


def _read_titled(reader: _Reader, piece: Piece, titled: tuple[int, int]) -> Iterator[Candidate]:
    low, high = titled
    before, name = piece[:low], piece[high:]
    if before:
        yield from _read(reader, before, initial=False)
    if not name:
        return
    headed = _headed(reader, piece[low:], initial=False)
    if headed:
        yield from headed
        return
    if known_of(reader.text[name[0].start : name[-1].end]) or _headed(reader, name, initial=False):
        yield from _read(reader, name, initial=False)
        return
    if name[0].join == "of" or name[0].text in demonyms():
        yield from _read(reader, name, initial=False)
        return
    strong = piece[high - 1].text in words_of("names_titles.txt", "mister")
    last = len(name)
    while last > 1 and name[last - 1].text in not_names("not"):
        last -= 1
    inner = (3.0 if strong else 2.0, 0.0, 0.0)
    yield reader.made(name[:last], inner, "title")


def _votes_of_words(piece: Piece) -> tuple[Votes, str]:
    """Weigh the words of a name of several words that no list knows."""
    words = [word.text for word in piece]
    person, organisation, place = 0.6, 0.3, 0.1
    rule = "shape"
    plain = sum(word in heads("adjective") or _is_common(word) for word in words)
    if words[0] in given_names() and len(words) <= 5:
        person, rule = person + (2.2 if not plain else 0.8), "given-name"
    elif any(_INITIALS.match(word) for word in words[:2]):
        person, rule = person + 1.6, "initials"
    elif words[0] in first_surnames() and len(words) <= 3 and not plain:
        person, rule = person + 1.4, "surname-first"
    elif any(word in given_names() for word in words[1:]) and not plain:
        person += 1.0
    if any(_ARABIC.match(word) for word in words[1:]) or any(
        word.join == "small" for word in piece[1:]
    ):
        person += 0.8
    if plain:
        organisation += 0.7 * plain
        person -= 0.7 * plain
    if any(word in not_names("starter") and word not in given_names() for word in words):
        person = 0.0  # a title of a work or a headline: "We Will Rock You"
    known = known_of(words[-1])
    if known and known.kind == "place" and known.weight >= 3:
        organisation += 1.2
        person -= 0.8
    known = known_of(words[0])
    if known and known.weight >= 3:
        organisation += 0.8 if known.kind == "place" else 1.5
        person -= 0.8
    if any(_ACRONYM.match(word) for word in words):
        organisation += 1.0
        person -= 0.5
    return (max(person, 0.0), organisation, place), rule
