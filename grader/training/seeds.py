"""(test accuracies from one seed after the other, threshold, spread) -> whether another seed is to be tried.

A network passes if it reaches the threshold, after any epoch that its code asks for, from any of up to `most`
fixed seeds. One that reaches it from half of all seeds is an honest pass, and fails with a probability of
at most 2^-most + most · Φ(-FAR), which `most_seeds` keeps below FALSE_FAILS: it misses every time, or it
looks hopeless after one of them, for which their mean has to lie FAR standard errors below the threshold.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

FAR = 4.5  # standard errors below the threshold at which no more seeds are tried
FALSE_FAILS = 0.001
FIRST_SEED = 1


def most_seeds(chance: float = 0.5) -> int:
    """Return how many seeds keep an honest pass, one of that chance a seed, from failing too often."""
    hopeless = statistics.NormalDist().cdf(-FAR)
    return next(most for most in range(1, 1000) if (1 - chance) ** most + most * hopeless < FALSE_FAILS)


def undecided(reached: Sequence[float], threshold: float, spread: float, most: int) -> bool:
    """Return whether one more seed could change the verdict. `spread` is the deviation between seeds."""
    if max(reached) >= threshold or len(reached) >= most:
        return False
    short = threshold - statistics.fmean(reached)
    return short < FAR * spread / math.sqrt(len(reached))
