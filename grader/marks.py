"""Points as numbers -> points as a person reads them. Exact; imports nothing of the project."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache

# Sums of floats carry noise of about 1e-13. Between two fractions with denominators up to this one lie
# at least 1e-12, so that 0.1 + 0.2 is three tenths again and a half is a half before it is rounded.
_FINEST = 10**6


# A class has few different points, and its page writes each a thousand times.
@lru_cache(maxsize=10_000)
def rounded(points: float, step: float) -> str:
    """Round half up to a multiple of `step`, written without trailing zeros: (2.625, 0.25) -> "2.75".

    Raises ValueError where `step` is not above 0 or `points` is not finite.
    """
    if not (step > 0 and math.isfinite(points)):
        raise ValueError(f"cannot round {points} to steps of {step}")
    return _half_up(_exact(points), _exact(step))


def scaled(points: float, possible: float, maximum: Fraction) -> str:
    """Convert points out of `possible` into points out of `maximum`, exactly, and round half up to 0.01.

    Raises ValueError where `possible` is not above 0.
    """
    if not possible > 0:
        raise ValueError(f"points out of {possible} have no scale")
    return _half_up(_exact(points) * maximum / _exact(possible), Fraction(1, 100))


def unrounded(points: float) -> str:
    """Write points with up to 4 decimals (sixteenths are exact) and no trailing zeros: 2.8125, 2."""
    return rounded(points, 0.0001)


@lru_cache(maxsize=10_000)
def lost(earned: float, possible: float, pending: float = 0.0) -> float:
    """Return the points that are gone: neither earned nor still with a person. Never below 0."""
    return max(0.0, float(_exact(possible) - _exact(earned) - _exact(pending)))


def total(points: Iterable[float]) -> float:
    """Return the sum, exactly."""
    return float(sum(map(_exact, points), Fraction(0)))


def _half_up(value: Fraction, unit: Fraction) -> str:
    nearest = math.floor(value / unit + Fraction(1, 2)) * unit
    text = f"{float(nearest):.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _exact(number: float) -> Fraction:
    return Fraction(number).limit_denominator(_FINEST)
