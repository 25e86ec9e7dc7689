"""Runs of capital words: where names can stand, and how the words of a run hang together."""

import re
from collections.abc import Iterator
from typing import NamedTuple

# The capitals of the Latin script with all their accents (Python's `re` has no class for them).
_UPPER = "".join(
    chr(code)
    for low, high in ((0x41, 0x5B), (0xC0, 0x250), (0x1E00, 0x1F00))
    for code in range(low, high)
    if chr(code).isupper()
)
_PREFIX = r"(?:[Aa]l|[Ee]l|as|ad|an|ar|ash|at|az|ul|ur)[-‑]"  # al-Sisi: its first letter is small
_BEHIND = (  # what may hang on a name without being of it: "UK-based"
    "based|led|backed|born|style|funded|owned|listed|wide|run|held|occupied|controlled|linked|made|"
    "bound|trained|educated|sponsored|affiliated|aligned|brokered|registered|headquartered|era|"
    "friendly|allied|supported|related|like|type|built|produced|dominated|administered|supplied|"
    "area|to|and|the|on|of|for|at|is|was|who|which|a|an"
)
_WORD = re.compile(
    rf"(?<![\w@#/.\-])(?:"
    rf"(?:[{_UPPER}]\.[ ]?)+[{_UPPER}]\.(?![{_UPPER}a-z])"  # U.S., J. K., D.C.
    rf"|(?:[{_UPPER}]\.)+[{_UPPER}]\w+(?:-\w+)*"  # S.Amarsaikhan
    rf"|[{_UPPER}]\.(?=\s[{_UPPER}])"  # the J. of "Donald J. Trump"
    r"|(?:Mr|Mrs|Ms|Dr|St|Prof|Gen|Sen|Rep|Gov|Lt|Col|Capt|Sgt|Maj|Rev|Hon|Mt|Adv|Fr|Engr|Brig|Adm)"
    rf"\.(?=\s[{_UPPER}])"
    r"|(?:Co|Corp|Inc|Ltd|Bros|Jr|Sr|Bhd|Pvt|Pte)\.(?=[,\s)]*[a-z(,'’]|\s[A-Z][a-z]+\.)"
    rf"|(?:{_PREFIX})?(?:d['’]|[DOLN]['’])?[{_UPPER}]\w*(?:[&+][{_UPPER}]\w*)*"
    rf"(?:(?:['’](?!s\b)|-(?!(?:{_BEHIND})\b))\w+)*\+?"
    r")(?![\w$])"  # US$ is money
)
_SKIPPED = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+\.\S+|(?<!\w)[@#]\w+|\b\w+\.(?:com|org|net|co\.\w\w|gov)\b\S*"
)
_LONGEST = 24  # words: a longer run is a list or shouting, and reading it must stay cheap
_SMALL = (  # the small words of personal names
    "al",
    "bin",
    "bint",
    "ibn",
    "ben",
    "abu",
    "van",
    "von",
    "der",
    "den",
    "ter",
    "ten",
    "de",
    "del",
    "della",
    "di",
    "da",
    "das",
    "do",
    "dos",
    "du",
    "la",
    "las",
    "le",
    "los",
    "av",
    "af",
    "y",
    "e",
    "ul",
    "i",
)
JOINS: dict[str, str] = {
    " ": "plain",
    "\n": "plain",
    "\r\n": "plain",
    " & ": "and",
    " and ": "and",
    " and the ": "and",
    " of ": "of",
    " of the ": "of",
    " for ": "for",
    " for the ": "for",
    " on ": "for",
    " on the ": "for",
    " against ": "for",
    " to ": "to",
    " in ": "to",
    ", ": "comma",
    "'s ": "own",
    "’s ": "own",
    **{f" {one} ": "small" for one in _SMALL},
    **{f" {one} {two} ": "small" for one in ("de", "van", "von", "bin") for two in _SMALL},
}


class Word(NamedTuple):
    """A capital word of a run with how it hangs on the word before it ("" for the first)."""

    start: int
    end: int
    text: str
    join: str


def find_runs(text: str, start: int, end: int) -> Iterator[list[Word]]:
    """The runs of capital words in a stretch of text, in order. Addresses and handles have none."""
    run: list[Word] = []
    for found in _WORD.finditer(_without_addresses(text, start, end)):
        word_start, word_end = start + found.start(), start + found.end()
        join = JOINS.get(text[run[-1].end : word_start], "") if run else ""
        if run and (not join or len(run) == _LONGEST):
            join = ""
            yield run
            run = []
        run.append(Word(word_start, word_end, found.group(), join))
    if run:
        yield run


def _without_addresses(text: str, start: int, end: int) -> str:
    part = text[start:end]
    if not (
        "@" in part
        or "#" in part
        or ".co" in part
        or "www" in part
        or "://" in part
        or ".org" in part
        or ".net" in part
        or ".gov" in part
    ):
        return part
    return _SKIPPED.sub(lambda found: "." * len(found.group()), part)


def starts_sentence(text: str, place: int, floor: int) -> bool:
    """Whether the word at `place` is the first of a sentence: its capital then says nothing."""
    before = text[max(floor, place - 6) : place].rstrip(" \t\n\r\"'“”‘’«»„([*•-–—")
    return (not before and place - floor <= 6) or before[-1:] in ".!?:…;"
