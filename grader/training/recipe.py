"""what a runner says that `fit` was asked for -> Recipe: official rows and built-in names, no more."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.sandbox.models import Forbidden, Model
from grader.sandbox.models import model as model_of
from grader.training.anonymous import anonymous

Config = Mapping[str, Any]
MOST_EPOCHS, MOST_ROWS, PIXELS = 1000, 1 << 20, 28 * 28
OPTIMIZERS = {"SGD", "RMSprop", "Adam", "AdamW", "Adagrad", "Adadelta", "Adamax", "Nadam", "Ftrl", "Lion"}
SCHEDULES = {
    *("ExponentialDecay", "InverseTimeDecay", "PiecewiseConstantDecay", "PolynomialDecay"),
    *("CosineDecay", "CosineDecayRestarts"),
}
LOSSES = {
    *("categorical_crossentropy", "sparse_categorical_crossentropy", "mean_squared_error"),
    *("mean_absolute_error", "kl_divergence", "binary_crossentropy", "categorical_hinge"),
    *("squared_hinge", "hinge", "poisson", "log_cosh", "huber", "categorical_focal_crossentropy"),
}
LOSS_SETTINGS = {  # as Keras has them, if nobody says otherwise
    "reduction": "sum_over_batch_size",
    "axis": -1,
    "ignore_class": None,
    "delta": 1.0,
    "alpha": 0.25,
    "gamma": 2.0,
}
SHORT = {"mse": "mean_squared_error", "mae": "mean_absolute_error", "kld": "kl_divergence"}
CLASSES = 10
SPARSE = "sparse_categorical_crossentropy"
ACCURACIES = {"accuracy", "acc", "categorical_accuracy", "sparse_categorical_accuracy"}
CALLBACKS = {
    "EarlyStopping",
    "ReduceLROnPlateau",
    "ModelCheckpoint",
    "TerminateOnNaN",
    "LearningRateScheduler",
}


class BadRecipe(Exception):
    """A training that is not one that we repeat; the text is a sentence that says why."""


@dataclass(frozen=True)
class View:
    """Official rows (training images, then test images) as value = pixel / divide + add, in `shape`."""

    rows: np.ndarray[Any, Any]  # int32 (n,)
    shape: tuple[int, ...]
    divide: float | tuple[float, ...]
    add: float | tuple[float, ...]
    labels: str  # "integers", "column" or "one-hot"


@dataclass(frozen=True)
class Recipe:
    """A training as plain data: what a network is made of, and what was done with which data."""

    kind: str  # "Sequential" or "Functional"
    network: Config  # Keras's config, checked
    optimizer: Config
    loss: Config  # {"name": ..., "from_logits": ..., "label_smoothing": ...}
    metrics: tuple[str, ...]
    images: View
    validation: View | None
    epochs: int
    initial_epoch: int
    batch_size: int
    shuffle: bool
    callbacks: tuple[Config, ...]

    def key(self) -> str:
        """Return what tells this recipe from others: a SHA-256."""
        digest = hashlib.sha256()
        for view in (self.images, self.validation):
            digest.update(b"none" if view is None else view.rows.astype("<i4").tobytes())
        digest.update(json.dumps(_plain(self), sort_keys=True).encode())
        return digest.hexdigest()


def recipe_of(asked: Mapping[str, Any], total: int) -> tuple[Recipe, Model]:
    """Check a request against `total` official images; return it, and the network it is about.

    Raises BadRecipe.
    """
    try:
        model = model_of(asked.get("network"))
    except Forbidden as forbidden:
        raise BadRecipe(str(forbidden)) from None
    recipe = Recipe(
        *_compiled(model),
        images=_view(asked.get("images"), total),
        validation=None if asked.get("validation") is None else _view(asked["validation"], total),
        epochs=_whole(asked, "epochs", 0, MOST_EPOCHS),
        initial_epoch=_whole(asked, "initial_epoch", 0, MOST_EPOCHS),
        batch_size=_whole(asked, "batch_size", 1, MOST_ROWS),
        shuffle=asked.get("shuffle") is True,
        callbacks=_callbacks(asked.get("callbacks")),
    )
    return recipe, model


def recipe_for(model: Model, images: View, epochs: int, batch_size: int) -> Recipe:
    """Return the recipe by which we train a network that code only compiles. Raises BadRecipe."""
    compiled = _compiled(model)
    labels = "integers" if compiled[3]["name"] == SPARSE else "one-hot"
    images = replace(images, labels=labels)
    return Recipe(*compiled, images, None, epochs, 0, batch_size, shuffle=True, callbacks=())


def _compiled(model: Model) -> tuple[str, Config, Config, Config, tuple[str, ...]]:
    """Return a network's kind, config, optimizer, loss and metrics. Raises BadRecipe."""
    if model.compiled is None:
        raise BadRecipe("the network is not compiled")
    told = model.compiled
    optimizer, loss = _optimizer(told.get("optimizer")), _loss(told.get("loss"))
    return model.kind, anonymous(model.config), optimizer, loss, _metrics(told.get("metrics"))


