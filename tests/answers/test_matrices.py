from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.answers import Torn, Unreadable, matrices

F = Fraction
ONE = ((F(1), F(1, 2)), (F(1, 2), F(1, 4)))
ONES = ((F(1), F(1)), (F(1), F(1)))
FOUR = (ONE, ((F(-1, 2), F(1)), (F(3), F(1, 2))), ONES, ((F(1, 4), F(1, 2)), (F(1, 2), F(1))))

WRITTEN = [
    r"\begin{bmatrix} 1 & .5 \\ .5 & .25 \end{bmatrix}",
    r"$$\begin{pmatrix} 1 & \frac12 \\[2pt] \frac{1}{2} & \frac{1}{4} \end{pmatrix}$$",
    r"\begin{vmatrix} 1 & 1/2 \\ 1/2 & 1/4 \end{vmatrix}",
    r"\begin{Bmatrix} 1 & 0.50 \\ 0.50 & 0.25 \\ \end{Bmatrix}",
    r"$\begin{smallmatrix} 1 & .5 \\ .5 & .25 \end{smallmatrix}$",
    r"$\left[\begin{array}{cc} 1 & 0.5 \\ 0.5 & 0.25 \end{array}\right]$",
    r"\left(\begin{array}{c|c} 1 & 0.5 \\ \hline 0.5 & 0.25 \end{array}\right)",
    "\\begin{bmatrix} 1 & .5 \\ .5 & .25 \\end{bmatrix}",  # Markdown ate one backslash
    "\\begin{bmatrix}\n1 & .5 \\\n.5 & .25\n\\end{bmatrix}",
    "\\begin{bmatrix}1&.5\\.5&.25\\end{bmatrix}",
    r"\begin{matrix} 1 & .5 \cr .5 & .25\cr\end{matrix}",
    r"\begin{bmatrix} 1 & .5 \newline .5 & .25 \end{bmatrix}",
    r"\pmatrix{1 & .5 \cr .5 & .25}",
    r"\[ \begin{bmatrix} 1 & 2/4 \\ (1+1)/4 & \tfrac14 \end{bmatrix} \]",
    r"\begin{bmatrix} 1 & 0{,}5 \\ 0{,}5 & 0{,}25 \end{bmatrix}",
    r"\begin{bmatrix} 1 & 0,5 \\ 0,5 & 0,25 \end{bmatrix}",
    r"\frac{1}{4}\begin{bmatrix} 4 & 2 \\ 2 & 1 \end{bmatrix}",
    r"$\frac14 \left[\begin{array}{cc} 4 & 2 \\ 2 & 1 \end{array}\right] = \begin{bmatrix} 1 & .5 \\ .5 & .25 \end{bmatrix}$",
    "[[1, .5], [.5, .25]]",
    "[[1,.5],[.5,.25]]",
    "[[1, 0.5],\n [0.5, 0.25]]",
    "[[1, 50%], [1/2, 25%]]",
    "[[1, ½], [½, ¼]]",
    "A = [[1, .5], [.5, .25]]",
    "np.array([[1, 1/2], [1/2, 1/4]])",
    "array([[1.  , 0.5 ],\n       [0.5 , 0.25]], dtype=float32)",
    "[[1.   0.5 ]\n [0.5  0.25]]",
    "[[1, 0,5], [0,5, 0,25]]",
    "((1, .5), (.5, .25))",
    "{{1, .5}, {.5, .25}}",
    "[1 .5; .5 .25]",
    "[1, .5; .5, .25]",
    "(1 .5; .5 .25)",
    "[1 .5]\n[.5 .25]",
    "[1, 0.5]\n[0.5, 0.25]",
    "[1, .5], [.5, .25]",
    "1 0.5\n0.5 0.25",
    "1 0,5\n0,5 0,25",
    "1, 0.5\n0.5, 0.25",
    "1\t0.5\n0.5\t0.25",
    "    1    0.5\n    0.5  0.25",
    "| 1 | 0.5 |\n| 0.5 | 0.25 |",
    "| | |\n|---|---|\n| 1 | 0.5 |\n| 0.5 | 0.25 |",
    "| 1 | 0.5 |\n|---|---|\n| 0.5 | 0.25 |",
    "|1 .5|\n|.5 .25|",
    "⎡1  .5⎤\n⎣.5 .25⎦",
    "[[4, 2], [2, 1]] / 4",
    "1/4 * [[4, 2], [2, 1]]",
    "```\n[[1, .5], [.5, .25]]\n```",
    "[[1, ~~0.3~~ .5], [.5, .25]]",
    "⎡1 ½⎤\n⎣½ ¼⎦",
    r"\frac14 \left[\begin{array}{cc} 4 & 2 \\ 2 & 1 \end{array}\right]",
]

