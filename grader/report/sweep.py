"""SweepShown -> Sweep: what a student gives and what the grader measured, as coordinates in percent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from grader.networks import SweepRow, SweepShown
from grader.report.axis import NEAR, Axis, padded

_SHORTEST, _WIDEST = 1e-300, 1e300  # axes: beyond, differences of floats are none


@dataclass(frozen=True)
class Spot:
    """A row that was measured: where it lies, and from where to where a claim agrees."""

    x: float
    y: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Sweep:
    """What is drawn. Rows far below all others are arrows at the bottom."""

    setting: Axis
    accuracy: Axis
    path: str
    claimed: tuple[tuple[float, float], ...]
    spots: tuple[Spot, ...]
    below: tuple[tuple[float, SweepRow], ...]


def sweep(shown: SweepShown) -> Sweep | None:
    """Return the drawing of a sweep; None where there is nothing to draw over."""
    rows = sorted(shown.rows, key=lambda row: row.setting)
    if len({row.setting for row in rows}) < 2 or not _SHORTEST < rows[-1].setting - rows[0].setting < _WIDEST:
        return None
    setting = Axis(rows[0].setting, rows[-1].setting)
    accuracy = _range(rows, shown.slack or 0.0)
    seen = [row for row in rows if accuracy.holds(row.claimed)]
    return Sweep(
        setting=setting,
        accuracy=accuracy,
        path=_path(rows, setting, accuracy),
        claimed=tuple((setting.at(row.setting), accuracy.at(row.claimed)) for row in seen),
        spots=tuple(
            _spot(setting.at(row.setting), accuracy, row.measured, shown.slack or 0.0)
            for row in rows
            if row.measured is not None and accuracy.holds(row.measured)
        ),
        below=tuple((setting.at(row.setting), row) for row in rows if row.claimed < accuracy.low),
    )


def _path(rows: Sequence[SweepRow], setting: Axis, accuracy: Axis) -> str:
    """Return the line through the rows, broken where one lies below what is drawn."""
    pieces = groupby(rows, key=lambda row: accuracy.holds(row.claimed))
    lines = [
        [f"{setting.at(row.setting):g} {accuracy.at(row.claimed):g}" for row in piece]
        for seen, piece in pieces
        if seen
    ]
    return "".join(f"M{' '.join(line)}" for line in lines)


def _range(rows: Sequence[SweepRow], slack: float) -> Axis:
    spots = [row.measured for row in rows if row.measured is not None]
    low = min([_lowest([row.claimed for row in rows]), *(value - slack for value in spots)])
    high = max([*(row.claimed for row in rows), *(value + slack for value in spots)])
    return padded(max(low, 0.0), min(high, 1.0), upwards=True)


def _lowest(values: Sequence[float]) -> float:
    """Return the lowest value that is drawn: a few that lie far below all others would flatten these."""
    rising = sorted(values)
    top = rising[-1]
    for few in range((len(rising) - 1) // 2, 0, -1):
        gap = rising[few] - rising[few - 1]
        if gap > max(2 * (top - rising[few]), NEAR):
            return rising[few]
    return rising[0]


def _spot(x: float, accuracy: Axis, measured: float, slack: float) -> Spot:
    top, bottom = (min(max(accuracy.low, measured + way), accuracy.high) for way in (slack, -slack))
    return Spot(x, accuracy.at(measured), accuracy.at(top), accuracy.at(bottom))
