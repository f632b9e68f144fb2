"""The reference agrees with TensorFlow, with central differences and with NumPy on thousands of drawn inputs."""

import numpy as np
import pytest
from convlab import draws
from convlab.convolution import _borders, convolve
from convlab.networks import gradient, relu_network
from convlab.padding import pad
from convlab.pooling import pool
from convlab.sizes import output_shape, parameter_count

tf = pytest.importorskip("tensorflow")

ROUNDS = 150
POOLS = {"max": tf.nn.max_pool2d, "average": tf.nn.avg_pool2d}
CONVOLUTIONS = [
    draws.convolution,
    draws.same_convolution,
    draws.padded_convolution,
    draws.strided_convolution,
]


def drawn(draw, count=ROUNDS):
    rng = np.random.default_rng(155)
    return [draw(rng) for _ in range(count)]


def tolerance(array):
    return 1e-5 if array.dtype == np.float32 else 1e-12


@pytest.mark.parametrize("draw", CONVOLUTIONS)
def test_convolutions(draw):
    for image, kernels, bias, stride, padding in drawn(draw):
        told = padding.upper() if isinstance(padding, str) else [[0, 0], [padding] * 2, [padding] * 2, [0, 0]]
        theirs = tf.nn.conv2d(image[None], kernels, stride, told)[0].numpy() + bias
        ours = convolve(image, kernels, bias, stride, padding)
        assert ours.dtype == image.dtype
        assert ours.shape == theirs.shape
        assert np.abs(ours - theirs).max() < tolerance(image)


@pytest.mark.parametrize("mode", ["max", "average"])
def test_pooling_where_windows_fit(mode):
    for image, size, stride, _ in drawn(draws.pooling(mode)):
        theirs = POOLS[mode](tf.constant(image[None]), size, stride, "VALID")[0].numpy()
        assert np.abs(pool(image, size, stride, mode) - theirs).max() < tolerance(image)


def test_pooling_at_the_border():
    """What is not there is minus infinity to a maximum; an average is a sum over how many there are."""
    for image, size, stride, mode in drawn(draws.pooling_with_border):
        ours = pool(image, size, stride, mode)
        needed = [
            (count - 1) * stride + size - side
            for count, side in zip(ours.shape, image.shape[:2], strict=False)
        ]
        assert all(missing < size for missing in needed), "each window has a value of the image"
        border = [(0, max(missing, 0)) for missing in needed] + [(0, 0)]

        def summed(array, border=border, size=size, stride=stride):
            wide = tf.constant(np.pad(array, border)[None])
            return tf.nn.avg_pool2d(wide, size, stride, "VALID")[0].numpy() * size**2

        if mode == "max":
            wide = tf.constant(np.pad(image, border, constant_values=-np.inf)[None])
            theirs = tf.nn.max_pool2d(wide, size, stride, "VALID")[0].numpy()
        else:
            theirs = summed(image) / summed(np.ones_like(image))
        theirs = theirs[: ours.shape[0], : ours.shape[1]]
        assert np.abs(ours - theirs).max() < tolerance(image)


def test_no_window_at_the_border_is_too_many_or_missing():
    for image, size, stride, _ in drawn(draws.pooling_with_border):
        for side, count in zip(image.shape[:2], pool(image, size, stride, "max").shape, strict=False):
            last = (count - 1) * stride
            assert last < side, "it starts in the image"
            assert last + size >= side or last + stride >= side, "one more would be outside"
            assert count == 1 or last - stride + size < side, "the one before does not reach the border"


@pytest.mark.parametrize("mode", ["zero", "edge", "reflect"])
def test_padding(mode):
    for image, width, _ in drawn(draws.images_to_pad(mode)):
        ours = pad(image, width, mode)
        borders = [[width] * 2, [width] * 2, [0, 0]][: image.ndim]
        if mode != "edge":  # which TensorFlow has not
            kind = {"zero": "CONSTANT", "reflect": "REFLECT"}[mode]
            assert np.array_equal(ours, tf.pad(image, borders, kind).numpy())
        for row in range(ours.shape[0]):
            for column in range(ours.shape[1]):
                inside = [
                    min(max(at - width, 0), side - 1)
                    for at, side in zip((row, column), image.shape, strict=False)
                ]
                if mode == "edge":
                    assert np.array_equal(ours[row, column], image[tuple(inside)])


