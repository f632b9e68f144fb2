from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.answers import Torn, Unreadable, integer, number

PARAMETERS = ("parameters", "parameter", "params")
LAYERS = ("layers", "layer")

COUNTED = [
    # the number alone, in many notations
    ("608", 608),
    ("608.", 608),
    ("608.0", 608),
    ("608!", 608),
    ("608?", 608),
    ("(608)", 608),
    ("[608]", 608),
    ("$608$", 608),
    ("$$608$$", 608),
    (r"\(608\)", 608),
    (r"\[608\]", 608),
    ("**608**", 608),
    ("*608*", 608),
    ("__608__", 608),
    ("`608`", 608),
    ("```\n608\n```", 608),
    ("> 608", 608),
    ("- 608\n", 608),
    ("# 608", 608),
    (r"$\boxed{608}$", 608),
    (r"\boxed{\text{608}}", 608),
    (r"$\mathbf{608}$", 608),
    ("６０８", 608),
    ("٦٠٨", 608),
    ("\u202e608", 608),
    ("6\u200b08", 608),
    ("<b>608</b>", 608),
    ("six hundred and eight", 608),
    ("Six hundred eight parameters.", 608),
    ("608parameters", 608),
    ("params=608", 608),
    ("n_params = 608", 608),
    ("#params: 608", 608),
    ("3B: 608", 608),
    ("3(b) 608", 608),
    ("B) 608", 608),
    ("(b) 608", 608),
    ("Problem B: 608", 608),
    ("**Q3 b)** 608", 608),
    ("1. 608", 608),
    ("Part B: 608 parameters (2 points)", 608),
    ("[2 pts] 608", 608),
    # thousands
    ("1,608", 1608),
    ("1 608", 1608),
    ("1\u202f608", 1608),
    ("1\u00a0608", 1608),
    ("1{,}608", 1608),
    (r"$1\,608$", 1608),
    ("1'608", 1608),
    ("60 000", 60000),
    ("60,000", 60000),
    ("1,000,000", 1000000),
    ("1.000.000", 1000000),
    ("1 000 000", 1000000),
    ("10^6", 1000000),
    ("1e6", 1000000),
    # sentences
    ("The layer has 608 parameters.", 608),
    ("There are 608 trainable parameters in total.", 608),
    ("Total number of parameters: 608", 608),
    ("Answer: 608", 608),
    ("Answer:\n\n608", 608),
    ("The answer is 608, since there are 8 filters.", 608),
    ("The number of parameters is 608 (8 filters with 76 each).", 608),
    ("It has 8 filters, each with 76 parameters, so 608 in total.", 608),
    ("608 because each of the 8 filters is 5x5x3 and has 1 bias", 608),
    ("With stride 1 and no padding the number of parameters is 608", 608),
    ("The number of parameters does not depend on the 32x32 input. It is 608.", 608),
    ("In this layer we have 608 parameters", 608),
    ("The parameters are 608", 608),
    ("parameters -> 608", 608),
    ("There are 8 filters. The number of parameters is 608", 608),
    ("The number of filters is 8. So we get 8*(75+1).", 608),
    ("Each filter has 5*5*3+1 = 76 parameters. There are 8 filters. Number of parameters = 76*8 = 608.", 608),
    ("For layer 3 the answer is 608", 608),
    ("What is the number of parameters in this layer of 8 filters? 608", 608),
    ("How many parameters does it have with 8 filters of 5x5x3?\n608 parameters.", 608),
    ("The number of parameters depends on the filter size, which is 5. So 608.", 608),
    ("The number of parameters, including biases, is 608", 608),
    ("The parameters: filter size 5, depth 3, 8 filters, so (5*5*3+1)*8", 608),
    ("the number of parameters are: 608 (8 * 76)", 608),
    ("608 (= 8*76)", 608),
    ("608 parameters, of which 600 are weights and 8 are biases", 608),
    ("608 parameters. (Note that without biases it would be 600.)", 608),
    ("The correct answer is not 600 since we need to count biases; it is 608.", 608),
    ("Number of weights per filter = 75\nNumber of filters = 8\nBias = 8\n600+8 = 608", 608),
    ("Parameters per filter: 76. Number of filters: 8. Total number of parameters: 608.", 608),
    ("F*F*D*K + K = 5*5*3*8 + 8 = 608", 608),
    ("8 filters, 76 parameters each => 608", 608),
    # corrections
    ("not 600 but 608", 608),
    ("608, not 600", 608),
    ("~~600~~ 608", 608),
    ("<del>600</del> 608", 608),
    ("<s>600</s> 608 parameters", 608),
    ('<meta http-equiv="refresh" content="0;url=https://a.b/?n=12">\n\n608', 608),
    ("<img width=600 alt='76 of 100'/> 608", 608),
    ("<p align=center class=x-1>608", 608),
    ('<strike class="old"><b>600</b></strike> 608', 608),
    ("<DEL>600\n601</DEL> <s>76</s> 608", 608),
    (r"\cancel{600} 608", 608),
    ("608 rather than 600", 608),
    ("608 (600 without the biases)", 608),
    # arithmetic
    ("8*(5*5*3+1)", 608),
    ("(5*5*3+1)*8", 608),
    ("(5*5*3+1)*8 = 608", 608),
    ("608 = 8 * 76", 608),
    (r"$8\cdot(5\cdot5\cdot3+1)=608$", 608),
    (r"$8 \times (5 \times 5 \times 3 + 1) = 608$", 608),
    (r"$8 \left(5^2 \cdot 3 + 1\right)$", 608),
    ("8 × (5² × 3 + 1)", 608),
    ("8(5·5·3 + 1)", 608),
    ("(5x5x3 + 1) x 8 = 608", 608),
    ("((5*5*3)+1)*8", 608),
    ("5*5*3*8 + 8", 608),
    ("600 + 8 = 608", 608),
    ("75*8 + 8", 608),
    ("5*5*3 = 75, +1 bias = 76, times 8 filters = 608", 608),
    ("5*5*3 weights + 1 bias = 76 per filter; 76 * 8 filters = 608", 608),
    ("5*5*3 = 75 weights, so 75*8 = 600 weights plus 8 biases = 608", 608),
    ("600 weights + 8 biases = 608 parameters", 608),
    ("600 (weights) + 8 (biases) = 608", 608),
    ("8 filters * 76 = 608", 608),
    ("8 filters x 76 = 608", 608),
    ("Weights: 5*5*3*8 = 600\nBiases: 8\nTotal: 608", 608),
    ("75 weights each; 75 + 1 = 76; 76 * 8 = 608", 608),
    (r"\begin{align*} N &= 8(75+1) \\ &= 608 \end{align*}", 608),
    (r"$$N = \frac{1216}{2} = 608$$", 608),
    ("(5*5*3+1)*8 = 600", 600),  # what is asserted, wrong as it is
    ("8*76=\n608", 608),
    ("8 times 76", 608),
    ("600 plus 8", 608),
    ("There are 608 parameters with stride 1 and padding 0.", 608),
]

