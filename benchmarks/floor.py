"""The floor of a file system: how long bare processes take to write the files that a build wrote.

    python benchmarks/floor.py some/archive/site new/folder

Two processes write files of the same names and lengths, in the same folders, and nothing else: no
build that writes them can be faster. Their bytes are others, so that nothing has to be read.
"""

import argparse
import json
import os
import time
from collections.abc import Iterable
from pathlib import Path

PROCESSES = 2


def files_in(folder: Path) -> list[tuple[str, int]]:
    """The files below a folder and how long they are."""
    found: list[tuple[str, int]] = []
    waiting = [str(folder)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    found.append((os.path.relpath(entry.path, folder), entry.stat().st_size))
    return sorted(found)


def write(files: Iterable[tuple[str, int]], folder: str, noise: memoryview) -> None:
    """Write files of some lengths, their folders first."""
    made: set[str] = set()
    for name, length in files:
        place = f"{folder}/{name}"
        parent = place.rpartition("/")[0]
        if parent not in made:
            os.makedirs(parent, exist_ok=True)  # noqa: PTH103 - bare, like all of this
            made.add(parent)
        file = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        os.write(file, noise[:length])
        os.close(file)


def floor(site: Path, folder: Path) -> dict[str, float]:
    """Write what a build wrote into a new folder, and say what that took."""
    files = files_in(site)
    noise = memoryview(os.urandom(max((length for _, length in files), default=0)))
    share = -(-len(files) // PROCESSES)
    began = time.perf_counter()
    children = []
    for number in range(PROCESSES):
        if not (child := os.fork()):
            write(files[number * share : (number + 1) * share], str(folder), noise)
            os._exit(0)
        children.append(child)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    wall = time.perf_counter() - began
    if any(codes):
        raise SystemExit(f"the files of {site} could not be written to {folder}")
    return {"files": len(files), "bytes": sum(length for _, length in files), "wall": wall}


def main() -> None:
    """Read the folders, write, print what it took as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("site", type=Path, help="what a build wrote")
    parser.add_argument("folder", type=Path, help="a new folder")
    given = parser.parse_args()
    print(json.dumps(floor(given.site, given.folder)))


if __name__ == "__main__":
    main()
