"""When an article was published: read from what its source states, as precisely as it states it.

Nothing is worked out from "on Wednesday" or from what is known about the world: an article whose
source does not say is undated.
"""

import re
from collections.abc import Iterator
from datetime import date

import msgspec

from newsgen.language.written_dates import Found, day_of, find_dates, month_of, read_date
from newsgen.model import Article, Inferred, Level, Line, Problem, Span

_UPDATED = re.compile(
    r"updated?|modified|edited|revised|corrected|actualizad[oa]|mis à jour|aktualisiert|"
    r"aggiornat[oa]|atualizad[oa]|обновлен|更新|diperbarui|güncelle",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"publi|posted|created|first|released|veröffentlicht|опубликован|发布|發布|diterbitkan|yayın",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"/(?P<year>(?:19|20)\d\d)(?:"
    r"/(?P<month>\d{1,2})/(?P<day>\d{1,2})(?=[/.?#-]|$)"
    r"|-(?P<month2>\d\d)-(?P<day2>\d\d)(?!\d)"
    r"|/?(?P<month3>\d\d)/?(?P<day3>\d\d)(?=/)"  # /2020/1118/ and /202011/18/ and /20201118/
    r"|/(?P<named>[a-z]{3})/(?P<day4>\d{1,2})(?=/)"
    r"|/(?P<month5>\d\d)(?=/[^/]*[a-z])"
    r")",
    re.IGNORECASE,
)
_ADDRESS_TAIL = re.compile(r"[-_/](?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)")
_DATELINE_DAY = re.compile(
    r"(?P<month>[^\W\d_]{3,10})\.?[ ](?P<day>\d{1,2})\b"
    r"|(?P<day2>\d{1,2})\.?[ ](?P<month2>[^\W\d_]{3,10})\b"
    r"|(?P<month3>\d{1,2})月(?P<day3>\d{1,2})日"
)
_RIGHTS_YEAR = re.compile(r"(?<![\d-])(?:19|20)\d\d(?![\d-])")
_YEARS = re.compile(r"(?:19|20)\d\d\s?[-–—/]\s?\d\d(?:\d\d)?(?!\d)")  # "2004-2019": proves neither
_LONGEST = 1000  # characters of a line that are looked at: dates stand in short lines
_NEAR = 2  # days: time zones and the night shift are no conflict
_CAPTION = re.compile(
    r"\((?:Photo|Xinhua|File|AP|REUTERS|[^()\n]{0,40}/)[^()\n]*\)\s*$", re.IGNORECASE
)


def annotate(article: Article) -> Article:
    """Give an article its date of publication as EDTF, or None and the problem `undated`."""
    return _dated(article, list(_stated(article)), _rights_year(article))


def state(article: Article) -> Article:
    """Give an article the date that its source states in a named field, or the problem."""
    return _dated(article, list(_given(article)), None)


def _dated(
    article: Article, candidates: list[Inferred[str]], rights: Inferred[str] | None
) -> Article:
    published = candidates[0] if candidates else rights
    problems: list[Problem] = []
    written = article.given.date
    if written and (not published or published.rule != "given"):
        problems.append(
            _problem(article, "bad-date", f'cannot read the date "{written}"', "warning")
        )
    if not published:
        problems.append(_problem(article, "undated", "the source states no date", "info"))
    elif against := _conflict(published, candidates[1:], rights):
        message = f"{published.value} ({published.rule}), but {against.value} ({against.rule})"
        problems.append(_problem(article, "date-conflict", message, "warning", against.evidence))
    return msgspec.structs.replace(
        article, published=published, problems=_with(article.problems, problems)
    )


def _given(article: Article) -> Iterator[Inferred[str]]:
    language = article.language.value if article.language else None
    written = article.given.date
    if written and (value := read_date(written, language)):
        yield Inferred(value, "given", _evidence(article, article.lines_of("date"), written))


def _stated(article: Article) -> Iterator[Inferred[str]]:
    """All statements of a date of publication, the most trusted first."""
    language = article.language.value if article.language else None
    given = article.given
    dates = article.lines_of("date")
    yield from _given(article)
    for confidence, rule, lines in (
        (0.95, "date-line", dates),
        (0.9, "byline", article.lines_of("byline", "dateline")),
    ):
        for line in lines:
            if found := _publication(_words(article, line), language):
                span = Span(line.span.start + found.span.start, line.span.start + found.span.end)
                if article.words(span).strip() != (given.modified or "").strip():
                    yield Inferred(found.value, rule, span, confidence)
    # A dateline whose year is printed elsewhere is trusted less than an address with all three.
    in_dateline, in_address = _in_dateline(article), _in_address(article)
    ranked = [found for found in (in_dateline, in_address) if found]
    yield from sorted(ranked, key=lambda found: -found.confidence)


