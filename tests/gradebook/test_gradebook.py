"""The gradebook: a line a student, safe to open in a spreadsheet."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.datatypes import CheckResult, PartResult, Result, Status
from grader.gradebook import Row, cell, table, write_csv


def result(student: str, *, earned=2.625, pending=0.0, status=Status.FAILED, part="3D", **more) -> Result:
    check = CheckResult("c", status, earned=earned, possible=3.0)
    parts = (PartResult(part, "t", earned, 3.0, pending, checks=(check,)),)
    return Result("ps4", "Deep Learning", student, earned, 3.0, pending, parts, **more)


def written(results, folder) -> list[list[str]]:
    path = folder / "reports" / "gradebook.csv"
    write_csv(results, path)
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def test_a_line_a_student_sorted_whatever_the_case(tmp_path):
    lines = written([result("bo"), result("Chi", part="3E"), result("ada")], tmp_path)
    assert lines == [
        ["student", "earned", "possible", "pending", "late", "total", "status", "attention", "3D", "3E"],
        ["ada", "2.75", "3", "0", "", "2.75", "complete", "", "2.625", ""],
        ["bo", "2.75", "3", "0", "", "2.75", "complete", "", "2.625", ""],
        ["Chi", "2.75", "3", "0", "", "2.75", "complete", "", "", "2.625"],
    ]


def test_the_bytes_are_plain_utf_8_with_line_feeds(tmp_path):
    path = tmp_path / "gradebook.csv"
    write_csv([result("Zoë")], path)
    assert path.read_bytes() == (
        "student,earned,possible,pending,late,total,status,attention,3D\n"
        "Zoë,2.75,3,0,,2.75,complete,,2.625\n".encode()
    )


@pytest.mark.parametrize(
    ("one", "status"),
    [
        (result("a"), "complete"),
        (result("a", pending=0.375), "pending"),
        (result("a", pending=0.375, needs_attention=True), "needs attention"),
        (result("a", earned=0.0, pending=3.0, status=Status.ERROR, needs_attention=True), "grader fault"),
    ],
)
def test_the_gravest_status_that_applies(one, status):
    assert [row.status for row in table([one])] == [status]


def test_the_rows_a_terminal_shows():
    assert table([result("ada", step=0.5, needs_attention=True, attention=("a drawing",))]) == (
        Row("ada", "2.5", "3", "0", "needs attention", ("a drawing",), "", "2.5", {"3D": "2.625"}),
    )


@pytest.mark.parametrize(
    ("student", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "' =1"),
        ("\rx", "' x"),
        ("  =1", "'  =1"),
        ("a\x00b\r\nc", "a b c"),
        ("a\udc80", "a "),
        ('ada, "the first"', 'ada, "the first"'),
        ("a=b", "a=b"),
    ],
)
def test_no_cell_is_a_formula(tmp_path, student, cell):
    assert written([result(student)], tmp_path)[1][0] == cell


@pytest.mark.parametrize("sign", "=+-@＝＋－＠")
def test_no_sign_that_a_spreadsheet_takes_for_a_formula_comes_first(sign):
    assert cell(f"{sign}1+1") == f"'{sign}1+1"


def test_reasons_share_a_cell(tmp_path):
    flagged = result("ada", needs_attention=True, attention=("=1: odd", "two\nlines"))
    assert written([flagged], tmp_path)[1][7] == "'=1: odd; two lines"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.text(max_size=30), max_size=5))
def test_no_name_breaks_the_table(tmp_path, names):
    lines = written([result(name, attention=(name,)) for name in names], tmp_path)
    assert len(lines) == len(names) + 1
    for line in lines[1:]:
        assert line[1:4] == ["2.75", "3", "0"]
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in line)


def test_an_empty_class_has_a_head(tmp_path):
    assert written([], tmp_path) == [
        ["student", "earned", "possible", "pending", "late", "total", "status", "attention"]
    ]