# With "weights" as another word for what is counted, the first must not win over the last.
WEIGHTS_AND_BIASES = [
    "600 weights and 8 biases, so 608",
    "So we have 600 weights. Adding the 8 biases we have 608.",
    "There are 600 weights and 8 biases, which makes 608.",
    "There are 600 weights and 8 biases, for 608 in all.",
    "First, 600 weights. Then 8 biases. So 608.",
    "600 weights. With the 8 biases it is 608.",
    "600 weights, with biases 608",
    "The filters have 600 weights and we add 8 biases to get 608.",
    "There's 600 weights, but with 8 biases it's 608",
    "There are 75 weights and 1 bias in each of the 8 filters, so 608.",
    "Every filter has 75 weights, 8 filters have 600 weights, adding biases 608.",
    "Each filter: 76 parameters. Layer: 608.",
    "the number of parameters of a filter is 75.\nSolution B: 608",
    "Conv2D has 608 params.",
]

XOR = (
    r"$W_1 = \begin{bmatrix} 1 & 1 \\ 1 & 1 \end{bmatrix}$, $b_1 = \begin{bmatrix} 0 & -1 \end{bmatrix}$, "
    r"second layer $W_2 = \begin{bmatrix} 1 \\ -2 \end{bmatrix}$, $b_2 = 0$."
)
OF_LAYERS = [
    # with a network beside
    (f"At least 2 layers are needed, since one ReLU is monotone.\nFirst layer {XOR}", 2),
    (
        "It takes two layers; one is not enough.\n\n"
        + XOR.replace("second layer ", "").replace(", ", "\n\n"),
        2,
    ),
    ("Two layers: W1 = [[1, 1], [1, 1]], b1 = (0, -1), W2 = [[1], [-2]], b2 = 0", 2),
    ("the number of layers is two: one hidden layer and one output layer", 2),
    ("The number of hidden layers is 1, so the number of layers is 2", 2),
    ("I don't know why, but 2 layers", 2),
    ("2", 2),
    ("two", 2),
    ("Two.", 2),
    ("two layers", 2),
    ("2 layers.", 2),
    ("2 (3 counting the input)", 2),
    ("3 layers (2 if you don't count the input layer)", 3),
    ("A 2-layer network is needed", 2),
    ("at least two layers", 2),
    ("We need a minimum of 2 layers: an input is not counted.", 2),
    ("The fewest layers that work is 2, because XOR is not linearly separable.", 2),
    ("2, because one layer cannot do it", 2),
    ("2. XOR is not linear", 2),
    ("Since a single layer can't represent XOR we need two layers.", 2),
    ("One layer is not enough. You need at least two layers", 2),
    ("One layer isn't enough, so 2.", 2),
    ("We need one hidden layer and one output layer, so two layers in total", 2),
    ("It is impossible with fewer than 2 layers", 2),
    ("More than 1 layer is needed: 2 layers suffice.", 2),
    ("It takes two fully connected layers (the first computes OR and AND).", 2),
    ("1 hidden layer + 1 output layer = 2 layers", 2),
    ("The answer is two", 2),
    ("minimum = 2", 2),
    ("I think 3. Actually 2.", 2),
    ("2 layers: one hidden layer with two units and one output layer.", 2),
    ("You need 2 layers, because a 1 layer network can only draw one line", 2),
    ("2 layers are required as 1 layer cannot separate the classes", 2),
    ("With 1 layer we get a line, so 2 layers are needed", 2),
    ("2 layers. Layer 1 has 2 units, layer 2 has 1 unit.", 2),
]

