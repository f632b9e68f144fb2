"""1A: an image, a width, a mode -> the image with a border; and what the usual mistakes make of it."""

import numpy as np

NUMPY = {"zero": "constant", "edge": "edge", "reflect": "reflect"}  # what NumPy calls the modes


def pad(image, width, mode):
    """Add `width` rows and columns on each side of (height, width) or (height, width, channels).

    `mode` is "zero", "edge" (the outermost values again) or "reflect" (mirrored about the outermost values,
    which are not repeated).
    """
    borders = [(width, width), (width, width), (0, 0)]
    return np.pad(image, borders[: image.ndim], NUMPY[mode])


def _channels_too(image, width, mode):
    return np.pad(image, width, NUMPY[mode])


def _symmetric(image, width, mode):
    borders = [(width, width), (width, width), (0, 0)][: image.ndim]
    return np.pad(image, borders, "symmetric") if mode == "reflect" else pad(image, width, mode)


PAD_SLIPS = {
    "off by one in padding": lambda image, width, mode: pad(image, width - 1, mode),
    "off by one in padding, too wide": lambda image, width, mode: pad(image, width + 1, mode),
    "padded before alone": lambda image, width, mode: pad(image, width, mode)[:-width, :-width],
    "padded after alone": lambda image, width, mode: pad(image, width, mode)[width:, width:],
    "rows alone padded": lambda image, width, mode: pad(image, width, mode)[:, width:-width],
    "channels padded too": _channels_too,
    "outermost values repeated": _symmetric,
    "zeros in every mode": lambda image, width, _: pad(image, width, "zero"),
    "edge in every mode": lambda image, width, _: pad(image, width, "edge"),
}
