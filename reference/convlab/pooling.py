"""1D: an image -> the maxima or averages of its windows; and what the usual mistakes make of it."""

import numpy as np


def pool(image, size, stride, mode):
    """Summarise windows of size * size of an image (height, width, channels), channel by channel.

    `mode` is "max" or "average". The first window starts at 0, each next one `stride` further, until one
    reaches the border; those that hang over it have the values that are there.
    """
    return _pooled(image, size, stride, _summary(mode))


def _summary(mode):
    return np.max if mode == "max" else np.mean


def _pooled(image, size, stride, summary):
    tops, lefts = (starts(side, size, stride) for side in image.shape[:2])
    rows = [[image[top : top + size, left : left + size] for left in lefts] for top in tops]
    return np.array([[summary(window, axis=(0, 1)) for window in row] for row in rows])


def starts(side, size, stride):
    """Return where windows start along one side."""
    return [start for start in range(0, max(side - size, 0) + stride, stride) if start < side]


def _fitting(side, size, stride):
    """Return where windows start that do not hang over; the first is taken all the same."""
    return [start for start in starts(side, size, stride) if start + size <= side] or [0]


def _without_border(image, size, stride, mode):
    height, width = (len(_fitting(side, size, stride)) for side in image.shape[:2])
    return pool(image, size, stride, mode)[:height, :width]


def _filled(image, size, stride, mode):
    """Zeros where a window hangs over."""
    missing = [max(starts(side, size, stride)[-1] + size - side, 0) for side in image.shape[:2]]
    return pool(np.pad(image, [(0, missing[0]), (0, missing[1]), (0, 0)]), size, stride, mode)


def _averages(summary):
    """Return a pooling with another summary in place of the average."""

    def pooled(image, size, stride, mode):
        if mode == "max":
            return pool(image, size, stride, mode)
        return _pooled(image, size, stride, lambda window, axis: summary(window, axis, size))

    return pooled


def _maxima(summary):
    """Return a pooling with another summary in place of the maximum."""
    return lambda i, size, stride, mode: _pooled(i, size, stride, summary if mode == "max" else np.mean)


def _whole(window, axis, size):
    return window.sum(axis=axis) / size**2


def _over_channels(image, size, stride, mode):
    return _pooled(image, size, stride, lambda window, **_: _summary(mode)(window))


POOL_SLIPS = {
    "maximum for average": _averages(lambda window, axis, _: window.max(axis=axis)),
    "average for maximum": _maxima(np.mean),
    "minimum": _maxima(np.min),
    "sum for average": _averages(lambda window, axis, _: window.sum(axis=axis)),
    "divided by the side": _averages(lambda window, axis, size: window.sum(axis=axis) / size),
    "stride ignored": lambda image, size, _, mode: pool(image, size, 1, mode),
    "stride as wide as the window": lambda image, size, _, mode: pool(image, size, size, mode),
    "border left out": _without_border,
    "border divided by the whole window": _averages(_whole),
    "border filled with zeros": _filled,
    "channels pooled together": _over_channels,
}
