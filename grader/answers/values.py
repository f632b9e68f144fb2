"""A value that a program returned -> exact numbers in nested tuples; only plain data is believed."""

from __future__ import annotations

import math
import sys
from fractions import Fraction

from .cells import cell
from .expressions import sized
from .reading import CELLS, DEPTH, Unreadable, shortened

Nested = Fraction | tuple["Nested", ...]


def exact(value: object) -> Fraction:
    """Return one exact number; floats are their shortest decimal, so that 0.1 is 1/10.

    Unreadable: anything that is not one finite number.
    """
    found = nested(value)
    while isinstance(found, tuple) and len(found) == 1:
        found = found[0]
    if isinstance(found, tuple):
        raise Unreadable(f"A single number was expected, not {len(found)} of them.")
    return found


def listed(value: object) -> tuple[object, ...]:
    """Return what a list or a tuple holds, () for anything else, subclasses included: theirs may lie."""
    return tuple(value) if type(value) is list or type(value) is tuple else ()


def nested(value: object) -> Nested:
    """Return lists, tuples and arrays as nested tuples of exact numbers, at most 4096 in all."""
    left = [CELLS]
    return _nested(value, DEPTH, left)


def depth(value: Nested) -> int:
    """Return how many axes a nested value has at most."""
    return 1 + max((depth(each) for each in value), default=0) if isinstance(value, tuple) else 0


def _nested(value: object, depth: int, left: list[int]) -> Nested:
    left[0] -= 1
    if depth < 0 or left[0] < -CELLS:
        raise Unreadable("There is more here than can be read.")
    if type(value) in (list, tuple):
        return tuple(_nested(each, depth - 1, left) for each in listed(value))
    numpy = sys.modules.get("numpy")
    if numpy is not None and isinstance(value, (numpy.ndarray, numpy.generic)):
        return _of_array(value, depth, left)
    return _number(value)


def _of_array(value: object, depth: int, left: list[int]) -> Nested:
    import numpy as np

    array = np.asarray(value)
    if math.prod(max(1, side) for side in array.shape) > CELLS:  # of (10**9, 0) too
        raise Unreadable("There is more here than can be read.")
    if (
        array.dtype.kind == "f" and array.dtype.itemsize < 8
    ):  # 0.1 as float32 is the decimal 0.1, not 0.100000001
        array = np.array([float(str(each)) for each in array.ravel()], dtype=float).reshape(array.shape)
    return _nested(array.tolist(), depth, left)


def _snapped(number: Fraction) -> Fraction:
    """Return the simple fraction that a float was meant to be: 0.1 + 0.2 is 3/10 but for its last bits."""
    near = number.limit_denominator(10**6)
    return near if abs(near - number) <= max(abs(number) / 10**12, Fraction(1, 10**15)) else number


def _number(value: object) -> Fraction:
    if isinstance(value, str):
        found = cell(value)
        if found is not None:
            return found
    if type(value) is int:
        return sized(Fraction(value))
    if type(value) is float:
        if not math.isfinite(value):
            raise Unreadable(f"{value} is not a number that can be marked.")
        return sized(_snapped(Fraction(repr(value))))
    if type(value) is Fraction:
        return sized(value)
    raise Unreadable(f"{_named(value)} was found where a number was expected.")


def _named(value: object) -> str:
    if value is None or isinstance(value, bool):
        return repr(value)
    return (
        f"“{shortened(value, 30)}”" if isinstance(value, str) else f"A value of type {type(value).__name__}"
    )
