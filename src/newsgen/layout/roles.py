"""What each line of a scraped page is for, by its words and its place."""

import re

from newsgen.layout import flat_page, page_dump
from newsgen.layout.first_look import signs_in
from newsgen.layout.headings import ends_sentence, heading_of, is_sentence
from newsgen.layout.listings import mark_listings
from newsgen.layout.parts import Layout, Part, Roles, listed_at, source_lines
from newsgen.layout.widgets import mark_widgets
from newsgen.layout.wording import is_byline, is_date, is_url, role_of
from newsgen.text import title_key

_TWO_WORDS = re.compile(r"[^\W\d_]{2}.*\s.*[^\W\d_]{3}")
_LONGEST_HEADLINE = 300
_MARKS = 100  # characters of a repeated headline that may be marks and white space
_LONGEST_SENTENCE_HEADLINE = 170  # the longest English headline measured has 165 characters


def layout_of(
    text: str, start: int = 0, end: int | None = None, title: str | None = None
) -> Layout:
    """Cut a stretch of text into parts with roles. Body first: an ordinary line is a paragraph.

    `title` is the headline if it stands elsewhere (front matter, a JSON field), "" if there is
    none; then no line becomes the headline, and a line that only repeats it is no paragraph.
    """
    spans = source_lines(text, start, end)
    words = [text[first:last].strip() for first, last in spans]
    if title is None and (flat := flat_page.layout_of(text, spans, words)):
        return flat
    if title is None and page_dump.is_dump(text, spans, words):
        return page_dump.layout_of(spans, words)
    return _article(spans, words, title)


def _article(spans: list[tuple[int, int]], words: list[str], title: str | None) -> Layout:
    roles: Roles = [None if line else "blank" for line in words]
    headline = _mark_opening(words, roles, title)
    mark_widgets(words, roles)
    lists = mark_listings(words, roles)
    signs = signs_in(" ".join(words))
    for index, line in enumerate(words):
        if roles[index] is None:
            roles[index] = "byline" if is_byline(line) else role_of(line, signs)
    _mark_repeated_headline(words, roles, headline)
    _mark_subheadline(words, roles)
    _mark_subheadings(words, roles)
    _use_captions_as_body(words, roles)
    joins = _wrapped(words, roles)
    parts = tuple(
        Part(role or "paragraph", first, last, joined)
        for (first, last), role, joined in zip(spans, roles, joins, strict=True)
    )
    related, findings = listed_at(spans, lists.stories, lists.empty)
    return Layout(parts, related, findings)


def _mark_opening(words: list[str], roles: Roles, title: str | None) -> str:
    """Mark what stands above the body: address, headline, a date or byline before it."""
    after_url = False
    for index, line in _first(words, 6):
        if is_url(line):
            roles[index] = "url"
            after_url = True
        elif title is not None:
            return title
        elif is_date(line) and _more(words, index):
            roles[index] = "date"
        elif is_byline(line) and (after_url or _more(words, index)):
            roles[index] = "byline"
        elif (heading := heading_of(line)) and heading[0] == "furniture" and _more(words, index):
            roles[index] = "boilerplate"
        else:
            if _is_headline(line, after_url=after_url):
                roles[index] = "headline"
                return line
            return ""
    return title or ""


def _is_headline(line: str, *, after_url: bool) -> bool:
    if len(line) > _LONGEST_HEADLINE:
        return False
    if after_url:  # newswire corpora give address and body only, so a headline has to look like one
        ended = ends_sentence(line) and not line.endswith("?")
        return len(line) <= 150 and not ended and len(line.split()) > 3 and not role_of(line)
    return len(line) <= _LONGEST_SENTENCE_HEADLINE or not ends_sentence(line)


def _first(words: list[str], count: int) -> list[tuple[int, str]]:
    """The first lines that are not blank, with their places."""
    found: list[tuple[int, str]] = []
    for index, line in enumerate(words):
        if line:
            found.append((index, line))
            if len(found) == count:
                break
    return found


def _more(words: list[str], index: int) -> bool:
    return any(words[index + 1 :])


def _mark_repeated_headline(words: list[str], roles: Roles, headline: str) -> None:
    """Scrapers often print the headline once more as the first line of the body."""
    key = title_key(headline)
    if not key:
        return
    # A line of megabytes is no headline, and its key would take ten times its room.
    longest = 2 * len(headline) + _MARKS
    left = 4
    for index, role in enumerate(roles):
        if role is None:
            if len(words[index]) <= longest and title_key(words[index]) == key:
                roles[index] = "boilerplate"
            left -= 1
            if left == 0:
                return


def _mark_subheadline(words: list[str], roles: Roles) -> None:
    """One short line between the headline and a byline or date is the subheadline."""
    filled = [index for index, role in enumerate(roles) if role != "blank"][:6]
    while filled and roles[filled[0]] in ("url", "boilerplate"):
        filled.pop(0)
    if len(filled) < 4 or roles[filled[0]] != "headline":
        return
    candidate, signature = filled[1], filled[2]
    if (
        roles[candidate] is None
        and roles[signature] in ("byline", "date")
        and 20 <= len(words[candidate]) <= 250
    ):
        roles[candidate] = "subheadline"


def _mark_subheadings(words: list[str], roles: Roles) -> None:
    """A short line in capitals, or between dashes, with body before and behind it."""
    body = [index for index, role in enumerate(roles) if role is None]
    for index in body[1:-1]:
        line = words[index]
        dashed = line.startswith("- ") and line.endswith(" -") and len(line) < 80
        shouted = line.isupper() and line[0].isalpha() and _TWO_WORDS.search(line)
        if dashed or (shouted and len(line) <= 90 and not ends_sentence(line)):
            roles[index] = "subheading"


def _use_captions_as_body(words: list[str], roles: Roles) -> None:
    """Photo stories consist of captions only: they are what there is to read."""
    if any(role is None for role in roles):
        return
    for index, role in enumerate(roles):
        if role == "caption" and len(words[index]) >= 60:
            roles[index] = None


def _wrapped(words: list[str], roles: Roles) -> list[bool]:
    """For each line whether it goes on with the paragraph of the line before.

    Only where the whole text is wrapped at one width: scraped lines are paragraphs otherwise.
    """
    joins = [False] * len(words)
    body = [index for index, role in enumerate(roles) if role is None]
    followed = [index for index in body if index + 1 < len(roles) and roles[index + 1] is None]
    if len(followed) < 3:
        return joins
    lengths = [len(words[index]) for index in body]
    width = max(lengths)
    full = sum(len(words[index]) >= 0.7 * width for index in followed)
    open_ended = sum(not ends_sentence(words[index]) for index in followed)
    if not 40 <= width <= 100 or full < 0.9 * len(followed) or open_ended < 0.5 * len(followed):
        return joins
    for index in followed:
        joins[index + 1] = not is_sentence(words[index]) or len(words[index]) >= 0.8 * width
    return joins
