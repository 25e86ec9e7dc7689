"""Dates as people and machines write them, read into EDTF: strictly, or not at all."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import NamedTuple

from newsgen.model import Span
from newsgen.wordlists import lines_of

_CLOCK = (
    r"(?P<hour>\d{1,2})(?::|h|\.(?=\d\d[ ]Uhr)|(?=\d\d[ ]GMT))(?P<minute>\d\d)"
    r"(?::(?P<second>\d\d)(?:[.,:]\d+)*)?(?:[ ]?(?P<half>[AaPp]\.?[Mm]\b\.?))?"
    r"(?:[ ]?(?P<zone>Z\b|UTC|GMT|[+-]\d\d:?\d\d\b|[A-Z]{2,4}\b))?"
)
_BEFORE = re.compile(
    r"(?<![\d:])" + _CLOCK + r"(?:[ ]\(\d{4}[ ][A-Z]{3}\))?"
    r"[\s,|·]*(?:on\s+)?(?:[^\W\d_]{3,10}\.?,[ ])?$"
)
_AFTER = re.compile(r"(?:T|[\s,|·@-]*(?:at\s+|um\s+|a las\s+|à\s+)?)" + _CLOCK + r"(?!\d)")
_YEAR = r"(?P<year>\d{4})"
_DAY = r"(?P<day>\d{1,2})"
_NTH = _DAY + r"(?:st|nd|rd|th|er|º|\.)?"
_NUMBER = r"(?P<month>\d{1,2})"
# A month's name is any word here: the table decides. Levantine names of months are two words.
_NAME = r"(?P<month>[^\W\d_]{3,14}(?:[ ](?:الأول|الثاني))?)\.?"

# The order matters where one form is a part of another. `\d` and int() know the digits of all
# scripts, so Arabic-Indic and full-width numbers need no pattern of their own.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("ymd", rf"(?<![\d/.-]){_YEAR}([-/.]){_NUMBER}\2{_DAY}(?!\d)"),
        ("ymd", rf"(?<!\d){_YEAR}[ ]?[年년][ ]?{_NUMBER}[ ]?[月월](?:[ ]?{_DAY}[ ]?[日号號일])?"),
        ("ymd", rf"(?<!\w)(?:ngày[ ])?{_DAY}[ ]tháng[ ]{_NUMBER}(?:[ ]năm|,)[ ]{_YEAR}"),
        ("named", rf"(?<!\w){_NAME}\s{{0,2}}{_NTH}[,،]?\s{{0,2}}{_YEAR}(?!\d)"),
        (
            "named",
            rf"(?<![\w/.:-]){_NTH}(?:[\s-]{{1,3}}|/)(?:(?:de|of)\s)?{_NAME}"
            rf"(?:[,،]?\s{{1,2}}|-|/)(?:(?:de|del)\s)?{_YEAR}(?!\d)",
        ),
        ("named", rf"(?<!\w){_YEAR}\.?\s{_NAME}\s{_DAY}\b"),
        ("numeric", rf"(?<![\d/.-]){_DAY}([./-])[ ]?{_NUMBER}\2[ ]?{_YEAR}(?!\d)"),
        ("named", rf"(?<!\w){_NAME}(?:\sde|,)?\s{_YEAR}(?![\d:])"),
    )
)
# "date: 2024-05-03": all the patterns above find the same in it, in 20 us.
_LABELLED_DAY = re.compile(r"(?:[a-z]+: )?([0-9]{4})-([0-9]{2})-([0-9]{2})")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z|[+-]\d\d:?\d\d)?)?")
_EPOCH = re.compile(r"(\d{10})(?:\d{3})?")
_LONGEST = 100  # characters of a date with its weekday, clock and label
# What may stand around a date that is given as such: a label, a weekday, an unknown zone.
_LABEL = re.compile(
    r"(?:[^\W\d_]+(?:[ ][^\W\d_]+)?\s?:\s*)?(?:on\s+)?"
    r"(?:[^\W\d_]{2,13}(?:-feira)?[,.]+\s*|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\s+)?",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s*(?:[A-Z]{1,4}|г\.?|года|р\.?|року|Uhr|h|\([^\d]*\))?[\s.,|]*")

# Abbreviations that name one zone only: "CST", "BST" and "IST" each name several, so they do not.
_ZONES = {
    "Z": "Z", "UTC": "Z", "GMT": "Z", "EST": "-05:00", "EDT": "-04:00", "PST": "-08:00",
    "PDT": "-07:00", "CET": "+01:00", "CEST": "+02:00", "JST": "+09:00", "KST": "+09:00",
    "HKT": "+08:00",
}  # fmt: skip


class Found(NamedTuple):
    """A date in a text: where it stands, and its EDTF value."""

    span: Span
    value: str


def read_date(written: str, language: str | None = None) -> str | None:
    """Read a whole string as one date ("Nov. 5, 2025", "20251105", epoch seconds) into EDTF."""
    words = written.strip()
    if len(words) > _LONGEST:
        return None
    if (day := _LABELLED_DAY.fullmatch(words)) and (value := day_of(*day.groups())):
        return value
    if parts := _COMPACT.fullmatch(words):
        return _moment(parts, *parts.groups()[:3])
    if epoch := _EPOCH.fullmatch(words):
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(epoch[1]))
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    if re.fullmatch(r"\d{4}(-\d\d)?", words):
        year, _, month = words.partition("-")
        return day_of(year, month or None, None)
    found = list(find_dates(words, language))
    if len(found) != 1:
        return None
    span, value = found[0]
    clean = _LABEL.fullmatch(words[: span.start]) and _TAIL.fullmatch(words[span.end :])
    return value if clean else None


def find_dates(text: str, language: str | None = None) -> Iterator[Found]:
    """Find the dates in a short text, in order, each with its clock time where a zone is stated."""
    if (day := _LABELLED_DAY.fullmatch(text)) and (value := day_of(*day.groups())):
        yield Found(Span(day.start(1), day.end()), value)
        return
    taken = 0
    for start, end, value in sorted(_matches(text, language)):
        if start >= taken:
            span, moment = _with_clock(text, Span(start, end), value)
            taken = span.end
            yield Found(span, moment)


def _matches(text: str, language: str | None) -> Iterator[tuple[int, int, str]]:
    covered: list[tuple[int, int]] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in covered):
                continue
            value = _value(kind, match, language)
            if value:
                yield *match.span(), value
            if value or kind != "named" or month_of(match["month"]):
                covered.append(match.span())  # 31 February is no date, and no month either


def _value(kind: str, match: re.Match[str], language: str | None) -> str | None:
    parts = match.groupdict()
    day, month = parts.get("day"), parts["month"]
    if kind == "named":
        return day_of(parts["year"], month_of(month), day)
    if kind == "numeric" and day:
        day, month = _day_first(int(day), int(month), match[2], language)
    return day_of(parts["year"], month, day) if month else None


def _day_first(
    first: int, second: int, mark: str, language: str | None
) -> tuple[str | None, str | None]:
    """Tell day and month of 03/05/2024 apart; (None, None) where only its writer could."""
    region = (language or "")[3:]
    american = region == "US"
    if second > 12 and first <= 12:
        first, second = second, first
    elif first <= 12 and first != second and mark != ".":
        if american:
            first, second = second, first
        elif not language or (language[:2] == "en" and not region):
            return None, None
    return str(first), str(second)


def day_of(year: str, month: str | int | None, day: str | int | None) -> str | None:
    """An EDTF day, month or year; None for what no calendar has."""
    try:
        checked = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if not 1600 <= checked.year < 2200 or (day and not month):
        return None
    return checked.isoformat()[: 10 if day else 7 if month else 4]


def _moment(match: re.Match[str], year: str, month: str, day: str) -> str | None:
    value = day_of(year, month, day)
    hour, minute, second, zone = match.groups()[3:]
    offset = _offset(zone or "")
    if not value or not offset or int(hour) > 23 or int(minute) > 59 or int(second or 0) > 59:
        return value
    return f"{value}T{int(hour):02}:{int(minute):02}:{int(second or 0):02}{offset}"


def _with_clock(text: str, span: Span, value: str) -> tuple[Span, str]:
    """Widen a day to the clock time beside it; the time itself is kept where a zone is stated."""
    if len(value) < 10:
        return span, value
    clock = _AFTER.match(text, span.end)
    wide = Span(span.start, clock.end()) if clock else span
    if not clock and (clock := _BEFORE.search(text[max(0, span.start - 60) : span.start])):
        wide = Span(span.start - (len(clock.string) - clock.start()), span.end)
    time = _time(clock) if clock else None
    return wide, f"{value}T{time}" if time else value


def _time(clock: re.Match[str]) -> str | None:
    hour, minute, second = (int(clock[part] or 0) for part in ("hour", "minute", "second"))
    offset = _offset(clock["zone"] or "")
    if clock["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if clock["half"][0] in "pP" else 0)
    if not offset or hour > 23 or minute > 59 or second > 59:
        return None
    return f"{hour:02}:{minute:02}:{second:02}{offset}"


def _offset(zone: str) -> str | None:
    if zone[:1] in {"+", "-"}:
        hours, minutes = int(zone[1:3]), int(zone[-2:])
        if hours > 14 or minutes > 59:
            return None
        return f"{zone[0]}{hours:02}:{minutes:02}" if hours or minutes else "Z"
    return _ZONES.get(zone)


def month_of(word: str) -> int | None:
    """The number of the month that a word names in any of the languages known."""
    return _months().get(_month_key(word))


def _month_key(word: str) -> str:
    # Turkish capital dotted I folds to two characters.
    return word.casefold().replace("i\u0307", "i").replace(" ", "-")


@cache
def _months() -> dict[str, int]:
    table: dict[str, int] = {}
    for line in lines_of("words_months.txt"):
        number, _, words = line.partition(": ")
        table.update((_month_key(word), int(number)) for word in words.split())
    return table
