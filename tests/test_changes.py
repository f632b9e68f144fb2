"""Whose mark changes is told with what it was, what it would be, and why."""

from dataclasses import replace

from grader.changes import Change, Marks, changes
from grader.datatypes import CheckResult, PartResult, Result, RubricResult, Status


def result(status: Status = Status.PASSED, earned: float = 2.0, **part: object) -> Result:
    check = CheckResult("parameter_count", status, earned=earned, possible=2.0)
    one = PartResult("3B", "Parameters", earned, 2.0, 0.0, checks=(check,))
    return Result("ps4", "Set 4", "ada", earned, 2.0, 0.0, (replace(one, **part),))


def test_a_mark_that_stays_is_no_change() -> None:
    assert changes(result(), result()) == ()


def test_a_check_that_comes_out_otherwise_is_why() -> None:
    [change] = changes(result(), result(Status.FAILED, 0.0))
    assert change == Change(
        "ada", "3B", Marks(2, 0, 2), Marks(0, 0, 2), ("parameter_count: passed → failed",), (2, 0), 0.25
    )


def test_other_points_are_why() -> None:
    dearer = CheckResult("parameter_count", Status.PASSED, earned=3.0, possible=3.0)
    [change] = changes(result(), result(earned=3.0, possible=3.0, checks=(dearer,)))
    assert change.why == ("parameter_count: 2 of 2 → 3 of 3 points",)


def test_a_criterion_that_is_new_and_a_part_that_is_gone_are_told() -> None:
    asked = result(possible=3.0, pending=1.0, rubric=(RubricResult("says why", 1.0),))
    [change] = changes(result(), asked)
    assert change.why == ("says why is new",)
    [gone] = changes(result(), replace(result(), parts=()))
    assert (gone.before, gone.after, gone.why) == (Marks(2, 0, 2), None, ("this part is graded no longer",))
    [new] = changes(replace(result(), parts=()), result())
    assert (new.before, new.why) == (None, ("this part is graded now",))
