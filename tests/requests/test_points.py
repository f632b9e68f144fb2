"""Points that a decision says are those of the part, or are named; what can be known is filled in."""

from dataclasses import replace

import pytest

from grader.datatypes import PartResult
from grader.requests import Request
from grader.requests.points import filled, shown, wrong

PART = PartResult("3B", "Parameters", 2.0, 9.0, 0.0)
ASKED = Request("ada", "3B", "why?", "stays: as the sheet says", line=2)


def told(request, *more, part=PART):
    found = wrong(request, part, (request, *more))
    return str(found) if found else ""


@pytest.mark.parametrize(
    ("decision", "old", "new", "fault"),
    [
        ("stays: no", "9", "2", "line 2, new: the decision says “stays”, and 9 → 2 does not"),
        ("Stays as it is", "9", "2", "line 2, new: the decision says “stays”"),
        ("changed: yes", "2", "2,0", "line 2, new: the decision says “changed”, and 2 → 2 does not"),
        ("we talked about it", "9", "2", ""),
        ("changed: yes", "1", "3", "line 2, new: 3 is not what part 3B has, 2: give the points in marks.csv"),
        ("changed: yes", "one", "2", "line 2, old: “one” is not a number"),
        ("changed: yes", "1", "-2", "line 2, new: “-2” is not a number"),
        ("changed: yes", "1", "nan", "line 2, new: “nan” is not a number"),
        ("changed: yes", "'1", "2.0", ""),
        ("stays: no", "", "", ""),
        ("", "9", "x", ""),
    ],
)
def test_points_that_cannot_be_are_named_and_no_student_reads_them(decision, old, new, fault):
    request = replace(ASKED, decision=decision, old=old, new=new)
    assert told(request).startswith(fault)
    assert bool(told(request)) == bool(fault)
    if fault:
        assert shown(request, PART, (request,)) == ("", "")


def test_points_are_shown_as_points_are_written():
    request = replace(ASKED, decision="changed: yes", old="0,50", new="2.0")
    assert shown(request, PART, (request,)) == ("0.5", "2")
    half = replace(request, new="")
    assert shown(half, PART, (half,)) == ("", "")


def test_a_decision_that_another_one_followed_says_what_that_began_with():
    first = replace(ASKED, decision="changed: yes", old="0", new="1")
    second = replace(ASKED, text="and this?", decision="changed: this too", old="1", new="2", line=3)
    assert not told(first, second)
    assert not told(second, first)
    assert told(first, replace(second, decision=""))


@pytest.mark.parametrize(
    ("decision", "old", "new", "was", "expected"),
    [
        ("stays: no", "", "", 2.0, ("2", "2")),
        ("changed: yes", "", "", 1.0, ("1", "2")),
        ("we talked about it", "", "", 1.0, ("1", "2")),
        ("changed: yes", "1", "", 2.0, ("1", "2")),
        ("changed: yes", "", "", 2.0, None),  # the points came before: nobody knows from where
        ("stays: no", "1", "", 2.0, None),
        ("changed: yes", "", "3", 1.0, None),
        ("stays: no", "2", "2", 2.0, None),
        ("", "", "", 1.0, None),
    ],
)
def test_points_that_are_left_out_are_filled_in_where_they_are_known(decision, old, new, was, expected):
    request = replace(ASKED, decision=decision, by="kim", old=old, new=new)
    answer = filled(request, replace(PART, earned=was), PART, (request,))
    assert (answer and (answer.old, answer.new)) == expected
    assert answer is None or (answer.decision, answer.by) == (decision, "kim")


def test_nothing_is_filled_in_as_long_as_the_part_waits():
    assert filled(ASKED, PART, replace(PART, pending=1.0), (ASKED,)) is None
