"""1A to 1E: that each function can be called as the question has it, and returns something of that kind."""

import numpy as np

from .unseen import ready

IMAGE = np.arange(12.0).reshape(3, 4, 1)
KERNELS = np.ones((1, 1, 1, 2))


def test_pad_zero(answer, verdict):
    """A border of zeros, around images with channels and without."""
    _padded(answer, verdict, "zero")


def test_pad_edge(answer, verdict):
    """The outermost values again."""
    _padded(answer, verdict, "edge")


def test_pad_reflect(answer, verdict):
    """The image mirrored."""
    _padded(answer, verdict, "reflect")


def test_output_shape(answer, verdict):
    """The output shapes of layers that can be."""
    shape = _called(answer, "output_shape", ((3, 4, 1), (1, 1), 2, 1, "valid", 1))
    if np.shape(shape) != (3,):
        verdict.fail(f"`output_shape` gives {shape!r}: height, width and filters are three numbers.")
    ready(verdict)


def test_output_shape_refused(answer, verdict):
    """Layers that cannot be raise ValueError."""
    _refused(answer, verdict, "output_shape", ((3, 4, 1), (1, 1), 2, 0, "valid", 1))


def test_parameter_count(answer, verdict):
    """The parameters of filters."""
    count = _called(answer, "parameter_count", ((1, 1), 1, 2, True))
    if np.ndim(count) or not isinstance(count, (int, float, np.ndarray)):
        verdict.fail(f"`parameter_count` gives {count!r}: one number is asked for.")
    ready(verdict)


def test_parameter_count_refused(answer, verdict):
    """Filters that cannot be raise ValueError."""
    _refused(answer, verdict, "parameter_count", ((1, 1), 0, 2, True))


def test_convolve_valid(answer, verdict):
    """Without padding, kernels of odd and even sides."""
    _shaped(
        verdict, "convolve", _called(answer, "convolve", (IMAGE, KERNELS, np.zeros(2), 1, "valid")), (3, 4, 2)
    )


def test_convolve_same(answer, verdict):
    """With 'same' padding."""
    _shaped(
        verdict, "convolve", _called(answer, "convolve", (IMAGE, KERNELS, np.zeros(2), 1, "same")), (3, 4, 2)
    )


def test_pool_max(answer, verdict):
    """Maxima of windows that fit, apart and overlapping."""
    _shaped(verdict, "pool", _called(answer, "pool", (IMAGE, 1, 1, "max")), (3, 4, 1))


def test_pool_average(answer, verdict):
    """Averages of windows that fit, apart and overlapping."""
    _shaped(verdict, "pool", _called(answer, "pool", (IMAGE, 1, 1, "average")), (3, 4, 1))


def test_relu_network(answer, verdict):
    """The outputs of networks of one to three layers."""
    _shaped(verdict, "relu_network", _called(answer, "relu_network", (_layers(), np.ones((5, 2)))), (5, 1))


def test_gradient(answer, verdict):
    """The gradient of the loss, for the weights and biases of every layer."""
    layers = _layers()
    given = _called(answer, "gradient", (layers, np.ones((5, 2)), np.ones((5, 1))))
    try:
        shapes = [tuple(map(np.shape, pair)) for pair in given]
    except (TypeError, ValueError):
        shapes = []
    if shapes != [tuple(map(np.shape, layer)) for layer in layers]:
        verdict.fail("`gradient` is to give (dW, db) for each layer, of the shapes that W and b have.")
    ready(verdict)


def _layers():
    return [(np.ones((2, 3)), np.zeros(3)), (np.ones((3, 1)), np.zeros(1))]


def _called(answer, name, arguments):
    """Return what the student's function of that name gives; raises what is wrong where there is none."""
    function = answer.function(name)
    if function is None:
        raise answer.absent(name, f"function `{name}`")
    return function(*arguments)


def _refused(answer, verdict, name, arguments):
    function = answer.function(name)
    if function is None:
        raise answer.absent(name, f"function `{name}`")
    (outcome,) = function.each([arguments])
    if "ValueError" not in outcome.kinds:
        verdict.fail(f"`{name}{arguments}` is to raise ValueError: a size of 0 cannot be.")
    ready(verdict)


def _padded(answer, verdict, mode):
    padded = _called(answer, "pad", (IMAGE[..., 0], 1, mode))
    _shape_of(verdict, "pad", padded, (5, 6))
    if not np.array_equal(np.asarray(padded)[1:-1, 1:-1], IMAGE[..., 0]):
        verdict.fail("`pad` changes the image inside the border.")
    ready(verdict)


def _shaped(verdict, name, given, shape):
    _shape_of(verdict, name, given, shape)
    ready(verdict)


def _shape_of(verdict, name, given, shape):
    try:
        found = np.shape(given)
    except ValueError:
        verdict.fail(f"`{name}` gives rows of different lengths.")
    if found != shape:
        verdict.fail(f"`{name}` gives something of shape {found}: here it is to be {shape}.")
