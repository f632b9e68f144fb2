"""What was read is kept as exact text, and an answer in words is held against it."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.answers import canonical, expression, integer, matrices, number, shape, table, versions, weights

SIZE = {"count": 2, "size": (2, 2)}
ONES = ((Fraction(1), Fraction(1, 2)), (Fraction(-1, 3), Fraction(0)))
# By reader: what it is told, the same answer in several ways, and another one.
ALIKE = {
    "integer": ({}, ["608", "6e2 + 8", "608 parameters", 608, 608.0], "600"),
    "number": ({}, ["0.5", "1/2", "50 %", 0.5, Fraction(1, 2)], "0.51"),
    "shape": ({"rank": 3}, ["(30, 30, 12)", "30×30×12", (30, 30, 12), [30, 30, 12]], "(30, 30, 13)"),
    "matrices": (
        SIZE,
        ["[[1, 1/2], [-1/3, 0]] for all", "[[1, .5], [-1/3, 0]], [[1, 1/2], [-1/3, 0]]", (ONES, ONES)],
        "[[1, 1/2], [1/3, 0]], [[1, 1/2], [-1/3, 0]]",
    ),
    "table": ({"columns": 2}, ["| 0.1 | 0.9 |\n|---|---|\n| 0.1 | 0.9 |\n| 0.2 | 0.8 |"], "0.1 0.9\n0.2 0.7"),
    "versions": ({"names": ("keras",)}, ["Keras 3.1.0", "keras: 3.1.0"], "Keras 2.9"),
    "expression": ({}, ["(a + b)^2", "a^2 + 2*a*b + b^2"], "a^2 + b^2"),
    "network": ({"inputs": 2}, ["w = (1, 1), b = 0", [([[1], [1]], [0])]], "w = (1, 1), b = 1"),
}
FUNCTIONS = {
    "integer": integer,
    "number": number,
    "shape": shape,
    "matrices": matrices,
    "table": table,
    "versions": versions,
    "expression": expression,
    "network": weights,
}


def test_each_reader_has_its_examples() -> None:
    assert ALIKE.keys() == canonical.READERS.keys() == FUNCTIONS.keys()


@pytest.mark.parametrize("reader", ALIKE)
def test_the_same_answer_is_the_same_however_it_is_given(reader: str) -> None:
    asked, alike, other = ALIKE[reader]
    for one in alike:
        value = canonical.written(FUNCTIONS[reader](one, **asked).value)
        for text in alike:
            if isinstance(text, str):
                assert canonical.same(reader, value, asked, text) is True, (one, text)
        assert canonical.same(reader, value, asked, other) is False


def test_what_cannot_be_read_is_not_known() -> None:
    assert canonical.same("integer", '"608"', {}, "I do not know") is None
    assert canonical.same("expression", "(a +", {}, "a") is None


@given(st.lists(st.lists(st.fractions(), min_size=1, max_size=3), max_size=3), st.integers(0, 8))
def test_two_values_are_alike_only_where_they_are_equal(rows: list, changed: int) -> None:
    other = [list(row) for row in rows]
    cells = [(i, j) for i, row in enumerate(rows) for j in range(len(row))]
    assert canonical.written(rows) == canonical.written(tuple(map(tuple, rows)))
    if cells:
        i, j = cells[changed % len(cells)]
        other[i][j] += Fraction(1, 1000)
        assert canonical.written(rows) != canonical.written(other)
