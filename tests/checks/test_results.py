"""What a check did becomes its result: the student's fault, the grader's fault, or neither."""

import pytest

from grader.datatypes import Status

ANSWER = "## 1A\nThere are 7.\n"


def test_right(how_many) -> None:
    result = how_many(answers__md=ANSWER)
    assert result.status is Status.PASSED
    assert (result.title, result.expected, result.actual) == ("The number of things.", "7", "7")


def test_wrong_with_a_slip_is_told_its_hint(how_many) -> None:
    result = how_many(answers__md="## 1A\nThere are 6.\n")
    assert result.status is Status.FAILED
    assert (result.slip, result.hint) == ("one short", "Count the last one too.")
    assert "7" not in result.message + result.hint, "the answer is not told"


def test_wrong_without_a_slip(how_many) -> None:
    result = how_many(answers__md="## 1A\nThere are 12.\n")
    assert (result.status, result.slip, result.hint) == (Status.FAILED, "", "")


def test_missing_only_where_all_was_placed(how_many) -> None:
    assert how_many(answers__md="## 1B\n1\n").status is Status.MISSING


def test_pending_where_something_could_not_be_placed(how_many) -> None:
    assert how_many(answers__md="## 1B\n1\n", scan__docx="?").status is Status.PENDING


def test_pending_where_it_cannot_be_read(how_many) -> None:
    result = how_many(answers__md="## 1A\nquite a few\n")
    assert result.status is Status.PENDING
    assert result.attention


@pytest.mark.parametrize(
    "body",
    [
        "raise KeyError('ours')",
        "import no_such_module",
        "assert False if helper() else True",
        "verdict.fail('x', 'a slip without a hint')",
        "return 1 / 0",
    ],
)
def test_a_fault_of_ours_is_an_error_and_tells_staff_alone(how_many, body: str) -> None:
    checks = f"""
    from ..counting import right
    def helper():
        raise RuntimeError("ours")
    def test_how_many(answer, verdict):
        {body}
    """
    result = how_many(checks, answers__md=ANSWER)
    assert result.status is Status.ERROR
    assert result.attention
    assert "ours" not in result.message + result.hint


def test_an_assert_in_the_check_is_a_verdict_and_one_elsewhere_is_a_bug(how_many, lab) -> None:
    (lab / "counting.py").write_text("def right():\n    assert False, 'a bug'\n")
    assert how_many(answers__md=ANSWER).status is Status.ERROR


def test_an_assert_in_the_check_says_its_message(hand_in) -> None:
    other = hand_in(answers__md="## 1B\n2\n").results[1]
    assert (other.status, other.message) == (Status.FAILED, "It is not that.")


def test_a_listed_check_that_is_not_there_is_an_error(how_many) -> None:
    result = how_many("def test_else():\n    pass\n", answers__md=ANSWER)
    assert result.status is Status.ERROR
    assert "never ran" in result.attention[0]


def test_a_check_file_that_does_not_import_is_an_error_and_says_why(how_many) -> None:
    result = how_many("from ..nowhere import nothing\n", answers__md=ANSWER)
    assert result.status is Status.ERROR
    assert "nowhere" in result.attention[0]


def test_a_fault_is_told_once_with_the_problem_sets_own_frames(how_many, lab) -> None:
    (lab / "counting.py").write_text("import json\n\ndef right():\n    return json.loads('{')\n")
    [told] = how_many(answers__md=ANSWER).attention
    head, *frames = told.splitlines()
    assert head.startswith(
        "1A: check how_many is broken: counting.py, line 4: your right raises JSONDecodeError: Expecting prop"
    )
    assert told.count("JSONDecodeError") == 1
    assert [line.split('"')[1] for line in frames if line.startswith("  File")] == [
        str(lab / "checks" / "test_all.py"), str(lab / "counting.py")
    ]  # fmt: skip
    assert "_pytest" not in told
    assert "pluggy" not in told


def test_a_check_file_that_breaks_at_its_import_is_told_once_for_all_its_checks(hand_in, lab) -> None:
    (lab / "counting.py").write_text("def right():\n    return 7\n\nnumber = right() / 0\n")
    checked = hand_in(answers__md=ANSWER)
    told = {line for result in checked.results for line in result.attention}
    assert len(checked.results) == 2
    assert len(told) == 1
    assert "ZeroDivisionError" in (line := told.pop())
    assert 'counting.py", line 4' in line
    assert "_pytest" not in line


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("how_many = 7", Status.PASSED),
        ("how_many = 6", Status.FAILED),
        ("def how_many(): pass", Status.MISSING),
        ("other = 1", Status.MISSING),
        ("raise ValueError('mine')", Status.CRASHED),
        ("import os\nos._exit(3)", Status.CRASHED),
        ("how_many = 7\nraise ValueError('after it')", Status.PASSED),
    ],
)
def test_code(how_many, code: str, status: Status) -> None:
    assert how_many(lab__py=code).status is status


def test_a_crash_shows_the_students_traceback(how_many) -> None:
    result = how_many(lab__py="def f():\n    raise ValueError('mine')\nf()\n")
    assert result.message == "lab.py stopped in line 2: ValueError: mine"
    assert result.traceback.startswith("Traceback (most recent call last):")
    assert "lab.py" in result.traceback
    assert "runner" not in result.traceback


def test_where_code_cannot_be_run_at_all_a_person_decides_and_nobody_lost(how_many, monkeypatch) -> None:
    """As on Windows: a process there cannot inherit a socket."""
    monkeypatch.delattr("socket.AF_UNIX")
    result = how_many(lab__py="how_many = 7")
    assert result.status is Status.PENDING
    assert "cannot be run on this system" in result.message
