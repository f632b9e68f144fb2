"""`model.fit(...)` -> a request to train this network out there, and its answer put where Keras puts it.

What the request names is checked outside. A `fit` that cannot be put so raises Unsupported with the reason.
"""

from __future__ import annotations

import importlib
import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from . import as_written, asking, describe, keras2, wire
from .recognise import Official, Unknown

# What of a callback tells how it behaves, by its class; the settings of Keras's own attributes.
MONITORING = ("monitor", "patience", "min_delta")
CALLBACKS: Mapping[str, tuple[str, ...]] = {
    "EarlyStopping": (*MONITORING, "baseline", "restore_best_weights", "start_from_epoch"),
    "ReduceLROnPlateau": (*MONITORING, "factor", "cooldown", "min_lr"),
    "ModelCheckpoint": ("monitor", "save_best_only"),
    "TerminateOnNaN": (),
}
WITHOUT_EFFECT = ("History", "ProgbarLogger", "TensorBoard", "CSVLogger")
GIVEN_BACK = ("best", "best_epoch", "stopped_epoch", "wait")
PLAIN = {"verbose", "validation_batch_size", "validation_freq"}
KNOWN = PLAIN | {
    *("x", "y", "batch_size", "epochs", "callbacks", "validation_split", "validation_data"),
    *("shuffle", "initial_epoch"),
}
ORDER = ("x", "y", "batch_size", "epochs", "verbose", "callbacks", "validation_split", "validation_data")
DEFAULT_BATCH = 32  # as Keras has it
# What is done, in order, to what a fit is asked for before it is looked at: (model, asked) -> asked.
before: list[Callable[[Any, dict[str, Any]], dict[str, Any]]] = []


class Unsupported(Exception):
    """A training that is not one that can be asked for outside; the text says why."""


class Requests:
    """The fits of one process: what is official, and which network came back from which fit."""

    def __init__(self) -> None:
        self._official: Official | None = None
        self._done: dict[int, tuple[Any, int, Any, list[Any]]] = {}

    def official(self) -> Official:
        """Return the official data. Raises wire.Refused where nobody out there has any."""
        if self._official is None:
            self._official = Official(arrays())
        return self._official

    def fit(self, model: Any, args: tuple[Any, ...], options: dict[str, Any]) -> Any:
        """Have the network trained and return its History. Raises Unsupported, wire.Refused."""
        given = {**dict(zip(ORDER, args, strict=False)), **options}
        for change in before:
            given = change(model, given)
        request = self._request(model, given)
        answer = asking.ask("fit", request)
        self._take_over(model, answer, given)
        return _history(model, answer, given)

    def _request(self, model: Any, given: dict[str, Any]) -> dict[str, Any]:
        if unknown := {name for name in given.keys() - KNOWN if given[name] is not None}:
            raise Unsupported(f"fit has {', '.join(sorted(unknown))}, which is not repeated here")
        if as_written.was_trained(model):
            raise Unsupported("it goes on from weights that were trained as written")
        if not getattr(model, "compiled", False):
            raise RuntimeError("You must call `compile()` before calling `fit()`.")
        images, labels, rows = self._training(given)
        split = given.get("validation_split") or 0.0
        validation = self._validation(given.get("validation_data"))
        if split and validation is None:
            cut = math.floor(len(rows) * (1 - split))
            validation = {**images, "rows": rows[cut:], "labels": labels}
            rows = rows[:cut]
        if not model.built:
            model.build((None, *images["shape"]))
        return {
            "network": {**describe.described(model), "weights": [], "built": False},
            "images": {**images, "rows": rows, "labels": labels},
            "validation": validation,
            "epochs": int(given.get("epochs") or 1),
            "initial_epoch": int(given.get("initial_epoch") or 0),
            "batch_size": int(given.get("batch_size") or DEFAULT_BATCH),
            "shuffle": bool(given.get("shuffle", True)),
            "callbacks": _callbacks(model, given),
            **self._before(model),
        }

    def _training(self, given: dict[str, Any]) -> tuple[dict[str, Any], str, Any]:
        try:
            seen = self.official().images(given.get("x"))
            labels = self.official().labels_as(given.get("y"), seen.rows)
        except Unknown as unknown:
            raise Unsupported(str(unknown)) from None
        return {"shape": seen.shape, "divide": seen.divide, "add": seen.add}, labels, seen.rows

    def _validation(self, data: Any) -> dict[str, Any] | None:
        if data is None:
            return None
        if not isinstance(data, (tuple, list)) or len(data) != 2:
            raise Unsupported("the validation data are no pair of arrays")
        images, labels, rows = self._training({"x": data[0], "y": data[1]})
        return {**images, "rows": rows, "labels": labels}

    def _before(self, model: Any) -> dict[str, Any]:
        """Say from which of our results the network goes on, and whether weights were put there since."""
        known, number, optimizer, weights = self._done.get(id(model), (None, -1, None, []))
        if known is not model:
            return self._from_a_copy(model)
        same = all(map(np.array_equal, model.get_weights(), weights))
        return {"continues": number, "same_optimizer": model.optimizer is optimizer, "assigned": not same}

    def _from_a_copy(self, model: Any) -> dict[str, Any]:
        """Say whether a network that is new here has the weights of one that was trained: it was loaded."""
        now = model.get_weights()
        for _, number, optimizer, weights in reversed(self._done.values()):
            if weights and len(now) == len(weights) and all(map(np.array_equal, now, weights)):
                steps = (int(np.asarray(one.iterations)) for one in (model.optimizer, optimizer))
                return {"continues": number, "same_optimizer": len(set(steps)) == 1, "assigned": False}
        return {"continues": None, "same_optimizer": False, "assigned": assigned(model)}

    def _take_over(self, model: Any, answer: Mapping[str, Any], given: dict[str, Any]) -> None:
        """Put what came back where Keras would have put it."""
        model.set_weights(answer["weights"])
        optimizer = model.optimizer
        if not optimizer.built:
            optimizer.build(model.trainable_variables)
        optimizer.iterations.assign(answer["iterations"])
        for callback, state in zip(_listed(given), answer["callbacks"], strict=True):
            for name, value in state.items():
                if name in GIVEN_BACK:
                    setattr(callback, name, value)
            _save(model, callback, state, answer)
        self._done[id(model)] = (model, answer["number"], optimizer, model.get_weights())
        forget(model)


