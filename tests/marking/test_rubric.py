"""rubric.csv is read as people leave it, and says by line what is wrong."""

import pytest

from grader.marking import BadMarks, Item, items_of, read_rubric, write_rubric
from grader.marking.rubric import NAME, offered, with_item, with_name, without_item, worth_now

ENTRY = ("1A", "=says “why”, and how")
RUBRIC = {ENTRY: (Item("half of it", 1.25), Item("=sign", -0.5)), ("1B", "x"): (Item("in full", 1.0),)}


def test_it_comes_back(tmp_path):
    assert read_rubric(tmp_path) == {}
    write_rubric(RUBRIC, tmp_path)
    assert read_rubric(tmp_path) == RUBRIC


def test_as_a_spreadsheet_leaves_it(tmp_path):
    (tmp_path / NAME).write_text("part;item;reason;worth\r\n1A;x;half;1,5\r\n;;;\r\n", encoding="utf-8-sig")
    assert read_rubric(tmp_path) == {("1A", "x"): (Item("half", 1.5),)}


def test_what_cannot_be_read_is_told_by_line_with_the_way_out(tmp_path):
    (tmp_path / NAME).write_bytes(b"part,item,reason,worth\n1A,x,f\xfcr,1\n")
    with pytest.raises(BadMarks, match=r"rubric\.csv: line 2: not UTF-8: save it as “CSV UTF-8”"):
        read_rubric(tmp_path)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("1A,x,half,much", "line 2: the worth “much” is not a number"),
        ("1A,x,half,nan", "is not a number"),
        ("1A,,half,1", "line 2: a level names its part"),
        ("1A,x,half,1\n1A,x,half,2", "line 3: “half” stands here twice"),
    ],
)
def test_what_is_wrong_is_told_by_line(tmp_path, line, told):
    (tmp_path / NAME).write_text(f"part,item,reason,worth\n{line}\n")
    with pytest.raises(BadMarks, match=told):
        read_rubric(tmp_path)


def test_every_entry_has_one_item_that_is_all_of_it():
    assert items_of({}, "1A", "x", 2.5) == (Item("in full", 2.5),)
    assert items_of(RUBRIC, "1B", "x", 2.5) == (Item("in full", 1.0),)
    assert items_of(RUBRIC, *ENTRY, 2.5)[1:] == RUBRIC[ENTRY]


def test_an_item_is_added_changed_and_taken_out():
    one = with_item({}, ENTRY, Item("half", 1.0))
    two = with_item(one, ENTRY, Item("half", 2.0))
    assert (one[ENTRY], two[ENTRY]) == ((Item("half", 1.0),), (Item("half", 2.0),))
    assert without_item(two, ENTRY, "half")[ENTRY] == ()


def test_marks_know_an_item_by_what_it_was_called(tmp_path):
    rubric = with_name(
        with_name(with_item({}, ENTRY, Item("half", 1.0)), ENTRY, "half", "part"), ENTRY, "part", "some"
    )
    write_rubric(rubric, tmp_path)
    read = read_rubric(tmp_path)
    assert [one.was for one in read[ENTRY]] == [("half", "part")]
    for name in ("half", "part", "some"):
        assert worth_now(read, *ENTRY, Item(name, 2.0)) == Item("some", 1.0)
    assert worth_now(read, *ENTRY, Item("other", 2.0)) == Item("other", 2.0)
    back = with_name(read, ENTRY, "some", "half")
    assert [(one.name, one.was) for one in back[ENTRY]] == [("half", ("part", "some"))]


def test_half_is_offered_until_something_is_worth_half():
    whole, sign = Item("in full", 2.0), Item("sign", -0.5)
    assert offered((whole, sign), 2.0) == (whole, Item("half", 1.0), sign)
    assert offered((whole, Item("most", 1.0)), 2.0) == (whole, Item("most", 1.0))
    assert offered((whole, sign, Item("half", 0.75)), 2.0) == (whole, Item("half", 0.75), sign)
    assert offered((Item("in full", 0.0),), 0.0) == (Item("in full", 0.0),)
