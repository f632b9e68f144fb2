"""Our trainer does what Keras's `fit` does: the same weights from the same start, order and data."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from keras import layers as L  # noqa: N812 (as everybody writes it)

from grader import datasets
from grader.sandbox.inside import describe
from grader.training import BadRecipe, recipe_of
from grader.training.recipe import misfit
from grader.training.trainer import Trainer

DATA = datasets.stand_in()
TRAIN = len(DATA.arrays["x_train"])
TOTAL = TRAIN + len(DATA.arrays["x_test"])
ROWS = 330  # of five batches of 64, the last one is shorter


def dense(*middle: object) -> list[object]:
    return [L.Input((784,)), L.Dense(12, activation="relu"), *middle, L.Dense(10, activation="softmax")]


def images(*middle: object) -> list[object]:
    first = [L.Input((28, 28, 1)), L.Conv2D(4, 3, strides=2)]
    return [*first, *middle, L.Flatten(), L.Dense(10, activation="softmax")]


NETWORKS = {
    "dense": dense,
    "activations": lambda: dense(L.Dense(9), L.Activation("tanh"), L.ReLU(), L.LeakyReLU(), L.ELU()),
    "regularised": lambda: dense(L.Dense(9, kernel_regularizer="l2", kernel_constraint="max_norm")),
    "batch_norm": lambda: dense(L.BatchNormalization()),
    "layer_norm": lambda: dense(L.LayerNormalization()),
    "conv": images,
    "conv_batch_norm": lambda: images(L.BatchNormalization(), L.ReLU(), L.MaxPooling2D()),
    "average": lambda: images(L.AveragePooling2D(2), L.Conv2D(3, 2, padding="same")),
    "separable": lambda: images(L.SeparableConv2D(3, 2), L.DepthwiseConv2D(2)),
    "global": lambda: [
        L.Input((28, 28, 1)),
        L.Conv2D(4, 3),
        L.GlobalAveragePooling2D(),
        L.Dense(10, "softmax"),
    ],
}
OPTIMIZERS = {
    "sgd": lambda: keras.optimizers.SGD(0.05),
    "momentum": lambda: keras.optimizers.SGD(0.05, momentum=0.9),
    "nesterov": lambda: keras.optimizers.SGD(0.05, momentum=0.9, nesterov=True),
    "adam": lambda: keras.optimizers.Adam(0.002, beta_1=0.8),
    "clipped": lambda: keras.optimizers.Adam(0.002, clipnorm=0.1),
    "schedule": lambda: keras.optimizers.SGD(keras.optimizers.schedules.ExponentialDecay(0.1, 2, 0.9)),
    **{
        name: (lambda name=name: keras.optimizers.get(name))
        for name in ("rmsprop", "adagrad", "adamax", "nadam")
    },
    "adamw": lambda: keras.optimizers.AdamW(0.002),
    "adadelta": lambda: keras.optimizers.Adadelta(0.5),
}
LOSSES = [
    "categorical_crossentropy",
    "sparse_categorical_crossentropy",
    "mse",
    "mae",
    "kld",
    "binary_crossentropy",
    "categorical_hinge",
    "huber",
    keras.losses.CategoricalCrossentropy(label_smoothing=0.1),
]


def compiled(
    stack: list[object], optimizer: object = "sgd", loss: object = "categorical_crossentropy"
) -> keras.Model:
    model = keras.Sequential(stack)
    model.compile(optimizer=optimizer, loss=loss, metrics=["accuracy"])
    return model


def request(model: keras.Model, **options: object) -> dict[str, object]:
    sparse = "sparse" in str(model.loss)
    view = {"rows": np.arange(ROWS), "shape": model.input_shape[1:], "divide": 255.0, "add": 0.0}
    told = {
        "network": {**describe.described(model), "weights": [], "built": False},
        "images": {**view, "labels": "integers" if sparse else "one-hot"},
        "validation": None,
        "epochs": 1,
        "initial_epoch": 0,
        "batch_size": 64,
        "shuffle": False,
        "callbacks": [],
    }
    return {**told, **options}


def prepared(model: keras.Model) -> tuple[np.ndarray, np.ndarray]:
    x = DATA.arrays["x_train"][:ROWS].reshape(-1, *model.input_shape[1:]).astype(np.float32) / np.float32(255)
    y = DATA.arrays["y_train"][:ROWS].astype(np.int32)
    return x, y if "sparse" in str(model.loss) else np.eye(10, dtype=np.float32)[y]


def both(model: keras.Model, **options: object) -> tuple[list[np.ndarray], list[np.ndarray], object]:
    """Return the weights after ours and after Keras's training from the same start."""
    recipe, _ = recipe_of(request(model, **options), TOTAL)
    trainer = Trainer(recipe, DATA)
    ours = trainer.train(7)
    from grader.training.network import drawn

    model.set_weights(drawn(recipe, 7))
    x, y = prepared(model)
    history = model.fit(
        x,
        y,
        batch_size=options.get("batch_size", 64),
        epochs=options.get("epochs", 1),
        shuffle=False,
        verbose=0,
    )
    return list(ours.weights), model.get_weights(), (ours, history)


