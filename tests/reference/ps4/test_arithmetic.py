import keras
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ps4.arithmetic import (
    FILTERS,
    IMAGE,
    KERNEL,
    output_shape,
    output_shape_slips,
    parameter_count,
    parameter_count_slips,
)

SIDES = st.tuples(st.integers(1, 5), st.integers(1, 5))
KERNELS = st.integers(1, 5) | SIDES


def test_the_layer_of_ps4():
    assert parameter_count(KERNEL, IMAGE[2], FILTERS) == 608  # 8 filters of 75 weights and a bias
    assert output_shape(IMAGE, KERNEL, FILTERS) == (28, 28, 8)  # 32 - 5 + 1 places


@settings(max_examples=60)
@given(KERNELS, st.integers(1, 6), st.integers(1, 6), st.booleans())
def test_keras_counts_the_same_parameters(kernel, channels, filters, bias):
    layer = keras.layers.Conv2D(filters, kernel, use_bias=bias)
    layer.build((None, 9, 9, channels))
    assert parameter_count(kernel, channels, filters, bias=bias) == layer.count_params()


@st.composite
def layers(draw):
    """A layer's settings: TensorFlow has no strides together with dilation."""
    moved, spread = draw(st.sampled_from([(KERNELS, st.just(1)), (st.just(1), KERNELS)]))
    return draw(KERNELS), draw(moved), draw(spread)


@settings(max_examples=150)
@given(st.tuples(st.integers(1, 30), st.integers(1, 30), st.integers(1, 4)), layers(), st.integers(1, 4))
def test_keras_gives_the_same_shapes(image, layer, filters):
    kernel, stride, dilation = layer
    for padding in ("valid", "same"):
        peer = keras.layers.Conv2D(filters, kernel, strides=stride, padding=padding, dilation_rate=dilation)
        try:
            expected = peer.compute_output_shape((None, *image))[1:]
        except ValueError:
            with pytest.raises(ValueError, match="larger than"):
                output_shape(image, kernel, filters, stride, padding, dilation)
        else:
            assert output_shape(image, kernel, filters, stride, padding, dilation) == expected


@settings(max_examples=60)
@given(st.integers(5, 20), KERNELS, KERNELS, st.integers(0, 4) | SIDES)
def test_zeros_put_around_an_image_make_it_larger(side, kernel, stride, zeros):
    larger = keras.layers.ZeroPadding2D(zeros).compute_output_shape((None, side, side, 2))
    expected = keras.layers.Conv2D(3, kernel, strides=stride).compute_output_shape(larger)
    assert output_shape((side, side, 2), kernel, 3, stride, zeros) == expected[1:]


@pytest.mark.parametrize(
    "settings",
    [
        {"kernel": 9},
        {"kernel": 5, "dilation": 2},  # reaches over 9
        {"kernel": 0},
        {"stride": 0},
        {"stride": (1, -1)},
        {"dilation": 0},
        {"padding": -1},
        {"padding": "full"},
        {"filters": 0},
        {"input_shape": (8, 8, 0)},
        {"input_shape": (0, 8, 1)},
        {"input_shape": (8, 8)},
    ],
)
def test_impossible_layers_are_refused(settings):
    with pytest.raises(ValueError):  # noqa: PT011  (which sentence says it is not the point)
        output_shape(**{"input_shape": (8, 8, 1), "kernel": 3, "filters": 2, **settings})


@pytest.mark.parametrize("sizes", [(0, 3, 8), (5, 0, 8), (5, 3, 0), ((5, -1), 3, 8)])
def test_impossible_filters_are_refused(sizes):
    with pytest.raises(ValueError, match="1 or more"):
        parameter_count(*sizes)


def test_slips_of_the_parameter_count_by_hand():
    assert parameter_count_slips(KERNEL, IMAGE[2], FILTERS) == {
        "bias forgotten": 600,
        "one bias in all": 601,
        "one bias per channel": 603,
        "one bias per kernel slice": 624,
        "one filter only": 76,
        "one filter only, bias forgotten": 75,
        "weights of one filter only": 83,
        "channels forgotten": 208,
        "channels and bias forgotten": 200,
        "channels forgotten, one bias in all": 201,
        "kernel side counted once": 128,
        "kernel side counted once, bias forgotten": 120,
        "weights not shared": 476_672,
        "one weight per input value": 24_584,
        "fully connected": 19_273_856,
        "input values counted": 3_072,
        "output values counted": 6_272,
    }


def test_keras_layers_of_the_wrong_kind_have_as_many_parameters_as_the_slips_say():
    slips = parameter_count_slips(KERNEL, IMAGE[2], FILTERS)
    dense = keras.layers.Dense(FILTERS)
    dense.build((None, 32 * 32 * 3))
    assert slips["one weight per input value"] == dense.count_params()
    connected = keras.layers.Dense(28 * 28 * FILTERS)
    assert slips["fully connected"] == connected.compute_output_shape((None, 1))[1] * (32 * 32 * 3 + 1)
    grey = keras.layers.Conv2D(FILTERS, KERNEL)
    grey.build((None, 32, 32, 1))
    assert slips["channels forgotten"] == grey.count_params()


def test_slips_of_the_output_shape_by_hand():
    assert output_shape_slips(IMAGE, KERNEL, FILTERS) == {
        "same padding assumed": (32, 32, 8),
        "off by one": (27, 27, 8),
        "one too many": (29, 29, 8),
        "half the kernel cut off": (30, 30, 8),
        "whole kernel cut off on both sides": (22, 22, 8),
        "stride as wide as the kernel": (6, 6, 8),
        "channels first": (8, 28, 28),
        "filters forgotten": (28, 28),
        "channels kept for filters": (28, 28, 3),
        "filters multiplied with channels": (28, 28, 24),
        "one filter only": (28, 28, 1),
        "input shape kept": (32, 32, 3),
        "same padding assumed, filters forgotten": (32, 32),
        "flattened": (6272,),
    }


def test_no_two_slips_are_alike_and_none_is_right():
    shapes = output_shape_slips(IMAGE, KERNEL, FILTERS).values()
    counts = parameter_count_slips(KERNEL, IMAGE[2], FILTERS).values()
    assert len(set(shapes)) == len(shapes)
    assert len(set(counts)) == len(counts)
    assert (28, 28, 8) not in shapes
    assert 608 not in counts


def test_a_stride_makes_forgetting_it_a_slip():
    assert output_shape_slips((9, 9, 1), 3, 2, stride=2)["stride forgotten"] == (7, 7, 2)
    assert "channels forgotten" not in parameter_count_slips(3, 1, 2)  # with one channel it is right