TORN = [
    ("600 or 608", PARAMETERS),
    ("608 or 600 parameters", PARAMETERS),
    ("600, 608", PARAMETERS),
    ("600\n608", PARAMETERS),
    ("600; 608", PARAMETERS),
    ("608 and 600", PARAMETERS),
    ("608 (or 600)", PARAMETERS),
    ("It is either 2 or 3", LAYERS),
    ("2 layers. 3 layers.", LAYERS),
    ("The number of layers is 2. The number of layers is 3.", LAYERS),
    (r"\boxed{600} \boxed{608}", PARAMETERS),
    ("Answer: 600. Answer: 608.", PARAMETERS),
    ("It would be 600 without bias, 608 with bias.", PARAMETERS),
    ("Without biases, 600. With biases, 608.", PARAMETERS),
    ("8 (75 + 1)", PARAMETERS),
    ("The filter size is 5*5*3 = 75. With the bias we get 76. Times 8 filters yields 608.", PARAMETERS),
    ("Three if the input counts, otherwise two", LAYERS),
    ("at least 2. With 1 layer we get a line.", LAYERS),
    ("1.608", PARAMETERS),
    ("2-3 layers", LAYERS),
    ("2–3", LAYERS),
    ("5!", ()),
    ("1 1/2", ()),
    ("75 76 608 600", ()),
    ("600 608", PARAMETERS),
    ("The layer has 600 608 parameters.", PARAMETERS),
    ("before: 76 608 parameters", PARAMETERS),
    ("filters, parameters: 8 608", PARAMETERS),
    ("There would be 600 parameters without bias but the bias adds 8, so 608.", PARAMETERS),
    ("Ignoring the bias there are 600 parameters. Including the bias there are 608.", PARAMETERS),
    ("With no bias, the number of parameters is 600; with bias it is 608.", PARAMETERS),
    ("Without bias there would be 600 parameters; with bias 608.", PARAMETERS),
    ("The number of parameters equals eight times seventy-six i.e. 608.", PARAMETERS),
    ("8 times 75 plus 1", PARAMETERS),
    ("608 ± 10", PARAMETERS),
    ("600 = 608", PARAMETERS),
    ("208 so 608", PARAMETERS),
    ("208, so the answer is 608", PARAMETERS),
    ("The answer is 208. So 608.", PARAMETERS),
    ("76*8 = 600 = 608", PARAMETERS),
    (r"\boxed{608} but actually 600", PARAMETERS),
]

