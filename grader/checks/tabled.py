"""(the arrays a student gave, the right ones) -> Compared: exact text for the page, within bounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TypeGuard

from grader.arrays import Compared, Table

ENTRIES = 512  # of all arrays together: what is larger stays a text
WIDEST = 16  # characters of an entry
DIGITS = 6  # after the point: a decimal that is longer is written as a fraction

Matrix = Sequence[Sequence[Fraction | int]]


def matrices(given: Sequence[Matrix], right: Sequence[Matrix] = ()) -> Compared | None:
    """Return matrices as tables, None for those that no page could show."""
    return _bounded(Compared(tuple(map(_table, given)), tuple(map(_table, right))))


def shapes(given: object, right: object) -> Compared | None:
    """Return two tuples of whole numbers as rows, None for what is none."""
    if not (_is_row(given) and _is_row(right)):
        return None
    return _bounded(Compared((_table([given]),), (_table([right]),), shape=True))


def written(value: Fraction | int) -> str:
    """Write a number so that two are alike only where they are equal: 228, -0.25, 1/3."""
    exact = Fraction(value)
    scaled = exact * 10**DIGITS
    if scaled.denominator != 1 or abs(exact) >= 10**WIDEST:
        return str(exact)
    digits = f"{abs(scaled.numerator):0{DIGITS + 1}d}"
    text = f"{digits[:-DIGITS]}.{digits[-DIGITS:]}".rstrip("0").rstrip(".")
    return f"-{text}" if exact < 0 else text


def _table(matrix: Matrix) -> Table:
    return tuple(tuple(map(written, row)) for row in matrix)


def _is_row(value: object) -> TypeGuard[tuple[int, ...]]:
    return isinstance(value, tuple) and bool(value) and all(type(one) is int for one in value)


def _bounded(compared: Compared) -> Compared | None:
    entries = list(_entries(compared))
    shown = all(len(entry) <= WIDEST for entry in entries) and 0 < len(entries) <= ENTRIES
    return compared if shown else None


def _entries(compared: Compared) -> Iterator[str]:
    for table in (*compared.given, *compared.right):
        for row in table:
            yield from row