def one_step_agrees(model: keras.Model) -> None:
    """One batch of 64: a weight may be off by a millionth of itself.

    And by 6e-7, which float32 leaves of a gradient that is 0: that of a bias below a batch normalisation.
    """
    view = request(model)["images"]
    recipe, _ = recipe_of(request(model, images={**view, "rows": np.arange(64)}), TOTAL)
    from grader.training.network import drawn

    model.set_weights(drawn(recipe, 7))
    x, y = prepared(model)
    model.fit(x[:64], y[:64], batch_size=64, epochs=1, shuffle=False, verbose=0)
    for one, other in zip(Trainer(recipe, DATA).train(7).weights, model.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-6, atol=6e-7)


def agree(model: keras.Model, **options: object) -> None:
    ours, theirs, (result, history) = both(model, **options)
    for one, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-4, atol=2e-6)
    assert result.history.keys() == history.history.keys()
    np.testing.assert_allclose(result.history["loss"], history.history["loss"], rtol=1e-4)
    np.testing.assert_allclose(result.history["accuracy"], history.history["accuracy"], atol=1.5 / ROWS)


@pytest.mark.slow
@pytest.mark.parametrize("name", NETWORKS)
def test_every_kind_of_layer_is_trained_as_keras_does(name: str) -> None:
    agree(compiled(NETWORKS[name]()))


@pytest.mark.slow
@pytest.mark.parametrize(
    "model",
    [
        *(pytest.param(lambda name=name: compiled(NETWORKS[name]()), id=name) for name in NETWORKS),
        *(
            pytest.param(lambda name=name: compiled(dense(), OPTIMIZERS[name]()), id=name)
            for name in OPTIMIZERS
        ),
        *(
            pytest.param(lambda loss=loss: compiled(dense(), "sgd", loss), id=str(loss)[:40])
            for loss in LOSSES
        ),
    ],
)
def test_one_step_is_the_same_to_a_millionth(model: object) -> None:
    one_step_agrees(model())


@pytest.mark.slow
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimizer_steps_as_keras_does(name: str) -> None:
    agree(compiled(dense(), OPTIMIZERS[name]()), epochs=2)


@pytest.mark.slow
@pytest.mark.parametrize("loss", LOSSES, ids=str)
def test_every_loss_is_that_of_keras(loss: object) -> None:
    agree(compiled(dense(), "sgd", loss))


@pytest.mark.slow
def test_the_same_seed_gives_the_same_network_and_another_one_another() -> None:
    model = compiled(dense(L.Dropout(0.3)), "adam")
    recipe, _ = recipe_of(request(model, shuffle=True, epochs=2), TOTAL)
    trainer = Trainer(recipe, DATA)
    one, again, other = trainer.train(1), trainer.train(1), trainer.train(2)
    assert all(map(np.array_equal, one.weights, again.weights))
    assert not np.array_equal(one.weights[0], other.weights[0])
    elsewhere = Trainer(recipe, DATA).train(1)
    assert all(map(np.array_equal, one.weights, elsewhere.weights))


