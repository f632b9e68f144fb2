"""Callbacks do on our network what they do in Keras: the same epochs, rates and weights."""

from __future__ import annotations

from collections.abc import Callable

import keras
import numpy as np
import pytest
from keras import layers as L  # noqa: N812 (as everybody writes it)

from grader.training.network import drawn
from grader.training.trainer import Trainer
from tests.training.conftest import DATA, TRAIN

EPOCHS = 8
WATCHING = {"min_delta": 0.0, "mode": "auto"}
PLAIN = {"shuffle": False, "batch_size": 64, "epochs": EPOCHS, "optimizer": "sgd"}
TOLD = {
    "stopping": {"kind": "EarlyStopping", "monitor": "val_accuracy", "patience": 1, "baseline": None,
                 "restore_best_weights": True, "start_from_epoch": 0, **WATCHING},
    "stopping_on_loss": {"kind": "EarlyStopping", "monitor": "loss", "patience": 1, "min_delta": 0.05,
                         "baseline": None, "restore_best_weights": False, "start_from_epoch": 2, "mode": "auto"},
    "plateau": {"kind": "ReduceLROnPlateau", "monitor": "val_loss", "patience": 1, "min_delta": 0.2,
                "factor": 0.3, "cooldown": 1, "min_lr": 0.001, "mode": "auto"},
    "scheduler": {"kind": "LearningRateScheduler", "rates": [0.3 / (epoch + 1) for epoch in range(EPOCHS)],
                  "mode": "auto"},
    "checkpoint": {"kind": "ModelCheckpoint", "monitor": "val_acc", "save_best_only": True, "mode": "auto"},
}  # fmt: skip


def theirs(told: dict[str, object], file: str) -> object:
    settings = {name: value for name, value in told.items() if name != "kind"}
    if told["kind"] == "LearningRateScheduler":
        return keras.callbacks.LearningRateScheduler(lambda epoch, _: told["rates"][epoch])
    if told["kind"] == "ModelCheckpoint":
        settings |= {"filepath": file, "monitor": "val_accuracy", "save_weights_only": True}
    return getattr(keras.callbacks, told["kind"])(**settings)


@pytest.mark.slow
@pytest.mark.parametrize("name", TOLD)
def test_a_callback_does_what_it_does_in_keras(name: str, recipe: Callable[..., object], tmp_path) -> None:
    stack = (L.Dense(12, activation="relu"), L.Dense(10, activation="softmax"))
    test = {
        "rows": np.arange(TRAIN, TRAIN + 200),
        "shape": (784,),
        "divide": 255.0,
        "add": 0.0,
        "labels": "one-hot",
    }
    from tests.training.conftest import described

    network = described(*stack, optimizer=keras.optimizers.SGD(0.3))
    wanted = recipe(
        network=network, validation=test, epochs=EPOCHS, shuffle=False, callbacks=[TOLD[name]],
        view={"rows": np.arange(700)},
    )  # fmt: skip
    ours = Trainer(wanted, DATA).train(5)

    model = keras.Sequential([L.Input((784,)), *stack])
    model.compile(keras.optimizers.SGD(0.3), "categorical_crossentropy", metrics=["accuracy"])
    model.set_weights(drawn(wanted, 5))
    x, y = DATA.arrays["x_train"][:700].reshape(-1, 784) / 255, np.eye(10)[DATA.arrays["y_train"][:700]]
    file = str(tmp_path / "best.weights.h5")
    callback = theirs(TOLD[name], file)
    history = model.fit(
        x, y, 64, EPOCHS, verbose=0, shuffle=False, callbacks=[callback],
        validation_data=(DATA.arrays["x_test"][:200].reshape(-1, 784) / 255, np.eye(10)[DATA.arrays["y_test"][:200]]),
    )  # fmt: skip
    assert len(ours.epochs) == len(history.epoch)
    np.testing.assert_allclose(ours.history["loss"], history.history["loss"], rtol=2e-3)
    if "checkpoint" in name:
        model.load_weights(file)
        assert ours.callbacks[0]["best"] == pytest.approx(callback.best, abs=1e-6)
    for one, other in zip(ours.checkpoint or ours.weights, model.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, rtol=5e-3, atol=5e-4)
    for given_back in ("stopped_epoch", "best_epoch", "wait"):
        if given_back in ours.callbacks[0]:
            assert ours.callbacks[0][given_back] == getattr(callback, given_back)


@pytest.mark.slow
def test_the_accuracy_of_a_network_is_that_of_the_weights_it_was_left_with(recipe) -> None:
    told = {**TOLD["stopping"], "patience": 3}
    test = {
        "rows": np.arange(TRAIN, TRAIN + 360),
        "shape": (784,),
        "divide": 255.0,
        "add": 0.0,
        "labels": "one-hot",
    }
    result = Trainer(recipe(validation=test, epochs=40, callbacks=[told]), DATA).train(1)
    if not result.callbacks[0]["stopped_epoch"]:
        pytest.fail("the training that this test is about stops early")
    assert result.last == result.best > result.accuracy[-1] or result.accuracy[-1] == result.best
    assert result.last == pytest.approx(result.callbacks[0]["best"], abs=1e-6)
