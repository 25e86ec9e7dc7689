"""The filters of templates: values as people read them, and the text of articles marked up."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import Any, Protocol
from urllib.parse import quote

from markupsafe import Markup, escape

from newsgen.model import TAXONOMY_OF_KIND
from newsgen.text import MONTHS

_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
_NOUNS = {
    "people": "People",
    "organisations": "Organisations",
    "places": "Places",
    "events": "Events",
    "works": "Works",
    "tags": "Tags",
}
_SINGULAR = {"tags": "tag", **{name: kind for kind, name in TAXONOMY_OF_KIND.items()}}
# Quotes hold emphasis, emphasis holds names: where stretches cross, the outer one stays whole.
_DEPTH = {"quote": 0, "a": 1, "em": 2, "strong": 3, "code": 4, "mention": 5}


class Stretch(Protocol):
    """A marked stretch of a block's text (`pages.article.Mark`)."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def element(self) -> str: ...
    @property
    def href(self) -> str | None: ...
    @property
    def label(self) -> str | None: ...
    @property
    def id(self) -> str | None: ...


class MarkedText(Protocol):
    """A text with marked stretches (`pages.article.Block`)."""

    @property
    def text(self) -> str: ...
    @property
    def marks(self) -> Iterable[Stretch]: ...


class NumberedText(MarkedText, Protocol):
    """A marked text of a role, on a line of the source (`pages.article.Block`)."""

    @property
    def role(self) -> str: ...
    @property
    def line(self) -> int: ...


class Shown(Protocol):
    """A view: a record that knows where its page will stand."""

    @property
    def permalink(self) -> str: ...


@lru_cache(maxsize=1024)
def _way_up(folder: str) -> str:
    return "../" * (folder.count("/") + 1) if folder else ""


def escaped(text: str) -> str:
    """A text as HTML has it, as `markupsafe.escape` makes it, in a third of the time for a
    paragraph."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    text = text.replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("'", "&#39;").replace('"', "&#34;")


def seen_from(permalink: str, page: Shown) -> str:
    """The way from a page to a path of the site; a 404 page is met anywhere, so from the root."""
    base = getattr(page, "base", None)
    if base is not None:
        return f"{base}{permalink}"
    return _way_up(page.permalink.rpartition("/")[0]) + permalink


class Row(Protocol):
    """A line of a source (`pages.article.SourceLine`)."""

    @property
    def number(self) -> int: ...
    @property
    def role(self) -> str: ...
    @property
    def text(self) -> str: ...


def body(blocks: Iterable[NumberedText], page: Shown) -> Markup:
    """The blocks of an article as paragraphs, captions and subheadings, each with its line number
    as an anchor.

    There are twenty of them and more on most pages: by a template they took a third of its time.
    """
    return Markup("".join(_block(block, page) for block in blocks))


def _block(block: NumberedText, page: Shown) -> str:
    line = block.line
    element = "h2" if block.role == "subheading" else "p"
    kind = ' class="caption"' if block.role == "caption" else ""
    return (
        f'<{element} id="l{line}" dir="auto"{kind}>'
        f'<a class="anchor" href="#l{line}" aria-label="Line {line}">{line}</a>'
        f"{_marked(block, page)}</{element}>\n"
    )


def rows(lines: Iterable[Row], placed: Iterable[int]) -> Markup:
    """The lines of a source as rows of a table; `placed` are those that have their id elsewhere.

    As many as all else on the page of an article: by a template they took half of its time.
    """
    there = frozenset(placed)
    return Markup(
        "\n".join(
            f'<tr id="s{line.number}" data-role="{line.role}"><th scope="row"'
            f"{_id_of(line.number) if line.number not in there else ''}>"
            f'<a href="#s{line.number}">{line.number}</a></th><td>{line.role}</td>'
            f'<td dir="auto">{escaped(line.text)}</td></tr>'
            for line in lines
        )
    )


def _id_of(number: int) -> str:
    return f' id="l{number}"'


def marked(block: MarkedText, page: Shown) -> Markup:
    """A block's text with its quotes, names and emphasis marked up; every piece is escaped."""
    return Markup(_marked(block, page))


def _marked(block: MarkedText, page: Shown) -> str:
    if not block.marks:
        return escaped(block.text)
    marks = sorted(block.marks, key=_start)
    if all(one.end <= next_.start for one, next_ in pairwise(marks)):
        return _in_turn(block.text, marks, page)
    return _crossing(block.text, marks, page)


def _in_turn(text: str, marks: list[Stretch], page: Shown) -> str:
    pieces: list[str] = []
    place = 0
    for mark in marks:
        if mark.end > mark.start:
            inside = escaped(text[mark.start : mark.end])
            pieces += [escaped(text[place : mark.start]), _opening(mark, page, again=False), inside]
            pieces.append(_closing(mark))
            place = mark.end
    return "".join([*pieces, escaped(text[place:])])


