"""(Item, [Result]) -> ItemFigures: pass rate, mean, difficulty, discrimination. Pure arithmetic."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.datatypes import Result
from grader.report.outcomes import Item

FEW = 30  # students, below which chance moves a discrimination by more than a third either way
TOO_FEW = 5  # below which it is not told
_INTERVAL_FROM = 10  # from which Fisher's approximation is worth drawing
_EXACT = 9  # decimals: sums of floats carry noise that is no variance
_HARD, _EASY = 0.3, 0.7
_GOOD, _MARGINAL, _BELOW = 0.3, 0.2, -0.1


@dataclass(frozen=True)
class Discrimination:
    """How points for an item go with all others, from -1 to 1; `low` to `high` holds it 19 times of 20."""

    value: float
    students: int
    low: float | None = None
    high: float | None = None

    @property
    def word(self) -> str:
        """Return Ebel and Frisbie's word (Essentials of Educational Measurement, 5th edition, 1991).

        Ours is "wrong way round", for what is too far below 0 to be chance's rounding.
        """
        if self.value < _BELOW:
            return "wrong way round"
        if self.value >= _GOOD:
            return "good"
        return "marginal" if self.value >= _MARGINAL else "poor"


@dataclass(frozen=True)
class ItemFigures:
    """How a class did on an item. What waits or broke is left out of everything but `kinds`."""

    item: Item
    kinds: Mapping[str, int]  # how many of each kind of outcome
    decided: int  # students that are counted
    mean: float | None  # points
    difficulty: float | None  # the share of its points that was earned, the textbooks' P: 1 is easy
    discrimination: Discrimination | None

    @property
    def passed(self) -> int:
        """Return how many got it right."""
        return self.kinds.get("right", 0)

    @property
    def left_out(self) -> int:
        """Return how many were asked and are not counted."""
        return sum(self.kinds.values()) - self.decided

    @property
    def difficulty_word(self) -> str:
        """Return the usual word for a difficulty; '' where there is none.

        Where all who answered still wait, those counted are those who did not answer, and no word is due.
        """
        if self.difficulty is None:
            return ""
        if self.left_out and self.kinds.get("missing", 0) == self.decided:
            return "blanks alone"
        return "easy" if self.difficulty > _EASY else "hard" if self.difficulty < _HARD else "middling"


def analysed(item: Item, results: Sequence[Result]) -> ItemFigures:
    """Return an item's figures. `results` in the order of its outcomes."""
    decided = [outcome for outcome in item.outcomes if outcome and outcome.decided]
    earned = math.fsum(outcome.earned for outcome in decided)
    possible = math.fsum(outcome.possible for outcome in decided)
    return ItemFigures(
        item=item,
        kinds=Counter(outcome.kind for outcome in item.outcomes if outcome),
        decided=len(decided),
        mean=earned / len(decided) if decided else None,
        difficulty=earned / possible if possible > 0 else None,
        discrimination=discrimination(*_item_and_rest(item, results)),
    )


def _item_and_rest(item: Item, results: Sequence[Result]) -> tuple[list[float], list[float]]:
    """Return for each counted student the points here, and the share earned of all other decided points.

    Without the item itself, which would go with itself. A share, since what waits differs from student to
    student. What coming late costs is left out: it says nothing about an answer.
    """
    here, rest = [], []
    for outcome, result in zip(item.outcomes, results, strict=True):
        if outcome is None or not outcome.decided:
            continue
        others = result.possible - result.pending - outcome.possible
        if others > 10**-_EXACT:
            here.append(round(outcome.earned, _EXACT))
            rest.append(round((result.earned - outcome.earned) / others, _EXACT))
    return here, rest


def discrimination(here: Sequence[float], rest: Sequence[float]) -> Discrimination | None:
    """Return Pearson's correlation (point-biserial for right or wrong), None where one side does not vary.

    The interval is Fisher's: tanh(artanh r ± 1.96 / sqrt(n - 3)).
    """
    students = len(here)
    if students < TOO_FEW or len(set(here)) == 1 or len(set(rest)) == 1:
        return None
    value = _pearson(here, rest)
    if students < _INTERVAL_FROM or abs(value) >= 1:
        return Discrimination(value, students)
    z, half = math.atanh(value), 1.96 / math.sqrt(students - 3)
    return Discrimination(value, students, math.tanh(z - half), math.tanh(z + half))


def _pearson(xs: Sequence[float], ys: Sequence[float]) -> float:
    mean_x, mean_y = math.fsum(xs) / len(xs), math.fsum(ys) / len(ys)
    from_x, from_y = [x - mean_x for x in xs], [y - mean_y for y in ys]
    together = math.fsum(x * y for x, y in zip(from_x, from_y, strict=True))
    spread = math.sqrt(math.fsum(x * x for x in from_x) * math.fsum(y * y for y in from_y))
    return max(-1.0, min(1.0, together / spread))
