"""What people gave wins over the grader, adds up exactly, and can be taken back."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from grader import scoring
from grader.datatypes import CheckResult, Lateness, PartResult, Result, RubricResult, Status
from grader.marking import Mark, apply, unmarked
from grader.status import Marked

BROKEN = "check layer_count is broken: LookupError"
UNREAD = "1A: not understood"


def graded(**more) -> Result:
    first = PartResult(
        *("1A", "Why", 0.0, 0.0, 0.0),
        checks=(
            CheckResult("layer_count", Status.ERROR, possible=2.0, attention=(BROKEN,)),
            CheckResult(
                "shape",
                Status.PENDING,
                "Its shape",
                "Several can be read.",
                possible=0.1,
                attention=(UNREAD,),
            ),
            CheckResult("accuracy", Status.FAILED, earned=0.2, possible=1.0),
        ),
        rubric=(RubricResult("says why", 2.5), RubricResult("= an example", 0.1, Status.MISSING)),
    )
    second = PartResult(
        "1B", "How", 0.0, 0.0, 0.0, checks=(CheckResult("works", Status.PASSED, earned=1.0, possible=1.0),)
    )
    attention = ("notes.odt: cannot be read", BROKEN, UNREAD)
    parts = tuple(map(scoring.of_part, (first, second)))
    result = Result(
        *("lab", "Lab", "ada", 0.0, 0.0, 0.0, parts), needs_attention=True, attention=attention, **more
    )
    return scoring.of_result(result)


def marked(*marks: Mark, result: Result | None = None) -> Result:
    return apply(result or graded(), {"ada": marks})


ITEMS = [
    *[("1A", "layer_count", 2), ("1A", "shape", "0.1"), ("1A", "accuracy", 1)],
    *[("1A", "says why", "2.5"), ("1A", "= an example", "0.1"), ("1B", "works", 1)],
]
some = st.lists(st.sampled_from(ITEMS), unique=True).flatmap(
    lambda items: st.tuples(
        *(
            st.builds(
                Mark,
                part=st.just(part),
                item=st.just(item),
                points=st.decimals(0, possible, places=3).map(float),
                comment=st.text(max_size=5),
                who=st.text(max_size=5),
            )
            for part, item, possible in items
        )
    )
)


@given(some, some)
def test_marks_can_be_put_in_again_changed_and_taken_back(marks, others):
    once = marked(*marks)
    assert marked(*marks, result=once) == once
    assert marked(*marks, result=marked(*others)) == once
    assert unmarked(once) == graded() == marked(result=once)


@given(some)
def test_points_add_up_exactly(marks):
    result = marked(*marks)
    entries = [entry for part in result.parts for entry in (*part.checks, *part.rubric)]
    earned = sum(Fraction(str(entry.earned)) for entry in entries)
    waiting = [entry for entry in entries if entry.status in {Status.PENDING, Status.ERROR}]
    assert result.earned == float(earned)
    assert result.pending == float(sum(Fraction(str(entry.possible)) for entry in waiting))
    assert result.possible == graded().possible == 6.7
    assert sum(entry.marked is not None for entry in entries) == len(marks)
    for part in result.parts:
        assert part.earned + part.pending <= part.possible + 1e-12


def test_a_criterion_that_is_marked_no_longer_waits():
    result = marked(
        Mark("1A", "says why", 2.5, "Well said.", "kim", "1 May", 2), Mark("1A", "= an example", 0.05)
    )
    full, partly = result.parts[0].rubric
    by = Marked("kim", "1 May", Status.PENDING, 0.0)
    assert full == RubricResult("says why", 2.5, Status.PASSED, 2.5, "Well said.", by)
    assert (partly.status, partly.earned) == (Status.FAILED, 0.05)
    assert partly.marked.status is Status.MISSING
    assert (result.earned, result.pending) == (3.75, 2.1)


def test_a_person_wins_over_failed_error_and_pending_and_passed():
    result = marked(
        Mark("1A", "layer_count", 2),
        Mark("1A", "shape", 0),
        Mark("1A", "accuracy", 0.5),
        Mark("1B", "works", 0),
    )
    checks = [check for part in result.parts for check in part.checks]
    assert [check.status.value for check in checks] == ["passed", "failed", "failed", "failed"]
    assert [check.marked.status.value for check in checks] == ["error", "pending", "failed", "passed"]
    assert [check.marked.earned for check in checks] == [0, 0, 0.2, 1]
    assert checks[1].message == "Several can be read.", "what the grader said stays"


def test_what_a_person_marked_needs_no_attention_any_more():
    result = marked(Mark("1A", "layer_count", 2))
    assert result.attention == ("notes.odt: cannot be read", UNREAD)
    assert result.needs_attention
    assert unmarked(result).attention == graded().attention


def test_a_mark_above_what_is_possible_counts_for_nothing_and_is_told_to_staff():
    result = marked(Mark("1A", "says why", 3, line=7))
    assert result.parts == graded().parts
    assert (
        result.attention[-1]
        == "marks.csv, line 7: the mark of 3 for “says why” in 1A counts for nothing: only 2.5 are possible: give 0 to 2.5"
    )
    assert unmarked(result) == graded()


def test_a_mark_of_what_is_not_there_any_more_is_told_but_not_where_its_part_was_not_graded():
    assert "no such check or criterion is there" in marked(Mark("1A", "said why", 1, line=7)).attention[-1]
    assert marked(Mark("9Z", "says why", 1)) == graded()


def test_marks_of_others_are_passed_over():
    assert apply(graded(), {"bob": (Mark("1A", "says why", 1),)}) == graded()
    assert apply(replace(graded(), student="=x"), {"=x": (Mark("1A", "says why", 1),)}).earned == 2.2


def test_what_coming_late_costs_follows_what_is_earned():
    late = Lateness("2026-03-02T00:59:00+00:00", "2026-03-01T23:59:00+00:00", 1.0, 0.12, "a tenth", 0.1)
    result = marked(Mark("1A", "says why", 2.5), result=graded(lateness=late))
    assert (result.earned, result.lateness.points, result.total) == (3.7, 0.37, 3.33)
    assert unmarked(result) == graded(lateness=late)
