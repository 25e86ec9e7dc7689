"""Read an article from Markdown, with YAML front matter or without."""

import re
from html.parser import HTMLParser
from operator import attrgetter
from typing import NamedTuple

import markdown
import nh3

from newsgen.digest import sha256
from newsgen.layout.alignment import Aligned, align
from newsgen.layout.assembly import Draft, make_article
from newsgen.layout.first_look import signs_in
from newsgen.layout.front_matter import FrontMatter, front_matter_of
from newsgen.layout.headings import heading_of
from newsgen.layout.listings import mark_listings
from newsgen.layout.parts import Layout, Part, Roles, listed_at, source_lines
from newsgen.layout.roles import layout_of
from newsgen.layout.unmarked import unmarked
from newsgen.layout.wording import is_byline, role_of
from newsgen.model import Article, Edit, Given, InlineMark, LineRole, Problem, Source, Span
from newsgen.source_text.encoding import decode, encoding_problems
from newsgen.source_text.reading_text import plain, reading_text
from newsgen.text import title_key

# Rendering takes the square of the brackets in one block: 600 take 0.06 s, 8,000 take 8 s.
_LARGEST = 200_000  # characters of a text
_MOST_MARKS = 600  # brackets and tags between two blank lines
_MOST_LINES = 2_000  # lines between two blank lines
_PLACE = attrgetter("start", "end")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_EXTENSIONS = ("tables", "fenced_code", "sane_lists")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset(
    (*_HEADINGS, "p", "li", "pre", "tr", "blockquote", "ul", "ol", "table", "div", "hr", "dl")
)
_MARKS = {"em": "em", "i": "em", "strong": "strong", "b": "strong", "code": "code", "a": "a"}
_ALLOWED = set(_BLOCKS | _MARKS.keys() | {"img", "br", "td", "th", "thead", "tbody"})


class _Mark(NamedTuple):
    start: int
    end: int
    element: str
    href: str | None


class _Block(NamedTuple):
    """A paragraph, heading, list item … as rendered: plain words and the marks inside."""

    kind: str
    text: str
    marks: tuple[_Mark, ...]


def read_markdown(path: str, content: bytes) -> tuple[Article, ...]:
    """Read a `.md` file: always one article. HTML in it is sanitised, its words are kept."""
    decoded = decode(content)
    source = Source(
        path=path,
        format="markdown",
        sha256=sha256(content),
        bytes=len(content),
        encoding=decoded.encoding,
        repairs=decoded.repairs,
    )
    problems = encoding_problems(decoded, path)
    whole, whole_edits = reading_text(decoded.text)
    matter = front_matter_of(whole, decoded.text)
    body = _body_start(decoded.text, matter, whole)
    read = _read(decoded.text, body)
    if read is None:
        message = "too large or too deeply nested for Markdown; read as plain text"
        problems += (Problem("markdown-too-large", path, message),)
        given, front = (matter.given, matter.layout) if matter else (Given(), Layout(()))
        start = matter.body if matter else 0
        layout = front.joined(layout_of(whole, start, title=given.headline))
        draft = Draft(source, whole, layout, whole_edits, given, problems=problems)
        return (make_article(draft),)
    above = reading_text(decoded.text[:body])
    return (make_article(_draft(source, above, matter, read, problems)),)


def _read(source_text: str, body: int) -> tuple[list[_Block], Aligned] | None:
    """The blocks of the body and where they stand; None where it is too much for the libraries."""
    if len(source_text) - body <= _LARGEST and (aligned := unmarked(source_text, body)):
        return [_Block("p", aligned.text[a.start : a.end], ()) for a in aligned.blocks], aligned
    return _read_marked(source_text, body)


def _read_marked(source_text: str, body: int) -> tuple[list[_Block], Aligned] | None:
    blocks = _blocks(source_text[body:])
    if blocks is None:
        return None
    return blocks, align(source_text, body, [block.text for block in blocks])


def _draft(
    source: Source,
    front: tuple[str, tuple[Edit, ...]],
    matter: FrontMatter | None,
    read: tuple[list[_Block], Aligned],
    problems: tuple[Problem, ...],
) -> Draft:
    blocks, aligned = read
    given, layout = (matter.given, matter.layout) if matter else (Given(), Layout(()))
    shift = len(front[0])
    text = front[0] + aligned.text
    return Draft(
        source=source,
        text=text,
        layout=layout.joined(_layout(text, shift, aligned, blocks, given)),
        edits=front[1] + tuple(_moved(edit, shift) for edit in aligned.edits),
        given=given,
        inline=_inline(aligned, blocks, shift),
        problems=problems,
    )


def _moved(edit: Edit, shift: int) -> Edit:
    return Edit(edit.start + shift, edit.end + shift, edit.source_start, edit.source_end)


def _body_start(source_text: str, matter: FrontMatter | None, whole: str) -> int:
    """Where the body begins in the source: behind as many lines as the front matter has."""
    if matter is None:
        return 0
    if whole == source_text:
        return matter.body
    clean = plain(source_text)
    end = source_lines(clean)[len(matter.layout.parts) - 1][1]
    return end + (2 if clean.startswith("\r\n", end) else int(end < len(clean)))


# --- Rendering ----------------------------------------------------------------------------------


def _blocks(text: str) -> list[_Block] | None:
    """Render, sanitise and take apart; None where that is too much for the libraries."""
    if len(text) > _LARGEST or any(_is_heavy(block) for block in _BLANK_LINE.split(text)):
        return None
    try:
        html = markdown.markdown(plain(text), extensions=list(_EXTENSIONS))
        clean = nh3.clean(
            html,
            tags=_ALLOWED,
            attributes={"a": {"href"}, "img": {"alt"}},
            url_schemes={"http", "https", "mailto"},
            link_rel=None,
        )
        parser = _Blocks()
        parser.feed(clean)
        parser.close()
    except RecursionError:
        return None
    parser.flush()
    return parser.blocks


