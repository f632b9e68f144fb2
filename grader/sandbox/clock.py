"""seconds -> a deadline that waits while others work, and a purse that runs empty."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Purse:
    """The seconds that a submission has in all; its files of code share it."""

    def __init__(self, seconds: float) -> None:
        self.left = seconds

    def spend(self, seconds: float) -> None:
        """Take seconds out. A hundredth always stays, so that what is late is late and not impossible."""
        self.left = max(self.left - seconds, 0.01)


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

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Do not count what happens in the block."""
        before = time.monotonic()
        try:
            yield
        finally:
            self._start += time.monotonic() - before
