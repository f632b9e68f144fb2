"""[Result] -> Distribution of totals: quartiles, mean, and a histogram with few bins."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from grader.datatypes import Result
from grader.marks import rounded
from grader.report import words

_STEPS = (1.0, 2.0, 2.5, 5.0)  # times a power of ten: widths that a person can add up
_FEWEST, _MOST = 5, 12
_NOISE = 1e-9


@dataclass(frozen=True)
class Bin:
    """Totals from `low` up to `high`, which belongs to the next bin, or to this one if it is the last."""

    low: float
    high: float
    settled: int  # students of whom nothing waits and whom nobody has to look at
    unsettled: int  # students whose totals may still change

    @property
    def students(self) -> int:
        """Return how many there are."""
        return self.settled + self.unsettled


@dataclass(frozen=True)
class Distribution:
    """The totals of a class. Quartiles lie linearly between the two nearest totals, as NumPy's do."""

    bins: tuple[Bin, ...]
    lowest: float
    lower: float
    median: float
    upper: float
    highest: float
    mean: float


def is_settled(result: Result) -> bool:
    """Return whether a total is final: nothing waits, nothing broke, and nobody has to look."""
    return words.of_result(result).kind == "right"


def distribution(results: Sequence[Result]) -> Distribution | None:
    """Return how the totals lie, lateness taken off, rounded as marks are; None for no results."""
    totals = sorted(float(rounded(result.total, result.step)) for result in results)
    if not totals:
        return None
    lower, median, upper = (
        statistics.quantiles(totals, n=4, method="inclusive") if len(totals) > 1 else totals * 3
    )
    return Distribution(
        bins=_bins(results, totals),
        lowest=totals[0],
        lower=lower,
        median=median,
        upper=upper,
        highest=totals[-1],
        mean=math.fsum(totals) / len(totals),
    )


def _bins(results: Sequence[Result], totals: Sequence[float]) -> tuple[Bin, ...]:
    """Return equal bins over all that can be earned, as many as Sturges has it: 1 + log2 of the students."""
    top = max(totals[-1], *(result.possible for result in results), _NOISE)
    most = min(_MOST, max(_FEWEST, 1 + math.ceil(math.log2(len(totals)))))
    width = _width(top - min(0.0, totals[0]), most)
    first = math.floor(min(0.0, totals[0]) / width)
    count = max(1, math.ceil(top / width - _NOISE) - first)
    settled, unsettled = [0] * count, [0] * count
    for result in results:
        place = min(count - 1, math.floor(result.total / width + _NOISE) - first)
        (settled if is_settled(result) else unsettled)[place] += 1
    edges = [(first + number) * width for number in range(count + 1)]
    return tuple(map(Bin, edges[:-1], edges[1:], settled, unsettled))


def _width(span: float, most: int) -> float:
    """Return the smallest width of `_STEPS` that needs no more than `most` bins."""
    scale = 10.0 ** math.floor(math.log10(span / most))
    widths = (step * scale for step in (*_STEPS, 10 * _STEPS[0]))
    return next(width for width in widths if span / width <= most + _NOISE)
