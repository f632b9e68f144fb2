"""Recipe, seed -> a Keras network whose weights nobody but us has drawn, compiled and made fast."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from grader.training.recipe import Recipe

ONE_CORE = 1  # a trainer is one process of many: all cores are busy with different students


def quiet() -> None:
    """Keep TensorFlow to one core and off any graphics card, before it has done anything."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    with _unheard():
        import tensorflow as tf

    tf.get_logger().setLevel("ERROR")
    try:
        tf.config.threading.set_intra_op_parallelism_threads(ONE_CORE)
        tf.config.threading.set_inter_op_parallelism_threads(ONE_CORE)
        tf.config.set_visible_devices([], "GPU")
    except RuntimeError:  # it has started already: this is not a process of ours alone
        return


@contextmanager
def _unheard() -> Iterator[None]:
    """Keep the error stream still: no setting keeps back what TensorFlow's libraries print as they load."""
    if "tensorflow" in sys.modules:
        yield
        return
    kept = os.dup(2)
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def network(recipe: Recipe, seed: int) -> Any:
    """Return the network with weights drawn from its initialisers and `seed`, built and compiled."""
    import keras

    keras.utils.set_random_seed(seed)
    model = untrained(recipe)
    model.compile(
        optimizer=keras.optimizers.deserialize(dict(recipe.optimizer)), loss="mse", jit_compile=False
    )
    model.optimizer.build(model.trainable_variables)
    return model


def untrained(recipe: Recipe) -> Any:
    """Return the network as its config describes it, built and not compiled."""
    import keras

    kind = keras.Sequential if recipe.kind == "Sequential" else keras.Model
    model = kind.from_config(unseeded(recipe.network))
    if not model.built:
        model.build((None, *recipe.images.shape))
    return model


def drawn(recipe: Recipe, seed: int) -> list[np.ndarray[Any, Any]]:
    """Return initial weights alone, in the order of `get_weights`."""
    weights: list[np.ndarray[Any, Any]] = network(recipe, seed).get_weights()
    return weights


def unseeded(config: Any) -> Any:
    """Return a config without the seeds that a student chose, and with loops as loops.

    A recurrent layer that is unrolled computes the same, and takes minutes to be written out.
    """
    if isinstance(config, dict):
        changed = {"seed": None, "unroll": False}
        return {key: changed[key] if key in changed else unseeded(value) for key, value in config.items()}
    if isinstance(config, list | tuple):
        return [unseeded(one) for one in config]
    return config


def loss_of(recipe: Recipe) -> Any:
    """Return the mean loss of a batch as a function of labels and what the network says."""
    import keras

    name, settings = recipe.loss["name"], {}
    if "crossentropy" in name:
        settings["from_logits"] = recipe.loss["from_logits"]
    if recipe.loss["label_smoothing"] and name != "sparse_categorical_crossentropy":
        settings["label_smoothing"] = recipe.loss["label_smoothing"]
    kind = "".join(word.capitalize() for word in name.split("_")).replace("Kl", "KL")
    return getattr(keras.losses, kind)(**settings)
