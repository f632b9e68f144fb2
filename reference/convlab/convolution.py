"""1C: an image and kernels -> their cross-correlation; and what the usual mistakes make of it."""

import numpy as np


def convolve(image, kernels, bias, stride, padding):
    """Slide kernels (rows, columns, channels, filters) over an image (height, width, channels).

    The sum of the products and the filter's bias at each place: (height, width, filters). `padding` is
    "valid", "same" (ceil(size / stride) places; of an odd number of zeros one more below and to the right)
    or the width of zeros on each side. Raise ValueError where the kernel does not fit.
    """
    padded = np.pad(image, [*_borders(image, kernels, stride, padding), (0, 0)])
    return _slid(padded, kernels, bias, stride)


def _slid(padded, kernels, bias, stride):
    rows, columns, _, filters = kernels.shape
    height = (padded.shape[0] - rows) // stride + 1
    width = (padded.shape[1] - columns) // stride + 1
    if min(height, width) < 1:
        raise ValueError("the kernel does not fit")
    result = np.empty((height, width, filters), np.result_type(padded, kernels, bias))
    for row in range(height):
        for column in range(width):
            top, left = row * stride, column * stride
            window = padded[top : top + rows, left : left + columns]
            result[row, column] = np.tensordot(window, kernels, axes=3) + bias
    return result


def _borders(image, kernels, stride, padding):
    """Return the zeros (before, after) for rows and columns."""
    if padding == "valid":
        return (0, 0), (0, 0)
    if padding != "same":
        return (padding, padding), (padding, padding)
    return tuple(
        _same(size, kernel, stride) for size, kernel in zip(image.shape[:2], kernels.shape[:2], strict=True)
    )


def _same(size, kernel, stride):
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


def _with_borders(change):
    """Return a convolution that pads by other widths; `change` makes them of (before, after) and a case."""

    def convolved(image, kernels, bias, stride, padding):
        borders = _borders(image, kernels, stride, padding)
        changed = change(borders, kernels.shape[:2], padding)
        return _slid(np.pad(image, [*changed, (0, 0)]), kernels, bias, stride)

    return convolved


def _half_on_both(borders, sides, padding):
    return tuple((side // 2, side // 2) for side in sides) if padding == "same" else borders


def _of_stride_1(borders, sides, padding):
    return tuple(((side - 1) // 2, side // 2) for side in sides) if padding == "same" else borders


def _widened(by):
    return lambda borders, _, padding: (
        borders if isinstance(padding, str) else [(b + by, a + by) for b, a in borders]
    )


def _rows_stride(image, kernels, bias, stride, padding):
    """The stride of the columns forgotten."""
    borders = _borders(image, kernels, stride, padding)
    return _slid(np.pad(image, [*borders, (0, 0)]), kernels, bias, 1)[::stride]


CONVOLVE_SLIPS = {
    "kernel flipped": lambda image, k, *rest: convolve(image, k[::-1, ::-1], *rest),
    "kernel transposed": lambda image, k, *rest: convolve(image, k.swapaxes(0, 1), *rest),
    "bias forgotten": lambda image, k, bias, *rest: convolve(image, k, 0 * bias, *rest),
    "bias added for each channel": lambda i, k, bias, *rest: convolve(i, k, i.shape[2] * bias, *rest),
    "first channel alone": lambda i, k, *rest: convolve(i[..., :1], k[..., :1, :], *rest),
    "stride ignored": lambda image, k, bias, _, padding: convolve(image, k, bias, 1, padding),
    "stride for rows alone": _rows_stride,
    "padding ignored": lambda image, k, bias, stride, _: convolve(image, k, bias, stride, "valid"),
    "off by one in padding": _with_borders(_widened(-1)),
    "off by one in padding, too wide": _with_borders(_widened(1)),
    "more zeros before than after": _with_borders(
        lambda borders, *_: [(after, before) for before, after in borders]
    ),
    "half a kernel of zeros on both sides": _with_borders(_half_on_both),
    "zeros as for stride 1": _with_borders(_of_stride_1),
}