UNREADABLE = [
    ("", ()),
    ("see the attached drawing", PARAMETERS),
    ("0,5", PARAMETERS),
    ("608.5", PARAMETERS),
    ("50%", PARAMETERS),
    ("not 608", PARAMETERS),
    ("We use 8 filters", PARAMETERS),
    ("600 weights and 8 biases", PARAMETERS),
    ("76 parameters per filter", PARAMETERS),
    ("Each filter has 76 parameters", PARAMETERS),
    ("1 hidden layer", LAYERS),
    ("two hidden layers and one output", LAYERS),
    ("more than 1 layer", LAYERS),
    ("How many parameters are there in the 8 filters?", PARAMETERS),
    ("600 weights and 8 biases.", (*PARAMETERS, "weights")),
    ("The number of weights is 600 and the number of biases is 8", (*PARAMETERS, "weights")),
    ("A filter has 76 parameters, the layer 608.", PARAMETERS),
    ("the number of parameters of a filter is 75.", PARAMETERS),
    ("At most 608", PARAMETERS),
    ("no more than 608", PARAMETERS),
    ("I don't know. 608?", PARAMETERS),
    ("the number of outputs is 608", PARAMETERS),
    ("page 608", PARAMETERS),
    ("One hidden layer (two layers in total).", LAYERS),
    ("The number of hidden layers is 1", LAYERS),
    ("sqrt(4)", ()),
    ("28x28x8", PARAMETERS),
    ("60k", PARAMETERS),
    ("0x260", PARAMETERS),
    ("2D", LAYERS),
    ('<meta http-equiv="refresh" content="0;url=https://a.b/">', PARAMETERS),
    (f"The layers are {XOR}", LAYERS),
    ("the 2nd layer", LAYERS),
    ("5*n", ()),
    ("1/0", ()),
    ("2^65", ()),
    ("9**9**9**9", ()),
    ("factorial(99)", ()),
    (r"1\frac12", ()),
]


@pytest.mark.parametrize(("text", "expected"), COUNTED)
def test_a_count_is_read_from_prose(text, expected):
    assert integer(text, nouns=PARAMETERS).value == expected


@pytest.mark.parametrize("text", WEIGHTS_AND_BIASES)
def test_a_part_never_wins_over_the_whole(text):
    assert integer(text, nouns=PARAMETERS).value == 608
    try:
        reading = integer(text, nouns=(*PARAMETERS, "weights", "weight"))
    except Unreadable:
        return
    assert reading.value == 608


@pytest.mark.parametrize(("text", "expected"), OF_LAYERS)
def test_a_number_of_layers_is_read_from_prose(text, expected):
    assert integer(text, nouns=LAYERS).value == expected


@pytest.mark.parametrize(("text", "nouns"), TORN)
def test_several_answers_never_win(text, nouns):
    with pytest.raises(Torn) as raised:
        integer(text, nouns=nouns)
    assert len(set(raised.value.candidates)) > 1
    assert all(candidate in str(raised.value) for candidate in raised.value.candidates[:2])


@pytest.mark.parametrize(("text", "nouns"), UNREADABLE)
def test_what_is_no_assertion_is_for_a_person(text, nouns):
    with pytest.raises(Unreadable):
        integer(text, nouns=nouns)


def test_an_inconsistent_equation_is_noted():
    reading = integer("(5*5*3+1)*8 = 600", nouns=PARAMETERS)
    assert reading.value == 600
    assert "differ" in reading.notes[0]
    assert "608" in reading.notes[0]
    assert integer("(5*5*3+1)*8 = 608", nouns=PARAMETERS).notes == ()


