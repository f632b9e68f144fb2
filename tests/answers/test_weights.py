from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.answers import Torn, Unreadable, weights


def unit(*values, b=0):
    return ((tuple((Fraction(value),) for value in values), (Fraction(b),)),)


NO_BIAS = [
    "(1, 1)",
    "Take the weights (1, 1), larger ones are fine too.",
    "A single unit with weights (1,1) is enough",
    "weights 1 and 1",
    "weights: 1, 1",
    "both weights are 1",
    "Both of the weights equal one.",
    "w1 = 1, w2 = 1",
    "w1 = w2 = 1",
    "$w_1 = w_2 = 1$",
    "w₁ = 1 and w₂ = 1",
    "w = [1, 1]",
    r"W = \begin{bmatrix}1\\1\end{bmatrix}",
    r"$W = \begin{bmatrix} 1 & 1 \end{bmatrix}$",
    "W = [[1], [1]]",
    r"$\mathbf{w} = (1, 1)^T$",
    "w = np.array([1, 1])",
    "w^T = [1 1]",
    "both inputs have weight 1",
    "weights of 1 on both inputs",
    "One unit with both weights 1",
    "w = (1,1). Check: (0,0)->0, (1,0)->1",
]
ZERO_BIAS = [
    "w = [1, 1], b = 0",
    "ReLU(x1 + x2)",
    "y = ReLU(x_1 + x_2)",
    "$\\max(0, x_1 + x_2 - 0)$",
    "Weights are 1 and bias is 0",
    "Both inputs have weight 1, and bias is 0.",
    "One unit with weights 1 and 1 and zero bias",
    "w1 = 1, w2 = 1, b = 0",
    "$w_1 = w_2 = 1$ and $b = 0$",
    "weights of 1 and 1, bias 0",
    "both weights are 1 and the bias is 0",
    "All weights equal to 1, no bias",
    "weights (1, 1) without a bias",
    "weights (1, 1), zero bias",
    "Set w_1=1 and w_2=1 with bias b=0.",
    "w = (1, 1), and the bias term is zero",
    "OR(1,0)=1, OR(0,1)=1, OR(1,1)=1 with w=(1,1), b=0",
    "W = [[1], [1]], b = [0]",
    r"$W=\begin{pmatrix}1\\1\end{pmatrix},\ b=0$",
]


@pytest.mark.parametrize("text", NO_BIAS)
def test_a_unit_without_a_bias(text):
    reading = weights(text, inputs=2)
    assert reading.value == unit(1, 1)
    assert any("b was read as 0" in note for note in reading.notes)


@pytest.mark.parametrize("text", ZERO_BIAS)
def test_a_unit_with_a_zero_bias(text):
    reading = weights(text, inputs=2)
    assert reading.value == unit(1, 1)
    assert reading.notes == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("weights (2,2) with bias -1", unit(2, 2, b=-1)),
        ("y = max(0, 2x1 + 3*x2 - 1)", unit(2, 3, b=-1)),
        ("Weights are both 2 and bias is -1", unit(2, 2, b=-1)),
        ("w₁ = 1, w₂ = 1, b = −0.5", unit(1, 1, b=Fraction(-1, 2))),
        ("w = (1.5, 3/2), b = -1/2", unit(Fraction(3, 2), Fraction(3, 2), b=Fraction(-1, 2))),
        ("w1 = 1, w2 = -1, b = 0", unit(1, -1)),
        ("weights of 2 and 3, bias -1", unit(2, 3, b=-1)),
        ("b: -1\nw1: 2\nw2: 2", unit(2, 2, b=-1)),
        (r"$w = \begin{bmatrix}2\\2\end{bmatrix}$, $b = -1$", unit(2, 2, b=-1)),
    ],
)
def test_other_units(text, expected):
    assert weights(text, inputs=2).value == expected


@pytest.mark.parametrize(
    "text", ["weights (1,1) or (2,2)", "w = (1, 1), b = 0 or b = -1", "w1 = 1, w2 = 1, w1 = 2, b = 0"]
)
def test_several_answers_never_win(text):
    with pytest.raises(Torn):
        weights(text, inputs=2)


