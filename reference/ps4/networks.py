"""a network's config -> its hidden units, the layers that are not allowed."""

from collections.abc import Collection, Mapping
from typing import Any

UNITS = (100, 200, 1000)  # hidden ones of 2D, 2E and 2F, by which their checks are named


def layers(config: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the layers of a network, those of networks inside it too, in their order; an input is none."""
    found: list[Mapping[str, Any]] = []
    for layer in config["layers"]:
        found += layers(layer["config"]) if "layers" in layer["config"] else [layer]
    return [layer for layer in found if layer["class_name"] != "InputLayer"]


def hidden_units(config: Mapping[str, Any]) -> list[int]:
    """Return the units of each dense layer but the last, which is the output."""
    return [layer["config"]["units"] for layer in layers(config) if layer["class_name"] == "Dense"][:-1]


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
        elif name is not None and str(name).lower() not in activations:
            wrong.append(f"the activation {name}")
    return list(dict.fromkeys(wrong))


def kinds(config: Mapping[str, Any], among: Collection[str]) -> list[str]:
    """Name the kinds of layers that a network has among those given, each once."""
    found = {layer["class_name"] for layer in layers(config)}
    return [kind for kind in among if kind in found]
