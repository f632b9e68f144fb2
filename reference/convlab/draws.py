"""a NumPy generator -> the arguments of one call: small, so that a case that fails can be read and pasted."""

from itertools import pairwise

import numpy as np

DIGITS = 3  # after the point: short to paste, and no float32


def _values(rng, shape, kind):
    """Draw numbers from -1 to 1."""
    return np.round(rng.uniform(-1, 1, shape), DIGITS).astype(kind)


def _kind(rng):
    """Draw the kind of numbers: every third is float32."""
    return rng.choice([np.float64, np.float64, np.float32])


def _side(rng, least, most=6):
    return int(rng.integers(least, most + 1))


def images_to_pad(mode):
    """Return what draws an image, with channels or without, and a width that can be reflected in it."""

    def draw(rng):
        width = _side(rng, 1, 3)
        least = width + 2 if mode == "reflect" else 1
        sides = [_side(rng, least, least + 3), _side(rng, least, least + 3), _side(rng, 1, 3)]
        return _values(rng, sides[: _side(rng, 2, 3)], _kind(rng)), width, mode

    return draw


def any_image_to_pad(rng):
    """Draw an image to pad in any mode."""
    return images_to_pad(str(rng.choice(["zero", "edge", "reflect"])))(rng)


def layer(rng):
    """Draw (input shape, kernel, filters, stride, padding, dilation) of a layer that can be."""
    dilation, kernel = _side(rng, 1, 3), (_side(rng, 1), _side(rng, 1))
    height, width = (_side(rng, dilation * side, 40) for side in kernel)
    padding = ("valid", "same", _side(rng, 1, 4))[_side(rng, 0, 2)]
    return (height, width, _side(rng, 1, 4)), kernel, _side(rng, 1, 16), _side(rng, 1, 4), padding, dilation


def impossible_layer(rng):
    """Draw the same of a layer that cannot be."""
    (height, width, channels), kernel, filters, stride, padding, dilation = layer(rng)
    wide = (kernel[0], width + _side(rng, 1))
    low = _side(rng, -2, 0)
    image = (height, width, channels)
    ways = [
        (image, (height + _side(rng, 1), kernel[1]), filters, stride, "valid", dilation),
        (image, wide, filters, stride, "valid", dilation),
        (image, (2, width + 7), filters, stride, 3, 1),
        ((low, width, channels), kernel, filters, stride, padding, dilation),
        ((height, width, low), kernel, filters, stride, padding, dilation),
        (image, (low, kernel[1]), filters, stride, padding, dilation),
        (image, kernel, low, stride, padding, dilation),
        (image, kernel, filters, low, padding, dilation),
        (image, kernel, filters, stride, -_side(rng, 1), dilation),
        (image, kernel, filters, stride, padding, low),
        (image, kernel, filters, stride, "full", dilation),
    ]
    return ways[_side(rng, 0, len(ways) - 1)]


def filters(rng):
    """Draw (kernel, channels, filters, bias)."""
    return (_side(rng, 1), _side(rng, 1)), _side(rng, 1, 32), _side(rng, 1, 64), bool(rng.integers(2))


def impossible_filters(rng):
    """Draw the same with a size below 1."""
    sizes = [*filters(rng)[0], *filters(rng)[1:3]]
    sizes[_side(rng, 0, 3)] = _side(rng, -2, 0)
    return tuple(sizes[:2]), *sizes[2:], bool(rng.integers(2))


def convolution(rng, *, stride=1, padding="valid", kind=None):
    """Draw (image, kernels, bias, stride, padding); kernels have odd and even sides, and fit unpadded."""
    kind = kind or _kind(rng)
    kernel, channels, count = (_side(rng, 1, 4), _side(rng, 1, 4)), _side(rng, 1, 3), _side(rng, 1, 3)
    sides = (_side(rng, kernel[0], kernel[0] + 4), _side(rng, kernel[1], kernel[1] + 4))
    image, bias = _values(rng, (*sides, channels), kind), _values(rng, (count,), kind)
    return image, _values(rng, (*kernel, channels, count), kind), bias, stride, padding


def same_convolution(rng):
    """Draw one with 'same' padding."""
    return convolution(rng, padding="same")


def padded_convolution(rng):
    """Draw one with a width of zeros."""
    return convolution(rng, padding=_side(rng, 1, 3))


def strided_convolution(rng, *, kind=None):
    """Draw one that moves on by 2 or 3."""
    padding = ("valid", "same", _side(rng, 1, 2))[_side(rng, 0, 2)]
    return convolution(rng, stride=_side(rng, 2, 3), padding=padding, kind=kind)


def precise_convolution(rng):
    """Draw one in float64."""
    return strided_convolution(rng, kind=np.float64)


def pooling(mode):
    """Return what draws (image, size, stride, mode) whose windows, apart or overlapping, fit exactly."""

    def draw(rng):
        size, stride = _side(rng, 1, 3), _side(rng, 1, 3)
        sides = [size + stride * _side(rng, 0, 3) for _ in range(2)]
        return _values(rng, (*sides, _side(rng, 1, 3)), _kind(rng)), size, stride, mode

    return draw


def pooling_with_border(rng, *, kind=None):
    """Draw (image, size, stride, mode) whose last windows may hang over."""
    sides = _side(rng, 2), _side(rng, 2), _side(rng, 1, 3)
    image = _values(rng, sides, kind or _kind(rng))
    return image, _side(rng, 2, 4), _side(rng, 1, 3), ("max", "average")[_side(rng, 0, 1)]


def precise_pooling(rng):
    """Draw one in float64."""
    return pooling_with_border(rng, kind=np.float64)


def network(rng, kind=None):
    """Draw (layers, x): one to three layers."""
    kind = kind or _kind(rng)
    units = [_side(rng, 1, 4) for _ in range(_side(rng, 2, 4))]
    layers = [
        (_values(rng, (before, after), kind), _values(rng, (after,), kind))
        for before, after in pairwise(units)
    ]
    return layers, _values(rng, (_side(rng, 1, 4), units[0]), kind)


def network_with_target(rng, kind=None):
    """Draw (layers, x, y)."""
    layers, x = network(rng, kind)
    return layers, x, _values(rng, (len(x), len(layers[-1][1])), x.dtype)


def precise_network(rng):
    """Draw one in float64."""
    return network_with_target(rng, np.float64)