@pytest.mark.parametrize(
    "text",
    ["", "see the drawing", "weights greater than 1", "w = (1, 1, 0)", "w1 = 1", "w = (1, n)", "(0,0), (0,1), (1,0), (1,1)",
     "hidden layer with weights (1, 1), second layer (1, 1)", "W1 = [[1, 1], [1, 1]], W2 = [[1], [-2]]", "w = (1, 1) and a small bias",
     "two units with weights (1, 1)", "W = [[1, 0], [0, 1]], b = [0, 0]", "w = (9**9**9, 1)",
     "a network of 5 neurons, weights (1, 1), b = 0", "ten units, each with weights (1,1)", "units: 7. w = (1, 1), b = 0",
     "weights (1, 1), four layers", "2-2-1 network with all weights 1", "weights (1, 1), threshold 0.5", "weights (1, 1), intercept 5",
     "weights (1, 1), offset 2", "weights (1, 1), constant term 3", "y = relu(x1 + x2 + 1), w = (1,1)", "The points are (1, 1)",
     "a sigmoid unit with w = (1, 1), b = 0", "weights 1 and 1 and 1 bias", "ReLU(x1 + x2) or ReLU(2x1 + x2)", "not ReLU(x1 + x2)",
     "tanh(ReLU(x1 + x2))", "ReLU(x1 + x2) - ReLU(x1)", "ReLU(x1 + x2) + x1"],
)  # fmt: skip
def test_what_is_not_sure_is_for_a_person(text):
    with pytest.raises(Unreadable):
        weights(text, inputs=2)


XOR = [([[1, 1], [1, 1]], [0, -1]), ([[1], [-2]], [0])]


def test_a_network_as_data():
    (w1, b1), (w2, b2) = weights(XOR, inputs=2).value
    assert (w1, b1) == (((1, 1), (1, 1)), (0, -1))
    assert (w2, b2) == (((1,), (-2,)), (0,))
    assert weights([(np.array(w, dtype=np.float32), np.array(b)) for w, b in XOR], inputs=2).value == (
        (w1, b1),
        (w2, b2),
    )


@pytest.mark.parametrize(
    "value",
    [[([[1], [1]], [0])], [([1, 1], 0)], [(np.ones(2), 0.0)], [(np.ones((2, 1)), np.zeros(1))], ([[1], [1]], [0]), [[[[1], [1]], [0]]],
     [(np.ones((2, 1)), np.float64(0))]],
)  # fmt: skip
def test_a_unit_as_data(value):
    assert weights(value, inputs=2).value == unit(1, 1)


def test_a_flat_list_of_arrays_is_read():
    reading = weights([part for layer in XOR for part in layer], inputs=2)
    assert reading.value == weights(XOR, inputs=2).value
    assert "flat list" in reading.notes[0]


def test_one_axis_is_noted_and_tenths_are_exact():
    reading = weights([([0.1, 0.1], np.float32(-0.1))], inputs=2)
    assert reading.value == unit(Fraction(1, 10), Fraction(1, 10), b=Fraction(-1, 10))
    assert "one axis" in reading.notes[0]


@pytest.mark.parametrize(
    ("value", "named"),
    [
        ([([[1], [1], [1]], [0])], "Layer 1"),
        ([XOR[0], ([[1], [1], [1]], [0])], "Layer 2"),
        ([XOR[0], ([[1], [1]], [0, 0])], "Layer 2: b"),
        ([([[1, 1], [1]], [0, 0])], "Layer 1"),
        ([([[float("nan")], [1]], [0])], "nan"),
        ([([[float("inf")], [1]], [0])], "inf"),
        (None, "list"),
        ([], "list"),
        ([1, 2], "list"),
        ({}, "list"),
    ],
)
def test_sizes_that_do_not_fit_are_named(value, named):
    with pytest.raises(Unreadable, match=named):
        weights(value, inputs=2)


DECIMALS = st.integers(-500, 500).map(lambda n: Fraction(n, 100))
STYLES = [
    "w = ({}, {}), b = {}",
    "w1 = {}, w2 = {}, b = {}",
    "weights {} and {}, bias {}",
    "w = [{}, {}]; bias: {}",
    "weights ({}, {}) with bias {}",
]


@given(DECIMALS, DECIMALS, DECIMALS, st.sampled_from(STYLES))
def test_a_unit_printed_in_any_notation_reads_back(w1, w2, b, style):
    text = style.format(float(w1), float(w2), float(b))
    assert weights(text, inputs=2).value == unit(w1, w2, b=b)


@pytest.mark.parametrize(
    ("text", "weights_", "bias"),
    [
        ("ReLU(-2 x1 + 3 x2 + 1)", (-2, 3), 1),
        ("ReLU(2 x1 - 3 x2)", (2, -3), 0),
        ("ReLU(-x1 - x2 + 1)", (-1, -1), 1),
        (r"$\max(0, -2x_1 - x_2 - 3)$", (-2, -1), -3),
    ],
)
def test_a_formula_with_minus_signs_is_read(text, weights_, bias):
    ((matrix, biases),) = weights(text, inputs=2).value
    assert (tuple(row[0] for row in matrix), biases) == (weights_, (bias,))
