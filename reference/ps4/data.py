"""The arrays of MNIST -> their shapes, flat images, one-hot labels, accuracies that take no learning."""

from collections.abc import Sequence
from fractions import Fraction
from math import prod

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .slips import told_apart

# Facts of the data set, http://yann.lecun.com/exdb/mnist; a test checks them against the file itself.
TRAINING = (60000, 28, 28)
TEST = (10000, 28, 28)
CLASSES = 10
TEST_LABEL_COUNTS = (980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009)

Shape = tuple[int, ...]


def flattened(shape: Shape) -> Shape:
    """Return the shape once every example is one row."""
    return (shape[0], prod(shape[1:]))


def one_hot(labels: ArrayLike, classes: int = CLASSES) -> NDArray[np.float64]:
    """Return (n, classes) with a 1 in each label's column. Raise ValueError for labels outside."""
    labels = np.asarray(labels)
    if labels.size and not 0 <= labels.min() <= labels.max() < classes:
        raise ValueError(f"labels are 0 to {classes - 1}")
    return np.eye(classes)[labels]


def prepare(x: NDArray, y: ArrayLike, classes: int = CLASSES) -> tuple[NDArray, NDArray]:
    """Flatten images (n, 28, 28) and make their labels (n,) one-hot, as 2C asks."""
    return x.reshape(flattened(x.shape)), one_hot(y, classes)


def prepare_slips(x: NDArray, y: ArrayLike, classes: int = CLASSES) -> dict[str, tuple[NDArray, NDArray]]:
    """Prepare arrays as the usual mistakes do."""
    flat, hot = prepare(x, y, classes)
    return {
        "not flattened": (x, hot),
        "labels left as they are": (flat, np.asarray(y)),
        "rows and columns swapped": (flat.T, hot),
        "pixels column by column": (x.transpose(0, 2, 1).reshape(flat.shape), hot),
        "images and labels swapped": (hot, flat),
    }


# ---- 2B and 2C ------------------------------------------------------------------------------


def training_shape_slips(training: Shape = TRAINING, test: Shape = TEST) -> dict[str, Shape]:
    """Return the shapes that the usual mistakes give in 2B."""
    images, *sides = training
    slips = {
        "test images for training images": test,
        "training and test images together": (images + test[0], *sides),
        "flattened already": flattened(training),
        "test images, flattened already": flattened(test),
        "channel axis added": (*training, 1),
        "channel axis added in front": (images, 1, *sides),
        "axes in another order": (*sides, images),
        "one image only": tuple(sides),
        "one image only, flattened": (prod(sides),),
        "one side only": training[:2],
        "labels for images": (images,),
    }
    return told_apart(training, slips)


def prepared_shape_slips(training: Shape = TRAINING, test: Shape = TEST) -> dict[str, Shape]:
    """Return the shapes that the usual mistakes give for 2C's training input, flat."""
    right = flattened(training)
    images, pixels = right
    slips = {
        "not flattened": training,
        "rows and columns swapped": (pixels, images),
        "test images for training images": flattened(test),
        "training and test images together": (images + test[0], pixels),
        "channel axis added": (*right, 1),
        "all images in one row": (images * pixels,),
        "sides added": (images, sum(training[1:])),
        "one side only": training[:2],
        "labels for images": (images, CLASSES),
        "one image only": (pixels,),
    }
    return told_apart(right, slips)


def example_shape_slips(training: Shape = TRAINING) -> dict[str, Shape]:
    """Return the shapes that the usual mistakes give for one flat example, whose right one is (784,)."""
    _, pixels = flattened(training)
    slips = {
        "not flattened": training[1:],
        "one example as a matrix": (1, pixels),
        "one example as a column": (pixels, 1),
        "sides added": (sum(training[1:]),),
        "labels for images": (CLASSES,),
    }
    return told_apart((pixels,), slips)


# ---- chance ---------------------------------------------------------------------------------


def chance_levels(counts: Sequence[int] = TEST_LABEL_COUNTS) -> dict[int, Fraction]:
    """Return, for every digit, the accuracy of a network that says this digit to everything."""
    return {digit: Fraction(count, sum(counts)) for digit, count in enumerate(counts)}


def constant_answer(accuracy: float | Fraction, counts: Sequence[int] = TEST_LABEL_COUNTS) -> int | None:
    """Return the digit that a network of this accuracy says to everything; None where it says several.

    An accuracy counts as a chance level when it is nearer than half a test image to it.
    """
    near = Fraction(1, 2 * sum(counts))
    return next(
        (digit for digit, level in chance_levels(counts).items() if abs(accuracy - level) < near), None
    )


def rows_at_chance(accuracies: Sequence[float | Fraction]) -> dict[int, int]:
    """Return row -> digit (rows from 1) where a network answers the same digit to every image."""
    digits = {row: constant_answer(accuracy) for row, accuracy in enumerate(accuracies, start=1)}
    return {row: digit for row, digit in digits.items() if digit is not None}
