"""A right answer and what mistakes produce -> the mistakes that an answer can be told to be."""

from collections.abc import Mapping
from typing import TypeVar

Value = TypeVar("Value")


def told_apart(right: Value, slips: Mapping[str, Value]) -> dict[str, Value]:
    """Leave out slips that give the right value, or the value of a slip named before them."""
    told: dict[str, Value] = {}
    for name, value in slips.items():
        if value != right and value not in told.values():
            told[name] = value
    return told
