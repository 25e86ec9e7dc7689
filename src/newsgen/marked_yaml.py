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
    """Refuses a key that stands twice: the second would silently win."""

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
        return super().construct_mapping(node, deep=deep)


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
    try:
        node, value = _parsed(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error)
        raise SettingsError(
            f"not valid YAML: {what}",
            where=f"{name}:{mark.line + 1}" if mark else name,
            hint="check quotes, indentation and colons on that line",
        ) from error
    lines: dict[Key, int] = {}
    if node is not None:
        _mark(node, (), lines)
    return MarkedYaml(value, lines)


def _parsed(text: str) -> tuple[yaml.Node | None, object]:
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        return node, loader.construct_document(node) if node is not None else None
    finally:
        loader.dispose()


def _mark(node: yaml.Node, key: Key, lines: dict[Key, int]) -> None:
    lines.setdefault(key, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            lines[(*key, str(name.value))] = name.start_mark.line + 1
            _mark(value, (*key, str(name.value)), lines)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _mark(item, (*key, index), lines)
