"""A value that a reader gave -> exact text, alike only for equal values; and whether words say the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from .equality import equal
from .expressions import Expression, shown
from .formula import expression
from .matrices import matrices
from .reading import Reading, Unreadable
from .scalars import integer, number
from .shapes import shape
from .tables import table
from .versions import versions
from .weights import weights

# The readers whose values can be held against an answer in words, and what of their arguments they are told.
READERS: Mapping[str, tuple[Callable[..., Reading[Any]], tuple[str, ...]]] = {
    "integer": (integer, ("nouns",)),
    "number": (number, ("nouns",)),
    "shape": (shape, ("rank", "nouns")),
    "matrices": (matrices, ("count", "size")),
    "table": (table, ("columns",)),
    "versions": (versions, ("names",)),
    "expression": (expression, ()),
    "network": (weights, ("inputs",)),
}


def written(value: Any) -> str:
    """Return a value as JSON whose numbers are exact texts; a formula as it is shown."""
    if isinstance(value, Expression):
        return shown(value)
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=False)


def told(asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a reader was told, as JSON has it: lists for tuples, and nothing that is empty."""
    return {name: _lists(value) for name, value in asked.items() if value not in (None, ())}


def same(reader: str, value: str, asked: Mapping[str, Any], text: str) -> bool | None:
    """Return whether an answer in words is the value that this reader gave; None where that is not known."""
    try:
        other = read(reader, text, asked)
        if reader == "expression":
            return equal(expression(value).value, other)
    except Unreadable:
        return None
    return written(other) == value


def read(reader: str, text: str, asked: Mapping[str, Any]) -> Any:
    """Read a text as a check would, which told the reader so much. Unreadable, KeyError, TypeError."""
    function, names = READERS[reader]
    told = {name: _tuples(value) for name, value in asked.items() if name in names}
    return function(text, **told).value


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _plain(entry) for name, entry in value.items()}
    if isinstance(value, list | tuple):
        return list(map(_plain, value))
    return value if isinstance(value, str) else str(Fraction(value))


def _lists(value: Any) -> Any:
    return list(map(_lists, value)) if isinstance(value, list | tuple) else value


def _tuples(value: Any) -> Any:
    """Return lists, as JSON has them, as the tuples that they were."""
    sequence = isinstance(value, Sequence) and not isinstance(value, str)
    return tuple(map(_tuples, value)) if sequence else value
