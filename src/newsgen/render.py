"""View and template → bytes: the Jinja environment and its filters."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from urllib.parse import quote

import jinja2
from jinja2 import meta
from jinja2.runtime import Macro
from markupsafe import Markup, escape

from newsgen.digest import digest
from newsgen.errors import TemplateError
from newsgen.site import Settings, Site
from newsgen.text import MONTHS

# No XML document may hold these, and no reader sees them: they are shown as what they are.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
_NOUNS = {
    "people": "People",
    "organisations": "Organisations",
    "places": "Places",
    "events": "Events",
    "works": "Works",
    "tags": "Tags",
}
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


class Shown(Protocol):
    """A view: a record that knows where its page will stand."""

    @property
    def permalink(self) -> str: ...


def theme_folder(name: str) -> Path:
    """The packaged theme's folder `templates` or `static`, installed or in a checkout."""
    installed = Path(__file__).parent / "_theme" / name
    return installed if installed.is_dir() else Path(__file__).parents[2] / name


class Renderer:
    """Renders views by the archive's own templates, shadowing the packaged theme file by file."""

    def __init__(self, site: Site) -> None:
        self.settings: Settings = site.page_settings
        self.folders = (site.root / "templates", theme_folder("templates"))
        own, theme = (jinja2.FileSystemLoader(folder) for folder in self.folders)
        self.environment = jinja2.Environment(
            loader=jinja2.ChoiceLoader([own, theme, jinja2.PrefixLoader({"!theme": theme})]),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        self.environment.filters.update(FILTERS)
        self.environment.globals["shared"] = shared_by_place()

    def render(self, template: str, view: Shown) -> bytes:
        """Render a view; raises TemplateError with template and line."""
        try:
            text = self.environment.get_template(template).render(site=self.settings, page=view)
        except (jinja2.TemplateNotFound, jinja2.TemplateSyntaxError) as error:
            raise _template_error(error, template) from error
        except Exception as error:  # a template may do anything: divide by nothing, call a word
            raise self._failed(error, template) from error
        if _ILLEGAL.search(text):
            text = _ILLEGAL.sub(_visible, text)
        return text.encode()

    def digest_of(self, template: str) -> str:
        """Hash a template with all it extends and imports; raises TemplateError if broken."""
        return digest(*(part for name in self._closure(template) for part in self._source(name)))

    def _closure(self, template: str) -> list[str]:
        """A template with all it extends, imports and includes, each with the one that names it."""
        found: dict[str, None] = {}
        waiting = [(template, template)]
        while waiting:
            name, user = waiting.pop()
            if name in found:
                continue
            found[name] = None
            for used in self._used_by(name, user):
                if used is None:
                    raise TemplateError(
                        "a template is named by an expression",
                        where=f"templates/{name}",
                        expected='a name in quotes, as in {% extends "base.html" %}',
                        hint="write the name out: newsgen must know what a page is made of",
                    )
                waiting.append((used, name))
        return sorted(found)

    def _used_by(self, name: str, user: str) -> Iterable[str | None]:
        try:
            source = self._source(name)[1]
            return list(meta.find_referenced_templates(self.environment.parse(source)))
        except jinja2.TemplateNotFound as error:
            raise _template_error(error, user) from error
        except jinja2.TemplateSyntaxError as error:
            error.name = name
            raise _template_error(error, name) from error

    def _source(self, name: str) -> tuple[str, str]:
        assert self.environment.loader is not None
        try:
            return name, self.environment.loader.get_source(self.environment, name)[0]
        except jinja2.TemplateNotFound:
            raise
        except (UnicodeDecodeError, OSError) as error:
            raise TemplateError(
                f"cannot be read: {error}",
                where=f"templates/{name}",
                expected="a UTF-8 text file",
                hint="save it as UTF-8",
            ) from error

    def _failed(self, error: Exception, template: str) -> TemplateError:
        name, line = self._place_of(error, template)
        return TemplateError(
            str(error) or type(error).__name__,
            where=f"templates/{name}:{line}",
            expected="only `site`, `page` and the fields of the page's view (docs/reference.md)",
            hint="correct the name, or take the line out",
        )

    def _place_of(self, error: BaseException, template: str) -> tuple[str, int]:
        """The innermost template line of an error: Jinja rewrites tracebacks to template lines."""
        name, line = template, 1
        step = error.__traceback__
        while step is not None:
            file = Path(step.tb_frame.f_code.co_filename)
            for folder in self.folders:
                if file.is_relative_to(folder):
                    name, line = file.relative_to(folder).as_posix(), step.tb_lineno
            step = step.tb_next
        return name, line


def _template_error(
    error: jinja2.TemplateNotFound | jinja2.TemplateSyntaxError, template: str
) -> TemplateError:
    if isinstance(error, jinja2.TemplateNotFound):
        return TemplateError(
            f'there is no template "{error.name}"',
            where=f"templates/{template}",
            hint="correct the name, or add the file to templates/",
        )
    return TemplateError(
        f"not a valid template: {error.message}",
        where=f"templates/{error.name or template}:{error.lineno}",
        hint="correct that line",
    )


def _visible(match: re.Match[str]) -> str:
    code = ord(match.group())
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"


@lru_cache(maxsize=1024)
def _way_up(folder: str) -> str:
    return "../" * (folder.count("/") + 1) if folder else ""


def seen_from(permalink: str, page: Shown) -> str:
    """The way from a page to a path of the site; a 404 page is met anywhere, so from the root."""
    base = getattr(page, "base", None)
    if base is not None:
        return f"{base}{permalink}"
    return _way_up(page.permalink.rpartition("/")[0]) + permalink


def shared_by_place() -> Callable[..., Markup]:
    """Make the function `shared(macro, page, …)`: what a macro gives for one page, and for all
    others of its folder.

    For macros that ask their page for nothing but where it stands: the masthead, and the cards that
    each stand on a dozen lists, took half of the time of all rendering. A page that is the index of
    its folder, or stands in none, is not like others.
    """

    @lru_cache(maxsize=32_768)
    def kept(macro: Macro, folder: str, *more: object) -> Markup:
        return Markup(macro(_Place(f"{folder}/~"), *more))

    def shared(macro: Macro, page: Shown, *more: object) -> Markup:
        folder, _, name = page.permalink.rpartition("/")
        if not folder or name == "index.html":
            return Markup(macro(page, *more))
        return kept(macro, folder, *more)

    return shared


class _Place(NamedTuple):
    """Some page of a folder."""

    permalink: str


class Row(Protocol):
    """A line of a source (`pages.article.SourceLine`)."""

    @property
    def number(self) -> int: ...
    @property
    def role(self) -> str: ...
    @property
    def text(self) -> str: ...


def rows(lines: Iterable[Row], placed: Iterable[int]) -> Markup:
    """The lines of a source as rows of a table; `placed` are those that have their id elsewhere.

    An article has as many as all else on its page: written by a template they took half of its time.
    """
    there = frozenset(placed)
    return Markup(
        "\n".join(
            f'<tr id="s{line.number}" data-role="{line.role}"><th scope="row"'
            f"{_id_of(line.number) if line.number not in there else ''}>"
            f'<a href="#s{line.number}">{line.number}</a></th><td>{line.role}</td>'
            f'<td dir="auto">{escape(line.text)}</td></tr>'
            for line in lines
        )
    )


def _id_of(number: int) -> str:
    return f' id="l{number}"'


def marked(block: MarkedText, page: Shown) -> Markup:
    """A block's text with its quotes, names and emphasis marked up; every piece is escaped."""
    marks = sorted(block.marks, key=lambda m: (_DEPTH[m.element], m.start, -m.end))
    if not marks:
        return escape(block.text)
    borders = sorted({0, len(block.text), *(b for m in marks for b in (m.start, m.end))})
    pieces: list[str] = []
    open_marks: list[Stretch] = []
    begun: set[int] = set()
    waiting = sorted(marks, key=lambda m: m.start, reverse=True)
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
        pieces.append(str(escape(block.text[start:end])))
    pieces += [_closing(mark) for mark in reversed(open_marks)]
    return Markup("".join(pieces))


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
    "rows": rows,
    "day": day,
    "iso": iso,
    "count": count,
    "percent": percent,
    "words": words,
    "noun": noun,
    "initial": initial,
    "urlencode_path": urlencode_path,
}
