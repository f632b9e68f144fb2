"""A request is checked before anybody works for it; two trainings that differ have two keys."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.sandbox.inside import describe
from grader.training import BadRecipe, recipe_of
from tests.training.conftest import TOTAL, TRAIN, asked, described

ROWS = np.arange(1000)


def described_layers() -> object:
    from keras import layers

    return described(layers.Dense(10, activation="softmax"))


def view(rows: np.ndarray) -> dict[str, object]:
    return asked(None, rows)["images"]


@settings(max_examples=25)
@given(st.lists(st.integers(1, 999), min_size=2, max_size=2, unique=True))
def test_rows_that_change_sides_make_another_training(cuts: list[int]) -> None:
    network = described_layers()
    keys = {
        recipe_of(asked(network, images=view(ROWS[:cut]), validation=view(ROWS[cut:])), TOTAL)[0].key()
        for cut in cuts
    }
    assert len(keys) == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"callbacks": [{"kind": "TerminateOnNaN", 1: 2}]},
        {"callbacks": [{"kind": ["TerminateOnNaN"]}]},
        {"images": {**view(ROWS), "labels": ["one-hot"]}},
        {"images": view(np.repeat(np.arange(TRAIN), 20))},
        {"network": None},
        {"network": 3},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_odd_requests_are_refused_in_a_sentence(changes: dict[str, object]) -> None:
    with pytest.raises(BadRecipe):
        recipe_of({**asked(described_layers()), **changes}, TOTAL)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("optimizer", {"class_name": ["Adam"], "config": {}}),
        ("optimizer", {"class_name": "Adam", "config": [1]}),
        ("optimizer", {"class_name": "Adam", "module": None, "registered_name": "Adam", "config": {}}),
        ("optimizer", {"class_name": "Adam", "config": {"learning_rate": {"class_name": "CosineDecay", "config": [1]}}}),
        ("loss", {"class_name": "CategoricalCrossentropy", "registered_name": "CategoricalCrossentropy", "config": {}}),
        ("loss", {"class_name": "mine", "config": None}),
        ("metrics", {"dense": "accuracy"}),
        ("metrics", [{"class_name": "Accuracy", "registered_name": "Accuracy", "config": {"name": "accuracy"}}]),
    ],
)  # fmt: skip
def test_what_a_network_is_compiled_with_is_built_in_or_refused(place: str, value: object) -> None:
    network = described_layers()
    network["compiled"][place] = value
    with pytest.raises(BadRecipe):
        recipe_of(asked(network), TOTAL)


def test_metrics_may_be_a_list_for_the_one_output() -> None:
    network = described_layers()
    network["compiled"]["metrics"] = [["accuracy"]]
    assert recipe_of(asked(network), TOTAL)[0].metrics == ("accuracy",)


def test_a_class_of_a_built_in_name_is_still_ones_own() -> None:
    import keras
    from keras import layers

    def categorical_crossentropy(right: object, said: object) -> object:
        return keras.ops.mean(said) * 0

    class Sequential(keras.Sequential):
        pass

    for kind, loss in ((keras.Sequential, categorical_crossentropy), (Sequential, "mse")):
        model = kind([layers.Input((784,)), layers.Dense(10)])
        model.compile("adam", loss)
        network = {**describe.described(model), "weights": [], "built": False}
        with pytest.raises(BadRecipe, match="its o"):
            recipe_of(asked(network), TOTAL)
