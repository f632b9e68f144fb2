"""Whose mark changes is told with what it was, what it would be, and why."""

from dataclasses import replace

from grader.changes import Change, Marks, changes
from grader.datatypes import Asked, Bonus, CheckResult, PartResult, Result, RubricResult, Status
from grader.status import Corrected, Marked


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
    assert back.why == (
        "parameter_count: passed → failed (no longer: counted as right: The sheet did not say.)",
    )


def test_points_on_top_are_a_change_of_the_part() -> None:
    bonus = Bonus(1.5, "A hard one.", earned=1.5)
    [change] = changes(result(), replace(result(bonuses=(bonus,)), bonus=1.5))
    assert (change.after, change.totals) == (Marks(3.5, 0, 2), (2, 3.5))
    assert change.why == ("bonus: 0 → 1.5 points (A hard one.)",)


def test_a_bonus_that_is_worded_anew_as_well_is_one_line_and_one_that_ends_is_told() -> None:
    def given(*bonuses: Bonus) -> Result:
        return replace(result(bonuses=bonuses), bonus=sum(one.earned for one in bonuses))

    one = Bonus(1, "A hard one.", earned=1)
    other = Bonus(2, "A very hard one.", earned=2)
    [change] = changes(given(one), given(other))
    assert change.why == ("bonus: 1 → 2 points (A very hard one.)",)
    [more] = changes(given(one), given(one, other))
    assert more.why == ("bonus: 0 → 2 points (A very hard one.)",)
    [gone] = changes(given(one, Bonus(1, "Not earned.")), given())
    assert gone.why == ("bonus: 1 → 0 points (no longer: A hard one.)",)


def person(points: float) -> Result:
    status = Status.PASSED if points == 2 else Status.FAILED
    one = RubricResult("says why", 2.0, status, points, marked=Marked("kim"))
    part = replace(result().parts[0], earned=2.0 + points, possible=4.0, rubric=(one,))
    return replace(result(), parts=(part,))


def test_a_persons_points_are_told_as_theirs() -> None:
    open_ = result(possible=4.0, pending=2.0, rubric=(RubricResult("says why", 2.0),))
    [change] = changes(open_, person(1.5))
    assert change.why == ("says why: a person: 1.5 of 2",)
    [other] = changes(person(1.5), person(2))
    assert other.why == ("says why: a person: 1.5 of 2 → 2 of 2",)
    [back] = changes(person(1.5), open_)
    assert back.why == ("says why: failed → pending (no longer a person's: 1.5 of 2)",)


def test_a_decision_about_the_part_is_told_and_only_once() -> None:
    asked = (Asked("3B", "Why?"), Asked("3C", "And here?", "stays"))
    before = replace(person(1.5), requests=asked)
    after = replace(person(2), requests=(Asked("3B", "Why?", "changed", "1.5", "2"), asked[1]))
    [change] = changes(before, after)
    assert change.why == ("regrade request", "says why: a person: 1.5 of 2 → 2 of 2")
    [later] = changes(after, replace(person(1), requests=after.requests))
    assert later.why == ("says why: a person: 2 of 2 → 1 of 2",)
