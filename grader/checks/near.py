"""(what was given, what is right, what each known mistake gives) -> the mistake that explains all of it.

One engine for single values, matrices and arrays, for one question and for many drawn inputs: whatever it is
compares by `same`, and a mistake is told only where it explains everything that was given.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import starmap
from typing import Any

import numpy as np

Same = Callable[[Any, Any], Any]
Transform = Callable[
    [Any, Any], Any
]  # (the right array, the one given) -> what the mistake makes of the right
SPREAD = 5  # entries, different from the first of their array, that share its factor before it is called one
FINEST = 9  # decimal places: further on lies what float64 itself leaves out
LISTED = 10_000_000  # numbers in lists: more are no answer, and an array of them would not fit
REAL = (bool, int, float, np.bool_, np.integer, np.floating)


def named(given: object, slips: Mapping[str, object], same: Same = operator.eq) -> str:
    """Return the name of the first slip whose value was given, '' where there is none."""
    return next((name for name, value in slips.items() if same(given, value)), "")


def close(given: Any, right: Any, tolerance: float = 0.0) -> bool:
    """Return whether numbers, arrays, or lists of them, have the right sizes and entries.

    Lists, nested tuples, 0-d arrays and all kinds of numbers compare by value. A difference counts as none up
    to `tolerance` times the larger of 1 and the largest right entry. NaN is close to nothing.
    """
    if _is_nested(right):
        listed = isinstance(given, (list, tuple)) and len(given) == len(right)
        return listed and all(starmap(partial(close, tolerance=tolerance), zip(given, right, strict=True)))
    mine, theirs = array_of(given), np.asarray(right)
    if mine is None or mine.shape != theirs.shape:
        return False
    if not tolerance or not theirs.size:
        return bool(np.array_equal(mine, theirs))
    with np.errstate(all="ignore"):  # infinities and what overflows are far off, not a warning
        off = np.abs(mine.astype(float) - theirs)
        return bool((off <= tolerance * max(1.0, float(np.abs(theirs).max()))).all())


def array_of(value: object) -> Any | None:
    """Return numbers in lists or tuples as an array; None for what is no array of real numbers.

    A text is found before NumPy sees it, which makes room for the longest as often as there are entries.
    """
    size = size_of(value)
    if size is None or (size > LISTED and not isinstance(value, np.ndarray)):
        return None
    try:
        array = np.asarray(value)
    except (ValueError, OverflowError):
        return None
    return array if array.dtype.kind in "biuf" else None


def size_of(value: object) -> int | None:
    """Return how many real numbers arrays, lists and tuples hold; None where there is anything else."""
    if isinstance(value, np.ndarray):
        return value.size if value.dtype.kind in "biuf" else None
    if not isinstance(value, (list, tuple)):
        return 1 if isinstance(value, REAL) else None
    sizes = list(map(size_of, value))
    return None if None in sizes else sum(size for size in sizes if size is not None)


def _is_nested(value: Any) -> bool:
    """Return whether a value is a list of arrays, each with a size of its own."""
    return isinstance(value, (list, tuple)) and any(
        isinstance(one, (list, tuple, np.ndarray)) for one in value
    )


def flat(value: Any) -> Any:
    """Return all numbers of a value in one row."""
    if _is_nested(value):
        return np.concatenate([flat(one) for one in value])
    return np.ravel(np.asarray(value, dtype=float))


def places(given: Sequence[Any], right: Sequence[Any]) -> int | None:
    """Return how many decimal places all numbers are rounded, or cut, to; None where they are not.

    Nothing given has more of them, and nothing lies further from what is right than one in the last.
    """
    mine, theirs = flat(list(given)), flat(list(right))
    if not mine.size or mine.shape != theirs.shape or not np.isfinite(mine).all():
        return None
    off = float(np.abs(mine - theirs).max())
    rounded = (count for count in range(FINEST) if np.array_equal(np.round(mine, count), mine))
    return next((count for count in rounded if off <= 1.001 * 10.0**-count), None)


def _each(change: Callable[[Any], Any]) -> Transform:
    """Return what changes every array of the right value, whatever was given."""

    def changed(right: Any, given: Any) -> Any:
        if _is_nested(right):
            return [changed(one, given) for one in right]
        return change(np.asarray(right))

    return changed


def _scaled(right: Any, given: Any) -> Any:
    """Return the right arrays times the one factor that leads nearest to those given, unless that is 0."""
    if size_of(given) is None or size_of(given) != size_of(right):
        return right
    with np.errstate(all="ignore"):  # what overflows is no multiple, and not a warning
        try:
            mine, theirs = flat(given), flat(right)
        except OverflowError:  # an integer beyond all floats
            return right
        if not (mine.any() and theirs.any() and np.isfinite(mine).all()):
            return right
        return _each(lambda array: array * ((mine @ theirs) / (theirs @ theirs)))(right, given)


# What goes wrong with arrays of any kind, by the names that hints have. A check says which it may tell.
ALIKE: Mapping[str, Transform] = {
    "sign": _each(np.negative),
    "rows and columns swapped": _each(lambda array: array.swapaxes(0, 1) if array.ndim > 1 else array),
    "channels first": _each(lambda array: np.moveaxis(array, -1, 0) if array.ndim > 1 else array),
    "a factor": _scaled,
}


def tells_factors(right: Sequence[Any]) -> bool:
    """Return whether values have enough entries that differ, so that sharing one factor is no accident."""
    entries = [np.unique(row[row != 0]) for row in map(flat, right)]
    return sum(max(row.size - 1, 0) for row in entries) >= SPREAD
