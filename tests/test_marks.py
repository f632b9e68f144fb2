"""Rounding, against the decimal module."""

import math
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.marks import lost, rounded, scaled, unrounded

thousandths = st.integers(0, 200_000).map(lambda number: Decimal(number) / 1000)
steps = st.sampled_from(["1", "0.5", "0.25", "0.2", "0.1", "0.05", "0.01"])


def half_up(exact: Decimal, step: str) -> Decimal:
    return (exact / Decimal(step)).quantize(Decimal(1), ROUND_HALF_UP) * Decimal(step)


@given(thousandths, steps)
def test_rounds_half_up_as_decimal_does(exact, step):
    assert Decimal(rounded(float(exact), float(step))) == half_up(exact, step)


@given(st.lists(thousandths, max_size=60), steps)
def test_noise_of_a_sum_of_floats_tips_no_half(points, step):
    assert Decimal(rounded(sum(map(float, points)), float(step))) == half_up(sum(points, Decimal(0)), step)


@given(thousandths)
def test_unrounded_keeps_three_decimals_and_no_trailing_zeros(exact):
    text = unrounded(float(exact))
    assert Decimal(text) == exact
    assert text == "0" or not ("." in text and text.endswith("0"))


@pytest.mark.parametrize(
    ("points", "step", "text"),
    [
        (2.625, 0.25, "2.75"),
        (2.375, 0.5, "2.5"),
        (21.125, 0.25, "21.25"),
        (-0.0, 0.25, "0"),
        (99.99, 1, "100"),
    ],
)
def test_what_a_person_reads(points, step, text):
    assert rounded(points, step) == text


def test_a_third_is_written_with_four_decimals():
    assert unrounded(1 / 3) == "0.3333"
    assert unrounded(45 / 16) == "2.8125"
    assert unrounded(2 / 3) == "0.6667"


@pytest.mark.parametrize(
    ("points", "step"), [(1.0, 0.0), (1.0, -1.0), (float("nan"), 0.25), (float("inf"), 0.25)]
)
def test_what_cannot_be_rounded_is_refused(points, step):
    with pytest.raises(ValueError, match="cannot round"):
        rounded(points, step)


def test_what_is_neither_earned_nor_pending_is_lost():
    assert lost(2.625, 3.0) == 0.375
    assert lost(0.1 + 0.2, 0.3) == 0
    assert lost(1.0, 5.0, 4.0) == 0
    assert lost(6.0, 5.0) == 0


@given(thousandths, st.integers(1, 200), st.integers(1, 200))
def test_scaling_is_exact_and_rounds_once(points, possible, maximum):
    exact = Fraction(points) * maximum / possible
    text = scaled(float(points), float(possible), Fraction(maximum))
    assert Fraction(text) == math.floor(exact * 100 + Fraction(1, 2)) / Fraction(100)


def test_there_is_no_scale_of_nothing():
    with pytest.raises(ValueError, match="no scale"):
        scaled(1.0, 0.0, Fraction(10))
