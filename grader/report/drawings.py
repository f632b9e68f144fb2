"""figures -> the coordinates of their drawings: path data, widths and heights, never markup.

One code everywhere: right fills its place, partly right less of it, wrong little, no answer a hair; what
waits is striped. Colour only repeats it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from grader.report.distribution import Bin, Distribution
from grader.report.item_analysis import Discrimination, ItemFigures
from grader.report.outcomes import KINDS, Item

Paths = tuple[tuple[str, str], ...]  # (kind, path data)
TALL = {"right": 16, "partly": 10, "wrong": 4, "missing": 1, "waiting": 16, "fault": 16}  # of 16
SIGN = {"right": "✓", "partly": "◐", "wrong": "✗", "missing": "○", "waiting": "…", "fault": "!"}
_CELL, _SPACE, _APART = 22, 2, 7  # the map: a check's place, after it, and more between parts
_MAP_HEIGHT, _ROW_MOST, _ROW_APART = 420, 16, 4  # pixels
BAR = 100  # the length of a bar


def middle(kind: str) -> float:
    """Return where the middle of a line of this kind lies, so that it stands on the bottom at 16."""
    return 16 - TALL[kind] / 2


# ---- a student's row ---------------------------------------------------------------------------


def signs(items: Sequence[Item], student: int) -> str:
    """Return a sign for each check of one student, a space between parts; the page's script draws them."""
    parts = groupby(items, key=lambda item: item.part)
    return " ".join("".join(map(partial(_sign, student), group)) for _, group in parts)


def _sign(student: int, item: Item) -> str:
    outcome = item.outcomes[student]
    return SIGN[outcome.kind] if outcome else "–"


# ---- the map of the class ----------------------------------------------------------------------


@dataclass(frozen=True)
class Map:
    """The class in one picture: a column a check, a row a student, the highest total on top.

    Paths have x in pixels and y in students: `row` pixels each.
    """

    width: int
    students: int
    row: float
    paths: Paths
    labels: tuple[tuple[str, float], ...]  # (part, the middle of its columns)

    @property
    def height(self) -> float:
        """Return the pixels from top to bottom."""
        return self.row * self.students


def class_map(items: Sequence[Item], order: Sequence[int]) -> Map:
    """Return the map; `order`: the places of the students from top to bottom."""
    middles, width = _middles(items)
    row = min(_ROW_MOST, _MAP_HEIGHT / max(1, len(order)))
    gap = 1 / row if row >= _ROW_APART else 0.0
    drawn: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for item, x in zip(items, middles, strict=True):
        for kind, lines in _column(item, order, gap).items():
            drawn[kind].append(f"M{_short(x)} 0{lines}")
    by_part = groupby(zip(items, middles, strict=True), key=lambda at: at[0].part)
    spans = [(part, [x for _, x in group]) for part, group in by_part]
    return Map(
        width=width,
        students=len(order),
        row=row,
        paths=tuple((kind, "".join(lines)) for kind, lines in drawn.items() if lines),
        labels=tuple((part, (xs[0] + xs[-1]) / 2) for part, xs in spans),
    )


def _middles(items: Sequence[Item]) -> tuple[list[float], int]:
    """Return the middle of each check's column, and the width of all."""
    middles, x, part = [], 0, None
    for item in items:
        x += _APART if part not in {None, item.part} else 0
        middles.append(x + _CELL / 2)
        x, part = x + _CELL + _SPACE, item.part
    return middles, max(x, 1)


def _column(item: Item, order: Sequence[int], gap: float) -> dict[str, str]:
    """Return by kind the lines of a column, from its top; with a gap each student has one of their own."""
    kinds = [outcome.kind if (outcome := item.outcomes[student]) else "" for student in order]
    lines: dict[str, list[str]] = {}
    pen: dict[str, float] = {}  # where the last line of a kind ended
    top = 0
    for kind, group in groupby(kinds) if not gap else ((kind, (kind,)) for kind in kinds):
        length = sum(1 for _ in group)
        if kind:
            move = f"m0 {_short(top - pen.get(kind, 0.0))}" if top != pen.get(kind, 0.0) else ""
            lines.setdefault(kind, []).append(f"{move}v{_short(length - gap)}")
            pen[kind] = top + length - gap
        top += length
    return {kind: "".join(drawn) for kind, drawn in lines.items()}


# ---- bars, histogram, intervals ----------------------------------------------------------------


def bar(figures: ItemFigures) -> Paths:
    """Return how many of each kind, side by side, over a length of `BAR`."""
    asked = sum(figures.kinds.values())
    paths, x = [], 0.0
    for kind in KINDS:
        if count := figures.kinds.get(kind, 0):
            length = count * BAR / asked
            paths.append((kind, f"M{_short(x)} {_short(middle(kind))}h{_short(length)}"))
            x += length
    return tuple(paths)


@dataclass(frozen=True)
class Column:
    """A bin of the histogram: its place, and the heights of those that are settled and of all."""

    bin: Bin
    x: float
    width: float
    settled: float
    all: float


def columns(distribution: Distribution, width: float, height: float) -> tuple[Column, ...]:
    """Return the histogram's columns over a width and up to a height."""
    most = max(bin_.students for bin_ in distribution.bins)
    each = width / len(distribution.bins)
    return tuple(
        Column(
            bin=bin_,
            x=number * each,
            width=each,
            settled=height * bin_.settled / most,
            all=height * bin_.students / most,
        )
        for number, bin_ in enumerate(distribution.bins)
    )


def along(distribution: Distribution, total: float, width: float) -> float:
    """Return where a total lies on the histogram's axis."""
    first, last = distribution.bins[0].low, distribution.bins[-1].high
    return (total - first) / (last - first) * width


def interval(found: Discrimination) -> str:
    """Return the path of an interval, from -1 at 0 to 1 at `BAR`; '' where there is none."""
    if found.low is None or found.high is None:
        return ""
    return f"M{_short(_on_axis(found.low))} 8H{_short(_on_axis(found.high))}"


def _on_axis(value: float) -> float:
    return (value + 1) * BAR / 2


def dot(found: Discrimination) -> str:
    """Return where the value itself lies."""
    return _short(_on_axis(found.value))


def _short(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".")
