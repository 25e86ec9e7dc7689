"""Writes docs/reference.md from the code: python tools/make_reference.py"""

import ast
import inspect
import sys
import textwrap
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import msgspec

from newsgen import rules
from newsgen.annotate import ANNOTATORS
from newsgen.cli import main as command_line
from newsgen.editorial import Ruling
from newsgen.entity_engine import EntityEngine
from newsgen.filters import FILTERS
from newsgen.model import LineRole
from newsgen.pages import PAGE_KINDS, PageKind
from newsgen.problems import MEANINGS
from newsgen.readers import READERS
from newsgen.record import record_of
from newsgen.site import Settings
from newsgen.topic_rules import KEYS, TopicRule

TARGET = Path(__file__).parents[1] / "docs" / "reference.md"

LINE_ROLES: dict[LineRole, str] = {
    "headline": "the title of the article",
    "subheadline": "a second title below it",
    "url": "the address the text was scraped from",
    "byline": "who wrote it",
    "date": "when it was published or updated",
    "dateline": "place, date and agency that open a report and stand on a line of their own",
    "paragraph": "the body",
    "subheading": "a title inside the body",
    "caption": "words that belong to a picture",
    "section": "the heading of a list beside the article, such as “Related Stories”",
    "related": "a headline of another story in such a list",
    "credit": "photographers, editors and agencies named outside the byline",
    "rights": "whose text it is",
    "boilerplate": "menus, buttons, front matter and other words of the page, not of the article",
    "blank": "nothing but white space",
}
RULINGS: dict[str, str] = {
    "name": "The canonical name, shown on every page.",
    "kind": "person, organisation or place, where the reading got it wrong.",
    "aliases": "Other names of the same; every article that prints one leads here.",
    "only_in": "Sources (articles/sport/*) in which the names mean this one: for two of one name.",
    "hide": "true: no page, no link, no mention.",
    "same_as": "Identifiers elsewhere, such as wikidata:Q34370. Kept; no page shows them yet.",
    "never_merge": "Names that are not the same, in an entry of its own: no article makes one of "
    "them.",
}
TOPICS: dict[str, str] = {
    "name": "What the tag is called. A tag of that name, stated or found, is this topic.",
    "any": "Phrases of which one must stand in the headline or the body.",
    "all": "Phrases that must all stand there.",
    "not": "Phrases of which none may stand there.",
    "iptc": "The [IPTC Media Topic](http://cv.iptc.org/newscodes/mediatopic/) of that meaning, "
    "such as medtop:20000256; shown on the tag's page and in records.",
    "hide": "true: no such tag, whoever gives it.",
}
TOPICS_HEAD = """\
`topics` in `newsgen.yaml` is a list of tags. A phrase is found as whole words, in any capitals
unless it has capitals itself, over line ends and hyphens, its last word in singular or plural
(of English). A topic with neither `any` nor `all` only decides what becomes of a tag of its
name. An edit of the topics reads no source again.

    topics:
      - name: Energy
        any: [wind farm, power grid]
        not: [toy]
        iptc: medtop:20000256
      - name: Box office
        hide: true

A tag that no one states is found in the text: a phrase, or one of some nouns, that an article
comes back to is *proposed*. It is a tag once `tag_minimum` articles propose it; in an archive
of more than 50 articles it is none while more than a third of them do.

"""
ENTITIES_HEAD = """\
`entities` in `newsgen.yaml` says by what people, organisations and places are found in the text.
What that does and how well is in the [model card](model-card.md). The pipelines of spaCy need
`pip install "newsgen[spacy]"` and a pipeline of your choice. Another engine, or another version of
a pipeline, reads all sources again.

    entities:
      engine: spacy
      pipeline: de_core_news_md

"""
HEAD = """\
# Reference

*Generated from the code by `python tools/make_reference.py`; a test fails when it is out of date.*
"""


def reference() -> str:
    """The whole page."""
    sections = [
        ("Commands", commands()),
        ("Settings", settings()),
        ("Entities", entity_engine()),
        ("Topics", topics()),
        ("The authority file", rulings()),
        ("Source formats", formats()),
        ("Line roles", table(("role", "what the line is"), _rows(LINE_ROLES))),
        ("Annotators", annotators()),
        ("The record", record()),
        ("Rules", table(("rule", "what it means"), _rows(rules.MEANINGS))),
        ("Problem codes", table(("code", "what it means"), _rows(MEANINGS))),
        ("Page kinds", page_kinds()),
        ("Template variables", template_variables()),
        ("Template filters", filters()),
    ]
    contents = "\n".join(f"- [{name}](#{name.lower().replace(' ', '-')})" for name, _ in sections)
    bodies = (f"## {name}\n\n{body.strip()}\n" for name, body in sections)
    return "\n".join((HEAD, contents + "\n", *bodies))


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [head, ("---",) * len(head), *rows]
    cells = ([cell.replace("|", "\\|").replace("\n", " ") for cell in line] for line in lines)
    return "\n".join("| " + " | ".join(line) + " |" for line in cells)