def arrays() -> dict[str, Any]:
    """Return the official arrays. Raises wire.Refused."""
    given: dict[str, Any] = asking.ask("data", None)
    return given


def _listed(given: dict[str, Any]) -> list[Any]:
    """Return the callbacks that do something."""
    return [one for one in _all_callbacks(given) if type(one).__name__ not in WITHOUT_EFFECT]


def _all_callbacks(given: dict[str, Any]) -> list[Any]:
    """Return the callbacks as a list: Keras takes one alone as well."""
    callbacks = given.get("callbacks") or []
    return list(callbacks) if isinstance(callbacks, (list, tuple)) else [callbacks]


def _callbacks(model: Any, given: dict[str, Any]) -> list[dict[str, Any]]:
    keras: Any = importlib.import_module("keras")
    found = []
    for callback in _listed(given):
        kind = type(callback).__name__
        if type(callback) is not getattr(keras.callbacks, kind, None):
            raise Unsupported(f"the callback {kind} is one of its own kind")
        if kind == "LearningRateScheduler":
            found.append({"kind": kind, "rates": _rates(model, callback, given)})
        elif kind in CALLBACKS:
            settings = {name: _setting(callback, name) for name in CALLBACKS[kind]}
            found.append({"kind": kind, **settings, "mode": _mode(callback)})
        else:
            raise Unsupported(f"the callback {kind} is not repeated here")
    return found


def _setting(callback: Any, name: str) -> Any:
    value = getattr(callback, name)
    return abs(value) if name == "min_delta" else value


def _mode(callback: Any) -> str:
    if getattr(callback, "mode", "auto") in {"min", "max"}:
        return str(callback.mode)
    return "auto"


