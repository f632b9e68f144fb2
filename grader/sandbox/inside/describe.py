"""a Keras model -> plain data that tells what it is made of.

Student code runs beside this and may lie about everything: what comes out is data, which
grader/sandbox/models.py checks before anybody believes it.
"""

from __future__ import annotations

import numbers
import sys
import types
from collections.abc import Mapping
from typing import Any

from . import wire

MAX_DEPTH = 24  # of a config: a network in a network in a network, and the wire's own limit
WHY = 200  # characters of an error
KERAS_MODELS = {"Sequential", "Functional", "Model"}
RENAMED = {"softmax_v2": "softmax"}  # tf.nn.softmax by its own name, where Keras does not know its function


def described(value: Any) -> dict[str, Any]:
    """Return a Keras model as plain data: its kind, config, weights, layers and what it is compiled with.

    `config` is None, and `why` says why, where Keras cannot write one, as for a lambda. `weights` has the
    arrays of `get_weights()` in their order. Raises wire.NotPlain, with what it is instead.
    """
    keras: Any = sys.modules.get("keras")
    if keras is None or not isinstance(value, keras.Model):
        raise wire.NotPlain(f"{_kind_of(value)}, not a Keras model")
    config, why = _config(value)
    built = bool(value.built)
    return {
        "kind": _class_of(value),
        "name": str(value.name),
        "config": config,
        "why": why,
        "built": built,
        "weights": value.get_weights() if built else [],
        "layers": [_layer(layer) for layer in value.layers],
        "compiled": _compiled(value),
    }


def model_in(value: Any) -> Any:
    """Return the one Keras model of what a function returned: itself, in a tuple, or a History's."""
    keras: Any = sys.modules.get("keras")
    several = list(value) if isinstance(value, (tuple, list)) else [value]
    if keras is None:
        return value
    histories = keras.callbacks.History
    models = [one.model if isinstance(one, histories) else one for one in several]
    found = {id(model): model for model in models if isinstance(model, keras.Model)}
    return next(iter(found.values())) if len(found) == 1 else value


def _kind_of(value: Any) -> str:
    if value is None:
        return "None"
    if isinstance(value, numbers.Number):
        return "a number"
    known: dict[type, str] = {str: "a text", list: "a list", tuple: "a tuple", dict: "a dict"}
    for kind, name in known.items():
        if isinstance(value, kind):
            return name
    return "an array" if type(value).__name__ == "ndarray" else wire.kind_of(value)


def _config(model: Any) -> tuple[Any, str]:
    """Return the model's config, or None and whatever hindered Keras, with the layer that it came from."""
    try:
        return _plain(model.get_config()), ""
    except Exception as error:  # noqa: BLE001 (a student's layer may raise anything)
        why = _error(error)
    for layer in model.layers:
        try:
            layer.get_config()
        except Exception as error:  # noqa: BLE001 (as above)
            return None, f"layer `{layer.name}`: {_error(error)}"
    return None, why


def _error(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:WHY]


def _layer(layer: Any) -> dict[str, Any]:
    return {
        "name": str(layer.name),
        "kind": type(layer).__name__,
        "module": type(layer).__module__,
        "weights": len(layer.weights),
        "parameters": int(layer.count_params()) if layer.built else 0,
        "trainable": bool(layer.trainable),
        "output_shape": _output_shape(layer),
    }


def _output_shape(layer: Any) -> Any:
    """Return the shape of what a layer gives, None where it has not been connected to anything."""
    try:
        return _plain(layer.output.shape)
    except (AttributeError, ValueError):
        return None


def _compiled(model: Any) -> dict[str, Any] | None:
    """Return what the model was compiled with; None for one that was not."""
    if not getattr(model, "compiled", False):
        return None
    try:
        config = model.get_compile_config()
    except Exception:  # noqa: BLE001 (a loss or metric of the student's own, which Keras cannot write down)
        config = {"optimizer": model.optimizer, "loss": model.loss}
    if isinstance(model.loss, types.FunctionType) and (own := _own(model.loss)):
        config = {**config, "loss": own}
    return {key: _plain(config.get(key)) for key in ("optimizer", "loss", "metrics")}


def _class_of(model: Any) -> str:
    """Return the name of a model's class: one of its own that is called as Keras's is told from that."""
    name = type(model).__name__
    return f"own {name}" if name in KERAS_MODELS and _own(type(model)) else name


def _own(thing: Any) -> str:
    """Return what to call a class or function that is not Keras's, whatever its name is; '' for Keras's."""
    home = str(getattr(thing, "__module__", ""))
    return "" if home.partition(".")[0] == "keras" else f"{thing.__name__} of its own"


def _plain(value: Any, depth: int = 0) -> Any:
    """Return a config with nothing but plain data in it; what else there was is only named."""
    if depth > MAX_DEPTH:
        raise wire.NotPlain(f"a network nested more than {MAX_DEPTH} deep")
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, Mapping):
        if value.get("class_name") == "function" and value.get("config") in RENAMED:
            return RENAMED[value["config"]]
        return {str(key): _plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item, depth + 1) for item in value]
    if type(value).__module__ == "numpy":
        return value.item() if getattr(value, "ndim", 1) == 0 else value
    name = getattr(value, "__name__", None) or type(value).__name__
    return {"module": str(type(value).__module__), "class_name": str(name), "config": None}
