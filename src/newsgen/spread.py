"""Work in batches, here or by workers, with results in the order of the jobs."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

# Jobs under way at a time: enough to keep every worker busy, few enough to bound memory.
_WINDOW = 48


class FarWorkers(Executor):
    """Workers on other machines: they cannot open the store, and may be many, or die."""

    @property
    def window(self) -> int:
        """How many jobs may be under way."""
        return _WINDOW


def batched(items: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """Cut an iterable into tuples of `size`, the last one shorter."""
    iterator = iter(items)
    while batch := tuple(islice(iterator, size)):
        yield batch


def spread(workers: Executor | None, work: Callable[[T], R], jobs: Iterable[T]) -> Iterator[R]:
    """Do jobs one after another, or by workers where there are any; results come in order.

    An error of a job is raised here, and jobs not yet begun are dropped.
    """
    if workers is None:
        yield from map(work, jobs)
        return
    waiting: deque[Future[R]] = deque()
    far = workers if isinstance(workers, FarWorkers) else None
    try:
        for job in jobs:
            waiting.append(workers.submit(work, job))
            if len(waiting) >= (far.window if far else _WINDOW):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()
