"""Read the office that stands beside a person's name, as the article gives it."""

from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from newsgen.language.cues import cues_of, offices
from newsgen.language.grammar import PREPOSITIONS
from newsgen.language.tokens import Sentence, Token

_LONGEST = 40  # tokens of an apposition
_LEAD = 8  # its office stands among its first words
_STOPS = frozenset(
    ("who", "whose", "which", "and", "but", "when", "where", "while", "said", "told")
)
_DETERMINERS = frozenset(
    "a an the his her their el la los las un una le les une der die das ein eine".split()
)
_OPENERS = frozenset("who is was now then also currently".split())  # "who is the owner of"
_SHORT_TITLES = frozenset("sen rep gov gen col lt sgt capt adm prof judge justice".split())


class Role(NamedTuple):
    """The place of a role in the reading text and the nouns of office in it."""

    start: int
    end: int
    offices: tuple[str, ...]


def role_of(
    tokens: Sequence[Token], sentence: Sentence, run: tuple[int, int], name_start: int
) -> Role | None:
    """ "Name, president of the JCCIC," or "campaign manager Name"; None where neither stands."""
    return (
        _behind(tokens, sentence, run[1])
        or _before(tokens, sentence, run[0], name_start)
        or _apposed(tokens, sentence, run[0])
    )


def is_described(tokens: Sequence[Token], sentence: Sentence, run: tuple[int, int]) -> bool:
    """ "Name, 29," "Name, a nurse," "Name, who", "nurse Name": words that only people have."""
    first, last = run
    if first > sentence.first and _office(tokens[first - 1].text):
        return True
    if last + 1 >= sentence.last or tokens[last].text != ",":
        return False
    word = tokens[last + 1].text.lower()
    if word.isdigit():
        return last + 2 < sentence.last and tokens[last + 2].text == "," and int(word[:4]) < 120
    if word in ("who", "whose") or _office(word):
        return True
    lead = [token.text.lower() for token in tokens[last + 1 : min(last + 7, sentence.last)]]
    return word in ("a", "an", "the", "his", "her") and any(
        _office(one) for one in takewhile(lambda one: one[0].isalnum() and one != "of", lead[1:])
    )


def _apposed(tokens: Sequence[Token], sentence: Sentence, place: int) -> Role | None:
    """ "The mayor, Ana Lopez": the office first, the name behind a comma."""
    last = place - 2
    if last <= sentence.first or tokens[place - 1].text != "," or not _office(tokens[last].text):
        return None
    for first in range(last - 1, max(sentence.first, last - _LEAD) - 1, -1):
        word = tokens[first].text.lower()
        if word in _DETERMINERS:
            return Role(tokens[first + 1].start, tokens[last].end, (tokens[last].text,))
        if not word[0].isalpha() or word in PREPOSITIONS or word in _STOPS:
            return None
    return None


def _behind(tokens: Sequence[Token], sentence: Sentence, place: int) -> Role | None:
    if place >= sentence.last - 1 or tokens[place].text != ",":
        return None
    first = place + 1
    if tokens[first].text.isdigit() and first + 1 < sentence.last and tokens[first + 1].text == ",":
        first += 2  # an age
    while first < sentence.last - 1 and tokens[first].text.lower() in _OPENERS:
        first += 1
    depth = 0
    last = first
    while last < sentence.last and last - first < _LONGEST:
        token = tokens[last]
        if token.text in "([":
            depth += 1
        elif token.text in ")]":
            depth -= 1
        elif depth == 0 and (token.text in (",", ";", "—", "–", "--", ".") or token.quoted):
            break
        last += 1
    else:
        return None
    lead = []
    for token in tokens[first : min(first + _LEAD, last)]:
        word = token.text.lower()
        if word in PREPOSITIONS or word in _STOPS:
            break
        lead.append(word)
    nouns = tuple(word for word in lead if _office(word))
    if not nouns:
        return None
    if lead[0] in _DETERMINERS and len(lead) > 1:
        first += 1
    if any(token.text in cues_of("en").speech for token in tokens[first:last]):
        return None
    return Role(tokens[first].start, tokens[last - 1].end, nouns)


def _before(
    tokens: Sequence[Token], sentence: Sentence, place: int, name_start: int
) -> Role | None:
    first = place
    titles = [token for token in tokens[place : place + 8] if token.end <= name_start]
    nouns = [t.text.lower() for t in titles if _office(t.text.lower())]
    title = any(t.text.lower().rstrip(".") in _SHORT_TITLES for t in titles)
    while first > sentence.first and place - first < 5:
        word = tokens[first - 1].text
        low = word.lower()
        if not word[0].isalpha() or low in PREPOSITIONS or low in _DETERMINERS or low in _STOPS:
            break
        if first == place and not titles and not _office(low):
            break
        if word[0].islower() and not _office(low) and first == place:
            break
        if _office(low):
            nouns.append(low)
        first -= 1
    if not nouns and not title:
        return None
    end = titles[-1].end if titles else tokens[place - 1].end
    while tokens[first].end < name_start and tokens[first].text.lower() in _DETERMINERS:
        first += 1
    start = tokens[first].start
    return Role(start, end, tuple(nouns)) if start < end else None


def _office(word: str) -> bool:
    roles = offices().roles
    return word in roles or (word.startswith(("ex-", "co-")) and word[3:] in roles)
