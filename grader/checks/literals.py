"""a value -> Python that makes it, to be pasted; a call of a function with such values."""

from __future__ import annotations

from typing import Any

import numpy as np

LONGEST = 200  # characters of what a function gave, in a sentence
BRIEF = 60  # characters of an argument, in a sentence
OWN = frozenset({np.dtype(float), np.dtype(int), np.dtype(bool)})  # kinds that a list of Python's makes


def literal(value: Any) -> str:
    """Write plain data and arrays as Python: np.array([[0.5, 1.0]])."""
    if isinstance(value, np.ndarray):
        return _array(value)
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, tuple):
        return f"({', '.join(map(literal, value))}{',' if len(value) == 1 else ''})"
    return repr(value)


def call(name: str, arguments: tuple[Any, ...]) -> str:
    """Write a call: f(np.array([1.0]), 'valid')."""
    return f"{name}({', '.join(map(literal, arguments))})"


def brief(name: str, arguments: tuple[Any, ...]) -> str:
    """Write a call in a sentence: long arrays and texts are left out, f(np.array(…), 3)."""
    return f"{name}({', '.join(map(_brief, arguments))})"


def _brief(value: Any) -> str:
    text = literal(value)
    if len(text) <= BRIEF:
        return text
    return "np.array(…)" if isinstance(value, np.ndarray) else f"{text[:BRIEF]}…"


def shown(value: Any) -> str:
    """Say what a function gave, in a few words: floats rounded, a long array by its shape.

    What is long is never written out first: it may be as large as an answer can be. Backticks in a text, which
    a page would set as code, are written as Python may write them.
    """
    if isinstance(value, np.ndarray) and (value.size > LONGEST or len(_array(value)) > LONGEST):
        return f"an array of shape {value.shape}"
    if isinstance(value, (list, tuple, dict)) and _length(value) > LONGEST:
        return f"a {type(value).__name__} of {len(value)}, too long to print"
    text = literal(value[:LONGEST] if isinstance(value, str) else _rounded(value)).replace("`", r"\x60")
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"


def _length(value: Any) -> int:
    """Return about how many entries and characters of texts a value has."""
    if isinstance(value, dict):
        return sum(_length(key) + _length(item) for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return len(value) + sum(map(_length, value))
    if isinstance(value, np.ndarray):
        return int(value.size)
    return len(value) if isinstance(value, str) else 1


def _rounded(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return type(value)(map(_rounded, value))
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        return np.vectorize(_rounded, otypes=[float])(value) if value.size else value
    return float(f"{value:.6g}") if isinstance(value, float) else value


def _array(array: Any) -> str:
    if not array.size:
        return f"np.empty({array.shape}, dtype=np.{array.dtype.name})"
    # The shortest decimals that are a float32 are fewer than those of the same number as a float64.
    values = array.astype(str).astype(float).tolist() if array.dtype == np.float32 else array.tolist()
    kind = "" if array.dtype in OWN else f", dtype=np.{array.dtype.name}"
    return f"np.array({values}{kind})"
