"""Lists of other stories: the lines that head them, their items, and single pointers to a story."""

import re
from functools import cache
from typing import Literal, cast

from newsgen.wordlists import lines_of

HeadingKind = Literal["stories", "pictures", "link", "furniture"]

_AROUND = re.compile(r"^[\s#*_\-–—•>»›|:：…+\[]+|(?:[\s#*_:：…>»›→|\]]|\.{3})+$")
_BULLET = re.compile(r"(?:[-*•·●▪■►▶»>+‣◦–—]|o(?= )|\(?\d{1,2}[.)])[ \t]+(?=\S)")
_NUMBER = re.compile(r"\d{1,2}[ \t]+(?=\S)")
_POINTER = re.compile(
    r"\[?(?P<name>(?:read|learn|see|know|find out) (?:more|also|next)|also (?:read|see)"
    r"|also on [\w ]{2,20}|more(?: on this)?|recommended(?: reading)?|must read|must watch|watch"
    r"|related(?: story| article| news| stories| coverage)?|trending|don't miss"
    r"|mehr zum thema|lesen sie auch|(?:à )?lire aussi|le[ae] también|ver también"
    r"|leia (?:também|mais)|veja também|leggi anche|lees ook|läs (?:också|även)|les også|læs også"
    r"|lue myös|читайте также|читайте по теме|czytaj (?:także|też|również)|zobacz (?:także|też)"
    r"|baca juga|相关阅读|相关新闻|延伸阅读|関連記事)"
    r"[ \t]*(?:[:：|»]|(?<=[a-z]) >)[ \t]*(?P<title>\S.{7,250}?)\]?",
    re.IGNORECASE,
)
_LINK_BEHIND = re.compile(r"(?P<title>\S.{14,220}?)[ \t|–-]+(?:Read more|READ MORE)")
_BRACKETED = re.compile(r"\[[ \t]*(?P<title>(?:[^\[\]\s]+\s){3}[^\[\]]{2,180}?[^\[\].\s])[ \t]*\]")
_ENDS = frozenset(".!?。！？…؟।")
_CLOSING = "\"'”’»)]）」』"
_LONGEST_TITLE = 160
_LONGEST_POINTER = 300


def heading_of(line: str) -> tuple[HeadingKind, str] | None:
    """The kind and the plain words of a line that heads a list or is furniture of the page."""
    if len(line) > 60:
        return None
    name = _AROUND.sub("", line)
    kind = heading_phrases().get(name.casefold().replace("’", "'"))
    return None if kind is None else (kind, name)


@cache
def heading_phrases() -> dict[str, HeadingKind]:
    """Every known phrase in lower case, with its kind."""
    phrases: dict[str, HeadingKind] = {}
    kind = "stories"
    for line in lines_of("headings.txt"):
        if line.startswith("["):
            kind = line.strip("[]")
        else:
            phrases[line] = cast(HeadingKind, kind)
    return phrases


def list_item(line: str, *, numbered: bool = True) -> str | None:
    """The words behind a bullet or a number, None if the line begins with neither."""
    found = _BULLET.match(line) or (_NUMBER.match(line) if numbered else None)
    return line[found.end() :].strip() if found else None


def story_mentioned(line: str) -> tuple[str, str] | None:
    """The headline of another story that a line points to ("READ MORE: …"), and with what words."""
    if len(line) > _LONGEST_POINTER:
        return None
    pointing = ":" in line or ">" in line or "|" in line or "：" in line or "»" in line
    if pointing and (found := _POINTER.fullmatch(line)):
        return found["title"].strip(), found["name"]
    # The pattern takes 2 us for a paragraph, its end 0.1 us.
    behind = line.endswith(("Read more", "READ MORE")) and _LINK_BEHIND.fullmatch(line)
    if (found := behind or None) and not is_sentence(found["title"]):
        return found["title"].strip(), "Read more"
    if line[:1] == "[" and (found := _BRACKETED.fullmatch(line)) and "/" not in line:
        return found["title"].strip(), "Related"
    return None


def is_sentence(line: str) -> bool:
    """Whether a line reads as running text: too long for a title, or a sentence with its end."""
    if len(line) > _LONGEST_TITLE:
        return True
    return ends_sentence(line) and line[-1] not in "?…" and line.count(" ") >= 5


def ends_sentence(line: str) -> bool:
    """Whether a line ends as a sentence does."""
    return line.removesuffix("\n").rstrip(_CLOSING)[-1:] in _ENDS