@pytest.mark.slow
def test_a_second_fit_goes_on_from_the_first() -> None:
    model = compiled(dense(L.Dropout(0.3)), "adam")
    whole = Trainer(recipe_of(request(model, epochs=3), TOTAL)[0], DATA).train(5)
    first = Trainer(recipe_of(request(model, epochs=1), TOTAL)[0], DATA).train(5)
    rest = Trainer(recipe_of(request(model, epochs=3, initial_epoch=1), TOTAL)[0], DATA)
    second = rest.train(5, first)
    assert all(map(np.array_equal, whole.weights, second.weights))
    assert int(second.optimizer[0]) == 3 * 6
    fresh = rest.train(5, first, same_optimizer=False)
    assert not np.array_equal(fresh.weights[0], second.weights[0])


@pytest.mark.slow
def test_early_stopping_stops_and_restores_and_enough_is_enough() -> None:
    model = compiled(dense(), "adam")
    stopping = {
        "kind": "EarlyStopping", "monitor": "loss", "patience": 0, "min_delta": 10.0, "baseline": None,
        "restore_best_weights": False, "start_from_epoch": 0, "mode": "auto",
    }  # fmt: skip
    stopped = Trainer(recipe_of(request(model, epochs=9, callbacks=[stopping]), TOTAL)[0], DATA).train(1)
    assert stopped.epochs == (0, 1)
    assert stopped.callbacks[0]["stopped_epoch"] == 1
    trainer = Trainer(recipe_of(request(model, epochs=9), TOTAL)[0], DATA)
    cut = trainer.train(1, enough=0.2)
    assert not cut.finished
    assert stopped.finished
    assert cut.best >= 0.2 > max((*cut.accuracy[:-1], 0))


@pytest.mark.slow
def test_our_accuracy_is_that_of_the_test_images_prepared_alike() -> None:
    model = compiled(dense(), "adam")
    recipe, _ = recipe_of(
        request(model, epochs=4, images={**request(model)["images"], "rows": np.arange(TRAIN)}), TOTAL
    )
    result = Trainer(recipe, DATA).train(1)
    model.set_weights(list(result.weights))
    x = DATA.arrays["x_test"].reshape(-1, 784) / 255
    _, theirs = model.evaluate(x, np.eye(10)[DATA.arrays["y_test"]], verbose=0)
    assert result.last == pytest.approx(theirs, abs=1e-6)
    assert result.best > 0.5


def refused(**options: object) -> str:
    model = compiled(dense())
    with pytest.raises(BadRecipe) as bad:
        recipe_of(request(model, **options), TOTAL)
    return str(bad.value)


def test_a_recipe_names_official_rows_and_built_in_things_only() -> None:
    view = request(compiled(dense()))["images"]
    assert "official" in refused(images={**view, "rows": np.array([TOTAL])})
    assert "official" in refused(images={**view, "rows": np.array([-1])})
    assert "scale" in refused(images={**view, "divide": 0.0})
    assert "scale" in refused(images={**view, "divide": np.zeros(784)})
    assert "batch_size" in refused(batch_size=0)
    assert "epochs" in refused(epochs=10**6)
    assert "callback" in refused(callbacks=[{"kind": "LambdaCallback"}])
    assert "does not fit" in misfit(
        recipe_of(request(compiled(dense()), images={**view, "labels": "integers"}), TOTAL)[0], 10
    )
    network = request(compiled(dense()))["network"]
    for optimizer in (
        {"class_name": "Mine", "config": {}},
        {"class_name": "SGD", "config": {"learning_rate": []}},
    ):
        assert "optimizer" in refused(
            network={**network, "compiled": {**network["compiled"], "optimizer": optimizer}}
        )
    assert "loss" in refused(network={**network, "compiled": {**network["compiled"], "loss": "eval"}})


def test_a_loss_with_a_setting_of_its_own_is_not_taken_for_the_usual_one() -> None:
    for loss in (keras.losses.SparseCategoricalCrossentropy(ignore_class=3), keras.losses.Huber(delta=2.0)):
        with pytest.raises(BadRecipe, match="setting that is not repeated here"):
            recipe_of(request(compiled(dense(), "sgd", loss)), TOTAL)
