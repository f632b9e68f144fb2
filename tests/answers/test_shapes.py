import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.answers import Torn, Unreadable, shape, shapes

OUTPUT = ("output",)

OUTPUTS = [
    "28x28x8",
    "28X28X8",
    "28 x 28 x 8",
    "28 × 28 × 8",
    "28✕28✕8",
    "28*28*8",
    "28·28·8",
    "28 by 28 by 8",
    "28-by-28-by-8",
    "(28, 28, 8)",
    "(28,28,8)",
    "[28, 28, 8]",
    "{28, 28, 8}",
    r"\{28,28,8\}",
    "[28 28 8]",
    "(28 x 28 x 8)",
    "28, 28, 8",
    "28,28,8",
    "The output is 28, 28, 8.",
    "`(28, 28, 8)`",
    "**28x28x8**",
    r"$28\times28\times8$",
    r"$28$ $\times$ $28$ $\times$ $8$",
    r"\boxed{28 \times 28 \times 8}",
    r"\(28 \times 28 \times 8\)",
    "28x28x8 tensor",
    "a 28x28x8 volume",
    "28x28x8.",
    "28x28x8 = 6272",
    "torch.Size([28, 28, 8])",
    "TensorShape([28, 28, 8])",
    "(None, 28, 28, 8)",
    "(?, 28, 28, 8)",
    "(batch, 28, 28, 8)",
    "(-1, 28, 28, 8)",
    "(1, 28, 28, 8)",
    "N x 28 x 28 x 8",
    "(32-5+1) x (32-5+1) x 8",
    "(32-5+1, 32-5+1, 8)",
    "(32-5+1) x (32-5+1) x 8 = 28 x 28 x 8",
    "(32-5)/1+1 = 28, so 28x28x8",
    "28 x 28 with 8 channels",
    "28 x 28, with 8 channels",
    "28x28 and 8 feature maps",
    "28x28, depth 8",
    "28x28 (8 channels)",
    "28x28 with a depth of 8",
    "28 x 28 for each of the 8 filters",
    "8 feature maps of size 28x28",
    "8 feature maps, each 28x28",
    "8 channels of 28 by 28",
    "eight 28x28 feature maps",
    "height 28, width 28, depth 8",
    "height = 28, width = 28, channels = 8",
    "H = (32 - 5)/1 + 1 = 28, W = (32 - 5)/1 + 1 = 28, D = 8",
    "28x28x8 (height x width x channels)",
    "28 (height) x 28 (width) x 8 (channels)",
    "The shape of the output is 28 x 28 x 8",
    "Output: (28,28,8)",
    "output shape = (28, 28, 8)",
    "The output has shape (28, 28, 8).",
    "The input is 32x32x3, the filters 5x5x3, so the output is 28x28x8",
    "The 5x5x3 filters turn the 32x32x3 input into a 28x28x8 output.",
    "The output of a layer with 5x5x3 filters is 28x28x8.",
    "The output after applying filters of size 5x5x3 to the 32x32x3 input is 28x28x8.",
    "Since (32 - 5)/1 + 1 = 28 and there are 8 filters, the output is 28x28x8.",
    "The input is 32x32x3. With 8 filters of 5x5x3, no padding, stride 1, the output is 28x28x8.",
    "not 32x32x8 but 28x28x8",
    "28x28x8, not 32x32x8",
    "32x32x3 -> 28x28x8",
    "32x32x3 → convolution with 5x5x3 → 28x28x8",
    "8@28x28",
    "~~32x32x8~~ 28x28x8",
    "28x28x8 (would be 32x32x8 with padding)",
    "The 28 x 28 output has 8 channels",
    "The output has 28 x 28 pixels and 8 channels.",
    "28 x 28 pixels and depth 8",
    "28 × 28, times 8 filters",
    "28x28 with depth equal to the number of filters, 8",
    "The height and width are both 28 and the depth is 8.",
    "28x28x8 (channels last; channels first it is 8x28x28)",
]


