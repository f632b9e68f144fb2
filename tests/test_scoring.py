"""Points: exact, unrounded, and never a silent zero."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.arrays import Pooling
from grader.datatypes import (
    Answer,
    AnswerRead,
    Assignment,
    Cell,
    Check,
    CheckResult,
    CodeFile,
    CodeShown,
    Leftover,
    Part,
    Ramp,
    Source,
    Status,
    Submission,
)
from grader.scoring import points, rescore, score, share

HALF = Ramp(of="right", full=16, nothing_up_to=8)
PART = Part("1A", "Title", checks=(Check("a", 0.1), Check("b", 0.2), Check("c", 3, HALF)), rubric={"why": 2})
LAB = Assignment("lab", "Lab", Path("lab"), {"1": "One"}, (PART,))


def result(name: str, status: Status, **more: object) -> CheckResult:
    return CheckResult(name, status, **more)


def graded(*checks: CheckResult, submission: Submission | None = None) -> object:
    return score(LAB, submission or Submission("ada", Path("ada")), checks, {}, {})


def test_points_are_added_as_the_decimals_they_are_written_as() -> None:
    total = graded(result("a", Status.PASSED), result("b", Status.PASSED), result("c", Status.FAILED))
    assert total.earned == 0.3
    assert total.possible == 5.3


@pytest.mark.parametrize("status", [Status.PENDING, Status.ERROR])
def test_pending_and_error_points_are_pending(status: Status) -> None:
    total = graded(result("a", Status.PASSED), result("b", status), result("c", Status.PASSED))
    assert (total.earned, total.pending) == (3.1, 0.2)


@pytest.mark.parametrize("status", [Status.FAILED, Status.CRASHED, Status.TIMEOUT, Status.MISSING])
def test_the_others_earn_nothing_and_wait_for_nobody(status: Status) -> None:
    total = graded(result("a", status), result("b", status), result("c", status))
    assert (total.earned, total.pending) == (0, 0)


@pytest.mark.parametrize(
    ("right", "earned"), [(16, 3), (14, Fraction(21, 8)), (9, Fraction(27, 16)), (8, 0), (0, 0)]
)
def test_a_ramp_is_proportional_with_nothing_up_to_half(right: int, earned: Fraction) -> None:
    check = Check("c", 3, HALF)
    assert points(check, result("c", Status.FAILED, measured={"right": right})) == earned


def test_a_ramp_earns_nothing_for_what_did_not_fail() -> None:
    check = Check("c", 3, HALF)
    for status in (Status.CRASHED, Status.PENDING, Status.ERROR, Status.MISSING):
        assert points(check, result("c", status, measured={"right": 15})) == 0
    assert points(check, result("c", Status.FAILED)) == 0, "nothing was measured"


@given(st.floats(-100, 100), st.floats(-100, 100))
def test_more_is_never_worth_less(one: float, other: float) -> None:
    low, high = sorted([one, other])
    assert 0 <= share(HALF, low) <= share(HALF, high) <= 1


ALL = [result(name, Status.PASSED) for name in "abc"]
WRITTEN = Answer("1A", Source.WRITEUP, "a.md", "because")


@pytest.mark.parametrize(
    ("submission", "status"),
    [
        (Submission("ada", Path("x"), answers=(WRITTEN,)), Status.PENDING),
        (Submission("ada", Path("x"), leftovers=(Leftover("b.docx", "not read"),)), Status.PENDING),
        (
            Submission("ada", Path("x"), answers=(Answer("1A", Source.PDF, "a.pdf", images=("i",)),)),
            Status.PENDING,
        ),
        (Submission("ada", Path("x")), Status.MISSING),
    ],
)
def test_a_rubric_is_missing_only_where_all_was_read_and_placed(
    submission: Submission, status: Status
) -> None:
    total = graded(*ALL, submission=submission)
    assert total.parts[0].rubric[0].status is status
    assert total.pending == (2 if status is Status.PENDING else 0)


def test_leftovers_and_flags_need_attention() -> None:
    handed_in = Submission("ada", Path("x"), answers=(WRITTEN,))
    assert not graded(*ALL, submission=handed_in).needs_attention
    assert graded(*ALL).attention == ("nothing that was handed in could hold an answer",)
    nothing = graded(*ALL, submission=Submission("ada", Path("x"), empty=True))
    assert nothing.attention == nothing.notes == ("nothing was handed in: there is not one file",)
    flagged = graded(*ALL[:2], result("c", Status.PASSED, attention=("look",)), submission=handed_in)
    assert flagged.attention == ("look",)
    left = graded(*ALL, submission=Submission("ada", Path("x"), leftovers=(Leftover("b.docx", "not read"),)))
    assert left.attention == ("b.docx: not read",)


def test_an_answer_is_kept_whole_with_how_it_was_read() -> None:
    answer = Answer("1A", Source.NOTEBOOK, "b.ipynb", "The table, and why.", output="0.1 0.98")
    submission = Submission("ada", Path("x"), answers=(WRITTEN, answer))
    reads = [AnswerRead("notebook", "b.ipynb", "0.1 0.98", "608"), AnswerRead("module", "c.py", "", "609")]
    part = score(LAB, submission, ALL, {"1A": reads}, {}).parts[0]
    assert [(one.text, one.read_as) for one in part.answer] == [
        ("The table, and why.", "608"), ("because", ""), ("", "609"),
    ]  # fmt: skip
    assert part.output == "0.1 0.98"


def test_a_check_without_a_result_is_a_fault() -> None:
    with pytest.raises(KeyError):
        graded(*ALL[:2])


def test_what_is_drawn_comes_with_the_question_and_is_renewed_without_running_anything() -> None:
    checks = [result(name, Status.PASSED) for name in "abc"]
    before = graded(*checks)
    assert before.parts[0].drawn is None
    drawing = Pooling((((1.0,),),), 1, 1, "a")
    drawn = replace(LAB, parts=(replace(PART, drawn=drawing),))
    assert rescore(drawn, before).parts[0].drawn == drawing
    assert score(drawn, Submission("ada", Path("ada")), checks, {}, {}).parts[0].drawn == drawing


def test_how_to_ask_for_another_look_comes_from_the_problem_set_and_follows_it() -> None:
    first = score(replace(LAB, another_look="Write to us."), Submission("ada", Path("ada")), ALL, {}, {})
    assert first.another_look == "Write to us."
    assert rescore(replace(LAB, another_look="Come by."), first).another_look == "Come by."


def test_some_parts_alone_are_told_apart_from_the_whole() -> None:
    other = Part("1B", "Other", checks=(Check("other", 96.0),))
    some = replace(LAB, parts=(PART, other), only=frozenset({PART.id}))
    first = score(some, Submission("ada", Path("ada")), ALL, {}, {})
    assert first.whole == PART.points + 96
    assert rescore(some, replace(first, whole=0.0)).whole == first.whole, "results of before are mended"
    assert score(LAB, Submission("ada", Path("ada")), ALL, {}, {}).whole == 0


def test_code_is_kept_with_what_its_tracebacks_call_it() -> None:
    written = Answer("1A", Source.WRITEUP, "a.md", "because", code=("x = 1", "y = 2"))
    module = CodeFile(Source.MODULE, "src/ps4.py", (Cell(1, "z = 3"),))
    handed = Submission("ada", Path("ada"), (written,), (module,))
    result = score(LAB, handed, ALL, {}, {})
    assert (result.parts[0].code, result.parts[0].labels) == (("x = 1", "y = 2"), ("cell 1", "cell 2"))
    assert result.code == (CodeShown("src/ps4.py", "ps4.py", "z = 3"),)
    assert rescore(LAB, result).code == result.code