def _crossing(text: str, marks: list[Stretch], page: Shown) -> str:
    """Marks that cross or hold one another: quotes hold emphasis, emphasis holds names."""
    marks = sorted(marks, key=lambda m: (_DEPTH[m.element], m.start, -m.end))
    borders = sorted({0, len(text), *(b for m in marks for b in (m.start, m.end))})
    pieces: list[str] = []
    open_marks: list[Stretch] = []
    begun: set[int] = set()
    waiting = sorted(marks, key=_start, reverse=True)
    active: list[Stretch] = []
    for start, end in pairwise(borders):
        while waiting and waiting[-1].start <= start:
            active.append(waiting.pop())
        active = [mark for mark in active if mark.end > start]
        wanted = _nested(sorted(active, key=lambda m: (_DEPTH[m.element], m.start, -m.end)))
        keep = _common(open_marks, wanted)
        pieces += [_closing(mark) for mark in reversed(open_marks[keep:])]
        for mark in wanted[keep:]:
            pieces.append(_opening(mark, page, again=id(mark) in begun))
            begun.add(id(mark))
        open_marks = wanted
        pieces.append(escaped(text[start:end]))
    pieces += [_closing(mark) for mark in reversed(open_marks)]
    return "".join(pieces)


def _start(mark: Stretch) -> int:
    return mark.start


def _nested(marks: list[Stretch]) -> list[Stretch]:
    """Leave out a link inside a link: HTML has none."""
    kept: list[Stretch] = []
    for mark in marks:
        if mark.element in ("a", "mention") and any(k.element in ("a", "mention") for k in kept):
            continue
        kept.append(mark)
    return kept


def _common(one: list[Stretch], other: list[Stretch]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left is not right:
            break
        count += 1
    return count


def _opening(mark: Stretch, page: Shown, *, again: bool) -> str:
    match mark.element:
        case "quote":
            id_ = f' id="{escape(mark.id)}"' if mark.id and not again else ""
            title = f' title="{escape(mark.label)}"' if mark.label else ""
            return f'<span class="quote"{id_}{title}>'
        case "mention":
            return f'<a class="mention" href="{escape(seen_from(mark.href or "", page))}">'
        case "a":
            return f'<a href="{escape(_harmless(mark.href or ""))}" rel="nofollow">'
        case element:
            return f"<{element}>"


def _harmless(href: str) -> str:
    """A link of the source's own, or none where it would run something ("javascript:")."""
    scheme = _SCHEME.match(href)
    return href if scheme is None or scheme[1].lower() in ("http", "https", "mailto") else "#"


def _closing(mark: Stretch) -> str:
    names = {"quote": "span", "mention": "a"}
    return f"</{names.get(mark.element, mark.element)}>"


def day(date: str | None) -> str:
    """An EDTF date in words, as precise as it is: "5 November 2025", "November 2025", "2025"."""
    if not date:
        return "date not known"
    match date.partition("T")[0].split("-"):
        case [year, month, day] if month in MONTHS and day.isdigit():
            return f"{int(day)} {MONTHS[month]} {year}"
        case [year, month] if month in MONTHS:
            return f"{MONTHS[month]} {year}"
        case _:
            return date


def iso(date: str | None) -> str:
    """A date as `datetime` attributes have it."""
    return date or ""


def count(number: int) -> str:
    """A number with its thousands apart: "1,234"."""
    return f"{number:,}"


def noun(taxonomy: str) -> str:
    """The title of a taxonomy: "people" is "People"."""
    return _NOUNS[taxonomy]


def singular(taxonomy: str) -> str:
    """One heading of a taxonomy: "people" is "person"."""
    return _SINGULAR[taxonomy]


def urlencode_path(address: str) -> str:
    """An address as sitemaps have it: letters outside ASCII percent-encoded."""
    return quote(address, safe="/:%")


def words(code: str) -> str:
    """A code as words: "empty-section" is "empty section"."""
    return code.replace("-", " ")


def percent(share: float) -> str:
    """A share between 0 and 1 as whole per cent."""
    return f"{round(100 * share)} %"


def initial(code: str) -> str:
    """The heading of an A to Z."""
    return {"0-9": "0–9", "other": "Other"}.get(code, code.upper())


FILTERS: dict[str, Any] = {
    "seen_from": seen_from,
    "marked": marked,
    "body": body,
    "rows": rows,
    "day": day,
    "iso": iso,
    "count": count,
    "percent": percent,
    "words": words,
    "noun": noun,
    "singular": singular,
    "initial": initial,
    "urlencode_path": urlencode_path,
}
