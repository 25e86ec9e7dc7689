"""YAML that remembers its lines, so that errors can name them."""

from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from newsgen.errors import SettingsError

Key = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class MarkedYaml:
    """Parsed YAML (plain dicts, lists and scalars) with the line of each key and item."""

    value: object
    lines: dict[Key, int]

    def line_of(self, *key: str | int) -> int:
        """The line, from 1, of a key or list item by its path; of the nearest parent if unknown."""
        while key and key not in self.lines:
            key = key[:-1]
        return self.lines.get(key, 1)


class _Loader(yaml.SafeLoader):
    """Keeps keys and dates as they are written, and refuses a key that stands twice."""

    # Without the resolver of dates: "2024-13-45" is a text like any other.
    yaml_implicit_resolvers = {  # noqa: RUF012 - declared so by the base class
        first: [(tag, pattern) for tag, pattern in found if not tag.endswith(":timestamp")]
        for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: dict[str, int] = {}
        for key_node, _ in node.value:
            name = str(key_node.value)
            line = key_node.start_mark.line + 1
            if name in seen:
                raise yaml.MarkedYAMLError(
                    problem=f'"{name}" stands twice, first on line {seen[name]}',
                    problem_mark=key_node.start_mark,
                )
            seen[name] = line
        return {
            str(key_node.value): self.construct_object(value, deep=True)
            for key_node, value in node.value
        }


def load_marked(file: Path) -> MarkedYaml:
    """Parse a YAML file; raises SettingsError with file and line."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"cannot be read: {error}", where=file.name, expected="a UTF-8 text file"
        ) from error
    return parse_marked(text, file.name)


def parse_marked(text: str, name: str) -> MarkedYaml:
    """Parse YAML text; `name` is what errors call it."""
    lines: dict[Key, int] = {}
    try:
        value = _parsed(text, lines)
    except yaml.YAMLError as error:
        line, what = _place_of(error, text)
        raise SettingsError(
            f"not valid YAML: {what}",
            where=f"{name}:{line}",
            hint="check quotes, indentation and colons on that line",
        ) from error
    except (ValueError, TypeError) as error:
        raise SettingsError(
            f"a value cannot be read: {error}", where=f"{name}:1", hint="write it as plain text"
        ) from error
    return MarkedYaml(value, lines)


def _place_of(error: yaml.YAMLError, text: str) -> tuple[int, str]:
    if isinstance(error, yaml.reader.ReaderError):
        what = f"the character U+{error.character:04X} may not stand here"
        return text.count("\n", 0, error.position) + 1, what
    mark = getattr(error, "problem_mark", None)
    return (mark.line + 1 if mark else 1), getattr(error, "problem", None) or str(error)


def _parsed(text: str, lines: dict[Key, int]) -> object:
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None
        _mark(node, (), lines, ())
        return loader.construct_document(node)
    finally:
        loader.dispose()


def _mark(node: yaml.Node, key: Key, lines: dict[Key, int], above: tuple[yaml.Node, ...]) -> None:
    if node in above:
        raise yaml.MarkedYAMLError(
            problem="something stands in itself", problem_mark=node.start_mark
        )
    lines.setdefault(key, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            lines[(*key, str(name.value))] = name.start_mark.line + 1
            _mark(value, (*key, str(name.value)), lines, (*above, node))
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _mark(item, (*key, index), lines, (*above, node))
