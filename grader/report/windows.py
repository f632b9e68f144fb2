"""Pooling -> the coordinates of its drawings, and what they show in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grader.arrays import Pooling

CELL = 22  # pixels


@dataclass(frozen=True)
class Window:
    """A square of the input that becomes one number; every other one is shaded."""

    x: int
    y: int
    shaded: bool


@dataclass(frozen=True)
class Grid:
    """An input: `lines` is path data, `numbers` are (x, y of the middle, text)."""

    width: int
    height: int
    lines: str
    numbers: tuple[tuple[float, float, str], ...]
    windows: tuple[Window, ...]
    side: int  # of a window, in pixels
    spoken: str


def grids(pooling: Pooling) -> tuple[Grid, ...]:
    """Return a grid for each input. Windows that overlap are left out but for the first."""
    return tuple(_grid(rows, pooling) for rows in pooling.inputs)


def _grid(rows: tuple[tuple[float, ...], ...], pooling: Pooling) -> Grid:
    width, height = CELL * len(rows[0]), CELL * len(rows)
    across = "".join(f"M0 {y}H{width}" for y in range(0, height + 1, CELL))
    down = "".join(f"M{x} 0V{height}" for x in range(0, width + 1, CELL))
    windows = tuple(_windows(len(rows), len(rows[0]), pooling))
    return Grid(
        width=width,
        height=height,
        lines=across + down,
        numbers=tuple(
            (CELL * (column + 0.5), CELL * (row + 0.5), f"{value:g}".replace("-", "−"))
            for row, values in enumerate(rows)
            for column, value in enumerate(values)
        ),
        windows=windows if pooling.stride >= pooling.window else windows[:1],
        side=CELL * pooling.window,
        spoken="; ".join(" ".join(f"{value:g}" for value in values) for values in rows),
    )


def _windows(rows: int, columns: int, pooling: Pooling) -> Iterator[Window]:
    for number, top in enumerate(range(0, rows - pooling.window + 1, pooling.stride)):
        for place, left in enumerate(range(0, columns - pooling.window + 1, pooling.stride)):
            yield Window(CELL * left, CELL * top, (number + place) % 2 == 0)
