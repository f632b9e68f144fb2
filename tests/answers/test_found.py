"""What hostile students and new assistants found: each was once read as something it is not."""

import signal
from fractions import Fraction

import pytest

from grader import answers
from grader.answers import Torn, Unreadable

SWEEP = "\n".join(f"{step / 10}\t0.9{step}" for step in range(10))


@pytest.mark.parametrize(
    "text",
    [
        "a network of 5 neurons, weights (1, 1), b = 0",
        "ten units, each with weights (1,1)",
        "units: 7. w = (1, 1), b = 0",
        "weights (1, 1), four layers",
        "2-2-1 network with all weights 1",
        "weights (1, 1), threshold 0.5",
        "w = (1,1), intercept 5",
        "y = relu(x1 + x2 + 1), w = (1,1)",
        "a sigmoid unit with w = (1, 1), b = 0",
        "The points are (1, 1)",
    ],
)
def test_not_one_relu_unit(text: str) -> None:
    with pytest.raises(Unreadable):
        answers.weights(text, inputs=2)


@pytest.mark.parametrize("text", ["Only 1 unit is needed with w=[1,1]", "relu(x1 + x2), weights (1,1), b=0"])
def test_still_one_relu_unit(text: str) -> None:
    assert answers.weights(text, inputs=2).value == ((((1,), (1,)), (0,)),)


def test_two_tables_are_not_one() -> None:
    with pytest.raises(Torn):
        answers.table(SWEEP + "\n\n| epoch | acc |\n|---|---|\n| 1 | 0.98 |\n| 2 | .99 |", columns=2)


def test_blank_lines_do_not_part_a_table() -> None:
    assert len(answers.table(SWEEP.replace("\n", "\n\n"), columns=2).value) == 10


def test_a_row_that_is_half_read_is_named_and_the_rest_is_no_answer() -> None:
    with pytest.raises(Unreadable, match=r"0\.90 ← best"):
        answers.table(SWEEP.replace("0.90", "0.90 ← best", 1), columns=2)


@pytest.mark.parametrize("text", ["it took 2.5 hours and 3.5 GB", "Problem 2.1 and 3.4"])
def test_numbers_that_are_no_versions(text: str) -> None:
    with pytest.raises(Unreadable):
        answers.versions(text, names=("tensorflow", "keras"))


def test_one_example_counts_nothing() -> None:
    assert answers.shapes("(60000, 784). One example is (1, 784).").value == ((60000, 784), (1, 784))


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (0.1 + 0.2 + 0.7 - 1e-16, Fraction(1)),
        (0.15000000000000002, Fraction(3, 20)),
        (1e-9, Fraction(1, 10**9)),
    ],
)
def test_floats_are_what_they_were_meant_to_be(given: float, meant: Fraction) -> None:
    assert answers.number(given).value == meant


def test_reasons_do_not_compete_with_the_answer() -> None:
    reading = answers.integer("At least 2 layers, because 1 layer is linear.", nouns=("layers", "layer"))
    assert reading.value == 2


def test_thousands_by_letter() -> None:
    assert answers.shape("60k x 28 x 28").value == (60000, 28, 28)


@pytest.mark.parametrize("piece", ["$", r"\left", "```", "** ", "* ", "[ ", "1 ", ", ", "$\n"])
def test_long_lines_take_no_time(piece: str) -> None:
    def hung(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, hung)
    signal.setitimer(signal.ITIMER_VIRTUAL, 2)
    try:
        text = "608 " + piece * (19_000 // len(piece))
        for read in (
            lambda: answers.matrices(text, count=4, size=(2, 2)),
            lambda: answers.table(text, columns=2),
            lambda: answers.integer(text),
        ):
            try:
                read()
            except Unreadable:
                continue
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
