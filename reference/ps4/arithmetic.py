"""A convolutional layer's sizes -> its number of parameters, the shape of its output."""

from .slips import told_apart

Pair = int | tuple[int, int]  # one number is meant for rows and columns alike
Padding = str | Pair  # "valid", "same", or the zeros added on every side

# The layer of 3B and 3C: stride 1, no padding.
IMAGE = (32, 32, 3)
KERNEL = 5
FILTERS = 8


def pair(value):
    """Return `value` for rows and for columns."""
    return value if isinstance(value, tuple) else (value, value)


def parameter_count(kernel: Pair, channels: int, filters: int, bias: bool = True) -> int:
    """Count a layer's parameters: every filter has a weight per kernel cell and channel, and its bias.

    Raise ValueError for sizes below 1.
    """
    height, width = pair(kernel)
    if min(height, width, channels, filters) < 1:
        raise ValueError("a kernel, channels and filters are 1 or more")
    return (height * width * channels + int(bias)) * filters


def parameter_count_slips(
    kernel: Pair, channels: int, filters: int, image: Pair = IMAGE[:2]
) -> dict[str, int]:
    """Count the parameters as the usual mistakes do; `image` is the input's height and width."""
    height, width = pair(kernel)
    cells = height * width
    values = pair(image)[0] * pair(image)[1] * channels
    rows, columns, _ = output_shape((*pair(image), channels), kernel, filters)
    right = parameter_count(kernel, channels, filters)
    slips = {
        "bias forgotten": cells * channels * filters,
        "one bias in all": cells * channels * filters + 1,
        "one bias per channel": cells * channels * filters + channels,
        "one bias per kernel slice": (cells + 1) * channels * filters,
        "one filter only": cells * channels + 1,
        "one filter only, bias forgotten": cells * channels,
        "weights of one filter only": cells * channels + filters,
        "channels forgotten": (cells + 1) * filters,
        "channels and bias forgotten": cells * filters,
        "channels forgotten, one bias in all": cells * filters + 1,
        "kernel side counted once": (height * channels + 1) * filters,
        "kernel side counted once, bias forgotten": height * channels * filters,
        "weights not shared": right * rows * columns,
        "one weight per input value": (values + 1) * filters,
        "fully connected": (values + 1) * rows * columns * filters,
        "input values counted": values,
        "output values counted": rows * columns * filters,
    }
    return told_apart(right, slips)


def margins(side: int, extent: int, stride: int, padding: str | int) -> tuple[int, int]:
    """Return the zeros put before and after a side; "same" is TensorFlow's, the odd one after.

    Source: https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2
    """
    if padding == "same":
        total = max((-(-side // stride) - 1) * stride + extent - side, 0)
        return total // 2, total - total // 2
    if padding == "valid":
        return 0, 0
    if isinstance(padding, str) or padding < 0:
        raise ValueError('padding is "valid", "same" or a number of zeros')
    return padding, padding


def output_side(side: int, kernel: int, stride: int, padding: str | int, dilation: int) -> int:
    """Count the places where a kernel fits along one side."""
    if min(side, kernel, stride, dilation) < 1:
        raise ValueError("sides, kernels, strides and dilations are 1 or more")
    extent = dilation * (kernel - 1) + 1  # a dilated kernel has gaps between its cells
    room = side + sum(margins(side, extent, stride, padding)) - extent
    if room < 0:
        raise ValueError("the kernel is larger than the padded image")
    return room // stride + 1


def output_shape(
    input_shape: tuple[int, int, int],
    kernel: Pair,
    filters: int,
    stride: Pair = 1,
    padding: Padding = "valid",
    dilation: Pair = 1,
) -> tuple[int, int, int]:
    """Return (height, width, filters) of the output for an input of (height, width, channels).

    Raise ValueError where no such layer is possible. Source: Dumoulin and Visin,
    "A guide to convolution arithmetic for deep learning", relationships 6 and 15.
    """
    *sides, channels = input_shape
    if min(filters, channels) < 1:
        raise ValueError("channels and filters are 1 or more")
    settings = zip(sides, pair(kernel), pair(stride), pair(padding), pair(dilation), strict=True)
    height, width = (output_side(*setting) for setting in settings)
    return height, width, filters


def output_shape_slips(
    input_shape: tuple[int, int, int], kernel: Pair, filters: int, stride: Pair = 1
) -> dict[str, tuple[int, ...]]:
    """Return the shapes that the usual mistakes give for a layer without padding."""
    right = output_shape(input_shape, kernel, filters, stride)
    height, width, _ = right
    rows, columns, channels = input_shape
    border = [side // 2 for side in pair(kernel)]
    slips = {
        "same padding assumed": output_shape(input_shape, kernel, filters, stride, "same"),
        "off by one": (height - 1, width - 1, filters),
        "one too many": (height + 1, width + 1, filters),
        "half the kernel cut off": (rows - border[0], columns - border[1], filters),
        "whole kernel cut off on both sides": (
            rows - 4 * border[0] - 2,
            columns - 4 * border[1] - 2,
            filters,
        ),
        "stride forgotten": output_shape(input_shape, kernel, filters),
        "stride as wide as the kernel": output_shape(input_shape, kernel, filters, pair(kernel)),
        "channels first": (filters, height, width),
        "filters forgotten": (height, width),
        "channels kept for filters": (height, width, channels),
        "filters multiplied with channels": (height, width, filters * channels),
        "one filter only": (height, width, 1),
        "input shape kept": tuple(input_shape),
        "same padding assumed, filters forgotten": (rows, columns),
        "flattened": (height * width * filters,),
    }
    return told_apart(right, slips)
