"""Where the time of a build goes: laps of its stages, added up over all processes."""

import time
from collections.abc import Iterable, Mapping

from newsgen.model import Record


class Spent(Record, frozen=True):
    """Seconds by the clock and of a processor; of all processes together, so that two workers
    that are busy for a second make two."""

    wall: float = 0.0
    cpu: float = 0.0

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(self.wall + other.wall, self.cpu + other.cpu)


Profile = dict[str, Spent]


class Stopwatch:
    """Measures one process, stage by stage: each lap is the time since the one before it."""

    def __init__(self) -> None:
        self._laps: dict[str, list[float]] = {}
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def start(self) -> None:
        """Begin a lap; the time since the last one is nobody's."""
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def lap(self, stage: str) -> None:
        """Give the time since the last lap to a stage, and begin the next."""
        wall, cpu = time.perf_counter(), time.process_time()
        spent = self._laps.setdefault(stage, [0.0, 0.0])
        spent[0] += wall - self._wall
        spent[1] += cpu - self._cpu
        self._wall, self._cpu = wall, cpu

    def take(self) -> Profile:
        """What has been measured since the last call."""
        laps, self._laps = self._laps, {}
        return {stage: Spent(*spent) for stage, spent in laps.items()}


def added(profiles: Iterable[Mapping[str, Spent]]) -> Profile:
    """Profiles together, in the order in which stages first appear."""
    total: Profile = {}
    for profile in profiles:
        for stage, spent in profile.items():
            total[stage] = total.get(stage, Spent()) + spent
    return total


def rounded(profile: Profile) -> Profile:
    """A profile in milliseconds, as it is shown."""
    return {
        stage: Spent(round(spent.wall, 3), round(spent.cpu, 3)) for stage, spent in profile.items()
    }
