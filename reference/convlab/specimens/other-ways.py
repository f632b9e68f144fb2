"""Everything right, returned in every way there is: lists, tuples, 0-d arrays, Fortran order, views, read-only."""

import numpy as np


def pad(image, width, mode):
    padded = np.pad(image, ((width, width),) * 2 + ((0, 0),) * (image.ndim - 2),
                    mode="constant" if mode == "zero" else mode)
    print("padded", padded.shape)
    return tuple(map(nested, padded))


def nested(row):
    return tuple(map(nested, row)) if np.ndim(row) else row


def output_shape(input_shape, kernel, filters, stride, padding, dilation):
    sides = np.array(input_shape[:2])
    reach = dilation * (np.array(kernel) - 1) + 1
    if min(input_shape) < 1 or min(kernel) < 1 or min(filters, stride, dilation) < 1:
        raise ImpossibleLayer
    if padding == "same":
        out = -(-sides // stride)
    elif padding == "valid" or not isinstance(padding, str) and padding >= 0:
        out = (sides + (0 if padding == "valid" else 2 * padding) - reach) // stride + 1
    else:
        raise ImpossibleLayer
    if out.min() < 1:
        raise ImpossibleLayer
    return [out[0], np.array(out[1]), np.int16(filters)]


class ImpossibleLayer(ValueError):
    """A ValueError of my own."""


def parameter_count(kernel, channels, filters, bias):
    if any(size < 1 for size in (*kernel, channels, filters)):
        raise ValueError("impossible")
    return np.array(float(filters * (kernel[0] * kernel[1] * channels + int(bias))))


def convolve(image, kernels, bias, stride, padding):
    h, w, channels = image.shape
    rows, columns, _, filters = kernels.shape
    if padding == "same":
        down, right = -(-h // stride), -(-w // stride)
        above = max((down - 1) * stride + rows - h, 0) // 2
        left = max((right - 1) * stride + columns - w, 0) // 2
    else:
        above = left = 0 if padding == "valid" else padding
        down, right = (h + 2 * above - rows) // stride + 1, (w + 2 * left - columns) // stride + 1
    out = np.zeros((down, right, filters), dtype=image.dtype, order="F") + bias
    for y in range(down):
        for x in range(right):
            for i in range(rows):
                for j in range(columns):
                    r, c = y * stride + i - above, x * stride + j - left
                    if 0 <= r < h and 0 <= c < w:
                        out[y, x] += image[r, c] @ kernels[i, j]
    return np.asfortranarray(out)


def pool(image, size, stride, mode):
    image.flags.writeable = False
    summary = {"max": np.max, "average": np.mean}[mode]
    places = []
    for side in image.shape[:2]:
        starts = [0]
        while starts[-1] + size < side and starts[-1] + stride < side:
            starts.append(starts[-1] + stride)
        places.append(starts)
    out = np.array([[summary(image[i : i + size, j : j + size], axis=(0, 1)) for j in places[1]] for i in places[0]])
    spread = np.repeat(np.repeat(out, 2, axis=0), 2, axis=1)[::2, ::2]
    spread.flags.writeable = False
    return spread


def relu_network(layers, x):
    for number, (weights, bias) in enumerate(layers):
        x = x @ weights + bias[None]
        if number + 1 < len(layers):
            x = np.where(x > 0, x, 0)
    return x.tolist()


def gradient(layers, x, y):
    inputs = [x]
    for weights, bias in layers[:-1]:
        inputs.append(np.maximum(inputs[-1] @ weights + bias, 0))
    error = (inputs[-1] @ layers[-1][0] + layers[-1][1] - y) * (2 / y.size)
    found = []
    while inputs:
        given = inputs.pop()
        found.append([np.einsum("ni,no->io", given, error), list(np.ones(len(error), x.dtype) @ error)])
        error = (error @ layers[len(inputs)][0].T) * (given > 0)
    return tuple(found[::-1])
