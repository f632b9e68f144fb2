"""What people gave is taken as they meant it, or refused by line and column."""

import pytest

from grader import marking
from grader.datatypes import CheckResult, PartResult, Result, RubricResult, Status
from grader.marking import Mark, parse

HEAD = "student,part,item,points,comment,who,when\n"


def graded(student: str = "ada") -> Result:
    part = PartResult(
        *("1A", "Why", 0.0, 4.0, 4.0),
        checks=(CheckResult("layer_count", Status.FAILED, possible=2.0),),
        rubric=(RubricResult("says why", 2.5), RubricResult("= an example", 0.1)),
    )
    return Result("lab", "Lab", student, 0.0, 4.6, 2.6, (part,))


def told(text: str, *students: str) -> list[str]:
    sheet, torn = parse((HEAD + text).encode())
    results = [graded(student) for student in students or ("ada", "Zoë")]
    above, unknown = marking.against(sheet, results)
    return [str(complaint) for complaint in (*torn, *marking.of(sheet)[1], *above, *unknown)]


def given(text: str) -> dict:
    sheet, _ = parse((HEAD + text).encode())
    return dict(marking.of(sheet)[0])


def test_a_mark_is_taken_as_it_stands():
    marks = given("ada,1A,says why,2.5, well said ,kim,1 May\n")
    assert marks == {"ada": (Mark("1A", "says why", 2.5, "well said", "kim", "1 May", 2),)}
    assert not told("ada,1A,says why,2.5,,,\nZoë,1A,layer_count,0,,,\nada,1A,'= an example,.1,,,\n")


def test_the_rubric_items_that_make_the_points_are_known_by_name():
    sheet, _ = parse(
        b"student,part,item,points,given\n"
        b"ada,1A,why,0.5,in full +2; half of it -1; sign wrong -0.5\n"
        b"ada,1A,how,1.5,half of it +1\n"
    )
    marks, _ = marking.of(sheet)
    assert [mark.given for mark in marks["ada"]] == [("half of it", "sign wrong"), ()], "set by hand: none"


def test_in_full_and_half_follow_what_is_possible_and_points_by_hand_do_not():
    sheet, _ = parse(
        b"student,part,item,points,possible,given\n"
        b"ada,1A,whole,2,2,in full +2\n"
        b"ada,1A,halved,1,2,half +1\n"
        b"ada,1A,less,1.5,2,in full +2; sign wrong -0.5\n"
        b"ada,1A,own,1,2,the gradient alone +1\n"
        b"ada,1A,hand,2,2,\n"
        b"ada,1A,mended,1.5,2,in full +2\n"
        b"ada,1A,capped,2,2,in full +2; well said +1\n"
        b"ada,1A,bare,2,,in full +2\n"
        b'ada,1A,comma,"2,5","2,5",in full +2.5\n'
    )
    marks = marking.of(sheet)[0]["ada"]
    assert [mark.out_of(3) for mark in marks] == [3, 1.5, 2.5, 1, 2, 1.5, 3, 3, 3]
    assert [mark.out_of(1) for mark in marks] == [1, 0.5, 0.5, 1, 2, 1.5, 1, 1, 1]
    assert [mark.out_of(2) for mark in marks][:-1] == [mark.points for mark in marks][:-1]
    fixed = {("1A", "whole"): (marking.Item("in full", 2.0),)}
    assert marking.of(sheet, fixed)[0]["ada"][0].out_of(3) == 2, "what rubric.csv says of it holds"


def test_an_answer_waits_as_long_as_one_row_of_it_does():
    sheet, _ = parse((HEAD + "ada,1A,why,2,,,\nada,1A,how,,,,\nada,1B,why,1,,,\nbob,1A,why,2,,,\n").encode())
    assert marking.answers(sheet) == (2, 1)
    assert marking.answers(sheet, without=[3, 5]) == (2, 0)


@pytest.mark.parametrize(
    ("written", "points"),
    [
        ("2", 2),
        (" 2 ", 2),
        ("2.50", 2.5),
        ('"2,5"', 2.5),
        ("'2", 2),
        (".5", 0.5),
        ("2.", 2),
        ("0", 0),
        ("-0", 0),
        ("٢", 2),
    ],
)
def test_points_as_people_write_them(written, points):
    assert given(f"ada,1A,says why,{written}\n")["ada"][0].points == points


def test_namesakes_are_all_named():
    class_ = ("Anna Schmidt (4156)", "Anna Schmidt (4163)", "Anna Schulz (1)")
    (line,) = told("Anna Schmidt,1A,says why,1,,,\n", *class_)
    assert line.endswith("did you mean “Anna Schmidt (4156)” or “Anna Schmidt (4163)”?")


def test_a_part_in_other_letters_is_named():
    (line,) = told("ada,1a,says why,1,,,\n")
    assert line.endswith("; did you mean “1A”?")


def test_without_points_it_is_no_mark_yet():
    assert given("ada,1A,says why,,not sure,kim\n") == {}
    assert told("ada,1A,says why,,not sure,kim\n") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ada,1A,says why,many\n", "line 2, points: “many” is not a number: write it like 2 or 2.5"),
        ("ada,1A,says why,nan\n", "“nan” is not a number"),
        ("ada,1A,says why,1e2\n", "“1e2” is not a number"),
        ("ada,1A,says why,02. Mai\n", "“02. Mai” is not a number"),
        ('ada,1A,says why,"1\n2"\n', "line 2, points: “1 2” is not a number"),
        ("ada,1A,says why,-1\n", "line 2, points: -1 is below 0: give 0 or more"),
        ("ada,1A,says why,3\n", "line 2, points: 3 is more than the 2.5 possible: give 0 to 2.5"),
        ("ada,1A,says why,1\nada,1A,says why,1\n", "line 3: the same student, part and item as line 2"),
        ("ada,1A,says why,\nada,1A,says why,1\n", "line 3: the same student"),
        (",1A,says why,1\n", "line 2, student: empty"),
        ("ada,,says why,1\n", "line 2, part: empty"),
        ("ada,1A,,1\n", "line 2, item: empty"),
        ("Ada,1A,says why,1\n", "line 2, student: no result of “Ada”; did you mean “ada”?"),
        ("ada,1B,says why,1\n", "line 2, part: no part “1B” in ada's result; there are 1A"),
        (
            "ada,1A,say why,1\n",
            "line 2, item: part 1A has no check or criterion “say why”; did you mean “says why”?",
        ),
        ("ada,1A,zzz,1\n", "there are “layer_count”, “says why”, “= an example”"),
    ],
)
def test_what_is_wrong_is_told_by_line_and_column(text, said):
    assert said in "\n".join(told(text))


def test_of_two_rows_for_the_same_neither_counts():
    assert given("ada,1A,says why,1\nada,1A,says why,2\n") == {}


def test_names_that_differ_in_little_are_two():
    marks = given("ada,1A,says why,1\nAda,1A,says why,2\n'007,1A,says why,0\n7,1A,says why,1\n")
    assert {student: its[0].points for student, its in marks.items()} == {
        "ada": 1,
        "Ada": 2,
        "007": 0,
        "7": 1,
    }
