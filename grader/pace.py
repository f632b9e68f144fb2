"""(what was done in how many seconds, what is left) -> seconds that it will still take."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Lap:
    """One submission that was graded: how many trainings it asks for, and how long it took."""

    trainings: int
    seconds: float


def left(done: Sequence[Lap], remaining: Sequence[int], jobs: int) -> float | None:
    """Return seconds for those that remain, each given by its trainings; None while nothing is known of them.

    A submission takes as long as those without trainings did, and as much longer as a training has taken so
    far: both are learned as results come in.
    """
    plain = [lap.seconds for lap in done if not lap.trainings]
    usual = statistics.fmean(plain) if plain else 0.0
    trainings = sum(lap.trainings for lap in done)
    training = (
        sum(max(lap.seconds - usual, 0.0) for lap in done if lap.trainings) / trainings if trainings else None
    )
    if (training is None and any(remaining)) or (not done and remaining):
        return None
    return sum(usual + count * (training or 0.0) for count in remaining) / max(jobs, 1)


def spoken(seconds: float | None) -> str:
    """Say how long something takes: "40 s", "3 min", "2 h 10 min"; "" where nobody knows."""
    if seconds is None:
        return ""
    if seconds < 90:
        return f"{max(5, round(seconds / 5) * 5)} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
