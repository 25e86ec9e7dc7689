"""Workers on other machines: a cluster of Dask, behind the seam that processes stand behind.

A batch may be done twice: by a worker that died half-way and another, or by one that hangs and
another. That is no harm. Reading is pure, and pages are written whole, with equal bytes.
"""

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

import distributed

from newsgen import output
from newsgen.digest import digest_of_code
from newsgen.errors import OutputError, SettingsError
from newsgen.spread import FarWorkers

P = ParamSpec("P")
R = TypeVar("R")

_ANSWER = 10  # seconds in which a scheduler answers
_REST = 60.0  # seconds in which workers end what an earlier build has left them
_AHEAD = 4  # batches under way for each worker: none waits for the next one to be sent
_LOOK = 5.0  # seconds between two looks at how many workers there are
_PATIENCE = 60.0  # seconds a batch may take, at the least, before another worker is asked
_TIMES = 8  # as long as the slowest batch, at the least, a batch may take before that
_TRIES = 3  # workers that are asked for a batch, each after twice the time of the one before


class Crew(FarWorkers):
    """The workers of a cluster, as an executor. `dashboard` is where people can watch them."""

    def __init__(self, client: Any, patience: float = _PATIENCE) -> None:  # noqa: ANN401
        self.client = client
        self.address: str = client.scheduler.address
        self.patience = patience
        self.slowest = 0.0
        self.stuck: set[str] = set()
        self.out: set[Errand[Any]] = set()
        self._count = 0
        self._looked = -_LOOK
        self._workers: tuple[str, ...] = ()

    @property
    def dashboard(self) -> str:
        """The address of Dask's dashboard, or "" where it has none."""
        return self.client.dashboard_link or ""

    @property
    def window(self) -> int:
        """How many batches may be under way: some for each worker that there is now."""
        return _AHEAD * max(2, len(self.workers()))

    @property
    def bound(self) -> float:
        """Seconds after which another worker is asked for a batch."""
        return max(self.patience, _TIMES * self.slowest)

    def workers(self) -> tuple[str, ...]:
        """The addresses of the workers, as of some seconds ago: they come and go."""
        if time.monotonic() - self._looked >= _LOOK:
            self._workers = tuple(sorted(self.client.nthreads()))
            self._looked = time.monotonic()
        return self._workers

    def submit(self, work: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Hand in work; it is done by whichever worker is free."""
        errand: Errand[R] = Errand(self, _Call(_code(), work, args, kwargs))
        self.out.add(errand)
        return errand

    def send(self, call: "_Call") -> Any:  # noqa: ANN401
        """Send a call to a worker that is not known to hang."""
        self._count += 1
        name = call.work.__name__.strip("_")
        good = [worker for worker in self.workers() if worker not in self.stuck]
        return self.client.submit(
            _do,
            call,
            key=(f"{name}-{self.client.id}", self._count),
            pure=False,
            workers=good if self.stuck and good else None,
            # Where those have gone too, whoever comes may have it.
            allow_other_workers=bool(self.stuck and good),
        )

    def pass_on(self, errand: "Errand[Any]") -> None:
        """Ask others for all that is with the worker that keeps an errand for too long.

        It may be at work on it, or be done and not come out with the result.
        """
        threads = self.client.nthreads()
        if not threads:
            raise OutputError(
                "the cluster has no worker left",
                where=self.address,
                hint="start workers, and build again: newsgen goes on where it stopped",
            )
        at_work, done = self.client.processing(), self.client.has_what()
        kept: set[Any] = set()
        for worker in threads:
            held = {*at_work.get(worker, ()), *done.get(worker, ())}
            if not held.isdisjoint(errand.keys):
                self.stuck.add(worker)
                kept |= held
        for other in self.out:
            if not kept.isdisjoint(other.keys):
                other.send()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster with nothing of this build still at work.

        A batch that were done after the next build would write the pages of this one.
        """
        if self.client.status == "closed":
            return
        for errand in list(self.out):
            errand.cancel()
        try:
            if wait:
                self._end_stuck()
                _ask(self.client, [w for w in self.client.nthreads() if w not in self.stuck])
        finally:
            self.client.close()

    def _end_stuck(self) -> None:
        here = self.client.scheduler_info(n_workers=-1)["workers"]
        watched = [worker for worker in self.stuck if here.get(worker, {}).get("nanny")]
        if watched:
            self.client.restart_workers(watched, timeout=_REST, raise_for_error=False)


class Errand(Future[R]):
    """Work that is with a worker, or with several: the first to come back with it wins."""

    def __init__(self, crew: Crew, call: "_Call") -> None:
        super().__init__()
        self._crew = crew
        self._call = call
        self.sent: list[Any] = []
        self._asked = 0
        self.send()

    @property
    def keys(self) -> set[Any]:
        """The names that the cluster knows it by, one for each time that it was sent."""
        return {future.key for future in self.sent}

    def send(self) -> None:
        """Ask one more worker, unless enough have been asked."""
        self._since = time.monotonic()
        if self._asked < _TRIES:
            self._asked += 1
            # One that is done, but whose result does not come, would only be waited for again.
            self.sent = [future for future in self.sent if future.status == "pending"]
            self.sent.append(self._crew.send(self._call))

    def cancel(self) -> bool:
        """Take the work back from whoever has it."""
        if self in self._crew.out:
            self._crew.out.discard(self)
            pending = [future for future in self.sent if future.status == "pending"]
            if pending:
                self._crew.client.cancel(pending)
            self.sent = []  # nobody asks for the results: their workers may forget them
        return True

    def result(self, timeout: float | None = None) -> R:
        """Wait for the work to be done; ask another worker when one takes too long.

        Raises what the work raises, and OutputError when it ends or keeps all who have it.
        """
        killed = 0
        while True:
            asked = self._asked
            bound = self._crew.bound * 2 ** (asked - 1)
            try:
                done = self._first(max(self._since + bound - time.monotonic(), 1.0))
                error = None if done.status == "finished" else done.exception()
                if error is None:
                    worker, seconds, value = done.result(timeout=bound)
                    self._crew.slowest = max(self._crew.slowest, seconds)
                    self._crew.stuck.discard(worker)
                    self.cancel()  # what others still do of it is not needed
                    return cast(R, value)
            except TimeoutError:
                self._crew.pass_on(self)
                if self._asked == asked == _TRIES:
                    what = f"{_TRIES} workers have taken a batch, and none gave it back"
                    raise self._failed(what) from None
                continue
            except distributed.CancelledError as gone:
                raise OutputError(
                    "the scheduler of the cluster has gone",
                    where=self._crew.address,
                    hint="start it, and build again: newsgen goes on where it stopped",
                ) from gone
            if not isinstance(error, distributed.KilledWorker):
                raise error
            killed += 1
            if killed == _TRIES - 1:
                raise self._failed("a batch has ended each worker that it was with") from error
            self.send()

    def _first(self, seconds: float) -> Any:  # noqa: ANN401
        """The first copy that is done, well or not; raises TimeoutError when none is."""
        with self._crew.client.as_current():
            distributed.wait(self.sent, timeout=seconds, return_when="FIRST_COMPLETED")
        done = [future for future in self.sent if future.status != "pending"]
        return min(done, key=lambda future: future.status != "finished")

    def _failed(self, what: str) -> OutputError:
        return OutputError(
            what,
            where=_named(self._call.args),
            expected="workers with memory enough, that see all sources and pages",
            hint="look at the logs of the workers; without --workers, newsgen reads it here",
        )


@dataclass(frozen=True, slots=True)
class _Call:
    """What a worker is to do, and the code it must do it by."""

    code: str
    work: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


def cluster(address: str, *, patience: float = _PATIENCE) -> Crew:
    """Join the cluster of a scheduler: "tcp://host:8786", or the file that it wrote.

    Raises SettingsError where none answers, or a worker has another newsgen than this one.
    """
    file = Path(address)
    where = {"scheduler_file": address} if file.is_file() else {"address": address}
    try:
        client = distributed.Client(
            **where, timeout=_ANSWER, set_as_default=False, name="newsgen-build"
        )
    except (OSError, ValueError) as error:
        raise SettingsError(
            "no scheduler of a cluster answers",
            where=address,
            expected='an address such as "tcp://host:8786", or the --scheduler-file of one',
            hint="start one with: dask scheduler",
        ) from error
    crew = Crew(client, patience)
    try:
        _begin(crew, address)
    except BaseException:
        client.close()
        raise
    return crew


def _begin(crew: Crew, address: str) -> None:
    """See that there are workers, and what code they have; leave out those that do not answer."""
    workers = crew.workers()
    if not workers:
        raise SettingsError(
            "the cluster has no workers",
            where=address,
            hint=f"start some with: dask worker {address} --nthreads 1 --nworkers auto",
        )
    answers = _ask(crew.client, workers)
    refuse_other_code(answers, _code())
    crew.stuck |= set(workers) - answers.keys()
    if not answers:
        raise SettingsError(
            f"none of the workers answers within {_REST:.0f} seconds",
            where=address,
            hint="end them and start them anew",
        )


def refuse_other_code(answers: dict[str, str], code: str) -> None:
    """Raise SettingsError where a worker has other code than this process, or none."""
    for worker, theirs in sorted(answers.items()):
        if theirs != code:
            raise _other_code(worker)


def _other_code(worker: str) -> SettingsError:
    return SettingsError(
        "a worker has another newsgen than this one, or none",
        where=worker,
        expected="the same version everywhere: pages must not depend on who makes them",
        hint='install this one there (pip install "newsgen[cluster]"), and start the worker anew',
    )


def introduced(crew: Crew) -> str:
    """What people should know of a cluster before it works for them, in lines."""
    threads = crew.client.nthreads()
    workers = "1 worker" if len(threads) == 1 else f"{len(threads):,} workers"
    lines = [f"{workers} at {crew.address}"]
    if crew.dashboard:
        lines.append(f"  watch them: {crew.dashboard}")
    if crew.stuck:
        lines.append(f"  not answering, left out: {', '.join(sorted(crew.stuck))}")
    crowded = sum(count > 1 for count in threads.values())
    if crowded:
        lines.append(
            f"  {crowded:,} of them have several threads, of which newsgen uses one: "
            "start workers with --nthreads 1 --nworkers auto"
        )
    return "\n".join(lines)


def _ask(client: Any, workers: Sequence[str]) -> dict[str, str]:  # noqa: ANN401
    """Wait until workers are at rest; the code of each that answers, "" if it has no newsgen."""
    asked = {
        worker: client.submit(_code_at_rest, workers=[worker], pure=False, priority=10)
        for worker in workers
    }
    look = time.monotonic() + 1
    end = time.monotonic() + _REST
    while time.monotonic() < end and _pending(asked):
        time.sleep(0.02)
        if time.monotonic() >= look:  # one that has ended meanwhile will not answer
            look = time.monotonic() + 1
            here = client.nthreads()
            asked = {worker: future for worker, future in asked.items() if worker in here}
    answers = {}
    for worker, future in asked.items():
        if future.status == "error":
            answers[worker] = ""
        with suppress(TimeoutError):
            if future.status == "finished":
                answers[worker] = future.result(timeout=_ANSWER)
    client.cancel(list(asked.values()))
    return answers


def _pending(asked: dict[str, Any]) -> bool:
    return any(future.status == "pending" for future in asked.values())


# In the workers

# Threads of a worker share what is kept open between batches: one of them works at a time.
_at_work = threading.Lock()


def _do(call: _Call) -> tuple[str, float, Any]:
    """Do a batch; says who did it and in how many seconds."""
    worker = distributed.get_worker().address
    if call.code != _code():
        raise _other_code(worker)
    with _at_work:
        began = time.monotonic()
        output.sign(worker)
        value = call.work(*call.args, **call.kwargs)
        return worker, time.monotonic() - began, value


def _code_at_rest() -> str:
    with _at_work:
        return _code()


@cache
def _code() -> str:
    # The theme is compared by itself: where newsgen is installed it is a part of the package.
    return digest_of_code(without=frozenset({"_theme"}))


def _named(args: Iterable[Any]) -> str:
    """The first source or subject of a batch, for people."""
    for arg in args:
        batch = arg[-1] if isinstance(arg, tuple) and arg else ()
        if isinstance(batch, tuple) and batch:
            first = batch[0]
            return str(getattr(first, "path", "") or f"{first.kind} {first.key}".strip())
    return ""
