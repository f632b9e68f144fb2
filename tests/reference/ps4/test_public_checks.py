"""What a kit's public checks and grading say of each specimen, side by side."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from grader import assignment, judges, kit, verify
from grader.datatypes import CheckResult, Result, Status

PS4 = Path(__file__).parents[3] / "reference" / "ps4"
LOST = {Status.FAILED, Status.CRASHED, Status.TIMEOUT, Status.MISSING}
SEEN_WHEN_GRADED = "the course's own checks"
# Wrong, and of the right kind: nothing public tells them from what is right. All others that lose points are told.
UNSEEN = {
    "parameter_count": {
        "lies-about-equality",
        "3B bias forgotten",
        "3B one bias per kernel slice",
        "3B channels forgotten",
        "3B channels and bias forgotten",
        "3B kernel side counted once",
        "3B kernel side counted once, bias forgotten",
        "3B weights not shared",
        "3B one weight per input value",
        "3B fully connected",
        "3B input values counted",
        "3B output values counted",
    },
    "output_shape": {
        "3C one too many",
        "3C off by one",
        "3C half the kernel cut off",
        "3C whole kernel cut off on both sides",
        "3C stride as wide as the kernel",
        "3C channels kept for filters",
        "3C filters multiplied with channels",
        "3C one filter only",
    },
    "training_shape": {"2B test images for training images", "2B training and test images together"},
    "prepared_data": {"2C test images for training images", "2C training and test images together"},
    "max_pooled": {"3E minimum"},
    "or_units": {"two units"},
    "xor_layers": {"1E a single layer"},
}

Both = list[tuple[str, CheckResult, CheckResult]]  # specimen, what the kit says, what grading says


@pytest.fixture(scope="module")
def both(graded: Mapping[str, Result], tmp_path_factory: pytest.TempPathFactory) -> Both:
    problem_set, out = assignment.load(PS4), tmp_path_factory.mktemp("kit") / "ps4"
    kit.write(problem_set, out)
    public = assignment.load(out)
    specimens = verify.tasks(problem_set, verify.load(problem_set), tmp_path_factory.mktemp("specimens"))
    mine = [
        (entry, replace(public, only=real.only, limits=real.limits), wall) for entry, real, wall in specimens
    ]
    found = verify.graded(mine, judges.default_jobs())
    return [
        (name, seen, {one.name: one for one in verify.checks_of(graded[name])}[seen.name])
        for name, result in found.items()
        for seen in verify.checks_of(result)
    ]


@pytest.mark.slow
def test_the_kit_has_every_check_and_none_breaks(both: Both, graded: Mapping[str, Result]) -> None:
    assert len(both) == sum(len(verify.checks_of(result)) for result in graded.values()) > 300
    assert not [name for name, seen, _ in both if seen.status is Status.ERROR]


@pytest.mark.slow
def test_nothing_passes_in_public_that_loses_points_when_graded(both: Both) -> None:
    assert not [
        (name, seen.name) for name, seen, real in both if seen.status is Status.PASSED and real.status in LOST
    ]


@pytest.mark.slow
def test_nothing_fails_in_public_that_is_right_when_graded(both: Both) -> None:
    assert not [
        (name, seen.name, seen.message)
        for name, seen, real in both
        if seen.status in LOST and real.status is Status.PASSED
    ]


@pytest.mark.slow
def test_what_fails_when_graded_is_told_in_public_or_said_to_be_unseen(both: Both) -> None:
    untold = [(name, seen) for name, seen, real in both if real.status in LOST and seen.status not in LOST]
    found: dict[str, set[str]] = {}
    for name, seen in untold:
        found.setdefault(seen.name, set()).add(name)
    assert found == UNSEEN
    assert {seen.waits_for for _, seen in untold} == {SEEN_WHEN_GRADED}
    assert all("seen when it is graded" in seen.message for _, seen in untold)


@pytest.mark.slow
def test_what_crashes_takes_too_long_or_is_missing_is_told_alike(both: Both) -> None:
    told_alike = {Status.CRASHED, Status.TIMEOUT, Status.MISSING}
    assert not [
        (name, seen.name)
        for name, seen, real in both
        if real.status in told_alike and seen.status is not real.status
    ]
