"""Networks and requests for them, as a runner sends them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from grader import datasets
from grader.training import Recipe, recipe_of

DATA = datasets.stand_in()
TRAIN = len(DATA.arrays["x_train"])
TOTAL = TRAIN + len(DATA.arrays["x_test"])


def described(
    *layers: object, loss: object = "categorical_crossentropy", optimizer: object = "adam"
) -> object:
    import keras

    from grader.sandbox.inside import describe

    model = keras.Sequential([keras.layers.Input((784,)), *layers])
    model.compile(optimizer=optimizer, loss=loss, metrics=["accuracy"])
    return {**describe.described(model), "weights": [], "built": False}


def asked(network: object, rows: object = None, **changes: object) -> dict[str, object]:
    """Return a request for a training as a runner sends it."""
    rows = np.arange(TRAIN) if rows is None else rows
    usual = {
        "network": network,
        "images": {"rows": rows, "shape": (784,), "divide": 255.0, "add": 0.0, "labels": "one-hot"},
        "validation": None,
        "epochs": 3,
        "initial_epoch": 0,
        "batch_size": 64,
        "shuffle": True,
        "callbacks": [],
    }
    return {**usual, **changes}


@pytest.fixture
def recipe() -> Callable[..., Recipe]:
    """Return what makes a recipe of a small dense network, with whatever is said otherwise."""
    from keras import layers

    def made(*stack: object, network: object = None, view: object = None, **options: object) -> Recipe:
        stack = stack or (layers.Dense(12, activation="relu"), layers.Dense(10, activation="softmax"))
        told = asked(network or described(*stack))
        images = {**told["images"], **(view or {})}
        return recipe_of({**told, "images": images, **options}, TOTAL)[0]

    return made
