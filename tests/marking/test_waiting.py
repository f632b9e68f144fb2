"""All that waits has a row, what people wrote stays, and nothing of theirs is dropped."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import marking
from grader.datatypes import AnswerRead, CheckResult, PartResult, Result, RubricResult, Status
from grader.marking import Mark, Row, Sheet, merged, waiting

LONG = "With all weights at zero every unit computes the same, nothing passes back and nothing is learnt"


def graded(student: str, text: str = "Because.", read_as: str = "", **more) -> Result:
    part = PartResult(
        *("1A", "Why", 0.0, 6.0, 4.5),
        checks=(
            CheckResult("right", Status.PASSED, earned=1.0, possible=1.0),
            CheckResult("shape", Status.PENDING, message="Several can be read (7, 9).", possible=2.0),
            CheckResult("broken", Status.ERROR, possible=1.0),
        ),
        answer=(AnswerRead("write-up", "a.md", text, read_as),) if text else (),
        rubric=(RubricResult("=says why", 2.5), RubricResult("shows how", 1.0, Status.MISSING)),
        **more,
    )
    return Result("lab", "Lab", student, 1.0, 6.0, 4.5, (part,))


CLASS = (graded("ada", LONG), graded("bob", "No idea."), graded("007", f"{LONG}!"))


def test_all_that_waits_has_a_row_and_similar_answers_are_neighbours():
    rows = waiting(CLASS)
    assert [(row.student, row.item) for row in rows] == [
        ("ada", "shape"),
        ("ada", "'=says why"),
        ("'007", "shape"),
        ("'007", "'=says why"),
        ("bob", "shape"),
        ("bob", "'=says why"),
    ]
    assert rows[0] == Row("ada", "1A", "shape", possible="2", answer=LONG, read="Several can be read (7, 9).")
    assert {row.points for row in rows} == {""}


def test_what_was_marked_keeps_its_place_among_what_waits():
    done = marking.apply(CLASS[2], {"007": (Mark("1A", "shape", 2), Mark("1A", "=says why", 1))})
    assert waiting((*CLASS[:2], done)) == waiting(CLASS)


@pytest.mark.parametrize(
    ("result", "answer"),
    [
        (graded("ada", "=HYPERLINK(1)\n\n two"), "'=HYPERLINK(1) two"),
        (graded("ada", "x" * 300), "x" * 200 + " …"),
        (graded("ada", "", code=("k = 7\n",), output="7"), "k = 7"),
        (graded("ada", "", output="7"), "7"),
        (graded("ada", "", figures=("a.png",)), "(pictures alone: see the student's files)"),
        (replace(graded("ada", ""), unread=("a.pdf",)), "(nothing was read: open a.pdf)"),
        (graded("ada", ""), ""),
        (graded("ada", "3/4"), "'3/4"),
    ],
)
def test_the_answer_is_shown_by_its_beginning_in_a_safe_cell(result, answer):
    assert waiting([result])[0].answer == answer


def test_a_criterion_shows_how_the_answer_was_read():
    assert waiting([graded("ada", "k is -7", "-7")])[1].read == "'-7"


# ---- into the file that is there --------------------------------------------------------------


def test_a_new_file_holds_all_rows():
    assert merged(Sheet(), CLASS).rows == waiting(CLASS)


def test_what_people_wrote_stays_and_stands_where_it_belongs():
    own = Row("bob", "1A", "shape", " 2,0", "ok", "", "", "2.0", "No", "old")
    full = merged(Sheet((own,), delimiter=";"), CLASS)
    assert full.rows[4] == own
    assert full.rows == (*waiting(CLASS)[:4], own, waiting(CLASS)[5])
    assert full.delimiter == ";"


def test_overrides_and_what_is_no_longer_there_stand_at_the_end():
    theirs = (
        Row("gone", "1A", "shape", "1"),
        Row("ada", "1A", "right", "0", "no"),
        Row("ada", "1A", "broken"),
    )
    full = merged(Sheet(theirs), CLASS)
    assert full.rows == (*waiting(CLASS), *theirs)


def test_rows_without_a_word_of_anybodys_come_and_go():
    full = merged(Sheet(), CLASS)
    assert merged(full, CLASS[:1]).rows == waiting(CLASS[:1])


def test_an_order_of_somebodys_own_is_left():
    sheet = Sheet(tuple(reversed(waiting(CLASS))))
    assert merged(sheet, CLASS) is sheet


cells = st.sampled_from(["", "1", "x"])
theirs = st.builds(
    Row, st.sampled_from(["ada", "bob", "gone"]), st.just("1A"), st.sampled_from(["shape", "right"]), cells, cells, possible=cells
)  # fmt: skip


@given(st.lists(theirs, max_size=6, unique_by=lambda row: (row.student, row.item)))
def test_nothing_that_people_wrote_is_ever_dropped_and_once_is_enough(rows):
    once = merged(Sheet(tuple(rows)), CLASS)
    assert [row for row in rows if row.by_a_person and row not in once.rows] == []
    assert merged(once, CLASS) is once


# ---- marks of answers that have changed ---------------------------------------------------------


def test_a_mark_of_an_answer_that_has_changed_is_told():
    rows = waiting(CLASS)
    sheet = Sheet(tuple(replace(row, points="1", line=number) for number, row in enumerate(rows, 2)))
    assert marking.outdated(sheet, rows) == []
    anew = waiting([graded("ada", "I think that " + LONG[5:60]), *CLASS[1:]])
    told = [str(complaint) for complaint in marking.outdated(sheet, anew)]
    assert told[0].startswith("line 2, answer: the answer is another than the one that was marked")
    assert len(told) == 2
    emptied = replace(sheet, rows=tuple(replace(row, answer="") for row in sheet.rows))
    assert marking.outdated(emptied, anew) == []


def test_what_a_spreadsheet_did_to_an_answer_is_no_change():
    rows = waiting([graded("ada", "= 3/4 of it")])
    sheet = Sheet(tuple(replace(row, points="1", answer=row.answer.removeprefix("'")) for row in rows))
    assert marking.outdated(sheet, rows) == []
