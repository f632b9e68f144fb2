"""One's own work in the terminal: every line is true and can be read, and none comes twice."""

from dataclasses import replace

import pytest

from grader.datatypes import CheckResult, PartResult, Result, RubricResult, Status
from grader.progress import Progress


def printed(capsys: pytest.CaptureFixture[str], *checks: CheckResult, rubric=()) -> str:
    earned = sum(one.earned for one in checks)
    entries = [*checks, *rubric]
    pending = sum(one.possible for one in entries if one.status is Status.PENDING)
    possible = sum(one.possible for one in entries)
    part = PartResult("3G", "A network", earned, possible, pending, checks=checks, rubric=tuple(rubric))
    progress = Progress()
    progress.heard(part)
    progress.closing(Result("ps4", "t", "ada", earned, possible, pending, (part,)))
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


def a_part(name: str, *checks: CheckResult) -> PartResult:
    return PartResult(name, f"Question {name}", 0, 1, 0, checks=checks)


def test_a_part_is_told_again_only_when_it_comes_out_differently(capsys) -> None:
    progress, part = Progress(), a_part("3B", CheckResult("a", Status.PASSED, actual="608", seconds=0.1))
    progress.heard(part)
    assert "608" in capsys.readouterr().out
    with progress.working():
        progress.heard(replace(part, checks=(replace(part.checks[0], seconds=0.2),)))
    assert capsys.readouterr().out == "", "how long it took is no difference"
    progress.closing(Result("ps4", "t", "ada", 0, 1, 0, (part,)))
    assert "1 part came out as before" in capsys.readouterr().out
    with progress.working():
        progress.heard(replace(part, checks=(replace(part.checks[0], actual="600"),)))
    assert "600" in capsys.readouterr().out


def test_a_traceback_is_told_with_the_first_part_that_has_it(capsys) -> None:
    progress = Progress()
    stopped = CheckResult("a", Status.CRASHED, message="`f` stopped.", traceback="KeyError: 'x'")
    for name in ("2A", "2B"):
        progress.heard(a_part(name, stopped))
    told = capsys.readouterr().out
    assert told.count("KeyError") == 1
    assert "Its traceback is told once, at 2A." in told


def test_what_was_not_heard_of_is_told_in_the_end(capsys) -> None:
    progress, parts = Progress(), (a_part("1A"), a_part("1B"))
    progress.heard(parts[0])
    progress.rest(Result("ps4", "t", "ada", 0, 2, 0, parts))
    told = capsys.readouterr().out
    assert (told.count("Question 1A"), told.count("Question 1B")) == (1, 1)


def test_at_the_end_stands_where_each_part_stands(capsys) -> None:
    parts = (a_part("1A", CheckResult("a", Status.PASSED)), a_part("1B", CheckResult("b", Status.MISSING)))
    Progress().closing(Result("ps4", "t", "ada", 0, 2, 0, parts))
    told = " ".join(capsys.readouterr().out.split())
    assert "✓ ready 1A" in told
    assert "– missing 1B" in told
    assert "for a person" not in told
