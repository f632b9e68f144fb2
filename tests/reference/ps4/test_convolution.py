import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st
from ps4.arithmetic import FILTERS, IMAGE, KERNEL, output_shape, parameter_count
from ps4.convolution import convolve

SMALL = st.integers(1, 3)


def drawn(seed, *shape):
    # Small whole numbers: float32 and float64 both compute exactly.
    return np.random.default_rng(seed).integers(-4, 5, shape).astype("float32")


def with_tensorflow(image, kernels, **settings):
    return tf.nn.convolution(image[None], kernels, **settings)[0].numpy()


@settings(max_examples=80)
@given(
    image=st.tuples(st.integers(1, 12), st.integers(1, 12), SMALL),
    kernel=st.tuples(SMALL, SMALL, SMALL),
    step=st.tuples(SMALL, SMALL),
    dilated=st.booleans(),
    padding=st.sampled_from(["valid", "same"]),
    seed=st.integers(0, 1000),
)
def test_tensorflow_convolves_the_same(image, kernel, step, dilated, padding, seed):
    stride, dilation = ((1, 1), step) if dilated else (step, (1, 1))
    values, kernels = drawn(seed, *image), drawn(seed + 1, *kernel[:2], image[2], kernel[2])
    try:
        output_shape(image, kernel[:2], kernel[2], stride, padding, dilation)
    except ValueError:
        with pytest.raises(ValueError, match="larger than"):
            convolve(values, kernels, 0, stride, padding, dilation)
        return
    expected = with_tensorflow(values, kernels, strides=stride, padding=padding.upper(), dilations=dilation)
    assert np.array_equal(convolve(values, kernels, 0, stride, padding, dilation), expected)


@settings(max_examples=30)
@given(st.integers(0, 3), st.integers(0, 3), SMALL, st.integers(0, 1000))
def test_zeros_around_the_image_and_a_bias_per_filter(rows, columns, stride, seed):
    image, kernels, bias = drawn(seed, 7, 6, 2), drawn(seed + 1, 3, 2, 2, 4), drawn(seed + 2, 4)
    around = np.pad(image, [(rows, rows), (columns, columns), (0, 0)])
    expected = with_tensorflow(around, kernels, strides=stride, padding="VALID") + bias
    assert np.array_equal(convolve(image, kernels, bias, stride, (rows, columns)), expected)


def test_the_layer_of_ps4_has_the_shape_and_the_parameters_that_are_computed():
    kernels, bias = drawn(0, KERNEL, KERNEL, IMAGE[2], FILTERS), drawn(1, FILTERS)
    assert convolve(drawn(2, *IMAGE), kernels, bias).shape == output_shape(IMAGE, KERNEL, FILTERS)
    assert kernels.size + bias.size == parameter_count(KERNEL, IMAGE[2], FILTERS)


def test_channels_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="matmul"):
        convolve(drawn(0, 5, 5, 3), drawn(1, 2, 2, 1, 4))
