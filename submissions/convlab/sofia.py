"""Sofia: each function in the fewest lines."""

import numpy as np


def pad(image, width, mode):
    return np.pad(image, [(width, width), (width, width), (0, 0)][: image.ndim],
                  mode=mode.replace("zero", "constant"))


def output_shape(input_shape, kernel, filters, stride, padding, dilation):
    if min(*input_shape, *kernel, filters, stride, dilation) < 1:
        raise ValueError
    widths = {"valid": 0, "same": 0}
    if padding not in widths and not (isinstance(padding, int) and padding >= 0):
        raise ValueError
    p = widths.get(padding, padding)
    sides = [n + 2 * p - dilation * (k - 1) for n, k in zip(input_shape, kernel)]
    if padding == "same":
        sides = input_shape[:2]
    if min(sides) < 1:
        raise ValueError
    return tuple((side + stride - 1) // stride for side in sides) + (filters,)


def parameter_count(kernel, channels, filters, bias):
    if min(*kernel, channels, filters) < 1:
        raise ValueError
    return (np.prod(kernel) * channels + bool(bias)) * filters


def convolve(image, kernels, bias, stride, padding):
    sizes = zip(image.shape, kernels.shape[:2])
    totals = [2 * padding if isinstance(padding, int) else 0 if padding == "valid" else
              max((-(-n // stride) - 1) * stride + k - n, 0) for n, k in sizes]
    image = np.pad(image, [(t // 2, t - t // 2) for t in totals] + [(0, 0)])
    windows = np.lib.stride_tricks.sliding_window_view(image, kernels.shape[:2], axis=(0, 1))
    return np.einsum("hwcij,ijcf->hwf", windows[::stride, ::stride], kernels) + bias


def pool(image, size, stride, mode):
    places = [[s for s in range(0, n, stride) if s == 0 or s - stride + size < n] for n in image.shape[:2]]
    return np.array([[getattr(image[i:i + size, j:j + size], mode.replace("average", "mean"))((0, 1))
                      for j in places[1]] for i in places[0]])


def relu_network(layers, x):
    *hidden, (W, b) = layers
    for V, c in hidden:
        x = np.maximum(x @ V + c, 0)
    return x @ W + b


def gradient(layers, x, y):
    if not layers[1:]:
        error = 2 * (relu_network(layers, x) - y) / y.size
        return [(x.T @ error, error.sum(0))]
    (W, b), *rest = layers
    out = np.maximum(x @ W + b, 0)
    deeper = gradient(rest, out, y)
    error = 2 * (relu_network(rest, out) - y) / y.size
    for V, c in rest[:0:-1]:
        error = error @ V.T
    error = (error @ rest[0][0].T) * (out > 0)
    return [(x.T @ error, error.sum(0)), *deeper]
