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


@pytest.fixture
def recipe() -> Callable[..., Recipe]:
    """Return what makes a recipe of a small dense network, with whatever is said otherwise."""
    from keras import layers

    def made(*stack: object, network: object = None, view: object = None, **options: object) -> Recipe:
        stack = stack or (layers.Dense(12, activation="relu"), layers.Dense(10, activation="softmax"))
        images = {"rows": np.arange(TRAIN), "shape": (784,), "divide": 255.0, "add": 0.0, "labels": "one-hot"}
        told = {
            "network": network or described(*stack),
            "images": {**images, **(view or {})},
            "validation": None,
            "epochs": 3,
            "initial_epoch": 0,
            "batch_size": 64,
            "shuffle": True,
            "callbacks": [],
        }
        return recipe_of({**told, **options}, TOTAL)[0]

    return made
