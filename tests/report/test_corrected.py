"""A correction is printed with its reason for those whom it concerns, and the sums stay true."""

from dataclasses import replace
from pathlib import Path

import pytest

from grader import record
from grader.datatypes import (
    Answer,
    Assignment,
    Check,
    CheckResult,
    Correction,
    Part,
    Result,
    Source,
    Status,
    Submission,
)
from grader.marks import lost
from grader.report import class_page, student_page
from grader.report.losses import losses, together
from grader.scoring import score
from tests.report.hostile import XSS
from tests.report.reading import Page, as_shown, assert_harmless

WHY = "The sheet did not say whether biases count."
PART = Part("1A", "Counted", checks=(Check("count", 2), Check("shape", 3)), rubric={"Says which": 2})
OTHER = Part("1B", "Another", checks=(Check("other", 4),))
LAB = Assignment("lab", "Lab", Path("lab"), {"1": "One"}, (PART, OTHER))
ADA = Submission("ada", Path("ada"), answers=(Answer("1A", Source.WRITEUP, "a.md", "36"),))
VOID = Correction("1A", WHY, void=True)
BONUS = Correction("1B", WHY, bonus=1.5)
SLIP = Correction("1A", WHY, check="count", also_accept_slip="bias forgotten")


def graded(*corrections: Correction) -> Result:
    count = CheckResult(
        *("count", Status.FAILED, "The count.", "You gave 36, which is not right."),
        hint="Count again.",
        slip="bias forgotten",
    )
    others = CheckResult("shape", Status.MISSING), CheckResult("other", Status.PASSED)
    return score(replace(LAB, corrections=corrections), ADA, (count, *others), {}, {})


def shown(result: Result) -> Page:
    return assert_harmless(student_page(record.for_student(result)))


def test_what_counts_as_right_says_why_and_no_longer_what_would_help() -> None:
    text = shown(graded(SLIP)).text
    assert "✓ Counted as right 2 of 2 points" in text
    assert f"Counted as right {WHY}" in text
    assert "What the grader had said You gave 36, which is not right." in text
    assert "Count again." not in text
    assert WHY not in shown(graded()).text


def test_a_part_that_is_void_says_so_once() -> None:
    text = shown(graded(VOID)).text
    assert text.count(WHY) == 1
    assert f"Full points for everybody {WHY}" in text
    assert "✓ Full points 7 of 7" in text
    alone = shown(graded(replace(VOID, check="shape"))).text
    assert f"Full points for everybody {WHY}" in alone
    criterion = shown(graded(replace(VOID, criterion="Says which"))).text
    assert f"Criterion 1 Full points for everybody {WHY}" in criterion
    assert "Says which" not in criterion


def test_points_on_top_are_said_and_what_is_lost_is_still_what_is_lost() -> None:
    result = graded(BONUS)
    assert (result.total, result.possible) == (5.5, 11)
    assert together(losses(result)) == lost(result.earned, result.possible, result.pending)
    text = shown(result).text
    assert "5.5 of 11 points" in text
    assert f"1.5 points on top {WHY}" in text
    assert "+ 1.5 of these points are on top of what is possible: 1B" in text
    assert "1B 4 of 4, +1.5 ✓ Right" in text, "the tile"
    assert "✓ Right 4 of 4 points, +1.5" in text, "the part"
    assert WHY not in shown(graded(replace(BONUS, part="1A"))).text


def test_more_than_all_points_are_drawn_within_the_bar() -> None:
    page = shown(graded(VOID, BONUS))
    assert "12.5 of 11 points" in page.text
    widths = [
        float(attrs["width"]) for tag, attrs in page.elements if tag == "rect" and attrs.get("height") == "10"
    ]
    assert max(widths) == 1000


@pytest.mark.parametrize("text", XSS)
def test_a_reason_is_text_and_nothing_else(text: str) -> None:
    for one in (VOID, SLIP, BONUS, replace(VOID, criterion="Says which"), replace(VOID, check="shape")):
        assert as_shown(text) in shown(graded(replace(one, reason=text))).text


def test_the_class_page_counts_what_was_corrected() -> None:
    text = Page(class_page([graded(VOID, BONUS), replace(graded(VOID, BONUS), student="bo")], {})).text
    assert "12.5" in text
    assert f"1A count Full points for everybody {WHY} 2 " in text
    assert f"1B all of it 1.5 on top {WHY} 2 " in text
    assert "Corrections" not in Page(class_page([graded()], {})).text
