"""The rows of a dropout sweep -> whether they can be one."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import combinations
from math import isfinite

ROWS = 10  # of 3G's table

Number = int | float | Fraction


def equally_spaced(values: Sequence[Number], rounding: Number = 0) -> bool:
    """Tell whether values go up, or down, by the same step from each to the next.

    `rounding` is the unit to which they were rounded: 1/100 for two digits. Values at exactly half
    a unit are given the benefit of the doubt. Floats are read as the shortest decimal that is them.
    """
    if len(values) < 2 or not all(isfinite(value) for value in values):
        return False
    exact = [Fraction(str(value)) for value in values]
    unit = Fraction(str(rounding))
    # Two values i and j that are each off by at most half a unit bound the step; a step that
    # satisfies every pair fits them all (intervals on a line that meet in pairs have a common point).
    pairs = list(combinations(range(len(exact)), 2))
    least = max((exact[j] - exact[i] - unit) / (j - i) for i, j in pairs)
    most = min((exact[j] - exact[i] + unit) / (j - i) for i, j in pairs)
    return least <= most and len(set(exact)) == len(exact)


def probabilities_in_range(values: Iterable[Number]) -> bool:
    """Tell whether all are probabilities: 0 to 1, both included. NaN is none."""
    return all(0 <= value <= 1 for value in values)


def accuracies_in_range(values: Iterable[Number]) -> bool:
    """Tell whether all are accuracies: 0 to 1, both included. NaN is none."""
    return probabilities_in_range(values)


def in_percent(values: Sequence[Number]) -> bool:
    """Tell whether numbers can only be percentages: 0 to 100, and one of them above 1."""
    return all(0 <= value <= 100 for value in values) and any(value > 1 for value in values)
