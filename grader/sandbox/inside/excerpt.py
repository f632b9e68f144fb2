"""official arrays under names that an excerpt uses and does not define -> what its networks are fitted to.

A write-up shows the lines that matter: those that load and prepare the images are often left out. What stands
for them is as it is loaded, and brought into the shape that the network takes where it is fitted.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from . import fitting, wire

CLASSES = 10


def given(names: Mapping[str, str]) -> dict[str, Any]:
    """Return the official arrays under these names; nothing where nobody out there has any."""
    if not names:
        return {}
    try:
        arrays = fitting.arrays()
    except wire.Refused:
        return {}
    fitting.before.append(shaped)
    return {name: arrays[which] for name, which in names.items()}


def shaped(model: Any, asked: dict[str, Any]) -> dict[str, Any]:
    """Return what `fit` is asked for with images as the network takes them, labels as its loss does."""
    changed = {**asked, "x": _images(model, asked.get("x")), "y": _labels(model, asked.get("y"))}
    data = asked.get("validation_data")
    if isinstance(data, (tuple, list)) and len(data) == 2:
        changed["validation_data"] = (_images(model, data[0]), _labels(model, data[1]))
    return changed


def _images(model: Any, images: Any) -> Any:
    if not isinstance(images, np.ndarray) or images.ndim < 2:
        return images
    wanted = _input(model, images)
    fits = images.shape[1:] == wanted or int(np.prod(wanted)) != int(np.prod(images.shape[1:]))
    return images if fits else images.reshape(len(images), *wanted)


def _input(model: Any, images: Any) -> tuple[int, ...]:
    """Return the shape of one image: as the network is built, else as its first layer takes it."""
    if model.built:
        return tuple(int(size or 0) for size in model.input_shape[1:])
    first = type(model.layers[0]).__name__ if model.layers else ""
    if first == "Dense":
        return (int(np.prod(images.shape[1:])),)
    return (*images.shape[1:3], 1) if first.startswith("Conv") else images.shape[1:]


def _labels(model: Any, labels: Any) -> Any:
    loss = getattr(model, "loss", "")
    name = str(getattr(loss, "name", loss))
    if name != "categorical_crossentropy" or not isinstance(labels, np.ndarray) or labels.ndim != 1:
        return labels
    return np.eye(CLASSES)[labels]
