"""Cut the frame of a paragraph, quotes blanked out, into tokens and sentences."""

import re
from collections.abc import Sequence
from typing import NamedTuple

QUOTED = "\x01"  # stands for every character between quotation marks

_UPPER = "".join(c for c in map(chr, range(0x41, 0x530)) if c.isupper())
_ABBREVIATED = (
    "Mr|Mrs|Ms|Mx|Dr|Prof|Sen|Sens|Rep|Reps|Gov|Gen|Col|Lt|Sgt|Capt|Adm|Cpl|Maj|Cmdr|Rev|Fr|Sr|Jr|"
    "Hon|St|Ste|Mt|Ft|Co|Corp|Inc|Ltd|Bros|No|vs|etc|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|"
    "Dec|Calif|Ala|Ariz|Ark|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|Mont|"
    "Neb|Nev|Okla|Ore|Pa|Tenn|Tex|Va|Vt|Wash|Wis|Wyo|Ph|Sra|Mme|Mlle"
)
_TOKEN = re.compile(
    rf"{QUOTED}+"
    r"|(?:[^\W\d_]\.){2,}(?:['’]s)?"  # U.S., R.I.'s
    rf"|(?:{_ABBREVIATED})\.(?=\W)"
    rf"|[{_UPPER}]\.(?=\s+[{_UPPER}]|[{_UPPER}])"  # an initial
    r"|[@#]?[^\W_](?:[\w&]|[’'‘.\-‑/](?=\w))*[’'](?=\s+[a-z])"  # a possessive plural: Democrats'
    r"|[@#]?[^\W_](?:[\w&]|[’'‘.\-‑/](?=\w))*"
    r"|--+|\.\.\.+|[^\w\s]"
)
_ENDERS = frozenset((".", "!", "?", "…", "...", "....", "。", "！", "？"))
_LONGEST = 300  # tokens: what never ends is no sentence, and the work on one stays bounded
_CLOSERS = frozenset("\"'”’)]»」』")


class Token(NamedTuple):
    """A word, a mark or a whole quote, with its place in the reading text."""

    start: int
    end: int
    text: str

    @property
    def quoted(self) -> bool:
        return self.text[0] == QUOTED

    @property
    def possessive(self) -> bool:
        return self.text[-2:] in ("'s", "’s") or self.text[-1] in "'’"

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


class Sentence(NamedTuple):
    """Tokens `first` up to `last` (left out) of a paragraph."""

    first: int
    last: int


def frame_of(text: str, start: int, end: int, quotes: Sequence[tuple[int, int]]) -> str:
    """The text of a paragraph with its quotes (marks and all) blanked out, equally long."""
    parts: list[str] = []
    place = start
    for first, last in quotes:
        first, last = max(first, place), min(last, end)
        if first >= last:
            continue
        parts += (text[place:first], QUOTED * (last - first))
        place = last
    parts.append(text[place:end])
    return "".join(parts)


def tokens_of(frame: str, offset: int) -> list[Token]:
    """The tokens of a frame that begins at `offset` of the reading text."""
    return [Token(m.start() + offset, m.end() + offset, m[0]) for m in _TOKEN.finditer(frame)]


def sentences_of(text: str, tokens: Sequence[Token]) -> list[Sentence]:
    """Cut tokens into sentences. A quote that ends in a full stop ends its sentence too."""
    found: list[Sentence] = []
    first = 0
    count = len(tokens)
    index = 0
    while index < count:
        token = tokens[index]
        following = index + 1
        ends = False
        if token.text in _ENDERS:
            while following < count and tokens[following].text in _CLOSERS:
                following += 1
            ends = following >= count or _begins(tokens[following])
        elif token.quoted and following < count and tokens[following].start > token.end:
            last = _last_letter(text, token)
            follower = tokens[following]
            ends = (last == "." and _begins(follower) and follower.text[0] not in "—–-") or (
                last in "?!…" and follower.quoted
            )
        if ends or following - first >= _LONGEST:
            found.append(Sentence(first, following))
            first = following
        index = following
    if first < count:
        found.append(Sentence(first, count))
    return found


def _begins(token: Token) -> bool:
    head = token.text[0]
    return (
        token.quoted
        or head.isupper()
        or head.isdigit()
        or head in "“\"'‘([—–-«„"
        or head > "\u2e7f"
    )


def _last_letter(text: str, token: Token) -> str:
    place = token.end - 1
    while place > token.start and text[place] in "\"'“”„»«’)]」』 ":
        place -= 1
    return text[place]
