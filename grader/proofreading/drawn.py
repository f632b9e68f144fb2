"""(Part, its Pooling) -> [Fault]: what cannot be drawn, or is too large for a page."""

from __future__ import annotations

from collections.abc import Iterator

from grader.arrays import Pooling
from grader.datatypes import Part
from grader.proofreading.faults import Fault, meant, shown
from grader.proofreading.positions import Keys

MOST, WIDEST = 12, 12  # inputs, and the rows and columns of one: what a page can show


def pooling_faults(pooling: Pooling, part: Part, keys: Keys) -> Iterator[Fault]:
    """Yield what keeps [parts.drawn] from being drawn, or its outputs from being found."""
    names = [check.name for check in part.checks]
    if pooling.check not in names:
        told = f"{shown(pooling.check)} is no check of this part{meant(pooling.check, names)}"
        yield Fault((*keys, "check"), told)
    for name in ("window", "stride"):
        if getattr(pooling, name) < 1:
            yield Fault((*keys, name), f"{getattr(pooling, name)} is too few: 1 or more")
    if not 1 <= len(pooling.inputs) <= MOST:
        yield Fault((*keys, "inputs"), f"{len(pooling.inputs)} inputs: a page draws 1 to {MOST}")
    for number, rows in enumerate(pooling.inputs):
        yield from _input_faults(rows, pooling.window, (*keys, "inputs", number))


def _input_faults(rows: tuple[tuple[float, ...], ...], window: int, keys: Keys) -> Iterator[Fault]:
    widths = {len(row) for row in rows}
    if len(widths) != 1 or 0 in widths:
        yield Fault(keys, "the rows of an input are equally long, and there is at least one")
    elif max(len(rows), *widths) > WIDEST:
        yield Fault(keys, f"{len(rows)} rows of {max(widths)}: a page draws up to {WIDEST} of each")
    elif window > min(len(rows), *widths):
        yield Fault(
            keys, f"a window of {window}×{window} does not fit into {len(rows)} rows of {max(widths)}"
        )
