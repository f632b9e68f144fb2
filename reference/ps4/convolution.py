"""An image and kernels -> the feature maps of a convolutional layer."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .arithmetic import Padding, Pair, margins, output_shape, pair


def padded(
    image: NDArray, kernel: tuple[int, int], stride: Pair, padding: Padding, dilation: Pair
) -> NDArray:
    """Put the zeros around an image (height, width, channels) that the layer's padding asks for."""
    settings = zip(image.shape[:2], kernel, pair(stride), pair(padding), pair(dilation), strict=True)
    around = [margins(side, d * (k - 1) + 1, s, p) for side, k, s, p, d in settings]
    return np.pad(image, [*around, (0, 0)])


def convolve(
    image: NDArray,
    kernels: NDArray,
    bias: ArrayLike = 0,
    stride: Pair = 1,
    padding: Padding = "valid",
    dilation: Pair = 1,
) -> NDArray:
    """Convolve as networks do, without flipping the kernels (cross-correlation).

    image (height, width, channels), kernels (kernel height, kernel width, channels, filters),
    bias one number or one per filter; returns (rows, columns, filters).
    Raise ValueError where shapes do not fit.
    """
    *kernel, _, filters = kernels.shape
    rows, columns, _ = shape = output_shape(image.shape, tuple(kernel), filters, stride, padding, dilation)
    (down, right), (row_gap, column_gap) = pair(stride), pair(dilation)
    image = padded(image, tuple(kernel), stride, padding, dilation)
    result = np.zeros(shape) + np.asarray(bias)
    for row, column in np.ndindex(*kernel):
        # The values that this cell of the kernel lies on, for all outputs at once.
        top, left = row * row_gap, column * column_gap
        seen = image[top : top + rows * down : down, left : left + columns * right : right]
        result += (
            seen[:rows, :columns] @ kernels[row, column]
        )  # (rows, columns, channels) @ (channels, filters)
    return result
