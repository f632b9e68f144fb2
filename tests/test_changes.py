"""Whose mark changes is told with what it was, what it would be, and why."""

from dataclasses import replace

from grader.changes import Change, Marks, changes
from grader.datatypes import Bonus, CheckResult, PartResult, Result, RubricResult, Status
from grader.status import Corrected


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


def test_a_correction_and_its_end_are_told_with_the_reason() -> None:
    given = Corrected("accepted", "The sheet did not say.", Status.FAILED, 0.0)
    check = CheckResult("parameter_count", Status.PASSED, earned=2.0, possible=2.0, corrected=given)
    [change] = changes(result(Status.FAILED, 0.0), result(checks=(check,)))
    assert change.why == ("parameter_count: failed → passed (counted as right: The sheet did not say.)",)
    [back] = changes(result(checks=(check,)), result(Status.FAILED, 0.0))
    assert back.why == ("parameter_count: passed → failed (no longer: counted as right)",)


def test_points_on_top_are_a_change_of_the_part() -> None:
    bonus = Bonus(1.5, "A hard one.", earned=1.5)
    [change] = changes(result(), replace(result(bonuses=(bonus,)), bonus=1.5))
    assert (change.after, change.totals) == (Marks(3.5, 0, 2), (2, 3.5))
    assert change.why == ("bonus: 0 → 1.5 points (A hard one.)",)
