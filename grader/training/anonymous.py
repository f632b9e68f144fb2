"""a network's config -> the same with its layers named by their place, so that equal networks are equal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Config = Mapping[str, Any]
WIRES = ("keras_history", "input_layers", "output_layers")  # lists in which layers stand by their name


def anonymous(config: Config) -> Config:
    """Return a config without the names that Keras counts up, or that somebody chose."""
    names = {name: f"layer_{number}" for number, name in enumerate(dict.fromkeys(_names(config)))}
    renamed: Config = _renamed(config, names)
    return {**renamed, "name": "network"}


def _names(config: Config) -> Iterator[str]:
    for layer in config["layers"]:
        yield layer["config"].get("name") or layer.get("name") or ""
        if "layers" in layer["config"]:
            yield from _names(layer["config"])


def _renamed(value: Any, names: Mapping[str, str], *, wire: bool = False) -> Any:
    if isinstance(value, Mapping):
        return {
            key: names.get(item, item)
            if key == "name" and isinstance(item, str)
            else _renamed(item, names, wire=key in WIRES)
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [_renamed(item, names, wire=wire) for item in value]
    return names.get(value, value) if wire and isinstance(value, str) else value
