"""Whoever is told how far the work is."""

from typing import Protocol


class Progress(Protocol):
    """Told what a build is doing; `total` is how many steps the phase has."""

    def start(self, phase: str, total: int) -> None: ...
    def advance(self, steps: int) -> None: ...


class Silent:
    """Tells nobody."""

    def start(self, phase: str, total: int) -> None:
        """Pass over a new phase."""

    def advance(self, steps: int) -> None:
        """Pass over steps done."""
