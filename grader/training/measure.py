"""(a network that somebody else trained, Dataset) -> its accuracy on our test images, measured by us."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.datasets import Dataset
from grader.sandbox.models import Model
from grader.training.anonymous import anonymous

WHITE = 255.0
BATCH = 500  # images


@dataclass(frozen=True)
class Measurement:
    """The highest accuracy over the ways in which images may have been prepared, and that way in words."""

    accuracy: float
    prepared: str


def measured(model: Model, data: Dataset) -> Measurement | None:
    """Return what a network reaches on the test images; None where it does not take them, or does not answer.

    Nobody told how its images were prepared, so the usual ways are tried and the best is taken.
    """
    from grader.training.network import quiet

    quiet()
    import keras

    images, labels = data.arrays["x_test"], data.arrays["y_test"].ravel()
    kind = keras.Sequential if model.kind == "Sequential" else keras.Model
    found: list[Measurement] = []
    try:
        network = kind.from_config(anonymous(model.config))
        network.set_weights(list(model.weights))
        shape = tuple(network.input_shape[1:])
        for prepared, pixels in _prepared(images, data.arrays["x_train"]):
            said = network.predict(pixels.reshape(-1, *shape), batch_size=BATCH, verbose=0)
            found.append(Measurement(float((said.argmax(-1) == labels).mean()), prepared))
    except Exception:  # noqa: BLE001 (whatever Keras says of a network that takes no such images)
        return None
    return max(found, key=lambda one: one.accuracy)


def _prepared(images: Any, training: Any) -> Iterator[tuple[str, Any]]:
    pixels = images.astype(np.float32)
    yield "pixels as they are", pixels
    yield "pixels / 255", pixels / WHITE
    yield "pixels / 127.5 - 1", pixels / (WHITE / 2) - 1
    yield "pixels standardised", (pixels - training.mean()) / training.std()
