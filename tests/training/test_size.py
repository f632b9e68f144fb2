"""What a network takes is known before any of it is taken."""

from __future__ import annotations

import resource

import keras
import pytest
from keras import layers as L  # noqa: N812 (as everybody writes it)

from grader.datatypes import Limits
from grader.sandbox.inside import describe
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


def test_recurrent_layers_count_each_step(recipe) -> None:
    size = size_of(recipe(L.Reshape((28, 28)), L.LSTM(16), L.Dense(10, activation="softmax")))
    assert [layer.steps for layer in size.layers] == [1, 28, 1]
    assert size.layers[1].multiplications == 28 * (28 + 16) * 64
    assert size.values == 784 + 16 + 28 * 16 * 8 + 10
    assert size.epoch(64, 0, 64) > 3 * 280 * 1e-6, "28 steps, each begun ten times as dear"


def test_layers_that_are_used_again_count_again(recipe) -> None:
    given = keras.Input((784,))
    shared = L.Dense(784, activation="relu")
    model = keras.Model(given, L.Dense(10)(shared(shared(given))))
    model.compile("adam", "categorical_crossentropy")
    size = size_of(recipe(network={**describe.described(model), "weights": [], "built": False}))
    assert [(layer.kind, layer.calls) for layer in size.layers] == [("Dense", 2), ("Dense", 1)]
    assert size.layers[0].multiplications == 2 * 784 * 784


def test_what_multiplies_its_inputs_counts_without_weights(recipe) -> None:
    given = keras.Input((28, 28))
    product = L.Dot(axes=(2, 2))([given, given])
    model = keras.Model(given, L.Dense(10)(L.Flatten()(product)))
    model.compile("adam", "categorical_crossentropy")
    told = {**describe.described(model), "weights": [], "built": False}
    size = size_of(recipe(network=told, view={"shape": (28, 28)}))
    assert next(layer for layer in size.layers if layer.kind == "Dot").multiplications == 28 * 28 * 28


def test_measuring_takes_memory_as_well(recipe) -> None:
    size = size_of(recipe())
    assert size.bytes(1) - size.bytes(0) == 0, "500 images are measured at once, whatever the batch"
    assert size.bytes(1000) > 4 * 3000 * size.values


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


def test_writing_a_graph_down_is_paid_for_and_time_is_bounded() -> None:
    budget = Budget(Limits(epochs=1000, teraflop=1.0))
    for _ in range(60):
        budget.spend(1, 0.0, written=300 * 5e9 * 1e-12)
    assert budget.epochs(1, 0.001) == 0, "300 layers, sixty times"
    assert budget.seconds(0.01, 10) > 10 * 0.01 / 0.02, "a slow machine is none that is stopped"
    assert budget.seconds(0.01, 10) < 300
