"""Axes: where values lie, and ticks that a person would choose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.report.axis import TICKS, Axis, near, padded


def labels(axis: Axis) -> list[str]:
    return [tick.label for tick in axis.ticks]


def test_values_lie_in_proportion_whichever_way_the_axis_runs():
    assert [Axis(0.9, 1.0).at(value) for value in (0.9, 0.925, 1.0)] == [0, 25, 100]
    assert [Axis(0.9, 1.0, 100, 0).at(value) for value in (0.9, 0.925, 1.0)] == [100, 75, 0]


@pytest.mark.parametrize(
    ("axis", "shown"),
    [
        (Axis(0, 1), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        (Axis(0.943, 0.978), ["0.95", "0.96", "0.97"]),
        (Axis(0.9731, 0.9779), ["0.974", "0.975", "0.976", "0.977"]),
        (Axis(0, 0.9), ["0.0", "0.2", "0.4", "0.6", "0.8"]),
        (Axis(1, 20, whole=True), ["1", "5", "10", "15", "20"]),
        (Axis(1, 3, whole=True), ["1", "2", "3"]),
        (Axis(0.5, 1.5, whole=True), ["1"]),
        (Axis(0, 8e-14), ["0", "2e-14", "4e-14", "6e-14", "8e-14"]),
        (Axis(0, 9e-40), ["0", "2e-40", "4e-40", "6e-40", "8e-40"]),
        (Axis(0, 3e9), ["0", "5e+08", "1e+09", "1.5e+09", "2e+09", "2.5e+09", "3e+09"]),
        (Axis(0.5, 0.50001), ["0.5", "0.50001"]),
        (Axis(0.1, 0.1 + 1e-16), ["≈ 0.1"]),
        (Axis(1, 600, whole=True), ["1", "100", "200", "300", "400", "500", "600"]),
    ],
)
def test_ticks_are_round(axis, shown):
    assert labels(axis) == shown


@given(st.floats(0, 1), st.floats(0, 1), st.booleans())
def test_any_two_accuracies_have_an_axis_with_ticks_on_it(one, other, upwards):
    low, high = sorted([one, other])
    axis = padded(low, high, upwards=upwards)
    assert 0 <= axis.low <= low <= high <= axis.high <= 1
    assert 1 <= len(axis.ticks) <= TICKS + 1
    assert all(0 <= tick.at <= 100 for tick in axis.ticks)
    assert len(set(labels(axis))) == len(axis.ticks)


def test_what_lies_far_from_what_is_asked_for_is_left_out_unless_it_is_all():
    assert near([0.1135, 0.943, 0.98], 0.975) == [0.943, 0.98]
    assert near([0.1135, 0.2], 0.975) == [0.2]
