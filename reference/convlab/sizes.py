"""1B: a convolutional layer's settings -> its output shape, its parameters; what mistakes make of them."""

from math import ceil, prod


def output_shape(input_shape, kernel, filters, stride, padding, dilation):
    """Return (height, width, filters) of a layer's output for an input of (height, width, channels).

    `kernel` is (rows, columns); `padding` is "valid", "same" or the width of zeros on each side. Raise
    ValueError where a size is below 1, a width below 0, or the kernel does not fit.
    """
    if min(*input_shape, *kernel, filters, stride, dilation) < 1 or not _is_padding(padding):
        raise ValueError("no such layer")
    sides = [
        _side(size, reach, stride, padding, dilation)
        for size, reach in zip(input_shape, kernel, strict=False)
    ]
    if min(sides) < 1:
        raise ValueError("the kernel does not fit")
    return (*sides, filters)


def _is_padding(padding):
    return padding in ("valid", "same") if isinstance(padding, str) else padding >= 0


def _side(size, kernel, stride, padding, dilation):
    if padding == "same":
        return ceil(size / stride)
    width = 0 if padding == "valid" else padding
    return (size + 2 * width - dilation * (kernel - 1) - 1) // stride + 1


def parameter_count(kernel, channels, filters, bias):
    """Return how many parameters filters of (rows, columns) over so many channels have, biases if `bias`.

    Raise ValueError where a size is below 1.
    """
    if min(*kernel, channels, filters) < 1:
        raise ValueError("no such layer")
    return prod(kernel) * channels * filters + (filters if bias else 0)


def _one_side(image, kernel, filters, stride, padding, dilation):
    """Padding counted once: half of it on each side."""
    height, width, _ = image
    if isinstance(padding, str):
        return output_shape(image, kernel, filters, stride, padding, dilation)
    return output_shape((height + padding, width + padding, 1), kernel, filters, stride, "valid", dilation)


def _no_last(image, kernel, filters, stride, padding, dilation):
    """The last place forgotten."""
    height, width, depth = output_shape(image, kernel, filters, stride, padding, dilation)
    return (height, width, depth) if padding == "same" else (height - 1, width - 1, depth)


def _rounded_up(image, kernel, filters, stride, padding, dilation):
    if padding == "same":
        return output_shape(image, kernel, filters, stride, padding, dilation)
    height, width, depth = output_shape(image, kernel, filters, 1, padding, dilation)
    return (ceil((height - 1) / stride) + 1, ceil((width - 1) / stride) + 1, depth)


def _whole_dilation(image, kernel, filters, stride, padding, dilation):
    """The dilated kernel reaches dilation * kernel."""
    reach = [dilation * side for side in kernel]
    return output_shape(image, reach, filters, stride, padding, 1)


def _same_keeps(image, kernel, filters, stride, padding, dilation):
    """Taking 'same' by its word, whatever the stride."""
    if padding == "same":
        return (*image[:2], filters)
    return output_shape(image, kernel, filters, stride, padding, dilation)


OUTPUT_SHAPE_SLIPS = {
    "stride ignored": lambda i, k, f, _, p, d: output_shape(i, k, f, 1, p, d),
    "dilation ignored": lambda i, k, f, s, p, _: output_shape(i, k, f, s, p, 1),
    "padding ignored": lambda i, k, f, s, _, d: output_shape(i, k, f, s, "valid", d),
    "padding counted once": _one_side,
    "last place forgotten": _no_last,
    "rounded up": _rounded_up,
    "dilation times the kernel": _whole_dilation,
    "same size whatever the stride": _same_keeps,
    "channels kept for filters": lambda i, k, _, s, p, d: output_shape(i, k, i[2], s, p, d),
    "filters forgotten": lambda *layer: output_shape(*layer)[:2],
    "channels first": lambda *layer: (output_shape(*layer)[2], *output_shape(*layer)[:2]),
    "height and width swapped": lambda *layer: (*output_shape(*layer)[1::-1], output_shape(*layer)[2]),
}
PARAMETER_COUNT_SLIPS = {
    "bias forgotten": lambda k, c, f, _: parameter_count(k, c, f, bias=False),
    "bias counted where there is none": lambda k, c, f, _: parameter_count(k, c, f, bias=True),
    "one bias in all": lambda k, c, f, bias: parameter_count(k, c, f, bias=False) + bool(bias),
    "one bias per channel": lambda k, c, f, bias: parameter_count(k, c, f, bias=False) + (c if bias else 0),
    "channels forgotten": lambda k, _, f, bias: parameter_count(k, 1, f, bias),
    "one filter only": lambda k, c, _, bias: parameter_count(k, c, 1, bias),
    "kernel side counted once": lambda k, c, f, bias: parameter_count((k[0], 1), c, f, bias),
}