def test_a_condition_in_brackets_is_noted():
    assert "counting the input" in integer("2 (3 counting the input)", nouns=LAYERS).notes[0]


def test_words_and_reading_are_shown():
    reading = integer("So the layer has (5*5*3 + 1) * 8 = 608 parameters.", nouns=PARAMETERS)
    assert reading.words == "(5*5*3 + 1) * 8 = 608"
    assert reading.read_as == "608"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (608, 608),
        (608.0, 608),
        (np.int64(608), 608),
        (np.float32(608), 608),
        (np.array(608), 608),
        ([608], 608),
    ],
)
def test_plain_data_is_read(value, expected):
    assert integer(value).value == expected


class Always(float):
    def __eq__(self, other):
        return True

    __hash__ = float.__hash__


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        False,
        608.5,
        float("nan"),
        float("inf"),
        [1, 2],
        {},
        object(),
        b"608",
        2**300,
        Always(1),
        1j,
    ],
)
def test_other_data_is_unreadable(value):
    with pytest.raises(Unreadable):
        integer(value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.977", Fraction(977, 1000)),
        (".5", Fraction(1, 2)),
        ("-.5", Fraction(-1, 2)),
        ("−0.25", Fraction(-1, 4)),
        ("0,5", Fraction(1, 2)),
        ("1/3", Fraction(1, 3)),
        (r"\frac12", Fraction(1, 2)),
        (r"$-\dfrac{1}{2}$", Fraction(-1, 2)),
        ("½", Fraction(1, 2)),
        ("1½", Fraction(3, 2)),
        ("97.7%", Fraction(977, 1000)),
        ("0.98 (98%)", Fraction(98, 100)),
        (r"97.7\%", Fraction(977, 1000)),
        ("The test accuracy was 0.9914.", Fraction(9914, 10000)),
        ("Test score: 0.0773", Fraction(773, 10000)),
        ("accuracy = 0.98", Fraction(98, 100)),
        ("1e-3", Fraction(1, 1000)),
        ("2^-2", Fraction(1, 4)),
        ("-2^2", Fraction(-4)),
        ("2^3^2", Fraction(512)),
        ("five eighths", Fraction(5, 8)),
        ("The share is three-quarters.", Fraction(3, 4)),
        ("one half", Fraction(1, 2)),
        ("twenty-five hundredths", Fraction(1, 4)),
    ],
)
def test_numbers_are_exact(text, expected):
    assert number(text).value == expected


@pytest.mark.parametrize(
    "text", ["1,608", "3,5", "0.97 or 0.98", "1 1/2", "5 eighths", "two and a half", "2 and a half"]
)
def test_ambiguous_numbers_are_torn(text):
    with pytest.raises(Torn):
        number(text)


def test_floats_are_their_shortest_decimal():
    assert number(0.1).value == Fraction(1, 10)
    assert number(np.float32(0.1)).value == Fraction(1, 10)
    assert number(np.array([0.1], dtype=np.float16)).value == Fraction(1, 10)


NOTATIONS = st.sampled_from(
    ["{}", "${}$", "**{}**", r"\boxed{{{}}}", "Answer: {}", "The number of parameters is {}.", "{} parameters", "= {}",
     "It is {}, because of the biases.", "`{}`", "({})", "Therefore the layer has {} parameters in total."]
)  # fmt: skip


@given(
    st.integers(0, 10**9),
    NOTATIONS,
    st.sampled_from([str, "{:,}".format, lambda n: f"{n:,}".replace(",", "\u202f")]),
)
def test_a_number_printed_in_any_notation_reads_back(value, notation, written):
    assert integer(notation.format(written(value)), nouns=PARAMETERS).value == value


@given(
    st.integers(0, 999),
    st.integers(0, 999),
    st.sampled_from(["{} or {}", "{}, {}", "{}\n{}", "{} parameters\n{} parameters"]),
)
def test_two_answers_are_never_one(a, b, notation):
    text = notation.format(a, b)
    if a == b:
        assert integer(text, nouns=PARAMETERS).value == a
    else:
        with pytest.raises(Unreadable):
            integer(text, nouns=PARAMETERS)
