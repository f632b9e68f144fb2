"""What people leave out is put right, one thing at a time, and nothing else is touched."""

from __future__ import annotations

import numpy as np
import pytest
from keras import layers as L  # noqa: N812 (as everybody writes it)

from grader.training.once import Step
from grader.training.variants import on_test_images_too, variants
from tests.training.conftest import DATA, TOTAL, TRAIN, described

RAW = {"divide": 1.0}
TEST = {"rows": np.arange(TRAIN, TOTAL), "shape": (784,), "divide": 1.0, "add": 0.0, "labels": "one-hot"}


def logits(*, told: bool) -> object:
    import keras

    loss = keras.losses.CategoricalCrossentropy(from_logits=told)
    return described(L.Dense(12), L.Dense(10, activation="softmax" if told else "linear"), loss=loss)


@pytest.mark.parametrize(
    ("options", "mistakes"),
    [
        ({}, []),
        ({"view": RAW}, ["pixels not scaled"]),
        ({"view": {"divide": 127.5, "add": -1.0}}, []),
        ({"view": {"divide": 255.0 * 255}}, ["pixels scaled twice"]),
        ({"network": logits(told=False)}, ["softmax missing"]),
        ({"network": logits(told=True)}, []),  # Keras finds the sums below a softmax by itself
        ({"network": logits(told=False), "view": RAW}, ["pixels not scaled", "softmax missing"]),
    ],
    ids=["right", "raw", "centred", "twice", "no_softmax", "sums_told", "raw_and_no_softmax"],
)
def test_a_mistake_is_known_by_its_recipe(recipe, options, mistakes) -> None:
    found = variants((Step(recipe(**options)),))
    assert [variant.mistake for variant in found] == mistakes


def test_what_is_scaled_is_scaled_everywhere_and_all_else_stays(recipe) -> None:
    first, second = recipe(view=RAW, validation=TEST), recipe(view=RAW, epochs=7)
    [variant] = variants((Step(first), Step(second, same_optimizer=True)))
    one, other = variant.steps
    assert (one.recipe.images.divide, one.recipe.validation.divide, other.recipe.images.divide) == (
        255.0,
    ) * 3
    assert other.same_optimizer
    assert other.recipe.epochs == 7
    assert np.array_equal(one.recipe.images.rows, first.images.rows)


def test_one_step_that_is_scaled_already_is_no_such_mistake(recipe) -> None:
    assert variants((Step(recipe(view=RAW)), Step(recipe()))) == []


def test_a_softmax_layer_is_a_softmax(recipe) -> None:
    network = described(L.Dense(10), L.Softmax())
    assert variants((Step(recipe(network=network)),)) == []


def test_test_images_are_added_to_the_training_images(recipe) -> None:
    variant = on_test_images_too((Step(recipe()),), DATA)
    assert set(variant.steps[0].recipe.images.rows) == set(range(TOTAL))
    assert not variant.mistake, "it puts nothing right, so that it can neither be charged nor accepted"
