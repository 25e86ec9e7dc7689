"""What a command takes: seconds, CPU seconds and memory, of all the processes it starts.

    python benchmarks/measure.py newsgen build some/archive

The command is started by a process of its own, which does nothing but wait. On Linux that process
is made the one to which orphans fall (PR_SET_CHILD_SUBREAPER), so that every process the command
leaves, a fork server or a worker, is waited for here too. The kernel gives the CPU seconds of each
process that is waited for together with those that it had waited for itself: their sum is complete
and needs no sampling. `wall` ends with the command, not with what it leaves.

`largest` is the peak of the largest process, again by the kernel. `together` is the peak of all
processes in one moment, their shared pages counted once (PSS), looked at every 50 ms, or less often
where looking takes long; it is None where /proc does not tell it.
"""

import ctypes
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

_PR_SET_CHILD_SUBREAPER = 36
_EVERY = 0.05


class Measured(NamedTuple):
    """What a command took, in seconds and MiB, and what it printed."""

    wall: float
    cpu: float
    largest: float
    together: float | None
    printed: str


def measured(command: Sequence[str]) -> Measured:
    """Run a command; ends this program with what it says if it fails."""
    watch = [sys.executable, "-S", str(Path(__file__).resolve()), "--json", *command]
    done = subprocess.run(watch, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr[-4_000:]}")
    return Measured(*json.loads(done.stdout))


def mebibytes(ru_maxrss: int) -> float:
    """The size of a process as the kernel gives it: in KiB by Linux, in bytes by macOS."""
    return ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def _run(command: list[str]) -> Measured:
    """Run a command as this process's only child, and wait for all that it leaves."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    peaks = [0.0]
    ended = threading.Event()
    sampler = threading.Thread(target=_sample, args=(peaks, ended), daemon=True)
    # A file, not a pipe: a process left behind keeps a pipe open.
    with tempfile.TemporaryFile() as out:
        sampler.start()
        began = time.perf_counter()
        child = subprocess.Popen(command, stdout=out)
        wall = cpu = largest = 0.0
        code = 1
        while True:
            try:
                pid, status, usage = os.wait4(-1, 0)
            except ChildProcessError:
                break
            cpu += usage.ru_utime + usage.ru_stime
            largest = max(largest, mebibytes(usage.ru_maxrss))
            if pid == child.pid:
                wall = time.perf_counter() - began
                child.returncode = code = os.waitstatus_to_exitcode(status)
        ended.set()
        sampler.join()
        out.seek(0)
        printed = out.read().decode(errors="replace")
    if code:
        sys.stderr.write(printed[-4_000:])
        sys.exit(1)
    return Measured(wall, cpu, largest, max(peaks) or None, printed)


def _sample(peaks: list[float], ended: threading.Event) -> None:
    """Keep the most memory that all processes below this one have had together."""
    pause = _EVERY
    while not ended.wait(pause):
        began = time.perf_counter()
        peaks[0] = max(peaks[0], sum(map(_share, _below(os.getpid()))) / 1024)
        # Large processes take milliseconds to look at, in which they stand still.
        pause = max(_EVERY, 10 * (time.perf_counter() - began))


def _below(pid: int) -> Iterator[int]:
    """The processes that a process has started, and those have, as far as they are there."""
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, _read(file).split()):
            yield child
            yield from _below(child)


def _share(pid: int) -> int:
    """The KiB of a process, a page that n processes share counted as 1/n."""
    for line in _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:  # it has ended
        return ""


def main() -> None:
    """Run the command that is named, and print what it took."""
    command = sys.argv[1:]
    as_json = command[:1] == ["--json"]
    took = _run(command[1:] if as_json else command)
    if as_json:
        print(json.dumps(took))
        return
    together = "unknown" if took.together is None else f"{took.together:.1f} MiB"
    print(took.printed, end="")
    print(f"{took.wall:.2f} s, {took.cpu:.2f} CPU s, {took.largest:.1f} MiB, together {together}")


if __name__ == "__main__":
    main()