def test_sizes_are_those_of_layers_that_keras_builds():
    from keras import Input, Sequential
    from keras.layers import Conv2D, ZeroPadding2D

    built = 0
    for (height, width, channels), kernel, filters, stride, padding, dilation in drawn(draws.layer, 120):
        if stride > 1 and dilation > 1:  # Keras builds none
            continue
        layers = [ZeroPadding2D(padding)] if isinstance(padding, int) else []
        told = padding if isinstance(padding, str) else "valid"
        layers.append(Conv2D(filters, kernel, stride, told, dilation_rate=dilation))
        model = Sequential([Input((height, width, channels)), *layers])
        layer = ((height, width, channels), kernel, filters, stride, padding, dilation)
        assert model.output_shape[1:] == output_shape(*layer)
        assert model.count_params() == parameter_count(kernel, channels, filters, bias=True)
        built += 1
    assert built > 40


def test_sizes_are_those_of_what_is_computed():
    for image, kernels, bias, stride, padding in drawn(draws.strided_convolution):
        shape = output_shape(image.shape, kernels.shape[:2], len(bias), stride, padding, 1)
        assert convolve(image, kernels, bias, stride, padding).shape == shape


@pytest.mark.parametrize(
    ("draw", "function"),
    [(draws.impossible_layer, output_shape), (draws.impossible_filters, parameter_count)],
)
def test_what_cannot_be_is_refused(draw, function):
    for arguments in drawn(draw, 1000):
        with pytest.raises(ValueError, match=r"no such layer|does not fit"):
            function(*arguments)


@pytest.mark.parametrize(
    ("draw", "function"), [(draws.layer, output_shape), (draws.filters, parameter_count)]
)
def test_what_is_drawn_as_possible_is(draw, function):
    for arguments in drawn(draw, 1000):
        function(*arguments)


def test_networks_and_gradients_are_those_of_the_gradient_tape():
    for layers, x, y in drawn(draws.network_with_target):
        weights = [[tf.Variable(one) for one in layer] for layer in layers]
        with tf.GradientTape() as tape:
            out = tf.constant(x)
            for number, (w, b) in enumerate(weights, start=1):
                out = out @ w + b
                out = tf.nn.relu(out) if number < len(weights) else out
            loss = tf.reduce_mean((out - y) ** 2)
        theirs = tape.gradient(loss, weights)
        assert np.abs(relu_network(layers, x) - out.numpy()).max() < tolerance(x)
        for ours, (dw, db) in zip(gradient(layers, x, y), theirs, strict=True):
            assert np.abs(ours[0] - dw.numpy()).max() < tolerance(x)
            assert np.abs(ours[1] - db.numpy()).max() < tolerance(x)


def test_gradients_are_central_differences():
    step = 1e-6
    for layers, x, y in drawn(draws.precise_network, 60):

        def loss(x=x, y=y, layers=layers):
            return np.mean((relu_network(layers, x) - y) ** 2)

        for (dw, db), (w, b) in zip(gradient(layers, x, y), layers, strict=True):
            for array, slope in ((w, dw), (b, db)):
                for at in np.ndindex(array.shape):
                    kept = array[at]
                    array[at] = kept + step
                    above = loss()
                    array[at] = kept - step
                    below = loss()
                    array[at] = kept
                    assert abs((above - below) / (2 * step) - slope[at]) < 1e-6


def test_borders_of_same_are_those_the_question_names():
    for image, kernels, _, stride, padding in drawn(draws.same_convolution):
        for before, after in _borders(image, kernels, stride, padding):
            assert after - before in (0, 1), "of an odd number one more below and to the right"
