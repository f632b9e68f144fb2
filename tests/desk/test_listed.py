"""The answers of a part in a list: each with its beginning and its marks, and a way to it."""

import pytest

from grader import marking
from grader.desk.desk import At
from grader.desk.listed import BEGINNING, Row, listed
from tests.desk.test_hands import LEARNS, saying
from tests.desk.test_nearest import give
from tests.desk.test_window import go_on


def test_a_row_has_the_beginning_and_the_marks_of_an_answer(desk_of):
    desk = desk_of("ana", saying("Zero\n\nstays  zero.", "word " * 40))
    short, long = listed(desk, 0) if desk.at(At(0, 0)).text.startswith("Zero") else listed(desk, 0)[::-1]
    assert short == Row(short.number, "Zero stays zero.", (), "", 0, open=True)
    assert long.begins.endswith("word …")
    assert len(long.begins) <= BEGINNING + 2
    first, second = desk.at(At(0, short.number)).entries
    whole = marking.Item("in full", 2.0)
    given = (marking.Given(first.item, (whole,), "Why?"), marking.Given(second.item))
    desk.mark(At(0, short.number), desk.seen(At(0, short.number)), given)
    marked = Row(short.number, "Zero stays zero.", ("2", "0"), "2", 1, open=False)
    assert listed(desk, 0)[short.number] == marked


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("a " * 60 + "$x = 1$ and more words here", "a " * 60 + "$x = 1$ and more …"),
        ("a " * 60 + "$x = 1 + 2 + 3 + 4 + 5 + 6$", ("a " * 60).strip() + " …"),
        ("", ""),
    ],
)
def test_a_formula_is_whole_or_left_out(desk_of, text, begins):
    assert listed(desk_of("ana", saying(text)), 0)[0].begins == begins


def test_the_same_text_with_other_points_is_seen(desk_of):
    desk = desk_of("ana", saying(LEARNS, LEARNS, f"{LEARNS} So."))
    for number in range(3):
        give(desk, number, *(("in full", "in full") if number else ()))
    same = {number for number in range(3) if desk.at(At(0, number)).text == LEARNS}
    rows = listed(desk, 0)
    differ = len({rows[number].points for number in same}) > 1
    assert {row.number for row in rows if row.unlike} == (same if differ else set())
    assert differ == (0 in same)


@pytest.mark.browser
def test_the_list_leads_to_each_answer_and_back(served, window):
    _, address = served("ana", saying("<b>Zero</b> stays zero.", "<script>tell()</script>"))
    page = window(address + "part/0/0")
    go_on(page, "1")
    page.get_by_role("link", name="all answers").click()
    page.wait_for_selector("table.all")
    cells = page.locator("table.all td").all_inner_texts()
    assert {cells[0], cells[3]} == {"<b>Zero</b> stays zero.", "<script>tell()</script>"}
    assert cells[1:3] == ["2 + 0 = 2", "✓ marked"]
    assert cells[4:6] == ["–", "… not marked yet"]
    page.get_by_role("link", name="2", exact=True).click()
    page.wait_for_selector("#answer[data-at='part/0/1']")
    page.get_by_role("link", name="all answers").click()
    page.wait_for_selector("table.all")
    page.keyboard.press("Enter")
    page.wait_for_selector("#answer[data-at='part/0/1']")
