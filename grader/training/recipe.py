"""what a runner says that `fit` was asked for -> Recipe: official rows and built-in names, no more."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.sandbox.models import Model
from grader.sandbox.models import model as model_of
from grader.sandbox.settings import Forbidden
from grader.training.anonymous import anonymous
from grader.training.compiled import (
    CLASSES,
    SPARSE,
    BadRecipe,
    Config,
    is_plain,
    loss_of,
    metrics_of,
    optimizer_of,
)

MOST_EPOCHS, MOST_ROWS, PIXELS = 1000, 1 << 20, 28 * 28
CALLBACKS = {
    "EarlyStopping",
    "ReduceLROnPlateau",
    "ModelCheckpoint",
    "TerminateOnNaN",
    "LearningRateScheduler",
}


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
        for view in (self.images, self.validation):  # each with its length: else rows could change sides
            rows = np.array([], np.int32) if view is None else view.rows
            digest.update(f"{len(rows)}\n".encode() + rows.astype("<i4").tobytes())
        digest.update(json.dumps(_plain(self), sort_keys=True).encode())
        return digest.hexdigest()


def recipe_of(asked: Mapping[str, Any], total: int) -> tuple[Recipe, Model]:
    """Check a request against `total` official images; return it, and the network it is about.

    Raises BadRecipe. Whoever asks may have made the request up, so that anything may stand anywhere in it.
    """
    try:
        found = _recipe_of(asked, total)
        found[0].key()  # which only plain data have
    except Forbidden as forbidden:
        raise BadRecipe(str(forbidden)) from None
    except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError) as fault:
        raise BadRecipe(
            f"the training is not described in a way that is understood: {fault!r:.100}"
        ) from None
    return found


def _recipe_of(asked: Mapping[str, Any], total: int) -> tuple[Recipe, Model]:
    model = model_of(asked.get("network"))
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
    optimizer, loss = optimizer_of(told.get("optimizer")), loss_of(told.get("loss"))
    return model.kind, anonymous(model.config), optimizer, loss, metrics_of(told.get("metrics"))


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
    if rows.size > total:
        raise BadRecipe("there are more images than the official ones: some come again and again")
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


def _callbacks(told: Any) -> tuple[Config, ...]:
    if not isinstance(told, list) or len(told) > 20:
        raise BadRecipe("the callbacks are no list")
    for one in told:
        if (
            not isinstance(one, dict)
            or one.get("kind") not in CALLBACKS
            or not all(map(is_plain, one.values()))
        ):
            raise BadRecipe("there is a callback that is not repeated here")
    return tuple(told)