FOR_ALL = [
    "{} for all 4",
    "{}\nfor all four",
    "{}\n\nin all four cases",
    "{}\n(all 4)",
    "All four are\n{}",
    "Each of them is\n\n{}",
    "{}\nThe result is the same for every matrix.",
    r"{} $\text{for all}$",
]

LABELLED = "Top left:\n{}\n\nTop right:\n{}\n\nBottom right:\n{}\n\nBottom left:\n{}"


@pytest.mark.parametrize("text", WRITTEN)
def test_a_matrix_is_read(text):
    assert matrices(text, count=1, size=(2, 2)).value == (ONE,)


@pytest.mark.parametrize("text", WRITTEN)
def test_four_labelled_matrices_are_read(text):
    assert matrices(LABELLED.replace("{}", text), count=4, size=(2, 2)).value == (ONE,) * 4


@pytest.mark.parametrize("words", FOR_ALL)
@pytest.mark.parametrize("text", WRITTEN)
def test_one_matrix_for_all_counts_for_all(text, words):
    reading = matrices(words.replace("{}", text), count=4, size=(2, 2))
    assert reading.value == (ONE,) * 4
    assert any("for all 4" in note for note in reading.notes)


@pytest.mark.parametrize("text", WRITTEN)
def test_one_matrix_without_such_words_is_one_of_four(text):
    with pytest.raises(Unreadable, match="1 of the 4"):
        matrices(text, count=4, size=(2, 2))


@pytest.mark.parametrize(
    "text",
    ["All of them are 2x2 matrices of ones", "all ones", "All 1s", "All four outputs are 2x2 matrices of all ones.",
     "Every entry is 1 in all four.", "All entries are 1", "np.ones((2, 2)) for all", "[[1, 1], [1, 1]] x4", "4 times [[1,1],[1,1]]",
     "Same for all matrices: 1 1 / 1 1", "Every one is 1 1 / 1 1", "4x [[1, 1], [1, 1]]", "[[1,1],[1,1]] for matrices 1-4",
     "[[1 1] [1 1]] each"],
)  # fmt: skip
def test_ones_in_words(text):
    assert matrices(text, count=4, size=(2, 2)).value == (ONES,) * 4


@pytest.mark.parametrize(
    "text",
    ["", "see figure", "not all ones", "All ones except one", "[[1, 1], [1, 1]] for all 3", "[[1, ?], [.5, .25]]",
     "[[1, a], [.5, .25]]", "1 0.5\n? 0.25", "[[1, 2], [3]]", r"\begin{bmatrix} 1 & 2", "[[1, 1], [1, 1]]^T for all 4",
     "-[[1, 1], [1, 1]] for all 4", "2 [[1,1],[1,1]] + [[1, 1], [1, 1]]", "The input has a 3x3 block of ones", "[[1,608, 2], [3, 4]]",
     "[[9**9**9, 1], [1, 1]]", "[[1/0, 1], [1, 1]]", "[[1, 2], [3, 4]] [[1, 2], [3, 4]]", "1 .5\n.5 .25 or .3",
     "3x [[1, 1], [1, 1]]", "[[1, 1], [1, 1]] for matrices 1-3", "The original matrices are all ones",
     "The original matrices are all ones. I did not finish."],
)  # fmt: skip
def test_what_is_not_sure_is_for_a_person(text):
    with pytest.raises(Unreadable):
        matrices(text, count=4, size=(2, 2))


def test_all_ones_needs_a_size():
    with pytest.raises(Unreadable):
        matrices("all ones", count=4)
    assert matrices("2x2 matrices, all ones", count=4).value == (ONES,) * 4


def test_a_bad_cell_is_named():
    with pytest.raises(Unreadable, match="matrix 2, row 2, column 1"):
        matrices("[[1, 2], [3, 4]], [[1, 2], [x7, 4]]", count=2)


def test_signs_and_order_are_kept():
    text = ", ".join(f"[[{', '.join(map(str, a))}], [{', '.join(map(str, b))}]]" for a, b in FOUR)
    assert matrices(text, count=4, size=(2, 2)).value == FOUR


def test_rows_side_by_side():
    text = "[1 2]  [5 6]  [1 1]  [0 .5]\n[3 4]  [7 8]  [1 1]  [.5 0]"
    first, second, third, fourth = matrices(text, count=4, size=(2, 2)).value
    assert (first, second) == (((1, 2), (3, 4)), ((5, 6), (7, 8)))
    assert (third, fourth) == (ONES, ((0, F(1, 2)), (F(1, 2), 0)))
    assert matrices("1 2   5 6\n3 4   7 8", count=2, size=(2, 2)).value == (first, second)


