"""Similar answers stand next to each other, and none is lost."""

from hypothesis import given
from hypothesis import strategies as st

from grader.marking import apart, in_both, similar_adjacent

CAUSE = "With all weights at zero every unit computes the same and nothing is ever learnt by any of them"
SPEED = "It is faster, since fewer numbers are multiplied in each of the steps that the machine takes"
GUESS = "No idea, sorry"


def test_near_identical_answers_are_neighbours():
    texts = [CAUSE, SPEED, GUESS, CAUSE.lower() + "!", SPEED.replace("faster", "quicker"), CAUSE + " at all"]
    order = similar_adjacent(texts)
    groups = [{0: "cause", 1: "speed", 2: "guess", 3: "cause", 4: "speed", 5: "cause"}[one] for one in order]
    assert groups == ["cause", "cause", "cause", "speed", "speed", "guess"]


def test_identical_ones_follow_each_other_in_the_order_they_came():
    assert similar_adjacent(["b", "a", "b", "a", "b"]) == [0, 2, 4, 1, 3]


@given(st.lists(st.text(max_size=30), max_size=12))
def test_each_stands_there_once(texts):
    assert sorted(similar_adjacent(texts)) == list(range(len(texts)))


def test_an_answer_without_end_is_compared_by_its_beginning():
    assert similar_adjacent(["a " * 100_000, "b", "a " * 99_000]) == [0, 2, 1]


@given(*[st.lists(st.sampled_from("abcd"), max_size=12)] * 2)
def test_what_is_in_both_is_there_and_as_much_as_can_be(one, other):
    blocks = in_both(one, other)
    assert all(one[a : a + n] == other[b : b + n] for a, b, n in blocks)
    assert blocks == sorted(blocks)
    assert 2 * sum(n for _, _, n in blocks) == len(one) + len(other) - apart(one, other)
