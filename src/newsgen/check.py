"""Prove an archive: every source byte accounted for, every link alive, every file listed."""

import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import lru_cache
from html import unescape
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote

from newsgen import output
from newsgen.digest import sha256
from newsgen.errors import OutputError, SourceError
from newsgen.ledger import Ledger, SourceFile
from newsgen.look import visible
from newsgen.model import Article, Record, source_offset
from newsgen.readers import read_file
from newsgen.scan import scan
from newsgen.site import Site
from newsgen.source_text.encoding import decode, encode
from newsgen.source_text.reading_text import plain
from newsgen.store import open_store

# A tag with its attributes, quoted ones with any character in them; comments are passed over.
# html.parser reads the same pages ten times slower; test_check.py holds the two to agree.
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<[a-zA-Z](?:[^>\"']|\"[^\"]*\"|'[^']*')*>", re.DOTALL)
_ATTRIBUTE = re.compile(
    r"[\s\"'](href|src|id|name)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE
)
_OUTSIDE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_LINE_ENDS = frozenset({"", "\n", "\r\n", "\r"})
# What may stand between the records of a JSON file; NUL and FF FE for UTF-16.
_BETWEEN = b" \t\r\n[],\x00\xff\xfe\xef\xbb\xbf"
_BUG = "this is a fault of newsgen: please report it with the file"
_THEME = "correct the template that writes it, then build again"


class Finding(Record, frozen=True):
    """Something that does not hold, where, and what to do about it."""

    where: str
    what: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" + (f" ({self.hint})" if self.hint else "")


class Checked(Record, frozen=True):
    """What was looked at, and what was found."""

    sources: int
    files: int
    links: int
    findings: tuple[Finding, ...]


def check(site: Site) -> Checked:
    """Look at all sources and all of the output; raises OutputError if there is none yet."""
    if not site.store.is_file():
        raise _unbuilt("this archive has not been built yet", site)
    with closing(open_store(site.store)) as connection:
        ledger = Ledger(connection)
        state = ledger.value("state")
        if state is None:
            raise _unbuilt("this archive was built by another version of newsgen", site)
        unfinished = Finding(str(site.root), "the last build did not finish", "build again")
        findings = [] if state == "done" else [unfinished]
        sources = [item for item in scan(site) if isinstance(item, SourceFile)]
        for source in sources:
            findings += source_findings(source, ledger.digest_read(source.path))
        listed = {path for path, _ in ledger.paths()}
    pages = Pages(site.output)
    findings += listing_findings(site.output, listed, pages.files)
    findings += pages.findings()
    return Checked(len(sources), len(pages.files), pages.links, tuple(findings))


def _unbuilt(what: str, site: Site) -> OutputError:
    return OutputError(what, where=str(site.root), hint=f"newsgen build {site.root}")


# Sources: every byte accounted for


def source_findings(source: SourceFile, digest: str | None) -> Iterator[Finding]:
    """Whether a file is as it was read, and its records give back its very bytes."""
    try:
        content = Path(source.file).read_bytes()
    except OSError as error:
        yield Finding(source.path, f"cannot be read: {error.strerror or error}")
        return
    if digest is None:
        yield Finding(source.path, "is not in the archive yet", "build again")
    elif digest and digest != sha256(content):
        yield Finding(source.path, "has changed since the last build", "build again")
    try:
        articles = read_file(source.path, content)
    except SourceError:
        return  # reported as a problem by the build, and no record claims its bytes
    done = 0
    malformed = any(p.code == "malformed-record" for a in articles for p in a.problems)
    for article in articles:
        start, end = article.source.start, article.source.start + article.source.bytes
        record = content[start:end]
        lost = content[done:start].strip(_BETWEEN)
        if start < done or end > len(content) or (lost and not malformed):
            yield Finding(source.path, f"its records do not tile its bytes at {done}", _BUG)
        for line, what in unaccounted(article, record):
            number = content.count(b"\n", 0, start) + line
            yield Finding(f"{source.path}:{number}", what, _BUG)
        done = end
    if content[done:].strip(_BETWEEN) and not malformed:
        yield Finding(source.path, f"its records do not tile its bytes at {done}", _BUG)


def unaccounted(article: Article, content: bytes) -> Iterator[tuple[int, str]]:
    """What does not hold of an article and the bytes it was read from, with line numbers."""
    source = article.source
    if (sha256(content), len(content)) != (source.sha256, source.bytes):
        yield 1, "the record gives another hash or length than its bytes have"
    text = decode(content).text
    pieces: list[str] = []
    place = reached = 0
    for line in article.lines:
        start, end = line.span.start, line.span.end
        if article.text[place:start] not in _LINE_ENDS or end < start:
            yield line.number, "the lines of the record leave out or repeat a part of the text"
            return
        for offset in (start, end):
            led = source_offset(article.edits, offset)
            if led < reached:
                yield line.number, "the lines of the record overlap in the source"
                return
            pieces.append(text[reached:led])
            reached = led
        place = end
    if article.text[place:] not in _LINE_ENDS:
        yield len(article.lines), "the lines of the record end before the text does"
    pieces.append(text[reached:])
    if encode("".join(pieces), source.encoding, source.repairs) != content:
        yield 1, "the lines of the record do not give back its bytes"
    if not _same_outside_edits(article, text):
        yield 1, "the text that was read is not the text of the source"


def _same_outside_edits(article: Article, text: str) -> bool:
    """Whether reading text and source text differ only where the edits say so."""
    place = source_place = 0
    for edit in article.edits:
        if article.text[place : edit.start] != plain(text[source_place : edit.source_start]):
            return False
        place, source_place = edit.end, edit.source_end
    return article.text[place:] == plain(text[source_place:])


# Pages: every link and anchor alive


class Pages:
    """The files of an output folder, and what their pages lead to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = frozenset(output.files_in(folder))
        self.links = 0
        # Anchors in other pages, with the first place that asks for each.
        self._wanted: dict[str, dict[str, str]] = {}

    def findings(self) -> Iterator[Finding]:
        """Look at every page once, and once more at those whose anchors others ask for."""
        for path in sorted(self.files):
            if path.endswith(".html"):
                yield from self._page(path)
            elif path.endswith((".xml", ".svg")):
                yield from self._xml(path)
        for path, anchors in sorted(self._wanted.items()):
            ids, _ = read_page(self._text(path))
            for anchor in anchors.keys() - ids:
                yield _dead_anchor(anchors[anchor], path, anchor)

    def _text(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8", errors="replace")

    def _page(self, path: str) -> Iterator[Finding]:
        text = self._text(path)
        ids, links = read_page(text)
        folder = path.rpartition("/")[0]
        for link, offset in links:
            target, anchor = _target(folder, link)
            if target is None:
                continue
            self.links += 1
            target = target or path
            if target not in self.files:
                yield Finding(_where(path, text, offset), *self._dead(link, target))
            elif anchor and target == path:
                if anchor not in ids and anchor != "top":
                    yield _dead_anchor(_where(path, text, offset), path, anchor)
            elif anchor and target.endswith(".html"):
                wanted = self._wanted.setdefault(target, {})
                if anchor not in wanted:
                    wanted[anchor] = _where(path, text, offset)

    def _dead(self, link: str, target: str) -> tuple[str, str]:
        folded = _folded(target)
        near = next((path for path in self.files if _folded(path) == folded), None)
        if near is not None:
            return f'"{visible(link)}" leads to {near} but for upper and lower case', _THEME
        return f'"{visible(link)}" leads nowhere: there is no {visible(target)}', _THEME

    def _xml(self, path: str) -> Iterator[Finding]:
        try:
            ET.parse(self.folder / path)
        except ET.ParseError as error:
            yield Finding(f"{path}:{error.position[0]}", f"is no XML: {error}", _THEME)


def _where(path: str, text: str, offset: int) -> str:
    return f"{path}:{text.count(chr(10), 0, offset) + 1}"


def _dead_anchor(where: str, path: str, anchor: str) -> Finding:
    return Finding(where, f'no element of {path} has the id "{visible(anchor)}"', _THEME)


def read_page(text: str) -> tuple[set[str], list[tuple[str, int]]]:
    """The anchors of an HTML page, and its links with their places in the text."""
    ids: set[str] = set()
    links: list[tuple[str, int]] = []
    for tag in _TAG.finditer(text):
        found = tag.group()
        if "=" not in found or found.startswith("<!"):
            continue
        is_anchor = found[:2] in ("<a", "<A")
        for attribute in _ATTRIBUTE.finditer(found):
            name = attribute[1].lower()
            value = attribute[2] or attribute[3] or attribute[4] or ""
            value = unescape(value) if "&" in value else value
            if name == "id" or (name == "name" and is_anchor):
                ids.add(value)
            elif name in ("href", "src"):
                links.append((value, tag.start()))
    return ids, links


@lru_cache(maxsize=65536)
def _target(folder: str, link: str) -> tuple[str | None, str]:
    """The path and the anchor a link leads to; "" for its own page, None outside the site."""
    link = link.strip()
    if not link or _OUTSIDE.match(link):
        return None, ""
    rest, _, anchor = link.partition("#")
    path = unquote(rest.partition("?")[0])
    if not path:
        return "", unquote(anchor)
    joined = path.lstrip("/") if path.startswith("/") else f"{folder}/{path}"
    target = normpath(joined.lstrip("/") or ".")
    if path.endswith("/") or target == ".":
        target = normpath(f"{target}/index.html")
    return target, unquote(anchor)


# Files: each one listed, no two the same but for case


def listing_findings(
    folder: Path, listed: Iterable[str], there: Iterable[str]
) -> Iterator[Finding]:
    """Whether the files newsgen lists are those of the output folder that are newsgen's."""
    listed, there = set(listed), set(there)
    for path in sorted(listed - there):
        yield Finding(path, "is gone from the output folder", "build again")
    for path in sorted(there - listed):
        if output.is_ours(folder, path):
            yield Finding(path, "was made by newsgen but is not listed", "newsgen build --clean")
    seen: dict[str, str] = {}
    for path in sorted(there):
        first = seen.setdefault(_folded(path), path)
        if first != path:
            hint = "rename one of them, or on some disks one will replace the other"
            yield Finding(path, f"is the same path as {first} but for upper and lower case", hint)


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