def _publication(words: str, language: str | None) -> Found | None:
    """The first date of a line that is not labelled as an update; a "Published" label wins."""
    first: Found | None = None
    end = 0
    for found in find_dates(words, language):
        label = words[end : found.span.start]
        end = found.span.end
        if _PUBLISHED.search(label):
            return found
        if not first and not _UPDATED.search(label):
            first = found
    return first


def _words(article: Article, line: Line) -> str:
    return article.text[line.span.start : min(line.span.end, line.span.start + _LONGEST)]


def _evidence(article: Article, lines: tuple[Line, ...], words: str) -> Span | None:
    for line in lines:
        start = article.text.find(words, line.span.start, line.span.end)
        if start >= 0:
            return Span(start, start + len(words))
    return None


def _in_dateline(article: Article) -> Inferred[str] | None:
    """The date of a dateline: with its own year, or with a year that other words prove."""
    place = article.dateline
    if not place:
        return None
    if full := next(find_dates(place.value), None):
        return Inferred(full.value, "dateline", _within(place, full.span), 0.9)
    match = _DATELINE_DAY.search(place.value)
    if not match:
        return None
    month = month_of(match["month"] or match["month2"] or "") or match["month3"]
    day = match["day"] or match["day2"] or match["day3"]
    years = _proven_years(article, int(month), int(day)) if month else set()
    if len(years) != 1:
        return None
    value = day_of(str(years.pop()), month, day)
    evidence = _within(place, Span(*match.span()))
    return Inferred(value, "dateline", evidence, 0.7) if value else None


def _within(place: Inferred[str], span: Span) -> Span | None:
    start = place.evidence.start if place.evidence else 0
    return Span(start + span.start, start + span.end) if place.evidence else None


def _proven_years(article: Article, month: int, day: int) -> set[int]:
    """The years in which a dateline's day is near the other dates that the page shows."""
    shown = [_words(article, line) for line in article.lines_of("date", "byline", "caption")]
    # A picture is as new as its story; dates in running text may be of long ago.
    short = (p.span for p in article.paragraphs if p.span.end - p.span.start < _LONGEST)
    shown += [words for words in map(article.words, short) if _CAPTION.search(words)]
    years: set[int] = set()
    for found in (found for words in shown for found in find_dates(words)):
        if len(found.value) >= 10:
            near = date.fromisoformat(found.value[:10])
            years.update(
                year
                for year in (near.year - 1, near.year, near.year + 1)
                if (value := day_of(str(year), month, day))
                and -7 <= (date.fromisoformat(value) - near).days <= 31
            )
    rights = _rights_year(article)
    return years or ({int(rights.value)} if rights else set())


def _in_address(article: Article) -> Inferred[str] | None:
    address = article.url or article.given.url
    match = address and (_ADDRESS.search(address) or _ADDRESS_TAIL.search(address))
    if not address or not match:
        return None
    year, *rest = (part for part in match.groups() if part)
    month: str | int | None = rest[0] if rest[0].isdigit() else month_of(rest[0])
    value = day_of(year, month, rest[1] if len(rest) > 1 else None) if month else None
    if not value:
        return None
    whole = _evidence(article, article.lines_of("url"), address)
    start = whole.start + match.start("year") if whole else 0
    evidence = Span(start, start + match.end() - match.start("year")) if whole else None
    return Inferred(value, "url", evidence, 0.85)


def _rights_year(article: Article) -> Inferred[str] | None:
    """The one year of the rights lines; a range of years says nothing about one article."""
    found: list[Span] = []
    for line in article.lines_of("rights"):
        words = _words(article, line)
        if _YEARS.search(words):
            return None
        found.extend(
            Span(line.span.start + match.start(), line.span.start + match.end())
            for match in _RIGHTS_YEAR.finditer(words)
        )
    years = {article.words(span) for span in found}
    return Inferred(years.pop(), "rights-line", found[0], 0.9) if len(years) == 1 else None


def _conflict(
    published: Inferred[str], others: list[Inferred[str]], rights: Inferred[str] | None
) -> Inferred[str] | None:
    """The first other statement that cannot be true beside the trusted one."""
    for other in others:
        if not _agree(published.value, other.value):
            return other
    # Pages are copied with the year of the copy, so only an earlier right contradicts.
    if rights and rights.value < published.value[:4]:
        return rights
    return None


def _agree(one: str, other: str) -> bool:
    shared = min(len(one), len(other), 10)
    if shared < 10:
        return one[:shared] == other[:shared]
    return abs((date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])).days) <= _NEAR


def _problem(
    article: Article, code: str, message: str, level: Level, evidence: Span | None = None
) -> Problem:
    line = article.line_at(evidence.start) if evidence else None
    return Problem(code, article.source.path, message, line, level)


def _with(known: tuple[Problem, ...], new: list[Problem]) -> tuple[Problem, ...]:
    """Add what is not reported yet: a reader that saw the line reports a bad date better."""
    reported = {problem.code for problem in known}
    return known + tuple(problem for problem in new if problem.code not in reported)
