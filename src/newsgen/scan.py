"""The articles folder → the files in it, and what is odd about them."""

import os
from collections.abc import Iterator
from pathlib import Path

from newsgen.errors import SettingsError
from newsgen.ledger import SourceFile
from newsgen.model import Problem
from newsgen.readers import is_source
from newsgen.site import Site


def scan(site: Site) -> Iterator[SourceFile | Problem]:
    """Find all sources, in the order of their names; what cannot be one becomes a problem.

    Linked folders are followed once. Hidden files are none of ours.
    """
    folder = site.articles
    if not folder.is_dir():
        raise SettingsError(
            f'there is no folder "{site.settings.articles}"',
            where=str(site.root),
            expected="a folder with the raw texts of the articles",
            hint='make it, or set "articles" in newsgen.yaml to where they are',
        )
    yield from _scan(folder, site.settings.articles.strip("/"), frozenset())


def _scan(folder: Path, path: str, above: frozenset[str]) -> Iterator[SourceFile | Problem]:
    real = str(folder.resolve())
    if real in above:
        yield Problem("link-loop", path, "a link that leads back into its own folder: not followed")
        return
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Problem(
            "unreadable-source", path, f"cannot be opened: {error.strerror}", None, "error"
        )
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        below = f"{path}/{printable(entry.name)}"
        try:
            if entry.is_dir():
                yield from _scan(Path(entry.path), below, above | {real})
            elif not is_source(entry.name):
                yield Problem("unknown-format", below, "not a format newsgen reads", None, "info")
            else:
                # Not entry.stat(): it may be a link, and size and time are those of its target.
                state = Path(entry.path).stat()
                yield SourceFile(below, entry.path, state.st_size, state.st_mtime_ns)
        except OSError as error:
            yield Problem(
                "unreadable-source", below, f"cannot be opened: {error.strerror}", None, "error"
            )


def printable(name: str) -> str:
    """A file name that can be shown and stored; bytes that are no text become escapes."""
    return name.encode("utf-8", "backslashreplace").decode()
