"""View and template → bytes: the Jinja environment."""

import re
from collections.abc import Callable, Iterable, MutableMapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
from jinja2 import meta
from jinja2.runtime import Macro
from markupsafe import Markup

from newsgen.digest import digest
from newsgen.errors import TemplateError
from newsgen.filters import FILTERS, Shown
from newsgen.site import Settings, Site

# No XML document may hold these, and no reader sees them: they are shown as what they are.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CONTROLS = bytes({*range(0x20)} - {0x09, 0x0A, 0x0D})


def theme_folder(name: str) -> Path:
    """The packaged theme's folder `templates` or `static`, installed or in a checkout."""
    installed = Path(__file__).parent / "_theme" / name
    return installed if installed.is_dir() else Path(__file__).parents[2] / name


def _encoded(text: str) -> bytes:
    """A page as bytes, with what no document may hold made visible.

    Looked for in the bytes, which takes a third of the time of a search in the text.
    """
    try:
        content = text.encode()
    except UnicodeEncodeError:
        return _ILLEGAL.sub(_visible, text).encode()
    clean = len(content.translate(None, _CONTROLS)) == len(content)
    if clean and "\ufffe" not in text and "\uffff" not in text:
        return content
    return _ILLEGAL.sub(_visible, text).encode()


class _Template(jinja2.Template):
    """A template whose macros are imported once: no global ever changes while pages are made."""

    def _get_default_module(self, ctx: jinja2.runtime.Context | None = None) -> Any:  # noqa: ANN401
        return self._module or super()._get_default_module(ctx)


class _Environment(jinja2.Environment):
    """Keeps each template at hand: a page asks for eight, and looking after each one anew, in case
    it has changed, took a tenth of the time of rendering."""

    template_class = _Template

    def __init__(self, **options: Any) -> None:  # noqa: ANN401
        super().__init__(**options)
        self._kept: dict[str, jinja2.Template] = {}

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> jinja2.Template:
        """The template of a name, compiled once."""
        if not isinstance(name, str):
            return name
        found = self._kept.get(name)
        if found is None:
            found = self._kept[name] = super().get_template(name, parent, globals)
        return found


class Renderer:
    """Renders views by the archive's own templates, shadowing the packaged theme file by file."""

    def __init__(self, site: Site) -> None:
        self.settings: Settings = site.page_settings
        self.folders = (site.root / "templates", theme_folder("templates"))
        own, theme = (jinja2.FileSystemLoader(folder) for folder in self.folders)
        self.environment = _Environment(
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
        return _encoded(text)

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