def test_restated_inputs_are_left_out():
    four = "[[1,1,1,0],[1,1,1,0],[1,1,1,0],[0,0,0,0]] -> [[1, .5], [.5, .25]]"
    assert matrices(four, count=1, size=(2, 2)).value == (ONE,)
    spread = "Input [[1,1,1],[1,1,1],[0,0,0]] gives [[1, .5], [.5, .25]]"
    assert matrices(spread, count=1, size=(2, 2)).value == (ONE,)


def test_another_size_is_left_to_the_caller():
    assert matrices("[[1, 2, 3], [4, 5, 6]]", count=1, size=(2, 2)).value == (((1, 2, 3), (4, 5, 6)),)


def test_too_many_are_torn():
    with pytest.raises(Torn):
        matrices("[[1, 2], [3, 4]], [[1, 2], [3, 5]]", count=1)


@pytest.mark.parametrize(
    "text",
    ["all ones or all zeros", "[[0,0],[0,0]] = [[1,.5],[.5,.25]] for all four", f"{[[[1, 1], [1, 2]]] * 4} or all zeros",
     "[[1, 2], [3, 4]], [[1, 2], [3, 4]], [[1, 2], [3, 4]], [[1, 2], [3, 5]] or all zeros"],
)  # fmt: skip
def test_contradictions_are_torn(text):
    with pytest.raises(Torn):
        matrices(text, count=4, size=(2, 2))


def test_the_last_bits_of_floats_do_not_count():
    value = [[0.1 + 0.2 + 0.7 - 1e-16, 0.5 + 1e-16], [0.1 + 0.2 + 0.2, 0.25]]
    assert matrices(value, count=1, size=(2, 2)).value == (ONE,)
    assert matrices([[0.1 + 0.2 - 0.3, 1 / 3]], count=1).value == (((0, F(1, 3)),),)


def test_reading_is_shown():
    assert matrices("[[1, .5], [-.5, .25]]", count=1).read_as == "[[1, 1/2], [-1/2, 1/4]]"


ARRAY = np.array([[[float(x) for x in row] for row in matrix] for matrix in FOUR])


@pytest.mark.parametrize(
    "value",
    [ARRAY, ARRAY.astype(np.float32), ARRAY.tolist(), list(ARRAY), tuple(ARRAY), dict(enumerate(ARRAY)), ARRAY[None],
     ARRAY[..., None], ARRAY[:, None], np.moveaxis(ARRAY, 0, -1)],
)  # fmt: skip
def test_data(value):
    assert matrices(value, count=4, size=(2, 2)).value == FOUR


def test_a_moved_axis_is_noted():
    assert "last axis" in matrices(np.moveaxis(ARRAY, 0, -1), count=4, size=(2, 2)).notes[0]
    assert matrices(ARRAY, count=4, size=(2, 2)).notes == ()


@pytest.mark.parametrize(
    "value",
    [
        None,
        1,
        [],
        [1, 2],
        [[1, 2], [3]],
        ARRAY[:3],
        np.zeros((99, 99)),
        [[[None]]],
        np.full((4, 2, 2), np.nan),
        {},
    ],
)
def test_other_data_is_unreadable(value):
    with pytest.raises(Unreadable):
        matrices(value, count=4, size=(2, 2))


def test_a_list_that_holds_itself():
    loop: list = []
    loop.append(loop)
    with pytest.raises(Unreadable):
        matrices(loop, count=1)


ENTRIES = st.fractions(min_value=-9, max_value=9, max_denominator=16)
MATRICES = st.lists(st.lists(ENTRIES, min_size=2, max_size=2), min_size=2, max_size=2)


def latex(m):
    return r"\begin{bmatrix} " + r" \\ ".join(" & ".join(map(str, row)) for row in m) + r" \end{bmatrix}"


def listed(m):
    return str([[str(x) for x in row] for row in m]).replace("'", "")


def lines(m):
    return "\n" + "\n".join(" ".join(map(str, row)) for row in m) + "\n"


def piped(m):
    return "\n" + "\n".join("| " + " | ".join(map(str, row)) + " |" for row in m) + "\n"


def semicolons(m):
    return "[" + "; ".join(" ".join(map(str, row)) for row in m) + "]"


@given(st.lists(MATRICES, min_size=1, max_size=4), st.sampled_from([latex, listed, lines, piped, semicolons]))
def test_matrices_printed_in_any_notation_read_back(several, written):
    text = "\n\n".join(f"Matrix {'ABCD'[n]}: {written(each)}" for n, each in enumerate(several))
    expected = tuple(tuple(map(tuple, each)) for each in several)
    assert matrices(text, count=len(several), size=(2, 2)).value == expected
