"""What two similar answers differ in is told where it is little, and never where it is much."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.desk.difference import LENGTH, LONGEST, MOST, difference


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("a b c", "a b c", ("word for word",)),
        ("a b c", "a  b\nc", ("word for word",)),
        ("a b c", "a c", ("without “b”",)),
        ("it learns", "it never learns", ("with “never”",)),
        ("a b c d", "a x c y", ("without “b … d”", "with “x … y”")),
        ("a", "b " * (MOST + 1), ()),
        ("a", "b" * (LENGTH + 1), ()),
        ("a " * (LONGEST + 1), "a " * (LONGEST + 1), ()),
    ],
)
def test_it_is_told_in_words(before, after, told):
    assert difference(before, after) == told


@given(st.text(), st.text())
def test_word_for_word_is_said_of_the_same_words_alone(before, after):
    told = difference(before, after)
    assert (told == ("word for word",)) == (before.split() == after.split() and len(after.split()) <= LONGEST)
