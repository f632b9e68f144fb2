"""A network's config -> its hidden units, the layers that are not allowed; what 2D to 2F and 3G ask for."""

from collections.abc import Mapping
from typing import Any

UNITS = (100, 200, 1000)
MLP_THRESHOLDS = {100: 0.975, 200: 0.98, 1000: 0.983}
CNN_THRESHOLD = 0.985
CNN_EPOCHS, CNN_BATCH = 10, 32
MOST_PARAMETERS = 1_000_000  # and fewer
# Trainings from other weights that a near miss gets, and how near that is.
SEEDS, NOISE = 3, 0.003

ALLOWED = ("Dense", "Dropout", "ReLU", "Softmax")
BY_CONVENTION = ("InputLayer", "Flatten", "Rescaling", "Activation")  # accepted, and said
FUNCTIONS = ("linear", "relu", "softmax")


def layers(config: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the layers of a network, those of networks inside it too, in their order."""
    found: list[Mapping[str, Any]] = []
    for layer in config["layers"]:
        found += layers(layer["config"]) if "layers" in layer["config"] else [layer]
    return found


def hidden_units(config: Mapping[str, Any]) -> int:
    """Count the units of all dense layers but the last, which is the output."""
    return sum(
        layer["config"]["units"] for layer in layers(config) if layer["class_name"] == "Dense"
    ) - outputs(config)


def outputs(config: Mapping[str, Any]) -> int:
    """Return the units of the last dense layer, 0 where there is none."""
    dense = [layer for layer in layers(config) if layer["class_name"] == "Dense"]
    return dense[-1]["config"]["units"] if dense else 0


def not_allowed(config: Mapping[str, Any]) -> list[str]:
    """Name what 2D to 2F do not allow: kinds of layers, and activations."""
    wrong = []
    for layer in layers(config):
        kind, activation = layer["class_name"], layer["config"].get("activation")
        name = activation.get("class_name") if isinstance(activation, Mapping) else activation
        if kind not in ALLOWED + BY_CONVENTION:
            wrong.append(kind)
        elif name is not None and str(name).lower() not in FUNCTIONS:
            wrong.append(f"the activation {name}")
    return list(dict.fromkeys(wrong))


def conventions(config: Mapping[str, Any]) -> list[str]:
    """Name the kinds of layers that are accepted beside those allowed."""
    kinds = [layer["class_name"] for layer in layers(config)]
    return [kind for kind in BY_CONVENTION[1:] if kind in kinds]
