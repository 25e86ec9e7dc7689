"""How long a live preview takes to show an edit."""

import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path

_START = 1_800.0  # seconds that a first build may take
_LOOK = 0.01  # seconds between two looks at the page
_SETTLE = 2.0  # seconds in which a server begins to watch, or to log
_TOTAL = re.compile(r"Total in (\d+) ms")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def reload_seconds(command: Sequence[str], page: str, edit: Callable[[], str]) -> dict[str, float]:
    """Start a server, edit, and say how long its page took to show what the edit put in.

    `shown` is that time, from the file being written to the page being read. `said` is what the
    server says of it, if it says anything. The server is ended before this returns.
    """
    with tempfile.NamedTemporaryFile("w+", suffix=".log") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            _wait_for(page, "", server)
            time.sleep(_SETTLE)
            before = len(Path(log.name).read_text(encoding="utf-8"))
            put_in = edit()
            began = time.perf_counter()
            _wait_for(page, put_in, server)
            shown = time.perf_counter() - began
            time.sleep(_SETTLE)  # for the last line of the log
        finally:
            server.terminate()
            server.wait()
        said = _TOTAL.findall(Path(log.name).read_text(encoding="utf-8")[before:])
    return {"shown": shown} | ({"said": int(said[0]) / 1000} if said else {})


def _wait_for(page: str, text: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until a page is there and has some text in it."""
    until = time.monotonic() + _START
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(page, timeout=60) as answer:
                if text in answer.read().decode():
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(_LOOK)
    sys.exit(f"{page} did not come to show {text!r}")