def _rates(model: Any, callback: Any, given: dict[str, Any]) -> list[float]:
    """Return the rate of each epoch: the schedule is the student's function, and is called in here."""
    rate, rates = float(np.asarray(model.optimizer.learning_rate)), []
    for epoch in range(int(given.get("initial_epoch") or 0), int(given.get("epochs") or 1)):
        try:
            rate = float(callback.schedule(epoch, rate))
        except TypeError:
            rate = float(callback.schedule(epoch))
        rates.append(rate)
    return rates


def _save(model: Any, callback: Any, state: Mapping[str, Any], answer: Mapping[str, Any]) -> None:
    """Write the file that a ModelCheckpoint would have written last."""
    if type(callback).__name__ != "ModelCheckpoint" or "saved_epoch" not in state:
        return
    at = answer["epochs"].index(state["saved_epoch"])
    logs = {name: values[at] for name, values in answer["history"].items()}
    path = str(callback.filepath).format(epoch=state["saved_epoch"] + 1, **logs)
    model.set_weights(answer["checkpoint"])
    (model.save_weights if callback.save_weights_only else model.save)(path)
    model.set_weights(answer["weights"])


def _history(model: Any, answer: Mapping[str, Any], given: dict[str, Any]) -> Any:
    keras: Any = importlib.import_module("keras")
    history = next((one for one in _all_callbacks(given) if type(one).__name__ == "History"), None)
    history = history or keras.callbacks.History()
    history.set_model(model)
    history.on_train_begin()
    history.params = {"verbose": 0, "epochs": given.get("epochs") or 1, "steps": None}
    history.epoch = list(answer["epochs"])
    for name, values in answer["history"].items():
        history.history[name] = list(values)
    model.history = history
    if given.get("verbose", 1) not in {0, "0"}:
        _print(answer, int(given.get("epochs") or 1))
    return history


def _print(answer: Mapping[str, Any], epochs: int) -> None:
    for index, epoch in enumerate(answer["epochs"]):
        told = " - ".join(f"{name}: {values[index]:.4f}" for name, values in answer["history"].items())
        print(f"Epoch {epoch + 1}/{epochs}\n{told}")  # noqa: T201 (as Keras does)


# ---- weights that the student's code put in place ---------------------------------------------

_assigned: dict[int, Any] = {}


def watch() -> None:
    """Notice from now on which variables are given a value by hand."""
    variables: Any = importlib.import_module("keras.src.backend.common.variables")
    assign = variables.Variable.assign

    def noticed(self: Any, value: Any) -> Any:
        _assigned[id(self)] = self
        return assign(self, value)

    variables.Variable.assign = noticed


def assigned(model: Any) -> bool:
    """Return whether a weight of the network was given a value by hand."""
    return any(_assigned.get(id(weight)) is weight for weight in model.trainable_weights)


def forget(model: Any) -> None:
    """Take the weights of the network for ours."""
    for weight in model.weights:
        _assigned.pop(id(weight), None)


def replacement(names: Mapping[str, str], left: type[BaseException]) -> Callable[..., Any]:
    """Return what stands for `Model.fit`; `names` are old keywords, `left` says that nothing was trained."""
    requests = Requests()
    original: Any = importlib.import_module("keras").Model.fit

    def fit(self: Any, *args: Any, **options: Any) -> Any:
        given = keras2.renamed(options, names)
        try:
            requests.official()
        except wire.Refused:
            raise left from None
        try:
            return requests.fit(self, args, given)
        except Unsupported as reason:
            why = str(reason)
        except (wire.Refused, wire.NotPlain) as reason:
            raise left(str(reason)) from None
        try:
            return as_written.train(self, why, lambda: original(self, *args, **given))
        except wire.Refused as reason:
            raise left(f"{why}; {reason}") from None

    return fit


def on_batches(left: type[BaseException]) -> Callable[..., Any]:
    """Return what stands for `Model.train_on_batch`."""
    original: Any = importlib.import_module("keras").Model.train_on_batch
    why = "it calls train_on_batch"

    def train_on_batch(self: Any, *args: Any, **options: Any) -> Any:
        try:
            return as_written.train(self, why, lambda: original(self, *args, **options), shown=False)
        except wire.Refused as reason:
            raise left(f"{why}; {reason}") from None

    return train_on_batch