def misfit(recipe: Recipe, outputs: int) -> str:
    """Return why labels and loss do not go together, in a network with so many outputs; '' where they do."""
    name, labels = recipe.loss["name"], recipe.images.labels
    sparse = name == SPARSE
    if sparse == (labels == "one-hot") or (not sparse and outputs != CLASSES):
        return f"the loss {name} does not fit labels that are {labels}, with {outputs} outputs"
    return ""


def uses_test_images(recipe: Recipe, training: int) -> bool:
    """Return whether test images are among those that the network is trained on."""
    return bool((recipe.images.rows >= training).any())


def _plain(recipe: Recipe) -> dict[str, Any]:
    views = [recipe.images, recipe.validation]
    told = [None if view is None else [view.shape, view.divide, view.add, view.labels] for view in views]
    fields = ("kind", "network", "optimizer", "loss", "metrics", "epochs", "initial_epoch", "batch_size")
    rest = {name: getattr(recipe, name) for name in (*fields, "shuffle", "callbacks")}
    return {**rest, "views": told}


def _whole(asked: Mapping[str, Any], name: str, least: int, most: int) -> int:
    value = asked.get(name)
    if type(value) is not int or not least <= value <= most:
        raise BadRecipe(f"{name} is not a whole number from {least} to {most}")
    return value


def _view(data: Any, total: int) -> View:
    if not isinstance(data, dict):
        raise BadRecipe("the images are not described")
    rows, shape, labels = data.get("rows"), data.get("shape"), data.get("labels")
    if not isinstance(rows, np.ndarray) or rows.dtype.kind != "i" or not 0 < rows.size <= MOST_ROWS:
        raise BadRecipe("the rows of the images are no list of whole numbers")
    if rows.ndim != 1 or rows.min() < 0 or rows.max() >= total:
        raise BadRecipe("there are rows that the official data do not have")
    if not isinstance(shape, tuple | list) or not all(type(side) is int and side > 0 for side in shape):
        raise BadRecipe("the shape of an image is none")
    if math.prod(shape) != PIXELS or labels not in {"integers", "column", "one-hot"}:
        raise BadRecipe(f"images of {tuple(shape)} with labels {str(labels)[:40]!r} are not repeated here")
    return View(rows.astype(np.int32), tuple(shape), _scale(data, "divide"), _scale(data, "add"), labels)


def _scale(data: Mapping[str, Any], name: str) -> float | tuple[float, ...]:
    value = data.get(name)
    if type(value) is float and (name == "add" or value) and math.isfinite(value):
        return value
    if isinstance(value, np.ndarray) and value.shape == (PIXELS,) and value.dtype.kind == "f":
        each = tuple(map(float, value))
        if not any(map(math.isnan, each)) and (name == "add" or all(each)):
            return each
    raise BadRecipe(f"the scale of the pixels ({name}) is no number")


