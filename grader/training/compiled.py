"""what a network was compiled with, as a runner tells it -> optimizer, loss and metrics, all Keras's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Config = Mapping[str, Any]
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


class BadRecipe(Exception):
    """A training that is not one that we repeat; the text is a sentence that says why."""


def optimizer_of(told: Any) -> Config:
    """Return an optimizer's class and settings. Raises BadRecipe."""
    if isinstance(told, str):
        named = {name.lower(): name for name in OPTIMIZERS}.get(told.lower())
        told = {"class_name": named, "config": {}}
    if not isinstance(told, dict) or told.get("class_name") not in OPTIMIZERS or _is_own(told):
        raise BadRecipe("the optimizer is none that is built into Keras")
    config = told.get("config") or {}
    settings = {key: _setting(key, config[key]) for key in config if key != "name"}
    return {"class_name": told["class_name"], "config": settings}


def _is_own(told: Config) -> bool:
    """Return whether Keras wrote down a class that is not its own: such a one has been given a name there."""
    return told.get("registered_name") not in {None, "function"}


def _setting(name: str, value: Any) -> Any:
    """Return an optimizer's setting: a number, a text, or a learning rate that Keras has a schedule for."""
    if value is None or isinstance(value, bool | int | float) or (isinstance(value, str) and len(value) < 60):
        return value
    if isinstance(value, dict) and name == "learning_rate" and value.get("class_name") in SCHEDULES:
        inner = value.get("config") or {}
        if all(is_plain(one) for one in inner.values()):
            return {
                "module": "keras.optimizers.schedules",
                "class_name": value["class_name"],
                "config": inner,
            }
    raise BadRecipe(f"the optimizer's {str(name)[:40]} is nothing built in")


def is_plain(value: Any) -> bool:
    """Return whether a setting is a number, a text or a list of them."""
    values = value if isinstance(value, list) else [value]
    return all(one is None or isinstance(one, bool | int | float | str) for one in values)


def loss_of(told: Any) -> Config:
    """Return a loss by its name, with what is set in it. Raises BadRecipe."""
    config: Mapping[str, Any] = {}
    if isinstance(told, dict):
        if _is_own(told):
            raise BadRecipe("the loss is one of its own kind")
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


def metrics_of(told: Any) -> tuple[str, ...]:
    """Return the names of accuracies. Raises BadRecipe."""
    listed = told if isinstance(told, list) else [] if told is None else [told]
    if len(listed) == 1 and isinstance(listed[0], list):  # a list for each of the network's one output
        listed = listed[0]
    names = []
    for one in listed:
        name = one
        if isinstance(one, dict) and "class_name" not in one:
            raise BadRecipe("the metrics are given by the names of outputs")
        if isinstance(one, dict):
            if _is_own(one):
                raise BadRecipe("there is a metric of its own kind")
            name = (
                (one.get("config") or {}).get("name")
                if isinstance(one.get("config"), dict)
                else one.get("config")
            )
        if name not in ACCURACIES:
            raise BadRecipe(f"the metric {str(name)[:40]} is none that is repeated here")
        names.append(str(name))
    return tuple(names)
