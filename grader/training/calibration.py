"""calibration.json, as `grader calibrate` writes it -> what networks reach, and how far seeds lie apart."""

from __future__ import annotations

import json
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from grader import problem_files
from grader.training.seeds import most_seeds

NAME = "calibration.json"
USUAL_SPREAD, FIRST_SPREAD = 0.0015, 0.005  # between seeds, of a problem set that was never calibrated
REFERENCE = "reference"
SURE = 4.0  # deviations below the average
Curves = Sequence[Sequence[float]]  # test accuracy after each epoch, from each seed


@dataclass(frozen=True)
class Calibrated:
    """What is known of a part's networks on one data set, from trainings that differ by their seed alone."""

    spread: float = USUAL_SPREAD  # the largest deviation between seeds of one network, of its best epoch
    steady: float = USUAL_SPREAD  # that of the reference's network
    first_spread: float = FIRST_SPREAD  # the same after one epoch
    most: int = most_seeds()  # seeds that a network gets
    sure: float | None = None  # what a network like the reference's reaches for sure, after its best epoch


def calibrated(folder: Path, data: str, part: str) -> Calibrated:
    """Return what the calibration says of a part on a data set; what is usual where it says nothing."""
    return _calibrated(folder, problem_files.digest(folder), data, part)


@lru_cache(maxsize=8)
def _calibrated(folder: Path, _digest: str, data: str, part: str) -> Calibrated:
    try:
        file = json.loads((folder / NAME).read_text(encoding="utf-8"))
        networks: Mapping[str, Curves] = file["data"][data]["networks"][part]
        best = {label: [max(curve) for curve in curves] for label, curves in networks.items()}
        spread = max(map(statistics.stdev, best.values()))
        first = max(statistics.stdev(curve[0] for curve in curves) for curves in networks.values())
        steady = statistics.stdev(best[REFERENCE])
        sure = round(statistics.fmean(best[REFERENCE]) - SURE * steady, 3)
        return Calibrated(spread, steady, first, most_seeds(), sure)
    except (OSError, ValueError, KeyError, TypeError, statistics.StatisticsError):
        return Calibrated()
