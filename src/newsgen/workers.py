"""The processes that share the work of a build."""

import multiprocessing
import signal
from concurrent.futures import ProcessPoolExecutor

# What a worker needs at hand: imported once by the server that forks them.
_PRELOAD = ["newsgen.intake", "newsgen.refresh"]


def pool(jobs: int) -> ProcessPoolExecutor:
    """A pool of processes that start when the first work is handed in."""
    methods = multiprocessing.get_all_start_methods()
    # Not fork: it copies locks and open databases of this process in whatever state they are.
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    context.set_forkserver_preload(_PRELOAD)
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_leave_interrupts)


def _leave_interrupts() -> None:
    """Let Ctrl-C end the main process alone, which then ends the workers without a traceback."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
