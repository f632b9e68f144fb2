"""NetworkShown -> Curves: test accuracy over epochs as coordinates in percent, never markup.

The plot is about what is asked for: what lies far below is cut off, and counted.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from grader.networks import NetworkShown
from grader.report.axis import NEAR, Axis, near, padded

POINTS = 100  # of a curve: more than that cannot be told apart
ROWS = 30  # of the table that says the same

Curve = Sequence[float]  # test accuracy after each epoch


@dataclass(frozen=True)
class Mark:
    """A labelled line across a plot: what is asked for, what is claimed."""

    kind: str
    at: float
    value: float
    upper: bool  # the higher of two: its label stands above it, the lower one's below


@dataclass(frozen=True)
class Curves:
    """What is drawn: a path of the best training, one of all others, a dot at each best epoch, marks."""

    trainings: tuple[tuple[int, Curve], ...]  # (seed, test accuracy after each epoch)
    epochs: Axis
    accuracy: Axis
    path: str
    best: str
    downwards: tuple[int, ...]  # the seeds as their lines end, the highest first
    dots: tuple[tuple[float, float], ...]
    marks: tuple[Mark, ...]
    hidden: tuple[float, ...]  # test accuracies that lie below what is drawn
    rows: tuple[int, ...]  # the epochs of the table, from 1


@dataclass(frozen=True)
class Reached:
    """The best epoch of a training, and its test accuracy then."""

    seed: int
    epoch: int
    accuracy: float


def curves(network: NetworkShown) -> Curves | None:
    """Return the drawing of a network's trainings; None where there is none."""
    trainings = tuple((seed, curve) for seed, curve in enumerate(network.curves, start=1) if curve)
    if not trainings:
        return None
    drawn = [curve for _, curve in trainings]
    first = reached(network)[0].seed
    longest = max(map(len, drawn))
    epochs = Axis(1, longest, whole=True) if longest > 1 else Axis(0.5, 1.5, whole=True)
    accuracy = _range(network, drawn)
    bests = [(one.epoch, one.accuracy) for one in reached(network)]
    return Curves(
        trainings=trainings,
        epochs=epochs,
        accuracy=accuracy,
        path="".join(_path(curve, epochs, accuracy) for seed, curve in trainings if seed != first),
        best=_path(network.curves[first - 1], epochs, accuracy),
        downwards=tuple(seed for seed, curve in sorted(trainings, key=lambda one: -one[1][-1])),
        dots=tuple((epochs.at(x), accuracy.at(y)) for x, y in bests if accuracy.holds(y)),
        marks=marks(network, accuracy),
        hidden=tuple(value for curve in drawn for value in curve if value < accuracy.low),
        rows=_thinned(longest, ROWS),
    )


def reached(network: NetworkShown) -> list[Reached]:
    """Return what each training reached, the highest first."""
    trainings = enumerate(network.curves, start=1)
    found = [Reached(seed, curve.index(max(curve)) + 1, max(curve)) for seed, curve in trainings if curve]
    return sorted(found, key=lambda one: -one.accuracy)


def marks(network: NetworkShown, axis: Axis) -> tuple[Mark, ...]:
    """Return what is asked for, and what is claimed where it lies on the axis; the higher one first."""
    values = {"asked": network.threshold}
    if network.claimed is not None and axis.holds(network.claimed):
        values["claimed"] = network.claimed
    ordered = sorted(values, key=lambda kind: -values[kind])
    return tuple(
        Mark(kind, axis.at(values[kind]), values[kind], upper=place == 0)
        for place, kind in enumerate(ordered)
    )


def focus(network: NetworkShown) -> tuple[float, float]:
    """Return the lowest and the highest of what a drawing has to show well."""
    shown = [*near([one.accuracy for one in reached(network)], network.threshold), network.threshold]
    if network.claimed is not None and network.threshold - NEAR <= network.claimed <= 1:
        shown.append(network.claimed)
    return min(shown), max(shown)


def _range(network: NetworkShown, drawn: Sequence[Curve]) -> Axis:
    """Return an axis on which what has to be seen takes a good part of the height."""
    low, high = focus(network)
    lowest = min(min(curve) for curve in drawn)
    return padded(min(low, max(lowest, low - max(1.5 * (high - low), 0.3 * NEAR))), high, upwards=True)


def _path(curve: Curve, epochs: Axis, accuracy: Axis) -> str:
    places = {*_thinned(len(curve), POINTS), curve.index(max(curve)) + 1}
    points = [f"{epochs.at(epoch):g} {accuracy.at(curve[epoch - 1]):g}" for epoch in sorted(places)]
    return f"M{' '.join(points)}" if len(points) > 1 else ""


def _thinned(epochs: int, most: int) -> tuple[int, ...]:
    """Return epochs at equal distances and the last, no more than `most` and that one."""
    every = math.ceil(epochs / most)
    return tuple(sorted({*range(1, epochs + 1, every), epochs}))
