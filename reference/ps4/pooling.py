"""An image -> the averages or maxima of its windows, exactly."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from .slips import told_apart

Matrix = tuple[tuple[Any, ...], ...]
SIZE = STRIDE = 2  # of 3D and 3E


def windows(image, size: int, stride: int) -> tuple[tuple[tuple[Any, ...], ...], ...]:
    """Cut an image into rows of windows, each the flat tuple of its size * size values.

    Raise ValueError where not even one window fits.
    """
    if min(size, stride) < 1 or size > min(len(image), len(image[0])):
        raise ValueError("a window fits into the image, and moves on by 1 or more")
    return tuple(
        tuple(
            tuple(value for row in image[top : top + size] for value in row[left : left + size])
            for left in range(0, len(image[0]) - size + 1, stride)
        )
        for top in range(0, len(image) - size + 1, stride)
    )


def pool(image, size: int, stride: int, summary: Callable[[Sequence[Any]], Any]):
    """Replace every window by its summary: an array from an array, else a tuple of rows."""
    pooled = tuple(tuple(summary(window) for window in row) for row in windows(image, size, stride))
    return np.array(pooled) if isinstance(image, np.ndarray) else pooled


def average(values: Sequence[Any]):
    """Return the mean: a Fraction from Fractions."""
    return sum(values) / len(values)


def average_pool(image, size: int = SIZE, stride: int = STRIDE):
    """Average every window of a matrix; exact on Fractions."""
    return pool(image, size, stride, average)


def max_pool(image, size: int = SIZE, stride: int = STRIDE):
    """Take the maximum of every window of a matrix."""
    return pool(image, size, stride, max)


def shifted_blocks(size: int = 4, block: int = 3) -> tuple[Matrix, ...]:
    """Draw ps4's four images: a block of ones at the top left, top right, bottom right, bottom left."""
    far = size - block
    return tuple(
        tuple(
            tuple(
                Fraction(int(top <= row < top + block and left <= column < left + block))
                for column in range(size)
            )
            for row in range(size)
        )
        for top, left in ((0, 0), (0, far), (far, far), (far, 0))
    )


def average_pooled() -> tuple[Matrix, ...]:
    """Return 3D's four matrices."""
    return tuple(average_pool(image) for image in shifted_blocks())


def max_pooled() -> tuple[Matrix, ...]:
    """Return 3E's four matrices."""
    return tuple(max_pool(image) for image in shifted_blocks())


def average_pooled_slips() -> dict[str, tuple[Matrix, ...]]:
    """Return the matrices that the usual mistakes give in 3D."""
    images, right = shifted_blocks(), average_pooled()
    top_left, top_right, bottom_right, bottom_left = right
    slips = {
        "maximum for average": max_pooled(),
        "minimum": tuple(pool(image, SIZE, STRIDE, min) for image in images),
        "sum for average": tuple(pool(image, SIZE, STRIDE, sum) for image in images),
        "divided by the side": tuple(pool(image, SIZE, STRIDE, lambda w: sum(w) / SIZE) for image in images),
        "stride 1": tuple(average_pool(image, stride=1) for image in images),
        "order of the matrices": (top_left, top_right, bottom_left, bottom_right),
        # For these four images the way round the corners is the same as every matrix transposed.
        "rows and columns swapped": tuple(tuple(zip(*matrix, strict=True)) for matrix in right),
        "not pooled": images,
    }
    return told_apart(right, slips)


def max_pooled_slips() -> dict[str, tuple[Matrix, ...]]:
    """Return the matrices that the usual mistakes give in 3E, whose right ones are all alike."""
    images, right = shifted_blocks(), max_pooled()
    slips = {
        "average for maximum": average_pooled(),
        "minimum": tuple(pool(image, SIZE, STRIDE, min) for image in images),
        "sum for maximum": tuple(pool(image, SIZE, STRIDE, sum) for image in images),
        "stride 1": tuple(max_pool(image, stride=1) for image in images),
        "not pooled": images,
    }
    return told_apart(right, slips)
