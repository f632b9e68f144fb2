"""What hands expect of the marking page: nothing moves, nothing is lost, one key takes back the last thing."""

import csv
from itertools import pairwise

import pytest

from grader import marking
from grader.desk.desk import At
from tests.desk.people import BENEFITS, RUBRIC_1A, RUBRIC_3A
from tests.desk.test_window import go_on, rows

pytestmark = pytest.mark.browser
FIRST, SECOND = RUBRIC_1A


def place(page):
    return page.locator("#answer").get_attribute("data-at")


def neighbours(desk):
    """Yield the numbers of answers to 3A that say the same and are marked for the same, two and two."""
    return pairwise(desk.identical(1)[BENEFITS[0], *RUBRIC_3A])


def on(page):
    return page.locator(".item[aria-pressed=true]").evaluate_all("all => all.map(one => one.dataset.name)")


def add_item(page, name, worth):
    page.keyboard.press("i")
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(worth)
    page.keyboard.press("Enter")


def change_item(page, name, *, new=None, worth=None):
    """Change an item of the first criterion in the dialog, by its name."""
    page.keyboard.press("i")
    form = page.locator("#worths form", has=page.locator(f"[aria-label='Remove “{name}”']"))
    if new is not None:
        form.locator("[name=name]").fill(new)
    if worth is not None:
        form.locator("[name=worth]").fill(worth)
    form.locator("[type=submit]").click()


# ---- taken back ------------------------------------------------------------------------------


def test_what_is_not_saved_goes_first_and_then_what_was_saved_last(served, window):
    desk, address = served("ana")
    page = window(address + "part/0/0")
    go_on(page, "1", "2")
    second = place(page)
    page.keyboard.press("1")
    page.keyboard.press("c")
    page.keyboard.type("Say why.")
    page.keyboard.press("Enter")
    assert page.inner_text("#total") == "2 of 3, not saved yet"
    page.keyboard.press("u")
    assert page.inner_text("#said") == "Taken back: what was not saved yet."
    assert (place(page), on(page), page.inner_text("#total")) == (second, [], "– of 3")
    assert page.locator(".entry .comment").first.inner_text() == ""
    assert len(desk.own.acts) == 1, "nothing that was saved went"
    page.keyboard.press("u")
    page.wait_for_function("() => document.getElementById('answer').dataset.at === 'part/0/0'")
    assert page.inner_text("#said") == "1A, answer 1: 3 points taken back."


def test_taking_back_in_another_part_shows_that_part(served, window):
    _, address = served("ana")
    page = window(address + "part/0/0")
    go_on(page, "1")
    page.goto(address + "part/1")
    assert page.inner_text("h1") == "3A Zero padding"
    page.keyboard.press("u")
    page.wait_for_function("() => document.getElementById('answer').dataset.at === 'part/0/0'")
    assert page.inner_text("h1") == "1A Why zero weights never learn"
    assert page.inner_text("#head .question") == "Why zero weights never learn?"
    assert page.title() == "1A Why zero weights never learn: marking"
    assert page.url == address + "part/0/0"
    assert page.inner_text("#said") == "1A, answer 1: 2 points taken back."


def test_what_of_a_rubric_item_was_taken_back_is_named(served, window):
    page = window(served("ana")[1] + "part/0/0")
    add_item(page, "most of it", "1.5")
    page.wait_for_selector(".item[data-name='most of it']")
    page.keyboard.press("u")
    assert on(page) == [], "it was given here, and that was not saved"
    page.keyboard.press("u")
    page.wait_for_selector(".item[data-name='most of it']", state="detached")
    assert page.inner_text("#said") == "Rubric item “most of it” taken back: it is gone."


# ---- where things are ------------------------------------------------------------------------


def boxes(page):
    return [
        page.locator(one).first.bounding_box() for one in ("[data-do=go]", ".nothing", ".item", "blockquote")
    ]


@pytest.mark.parametrize("size", [(1280, 800), (900, 700)])
def test_messages_and_ticks_move_nothing(served, window, size):
    page = window(served("ana")[1] + "part/0/0")
    page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    before = boxes(page)
    page.keyboard.press("Enter")
    assert page.inner_text("#said")
    assert boxes(page) == before
    page.keyboard.press("1")
    page.keyboard.press("n")
    assert "Not saved yet" in page.inner_text("#said")
    assert boxes(page) == before


@pytest.mark.parametrize("size", [(1280, 800), (900, 700)])
def test_answer_rubric_and_save_are_side_by_side_and_in_sight(served, window, size):
    page = window(served("ana")[1] + "part/0/0")
    page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    add_item(page, "a reason that is too long for half of a line", "0.5")
    page.wait_for_selector(".item[data-name^='a reason']")
    save, text, rubric = (
        page.locator(one).bounding_box() for one in ("[data-do=go]", "blockquote", ".rubric")
    )
    assert save["y"] + save["height"] <= size[1]
    assert rubric["x"] > text["x"] + text["width"]
    assert text["y"] < size[1] / 2