@pytest.mark.parametrize("text", OUTPUTS)
def test_an_output_shape_is_read(text):
    assert shape(text, rank=3, nouns=OUTPUT).value == (28, 28, 8)


@pytest.mark.parametrize(
    ("text", "rank", "expected"),
    [
        ("(60000, 28, 28)", 3, (60000, 28, 28)),
        ("(60,000, 28, 28)", 3, (60000, 28, 28)),
        ("(60 000, 28, 28)", 3, (60000, 28, 28)),
        ("60,000 x 28 x 28", 3, (60000, 28, 28)),
        ("60000 images of 28x28", 3, (60000, 28, 28)),
        ("60,000 28x28 images", 3, (60000, 28, 28)),
        ("60000 images, each 28 by 28", 3, (60000, 28, 28)),
        ("Training data: (60000, 28, 28)\n\nEach image is 28 by 28.", 3, (60000, 28, 28)),
        ("(60,000, 784)", 2, (60000, 784)),
        ("(60,000,784)", 2, (60000, 784)),
        ("60,000 x 784", None, (60000, 784)),
        ("60000×784", None, (60000, 784)),
        ("(784,)", 1, (784,)),
        ("784", 1, (784,)),
        ("vector of length 784", 1, (784,)),
        ("28x28", 3, (28, 28)),  # a slip stays readable
        ("32x32x8", 3, (32, 32, 8)),
        ("(28,128, 3)", 3, (28, 128, 3)),
    ],
)
def test_other_shapes(text, rank, expected):
    assert shape(text, rank=rank).value == expected


@pytest.mark.parametrize(
    "text", ["8x28x28 (channels first)", "(8, 28, 28) in NCHW order", "8x28x28 (channels x height x width)"]
)
def test_channels_first_is_noted_and_left_to_the_caller(text):
    reading = shape(text, rank=3, nouns=OUTPUT)
    assert reading.value == (8, 28, 28)
    assert "channels first, as labelled" in reading.notes


def test_what_was_left_out_is_noted():
    assert "batch" in shape("(1, 28, 28, 8)", rank=3).notes[0]
    assert "batch" in shape("(None, 28, 28, 8)").notes[0]
    assert shape("28x28x8").notes == ()
    assert shape("28 x 28 x 8").read_as == "28 × 28 × 8"


@pytest.mark.parametrize(
    "text",
    [
        "28x28x8 or 32x32x8",
        "28x28x8, 32x32x8",
        "28x28x8\n32x32x8",
        "32x32x8, i.e. 28x28x8",
        "It would be 32x32x8 with padding, but here it's 28x28x8.",
        "The output would be 32x32x8 with padding; without padding it is 28x28x8",
        "27x27x8 = 28x28x8",
        "28x28x8 if no padding, 32x32x8 with",
        "28x28 with 8 channels or 3 channels",
        "28x28x8 with 5 channels",
        "8x28x28 (not channels first)",
        "8 x 28 x 28, channels first or channels last",
    ],
)
def test_several_shapes_never_win(text):
    with pytest.raises(Torn):
        shape(text, rank=3, nouns=OUTPUT)


def test_a_comma_that_may_mark_thousands_is_for_a_person():
    with pytest.raises(Torn):
        shape("(28,128, 3)")


