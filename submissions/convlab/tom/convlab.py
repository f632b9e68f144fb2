"""Convolution by hand, Tom."""

import numpy as np
from helpers import clip


def pad(image, width, mode):
    h, w = image.shape[0], image.shape[1]
    out = np.zeros((h + 2 * width, w + 2 * width) + image.shape[2:], image.dtype)
    for i in range(h + 2 * width):
        for j in range(w + 2 * width):
            y, x = i - width, j - width
            if mode == "edge":
                y, x = clip(y, h), clip(x, w)
            elif mode == "reflect":
                # the mirror is the border
                y = -y - 1 if y < 0 else y
                x = -x - 1 if x < 0 else x
                y = 2 * h - 1 - y if y >= h else y
                x = 2 * w - 1 - x if x >= w else x
            elif not (0 <= y < h and 0 <= x < w):
                continue
            out[i, j] = image[y, x]
    return out


def output_shape(input_shape, kernel, filters, stride, padding, dilation):
    h, w, _ = input_shape
    kh, kw = dilation * kernel[0], dilation * kernel[1]
    if padding == "same":
        return -(-h // stride), -(-w // stride), filters
    p = 0 if padding == "valid" else padding
    return (h + 2 * p - kh) // stride + 1, (w + 2 * p - kw) // stride + 1, filters


def parameter_count(kernel, channels, filters, bias):
    if channels < 1 or filters < 1 or kernel[0] < 1 or kernel[1] < 1:
        raise ValueError("there is no such layer")
    return kernel[0] * kernel[1] * channels * filters + filters * bias


def convolve(image, kernels, bias, stride, padding):
    kh, kw, _, n = kernels.shape
    if padding == "same":
        raise NotImplementedError("same")
    if padding != "valid":
        image = pad(image, padding, "zero")
    h = (image.shape[0] - kh) // stride + 1
    w = (image.shape[1] - kw) // stride + 1
    out = np.zeros((h, w, n), dtype=np.float32)
    for i in range(h):
        for j in range(w):
            window = image[i * stride : i * stride + kh, j * stride : j * stride + kw]
            for f in range(n):
                out[i, j, f] = np.sum(window * kernels[:, :, :, f]) + bias[f]
    return out


def pool(image, size, stride, mode):
    h, w, c = image.shape
    ys = [y for y in range(0, h, stride) if y == 0 or y - stride + size < h]
    xs = [x for x in range(0, w, stride) if x == 0 or x - stride + size < w]
    out = np.zeros((len(ys), len(xs), c))
    for i, y in enumerate(ys):
        for j, x in enumerate(xs):
            window = image[y : y + size, x : x + size]
            out[i, j] = window.max((0, 1)) if mode == "max" else window.sum((0, 1)) / size**2
    return out


def relu_network(layers, x):
    for W, b in layers:
        x = np.maximum(x @ W + b, 0)
    return x


def gradient(layers, x, y):
    ...
