"""what a runner says of a Keras model -> Model, or Forbidden.

Nothing here is deserialised, and what could run code when somebody does that later is refused: a config holds
the layers of built_in.KINDS, built-in names and plain settings, and nothing else. Weights are counted here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.sandbox.built_in import KINDS, NETWORKS, Config, Shapes
from grader.sandbox.settings import MOST_CONSTANTS, Forbidden, constants, lists, name_of, settings, text_of

MAX_DEPTH, MAX_ENTRIES, MAX_TEXT, MAX_LAYERS = 24, 50_000, 200, 1000
MAX_WEIGHTS = 512 << 20  # bytes
# Of a layer, what is kept. A `build_config` is not: who builds the model builds it from its input alone.
KEPT = ("module", "class_name", "config", "registered_name", "name", "inbound_nodes")


@dataclass(frozen=True)
class Layer:
    """A layer: its settings, and its weights in the order of `get_weights()`.

    `parameters` is the number of values in them; `output_shape` is what the student's side said, if it did.
    """

    kind: str
    name: str
    config: Config
    weights: tuple[np.ndarray[Any, Any], ...]
    parameters: int
    output_shape: tuple[int | None, ...] | None
    trainable: bool


@dataclass(frozen=True)
class Model:
    """A network of built-in layers. An unbuilt one may claim sizes that nobody has paid for.

    `config` is what Keras calls the config; `compiled` is told by the student's side and plain, no more.
    """

    kind: str
    name: str
    layers: tuple[Layer, ...]
    weights: tuple[np.ndarray[Any, Any], ...]
    config: Config
    built: bool
    compiled: Config | None

    @property
    def parameters(self) -> int:
        """The number of values in all weights, trainable or not."""
        return sum(int(array.size) for array in self.weights)


def model(data: object) -> Model:
    """Return the network that inside/describe.py told of. Raises Forbidden for all but built-in layers."""
    if not isinstance(data, dict):
        raise Forbidden("What came is no description of a network.")
    told = _told(data.get("layers"))
    kind, built, weights = text_of(data, "kind"), data.get("built") is True, _weights(data.get("weights"))
    if kind not in NETWORKS:
        raise Forbidden(
            f"The network is of a class of its own, {name_of(kind)}: only Sequential and Model are read."
        )
    if not isinstance(data.get("config"), dict):
        _blame(told.values())
        raise Forbidden(f"The network cannot be written down: {str(data.get('why'))[:MAX_TEXT]}.")
    config = network(_plain(data["config"]))
    if len(set(constants(config))) > MOST_CONSTANTS:
        raise Forbidden(
            f"The network has more than {MOST_CONSTANTS} different numbers in its initialisers, "
            "constraints and scales: they could be weights."
        )
    rest = iter(weights)
    layers = tuple(_layer(layer, told, rest, built) for layer in config["layers"])
    if next(rest, None) is not None:
        raise Forbidden("The network has more weights than its layers.")
    compiled = data.get("compiled")
    compiled = _plain(compiled) if isinstance(compiled, dict) else None
    return Model(kind, text_of(config, "name"), layers, weights, config, built, compiled)


def _told(entries: object) -> dict[str, dict[str, Any]]:
    """Return what was said of each layer, by its name."""
    if not isinstance(entries, list) or len(entries) > MAX_LAYERS:
        raise Forbidden(f"The network has no list of up to {MAX_LAYERS} layers.")
    return {str(entry.get("name")): entry for entry in entries if isinstance(entry, dict)}


def _blame(told: Iterable[dict[str, Any]]) -> None:
    for entry in told:
        kind = text_of(entry, "kind")
        if kind not in {*KINDS, *NETWORKS} or not text_of(entry, "module").startswith("keras."):
            raise _not_built_in(text_of(entry, "name"), kind)


def _not_built_in(name: str, kind: object) -> Forbidden:
    return Forbidden(
        f"Layer {name_of(name)} is a {name_of(kind)}, which is none of the built-in layers read here."
    )


def _weights(arrays: object) -> tuple[np.ndarray[Any, Any], ...]:
    if not isinstance(arrays, list) or not all(
        type(array) is np.ndarray and array.dtype.kind == "f" for array in arrays
    ):
        raise Forbidden("The weights are no list of arrays of floats.")
    if sum(array.nbytes for array in arrays) > MAX_WEIGHTS:
        raise Forbidden(f"The weights take more than {MAX_WEIGHTS >> 20} MB.")
    return tuple(arrays)


def _plain(value: object) -> Any:
    """Return a copy of a config, tuples as lists. Raises Forbidden where it is too large or not plain."""
    left = [MAX_ENTRIES]

    def copied(item: object, depth: int) -> Any:
        left[0] -= 1
        if depth > MAX_DEPTH or left[0] < 0:
            raise Forbidden("The network's settings are nested too deeply or too many.")
        if item is None or isinstance(item, bool | int | float):
            return item
        if isinstance(item, str) and len(item) <= MAX_TEXT:
            return item
        if isinstance(item, list | tuple):
            return [copied(one, depth + 1) for one in item]
        if isinstance(item, dict):
            return {copied(key, depth + 1): copied(one, depth + 1) for key, one in item.items()}
        what = "a function of its own, or a long text," if isinstance(item, str) else "an array"
        raise Forbidden(f"The network has {what} among its settings.")

    return copied(value, 0)


def network(config: dict[str, Any]) -> dict[str, Any]:
    """Return a network's config with its layers checked, of networks inside it too. Raises Forbidden."""
    layers = config.get("layers")
    if not isinstance(layers, list) or not 0 < len(layers) <= MAX_LAYERS:
        raise Forbidden(f"The network does not have between 1 and {MAX_LAYERS} layers.")
    rest = {key: value for key, value in config.items() if key != "layers"}
    settings("the network", rest)
    return {**rest, "layers": [_checked(layer) for layer in layers]}