@pytest.mark.parametrize(
    "text",
    ["28x28 (8 of them)", "the kernel has the shape 28x28x8",
     "The height and width of the input are 32, and its depth is 3", "", "see drawing", "28x28, one for each of the filters", "The filters are 5x5x3", "28x28xn", "28x28x?", "not 28x28x8", "28.5x28x8", "(a, b, c)", "(0.5, 1)",
     "Is the output 28x28x8 or is it not?", "(-28, 28)", "f(28, 28)"],
)  # fmt: skip
def test_no_shape_is_for_a_person(text):
    with pytest.raises(Unreadable):
        shape(text, rank=3, nouns=OUTPUT)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Now it is (60000, 784), where one row is (784,), a vector of length 784.",
            ((60000, 784), (784,)),
        ),
        ("(60000, 784) and (784,)", ((60000, 784), (784,))),
        ("x: 60,000 x 784; each example is a 784-dimensional vector", ((60000, 784), (784,))),
        ("(60000, 784), vectors of length 784", ((60000, 784), (784,))),
        ("Reshaped from (60000, 28, 28) to (60000, 784). One example: (784,)", ((60000, 784), (784,))),
        ("x_train.shape = (60000, 784)\nx_train[0].shape = (784,)", ((60000, 784), (784,))),
        (r"$60000 \times 784$ and $784 \times 1$", ((60000, 784), (784, 1))),
        ("a 784 dimensional vector", ((784,),)),
        ("60,000 x 784 and 784 x 1", ((60000, 784), (784, 1))),
        ("(60000, 784). One example is (784, 1).", ((60000, 784), (784, 1))),
        ("(60000, 784). One example is (1, 784)", ((60000, 784), (1, 784))),
        ("60000 vectors of length 784", ((60000, 784), (784,))),
        ("60000x784, and each example is 784", ((60000, 784), (784,))),
        ("60000x784; each example has 784 values", ((60000, 784),)),
        ("(60000, 784), so each example has 784 entries.", ((60000, 784),)),
        ("60000x784, each image has shape 784", ((60000, 784), (784,))),
        ("60000x784. Each example is not 784.", ((60000, 784),)),
        ("60000x784. Each example has 784.", ((60000, 784),)),
        ("60000x784, single example 784", ((60000, 784), (784,))),
        ("60000x784. One example: 784.", ((60000, 784), (784,))),
        ("60000x784; one example of the data is (784)", ((60000, 784), (784,))),
        ("(60000, 784); each image has 10 classes", ((60000, 784),)),
    ],
)
def test_every_shape_in_order(text, expected):
    assert shapes(text).value == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [((28, 28, 8), (28, 28, 8)), ([28, 28, 8], (28, 28, 8)), (np.array([28, 28, 8]), (28, 28, 8)), (784, (784,)),
     ((None, 28, 28, 8), (28, 28, 8)), ((28.0, 28, 8), (28, 28, 8)), (((28, 28, 8),), (28, 28, 8)), ((784,), (784,))],
)  # fmt: skip
def test_data(value, expected):
    assert shape(value).value == expected


@pytest.mark.parametrize(
    "value", [None, (), (True, 2), ("a",), (1.5, 2), (-1, 2), {}, np.zeros((3, 3)), [1] * 20]
)
def test_other_data_is_unreadable(value):
    with pytest.raises(Unreadable):
        shape(value)


def test_a_word_that_fits_anything_does_not_make_a_kernels_shape_the_answer():
    with pytest.raises(Unreadable):
        shape("the kernel has the shape 28x28x8", rank=3, nouns=("output", "shape", "tensor"))
    reading = shape("the output has the shape 28x28x8", rank=3, nouns=("output", "shape", "tensor"))
    assert reading.value == (28, 28, 8)


def test_several_as_data():
    assert shapes(((60000, 784), (784,))).value == ((60000, 784), (784,))
    assert shapes((60000, 784)).value == ((60000, 784),)


SIDES = st.lists(st.integers(1, 70000), min_size=2, max_size=4)
WRITTEN = st.sampled_from(
    [lambda s: "x".join(map(str, s)), lambda s: " × ".join(map(str, s)), lambda s: " by ".join(map(str, s)),
     lambda s: str(tuple(s)), str, lambda s: r"\times".join(map(str, s)), lambda s: "x".join(f"{n:,}" for n in s)]
)  # fmt: skip
AROUND = st.sampled_from(
    [
        "{}",
        "${}$",
        "The output is {}.",
        "Output: {}",
        "**{}**",
        "It has shape {}",
        "the output is a {} tensor",
    ]
)


@given(SIDES, WRITTEN, AROUND)
def test_a_shape_printed_in_any_notation_reads_back(sides, written, around):
    text = around.replace("{}", written(sides))
    assert shape(text, rank=len(sides), nouns=OUTPUT).value == tuple(sides)
