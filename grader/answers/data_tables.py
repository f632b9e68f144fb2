"""A value that a program returned -> rows of numbers, and how they are shown."""

from __future__ import annotations

from fractions import Fraction

from .reading import Reading, Unreadable, shortened
from .values import nested

Row = tuple[Fraction, ...]


def of_data(given: object, columns: int) -> Reading[tuple[Row, ...]]:
    """Read the rows of a list, a dictionary or an array. Unreadable: anything else."""
    if type(given) is dict:  # {0.1: 0.98, ...} or {"p": [...], "accuracy": [...]}
        parallel = all(isinstance(nested(value), tuple) for value in given.values())
        given = tuple(given.values() if parallel else given.items())
    value = nested(given)
    rows = [row for row in value if isinstance(row, tuple)] if isinstance(value, tuple) else []
    clean = tuple(tuple(each for each in row if isinstance(each, Fraction)) for row in rows)
    lengths = {len(row) for row in rows}
    regular = bool(rows) and isinstance(value, tuple) and len(rows) == len(value) and len(lengths) == 1
    if not regular or any(len(a) != len(b) for a, b in zip(clean, rows, strict=True)):
        raise Unreadable(f"Rows of {columns} numbers were expected.")
    notes: tuple[str, ...] = ()
    if lengths != {columns} and len(clean) == columns:
        clean, notes = tuple(zip(*clean, strict=True)), ("parallel lists were read as columns",)
    if not clean or {len(row) for row in clean} != {columns}:
        raise Unreadable(f"Rows of {columns} numbers were expected, not of {max(lengths)}.")
    return Reading(clean, shortened(shown(clean)), shown(clean), notes)


def shown(rows: tuple[Row, ...]) -> str:
    """Return the rows as decimals or quotients, a line each."""
    return "\n".join("\t".join(_decimal(value) for value in row) for row in rows)


def _decimal(value: Fraction) -> str:
    exact = value.denominator and 10**12 % value.denominator == 0
    return f"{float(value):.12g}" if exact and abs(value) < 10**9 else str(value)
