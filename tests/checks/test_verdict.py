"""What is said of an answer."""

from fractions import Fraction as F

import pytest

from grader.checks.verdict import Failed, Pending, Verdict, mentions, say_matrices, say_number

RIGHT = [[[F(1), F(1, 2)], [F(1, 4), F(1)]]] * 2


def entries(given) -> tuple[Failed | None, Verdict]:
    verdict = Verdict()
    try:
        verdict.entries(given, RIGHT, slips={"halved": [[[v / 2 for v in row] for row in m] for m in RIGHT]})
    except Failed as failed:
        return failed, verdict
    return None, verdict


def test_right_entries_pass() -> None:
    failed, verdict = entries(RIGHT)
    assert failed is None
    assert verdict.measured == {"entries": 8, "entries_right": 8}


def test_each_wrong_entry_is_named_and_a_sign_is_called_one() -> None:
    failed, verdict = entries([[[F(1), F(-1, 2)], [F(1, 4), F(1)]], [[F(1), F(1, 2)], [F(3), F(1)]]])
    assert failed.message.splitlines() == [
        "6 of 8 entries are right.",
        "Matrix 1, row 1, column 2: your −0.5 has the wrong sign.",
        "Matrix 2, row 2, column 1: your 3 is not right.",
    ]
    assert verdict.measured["entries_right"] == 6


def test_a_transposed_matrix_is_named() -> None:
    failed, _ = entries([[[F(1), F(1, 4)], [F(1, 2), F(1)]], RIGHT[1]])
    assert "Matrix 1 is transposed" in failed.message


def test_a_slip_as_a_whole_has_no_entry_right() -> None:
    failed, verdict = entries([[[v / 2 for v in row] for row in m] for m in RIGHT])
    assert failed.slip == "halved"
    assert verdict.measured["entries_right"] == 0


@pytest.mark.parametrize("given", [RIGHT[:1], [[[F(1)] * 3] * 3] * 2, [[], []]])
def test_other_sizes_are_said(given) -> None:
    failed, verdict = entries(given)
    assert "2 matrices of 2×2 were asked for" in failed.message
    assert verdict.measured["entries_right"] == 0


def test_equal_names_the_slip_and_not_the_answer() -> None:
    verdict = Verdict()
    with pytest.raises(Failed) as failed:
        verdict.equal(5, 6, slips={"four": 4, "five": 5})
    assert failed.value.slip == "five"
    assert "6" not in failed.value.message
    assert verdict.expected == "6"


def test_an_answer_that_may_be_misread_never_fails() -> None:
    verdict = Verdict()
    verdict.unsure = "It was read from a scan."
    with pytest.raises(Pending, match="scan"):
        verdict.equal(5, 6)
    verdict.equal(6, 6)


@pytest.mark.parametrize(
    ("value", "said"), [(F(608), "608"), (F(-1, 4), "−0.25"), (F(1, 3), "1/3"), (F(1, 10), "1/10")]
)
def test_numbers_are_said_as_people_write_them(value: F, said: str) -> None:
    assert say_number(value) == said


def test_matrices_are_said_in_rows() -> None:
    assert say_matrices(RIGHT[:1]) == "[[1, 0.5], [0.25, 1]]"


@pytest.mark.parametrize(
    ("text", "given", "right", "expected"),
    [
        ("600 weights and 8 biases, so 608", 600, 608, True),
        ("600 weights", 600, 608, False),
        ("28 x 28 pixels, 8 channels", (28, 28), (28, 28, 8), True),
        ("28 x 28", (28, 28), (28, 28, 8), False),
        ("8x28x28", (8, 28, 28), (28, 28, 8), False),
        ("(60000, 28, 28, 1)", (60000, 28, 28, 1), (60000, 28, 28), False),
        ("60,000 images: 28 x 28", (28, 28), (60000, 28, 28), True),
        ("", 600, 608, False),
        ("60800 or 6.08", 600, 608, False),
        ("half", F(1, 2), F(1, 3), False),
    ],
)
def test_what_the_right_answer_needs_besides_may_stand_in_the_text(text, given, right, expected) -> None:
    assert mentions(text, given, right) is expected


def test_such_an_answer_is_for_a_person() -> None:
    verdict = Verdict()
    verdict.text = "600 weights and 8 biases, so 608"
    with pytest.raises(Pending):
        verdict.equal(600, 608, slips={"bias forgotten": 600})
