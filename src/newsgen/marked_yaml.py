"""YAML that remembers its lines, so that errors can name them."""

import stat
from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from newsgen.errors import SettingsError

Key = tuple[str | int, ...]
_DEEPEST = 50  # levels: deeper is no settings file, and would exhaust Python's stack


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

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:  # noqa: ANN401
        self.depth += 1
        try:
            if self.depth > _DEEPEST:
                raise yaml.MarkedYAMLError(
                    problem=f"lists or mappings stand in one another more than {_DEEPEST} deep",
                    problem_mark=self.get_mark(),
                )
            return super().compose_node(parent, index)
        finally:
            self.depth -= 1

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
        # Not read_bytes alone: it would wait for ever at a pipe.
        if not stat.S_ISREG(file.stat().st_mode):
            raise _unreadable(file, "it is a folder" if file.is_dir() else "it is no plain file")
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        broken = isinstance(error, FileNotFoundError) and file.is_symlink()
        what = "it is a link that leads nowhere" if broken else error.strerror or str(error)
        raise _unreadable(file, what) from error
    except UnicodeDecodeError as error:
        raise _unreadable(file, f"it is not UTF-8 ({error.reason})") from error
    return parse_marked(text, file.name)


def load_if_there(file: Path) -> MarkedYaml | None:
    """Parse a YAML file, None if nothing has its name.

    A broken link or a folder is something: silence would pass over what people have decided.
    """
    try:
        file.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _unreadable(file, error.strerror or str(error)) from error
    return load_marked(file)


def _unreadable(file: Path, what: str) -> SettingsError:
    return SettingsError(
        f"cannot be read: {what}",
        where=file.name,
        expected="a UTF-8 text file that you may read",
        hint="mend or replace it, or remove it to do without",
    )


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
        _mark(node, (), (lines, set()), ())
        return loader.construct_document(node)
    finally:
        loader.dispose()


def _mark(
    node: yaml.Node, key: Key, marked: tuple[dict[Key, int], set[int]], above: tuple[yaml.Node, ...]
) -> None:
    """Enter the lines of a node and of all below it; of what aliases repeat, its first place."""
    lines, seen = marked
    if node in above:
        raise yaml.MarkedYAMLError(
            problem="something stands in itself", problem_mark=node.start_mark
        )
    lines.setdefault(key, node.start_mark.line + 1)
    # Aliases of aliases make a small file a huge tree ("billion laughs"): no node is walked twice.
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if not isinstance(name, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(
                    problem="a key is not a word", problem_mark=name.start_mark
                )
            lines[(*key, str(name.value))] = name.start_mark.line + 1
            _mark(value, (*key, str(name.value)), marked, (*above, node))
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _mark(item, (*key, index), marked, (*above, node))
