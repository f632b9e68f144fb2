"""Where a part stands before it is handed in: nothing is called ready that is not."""

import pytest

from grader.datatypes import CheckResult, PartResult, Result, RubricResult, Status
from grader.networks import NetworkShown
from grader.scoring import THE_COURSE
from grader.standing import Standing, standings


def of(
    *checks: CheckResult, rubric: tuple[RubricResult, ...] = (), provisional: bool = False
) -> set[Standing]:
    pending = sum(one.possible for one in (*checks, *rubric) if one.status in {Status.PENDING, Status.ERROR})
    network = NetworkShown((), (), 0.9, provisional=True) if provisional else None
    part = PartResult("1A", "t", 0, 9, pending, checks=checks, rubric=rubric, network=network)
    return set(standings(Result("ps4", "t", "ada", 0, 9, pending, (part,))))


def check(status: Status, waits_for: str = "") -> CheckResult:
    return CheckResult("c", status, possible=1.0, waits_for=waits_for)


@pytest.mark.parametrize(
    ("status", "way"),
    [
        (Status.PASSED, Standing.READY),
        (Status.FAILED, Standing.WRONG),
        (Status.CRASHED, Standing.WRONG),
        (Status.TIMEOUT, Standing.WRONG),
        (Status.MISSING, Standing.MISSING),
        (Status.PENDING, Standing.PERSON),
        (Status.ERROR, Standing.BROKEN),
    ],
)
def test_every_status_has_its_place(status: Status, way: Standing) -> None:
    assert of(check(status)) == {way}
    assert Standing.READY not in of(check(Status.PASSED), check(status)) or status is Status.PASSED


def test_what_waits_for_data_is_provisional_and_no_persons() -> None:
    assert of(check(Status.PASSED), check(Status.PENDING, "MNIST")) == {Standing.PROVISIONAL}


def test_right_words_are_ready_and_a_persons() -> None:
    found = of(check(Status.PASSED), rubric=(RubricResult("why", 2.0),))
    assert found == {Standing.READY, Standing.PERSON}


def test_right_without_the_words_that_are_asked_for_is_not_ready() -> None:
    assert of(check(Status.PASSED), rubric=(RubricResult("why", 2.0, Status.MISSING),)) == {Standing.MISSING}


def test_what_only_grading_can_tell_is_neither_ready_nor_provisional() -> None:
    assert of(check(Status.PASSED), check(Status.PENDING, THE_COURSE)) == {Standing.UNSEEN}
    assert of(check(Status.PENDING, THE_COURSE), check(Status.PENDING, "MNIST")) == {
        Standing.UNSEEN,
        Standing.PROVISIONAL,
    }


def test_a_network_on_the_stand_in_is_provisional_whatever_it_reached() -> None:
    assert of(check(Status.PASSED), provisional=True) == {Standing.READY, Standing.PROVISIONAL}
