"""Bytes → files: atomic, only if changed; removes what is gone, never touches what is foreign."""

import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from newsgen.errors import OutputError

# A file half-written when the machine stopped; no page ends like this.
PART = ".newsgen-part"
# What the theme writes near the top of each file, in the words each format has for it.
_MARK = re.compile(rb'generator\W{1,3}(?:content=")?newsgen')
_BINARY = getattr(os, "O_BINARY", 0)  # Windows would write CR LF
_HEAD = 2048  # bytes of a file in which the mark stands
# Where workers of several machines may write one page at a time, each has parts of its own.
_signature = ""


def sign(worker: str) -> None:
    """Tell the parts that this process writes from those of all others."""
    global _signature
    _signature = "." + re.sub(r"\W+", "-", worker)


def write(folder: Path, path: str, content: bytes) -> bool:
    """Write a file so that it is whole at any moment; say whether its bytes have changed.

    An equal file keeps its modification time. Raises OutputError with the remedy.
    """
    # Paths as strings, and descriptors: a third of the time of the same with Path and file objects.
    target = f"{folder}/{path}"
    try:
        if _holds(target, content):
            return False
        part = target + _signature + PART
        try:
            _put(part, content)
        except FileNotFoundError:
            Path(target).parent.mkdir(parents=True, exist_ok=True)
            _put(part, content)
        os.replace(part, target)  # noqa: PTH105
    except OSError as error:
        raise _output_error(error, Path(target)) from error
    return True


def _holds(target: str, content: bytes) -> bool:
    """Whether a file is there with these very bytes."""
    try:
        state = os.stat(target)  # noqa: PTH116
    except FileNotFoundError:
        return False
    if not stat.S_ISREG(state.st_mode) or state.st_size != len(content):
        return False
    return Path(target).read_bytes() == content


def _put(place: str, content: bytes) -> None:
    file = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o666)
    try:
        view = memoryview(content)
        while view:
            view = view[os.write(file, view) :]
    finally:
        os.close(file)


def remove(folder: Path, paths: Iterable[str]) -> None:
    """Remove files, and the folders this leaves empty; raises OutputError."""
    for path in paths:
        target = folder / path
        try:
            target.unlink(missing_ok=True)
            _remove_empty(target.parent, folder)
        except OSError as error:
            raise _output_error(error, target) from error


def _remove_empty(place: Path, folder: Path) -> None:
    while place != folder and folder in place.parents:
        try:
            place.rmdir()
        except OSError:  # not empty, or gone already
            return
        place = place.parent


def files_in(folder: Path) -> Iterator[str]:
    """The paths of all files below a folder, with forward slashes; links are not followed."""
    waiting = [""]
    while waiting:
        below = waiting.pop()
        try:
            entries = list(os.scandir(folder / below))
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            raise _output_error(error, folder / below) from error
        for entry in entries:
            path = f"{below}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                waiting.append(path + "/")
            else:
                yield path


def is_ours(folder: Path, path: str) -> bool:
    """Whether newsgen made a file: it says so in its head, or is a part left by a killed build."""
    if path.endswith(PART):
        return True
    try:
        with (folder / path).open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False
    return _MARK.search(head) is not None


def _output_error(error: OSError, target: Path) -> OutputError:
    hints = {
        28: "free some space and build again: newsgen goes on where it stopped",
        30: "choose another output folder, or make this one writable",
        13: "make the folder writable for you",
    }
    return OutputError(
        f"cannot be written: {error.strerror or error}",
        where=str(target),
        expected="a writable output folder; the pages already there are whole",
        hint=hints.get(error.errno or 0, "look at the folder, then build again"),
    )
