"""What is printed can be pasted: it makes the same value."""

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
