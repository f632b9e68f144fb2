"""Nothing that could be right: other kinds, other sizes, functions, ragged rows, NaN, things that lie."""

import numpy as np


class Always(np.ndarray):
    def __eq__(self, other):
        return np.ones(np.shape(other), bool)

    def __array__(self, *args, **kwargs):
        return np.zeros((1, 1))


def pad(image, width, mode):
    return [[1], [2, 3]]


def output_shape(*layer):
    return {"height": 1}


def parameter_count(*layer):
    return "608"


def convolve(image, kernels, bias, stride, padding):
    return np.full((2, 2, len(bias)), np.nan)


def pool(image, size, stride, mode):
    return np.zeros((2, 2)).view(Always)


relu_network = 608


def gradient(layers, x, y):
    return lambda: [(w, b) for w, b in layers]
