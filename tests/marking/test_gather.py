"""marks.csv follows the markers, and a person who writes into it wins."""

from dataclasses import replace

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from grader.marking import Act, BadBook, Given, Item, Row, Sheet, gather, parse, place, render
from grader.marking.given import given_cell, given_in, named, points_of

WHY = ("ada", "1A", "why")
ROWS = {
    (student, "1A", "why"): Row(student, "1A", "why", possible="2", answer="Since …")
    for student in ("ada", "bob")
}
FULL, HALF = Item("in full", 2.0), Item("half of it", 1.0)
RUBRIC = {("1A", "why"): (HALF,)}


def act(*given: Item, when="2026-05-01T10:00:00Z", comment="", student="ada", **more) -> Act:
    return Act(when, student, "1A", (Given("why", given, comment),), "Since …", **more)


def gathered(sheet, books, rubric=RUBRIC):
    """Gather as a file would be left: written and read again."""
    found = gather(sheet, books, rubric, ROWS)
    again, complaints = parse(render(found.sheet).encode())
    assert not complaints
    return replace(found, sheet=again)


def cells(sheet, where=WHY):
    (row,) = [row for row in sheet.rows if place(row) == where]
    return row.points, row.given, row.comment, row.who


def test_a_mark_becomes_a_row_and_a_later_one_takes_its_place():
    one = gathered(Sheet(), {"ana": [act(FULL, comment="=good")]})
    assert cells(one.sheet) == ("2", "in full +2", " =good", "ana")
    two = gathered(one.sheet, {"ana": [act(FULL, comment="=good"), act(HALF, when="2026-05-01T10:00:09Z")]})
    assert cells(two.sheet) == ("1", "half of it +1", "", "ana")


def test_a_comment_without_end_is_cut_and_the_file_can_be_read_again():
    books = {"eve": [act(FULL, comment="c" * 2_000_000)]}
    one = gathered(Sheet(), books)
    assert cells(one.sheet) == ("2", "in full +2", "c" * 4_998 + " …", "eve")
    assert gather(one.sheet, books, RUBRIC, ROWS).sheet is one.sheet


def test_points_above_what_is_possible_are_refused_by_file_and_line():
    acts = [act(FULL), Act("then", "bob", "1A", (Given("why", points=3.0),))]
    with pytest.raises(BadBook, match=r"marking/eve\.jsonl: line 2: 3 is more than the 2 possible"):
        gather(Sheet(), {"ana": [act(HALF)], "eve": acts}, RUBRIC, ROWS)
    taken_back = {"eve": [*acts, Act("later", undoes=1)]}
    assert cells(gathered(Sheet(), taken_back).sheet)[0] == "2"


def test_what_is_there_already_is_left_to_the_letter():
    books = {"ana": [act(FULL, HALF, comment=" two\nlines "), act(student="bob")]}
    one = gathered(Sheet(), books)
    assert gather(one.sheet, books, RUBRIC, ROWS).sheet is one.sheet


def test_taking_back_empties_the_row():
    one = gathered(Sheet(), {"ana": [act(FULL)]})
    two = gathered(one.sheet, {"ana": [act(FULL), Act("", undoes=0)]})
    assert cells(two.sheet) == ("", "", "", "")


def test_who_writes_into_the_file_wins():
    books = {"ana": [act(FULL)]}
    one = gathered(Sheet(), books)
    edited = replace(one.sheet, rows=(replace(one.sheet.rows[0], points="1,5"),))
    two = gathered(edited, books)
    assert cells(two.sheet) == ("1,5", "in full +2", "", "ana")
    again = {"ana": [*books["ana"], act(HALF, when="2026-05-02T10:00:00Z")]}
    assert cells(gathered(two.sheet, again).sheet)[0] == "1,5", "whoever marks again copies it first"
    copied = Act("2026-05-01T10:00:00Z", "ada", "1A", (Given("why", (FULL,), "", 1.5),), who="ana")
    again = {"ana": [*books["ana"], copied, act(HALF, when="2026-05-02T10:00:00Z")]}
    assert cells(gathered(two.sheet, again).sheet)[0] == "1"
    undone = {"ana": [*again["ana"], Act("", undoes=2)]}
    assert cells(gathered(two.sheet, undone).sheet)[0] == "1,5"


def test_markers_who_differ_leave_it_open_until_somebody_decides():
    books = {"ana": [act(FULL)], "ben": [act(HALF)]}
    one = gathered(Sheet(), books)
    assert cells(one.sheet)[0] == ""
    (conflict,) = one.conflicts
    assert [(stood.who, stood.mark.given) for stood in conflict.stood] == [("ana", (FULL,)), ("ben", (HALF,))]
    by_hand = replace(one.sheet, rows=(replace(one.sheet.rows[0], points="1.5", who="cy"),))
    two = gathered(by_hand, books)
    assert (cells(two.sheet)[0], two.conflicts) == ("1.5", ())
    decided = {**books, "ben": [*books["ben"], act(FULL, when="2026-05-02T10:00:00Z", decides=True)]}
    assert cells(gathered(one.sheet, decided).sheet)[0] == "2"
    later = {**decided, "ana": [*books["ana"], act(when="2026-05-03T10:00:00Z")]}
    assert len(gathered(one.sheet, later).conflicts) == 1


def test_markers_who_agree_are_one_mark_with_what_was_said():
    books = {"ana": [act(FULL, comment="Well said.")], "ben": [act(FULL, when="2026-05-02T10:00:00Z")]}
    assert cells(gathered(Sheet(), books).sheet) == ("2", "in full +2", "Well said.", "ana")


