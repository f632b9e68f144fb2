"""What an expression writes down is read without running it; whatever would have to be run is not."""

import ast
from fractions import Fraction

import pytest

from grader.answers import Unreadable, written_down


def read(code: str) -> object:
    return written_down(ast.parse(code, mode="eval").body)


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("(5*5*3 + 1) * 8", 608),
        ("-1 / 3", Fraction(-1, 3)),
        ("2**-1 + .1", Fraction(6, 10)),
        ("(32 - 5 + 1, 28, 8)", (28, 28, 8)),
        ("[[[1, 1], [1, 1]]] * 2", [[[1, 1], [1, 1]]] * 2),
        ("2 * [0] + [1]", [0, 0, 1]),
        ("np.array([[1, .5]], dtype=float)", [[1, Fraction(1, 2)]]),
        ("[([[1], [1]], np.array([0]))]", [([[1], [1]], [0])]),
        ("{'tensorflow': '2.17.0'}", {"tensorflow": "2.17.0"}),
        ("{0.1: 0.98}", {Fraction(1, 10): Fraction(98, 100)}),
    ],
)
def test_plain_data_is_read(code: str, value: object) -> None:
    assert read(code) == value


@pytest.mark.parametrize(
    "code",
    [
        "x", "f(1)", "[x]", "x.shape", "True", "None", "...", "1 / 0", "10**100", "9**9**9", "1e999", "1j", "b'1'",
        "np.array([1, 2]) * 2", "np.array([1]) + np.array([2])", "[1, 2] * 1.5", "[0] * 10**9",
        "{**x, 'a': 1}", "[*x]", "[i for i in range(3)]", "1 if x else 2", "'a' * 3", "'%d' % 3", "(1, 2)[0]", "1 // 2",
        "np.ones((2, 2))", "[" * 30 + "]" * 30, "1" + " + 1" * 100,
    ],
)  # fmt: skip
def test_what_would_have_to_be_run_or_is_too_large_is_not(code: str) -> None:
    with pytest.raises(Unreadable):
        read(code)
