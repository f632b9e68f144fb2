"""What two similar answers differ in is told where it is little, and never where it is much."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.desk.difference import LENGTH, LONGEST, MOST, Difference, Run, difference, laid_out

LONG = "No gradient reaches any weight of the network through backpropagation, so all stay as they are."
OTHER = "Random weights leave some of the ten hidden units active, hence gradients can flow to them."
THIRD = "Nothing is learned at all by any unit of the whole network, whatever the rate may be."
SHORT = "All units are off."
RIGHT, WRONG = "A is so. Right. ", "B is so. Wrong. "


def without(words, before="", after=""):
    return Difference((Run(words, before, after),))


def with_(words, before="", after=""):
    return Difference((), (Run(words, before, after),))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("a b c", "a b c", Difference()),
        ("a b c", "a  b c ", Difference()),
        ("a b c", "a c", without("b", "a", "c")),
        ("it learns", "it never learns", with_("never", "it", "learns")),
        ("0 1 2 a b", "0 1 2 a b c d e f", with_("c d e f")),
        ("0 1 2 a b", "0 1 2 a b c", with_("c", "2 a b")),
        (
            "a b c d",
            "a x c y",
            Difference((Run("b", "a", "c"), Run("d", "a b c")), (Run("x", "a", "c"), Run("y", "a x c"))),
        ),
        ("a", "b " * (MOST + 1), None),
        ("a", "b" * (LENGTH + 1), None),
        ("a " * (LONGEST + 1), "a " * (LONGEST + 1), None),
        (f"{LONG} {SHORT}", f"{SHORT} {LONG}", Difference((Run(SHORT),), (Run(SHORT),))),
        (f"{LONG} {OTHER}", f"{OTHER}\n{LONG}", Difference(moved=True)),
        (
            f"{LONG} So is A. {OTHER}",
            f"{OTHER} {LONG} Why?",
            Difference((Run("So is A."),), (Run("Why?"),), moved=True),
        ),
        (
            f"{LONG} A never is so. {OTHER}",
            f"{OTHER} {LONG}",
            Difference((Run("A never is so."),), moved=True),
        ),
        (
            f"{THIRD} {LONG} {OTHER}",
            f"{THIRD} {OTHER} {LONG} So it is now.",
            Difference((), (Run("So it is now."),), moved=True),
        ),
        (f"{LONG} {LONG}", LONG, None),
    ],
)
def test_it_is_told_in_words(before, after, told):
    assert difference(before, after) == told


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("for x in xs:\n    s += x\n    return s", "for x in xs:\n    s += x\nreturn s"),
        ("claim\ttrue\tfalse\nA\tx\t\nB\t\tx\n", "claim\ttrue\tfalse\nA\t\tx\nB\tx\t\n"),
        ("1 2 3\n4 5 6", "1 2\n3 4\n5 6"),
        ("It is zero.", "It is\x1czero\u2028."),
        (f"{LONG} {OTHER}", f"{LONG}\n\n{OTHER}"),
    ],
)
def test_the_same_words_set_otherwise_are_not_word_for_word(before, after):
    found = difference(before, after)
    assert found is None or not found.none


def test_a_line_that_was_broken_for_its_width_is_the_same():
    assert difference(f"{LONG[:70]}\n{LONG[71:]}", LONG) == Difference()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{RIGHT}{WRONG}", "A is so. Wrong. B is so. Right. "),
        ("True. False. True. True.", "True. True. False. True."),
        (f"{LONG} Why? {OTHER} And {THIRD}", f"{OTHER} Why? {LONG} And {THIRD}"),
        (f"{LONG} {OTHER} {LONG} {THIRD}", f"{LONG} {LONG} {OTHER} {THIRD}"),
        (f"{OTHER} {THIRD} {LONG} Wrong!", f"{OTHER} Wrong! {THIRD} {LONG}"),
    ],
)
def test_what_says_something_else_elsewhere_is_not_merely_in_another_order(before, after):
    found = difference(before, after)
    assert found is None or not found.moved


def test_a_word_that_moves_is_told_with_what_is_around_it():
    found = difference(
        "Random weights are not stuck, zero weights are stuck.",
        "Random weights are stuck, zero weights are not stuck.",
    )
    assert found == Difference(
        (Run("not", "Random weights are", "stuck,"),), (Run("not", "zero weights are", "stuck."),)
    )


@given(st.text(), st.text())
def test_word_for_word_is_said_of_what_is_seen_alike_alone(before, after):
    told = difference(before, after)
    is_same = laid_out(before) == laid_out(after) and len(after.split()) <= LONGEST
    assert (told is not None and told.none) == is_same


SENTENCES = st.lists(st.sampled_from(["Yes.", "No!", "Why not?", "A b c", LONG, OTHER, THIRD]), max_size=5)


@given(SENTENCES, SENTENCES)
def test_another_order_alone_is_said_of_the_same_sentences_alone(before, after):
    told = difference("\n".join(before), " ".join(after))
    if told == Difference(moved=True):
        assert sorted(" ".join(before).split()) == sorted(" ".join(after).split())
        assert before != after
        assert "Why not?" not in before


def test_much_of_the_same_word_takes_no_time():
    many = "a " * (LONGEST // 2 - 1)
    assert difference(f"{many}b {many}", f"{many}c {many}") is not None