def _optimizer(told: Any) -> Config:
    if isinstance(told, str):
        named = {name.lower(): name for name in OPTIMIZERS}.get(told.lower())
        told = {"class_name": named, "config": {}}
    if (
        not isinstance(told, dict)
        or told.get("class_name") not in OPTIMIZERS
        or told.get("registered_name") not in {None, told.get("class_name")}
    ):
        raise BadRecipe("the optimizer is none that is built into Keras")
    config = told.get("config") or {}
    settings = {key: _setting(key, config[key]) for key in config if key != "name"}
    return {"class_name": told["class_name"], "config": settings}


def _setting(name: str, value: Any) -> Any:
    """Return an optimizer's setting: a number, a text, or a learning rate that Keras has a schedule for."""
    if value is None or isinstance(value, bool | int | float) or (isinstance(value, str) and len(value) < 60):
        return value
    if isinstance(value, dict) and name == "learning_rate" and value.get("class_name") in SCHEDULES:
        inner = value.get("config") or {}
        if all(_is_plain(one) for one in inner.values()):
            return {
                "module": "keras.optimizers.schedules",
                "class_name": value["class_name"],
                "config": inner,
            }
    raise BadRecipe(f"the optimizer's {str(name)[:40]} is nothing built in")


def _is_plain(value: Any) -> bool:
    values = value if isinstance(value, list) else [value]
    return all(one is None or isinstance(one, bool | int | float | str) for one in values)


def _loss(told: Any) -> Config:
    config: Mapping[str, Any] = {}
    if isinstance(told, dict):
        config = {**told["config"]} if isinstance(told.get("config"), dict) else {}
        told = (
            told.get("config")
            if told.get("class_name") == "function"
            else _snake(str(told.get("class_name")))
        )
    name = SHORT.get(str(told), str(told))
    if name not in LOSSES:
        raise BadRecipe(f"the loss {name[:40]} is none that is repeated here")
    if unusual := _unusual(name, config):
        raise BadRecipe(f"the loss has a setting that is not repeated here: {unusual[:40]}")
    from_logits = config.get("from_logits") is True
    smoothing = config.get("label_smoothing", 0.0)
    if type(smoothing) not in {int, float} or not 0 <= smoothing <= 1:
        raise BadRecipe("the loss has a label smoothing that is no share")
    return {"name": name, "from_logits": from_logits, "label_smoothing": float(smoothing)}


def _unusual(name: str, config: Config) -> str:
    """Return a setting of a loss that is not as Keras has it by itself, '' where there is none."""
    if name == "huber" and config:
        return "delta"  # which Keras does not tell
    known = {"name", "from_logits", "label_smoothing", "dtype", *LOSS_SETTINGS}
    changed = [key for key, value in config.items() if value != LOSS_SETTINGS.get(key, value)]
    return next((str(key) for key in (*changed, *config) if key in changed or key not in known), "")


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


def _metrics(told: Any) -> tuple[str, ...]:
    listed = told if isinstance(told, list) else [] if told is None else [told]
    names = []
    for one in listed:
        name = one
        if isinstance(one, dict):
            name = (
                (one.get("config") or {}).get("name")
                if isinstance(one.get("config"), dict)
                else one.get("config")
            )
        if name not in ACCURACIES:
            raise BadRecipe(f"the metric {str(name)[:40]} is none that is repeated here")
        names.append(str(name))
    return tuple(names)


def _callbacks(told: Any) -> tuple[Config, ...]:
    if not isinstance(told, list) or len(told) > 20:
        raise BadRecipe("the callbacks are no list")
    for one in told:
        if (
            not isinstance(one, dict)
            or one.get("kind") not in CALLBACKS
            or not all(map(_is_plain, one.values()))
        ):
            raise BadRecipe("there is a callback that is not repeated here")
    return tuple(told)