def _rows(meanings: Mapping[Any, str]) -> Iterator[tuple[str, str]]:
    return ((f"`{name}`", meaning) for name, meaning in meanings.items())


def commands() -> str:
    """Every command with its help text and options."""
    assert isinstance(command_line, click.Group)
    parts = []
    with click.Context(command_line, info_name="newsgen") as root:
        for name in command_line.list_commands(root):
            command = command_line.get_command(root, name)
            assert command is not None
            parts.append(_command(name, command, root))
    return "\n\n".join(parts)


def _command(name: str, command: click.Command, root: click.Context) -> str:
    # Not get_help(): it wraps to the width of the terminal it is called in.
    context = click.Context(command, info_name=name, parent=root)
    usage = " ".join((context.command_path, *command.collect_usage_pieces(context)))
    words = inspect.cleandoc(command.help or "").replace("\b\n", "")
    options = [
        (f"`{', '.join((*option.opts, *option.secondary_opts))}`", option.help or "")
        for option in command.params
        if isinstance(option, click.Option) and not option.hidden
    ]
    parts = [f"### newsgen {name}", f"`{usage}`", _as_text(words)]
    if options:
        parts.append(table(("option", "what it does"), options))
    return "\n\n".join(parts)


def _as_text(words: str) -> str:
    """A help text as Markdown: indented lines are examples."""
    parts = []
    for part in words.split("\n\n"):
        indented = all(line.startswith("  ") for line in part.splitlines())
        parts.append(textwrap.indent(textwrap.dedent(part), "    ") if indented else part)
    return "\n\n".join(parts)


def settings() -> str:
    """What newsgen.yaml may say."""
    said = attribute_docstrings(Settings)
    rows = [
        (f"`{f.name}`", type_name(f.type), f"`{_plain(f.default)}`", said.get(f.name, ""))
        for f in msgspec.structs.fields(Settings)
    ]
    head = table(("setting", "type", "default", "meaning"), rows)
    return f"In `newsgen.yaml`; all may be left out, an unknown one is an error.\n\n{head}"


def _plain(value: object) -> str:
    if isinstance(value, EntityEngine):
        return f"{{engine: {value.engine}}}"
    return '""' if value == "" else str(value)


def entity_engine() -> str:
    """What newsgen.yaml may say of the engine that finds names."""
    said = attribute_docstrings(EntityEngine)
    rows = (
        (f"`{f.name}`", type_name(f.type), f"`{_plain(f.default)}`", said[f.name])
        for f in msgspec.structs.fields(EntityEngine)
    )
    return ENTITIES_HEAD + table(("key", "type", "default", "meaning"), rows)


def topics() -> str:
    """What a topic of newsgen.yaml may say."""
    hints = {f.encode_name: type_name(f.type) for f in msgspec.structs.fields(TopicRule)}
    rows = ((f"`{key}`", hints[key], TOPICS[key]) for key in KEYS)
    return TOPICS_HEAD + table(("key", "type", "meaning"), rows)


def rulings() -> str:
    """What entities.yaml may say."""
    hints = {f.name: type_name(f.type) for f in msgspec.structs.fields(Ruling)}
    rows = ((f"`{key}`", hints.get(key, "list of text"), RULINGS[key]) for key in RULINGS)
    head = "`entities.yaml` is a list of entries; each has a `name` or a `never_merge`."
    return f"{head}\n\n{table(('key', 'type', 'meaning'), rows)}"


def formats() -> str:
    """The reader of each suffix."""
    rows = ((f"`{suffix}`", first_line(reader)) for suffix, reader in READERS.items())
    return table(("suffix", "how it is read"), rows)


def annotators() -> str:
    """The annotators in their order."""
    rows = ((f"`{name}`", first_line(add)) for name, add, _ in ANNOTATORS)
    return f"In this order:\n\n{table(('annotator', 'what it adds'), rows)}"


