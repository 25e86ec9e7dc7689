"""What newsgen understood of a source, for people: every line with its role, then the findings."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from newsgen.editorial import Authority, load_authority, resolve
from newsgen.entity_engine import EntityEngine, placed
from newsgen.errors import SourceError
from newsgen.findings import NAME_STYLES, QUOTE_STYLES, findings_of, why
from newsgen.intake import Ways, annotated_safely
from newsgen.look import Look, Style, visible
from newsgen.model import Article, Credit, Line, Span
from newsgen.readers import READERS, is_source, read_file
from newsgen.site import SETTINGS_FILE, Settings, read_settings

_ROLE_WIDTH = 11  # of the longest role, "boilerplate" and "subheadline"
_LEAST_WIDTH = 24  # columns of text, below which wrapping would shred it
# Why a field that every article should have may be empty.
_UNKNOWN = {
    "published": "no front matter, line, dateline, address or rights line states a date",
    "language": "too little text, or in none of the languages that newsgen can tell",
}
_ROLE: dict[str, Style] = {
    "headline": {"bold": True},
    "subheading": {"bold": True},
    "boilerplate": {"dim": True},
}


class _Stretch(NamedTuple):
    """A stretch of the reading text that is printed in one style."""

    start: int
    end: int
    how: Style


def read_sources(file: Path) -> tuple[Article, ...]:
    """Read a file as a build would, with the decisions of the archive it lies in, if any.

    Raises SourceError where nothing can be read from it.
    """
    content = _content(file)
    root = archive_of(file)
    ways = _decisions(root) if root else Ways(Authority(), EntityEngine())
    return tuple(
        resolve(annotated_safely(article, ways.engine, ways.annotating), ways.authority)
        for article in read_file(_path_of(file, root), content)
    )


def _decisions(root: Path) -> Ways:
    file = root / SETTINGS_FILE
    settings = read_settings(file) if file.is_file() else Settings()
    authority = load_authority(root, settings.topics)
    return Ways(authority, placed(settings.entities, root), settings.annotate)


def _content(file: Path) -> bytes:
    if file.is_dir():
        raise SourceError(
            "this is a folder", where=str(file), hint=f"name files: newsgen show {file}/*.txt"
        )
    if not is_source(file.name):
        raise SourceError(
            "not a format newsgen reads",
            where=str(file),
            expected=f"a file that ends in {', '.join(READERS)}",
            hint="rename it to .txt if it is plain text",
        )
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise SourceError(
            "there is no such file", where=str(file), hint="check the name and the folder"
        ) from None
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror or error}", where=str(file)) from error


def archive_of(file: Path) -> Path | None:
    """The archive folder in which a file lies: the nearest one with settings, or articles/."""
    for folder in file.absolute().parents:
        if (folder / SETTINGS_FILE).is_file() or folder.name == "articles":
            return folder.parent if folder.name == "articles" else folder
    return None


def _path_of(file: Path, root: Path | None) -> str:
    """The path an article is known by: below its archive, else as given, never from the root."""
    if root is not None:
        return file.absolute().relative_to(root).as_posix()
    return file.name if file.is_absolute() else file.as_posix()


def shown(article: Article, name: str, look: Look) -> Iterator[str]:
    """The lines to print of an article."""
    yield from _head(article, name, look)
    yield ""
    yield from _text(article, look)
    for title, lines in findings_of(article, look):
        yield ""
        yield look.style(title, bold=True)
        yield from lines


def _head(article: Article, name: str, look: Look) -> Iterator[str]:
    source = article.source
    record = f", record {source.record}" if source.record else ""
    about = f"{source.format}{record}, {source.bytes:,} bytes, {source.encoding}"
    yield f"{look.dim(visible(name))}  {look.dim(about)}"
    yield look.style(visible(article.headline), bold=True)
    yield f"  {'id':<11} {article.id}"
    for field, found in (
        ("published", article.published),
        ("dateline", article.dateline),
        ("language", article.language),
    ):
        if found is not None:
            yield f"  {field:<11} {visible(found.value)}  {why(article, found, look)}"
        elif field in _UNKNOWN:
            yield f"  {field:<11} not known  {look.dim(f'({_UNKNOWN[field]})')}"
    yield from (_credit(article, credit, look) for credit in article.credits)
    for field, value in (("url", article.url), ("rights", article.rights)):
        if value:
            yield f"  {field:<11} {visible(value)}"


def _credit(article: Article, credit: Credit, look: Look) -> str:
    return f"  {credit.role:<11} {visible(credit.name)}  {why(article, credit, look)}"


# Text


def _text(article: Article, look: Look) -> Iterator[str]:
    stretches = _stretches(article)
    digits = max(len(str(len(article.lines))), 3)
    indent = " " * (digits + _ROLE_WIDTH + 4)
    width = None if look.width is None else max(look.width - len(indent), _LEAST_WIDTH)
    first = 0
    for line in article.lines:
        while first < len(stretches) and stretches[first].end <= line.span.start:
            first += 1
        number = look.style(f"{line.number:>{digits}}", dim=True)
        lead = f"{number}  {look.style(f'{line.role:<{_ROLE_WIDTH}}', dim=True)}  "
        place = first
        for start, end in _rows(article.text, line.span, width):
            while place < len(stretches) and stretches[place].end <= start:
                place += 1
            body = _styled(article, stretches, place, Span(start, end), look, line)
            yield f"{lead}{body}".rstrip()
            lead = indent


def _styled(
    article: Article, stretches: list[_Stretch], place: int, row: Span, look: Look, line: Line
) -> str:
    """A row of text in its styles; `place` is the first stretch that may reach into it."""
    plain = _ROLE.get(line.role, {})
    pieces: list[str] = []
    done = row.start
    while place < len(stretches) and stretches[place].start < row.end:
        start, end, how = stretches[place]
        start, end = max(start, row.start), min(end, row.end)
        pieces.append(look.style(visible(article.text[done:start]), **plain))
        pieces.append(look.style(visible(article.text[start:end]), **how))
        done, place = end, place + 1
    pieces.append(look.style(visible(article.text[done : row.end]), **plain))
    return "".join(pieces)


def _stretches(article: Article) -> list[_Stretch]:
    """Quotes and mentions as stretches that do not overlap: a name in a quote has both styles."""
    styles: list[Style] = []
    borders: list[tuple[int, bool, int]] = []
    marked: list[tuple[Span, Style]] = [
        (q.span, dict(QUOTE_STYLES[q.kind])) for q in article.quotes
    ]
    marked += [(m.span, _name_style(m.entity)) for m in article.mentions]
    for span, how in marked:
        borders += [(span.start, True, len(styles)), (span.end, False, len(styles))]
        styles.append(how)
    borders.sort()
    found: list[_Stretch] = []
    active: dict[int, Style] = {}
    place = 0
    for offset, opens, index in borders:
        if active and place < offset:
            how = {key: value for number in sorted(active) for key, value in active[number].items()}
            found.append(_Stretch(place, offset, how))
        place = offset
        if opens:
            active[index] = styles[index]
        else:
            active.pop(index, None)
    return found


def _name_style(entity: str) -> Style:
    return {"underline": True, **NAME_STYLES.get(entity.partition("/")[0], {})}


def _rows(text: str, span: Span, width: int | None) -> Iterator[tuple[int, int]]:
    """Cut a line into rows of at most `width` columns, at spaces where there are any."""
    start = span.start
    while width is not None:
        end = _fitting(text, start, span.end, width)
        if end >= span.end:
            break
        space = text.rfind(" ", start + 1, end + 1)
        cut = space if space > start else end
        yield start, cut
        start = cut + 1 if space > start else cut
    yield start, span.end


def _fitting(text: str, start: int, end: int, width: int) -> int:
    """Where a row that begins at `start` must end; at least one character further."""
    if text[start : start + width].isascii():
        return min(start + width, end)
    columns = 0
    for place in range(start, min(start + 2 * width, end)):
        columns += _columns(text[place])
        if columns > width:
            return max(place, start + 1)
    return min(start + 2 * width, end)


def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
