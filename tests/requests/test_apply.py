"""What a student asks gets into their result and no other's; what fits nobody is named."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import record, requests
from grader.datatypes import Asked, PartResult, Regrade, Result
from grader.requests import Request
from grader.requests.apply import MOST_NEAR

ADA = Result(
    "lab",
    "Lab",
    "ada",
    1.0,
    3.0,
    0.0,
    (PartResult("1A", "a", 1.0, 1.0, 0.0), PartResult("3B", "b", 0.0, 2.0, 0.0)),
)
ASKED = Request("ada", "3B", "why?", "stays: as the sheet says", "kim", "0", "0", "2026-12-01", 2)


def test_the_request_is_in_the_result_and_not_who_decided():
    after = requests.applied(ADA, {"ada": (ASKED,), "bob": (replace(ASKED, student="bob"),)})
    assert after.requests == (Asked("3B", "why?", "stays: as the sheet says", "0", "0"),)
    assert "kim" not in record.dump(after)
    assert record.load(record.dump(after)) == after
    assert record.for_student(after).requests == after.requests


def test_what_was_in_it_before_goes():
    after = requests.applied(ADA, {"ada": (ASKED,)})
    assert requests.applied(after, {}) == ADA
    assert requests.applied(after, {"ada": (ASKED,)}) is after


def test_parts_that_are_not_there_are_left_out_and_the_last_are_shown():
    many = tuple(replace(ASKED, text=str(number)) for number in range(30))
    after = requests.applied(ADA, {"ada": (replace(ASKED, part="9Z"), *many)})
    assert [one.text for one in after.requests] == [str(number) for number in range(10, 30)]


def test_a_name_as_a_spreadsheet_has_it():
    seven = replace(ADA, student="007")
    assert requests.applied(seven, {"007": (ASKED,)}).requests


def test_what_fits_nobody_is_named_with_the_nearest():
    own = [replace(ASKED, student="adaa"), replace(ASKED, part="3b"), replace(ASKED, part="7"), ASKED]
    own += [replace(ASKED, part=name) for name in ("3 B", "Problem 3B", "3(b)", "question 3.b")]
    told = [str(one) for one in requests.unknown(own, [ADA])]
    assert told == [
        "line 2, student: no result of “adaa”; did you mean “ada”?",
        "line 2, part: no part “7” in ada's result; there are 1A, 3B",
    ]


def test_a_form_that_anybody_fills_in_keeps_nobody_waiting():
    many = [replace(ASKED, student="adaa") for _ in range(MOST_NEAR + 1)]
    *named, last = map(str, requests.unknown(many, [ADA]))
    assert all("did you mean “ada”?" in one for one in named)
    assert last == "line 2, student: no result of “adaa”: mend the name, or take the row out"
    (told,) = requests.unknown([replace(ASKED, student="ada" * 100_000)], [ADA])
    assert len(str(told)) < 200
    (told,) = requests.unknown([replace(ASKED, part="3B" * 100_000)], [ADA])
    assert len(str(told)) < 200


def test_letters_of_a_part_are_small_or_large_where_only_one_part_fits():
    after = requests.applied(ADA, {"ada": (replace(ASKED, part="3b"),)})
    assert after.requests[0].part == "3B"
    both = replace(ADA, parts=(*ADA.parts, PartResult("3b", "c", 1.0, 2.0, 0.0)))
    assert requests.applied(both, {"ada": (replace(ASKED, part="3b"),)}).requests[0].part == "3b"
    two = replace(ADA, parts=(PartResult("3Ab", "b", 0.0, 2.0, 0.0), PartResult("3aB", "c", 1.0, 2.0, 0.0)))
    [told] = requests.unknown([replace(ASKED, part="3ab")], [two])
    assert "did you mean “3Ab”" in str(told)


@pytest.mark.parametrize(
    ("decided", "until", "day"),
    [
        ("2026-12-02T05:10:00Z", "2026-12-10T23:59:00-08:00", "2026-12-01"),
        ("2026-12-02T05:10:00Z", "", "2026-12-02"),
        ("2026-12-02", "2026-12-10T23:59:00-08:00", "2026-12-02"),
        ("0001-01-01T00:00:00Z", "2026-12-10T23:59:00-08:00", "0001-01-01T00:00:00Z"),
        ("on Friday", "", "on Friday"),
    ],
)
def test_the_day_of_a_decision_is_the_courses(decided, until, day):
    result = replace(ADA, regrade=Regrade("", until, ""))
    assert requests.applied(result, {"ada": (replace(ASKED, decided=decided),)}).requests[0].decided == day


@given(st.text(max_size=50), st.text(max_size=50), st.text(max_size=50))
def test_any_text_survives_the_record(text, decision, points):
    asked = {"ada": (Request("ada", "3B", text, decision, "kim", points, points),)}
    after = requests.applied(ADA, asked)
    back = record.load(record.dump(after))
    assert len(back.requests) == 1