def record() -> str:
    """The record that `newsgen show --json` prints."""
    shape = typing.get_type_hints(record_of)["return"]
    head = "One line of JSON an article, from `newsgen show --json FILE…`."
    _, _, rules = (inspect.getdoc(sys.modules[record_of.__module__]) or "").partition("\n\n")
    return f"{head} {rules}\n\n{structs_below((shape,))}"


def views_of(kind: PageKind) -> tuple[type[msgspec.Struct], ...]:
    """The classes of the views that a page kind yields."""
    (view,) = typing.get_args(typing.get_type_hints(kind.views)["return"])
    return typing.get_args(view) if isinstance(view, types.UnionType) else (view,)


def page_kinds() -> str:
    """The table PAGE_KINDS."""
    rows = (
        (
            f"`{kind.name}`",
            f"`{kind.subject}`",
            f"`templates/{kind.template}`",
            ", ".join(f"[{view.__name__}](#{view.__name__.lower()})" for view in views_of(kind)),
            first_line(kind.views),
        )
        for kind in PAGE_KINDS
    )
    return table(("page kind", "made of each", "template", "view (`page`)", "what it makes"), rows)


def template_variables() -> str:
    """The fields of every view, and of the records in them."""
    roots = dict.fromkeys(view for kind in PAGE_KINDS for view in views_of(kind))
    head = "A template sees `site`, which is the [settings](#settings), and `page`, the view of\n"
    head += "its page kind. A name that a view does not have is an error."
    return f"{head}\n\n{structs_below(tuple(roots))}"


def filters() -> str:
    """The filters of filters.py."""
    rows = ((f"`{name}`", first_line(filter_)) for name, filter_ in FILTERS.items())
    return table(("filter", "what it makes"), rows)


def structs_below(roots: tuple[type[msgspec.Struct], ...]) -> str:
    """Describe records and all records in them, each once."""
    waiting, found = list(roots), dict.fromkeys(roots)
    while waiting:
        for field in msgspec.structs.fields(waiting.pop(0)):
            for inner in records_in(field.type):
                if inner not in found:
                    found[inner] = None
                    waiting.append(inner)
    return "\n\n".join(_struct(record) for record in found)


def _struct(record: type[msgspec.Struct]) -> str:
    said = attribute_docstrings(record)
    fields = msgspec.structs.fields(record)
    head, columns = f"### {record.__name__}\n\n{inspect.getdoc(record) or ''}", ("field", "type")
    if said:
        rows = [(f"`{f.name}`", type_name(f.type), said.get(f.name, "")) for f in fields]
        return f"{head}\n\n{table((*columns, 'meaning'), rows)}"
    return f"{head}\n\n{table(columns, [(f'`{f.name}`', type_name(f.type)) for f in fields])}"


def attribute_docstrings(record: type) -> dict[str, str]:
    """The strings that stand below the fields of a class."""
    (body,) = ast.parse(textwrap.dedent(inspect.getsource(record))).body
    assert isinstance(body, ast.ClassDef)
    found = {}
    for field, words in zip(body.body, body.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(words, ast.Expr):
            assert isinstance(field.target, ast.Name)
            found[field.target.id] = " ".join(str(ast.literal_eval(words.value)).split())
    return found


def records_in(hint: object) -> Iterator[type[msgspec.Struct]]:
    """The record classes that a type names; spans stay the pairs of numbers they are."""
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct) and hint.__name__ != "Span":
        yield hint
    for inner in typing.get_args(hint):
        yield from records_in(inner)


def type_name(hint: object) -> str:
    """A type in the words of people who write templates and settings."""
    names: dict[object, str] = {
        str: "text",
        msgspec.Raw: "JSON",
        LineRole: "[line role](#line-roles)",
        TopicRule: "[topic](#topics)",
        int: "number",
        float: "number",
        bool: "true or false",
        type(None): "null",
    }
    if hint in names:
        return names[hint]
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return ", ".join(f"`{value}`" for value in inner)
    if origin is dict:
        return f"{type_name(inner[0])} to {type_name(inner[1])}"
    if origin in (tuple, list):
        return "list of " + ", ".join(type_name(each) for each in inner if each is not Ellipsis)
    if inner:
        return " or ".join(dict.fromkeys(type_name(each) for each in inner))
    name = getattr(hint, "__name__", str(hint))
    return "span" if name == "Span" else f"[{name}](#{name.lower()})"


def first_line(thing: object) -> str:
    """The first paragraph of a docstring, on one line."""
    return " ".join((inspect.getdoc(thing) or "").partition("\n\n")[0].split())


if __name__ == "__main__":
    TARGET.write_text(reference(), encoding="utf-8")
