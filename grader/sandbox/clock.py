"""seconds -> a deadline that waits while others work, and a purse that runs empty."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

LEAST = 1.0  # seconds: with less no training is begun


class Purse:
    """The seconds that a submission has in all; its files of code share it."""

    def __init__(self, seconds: float) -> None:
        self.left = seconds

    def spend(self, seconds: float) -> None:
        """Take seconds out. A hundredth always stays, so that what is late is late and not impossible."""
        self.left = max(self.left - seconds, 0.01)


class Leave:
    """The time that a student's code may train in, out of a purse of its own, while its clock runs."""

    def __init__(self, purse: Purse) -> None:
        self._purse = purse
        self._lent = self._since = 0.0
        self.used = 0.0  # seconds, until now

    @property
    def taken(self) -> bool:
        """Whether it trains now."""
        return self._lent > 0

    def take(self, clock: Clock) -> bool:
        """Lend the clock all that is left; False where that is nothing."""
        if self.taken or self._purse.left < LEAST:
            return self.taken
        self._lent, self._since = self._purse.left, time.monotonic()
        clock.lend(self._lent)
        return True

    def give_back(self, clock: Clock) -> None:
        """Take back from the clock what was not used."""
        if self.taken:
            used = min(time.monotonic() - self._since, self._lent)
            clock.lend(used - self._lent)
            self._purse.spend(used)
            self.used += used
            self._lent = 0.0


class Clock:
    """Runs from its making, but for the time that it is stopped. `deadline` is on time.monotonic's scale."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._start = time.monotonic()

    @property
    def deadline(self) -> float:
        """When the seconds are over."""
        return self._start + self.seconds

    @property
    def elapsed(self) -> float:
        """Seconds that counted so far."""
        return time.monotonic() - self._start

    @property
    def left(self) -> float:
        """Seconds that are left, at least none."""
        return max(self.deadline - time.monotonic(), 0.0)

    def lend(self, seconds: float) -> None:
        """Run for so many seconds longer, or shorter where they are below 0."""
        self.seconds += seconds

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Do not count what happens in the block."""
        before = time.monotonic()
        try:
            yield
        finally:
            self._start += time.monotonic() - before