def _checked(layer: object) -> dict[str, Any]:
    if not isinstance(layer, dict) or not isinstance(layer.get("config"), dict):
        raise Forbidden("The network has a layer without settings.")
    config, kind = layer["config"], text_of(layer, "class_name")
    name = text_of(config, "name")
    if not name:
        raise Forbidden("The network has a layer without a name.")
    is_network = kind in NETWORKS
    homes = {"keras", "keras.models"} if is_network else {"keras.layers"}
    if (
        kind not in {*KINDS, *NETWORKS}
        or text_of(layer, "module") not in homes
        or layer.get("registered_name")
    ):
        raise _not_built_in(name, kind)
    if is_network:
        config = network(config)
    else:
        settings(f"layer `{name[:60]}`", config)
        lists(f"layer `{name[:60]}`", kind, config)
    settings(f"layer `{name[:60]}`", {"inbound_nodes": layer.get("inbound_nodes")})
    return {**{key: layer[key] for key in KEPT if key in layer}, "config": config}


def _layer(layer: dict[str, Any], told: dict[str, dict[str, Any]], rest: Iterator[Any], built: bool) -> Layer:
    """Return a layer with its share of the weights, which must have the shapes that its settings tell."""
    kind, config = layer["class_name"], layer["config"]
    name = config["name"]
    expected = list(_shapes(kind, config)) if built else []
    weights = tuple(array for _, array in zip(expected, rest, strict=False))
    if len(weights) < len(expected) or not all(map(_fits, weights, expected)):
        raise Forbidden(f"The weights of layer `{name[:60]}` do not fit its settings.")
    parameters = sum(int(array.size) for array in weights)
    shape = _shape(told.get(name, {}).get("output_shape"))
    return Layer(kind, name, config, weights, parameters, shape, config.get("trainable") is not False)


def _fits(array: np.ndarray[Any, Any], shape: tuple[int | None, ...] | None) -> bool:
    if shape is None:
        return True
    return array.ndim == len(shape) and all(
        size in (None, there) for size, there in zip(shape, array.shape, strict=True)
    )


def _shape(value: object) -> tuple[int | None, ...] | None:
    if not isinstance(value, list | tuple):
        return None
    return tuple(value) if all(size is None or type(size) is int for size in value) else None


def _shapes(kind: str, config: Config) -> Shapes:
    if kind in NETWORKS:
        return [
            shape for layer in config["layers"] for shape in _shapes(layer["class_name"], layer["config"])
        ]
    try:
        return KINDS[kind](config)
    except (KeyError, TypeError):
        raise Forbidden(f"Layer `{config['name'][:60]}` lacks a setting that every {kind} has.") from None
