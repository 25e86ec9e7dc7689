"""Front matter: the YAML between two lines of three dashes at the very top of a source."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from newsgen.layout.given import field_of, given_of, is_dated
from newsgen.layout.parts import Finding, Layout, Part, source_lines
from newsgen.model import Given, LineRole
from newsgen.source_text.reading_text import plain

_LONGEST = 65_536  # characters
_MOST_NODES = 5_000  # aliases can make a small text a huge one ("billion laughs")
_MOST_SIMPLE = 100  # entries
_DEEPEST = 50  # levels of lists and mappings in one another
_FENCE = re.compile(r"[\n\r](?:---|\.\.\.)[^\S\n\r]*(?=[\n\r]|\Z)")
# Entries that need no YAML library: it takes 200 us for nine of them, this pattern 15 us. Words
# begin with a letter, so they are no numbers, and have no sign that means anything to YAML there.
_ITEM = r"[^\W\d_][\w .'’/–—-]*(?<! )"
_SIMPLE = re.compile(
    r"(?P<key>[A-Za-z][A-Za-z0-9_-]{0,40}): +(?:"
    r"(?P<words>[^\W\d_][\w .,;!?()'\"’“”‘–—…/%$&+=*@-]*(?<! ))"
    r"|(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-][0-9]{2}:[0-9]{2})?)?)"
    r"|(?P<url>https?://[\w.~/?&=%+-]+)"
    r"|\"(?P<quoted>[\w .,:;!?()'’“”‘–—…/%$&+=*@#\[\]-]+)\""
    rf"|\[(?P<items>(?:{_ITEM}(?:, +{_ITEM})*)?)\])"
)
_NO_WORDS = frozenset({"yes", "no", "true", "false", "on", "off", "null"})
_ROLES: dict[str, LineRole] = {
    "headline": "headline",
    "subheadline": "subheadline",
    "authors": "byline",
    "date": "date",
    "url": "url",
    "rights": "rights",
}


class FrontMatter(NamedTuple):
    """What front matter gives, the parts its lines make, and where the body begins."""

    given: Given
    layout: Layout
    body: int


class _Trouble(Exception):
    """Front matter that cannot be used, and the line of it that shows why (from 0)."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


def front_matter_of(text: str, source_text: str) -> FrontMatter | None:
    """Read the front matter of a source, None if it has none.

    `text` is the reading text, in which the parts stand. YAML is read from the source text, where
    the escapes in its quoted strings are whole; both have the same lines.
    """
    spans = _fenced(text)
    if spans is None:
        return None
    body = spans[-1][1]
    # CR LF, CR or LF, or nothing at the end of the text.
    body += 2 if text.startswith("\r\n", body) else int(body < len(text))
    try:
        pairs = _simple_pairs(text, spans, source_text) or list(
            _pairs(_yaml_of(source_text, len(spans)))
        )
    except _Trouble as trouble:
        place = spans[min(trouble.line + 1, len(spans) - 1)][0]
        finding = Finding("bad-front-matter", f"front matter ignored: {trouble.message}", place)
        parts = tuple(_part(text, "boilerplate", *span) for span in spans)
        return FrontMatter(Given(), Layout(parts, (), (finding,)), body)
    given = given_of(
        {key: value for key, value, _, _ in pairs}, {key: typed for key, _, typed, _ in pairs}
    )
    findings: tuple[Finding, ...] = ()
    roles: list[LineRole] = ["boilerplate"] * len(spans)
    for number, (key, _, _, line) in enumerate(pairs):
        field = field_of(key) or ""
        until = pairs[number + 1][3] if number + 1 < len(pairs) else len(spans) - 2
        for index in range(line + 1, until + 1):
            roles[index] = _role_of(field, given)
        if field == "date" and given.date and not is_dated(given.date):
            message = f'"{given.date}" is not a date'
            findings += (Finding("bad-date", message, spans[line + 1][0]),)
    parts = tuple(_part(text, role, *span) for role, span in zip(roles, spans, strict=True))
    return FrontMatter(given, Layout(parts, (), findings), body)


