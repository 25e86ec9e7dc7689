"""The articles folder → the files in it, and what is odd about them."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from newsgen.errors import SettingsError
from newsgen.ledger import SourceFile
from newsgen.model import Problem
from newsgen.readers import is_source
from newsgen.site import Site


def scan(site: Site) -> Iterator[SourceFile | Problem]:
    """Find all sources, in the order of their names; what cannot be one becomes a problem.

    A link to a folder is followed, unless that folder is read at its own place or is being read.
    Hidden files are none of ours.
    """
    folder = site.articles
    if not folder.is_dir():
        raise SettingsError(
            f'there is no folder "{site.settings.articles}"',
            where=str(site.root),
            expected="a folder with the raw texts of the articles",
            hint='make it, or set "articles" in newsgen.yaml to where they are',
        )
    yield from _scan(folder, site.settings.articles.strip("/"), (folder.resolve(),))


def _scan(folder: Path, path: str, above: tuple[Path, ...]) -> Iterator[SourceFile | Problem]:
    """Find the sources of a folder; `above` are the real folders it lies in, itself the last."""
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
                real = Path(entry.path).resolve()
                if entry.is_symlink() and (real in above or above[0] in real.parents):
                    message = "a link to a folder that is read at its own place: not followed"
                    yield Problem("link-loop", below, message, None, "info")
                else:
                    yield from _scan(Path(entry.path), below, (*above, real))
            elif not is_source(entry.name):
                yield Problem("unknown-format", below, "not a format newsgen reads", None, "info")
            else:
                # Not entry.stat(): it may be a link, and size and time are those of its target.
                state = os.stat(entry.path)  # noqa: PTH116 - half of the time of Path.stat
                if not stat.S_ISREG(state.st_mode):
                    raise OSError(0, "it is no file but a pipe or a device")
                yield SourceFile(below, entry.path, state.st_size, state.st_mtime_ns)
        except OSError as error:
            yield Problem(
                "unreadable-source", below, f"cannot be opened: {error.strerror}", None, "error"
            )


def printable(name: str) -> str:
    """A file name that can be shown and stored; bytes that are no text become escapes."""
    return name.encode("utf-8", "backslashreplace").decode()
