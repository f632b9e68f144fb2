"""What two similar answers differ in is told where it is little, and never where it is much."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.desk.difference import LENGTH, LONGEST, MOST, Difference, difference

LONG = "No gradient reaches any weight of the network through backpropagation, so all stay as they are."
OTHER = "Random weights leave some of the ten hidden units active, hence gradients can flow to them."
SHORT = "All units are off."


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("a b c", "a b c", Difference()),
        ("a b c", "a  b\nc", Difference()),
        ("a b c", "a c", Difference("b")),
        ("it learns", "it never learns", Difference("", "never")),
        ("a b c d", "a x c y", Difference("b … d", "x … y")),
        ("a", "b " * (MOST + 1), None),
        ("a", "b" * (LENGTH + 1), None),
        ("a " * (LONGEST + 1), "a " * (LONGEST + 1), None),
        (f"{LONG} {SHORT}", f"{SHORT} {LONG}", Difference(moved=True)),
        ("Yes. No. Yes.", "No. Yes. Yes.", Difference(moved=True)),
        (f"{LONG} {LONG[:-1]}! {SHORT}", f"{SHORT} Why? {LONG}", None),
        (f"{LONG} So is A. {OTHER}", f"{OTHER} {LONG} Why?", Difference("So is A.", "Why?", moved=True)),
        (f"{LONG} {LONG}", LONG, None),
    ],
)
def test_it_is_told_in_words(before, after, told):
    assert difference(before, after) == told


@given(st.text(), st.text())
def test_word_for_word_is_said_of_the_same_words_alone(before, after):
    told = difference(before, after)
    is_same = before.split() == after.split() and len(after.split()) <= LONGEST
    assert (told is not None and told.none) == is_same


SENTENCES = st.lists(st.sampled_from(["Yes.", "No!", "Why not?", "A b c", LONG]), max_size=5)


@given(SENTENCES, SENTENCES)
def test_another_order_alone_is_said_of_the_same_sentences_alone(before, after):
    told = difference(" \n".join(before), " ".join(after))
    if told == Difference(moved=True):
        assert sorted(" ".join(before).split()) == sorted(" ".join(after).split())
        assert before != after
