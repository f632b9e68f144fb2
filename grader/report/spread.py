"""NetworkShown -> Spread: the best test accuracy from each seed beside what is asked for and claimed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.networks import NetworkShown
from grader.report.axis import Axis, padded
from grader.report.curves import Mark, focus, marks, reached

APART = 4.0  # percent of the width: dots that are nearer would touch on a small screen


@dataclass(frozen=True)
class Spread:
    """Dots on a line, one for each seed; who would touch another stands a row higher."""

    axis: Axis
    dots: tuple[tuple[float, int], ...]  # (percent, row from 0)
    rows: int
    ends: tuple[float, float] | None  # the lowest and the highest dot
    marks: tuple[Mark, ...]
    left: tuple[float, ...]  # test accuracies that lie below what is drawn


def spread(network: NetworkShown) -> Spread | None:
    """Return the drawing of what a network reached; None where nothing was measured."""
    best = sorted(one.accuracy for one in reached(network))
    if not best:
        return None
    axis = padded(*focus(network), upwards=False)
    places = [axis.at(value) for value in best if axis.holds(value)]
    rows = _rows(places)
    return Spread(
        axis=axis,
        dots=tuple(zip(places, rows, strict=True)),
        rows=max(rows, default=0) + 1,
        ends=(places[0], places[-1]) if len(places) > 1 else None,
        marks=marks(network, axis),
        left=tuple(value for value in best if value < axis.low),
    )


def _rows(places: Sequence[float]) -> list[int]:
    """Return for each place, in rising order, the lowest row in which it touches none before it."""
    rows: list[int] = []
    last: dict[int, float] = {}
    for place in places:
        row = next(row for row in range(len(places)) if place - last.get(row, -APART) >= APART)
        rows.append(row)
        last[row] = place
    return rows