def test_another_worth_scores_everybody_again_but_points_set_by_hand():
    books = {"ana": [act(HALF), act(HALF, student="bob")]}
    one = gathered(Sheet(), books)
    bob = next(row for row in one.sheet.rows if row.student == "bob")
    sheet = replace(one.sheet, rows=(one.sheet.rows[0], replace(bob, points="0.5")))
    more = {("1A", "why"): (Item("half of it", 1.5),)}
    two = gathered(sheet, books, more)
    assert cells(two.sheet)[:2] == ("1.5", "half of it +1.5")
    assert cells(two.sheet, ("bob", "1A", "why"))[0] == "0.5"


def test_points_that_were_possible_once_are_mended_in_the_file_and_not_in_a_markers():
    books = {"ana": [Act("2026-05-01T10:00:00Z", "ada", "1A", (Given("why", points=2.0),))]}
    one = gathered(Sheet(), books)
    cheaper = {where: replace(row, possible="1.5") for where, row in ROWS.items()}
    two = gather(one.sheet, books, RUBRIC, cheaper).sheet
    assert cells(two)[0] == "2", "too high, which is said of its row"
    mended = replace(two, rows=(replace(two.rows[0], points="1.5"),))
    assert cells(gather(mended, books, RUBRIC, cheaper).sheet)[0] == "1.5"
    with pytest.raises(BadBook, match=r"2 is more than the 1\.5 possible"):
        gather(Sheet(), books, RUBRIC, cheaper)


@pytest.mark.parametrize(("possible", "whole", "half"), [(3.0, "3", "1.5"), (1.5, "1.5", "0.75")])
def test_in_full_and_half_follow_what_a_criterion_is_worth(possible, whole, half):
    books = {"ana": [act(FULL), act(Item("half", 1.0), student="bob")]}
    one = gathered(Sheet(), books, {})
    dearer = {where: replace(row, possible=f"{possible:g}") for where, row in ROWS.items()}
    hand = replace(one.sheet.rows[0], student="cid", points="1", given="", who="kim")
    sheet = replace(one.sheet, rows=(*one.sheet.rows, hand))
    two = gather(sheet, books, {}, {**dearer, place(hand): dearer[WHY]}).sheet
    assert cells(two) == (whole, f"in full +{whole}", "", "ana")
    assert cells(two, ("bob", "1A", "why"))[:2] == (half, f"half +{half}")
    assert cells(two, place(hand))[:2] == ("1", ""), "what was written by hand stays as written"
    assert {row.possible for row in two.rows} == {f"{possible:g}"}
    assert gather(two, books, {}, {**dearer, place(hand): dearer[WHY]}).sheet is two, "and so it stays"
    alone = gather(sheet, {}, {}, dearer).sheet
    assert cells(alone)[0] == whole, "without the marker's file too"


def test_an_item_that_is_called_otherwise_is_so_in_every_row_and_nobodys_hand():
    books = {"ana": [act(HALF, comment="Good.")], "ben": [act(HALF, student="bob")]}
    one = gathered(Sheet(), books)
    renamed = {("1A", "why"): (Item("the gradient alone", 1.0, ("half of it",)),)}
    two = gathered(one.sheet, books, renamed)
    assert cells(two.sheet) == ("1", "the gradient alone +1", "Good.", "ana")
    assert cells(two.sheet, ("bob", "1A", "why"))[:2] == ("1", "the gradient alone +1")
    assert gather(two.sheet, books, renamed, ROWS).sheet is two.sheet, "and so it stays"
    dearer = {("1A", "why"): (Item("the gradient alone", 1.5, ("half of it",)),)}
    assert cells(gathered(two.sheet, books, dearer).sheet)[0] == "1.5"
    again = [*books["ana"], act(FULL, when="2026-05-01T10:00:09Z")]
    assert cells(gathered(two.sheet, {"ana": again}, renamed).sheet)[0] == "2"


def test_a_row_by_hand_that_names_its_items_follows_the_rubric():
    row = replace(ROWS[WHY], points="1", given="half of it +1", who="cy")
    (after,) = gathered(Sheet((row,)), {}, {("1A", "why"): (Item("half of it", 0.5),)}).sheet.rows
    assert (after.points, after.given) == ("0.5", "half of it +0.5")


def test_rows_of_people_without_the_page_stay():
    rows = (Row("zoe", "1A", "why", "1", comment="left the course"), replace(ROWS[WHY], comment="a note"))
    sheet = Sheet(rows)
    assert gather(sheet, {"ana": [act(FULL, student="bob")]}, {}, ROWS).sheet.rows[:2] == rows


def test_a_comment_without_points_is_no_mark_and_waits_for_one():
    noted = Sheet((replace(ROWS[WHY], comment="look at line 2"),))
    assert gather(noted, {"ana": [act(FULL), Act("", undoes=0)]}, RUBRIC, ROWS).sheet is noted
    assert cells(gathered(noted, {"ana": [act(FULL, comment="look at line 2")]}).sheet)[0] == "2"


names = st.text(st.characters(exclude_categories=["C"]), max_size=40).map(named).filter(bool)
worths = st.integers(-8000, 8000).map(lambda number: number / 16)


@drawn(st.lists(st.builds(Item, names, worths), max_size=5))
def test_items_come_back_from_their_cell(items):
    assert given_in(given_cell(items)) == tuple(items)


@pytest.mark.parametrize(
    ("given", "points"),
    [((), 0), ((FULL,), 2), ((FULL, HALF), 2), ((Item("no", -0.5),), 0), ((HALF, Item("sign", -0.25)), 0.75)],
)
def test_points_are_never_below_nothing_nor_above_what_is_possible(given, points):
    assert points_of(given, 2.0) == points
