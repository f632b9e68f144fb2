"""Two expressions -> whether they are equal: exactly where both are rational, else at random points."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from fractions import Fraction

from .expressions import EXACT_FUNCTIONS, Apply, Expression, Number, Variable, value_of
from .reading import Unreadable

POINTS = 40
ENOUGH = 8
SAME, DIFFERENT = 1e-9, 1e-6  # relative
ROUNDING = 1e-11  # of the largest number on the way


def equal(a: Expression, b: Expression) -> bool | None:
    """Return whether both have the same value everywhere; None where that cannot be told.

    Rational functions that agree at 40 random points are equal but for a chance below 10^-80 (the lemma of
    Schwartz and Zippel). For max, abs and relu points lie on scales from 0.01 to 1000, on both sides of zero.
    """
    names = sorted(_names(a) | _names(b))
    generator = random.Random(20)  # noqa: S311 - the same points each time, nothing is secret
    points = [{name: _coordinate(generator) for name in names} for _ in range(POINTS if names else 1)]
    exact = _exact(a) and _exact(b)
    verdicts = [_same_exactly(a, b, point) if exact else _same_nearly(a, b, point) for point in points]
    if False in verdicts:
        return False
    if not names:
        return verdicts[0]
    return True if None not in _told(verdicts) and len(_told(verdicts)) >= ENOUGH else None


def _told(verdicts: list[bool | None]) -> list[bool | None]:
    return [verdict for verdict in verdicts if verdict is not None]


def _coordinate(generator: random.Random) -> Fraction:
    scale = Fraction(10) ** generator.randint(-2, 3)
    return Fraction(generator.randint(1, 9999), 1000) * scale * generator.choice((1, 1, -1))


def _names(node: Expression) -> set[str]:
    if isinstance(node, Variable):
        return {node.name}
    return set() if isinstance(node, Number) else set().union(*map(_names, node.arguments))


def _exact(node: Expression) -> bool:
    if not isinstance(node, Apply):
        return True
    if node.function == "^":
        exponent = node.arguments[1]
        return not _names(exponent) and _whole(exponent) and _exact(node.arguments[0])
    return node.function in EXACT_FUNCTIONS and all(map(_exact, node.arguments))


def _whole(exponent: Expression) -> bool:
    try:
        return value_of(exponent).denominator == 1
    except Unreadable:
        return False


def _same_exactly(a: Expression, b: Expression, point: dict[str, Fraction]) -> bool | None:
    try:
        return value_of(a, point) == value_of(b, point)
    except Unreadable:  # divided by zero here, or grown too large
        return None


def _same_nearly(a: Expression, b: Expression, point: dict[str, Fraction]) -> bool | None:
    """Compare as floats; a difference that may be rounding of the largest number on the way tells nothing."""
    seen: list[float] = []
    try:
        left, right = _float(a, point, seen), _float(b, point, seen)
    except (ValueError, OverflowError, ZeroDivisionError):  # outside the domain
        return None
    if not all(map(math.isfinite, seen)):
        return None
    off, size = abs(left - right), max(abs(left), abs(right))
    if off <= SAME * size:
        return True
    return False if off > DIFFERENT * size and off > ROUNDING * max(map(abs, seen)) else None


def _float(node: Expression, point: dict[str, Fraction], seen: list[float]) -> float:
    if isinstance(node, Number):
        value = float(node.value)
    elif isinstance(node, Variable):
        value = float(point[node.name])
    else:
        value = float(_FLOATS[node.function](*(_float(each, point, seen) for each in node.arguments)))
    seen.append(value)
    return value


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


def _factorial(n: float) -> float:
    if n != int(n) or not 0 <= n <= 64:
        raise ValueError
    return float(math.factorial(int(n)))


_FLOATS: dict[str, Callable[..., float]] = {
    "+": lambda a, b: a + b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "^": math.pow,
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "abs": abs,
    "max": max,
    "min": min,
    "relu": lambda x: max(x, 0.0),
    "sigmoid": _sigmoid,
    "tanh": math.tanh,
    "sin": math.sin,
    "cos": math.cos,
    "softplus": lambda x: max(x, 0.0) + math.log1p(math.exp(-abs(x))),
    "factorial": _factorial,
}
