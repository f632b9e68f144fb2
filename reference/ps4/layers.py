"""a network's config -> what each layer gives and how many parameters it has, by arithmetic alone."""

from collections.abc import Callable, Mapping, Sequence
from math import prod
from typing import Any

from .arithmetic import output_shape, output_side, parameter_count

Shape = tuple[int, ...]
Row = tuple[Shape, int]  # output shape without the axis of the images, parameters
Config = Mapping[str, Any]
SAME_SHAPE = (
    *("Dropout", "SpatialDropout2D", "GaussianDropout", "GaussianNoise", "Activation"),
    *("ReLU", "LeakyReLU", "ELU", "Softmax", "Rescaling"),
)


def layer_rows(layers: Sequence[Config], shape: Shape) -> list[Row | None]:
    """Return each layer's row, for an input of `shape`; None from the first on that is not known here."""
    rows: list[Row | None] = []
    at: Shape | None = shape
    for layer in layers:
        rule = RULES.get(layer["class_name"])
        row = rule(layer["config"], at) if rule and at is not None else None
        rows.append(row)
        at = row[0] if row else None
    return rows


def _dense(config: Config, shape: Shape) -> Row:
    units = config["units"]
    return (*shape[:-1], units), (shape[-1] + int(config["use_bias"])) * units


def _convolution(config: Config, shape: Shape) -> Row | None:
    if config.get("groups", 1) != 1 or config.get("data_format") == "channels_first" or len(shape) != 3:
        return None
    kernel, filters = tuple(config["kernel_size"]), config["filters"]
    height, width, channels = shape
    settings = (tuple(config["strides"]), config["padding"], tuple(config["dilation_rate"]))
    out = output_shape((height, width, channels), kernel, filters, *settings)
    return out, parameter_count(kernel, channels, filters, bias=config["use_bias"])


def _pooling(config: Config, shape: Shape) -> Row | None:
    if config.get("data_format") == "channels_first" or len(shape) != 3:
        return None
    windows, strides = config["pool_size"], config["strides"] or config["pool_size"]
    height, width = (
        output_side(side, window, stride, config["padding"], 1)
        for side, window, stride in zip(shape, windows, strides, strict=False)
    )
    return (height, width, shape[-1]), 0


def _normalisation(config: Config, shape: Shape) -> Row | None:
    if config["axis"] not in (-1, len(shape), [-1], [len(shape)]):
        return None
    # Mean and variance are kept as they come; scale and centre are learned, where there are any.
    return shape, shape[-1] * (2 + int(config["scale"]) + int(config["center"]))


def _reshaped(config: Config, shape: Shape) -> Row | None:
    target = tuple(config["target_shape"])
    return (target, 0) if prod(target) == prod(shape) and min(target) > 0 else None


RULES: Mapping[str, Callable[[Config, Shape], Row | None]] = {
    "Dense": _dense,
    "Conv2D": _convolution,
    "MaxPooling2D": _pooling,
    "AveragePooling2D": _pooling,
    "BatchNormalization": _normalisation,
    "Flatten": lambda _, shape: ((prod(shape),), 0),
    "Reshape": _reshaped,
    "GlobalAveragePooling2D": lambda _, shape: ((shape[-1],), 0),
    "GlobalMaxPooling2D": lambda _, shape: ((shape[-1],), 0),
    **dict.fromkeys(SAME_SHAPE, lambda _, shape: (shape, 0)),
}
