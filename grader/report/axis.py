"""the values that a plot is about -> Axis: where each lies, in percent of the plot's area, and the ticks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

TICKS = 6  # at most
NEAR = 0.1  # test accuracies further below what is asked for would flatten the rest
LEAST = 0.01  # test accuracy that a plot is high at least
ROOM = 0.1  # of the height, above the highest and below the lowest
_DECIMALS = 5  # that a label has room for: what needs more is written with a power of ten
_LARGE = 10**6  # from which it is, too
_FINE = 1e-4  # of the values themselves, below which the ticks between them have labels that are too long


@dataclass(frozen=True)
class Tick:
    """A labelled place on an axis."""

    at: float
    label: str


@dataclass(frozen=True)
class Axis:
    """A straight scale. `start` and `end`, in percent, are where its ends lie."""

    low: float
    high: float
    start: float = 0.0
    end: float = 100.0
    whole: bool = False  # its values are counted: ticks between them say nothing

    def at(self, value: float) -> float:
        """Return where a value lies, in percent."""
        share = (value - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 2)

    def holds(self, value: float) -> bool:
        """Return whether a value lies on the axis."""
        return self.low <= value <= self.high

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """The multiples of 1, 2 or 5 times a power of ten that lie on the axis; of a count the first too."""
        if self.high - self.low < _FINE * max(abs(self.low), abs(self.high)):
            return self._ends()
        step = _step(self.high - self.low)
        step = max(step, 1) if self.whole else step
        digits = max(0, -math.floor(math.log10(step)))
        numbers = range(math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9) + 1)
        values = [number * step for number in numbers]
        if self.whole and values[:1] != [math.ceil(self.low)]:
            values = [math.ceil(self.low), *values]
        return tuple(Tick(self.at(value), _label(value, step, digits)) for value in values)

    def _ends(self) -> tuple[Tick, ...]:
        """Return the ends of an axis too short for round numbers, as far as their labels differ."""
        low, high = (Tick(self.at(value), f"{value:.6g}") for value in (self.low, self.high))
        return (low, high) if low.label != high.label else (Tick((low.at + high.at) / 2, f"≈ {low.label}"),)


def _label(value: float, step: float, digits: int) -> str:
    """Write a tick: with as many decimals as the step has, or with a power of ten where these are many."""
    if digits <= _DECIMALS and abs(value) < _LARGE:
        return f"{value:.{digits}f}"
    return f"{round(value / step) * step:.5g}"


def _step(length: float) -> float:
    """Return the smallest round step of which a length has no more than there may be ticks."""
    power = 10.0 ** math.floor(math.log10(length / TICKS))
    return next(factor * power for factor in (1, 2, 5, 10) if length / (factor * power) <= TICKS)


def near(values: Sequence[float], threshold: float) -> list[float]:
    """Return the test accuracies that do not lie far below what is asked for; where all do, the highest."""
    return [value for value in values if value >= threshold - NEAR] or [max(values)]


def padded(low: float, high: float, *, upwards: bool) -> Axis:
    """Return an axis of test accuracies with room at both ends, never over 1; upwards or to the right."""
    missing = max(0.0, LEAST - (high - low)) / 2
    low, high = low - missing, high + missing
    room = ROOM * (high - low)
    ends = (100.0, 0.0) if upwards else (0.0, 100.0)
    return Axis(max(0.0, low - room), min(1.0, high + room), *ends)
