"""Keras 3 -> Keras as code written for Keras 2 calls it: old modules, old keywords, old names in histories.

What was needed is noted in `notes`, each thing once: the report says so, and it costs nothing.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Any

notes: list[str] = []
# What a module of Keras 2 is called today, below `keras` and `tensorflow.keras`.
MODULES = {
    **dict.fromkeys(("utils.np_utils", "utils.generic_utils", "utils.vis_utils"), "utils"),
    **dict.fromkeys(
        (
            *(
                "layers.core",
                "layers.convolutional",
                "layers.pooling",
                "layers.normalization",
                "layers.merge",
            ),
            *("layers.recurrent", "layers.embeddings", "layers.noise", "layers.advanced_activations"),
        ),
        "layers",
    ),
}
ROOTS = ("keras", "tensorflow.keras")
WEIGHTS = {
    "init": "kernel_initializer",
    "W_regularizer": "kernel_regularizer",
    "b_regularizer": "bias_regularizer",
    "W_constraint": "kernel_constraint",
    "b_constraint": "bias_constraint",
    "bias": "use_bias",
}
WINDOW = {"border_mode": "padding", "subsample": "strides", "dim_ordering": "data_format"}
LAYERS: Mapping[str, Mapping[str, str]] = {
    "Dense": {"output_dim": "units", **WEIGHTS},
    "Conv2D": {"nb_filter": "filters", **WEIGHTS, **WINDOW},
    "MaxPooling2D": WINDOW,
    "AveragePooling2D": WINDOW,
    "Flatten": {"dim_ordering": "data_format"},
    "Dropout": {"p": "rate"},
}
OPTIMIZERS = ("SGD", "RMSprop", "Adam", "Adagrad", "Adadelta", "Adamax", "Nadam", "Ftrl")
FIT = {"nb_epoch": "epochs"}
ORDERINGS = {"th": "channels_first", "tf": "channels_last"}
HISTORIES = {"acc": "accuracy", "val_acc": "val_accuracy"}


def noted(old: str, new: str) -> None:
    """Note once that something old was taken for what it is called today."""
    line = f"written for Keras 2: `{old}` was read as `{new}`"
    if line not in notes:
        notes.append(line)


def install() -> None:
    """Make today's Keras answer to yesterday's names. Runs no TensorFlow operation."""
    keras = importlib.import_module("keras")
    for name, renamed in LAYERS.items():
        _translate(getattr(keras.layers, name), renamed)
    for name in OPTIMIZERS:
        _learn_old_rates(getattr(keras.optimizers, name), keras)
    _remember_old_keys(keras.callbacks.History)
    keras.Sequential.predict_classes = _classes
    keras.Sequential.predict_proba = _probabilities
    for root in ROOTS:
        for home in {module.partition(".")[0] for module in MODULES}:
            importlib.import_module(f"{root}.{home}").__getattr__ = _old_module(f"{root}.{home}")  # type: ignore[method-assign]
        layers = importlib.import_module(f"{root}.layers")
        layers.Convolution2D = _convolution_2d(keras.layers.Conv2D)  # type: ignore[attr-defined]
        optimizers = importlib.import_module(f"{root}.optimizers")
        for name in OPTIMIZERS:
            setattr(optimizers.legacy, name, _legacy(getattr(keras.optimizers, name)))


def target_of(module: str) -> str:
    """Return what a module of Keras 2 is called today, '' for any other name."""
    for root in ROOTS:
        today = MODULES.get(module.removeprefix(f"{root}."))
        if today and module.startswith(f"{root}."):
            return f"{root}.{today}"
    return ""


def _old_module(home: str) -> Callable[[str], Any]:
    """Return what finds `keras.utils.np_utils` for code that never imported it."""

    def found(name: str) -> Any:
        today = target_of(f"{home}.{name}")
        if not today:
            raise AttributeError(f"module '{home}' has no attribute '{name}'")
        noted(f"{home}.{name}", today)
        return importlib.import_module(today)

    return found


def renamed(given: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Return keyword arguments under today's names."""
    for old, new in names.items():
        if old in given and new not in given:
            noted(old, new)
            given[new] = given.pop(old)
    if given.get("data_format") in ORDERINGS:
        given["data_format"] = ORDERINGS[given["data_format"]]
    return given


def _translate(layer: Any, names: Mapping[str, str]) -> None:
    init = layer.__init__  # no functools.wraps: Keras reads the signature of what it finds

    def translated(self: Any, *args: Any, **given: Any) -> None:
        if "nb_row" in given and "nb_col" in given:
            noted("nb_row", "kernel_size")
            given["kernel_size"] = (given.pop("nb_row"), given.pop("nb_col"))
        init(self, *args, **renamed(given, names))

    layer.__init__ = translated


def _learn_old_rates(optimizer: Any, keras: Any) -> None:
    """Take `lr`, and `decay` as it was meant: the rate of step t is lr / (1 + decay t), as Keras 2 had it."""
    init = optimizer.__init__

    def translated(self: Any, *args: Any, **given: Any) -> None:
        given = renamed(given, {"lr": "learning_rate"})
        decay = given.pop("decay", None)
        if decay:
            noted("decay", "learning_rate=InverseTimeDecay")
            usual = 0.01 if type(self).__name__ == "SGD" else 0.001
            rate, *others = args or (given.pop("learning_rate", usual),)
            args = (keras.optimizers.schedules.InverseTimeDecay(rate, 1, decay), *others)
        init(self, *args, **given)

    optimizer.__init__ = translated


def _legacy(today: Any) -> Callable[..., Any]:
    def legacy(*args: Any, **given: Any) -> Any:
        noted(f"optimizers.legacy.{today.__name__}", f"optimizers.{today.__name__}")
        return today(*args, **given)

    return legacy


def _convolution_2d(conv: Any) -> Callable[..., Any]:
    """Return `Convolution2D`: three whole numbers were the filters, the rows and the columns of a kernel."""

    def convolution_2d(*args: Any, **given: Any) -> Any:
        if len(args) == 3 and all(isinstance(number, int) for number in args):
            noted("Convolution2D(n, rows, columns)", "Conv2D(n, (rows, columns))")
            args = (args[0], args[1:])
        return conv(*args, **given)

    return convolution_2d


class OldKeys(dict[str, Any]):
    """A history that also answers to `acc`; it has each of its keys once."""

    def __missing__(self, key: str) -> Any:
        if HISTORIES.get(key) in self:
            noted(key, HISTORIES[key])
            return self[HISTORIES[key]]
        raise KeyError(key)

    def get(self, key: str, default: Any = None) -> Any:
        """Return what stands under the key or its new name."""
        return self[key] if key in self or HISTORIES.get(key) in self else default


def _remember_old_keys(history: Any) -> None:
    init = history.__init__

    def remembering(self: Any, *args: Any, **given: Any) -> None:
        init(self, *args, **given)
        self.history = OldKeys(self.history)

    history.__init__ = remembering


def _probabilities(model: Any, x: Any, **given: Any) -> Any:
    noted("predict_proba", "predict")
    return model.predict(x, **given)


def _classes(model: Any, x: Any, **given: Any) -> Any:
    noted("predict_classes", "predict(x).argmax(-1)")
    scores = model.predict(x, **given)
    return scores.argmax(-1) if scores.shape[-1] > 1 else (scores > 0.5).astype("int32")
