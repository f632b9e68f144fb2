"""Where only some parts were graded, both kinds of page say so."""

from dataclasses import replace

from grader.datatypes import PartResult, Result
from grader.record import for_student
from grader.report import class_page, student_page

PARTS = (PartResult("3B", "Parameters", 2.0, 2.0, 0.0), PartResult("3C", "Shape", 1.0, 24.0, 0.0))
ALL = Result("ps4", "Set 4", "ada", 3.0, 26.0, 0.0, PARTS)
SOME = replace(ALL, whole=100.0)


def test_both_pages_say_which_parts_were_graded() -> None:
    assert "Only parts 3B, 3C were graded, not the whole of 100 points." in student_page(for_student(SOME))
    page = class_page([replace(ALL, student="bo"), SOME], {})
    assert page.count("Only parts 3B, 3C were graded, 26 of 100 points") == 1


def test_nothing_is_said_where_all_were_graded() -> None:
    for page in (student_page(for_student(ALL)), class_page([ALL], {})):
        assert "were graded, " not in page


def test_the_totals_are_out_of_what_can_be_earned_and_not_of_the_last_column() -> None:
    page = class_page([ALL], {})
    assert "Points so far, out of 26." in page