def _is_heavy(block: str) -> bool:
    marks = block.count("[") + block.count("<")
    return marks > _MOST_MARKS or block.count("\n") + block.count("\r") > _MOST_LINES


class _Blocks(HTMLParser):
    """Takes sanitised HTML apart into blocks of plain words with marks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[_Block] = []
        self.kinds: list[str] = []
        self.text = ""
        self.marks: list[_Mark] = []
        self.open: list[tuple[str, int, str | None]] = []
        self.only_images = True
        self.breaks = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "hr":  # which nothing ends
            self.flush()
        elif tag in _BLOCKS:
            self.flush()
            self.kinds.append(tag)
        elif tag in _MARKS:
            self.open.append((tag, len(self.text), dict(attrs).get("href")))
        elif tag == "img":
            self._add(dict(attrs).get("alt") or "")
        elif tag == "br":
            self.breaks = bool(self.text.strip())
        elif tag in ("td", "th") and self.text.strip():
            self.text = self.text.rstrip() + " | "

    def handle_endtag(self, tag: str) -> None:
        # Sanitised HTML is a tree: what ends here is what began last.
        if tag in _BLOCKS:
            self.flush()
            self.kinds.pop()
        elif tag in _MARKS:
            _, start, href = self.open.pop()
            if len(self.text) > start and (tag != "a" or href):
                self.marks.append(_Mark(start, len(self.text), _MARKS[tag], href))

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.only_images = False
        self._add(data)

    def _add(self, data: str) -> None:
        words = reading_text(data)[0]
        if self.breaks and words:
            words = words if words.startswith("\n") else "\n" + words
            self.breaks = False
        self.text += words

    def flush(self) -> None:
        """End the block that is open, if it has words."""
        left = len(self.text) - len(self.text.lstrip())
        words = self.text.strip()
        if words:
            kind = next((kind for kind in reversed(self.kinds) if kind != "p"), "p")
            kind = "p" if kind in ("blockquote", "div", "ul", "ol", "table") else kind
            marks = (
                _Mark(max(mark.start - left, 0), min(mark.end - left, len(words)), *mark[2:])
                for mark in self.marks
            )
            shown = tuple(mark for mark in marks if mark.end > mark.start)
            caption = self.only_images and kind == "p"
            self.blocks.append(_Block("caption" if caption else kind, words, shown))
        self.text, self.marks, self.only_images, self.breaks = "", [], True, False
        self.open = [(name, 0, href) for name, _, href in self.open]


# --- Roles --------------------------------------------------------------------------------------


def _layout(text: str, shift: int, aligned: Aligned, blocks: list[_Block], given: Given) -> Layout:
    words = ["- " + block.text if block.kind == "li" else block.text for block in blocks]
    roles: Roles = [None] * len(blocks)
    _mark_headings(blocks, roles, given.headline)
    lists = mark_listings(words, roles)
    signs = signs_in(aligned.text)
    for index, block in enumerate(blocks):
        if roles[index] is None:
            roles[index] = _role_of(block, signs)
    spans = [(span.start + shift, span.end + shift) for span in aligned.blocks]
    parts = [
        Part(role or "paragraph" if text[start:end].strip() else "blank", start, end, number > 0)
        for role, span in zip(roles, spans, strict=True)
        for number, (start, end) in enumerate(_lines(text, span))
    ]
    parts += [
        Part("boilerplate" if text[start:end].strip() else "blank", start, end)
        for start, end in ((span.start + shift, span.end + shift) for span in aligned.others)
    ]
    related, findings = listed_at(spans, lists.stories, lists.empty)
    return Layout(tuple(sorted(parts, key=_PLACE)), related, findings)


def _lines(text: str, span: tuple[int, int]) -> list[tuple[int, int]]:
    start, end = span
    one = start < end and text.find("\n", start, end) < 0 and text.find("\r", start, end) < 0
    return [span] if one else source_lines(text, start, end)


def _mark_headings(blocks: list[_Block], roles: Roles, given: str | None) -> None:
    """The first `#` heading is the headline, or the first heading above all text."""
    headings = [index for index, block in enumerate(blocks) if block.kind in _HEADINGS]
    first = next((index for index in headings if blocks[index].kind == "h1"), None)
    if first is None and headings[:1] == [0]:
        first = 0
    if given is None and first is not None and heading_of(blocks[first].text) is None:
        roles[first] = "headline"
    for index, block in enumerate(blocks[:3]):
        if given and title_key(block.text) == title_key(given):
            roles[index] = "boilerplate"
    for index in headings:
        if roles[index] is None and heading_of(blocks[index].text) is None:
            roles[index] = "subheading"


def _role_of(block: _Block, signs: tuple[str, ...]) -> LineRole:
    if block.kind == "caption":
        return "caption"
    if block.kind in ("pre", "tr"):
        return "boilerplate"
    words = block.text
    if "\n" in words or "  " in words or "\t" in words or "\r" in words:
        words = " ".join(words.split())
    if is_byline(words):
        return "byline"
    return role_of(words, signs) or "paragraph"


def _inline(aligned: Aligned, blocks: list[_Block], shift: int) -> tuple[InlineMark, ...]:
    marks: list[InlineMark] = []
    for span, block in zip(aligned.blocks, blocks, strict=True):
        begin = span.start + shift
        for start, end, element, href in block.marks:
            place = Span(begin + start, begin + end)
            marks.append(InlineMark(place, element, href))  # type: ignore[arg-type]
    return tuple(sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end)))
