"""Numbers with a point or a comma."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.gradebook.numerals import has_comma, number, written


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("100.00", 100),
        ("100,00", 100),
        (" 20 ", 20),
        ("17,25", Fraction(69, 4)),
        ("1.000,50", Fraction(2001, 2)),
        ("1,000.50", Fraction(2001, 2)),
        ("1 000,50", Fraction(2001, 2)),
        ("1\u202f000", 1000),
        ("-0.5", Fraction(-1, 2)),
    ],
)
def test_numbers_as_they_are_written(text, value):
    assert number(text) == value


@pytest.mark.parametrize("text", ["", "-", "EX", "N/A", "1e3", "1,000,000.5.5", "=1", "½", "٣", "9" * 40])
def test_what_is_no_number(text):
    assert number(text) is None


@given(st.text(max_size=20))
def test_any_text_is_a_number_or_none(text):
    assert number(text) is None or isinstance(number(text), Fraction)


def test_the_comma_is_taken_from_what_is_there():
    assert has_comma(["", "100,00"])
    assert not has_comma(["", "100.00", "1,000.00", "a,b"])
    assert written("17.25", comma=True) == "17,25"
