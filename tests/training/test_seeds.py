"""A verdict does not hang on a seed: error rates as stated, simulated from what calibration recorded."""

from __future__ import annotations

import json
import random
import statistics
from itertools import count
from pathlib import Path

import pytest

from grader.training.calibration import calibrated
from grader.training.seeds import FALSE_FAILS, most_seeds, undecided

PS4 = Path(__file__).parents[2] / "reference" / "ps4"
RECORDED = json.loads((PS4 / "calibration.json").read_text(encoding="utf-8"))["data"]["mnist"]["networks"]
NETWORKS = [(part, label) for part, networks in RECORDED.items() for label in networks]
THRESHOLDS = {"2D": 0.975, "2E": 0.98, "2F": 0.983, "3G": 0.985}
REGRADES = 1000


def verdict(draw: object, threshold: float, spread: float, most: int) -> tuple[bool, int]:
    """Return whether a network passes, and from how many seeds it was trained."""
    reached: list[float] = []
    for seeds in count(1):
        reached.append(draw())
        if not undecided(reached, threshold, spread, most):
            return max(reached) >= threshold, seeds
    raise AssertionError


def best(part: str, label: str) -> list[float]:
    return [max(curve) for curve in RECORDED[part][label]]


def test_a_network_that_reaches_it_is_decided_by_one_seed_and_one_far_below_it_too() -> None:
    assert not undecided([0.98], 0.975, 0.001, 11)
    assert not undecided([0.95], 0.975, 0.001, 11)
    assert undecided([0.974], 0.975, 0.001, 11)
    assert not undecided([0.974] * 11, 0.975, 0.001, 11)
    assert not undecided([0.9725] * 4, 0.975, 0.001, 11), "four misses by 2.5 spreads are far in all"


def test_the_number_of_seeds_follows_from_the_error_that_is_allowed() -> None:
    assert most_seeds() == 11
    assert 0.5**11 < FALSE_FAILS < 0.5**9
    assert most_seeds(0.9) < most_seeds(0.5) < most_seeds(0.3)


@pytest.mark.parametrize(("part", "label"), NETWORKS)
def test_a_thousand_regrades_of_an_honest_pass_flip_less_than_once(part: str, label: str) -> None:
    """The worst honest pass: half of all seeds reach the threshold, the others miss as recorded ones do."""
    recorded, known = best(part, label), calibrated(PS4, "mnist", part)
    middle, draw = statistics.median(recorded), random.Random(f"{part} {label}")
    missed = [round(value - middle, 6) for value in recorded]  # no more digits than were recorded
    fails = sum(
        not verdict(lambda: draw.choice(missed), 0.0, known.spread, known.most)[0]
        for _ in range(20 * REGRADES)
    )
    assert fails / 20 < 1, f"{fails} of {20 * REGRADES} regrades"


@pytest.mark.parametrize("part", [part for part, label in NETWORKS if label == "raw pixels"])
def test_a_thousand_regrades_of_an_honest_fail_flip_less_than_once(part: str) -> None:
    """Networks on pixels that are not scaled, with the spread that was recorded for them."""
    recorded, known = best(part, "raw pixels"), calibrated(PS4, "mnist", part)
    normal = statistics.NormalDist(statistics.fmean(recorded), statistics.stdev(recorded))
    draw = random.Random(part)
    outcomes = [
        verdict(lambda: draw.gauss(normal.mean, normal.stdev), THRESHOLDS[part], known.spread, known.most)
        for _ in range(REGRADES)
    ]
    assert sum(passed for passed, _ in outcomes) < 1


@pytest.mark.parametrize("part", RECORDED)
def test_the_references_networks_pass_from_every_recorded_seed_or_the_next(part: str) -> None:
    known = calibrated(PS4, "mnist", part)
    draw = random.Random(part)
    recorded = best(part, "reference")
    outcomes = [
        verdict(lambda: draw.choice(recorded), THRESHOLDS[part], known.spread, known.most)
        for _ in range(REGRADES)
    ]
    assert all(passed for passed, _ in outcomes)
    assert statistics.fmean(seeds for _, seeds in outcomes) < 1.5, "an honest pass is decided at once"