def test_what_a_digit_toggles_is_scrolled_into_sight(served, window):
    page = window(served("ana")[1] + "part/0/0")
    page.set_viewport_size({"width": 900, "height": 420})
    page.keyboard.press("2")
    item = page.locator(".entry").nth(1).locator(".item").first.bounding_box()
    assert item["y"] >= 0
    assert item["y"] + item["height"] <= page.locator(".below").bounding_box()["y"]


# ---- rubric items ----------------------------------------------------------------------------


def test_half_is_there_at_once_and_made_when_it_is_first_given(served, window, out):
    desk, address = served("ana")
    page = window(address + "part/0/0")
    assert not (out / "rubric.csv").exists()
    assert page.locator(".item[data-key='3'] span").inner_text() == "half"
    go_on(page, "3")
    desk.gather()
    assert rows(out)[desk.at(At(0, 0)).student, "1A", FIRST]["given"] == "half +1"
    with (out / "rubric.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [tuple(row.values()) for row in csv.DictReader(file)] == [("1A", FIRST, "half", "1")]


def test_all_of_it_and_a_part_of_it_are_never_given_both(served, window):
    page = window(served("ana")[1] + "part/0/0")
    page.keyboard.press("1")
    page.keyboard.press("3")
    assert on(page) == ["half"]
    page.keyboard.press("1")
    assert on(page) == ["in full"]
    add_item(page, "sign wrong", "−0,5")
    page.wait_for_selector(".item[data-name='sign wrong']")
    assert on(page) == ["in full", "sign wrong"], "what takes points off goes with it"
    assert page.inner_text("#total") == "1.5 of 3, not saved yet"


def test_a_worth_is_read_with_a_comma_too_and_refused_where_it_is_no_number(served, window):
    desk, address = served("ana")
    page = window(address + "part/0/0")
    add_item(page, "a third", "0,x")
    assert "“0,x” is not a number" in page.inner_text("#worths-said")
    form = page.locator("#worths form").first
    form.locator("[name=worth]").fill("5")
    page.keyboard.press("Enter")
    assert "5 is more than the 2 possible here" in page.inner_text("#worths-said")
    form.locator("[name=worth]").fill("0,5")
    page.keyboard.press("Enter")
    page.wait_for_selector(".item[data-name='a third']")
    assert desk.rubric["1A", marking.key(FIRST)] == (marking.Item("a third", 0.5),)
    assert on(page) == ["a third"], "who adds one means it for this answer"
    assert page.locator("#changes").count() == 0, "and nobody has other points"


def test_an_item_is_called_otherwise_for_everybody_and_keeps_its_digit(served, window, out):
    desk, address = served("ana")
    page = window(address + "part/0/0")
    go_on(page, "3")
    desk.gather()
    page.keyboard.press("1")
    change_item(page, "half", new="the gradient alone")
    page.wait_for_selector(".item[data-name='the gradient alone'][data-key='3']")
    assert page.inner_text("#said") == "“half” is called “the gradient alone” now."
    assert on(page) == ["in full"], "what was not saved yet is still there"
    page.keyboard.press("u")
    desk.gather()
    row = rows(out)[desk.at(At(0, 0)).student, "1A", FIRST]
    assert (row["given"], row["points"], row["who"]) == ("the gradient alone +1", "1", "ana")
    before = (out / "marks.csv").stat().st_mtime_ns
    desk.gather()
    assert (out / "marks.csv").stat().st_mtime_ns == before, "and it is nobody's hand"
    page.goto(address + "part/0/0")
    assert on(page) == ["the gradient alone"]
    page.keyboard.press("u")
    page.wait_for_selector(".item[data-name=half]")
    assert "it is “half” again" in page.inner_text("#said")
    desk.gather()
    assert rows(out)[desk.at(At(0, 0)).student, "1A", FIRST]["given"] == "half +1"


def test_an_item_goes_where_nobody_has_it(served, window):
    page = window(served("ana")[1] + "part/0/0")
    add_item(page, "little", "0.25")
    page.wait_for_selector(".item[data-name=little]")
    go_on(page)
    page.keyboard.press("i")
    page.get_by_label("Remove “little”").click()
    page.wait_for_selector("#said.wrong")
    assert "“little” was given to 1 answer: take it from them first" in page.inner_text("#said")
    page.keyboard.press("u")  # the mark
    page.wait_for_function("() => document.getElementById('answer').dataset.at === 'part/0/0'")
    page.keyboard.press("i")
    page.get_by_label("Remove “little”").click()
    page.wait_for_selector(".item[data-name=little]", state="detached")
    page.keyboard.press("u")
    page.wait_for_selector(".item[data-name=little]")
    assert "it is worth 0.25 again" in page.inner_text("#said")


# ---- comments --------------------------------------------------------------------------------


def comment(page, *keys):
    page.keyboard.press("c")
    for key in keys:
        page.keyboard.type(key) if len(key) > 1 and key != "Tab" else page.keyboard.press(key)
    page.keyboard.press("Enter")


def test_comments_keep_the_digits_in_which_they_were_first_said(served, window):
    page = window(served("ana")[1] + "part/0/0")
    for text in ("First.", "Second.", "Second."):
        page.keyboard.press("1")
        comment(page, text)
        go_on(page)
    page.keyboard.press("c")
    assert page.locator("#comment-saved button").all_text_contents()[1:] == ["1First.", "2Second."]
    page.keyboard.press("2")
    assert page.locator("#comment-text").input_value() == "Second.", "seen before it is taken"


def test_a_comment_may_begin_with_a_digit(served, window):
    page = window(served("ana")[1] + "part/0/0")
    page.keyboard.press("1")
    comment(page, "First.")
    go_on(page)
    page.keyboard.press("1")
    page.keyboard.press("c")
    page.locator("#comment-text").focus()
    page.keyboard.type("1 line is missing")
    page.keyboard.press("Enter")
    assert page.locator(".entry .comment").first.inner_text() == "1 line is missing"


def test_a_comment_says_what_it_is_about_and_a_click_chooses_that(served, window):
    page = window(served("ana")[1] + "part/0/0")
    page.locator("legend").nth(1).click()
    page.keyboard.press("c")
    assert page.inner_text("#comment-title") == f"Comment on “{SECOND}”"
    page.keyboard.type("Which ones?")
    page.keyboard.press("Enter")
    assert page.locator(".entry .comment").nth(1).inner_text() == "Which ones?"


def test_the_same_takes_the_comment_along_and_says_so(served, window):
    desk, address = served("ana")
    first = next(one for one, other in neighbours(desk) if other == one + 1)
    page = window(f"{address}part/1/{first}")
    page.keyboard.press("1")
    comment(page, "Why?")
    go_on(page)
    page.goto(f"{address}part/1/{first + 1}")
    assert page.inner_text("[data-do=repeat]") == "r Give the same, comment too"
    page.keyboard.press("r")
    assert page.inner_text("#said") == "As the answer before, its comment too: Enter saves it."
    assert page.locator(".entry .comment").first.inner_text() == "Why?"


# ---- going on --------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["n", "p"])
def test_nobody_leaves_what_is_not_saved_by_one_key(served, window, key):
    page = window(served("ana")[1] + "part/0/5")
    assert not page.locator("#unsaved").is_visible()
    page.keyboard.press("1")
    assert page.locator("#unsaved").is_visible()
    page.keyboard.press(key)
    assert page.inner_text("#said") == f"Not saved yet: Enter saves it, {key} again leaves it."
    assert (place(page), on(page)) == ("part/0/5", ["in full"])
    page.keyboard.press(key)
    page.wait_for_function("() => document.getElementById('answer').dataset.at !== 'part/0/5'")


def test_nor_by_one_click_on_a_link(served, window):
    page = window(served("ana")[1] + "part/0/5")
    page.keyboard.press("1")
    page.get_by_role("link", name="All parts").click()
    assert "Not saved yet" in page.inner_text("#said")
    page.get_by_role("link", name="All parts").click()
    page.wait_for_selector(".parts")


def test_enter_opens_what_is_open_and_leads_from_part_to_part(served, window):
    desk, address = served("ana")
    desk.do([_whole(desk, At(0, number)) for number in range(1, 60)])
    page = window(address)
    page.keyboard.press("Enter")
    page.wait_for_selector(".entry")
    go_on(page, "1")
    assert "Next: 3A Zero padding" in page.inner_text(".done")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('h1')?.textContent.startsWith('3A')")


def _whole(desk, at):
    answered = desk.at(at)
    marks = tuple(
        marking.Given(one.item, (marking.Item("in full", one.possible),)) for one in answered.entries
    )
    return marking.Act("2026-05-01T10:00:00Z", answered.student, answered.part.id, marks)


def test_the_same_text_with_other_points_is_said(served, window):
    desk, address = served("ana")
    first, second = next(neighbours(desk))
    page = window(f"{address}part/1/{first}")
    go_on(page, "1")
    page.goto(f"{address}part/1/{second}")
    go_on(page, "1", "2")
    told = page.inner_text("#said")
    assert told == f"Answer {second + 1} was given 5, and the same text in answer {first + 1} 2.5."
    page.goto(f"{address}part/1/{second}")
    assert page.inner_text(".same").startswith("The same text was given 2.5 of 5 in answer")
