"""the settings of a layer, as a runner tells them -> Forbidden for code, objects, or weights among them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from grader.sandbox.built_in import ACTIVATIONS, PARTS, Config

MAX_SIZE = 1 << 20
LONGEST_LIST, MOST_CONSTANTS = 8, 32  # numbers: of a kernel's sides or an axis; of scales and initialisers


class Forbidden(Exception):
    """The network cannot be taken over; the text is a sentence that names the layer."""


def settings(where: str, config: Config) -> None:
    """Raise Forbidden unless each setting is a number, a text, or what Keras calls by a built-in name."""
    for key, value in config.items():
        part = str(key).rpartition("_")[2]
        if part not in PARTS or value is None:
            _is_plain(where, key, value, 1 << 64 if key == "seed" else MAX_SIZE)
        elif isinstance(value, dict):
            inner = value.get("config") or {}
            if not _is_part(part, value) or not isinstance(inner, dict):
                raise _own(where, key, value)
            settings(where, inner)
        elif not isinstance(value, str) or not _is_name(part, value):
            raise _own(where, key, value)


def lists(where: str, kind: str, config: Config) -> None:
    """Raise Forbidden for lists that could hold weights: all that a layer needs are a few whole numbers."""
    for key, value in config.items():
        for item in _lists_in(value):
            numbers = list(_numbers_in(item))
            whole = all(number is None or type(number) is int for number in numbers)
            if len(numbers) > LONGEST_LIST or not whole or kind == "Rescaling":
                raise Forbidden(f"In {where}, {name_of(key)} is a list of numbers that could be weights.")


def _lists_in(value: Any) -> Iterator[list[Any]]:
    if isinstance(value, list):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _lists_in(item)


def _numbers_in(value: Any) -> Iterator[Any]:
    for item in value:
        if isinstance(item, list):
            yield from _numbers_in(item)
        else:
            yield item


def constants(config: Any, *, counts: bool = False) -> Iterator[float]:
    """Yield the numbers that a network could be told its weights by, one layer after the other."""
    if isinstance(config, dict):
        for key, value in config.items():
            here = str(key).rpartition("_")[2] in {"initializer", "constraint", "regularizer"}
            yield from constants(value, counts=counts or here or (key in {"scale", "offset"}))
    elif isinstance(config, list):
        for item in config:
            yield from constants(item, counts=counts)
    elif counts and isinstance(config, int | float) and not isinstance(config, bool):
        yield config


def _is_part(part: str, value: Config) -> bool:
    homes, names = PARTS[part]
    built_in = text_of(value, "module") in homes and text_of(value, "class_name") in names
    return built_in and not value.get("registered_name")


def _is_name(part: str, name: str) -> bool:
    """Return whether a text is a built-in name: an activation, a type, or a class as in `he_normal`."""
    if part == "activation":
        return name in ACTIVATIONS
    if part == "dtype":
        return name.isidentifier()
    return name.replace("_", "").lower() in {one.lower() for one in PARTS[part][1]}


def _own(where: str, key: object, value: object) -> Forbidden:
    return Forbidden(f"In {where}, {name_of(key)} is {name_of(_called(value))}, which is nothing built in.")


def _called(value: object) -> object:
    """Return the name of a serialised object; a function's stands in its config."""
    if not isinstance(value, dict):
        return value
    return value["config"] if isinstance(value.get("config"), str) else value.get("class_name")


def _is_plain(where: str, key: object, value: object, most: int) -> None:
    """Raise Forbidden for objects other than a Keras tensor's place and for sizes that no homework has."""
    if isinstance(value, int) and abs(value) > most:
        raise Forbidden(f"In {where}, {name_of(key)} is larger than {most}.")
    if isinstance(value, list):
        for item in value:
            _is_plain(where, key, item, most)
    if isinstance(value, dict):
        if {"class_name", "module", "registered_name"} & value.keys() and (
            value.keys() != {"class_name", "config"} or value["class_name"] != "__keras_tensor__"
        ):
            raise Forbidden(
                f"In {where}, {name_of(key)} is {name_of(_called(value))}, which is nothing built in."
            )
        for name, item in value.items():
            if name != "class_name":
                _is_plain(where, key, item, most)


def name_of(value: object) -> str:
    """Return a name to show, cut short."""
    return f"`{value[:60]}`" if isinstance(value, str) else "nothing with a name"


def text_of(data: Config, key: str) -> str:
    """Return an entry that should be a text, '' where it is none."""
    text = data.get(key)
    return text if isinstance(text, str) else ""
