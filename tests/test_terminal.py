"""One's own work in the terminal: every line is true and can be read."""

import pytest

from grader import terminal
from grader.changes import Change, Marks
from grader.datatypes import CheckResult, PartResult, Result, RubricResult, Status


def printed(capsys: pytest.CaptureFixture[str], *checks: CheckResult, rubric=()) -> str:
    earned = sum(one.earned for one in checks)
    entries = [*checks, *rubric]
    pending = sum(one.possible for one in entries if one.status is Status.PENDING)
    possible = sum(one.possible for one in entries)
    part = PartResult("3G", "A network", earned, possible, pending, checks=checks, rubric=tuple(rubric))
    terminal.checks(Result("ps4", "t", "ada", earned, possible, pending, (part,)))
    return capsys.readouterr().out


def test_one_waits_and_two_wait_and_it_is_said_what_for(capsys) -> None:
    network = CheckResult("a", Status.PENDING, possible=6.0, waits_for="MNIST")
    told = printed(capsys, network, CheckResult("b", Status.PENDING, possible=1.0))
    assert "0 of 7, 1 waits for a person, 6 wait for MNIST" in told
    assert "Nothing failed. 0 of 7, 1 waits for a person, 6 wait for MNIST." in told


def test_one_point_of_a_rubric_waits(capsys) -> None:
    told = printed(capsys, rubric=[RubricResult("says why", 1.0)])
    assert "1 point for your words waits for a person" in told
    assert "says why" not in told, "a criterion says what a good answer says"


def test_the_rows_of_a_table_stay_apart(capsys) -> None:
    told = printed(capsys, CheckResult("a", Status.PASSED, actual="0\t0.9806\n0.1\t0.9758", possible=1.0))
    assert "(read as 0 0.9806; 0.1 0.9758)" in told


def test_what_is_credited_is_not_called_passed(capsys) -> None:
    check = CheckResult("a", Status.PASSED, message="Not reached; credited.", credited=True, possible=1.0)
    told = printed(capsys, check)
    assert "✓ credited" in told
    assert "passed" not in told
    assert "Not reached; credited." in told


def test_a_traceback_stands_below_its_message(capsys) -> None:
    check = CheckResult(
        "a",
        Status.CRASHED,
        message="`f` stopped.",
        traceback="Traceback\n  line 1\nKeyError: 1",
        possible=1.0,
    )
    told = printed(capsys, check)
    assert (
        told.index("`f` stopped.") < told.index("Traceback") < told.index("line 1") < told.index("KeyError")
    )


def test_a_change_of_a_whole_class_is_not_a_thousand_lines(capsys) -> None:
    many = [
        Change(f"s{n}", "3B", Marks(0, 0, 2), Marks(2, 0, 2), ("one: failed → passed",)) for n in range(999)
    ]
    terminal.changed(many)
    told = capsys.readouterr().out
    assert told.count("failed → passed") == 50
    assert "and 949 more. In all: 3B of 999 students" in told
