"""Answers that say the very same: whether they were given the same, a criterion after the other."""

import pytest

from grader import marking
from grader.datatypes import CheckResult, Status
from grader.desk.desk import At
from grader.desk.identical import Same, points, same, spelled, unlike
from grader.desk.nearest import nearest
from grader.desk.rescored import set_worth
from grader.desk.saved import saved
from tests.desk.test_hands import LEARNS, number_of, saying
from tests.desk.test_nearest import changed, give

DRAWN = CheckResult("network", Status.PENDING, "The network", "7 or 9.", actual="7", possible=2.0)


def on(number):
    return At(0, number)


def test_points_that_add_up_to_the_same_are_not_the_same(desk_of):
    desk = desk_of("ana", saying(LEARNS, LEARNS, LEARNS))
    set_worth(desk, 0, desk.at(on(0)).entries[0], "alone", 1.0)
    give(desk, 0, "alone", None)
    give(desk, 1, None, "in full")
    give(desk, 2, None, "in full")
    assert points(desk, on(0)) == points(desk, on(1)) == "1"
    assert same(desk, on(1)) == (Same(1, "1 + 0"),)
    assert same(desk, on(0)) == (Same(2, "0 + 1"),)
    assert unlike(desk, 0) == [[(0, "1 + 0"), (1, "0 + 1"), (2, "0 + 1")]]
    told = saved(desk, on(1), "")
    assert told.told == "Answer 2: 0 + 1 of 3 saved. The same text has 1 + 0 in answer 1."
    assert told.look


@pytest.mark.parametrize(("level", "differs"), [("in full", False), (None, True)])
def test_one_that_is_marked_for_more_is_held_against_what_both_are_marked_for(desk_of, level, differs):
    results = changed(saying(LEARNS, LEARNS), 0, checks=(DRAWN,))
    desk = desk_of("ana", results)
    more = next(number for number in (0, 1) if len(desk.at(on(number)).entries) == 3)
    give(desk, more, None, "in full", None)
    levels = [None, level]
    give(desk, 1 - more, *levels)
    expected = (Same(more + 1, spelled(desk, on(more))),) if differs else ()
    assert same(desk, on(1 - more)) == expected
    assert bool(unlike(desk, 0)) is differs


def test_what_is_open_is_not_held_against_anything(desk_of):
    desk = desk_of("ana", saying(LEARNS, LEARNS, LEARNS))
    give(desk, 0, "in full", None)
    assert (same(desk, on(1)), unlike(desk, 0), spelled(desk, on(1))) == ((), [], "")
    give(desk, 2, None, None)
    assert {one.points for one in same(desk, on(1))} == {"2 + 0", "0 + 0"}, "whoever reads it hears of both"


def test_other_texts_are_others(desk_of):
    desk = desk_of("ana", saying(LEARNS, f"{LEARNS} So."))
    give(desk, 0, "in full", None)
    give(desk, 1, None, None)
    assert (same(desk, on(1)), unlike(desk, 0)) == ((), [])


def test_of_the_same_text_the_last_judgement_is_offered(desk_of):
    desk = desk_of("ana", saying(LEARNS, LEARNS, LEARNS))
    for number, worth, when in ((0, 2.0, 1), (1, 1.0, 2), (0, 1.5, 3)):
        answered = desk.at(on(number))
        first, second = answered.entries
        marks = (
            marking.Given(first.item, (marking.Item("in full", 2.0),) if worth == 2.0 else ()),
            marking.Given(second.item, (marking.Item("in full", 1.0),) if worth == 1.0 else ()),
        )
        desk.do([marking.Act(f"2026-12-01T08:00:0{when}Z", answered.student, "1A", marks, "")])
    assert nearest(desk, on(2)).number == 1, "answer 2 is nearer, and was judged before"


def test_a_comment_is_said_to_be_saved(desk_of):
    desk = desk_of("ana", saying(LEARNS, f"{LEARNS} So."))
    number = number_of(desk, LEARNS)
    first, second = desk.at(on(number)).entries
    given = (marking.Given(first.item, (), "Why?"), marking.Given(second.item))
    desk.mark(on(number), desk.seen(on(number)), given)
    told = saved(desk, on(number), "")
    assert (told.told, told.look) == (f"Answer {number + 1}: 0 + 0 of 3 saved, with a comment.", False)


def test_a_comment_that_the_same_text_has_not_is_said(desk_of):
    desk = desk_of("ana", saying(LEARNS, LEARNS))
    give(desk, 0, None, None)
    first, second = desk.at(on(1)).entries
    given = (marking.Given(first.item, (), "Why?"), marking.Given(second.item))
    desk.mark(on(1), desk.seen(on(1)), given)
    assert saved(desk, on(1), "").told.endswith("The same text has no comment in answer 1.")
    assert saved(desk, on(0), "").told.endswith("The same text has other comments in answer 2.")
