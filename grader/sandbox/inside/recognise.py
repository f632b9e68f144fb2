"""arrays given to `fit` -> which rows of the official data they are, and what was done to their pixels.

Nothing that is said here is believed outside: it only chooses among official rows and scales, and the network
is trained on those. Who lies about an array gets a network trained on what was said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
SIGNIFICANT = 96  # pixels by which a row is known
COMMON = 0.02  # share of the images in which such a pixel is black, and white
CHUNK = 4096  # rows
CLASSES = 10
MASKED = 0.5  # share of the pixels that may have been made constant
NEAR = 0.25  # of a grey level: official levels are whole


class Unknown(Exception):
    """Not the official data under any change that is known here; the text says what was seen."""


@dataclass(frozen=True)
class Seen:
    """Official rows (training images first, then test images) with value = pixel / divide + add."""

    rows: Array  # int64 (n,)
    shape: tuple[int, ...]  # of one image
    divide: Any  # float, or float64 (pixels,); infinite where a pixel was made constant
    add: Any


class Official:
    """The official images and labels, and how to find a row among them."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self.train = len(arrays["x_train"])
        self.pixels = np.concatenate([arrays["x_train"], arrays["x_test"]])
        self.pixels = self.pixels.reshape(len(self.pixels), -1)
        self.labels = np.concatenate([arrays["y_train"], arrays["y_test"]]).ravel().astype(np.int64)
        self._known: tuple[Array, dict[bytes, int]] | None = None

    def images(self, given: Any) -> Seen:
        """Return what an array of images is. Raises Unknown."""
        try:
            array = np.asarray(given)
        except Exception as error:  # (a student's own object may raise anything)
            raise Unknown(f"the images are no array, but a {type(given).__name__[:60]}") from error
        if array.dtype.kind not in "fiub" or array.ndim < 2 or not len(array):
            raise Unknown("the images are no array of numbers")
        flat = array.reshape(len(array), -1)
        if flat.shape[1] != self.pixels.shape[1]:
            raise Unknown(f"the images have {flat.shape[1]} values each, not {self.pixels.shape[1]}")
        for rows in self._likely(len(flat)):
            if scale := self._scale(flat, rows):
                return Seen(rows, array.shape[1:], *scale)
        rows = self._looked_up(flat)
        if scale := self._scale(flat, rows):
            return Seen(rows, array.shape[1:], *scale)
        raise Unknown("the images are not the official ones, or changed in a way that is not known here")

    def labels_as(self, given: Any, rows: Array) -> str:
        """Return how labels of these rows are written: "integers", "column", "one-hot". Raises Unknown."""
        array, right = np.asarray(given), self.labels[rows]
        if array.shape == right.shape and np.array_equal(array, right):
            return "integers"
        if array.shape == (len(right), 1) and np.array_equal(array[:, 0], right):
            return "column"
        if array.shape == (len(right), CLASSES) and np.array_equal(array, np.eye(CLASSES)[right]):
            return "one-hot"
        raise Unknown("the labels are not the official ones of these images")

    def _likely(self, count: int) -> list[Array]:
        """Return the rows that most code takes: all, the first, the last, the test images."""
        total = len(self.pixels)
        starts = [0, self.train - count, self.train, total - count]
        fits = [start for start in starts if 0 <= start <= total - count]
        return [np.arange(start, start + count) for start in dict.fromkeys(fits)]

    def _scale(self, flat: Array, rows: Array) -> tuple[Any, Any] | None:
        """Return (divide, add) where the array is a scaled copy of these rows, None where it is not."""
        few = np.linspace(0, len(rows) - 1, min(len(rows), 64)).astype(int)
        sample, original = flat[few].astype(np.float64), self.pixels[rows[few]].astype(np.float64)
        low = np.unravel_index(original.argmin(), original.shape)
        high = np.unravel_index(original.argmax(), original.shape)
        if original[high] == original[low] or not np.isfinite(sample).all():
            return None
        factor = (sample[high] - sample[low]) / (original[high] - original[low])
        if factor:
            whole = (_snapped(1 / factor), _rounded(sample[low] - original[low] * factor, factor))
            if _matches(sample, original, *whole) and self._holds(flat, rows, *whole):
                return whole
        return self._scale_of_each(flat, rows)

    def _scale_of_each(self, flat: Array, rows: Array) -> tuple[Any, Any] | None:
        """Return a scale for each pixel, as standardising gives it."""
        few = np.linspace(0, len(rows) - 1, min(len(rows), 64)).astype(int)
        sample, original = flat[few].astype(np.float64), self.pixels[rows[few]].astype(np.float64)
        spread = np.ptp(original, axis=0) >= 64
        for pixel in np.flatnonzero(spread)[:8]:  # cheap: are the values of one pixel on one line?
            line = np.polyfit(original[:, pixel], sample[:, pixel], 1)
            if np.abs(np.polyval(line, original[:, pixel]) - sample[:, pixel]).max() > NEAR * abs(line[0]):
                return None
        pixels = self.pixels[rows]
        columns = np.arange(pixels.shape[1])
        low, high = pixels.argmin(0), pixels.argmax(0)
        range_ = pixels[high, columns].astype(np.float64) - pixels[low, columns]
        change = flat[high, columns].astype(np.float64) - flat[low, columns]
        with np.errstate(divide="ignore", invalid="ignore"):
            divide = np.where((range_ > 0) & (change != 0), range_ / change, np.inf)
        if np.isinf(divide[range_ > 0]).mean() > MASKED:
            return None
        add = flat[low, columns] - pixels[low, columns] / divide
        return (divide, add) if self._holds(flat, rows, divide, add) else None

    def _holds(self, flat: Array, rows: Array, divide: Any, add: Any) -> bool:
        return all(
            _matches(flat[at : at + CHUNK], self.pixels[rows[at : at + CHUNK]], divide, add)
            for at in range(0, len(rows), CHUNK)
        )

    def _looked_up(self, flat: Array) -> Array:
        """Return the row of each image, in whatever order they are. Raises Unknown."""
        which, known = self._signatures()
        values = flat[:, which].astype(np.float64)
        for axis in (None, 0):  # one scale for all, then one for each pixel
            low, high = values.min(axis), values.max(axis)
            with np.errstate(divide="ignore", invalid="ignore"):
                levels = np.nan_to_num((values - low) / (high - low) * 255)
            for turned in (levels, 255 - levels):
                keys = np.rint(turned).astype(np.uint8)
                rows = [known.get(key.tobytes(), -1) for key in keys]
                if min(rows) >= 0:
                    return np.array(rows)
        raise Unknown(
            "not all images are official ones, or they were changed in a way that is not known here"
        )

    def _signatures(self) -> tuple[Array, dict[bytes, int]]:
        if self._known is None:
            black, white = (self.pixels == 0).mean(0), (self.pixels == 255).mean(0)
            which = np.flatnonzero((black > COMMON) & (white > COMMON))
            which = which[np.argsort(-np.minimum(black, white)[which])][:SIGNIFICANT]
            keys = np.ascontiguousarray(self.pixels[:, which])
            known: dict[bytes, int] = {}
            for row, key in enumerate(keys):
                known.setdefault(key.tobytes(), row)
            self._known = which, known
        return self._known


def _matches(values: Array, pixels: Array, divide: Any, add: Any) -> bool:
    """Return whether values are pixels / divide + add, to a quarter of a grey level."""
    size = np.minimum(np.abs(1 / np.asarray(divide)), np.inf)
    slack = NEAR * size + 1e-6 * (np.abs(add) + 1e-6)
    return bool((np.abs(values - (pixels / divide + add)) <= slack).all())


def _snapped(divide: float) -> float:
    """Return a divisor as it was written: 255 for 254.99999."""
    near = round(divide * 2) / 2
    return near if near and abs(divide - near) < 1e-3 * abs(near) / 255 else float(f"{divide:.6g}")


def _rounded(add: float, factor: float) -> float:
    return 0.0 if abs(add) < 1e-3 * abs(factor) else float(f"{add:.6g}")
