"""The processes that share the work of a build."""

import multiprocessing
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import resource_tracker
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

# What a worker needs at hand: imported once by the server that forks them.
_PRELOAD = ["newsgen.intake", "newsgen.refresh"]


class Pool(ProcessPoolExecutor):
    """Processes that Ctrl-C does not reach, started when work is handed in."""

    def submit(self, work: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Hand in work; a worker that is started here leaves Ctrl-C to the main process."""
        with _interrupts_held():
            return super().submit(work, *args, **kwargs)


def pool(jobs: int) -> Pool:
    """A pool of processes that start when the first work is handed in."""
    methods = multiprocessing.get_all_start_methods()
    # Not fork: it copies locks and open databases of this process in whatever state they are.
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    context.set_forkserver_preload(_PRELOAD)
    return Pool(jobs, mp_context=context, initializer=_leave_interrupts)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Let Ctrl-C wait for the end of the block, and never reach processes started in it.

    One that ends a worker, or the server that forks them, while they start leaves the pool
    waiting for ever. Signals held back are held back in new processes too.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # started later, it would let signals through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _leave_interrupts() -> None:
    """Where signals cannot be held back, let a worker ignore them from its first step on."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