def _role_of(field: str, given: Given) -> LineRole:
    # "source" is an address in some front matter, and a name in other.
    if field == "url" and given.url is None:
        return "boilerplate"
    return _ROLES.get(field, "boilerplate")


def _part(text: str, role: LineRole, start: int, end: int) -> Part:
    return Part(role if text[start:end].strip() else "blank", start, end)


def _fenced(text: str) -> list[tuple[int, int]] | None:
    """The lines of the front matter, its two fences included."""
    if not text.startswith("---"):
        return None
    end = _FENCE.search(text, 0, min(len(text), _LONGEST))
    if end is None:
        return None
    spans = source_lines(text, 0, end.end())
    return spans if text[slice(*spans[0])].rstrip() == "---" else None


def _yaml_of(source_text: str, count: int) -> str:
    clean = plain(source_text[: 2 * _LONGEST])
    spans = source_lines(clean)[1 : count - 1]
    return "\n".join(clean[start:end] for start, end in spans)


def _simple_pairs(
    text: str, spans: list[tuple[int, int]], source_text: str
) -> list[tuple[str, object, object, int]] | None:
    """What `_pairs` gives for entries of one line with plain words or lists of them.

    None, also where it is not certain that YAML means the same.
    """
    if not source_text.startswith(text[: spans[-1][1]]):
        return None
    pairs: list[tuple[str, object, object, int]] = []
    for line, (start, end) in enumerate(spans[1:-1]):
        found = _SIMPLE.fullmatch(text, start, end)
        if found is None:
            return None
        key, words, date, url, quoted, items = found.groups()
        listed = [item.strip() for item in items.split(",")] if items else [words] if words else []
        if not _NO_WORDS.isdisjoint(map(str.lower, listed)):
            return None
        value = words or date or url or quoted or listed
        pairs.append((key, value, value, line))
    return pairs if len({pair[0] for pair in pairs}) == len(pairs) <= _MOST_SIMPLE else None


def _pairs(text: str) -> Iterator[tuple[str, object, object, int]]:
    """Key, value as text, value with its type, and line, of each entry."""
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        if error.context_mark and (mark is None or mark.line > text.count("\n")):
            mark = error.context_mark  # what was opened there has no end
        raise _Trouble(error.problem or "not YAML", mark.line if mark else 0) from None
    except (yaml.YAMLError, RecursionError):
        raise _Trouble("not YAML") from None
    if root is None:
        return
    if not isinstance(root, yaml.MappingNode):
        raise _Trouble("not a list of keys and values", root.start_mark.line)
    seen: set[str] = set()
    budget = [_MOST_NODES]
    for key, value in root.value:
        line = key.start_mark.line
        if not isinstance(key, yaml.ScalarNode):
            raise _Trouble("a key is not a word", line)
        if key.value in seen:
            raise _Trouble(f'the key "{key.value}" stands twice', line)
        seen.add(key.value)
        texts = _plain(value, budget, _DEEPEST, typed=False)
        yield key.value, texts, _plain(value, budget, _DEEPEST, typed=True), line


def _plain(node: yaml.Node, budget: list[int], levels: int, *, typed: bool) -> object:
    budget[0] -= 1
    if budget[0] < 0:
        raise _Trouble("too much of it", node.start_mark.line)
    # Counted, so that what is read never depends on how deep Python's own stack is by then.
    if levels == 0:
        raise _Trouble("values hold one another too deep, or themselves", node.start_mark.line)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, budget, levels - 1, typed=typed) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return {
            str(key.value): _plain(value, budget, levels - 1, typed=typed)
            for key, value in node.value
        }
    return _scalar(node.tag.rpartition(":")[2], str(node.value), typed=typed)


def _scalar(tag: str, value: str, *, typed: bool) -> object:
    # Dates stay as written: the date annotator reads them.
    if tag == "null":
        return None
    if typed and tag == "bool":
        return value.casefold() in ("true", "yes", "on")
    if typed and tag in ("int", "float") and len(value) < 18:
        try:
            return int(value) if tag == "int" else float(value)
        except ValueError:
            return value
    return value
