"""NetworkShown -> LayerTable: its layers as a table that draws them, and what they take of the cap."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from grader.networks import CapShown, LayerShown, NetworkShown

THIN = 4.0  # percent of the width: a layer of one value can be seen still


@dataclass(frozen=True)
class Running:
    """What the layers take of the cap, down to one of them; lengths in percent of the bar."""

    total: int
    before: float  # what those above take
    own: float  # what this one adds, within the cap
    over: float  # and beyond it


@dataclass(frozen=True)
class Row:
    """A layer; how wide it is drawn, by the logarithm of how many values it gives; what is taken so far."""

    layer: LayerShown
    width: float
    running: Running | None


@dataclass(frozen=True)
class LayerTable:
    """All rows. `limit` is where the cap lies on their bars, in percent."""

    rows: tuple[Row, ...]
    limit: float
    cap: CapShown | None
    alike: bool  # the problem set's own arithmetic and Keras count the same

    @property
    def parameters(self) -> int:
        """Those of all layers, as Keras counts."""
        return sum(row.layer.parameters_built for row in self.rows)


def layer_table(network: NetworkShown) -> LayerTable:
    """Return the table of a network; without running totals where they do not fit its layers."""
    layers = network.layers
    cap = network.cap if network.cap and len(network.cap.taken) == len(layers) else None
    length = max(cap.most, cap.total, 1) if cap else 1
    running = _running(cap, length) if cap else [None] * len(layers)
    rows = zip(layers, _widths(layers), running, strict=True)
    return LayerTable(
        rows=tuple(Row(*row) for row in rows),
        limit=_percent(cap.most, length) if cap else 0.0,
        cap=cap,
        alike=all(layer.parameters == layer.parameters_built for layer in layers),
    )


def _widths(layers: Sequence[LayerShown]) -> list[float]:
    values = [math.log1p(max(0, math.prod(layer.output_shape))) for layer in layers]
    widest = max([*values, math.log(2)])
    return [max(THIN, _percent(value, widest)) for value in values]


def _running(cap: CapShown, length: int) -> list[Running | None]:
    totals = list(accumulate(cap.taken))
    return [
        Running(
            total=total,
            before=_percent(total - taken, length),
            own=_percent(max(0, min(total, cap.most) - (total - taken)), length),
            over=_percent(min(taken, max(0, total - cap.most)), length),
        )
        for total, taken in zip(totals, cap.taken, strict=True)
    ]


def _percent(value: float, whole: float) -> float:
    return round(100 * value / whole, 2)
