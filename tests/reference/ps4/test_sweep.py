from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ps4.data import rows_at_chance
from ps4.public.sweep import accuracies_in_range, equally_spaced, in_percent, probabilities_in_range

TENTHS = [Fraction(number, 10) for number in range(10)]
TWO_DIGITS = Fraction(1, 100)


@pytest.mark.parametrize(
    "values",
    [
        TENTHS,
        TENTHS[::-1],
        [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9],
        [0.05, 0.15, 0.25],
        [0, 1],
    ],
)
def test_equal_steps(values):
    assert equally_spaced(values)


@pytest.mark.parametrize(
    "values",
    [
        [],
        [0.5],
        [0.5, 0.5],
        [0.1, 0.1, 0.1],
        [*TENTHS[:-1], Fraction(95, 100)],
        [0.0, 0.2, 0.1, 0.3],
        [0.1, 0.2, 0.4, 0.8],
        [0.0, float("nan"), 0.2],
        [0.0, 0.1, float("inf")],
    ],
)
def test_unequal_steps(values):
    assert not equally_spaced(values)
    assert not equally_spaced(values, TWO_DIGITS)


def test_rounded_values_need_the_rounding():
    rounded = [round(float(value), 2) for value in np.linspace(0, 0.5, 10)]
    assert not equally_spaced(rounded)
    assert equally_spaced(rounded, TWO_DIGITS)
    assert equally_spaced(rounded, 0.01)


def test_one_value_far_off_is_not_rounding():
    assert not equally_spaced([0, 0.1, 0.22, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9], TWO_DIGITS)


@given(
    st.fractions(-1, 1, max_denominator=50),
    st.fractions(Fraction(1, 20), 1, max_denominator=50),
    st.integers(2, 12),
    st.integers(2, 4),
)
def test_whatever_is_rounded_passes(start, step, count, digits):
    values = [start + number * step for number in range(count)]
    assert equally_spaced(values)
    assert equally_spaced([round(value, digits) for value in values], Fraction(1, 10**digits))


@given(st.lists(st.fractions(0, 1, max_denominator=12), min_size=3, max_size=6))
def test_without_rounding_it_is_the_equality_of_all_differences(values):
    differences = {after - before for before, after in pairwise(values)}
    assert equally_spaced(values) == (len(differences) == 1 and differences != {0})


def test_ranges():
    for in_range in (probabilities_in_range, accuracies_in_range):
        assert in_range([0, 0.5, Fraction(1, 3), 1])
        assert not in_range([0.5, 1.01])
        assert not in_range([-0.1, 0.5])
        assert not in_range([float("nan")])


def test_percentages():
    assert in_percent([98.06, 11.35])
    assert in_percent([0.5, 98])
    assert not in_percent([0.98, 0.1135])
    assert not in_percent([98, 101])
    assert not in_percent([float("nan"), 98])


def test_rows_at_chance():
    assert rows_at_chance([0.9806, 0.9, 0.1135, Fraction(974, 10000)]) == {3: 1, 4: 8}
