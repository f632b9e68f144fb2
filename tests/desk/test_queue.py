"""What is marked, in which order, by whom."""

from dataclasses import replace
from itertools import pairwise

import pytest

from grader import marking
from grader.datatypes import CheckResult, Status
from grader.desk import second
from grader.desk.desk import At
from grader.desk.queue import beginning, in_order, next_open, waiting_parts
from grader.desk.speed import pace
from grader.desk.view import shown
from grader.desk.wished import given_by
from tests.desk.people import class_of

CLASS = class_of(60)


def gave(desk, at, *wanted):
    """Mark an answer, as the page does."""
    answered = desk.at(at)
    wishes = [(wanted if number == 0 else (), "") for number in range(len(answered.entries))]
    desk.mark(at, desk.seen(at), given_by(desk, answered, wishes))


def test_every_part_has_an_order_of_its_own_with_like_answers_together():
    one, three = waiting_parts(CLASS)
    orders = [[answered.student for answered in in_order(part.answers)] for part in (one, three)]
    names = [result.student for result in CLASS]
    assert sorted(orders[0]) == sorted(orders[1]) == names
    assert orders[0] != orders[1] != names
    texts = [answered.text for answered in in_order(three.answers)]
    assert sum(text != after for text, after in pairwise(texts)) == len(set(texts)) - 1


def test_what_waits_for_no_person_is_not_asked():
    part = CLASS[0].parts[1]
    mnist = CheckResult("accuracy", Status.PENDING, waits_for="MNIST", possible=4.0)
    broken = CheckResult("broken", Status.ERROR, possible=1.0)
    result = replace(CLASS[0], parts=(replace(part, checks=(mnist, broken, *part.checks)),))
    (waiting,) = waiting_parts([result])
    assert [entry.item for entry in waiting.answers[0].entries] == [
        *(one.criterion for one in part.rubric),
        "network",
    ], "the rubric's digits are the same in every answer"
    assert waiting.answers[0].entries[-1].read == "Several can be read (7, 9).\nRead as 7"


def test_the_next_open_one_goes_round():
    assert next_open(3, 5, lambda number: number in {1, 3}) == 3
    assert next_open(4, 5, lambda number: number in {1, 3}) == 1
    assert next_open(4, 5, lambda _: False) is None
    assert next_open(0, 0, lambda _: True) is None
    assert {beginning(who, "1A", 60) for who in ("ana", "ben", "cy")} <= set(range(60))


def test_only_who_marks_second_is_told_that_more_may_be_open_and_never_how_many(desk_of):
    ana = desk_of("ana", class_of(60))
    assert second.told(ana) == "", "nothing waits for a second marker who may never come"
    for number in range(60):
        gave(ana, At(0, number))
    assert ana.left(0) == 0
    ben = desk_of("ben", class_of(60))
    assert ben.left(0) > 0
    assert "5 % come to you too" in second.told(ben)


def test_what_one_has_marked_the_other_need_not_but_some_are_marked_twice(desk_of):
    ana, ben = desk_of("ana", class_of(60)), desk_of("ben", class_of(60))
    for number in range(60):
        gave(ana, At(0, number), "in full")
    ben.look()
    twice = [one for one in ben.answers(0) if ben.is_open(one)]
    assert 0 < len(twice) < 12
    assert all(one.twice for one in twice)
    assert ana.left(0) == 0
    cy = desk_of("cy", class_of(60))
    for one in twice:
        gave(ben, At(0, ben.answers(0).index(one)), "in full")
    cy.look()
    assert cy.left(0) == 0, "two are enough"


def test_what_somebody_writes_into_the_file_is_marked(desk_of, out):
    desk = desk_of("ana")
    gave(desk, At(0, 0), "in full")
    entry = desk.at(At(0, 1)).entries[0]
    sheet, _, seen = marking.read(out)
    sheet = desk.gather().sheet
    seen = (out / "marks.csv").read_bytes()
    rows = [desk.rows[one.place] for one in desk.at(At(0, 1)).entries]
    by_hand = [replace(row, points="0.5", who="kim", comment="by hand") for row in rows]
    marking.write(replace(sheet, rows=(*sheet.rows, *by_hand)), out, seen)
    assert desk.is_open(desk.at(At(0, 1)))
    desk.gather()
    assert not desk.is_open(desk.at(At(0, 1)))
    assert desk.given(entry).mark.points == 0.5
    gave(desk, At(0, 1), "in full")
    desk.gather()
    points = {marking.place(row): row.points for row in marking.read(out)[0].rows}
    assert points[entry.place] == "2"
    assert points[desk.at(At(0, 1)).entries[1].place] == "0.5", (
        "nothing was given there, and it was not touched"
    )
    desk.undo()
    desk.gather()
    points = {marking.place(row): row.points for row in marking.read(out)[0].rows}
    assert points[entry.place] == "0.5"


def test_a_comment_that_somebody_wrote_before_there_were_points_stands_in_its_place(desk_of, out):
    desk = desk_of("ana")
    entry = desk.at(At(0, 0)).entries[1]
    row = replace(desk.rows[entry.place], comment="look at line 2")
    marking.write(marking.Sheet((row,)), out, marking.raw(out))
    desk.gather()
    assert [one.comment for one in shown(desk, At(0, 0)).entries] == ["", "look at line 2"]
    assert desk.is_open(desk.at(At(0, 0)))


def test_what_was_given_in_full_is_worth_what_is_possible_now(desk_of, out):
    results = class_of(3)
    raised = [
        replace(
            one,
            parts=tuple(
                replace(p, rubric=tuple(replace(r, possible=3.0) for r in p.rubric)) for p in one.parts
            ),
        )
        for one in results
    ]
    desk = desk_of("ana", raised)
    entry = desk.at(At(0, 0)).entries[0]
    row = replace(desk.rows[entry.place], points="2", given="in full +2")
    marking.write(marking.Sheet((row,)), out, marking.raw(out))
    desk.gather()
    stood = desk.given(entry)
    assert stood is not None
    assert [(item.name, item.worth) for item in stood.mark.given] == [("in full", 3.0)]
    assert desk.points(entry) == 3.0


@pytest.mark.parametrize(
    ("taken", "told"),
    [
        ([], ""),
        ([10, 10], ""),
        ([10, 10, 10], "10 s each, about 17 min left"),
        ([10, 10, 4980, 10, 10], "10 s each, about 17 min left"),
        ([0.1, 0.1, 0.1], "under 1 s each, about 10 s left"),
    ],
)
def test_the_pace_leaves_pauses_out(taken, told):
    assert pace(taken, 100) == told
