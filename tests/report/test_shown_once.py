"""What is right is folded, and what is drawn is not written out beside it."""

from dataclasses import replace

from grader.arrays import Compared
from grader.datatypes import AnswerRead, CheckResult, PartResult, Result, Status
from grader.networks import NetworkShown, SweepRow, SweepShown
from grader.report import student_page
from tests.report.reading import Page

TABLE = (("1", "0"), ("0", "1"))


def page_of(part: PartResult) -> str:
    return student_page(Result("ps4", "t", "ada", 0.0, 1.0, 0.0, (part,)))


def part_of(status: Status) -> PartResult:
    check = CheckResult("c", status, "t", possible=1.0, compared=Compared((TABLE,)))
    return PartResult("3E", "t", 0.0, 1.0, 0.0, checks=(check,))


def test_a_right_answers_matrices_are_folded_and_a_wrong_ones_are_not():
    assert "<summary>Your answer, drawn: 3E</summary>" in page_of(part_of(Status.PASSED))
    wrong = page_of(part_of(Status.FAILED))
    assert "<math>" in wrong
    assert "Your answer, drawn" not in wrong


def test_a_sweep_that_is_drawn_is_not_read_out_row_by_row():
    rows = tuple(SweepRow(tenth / 10, 0.98, None) for tenth in range(10))
    read = "\n".join(f"{row.setting:g}\t{row.claimed:g}" for row in rows)
    answer = AnswerRead("write-up", "ps4.md", "See below.", f"2 layers; {read}")
    network = NetworkShown((), (), 0.985, sweep=SweepShown("dropout probability", 1, rows))
    part = replace(part_of(Status.PASSED), answer=(answer,), network=network)
    assert "Read by the grader as 2 layers ; a table of 10 rows, shown below" in Page(page_of(part)).text
    assert "0.1 0.98" in Page(page_of(replace(part, network=None))).text
