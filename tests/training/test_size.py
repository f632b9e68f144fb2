"""What a network takes is known before any of it is taken."""

from __future__ import annotations

import resource

import keras
import pytest
from keras import layers as L  # noqa: N812 (as everybody writes it)

from grader.datatypes import Limits
from grader.training import BadRecipe
from grader.training.budget import Budget
from grader.training.size import size_of
from tests.training.conftest import described


def test_layers_are_those_that_keras_builds(recipe) -> None:
    stack = (
        L.Reshape((28, 28, 1)), L.Conv2D(8, 5, padding="same", activation="relu"), L.BatchNormalization(),
        L.MaxPooling2D(), L.Conv2D(4, 3, strides=2), L.Flatten(), L.Dropout(0.2), L.Dense(10, activation="softmax"),
    )  # fmt: skip
    size = size_of(recipe(*stack))
    model = keras.Sequential([L.Input((784,)), *stack])
    assert [layer.parameters for layer in size.layers] == [layer.count_params() for layer in model.layers]
    assert [layer.output_shape for layer in size.layers] == [layer.output.shape[1:] for layer in model.layers]
    assert size.parameters == model.count_params()
    assert size.output_shape == (10,)


def test_multiplications_are_counted_by_hand(recipe) -> None:
    size = size_of(
        recipe(L.Reshape((28, 28, 1)), L.Conv2D(8, 5), L.Flatten(), L.Dense(10, activation="softmax"))
    )
    assert [layer.multiplications for layer in size.layers] == [0, 25 * 8 * 24 * 24, 0, 24 * 24 * 8 * 10]
    assert size.values == 784 + 24 * 24 * 8 + 24 * 24 * 8 + 10
    # three times forwards for each image that is trained on, once for each that is measured
    image = 2 * size.multiplications + 20 * size.values
    begun = 3 * 4 * 938 * 1e6  # four layers, 938 batches of up to 64
    assert size.epoch(60_000, 10_000, 64) == pytest.approx(1e-12 * (image * 190_000 + begun))


def test_a_network_of_many_gigabytes_is_measured_without_any(recipe) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    network = described(L.Dense(10, activation="softmax"))
    network["config"]["layers"].insert(1, described(L.Dense(16))["config"]["layers"][1])
    network["config"]["layers"][1]["config"]["units"] = 10**6
    size = size_of(recipe(network=network))
    assert size.parameters == 785 * 10**6 + (10**6 + 1) * 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 << 10
    with pytest.raises(BadRecipe, match=r"takes about [\d,]+ MB of memory: 4,096 are allowed"):
        Budget(Limits()).admit(size, 64)
    model = keras.Sequential([L.Input((4,)), L.Dense(2)])
    model.build((None, 4))
    assert model.count_params() == 10, "what was only described is forgotten"


def test_what_does_not_fit_together_is_told(recipe) -> None:
    network = described(L.Dense(12, activation="relu"), L.Dense(10, activation="softmax"))
    reshape = described(L.Reshape((28, 28, 1)))["config"]["layers"][1]
    reshape["config"]["target_shape"] = [5, 5]
    network["config"]["layers"].insert(2, reshape)
    with pytest.raises(BadRecipe, match="Keras cannot build the network"):
        size_of(recipe(network=network))


def test_a_budget_is_spent_in_epochs_and_in_arithmetic() -> None:
    budget = Budget(Limits(epochs=100, teraflop=1.0))
    assert budget.epochs(30, 0.001) == 30
    budget.spend(30, 0.001)
    assert budget.epochs(1000, 0.001) == 70
    assert budget.epochs(1000, 0.097) == 10
    budget.spend(10, 0.097)
    assert budget.epochs(5, 0.001) == 0
    assert "100 epochs" in str(budget)
