"""a network's config -> its hidden units, the layers that are not allowed."""

from collections.abc import Collection, Mapping, Sequence
from math import prod
from typing import Any

UNITS = (100, 200, 1000)  # hidden ones of 2D, 2E and 2F, by which their checks are named


def layers(config: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the layers of a network, those of networks inside it too, in their order; an input is none."""
    found: list[Mapping[str, Any]] = []
    for layer in config["layers"]:
        found += layers(layer["config"]) if "layers" in layer["config"] else [layer]
    return [layer for layer in found if layer["class_name"] != "InputLayer"]


def hidden_units(built: Sequence[tuple[str, tuple[int, ...]]], digits: int = 10) -> list[int]:
    """Return the hidden units of each layer of a network as it is built, (kind, output shape): 0 for most.

    A dense layer on several rows has its units in each. The last one is the output, if it tells the digits
    apart.
    """
    units = [prod(shape) if kind == "Dense" else 0 for kind, shape in built]
    dense = [place for place, (kind, _) in enumerate(built) if kind == "Dense"]
    if dense and built[dense[-1]][1] == (digits,):
        units[dense[-1]] = 0
    return units


def not_allowed(
    config: Mapping[str, Any], allowed: Collection[str], activations: Collection[str]
) -> list[str]:
    """Name the kinds of layers, and the activations, that are not among those given."""
    wrong = []
    for layer in layers(config):
        kind, activation = layer["class_name"], layer["config"].get("activation")
        name = activation.get("class_name") if isinstance(activation, Mapping) else activation
        if kind not in allowed:
            wrong.append(kind)
        elif not _is_plain_relu(layer) or not _is_plain_relu(activation):
            wrong.append("a ReLU with a slope or a limit of its own")
        elif name is not None and str(name).lower() not in activations:
            wrong.append(f"the activation {name}")
    return list(dict.fromkeys(wrong))


def _is_plain_relu(told: Any) -> bool:
    """Return whether a ReLU, a layer or an activation, is max(0, x); anything else is none."""
    if not isinstance(told, Mapping) or told.get("class_name") != "ReLU":
        return True
    config = told["config"]
    return (
        not config.get("negative_slope") and config.get("max_value") is None and not config.get("threshold")
    )


def kinds(config: Mapping[str, Any], among: Collection[str]) -> list[str]:
    """Name the kinds of layers that a network has among those given, each once."""
    found = {layer["class_name"] for layer in layers(config)}
    return [kind for kind in among if kind in found]
