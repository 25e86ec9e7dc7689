"""Datelines: the place, day and agency that open a report ("BEIJING, Feb. 18 (Xinhua) --")."""

import re
from typing import NamedTuple

from newsgen.language.outlets import find_outlet
from newsgen.language.written_dates import month_of
from newsgen.model import Span
from newsgen.names.gazetteer import known_of


class Dateline(NamedTuple):
    """A dateline as printed, without the dash behind it, and the agency it names."""

    span: Span
    agency: Span | None
    confidence: float


# `[ \t]` and never `\s`: "Related Stories" above a list item "- Chinese FM …" is no dateline.
_AGENCY = r"[ \t]*\([ \t]*(?P<agency>[^()\n]{2,40}?)[ \t]*\)"
_DAY = (
    r",?[ \t](?:(?P<month>[^\W\d_]{3,9})\.?[ \t]\d{1,2}(?:,?[ \t]\d{4})?"
    r"|\d{1,2}\.?[ \t](?:de[ \t])?(?P<month2>[^\W\d_]{3,9})\.?(?:[ \t](?:de[ \t])?\d{4})?)"
)
_DASH = r"(?:[ \t]*(?:--|[-–—―_])(?=[ \t“\"'‘A-ZÀ-Þ\d])|[ \t]*\.[-–—])"
_CAPITALS = r"[A-ZÀ-ÞА-ЯЁ][A-ZÀ-ÞА-ЯЁ.'’-]+(?:[ /-][A-ZÀ-ÞА-ЯЁ][A-ZÀ-ÞА-ЯЁ.'’-]*){0,4}"
_TITLED = (
    r"[^\W\d_a-z][\w.'’-]*"
    r"(?:(?:[ /]|[,،][ ])(?:(?:de|la|del|el|am|an|der)[ ])?[^\W\d_a-z][\w.'’-]*){0,4}?"
)
_REGION = r"(?:,[ \t][A-Z][\w.]+(?:[ \t][A-Z][\w.]+){0,2})?"

# Each with how sure it is. The place in capitals may stand before any agency, the place in normal
# spelling only before one that is known.
_FORMS: tuple[tuple[re.Pattern[str], float], ...] = tuple(
    (re.compile(rf"[ \t]*(?P<words>{pattern}"), confidence)
    for pattern, confidence in (
        # BEIJING, Feb. 18 (Xinhua) --    ROME, February 6, 2018 (LifeSiteNews) –
        (rf"{_CAPITALS}{_REGION}{_DAY},?{_AGENCY})(?:{_DASH}|[ \t])", 0.98),
        # МОСКВА, 18 ноября. /ТАСС/.    МОСКВА, 18 ноя — РИА Новости.
        (
            rf"{_CAPITALS}{_DAY}\.?(?:[ \t]/(?P<agency>[^/\n]{{2,20}})/"
            rf"|[ \t][—–-][ \t](?P<agency2>[^.\n]{{3,20}})))\.",
            0.95,
        ),
        # PORTLAND, Ore., Feb 26 -
        (rf"{_CAPITALS}{_REGION}{_DAY}),?{_DASH}", 0.95),
        # TAIPEI, Taiwan (AP) —
        (rf"{_CAPITALS}{_REGION}{_AGENCY}){_DASH}", 0.95),
        # Washington (CNN) --    Berlin/Kiew (dpa) -    Madrid, 18 feb (EFE).-
        (rf"{_TITLED}(?:{_DAY})?{_AGENCY}){_DASH}", 0.9),
        # (ANSA) - ROMA, 18 NOV -
        (rf"\([ \t]*(?P<agency>[A-Z]{{3,8}})[ \t]*\)[ \t]-[ \t]{_CAPITALS}{_DAY})[ \t]-", 0.95),
        # 新华社北京2月18日电
        (
            r"(?P<agency>[\u4e00-\u9fff]{2,3}[社网]|本报)[\u4e00-\u9fff]{2,8}?"
            r"(?:\d{1,2}月)?\d{1,2}日[电電讯訊])",
            0.95,
        ),
    )
)
# BUDAPEST -    YUMA, Ariz. –    NEW DELHI:    Only as the very first words of a body. A shouted
# label ("WATCH -", "MIGRATION –", a speaker's name) looks the same: the place must be a known one.
_BARE = re.compile(
    rf"[ \t]*(?P<words>(?P<place>{_CAPITALS}){_REGION})(?:{_DASH}|:(?=[ \t]))[ \t]*"
    r"(?=[“\"'‘A-ZÀ-Þ])"
)
_SMALL = frozenset({"De", "Do", "Da", "Dos", "Del", "Di"})
_SIGN = re.compile(r"[-–—―_(/:]|日[电電讯訊]")
_REACH = 140  # characters from the beginning of a paragraph in which a dateline ends


def find_dateline(text: str, start: int, end: int, *, opening: bool) -> Dateline | None:
    """Find the dateline that begins a paragraph; a place alone counts in the opening only."""
    end = min(end, start + _REACH)
    if not _SIGN.search(text, start, end):
        return None
    for form, confidence in _FORMS:
        if (match := form.match(text, start, end)) and _is_sound(match, confidence):
            named = match.groupdict()
            group = next((name for name in ("agency", "agency2") if named.get(name)), None)
            agency = Span(*match.span(group)) if group else None
            return Dateline(Span(*match.span("words")), agency, confidence)
    match = _BARE.match(text, start, end) if opening else None
    if match and _is_known(match["place"]):
        return Dateline(Span(*match.span("words")), None, 0.9)
    return None


def _is_known(place: str) -> bool:
    words = [word.capitalize() for word in place.split("/")[0].split(" ")]
    spelled = " ".join(word.lower() if word in _SMALL else word for word in words)
    return any(
        (known := known_of(form)) is not None and known.weight >= 1 for form in (spelled, place)
    )


def _is_sound(match: re.Match[str], confidence: float) -> bool:
    """Whether the day has a month's name, and the agency may be one."""
    named = match.groupdict()
    month = named.get("month") or named.get("month2")
    if month and not month_of(month):
        return False
    agency = named.get("agency")
    if agency and any(char.isdigit() for char in agency):
        return False
    # Behind a dash or a place in normal spelling, only a known name is sure to be an agency.
    doubtful = named.get("agency2") or (agency if confidence == 0.9 else None)
    return doubtful is None or find_outlet(doubtful) is not None
