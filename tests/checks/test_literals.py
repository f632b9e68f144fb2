"""What is printed can be pasted: it makes the same value."""

import tracemalloc

import numpy as np
import pytest

from grader.checks.literals import LONGEST, call, literal, shown

VALUES = [
    *(3, True, "it's", None, 0.1, (1,), (), [1, (2.5, "a")]),
    np.array([[0.125, -1.0]]),
    np.array([0.1, 1e-30, 3], dtype=np.float32),
    np.arange(3),
    np.arange(3, dtype=np.int8),
    np.array([True, False]),
    np.zeros((0, 3), dtype=np.float32),
    np.array(2.5),
    [(np.ones((1, 2)), np.zeros(2))],
]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_literal_makes_the_same_value(value):
    made = eval(literal(value), {"np": np})
    assert repr(made) == repr(value)
    if isinstance(value, np.ndarray):
        assert made.dtype == value.dtype
        assert np.array_equal(made, value)


def test_a_call_can_be_pasted():
    assert call("f", (np.array([0.5]), "same", 2)) == "f(np.array([0.5]), 'same', 2)"
    assert call("f", ()) == "f()"


def test_what_a_function_gave_is_said_in_a_few_words():
    assert shown(np.zeros((30, 40))) == "an array of shape (30, 40)"
    assert shown(np.array([1.0])) == "np.array([1.0])"
    assert len(shown("a" * 5000)) < LONGEST + 3


def test_floats_that_were_given_are_rounded_to_be_read():
    assert shown([np.array([0.1 + 0.2, np.nan]), (1 / 3,), 608]) == "[np.array([0.3, nan]), (0.333333,), 608]"
    assert shown(np.zeros((0, 2))) == "np.empty((0, 2), dtype=np.float64)"


@pytest.mark.parametrize(
    "value",
    [
        np.zeros(3_000_000),
        [0.5] * 300_000,
        ["a" * 3_000_000],
        {"a": [0] * 300_000},
        "a" * 3_000_000,
        (np.zeros(3_000_000),),
    ],
)
def test_what_is_long_is_measured_before_it_is_written(value):
    tracemalloc.start()
    try:
        assert len(shown(value)) < LONGEST + 3
        assert tracemalloc.get_traced_memory()[1] < 100_000
    finally:
        tracemalloc.stop()


def test_no_text_of_a_students_is_code_on_a_page():
    assert shown("`f(1)`\n") == r"'\x60f(1)\x60\n'"
    assert shown(["`"]) == r"['\x60']"
