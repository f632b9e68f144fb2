"""What hands expect of the marking page: nothing moves, nothing is lost, one key takes one step back."""

import csv
from dataclasses import replace
from itertools import pairwise

import pytest

from grader import marking
from grader.datatypes import CheckResult, Status
from grader.desk.desk import At
from tests.desk.people import BENEFITS, RUBRIC_1A, RUBRIC_3A, class_of
from tests.desk.test_window import go_on, rows

pytestmark = pytest.mark.browser
FIRST, SECOND = RUBRIC_1A
MEANT = 450  # milliseconds after which a second press is meant


def place(page):
    return page.locator("#answer").get_attribute("data-at")


def neighbours(desk):
    """Yield the numbers of answers to 3A that say the same and are marked for the same, two and two."""
    same = desk.identical(1)[BENEFITS[0]]
    return pairwise(number for number in same if len(desk.at(At(1, number)).entries) == len(RUBRIC_3A))


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
    form = page.locator(f"#worths form[data-level='{name}']")
    if new is not None:
        form.locator("[name=name]").fill(new)
    if worth is not None:
        form.locator("[name=worth]").fill(worth)
    form.locator("[type=submit]").click()


# ---- taken back ------------------------------------------------------------------------------


def test_what_is_not_saved_goes_first_step_by_step_and_then_what_was_saved_last(served, window):
    desk, address = served("ana")
    page = window(address + "part/0/0")
    go_on(page, "1", "2")
    second = place(page)
    page.keyboard.press("1")
    comment(page, "Say why.")
    page.keyboard.press("2")
    assert page.inner_text("#total") == "3 of 3"
    page.keyboard.press("u")
    assert page.inner_text("#said") == "“in full” is taken back."
    assert page.inner_text("#total") == "2 of 3"
    assert page.locator(".entry .comment").first.inner_text() == "Say why."
    page.keyboard.press("u")
    assert "The comment is taken back" in page.inner_text("#said")
    assert (on(page), page.locator(".entry .comment").first.inner_text()) == (["in full"], "")
    page.keyboard.press("u")
    assert (place(page), on(page), page.inner_text("#total")) == (second, [], "– of 3")
    assert len(desk.own.acts) == 1, "nothing that was saved went"
    page.keyboard.press("u")
    page.wait_for_function("() => document.getElementById('answer').dataset.at === 'part/0/0'")
    told = "1A, answer 1: 3 points taken back. Not saved now: change it, or press Enter."
    assert page.inner_text("#said") == told


def test_a_comment_that_is_taken_back_can_be_taken_again(served, window):
    page = window(served("ana")[1] + "part/0/0")
    comment(page, "Say why.")
    page.keyboard.press("u")
    page.keyboard.press("1")
    comment(page, "Which ones?")
    go_on(page)
    page.keyboard.press("c")
    offered = page.locator("#comment-saved button").all_text_contents()
    assert offered == ["0no comment", "1Say why.", "2Which ones?"]
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    assert page.locator(".entry .comment").first.inner_text() == "Say why."


@pytest.mark.parametrize("keys", [("1", "2", "h"), ("0",)], ids="".join)
def test_a_mark_that_is_taken_back_is_shown_to_be_changed(served, window, keys):
    desk, address = served("ana")
    page = window(address + "part/0/0")
    for key in keys:
        page.keyboard.press(key)
    comment(page, "Say why.")
    given, comments = on(page), page.locator(".entry .comment").all_inner_texts()
    go_on(page)
    page.keyboard.press("u")
    page.wait_for_function("() => document.getElementById('answer').dataset.at === 'part/0/0'")
    assert (on(page), page.locator(".entry .comment").all_inner_texts()) == (given, comments)
    assert page.locator("#unsaved").is_visible()
    assert desk.left(0) == 60
    go_on(page)
    first, second = ([(mark.given, mark.comment) for mark in act.marks] for act in desk.own.acts if act.marks)
    assert first == second


def test_a_mark_that_took_the_place_of_another_gives_way_to_that(served, window):
    _, address = served("ana")
    page = window(address + "part/0/0")
    go_on(page, "1")
    page.goto(address + "part/0/0")
    go_on(page, "2")
    page.keyboard.press("u")
    page.wait_for_function("() => document.getElementById('answer').dataset.at === 'part/0/0'")
    assert "; 2 count again." in page.inner_text("#said")
    assert not page.locator("#unsaved").is_visible()
    assert len(on(page)) == 1


def test_levels_are_taken_back_in_turn_with_ticks(served, window):
    page = window(served("ana")[1] + "part/0/0")
    page.keyboard.press("2")
    page.keyboard.press("h")
    page.keyboard.press("1")
    change_item(page, "half", new="the gradient alone")
    page.wait_for_selector(".item[data-name='the gradient alone']")
    page.keyboard.press("h")
    assert on(page) == ["the gradient alone", "half"]
    for named in (["in full", "half"], ["in full", "half"], ["half"], ["in full"], []):
        page.keyboard.press("u")
        page.wait_for_function(
            "names => [...document.querySelectorAll('.item[aria-pressed=true]')]"
            ".map(one => one.dataset.name).join() === names.join()",
            arg=named,
        )
    assert page.locator(".item[data-name='the gradient alone']").count() == 0


def test_taking_back_in_another_part_shows_that_part(served, window):
    desk, address = served("ana")
    page = window(address + "part/0/0")
    go_on(page, "1")
    page.goto(address + "part/1")
    assert page.inner_text("h1") == "3A Zero padding"
    page.keyboard.press("u")
    page.wait_for_function("() => document.querySelector('#said').textContent !== ''")
    assert page.inner_text("#said") == "What was saved last is in 1A: u again takes that back."
    assert len(desk.own.acts) == 1, "nothing is done where nobody sees it"
    page.wait_for_timeout(MEANT)
    page.keyboard.press("u")
    page.wait_for_function("() => document.getElementById('answer').dataset.at === 'part/0/0'")
    assert page.inner_text("h1") == "1A Why zero weights never learn"
    assert page.inner_text("#head .question") == "Why zero weights never learn?"
    assert page.title() == "1A Why zero weights never learn: marking"
    assert page.url == address + "part/0/0"
    assert page.inner_text("#said").startswith("1A, answer 1: 2 points taken back.")


def test_what_of_a_level_was_taken_back_is_named(served, window):
    page = window(served("ana")[1] + "part/0/0")
    add_item(page, "most of it", "1.5")
    page.wait_for_selector(".item[data-name='most of it']")
    page.keyboard.press("u")
    assert on(page) == [], "it was given here, and that was not saved"
    page.keyboard.press("u")
    page.wait_for_selector(".item[data-name='most of it']", state="detached")
    assert page.inner_text("#said") == "1A: level “most of it” taken back: it is gone."


# ---- where things are ------------------------------------------------------------------------


FIXED = ("[data-do=go]", "[data-do=repeat]", ".nothing", ".below")


def boxes(page, *names):
    return [page.locator(one).first.bounding_box() for one in (*FIXED, *names)]


def sized(page, size):
    page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))


@pytest.mark.parametrize("size", [(1280, 800), (900, 700), (700, 500)])
def test_messages_and_ticks_move_nothing(served, window, size):
    page = window(served("ana")[1] + "part/0/0")
    sized(page, size)
    page.locator(".item").first.scroll_into_view_if_needed()
    before = boxes(page, ".item", "blockquote")
    page.keyboard.press("Enter")
    assert page.inner_text("#said")
    assert boxes(page, ".item", "blockquote") == before
    page.locator(".item").first.click()
    page.keyboard.press("n")
    assert "Not saved yet" in page.inner_text("#said")
    assert boxes(page, ".item", "blockquote") == before


@pytest.mark.parametrize("size", [(1280, 800), (900, 700)])
def test_what_saves_stays_where_it_is_from_answer_to_answer(served, window, size):
    page = window(served("ana")[1] + "part/0/0")
    sized(page, size)
    before = boxes(page)
    for _ in range(3):
        page.locator(".item").first.click()
        comment(page, "A comment takes a line, and this one more than that: why, since when, and how?")
        assert boxes(page) == before
        at = place(page)
        page.locator("[data-do=go]").click()
        page.wait_for_function("at => document.getElementById('answer').dataset.at !== at", arg=at)
        assert boxes(page) == before


def test_a_tick_moves_no_word_and_touches_no_number(served, window):
    page = window(served("ana")[1] + "part/0/0")
    item = page.locator(".item").first
    before = [one.bounding_box() for one in item.locator("kbd, span, b").all()]
    page.keyboard.press("1")
    assert [one.bounding_box() for one in item.locator("kbd, span, b").all()] == before
    number, box = item.locator("b").bounding_box(), item.bounding_box()
    tick = "one => parseFloat(getComputedStyle(one, '::after').width)"
    assert box["x"] + box["width"] - number["x"] - number["width"] > item.evaluate(tick) > 10


def test_what_is_said_of_underlined_words_keeps_its_place(served, window):
    _, address = served("ana", [*class_of(2), _without_words(class_of(3)[2])])
    places = []
    for number in range(3):
        page = window(f"{address}part/0/{number}")
        marks = page.locator("mark").count()
        assert page.locator(".underlined").is_visible() == (marks > 0)
        places.append((marks > 0, page.locator("h1").bounding_box()["y"]))
    assert {has for has, _ in places} == {True, False}
    assert len({height for _, height in places}) == 1


def _without_words(result):
    answer = (replace(result.parts[0].answer[0], text="No."),)
    return replace(result, parts=(replace(result.parts[0], answer=answer), *result.parts[1:]))


def assert_in_sight(page, button):
    """Assert that all of a button is above the bar, and that nothing else lies over it."""
    box, bar = button.bounding_box(), page.locator(".below").bounding_box()
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= bar["y"]
    at = [box["x"] + box["width"] / 2, box["y"] + box["height"] - 3]
    there = "([x, y]) => document.elementFromPoint(x, y).closest('button')?.innerText"
    assert page.evaluate(there, at) == button.inner_text()


@pytest.mark.parametrize("size", [(1280, 800), (900, 700), (800, 500), (700, 500)])
def test_nothing_lies_under_the_bar(served, window, size):
    desk, address = served("ana")
    waits = next(n for n, one in enumerate(desk.answers(1)) if len(one.entries) == 3)
    page = window(f"{address}part/1/{waits}")
    sized(page, size)
    bar = page.locator(".below").bounding_box()
    assert bar["y"] + bar["height"] <= size[1]
    for button in page.locator(".foot button:enabled").all():
        assert_in_sight(page, button)
    for button in page.locator(".rubric button:enabled").all():
        button.focus()
        assert_in_sight(page, button)


@pytest.mark.parametrize("size", [(1280, 800), (900, 700)])
def test_answer_rubric_and_save_are_side_by_side_and_in_sight(served, window, size):
    page = window(served("ana")[1] + "part/0/0")
    sized(page, size)
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


# ---- levels ----------------------------------------------------------------------------------


def test_half_is_there_at_once_and_made_when_it_is_first_given(served, window, out):
    desk, address = served("ana")
    page = window(address + "part/0/0")
    assert not (out / "rubric.csv").exists()
    assert page.locator(".item[data-key=h] span").first.inner_text() == "half"
    go_on(page, "h")
    desk.gather()
    assert rows(out)[desk.at(At(0, 0)).student, "1A", FIRST]["given"] == "half +1"
    with (out / "rubric.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [tuple(row.values()) for row in csv.DictReader(file)] == [("1A", FIRST, "half", "1")]


def test_all_of_it_and_a_part_of_it_are_never_given_both(served, window):
    page = window(served("ana")[1] + "part/0/0")
    page.keyboard.press("1")
    page.keyboard.press("h")
    assert on(page) == ["half"]
    page.keyboard.press("1")
    assert on(page) == ["in full"]
    add_item(page, "sign wrong", "−0,5")
    page.wait_for_selector(".item[data-name='sign wrong']")
    assert on(page) == ["in full", "sign wrong"], "what takes points off goes with it"
    assert page.inner_text("#total") == "1.5 of 3"


def test_a_new_level_says_what_it_takes_the_place_of_and_what_that_comes_to(served, window):
    page = window(served("ana")[1] + "part/0/0")
    page.keyboard.press("1")
    add_item(page, "most of it", "1.5")
    page.wait_for_selector(".item[data-name='most of it'][data-key=a]")
    told = (
        "“most of it” is worth 1.5 now. It is given here in place of “in full”: 1.5 of 2 now. Enter saves it."
    )
    assert page.inner_text("#said") == told


def test_digits_give_in_full_and_letters_what_is_framed_in_every_part(served, window):
    desk, address = served("ana")
    waits = next(n for n, one in enumerate(desk.answers(1)) if len(one.entries) == 3)
    for part, count in (("0/0", 2), (f"1/{waits}", 3)):
        page = window(f"{address}part/{part}")
        keys = page.locator(".items").evaluate_all("all => all.map(one => one.innerText.match(/\\S+/)[0])")
        assert keys == [str(number + 1) for number in range(count)]
        for number in range(count):
            page.keyboard.press(str(number + 1))
            page.keyboard.press("h")
        assert on(page) == ["half"] * count
        assert page.locator(".item[data-key=h]").count() == count


def test_a_letter_that_stands_nowhere_is_told(served, window):
    page = window(served("ana")[1] + "part/0/0")
    page.keyboard.press("z")
    assert page.inner_text("#said") == "The framed criterion has no z."
    page.keyboard.press("7")
    assert page.inner_text("#said") == "There is no criterion 7."
    assert on(page) == []


def test_a_worth_is_read_with_a_comma_too_and_refused_where_it_is_no_number(served, window):
    desk, address = served("ana")
    page = window(address + "part/0/0")
    add_item(page, "a third", "0,x")
    assert "“0,x” is not a number" in page.inner_text("#worths-said")
    form = page.locator("#worths form").first
    form.locator("[name=worth]").fill("5")
    page.keyboard.press("Enter")
    told = "5 is more than the 2 of this criterion, and would count as 2. “Add” once more keeps it so."
    assert page.inner_text("#worths-said") == told
    form.locator("[name=worth]").fill("0,5")
    page.keyboard.press("Enter")
    page.wait_for_selector(".item[data-name='a third']")
    assert desk.rubric["1A", marking.key(FIRST)] == (marking.Item("a third", 0.5),)
    assert on(page) == ["a third"], "who adds one means it for this answer"
    assert page.locator("#changes").count() == 0, "and nobody has other points"


def test_an_item_is_called_otherwise_for_everybody_and_keeps_its_digit(served, window, out):
    desk, address = served("ana")
    page = window(address + "part/0/0")
    go_on(page, "h")
    desk.gather()
    page.keyboard.press("1")
    change_item(page, "half", new="the gradient alone")
    page.wait_for_selector(".item[data-name='the gradient alone'][data-key=h]")
    assert page.inner_text("#said") == "“half” is called “the gradient alone” now."
    assert on(page) == ["in full"], "what was not saved yet is still there"
    page.keyboard.press("1")  # not given any more: nothing is left to be saved
    desk.gather()
    row = rows(out)[desk.at(At(0, 0)).student, "1A", FIRST]
    assert (row["given"], row["points"], row["who"]) == ("the gradient alone +1", "1", "ana")
    before = (out / "marks.csv").stat().st_mtime_ns
    desk.gather()
    assert (out / "marks.csv").stat().st_mtime_ns == before, "and it is nobody's hand"
    page.goto(address + "part/0/0")
    assert on(page) == ["the gradient alone"]
    page.keyboard.press("u")
    page.wait_for_selector(".entry:first-of-type .item[data-name=half]")
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
    assert "“little” was given to answer 1: take it from there first" in page.inner_text("#said")
    page.keyboard.press("u")  # the mark
    page.wait_for_function("() => document.getElementById('answer').dataset.at === 'part/0/0'")
    page.keyboard.press("i")
    page.get_by_label("Remove “little”").click()
    page.wait_for_selector(".item[data-name=little]", state="detached")
    page.keyboard.press("i")
    assert not page.get_by_label("Remove “half”").count(), "it is there for every criterion"
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    page.wait_for_selector(".item[data-name=little]")
    assert "it is worth 0.25 again" in page.inner_text("#said")


# ---- comments --------------------------------------------------------------------------------


def comment(page, *keys):
    page.keyboard.press("c")
    for key in keys:
        page.keyboard.type(key) if len(key) > 1 and key not in ("Tab", "End") else page.keyboard.press(key)
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
    assert page.locator("#comment-saved .picked").text_content() == "2Second.", "seen before it is taken"
    page.keyboard.press("Enter")
    assert page.locator(".entry .comment").first.inner_text() == "Second."
    page.keyboard.press("u")
    assert page.locator(".entry .comment").first.inner_text() == ""


def test_a_comment_that_is_there_is_gone_on_with_replaced_or_taken_away(served, window):
    page = window(served("ana")[1] + "part/0/0")
    own = page.locator(".entry .comment").first
    comment(page, "First.")
    page.keyboard.press("c")
    page.keyboard.type(" And a second.")
    page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    assert own.inner_text() == "First. And a second"
    page.keyboard.press("c")
    page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    assert own.inner_text() == "First. And a secon"
    page.keyboard.press("c")
    page.keyboard.type("1\n")
    assert own.inner_text() == "First.", "a digit takes what stands beside it, whatever was there"
    page.keyboard.press("c")
    page.keyboard.type("0\n")
    assert own.inner_text() == ""
    page.keyboard.press("c")
    page.keyboard.press("Enter")
    assert not page.locator("#comment").is_visible(), "Enter alone leaves it as it is"
    assert own.inner_text() == ""


def test_a_comment_may_begin_with_a_digit(served, window):
    page = window(served("ana")[1] + "part/0/0")
    page.keyboard.press("1")
    comment(page, "First.")
    go_on(page)
    page.keyboard.press("1")
    page.keyboard.press("c")
    page.keyboard.type("1 line is missing, u 2")
    assert page.locator("#comment").is_visible()
    page.keyboard.press("Enter")
    assert page.locator(".entry .comment").first.inner_text() == "1 line is missing, u 2"
    assert on(page) == ["in full"], "no key of it did anything else"


def test_a_comment_that_was_typed_and_not_taken_is_there_again(served, window):
    page = window(served("ana")[1] + "part/0/0")
    for leave in ("Escape", "[data-do=close]"):
        page.keyboard.press("c")
        page.keyboard.type("Say why")
        page.keyboard.press(leave) if leave == "Escape" else page.locator(f"dialog[open] {leave}").click()
        assert "what you typed is there again with c" in page.inner_text("#said")
        assert page.locator(".entry .comment").first.inner_text() == ""
        page.keyboard.press("c")
        assert page.locator("#comment-text").input_value() == "Say why"
        page.locator("#comment-text").fill("")
        page.keyboard.press("Escape")
    comment(page, "Say why.")
    assert page.locator(".entry .comment").first.inner_text() == "Say why."
    page.keyboard.press("c")
    page.keyboard.press("Escape")
    assert page.inner_text("#said") == "", "nothing was typed"


def test_nor_is_it_lost_by_a_digit_a_level_or_enter(served, window):
    desk, address = served("ana")
    page = window(address + "part/0/0")
    comment(page, "Saved.")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("2")
    page.keyboard.press("c")
    page.keyboard.type("Say why")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.locator("#comment-saved").focus()
    page.keyboard.press("1")
    page.keyboard.press("Escape")
    add_item(page, "little", "0.25")
    page.wait_for_selector(".item[data-name=little]")
    page.keyboard.press("Enter")
    assert "A comment is typed and not taken" in page.inner_text("#said")
    page.keyboard.press("c")
    assert page.locator("#comment-text").input_value() == "Say why"
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    assert "what you changed here is gone" in page.inner_text("#said")
    page.keyboard.press("Enter")
    page.wait_for_timeout(MEANT)
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.getElementById('answer').dataset.at !== 'part/0/0'")
    assert desk.own.acts[-1].marks[1].comment == ""


def test_a_comment_alone_gives_no_points_and_does_not_look_so(served, window):
    page = window(served("ana")[1] + "part/0/0")
    comment(page, "Say why.")
    assert page.inner_text("#total") == "– of 3"
    page.keyboard.press("Enter")
    assert "Nothing is given yet" in page.inner_text("#said")
    page.keyboard.press("0")
    assert page.inner_text("#total") == "0 of 3"


def test_the_same_text_with_another_comment_is_said(served, window):
    _, address = served("ana", saying(LEARNS, LEARNS))
    page = window(address + "part/0/0")
    page.keyboard.press("1")
    comment(page, "Say why.")
    go_on(page)
    go_on(page, "1")
    assert page.inner_text("#said").endswith("The same text has other comments in answer 1.")
    page.goto(address + "part/0/1")
    page.keyboard.press("r")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('#said').textContent.startsWith('Answer 2:')")
    assert page.inner_text("#said") == "Answer 2: 2 + 0 of 3 saved, with a comment."
    page.goto(address + "part/0/1")
    page.keyboard.press("r")
    assert page.inner_text("#said") == "It has the same as answer 1 already."
    assert not page.locator("#unsaved").is_visible()


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
    assert "points, a comment)" in page.inner_text(".nearest")
    assert page.inner_text("[data-do=repeat]") == f"r Fill in as answer {first + 1}"
    page.keyboard.press("r")
    assert page.inner_text("#said") == f"As answer {first + 1}, comment too."
    assert page.locator(".entry .comment").first.inner_text() == "Why?"
    page.keyboard.press("u")
    assert page.inner_text("#said") == f"“Fill in as answer {first + 1}” is taken back."
    assert (on(page), page.locator(".entry .comment").first.inner_text()) == ([], "")
    page.locator("[data-do=repeat]").click()
    go_on(page)
    assert len(desk.own.acts) == 2, "Enter saves it, also where a button was pressed by the mouse"


def test_what_is_not_the_same_in_a_similar_answer_is_told_in_words(served, window):
    results = class_of(2)
    own = "Zero weights give zero outputs, so nothing is learned at all by any unit of the whole network"
    for number, text in enumerate((own, own.replace("nothing", "<b>much</b>"))):
        part = results[number].parts[0]
        answer = replace(part.answer[0], text=text, read_as=text, source=text)
        results[number] = replace(
            results[number], parts=(replace(part, answer=(answer,)), *results[number].parts[1:])
        )
    desk, address = served("ana", results)
    words = ["“zero outputs, so nothing is”", "“zero outputs, so <b>much</b> is”"]
    if "<b>" in desk.at(At(0, 0)).text:
        words.reverse()
    page = window(address + "part/0/1")
    assert page.locator(".nearest").count() == 0, "answer 1 has no marks yet"
    page.goto(address + "part/0/0")
    go_on(page, "1")
    told = f"As answer 1 (2 + 0 points), without {words[0]}, with {words[1]}"
    assert page.inner_text(".nearest") == told


def saying(*texts):
    """Return a class in which the answers to 1A are these."""
    results = class_of(len(texts))
    for number, text in enumerate(texts):
        first, *others = results[number].parts
        answer = replace(first.answer[0], text=text)
        results[number] = replace(results[number], parts=(replace(first, answer=(answer,)), *others))
    return results


def twins_of_which_one_waits(served):
    """Serve two answers with one text; return the desk, its address and which is marked for a check, too."""
    results = saying(LEARNS, LEARNS)
    first, *others = results[1].parts
    check = CheckResult("network", Status.PENDING, "The network", "Unsure.", actual="7", possible=2.0)
    results[1] = replace(results[1], parts=(replace(first, checks=(check,)), *others))
    desk, address = served("ana", results)
    return desk, address, next(number for number in (0, 1) if len(desk.at(At(0, number)).entries) == 3)


def number_of(desk, text):
    return next(number for number, one in enumerate(desk.answers(0)) if one.text == text)


LEARNS = "Zero weights give zero outputs, so nothing is learned at all by any unit of the whole network."
ORDER = "Nothing else happens. It stays so."


def test_the_marked_answer_that_is_most_alike_is_named_wherever_it_is(served, window):
    texts = (LEARNS, f"{LEARNS} {ORDER}", LEARNS.replace("whole ", ""))
    desk, address = served("ana", saying(*texts))
    whole, more, less = (number_of(desk, text) for text in texts)
    page = window(f"{address}part/0/{more}")
    go_on(page, "2")
    page.goto(f"{address}part/0/{whole}")
    assert f"As answer {more + 1} " in page.inner_text(".nearest")
    go_on(page, "1")
    page.goto(f"{address}part/0/{less}")
    told = f"As answer {whole + 1} (2 + 0 points), without “unit of the whole network.”"
    assert page.inner_text(".nearest") == told


def test_a_comment_that_came_with_other_points_goes_with_them(served, window):
    _, address = served("ana", saying(LEARNS, LEARNS))
    page = window(address + "part/0/0")
    page.keyboard.press("1")
    comment(page, "And random ones?")
    go_on(page)
    for key in ("1", "h", "0"):
        page.keyboard.press("r")
        assert page.locator(".entry .comment").first.inner_text() == "And random ones?"
        page.keyboard.press(key)
        assert page.locator(".entry .comment").first.inner_text() == ""
        assert "u brings both back" in page.inner_text("#said")
        page.keyboard.press("u")
        assert (on(page), page.locator(".entry .comment").first.inner_text()) == (
            ["in full"],
            "And random ones?",
        )
    page.keyboard.press("2")
    assert page.locator(".entry .comment").first.inner_text() == "And random ones?", "of another criterion"
    page.keyboard.press("u")
    page.keyboard.press("ArrowUp")
    comment(page, "End", "x")
    page.keyboard.press("h")
    assert page.locator(".entry .comment").first.inner_text() == "And random ones?x", "a hand wrote that"


def test_where_a_comment_came_from_is_known_after_a_level_changes_and_after_u(served, window):
    _, address = served("ana", saying(LEARNS, LEARNS))
    page = window(address + "part/0/0")
    page.keyboard.press("1")
    comment(page, "And random ones?")
    go_on(page)
    own = page.locator(".entry .comment").first
    page.keyboard.press("r")
    add_item(page, "wrong", "-1")
    page.wait_for_selector(".item[data-name=wrong][aria-pressed=true]")
    assert own.inner_text() == "", "other points"
    page.keyboard.press("u")
    assert own.inner_text() == "And random ones?"
    go_on(page)
    page.keyboard.press("u")
    page.wait_for_function("() => document.querySelector('#said').textContent.includes('taken back')")
    page.keyboard.press("0")
    assert own.inner_text() == ""
    page.keyboard.press("u")
    page.keyboard.press("c")
    page.keyboard.type("1\n")
    page.keyboard.press("h")
    assert own.inner_text() == "And random ones?", "a hand took that"


def test_what_the_other_is_not_marked_for_is_left_to_be_given(served, window):
    desk, address, more = twins_of_which_one_waits(served)
    page = window(f"{address}part/0/{1 - more}")
    go_on(page, "1", "2")
    page.goto(f"{address}part/0/{more}")
    told = f"Word for word as answer {2 - more} (2 + 1 + – points), not marked for “The network”"
    assert page.inner_text(".nearest").startswith(told)
    page.keyboard.press("3")
    page.keyboard.press("r")
    assert page.inner_text("#total") == "5 of 5"
    page.keyboard.press("u")
    page.keyboard.press("u")
    page.keyboard.press("r")
    assert page.inner_text("#said") == f"As answer {2 - more}; “The network” is to be given yet."
    assert page.locator(".entry.bare legend").all_inner_texts() == ["The network"]
    page.keyboard.press("Enter")
    told = "“The network” waits, and has nothing: Enter again saves it with 0."
    assert (page.inner_text("#said"), len(desk.own.acts)) == (told, 1)
    page.wait_for_timeout(MEANT)
    page.keyboard.press("Enter")
    page.wait_for_function(
        "() => document.querySelector('#said').textContent.includes('2 + 1 + 0 of 5 saved')"
    )


def test_where_words_of_the_rubric_are_not_the_same_r_asks(served, window):
    _, address = served("ana", saying(LEARNS, f"{LEARNS} No gradient flows."))
    page = window(address + "part/0/0")
    go_on(page, "1")
    assert "! touches a criterion" in page.inner_text(".nearest")
    page.keyboard.press("r")
    told = "As answer 1. What is different touches a criterion: look at the points."
    assert page.inner_text("#said") == told
    page.keyboard.press("1")
    comment(page, "Why?")
    page.keyboard.press("n")
    assert page.inner_text("#said").startswith("Nothing is given now; n again goes on")


def test_what_moved_in_a_like_answer_is_told(served, window):
    _, address = served("ana", saying(f"{LEARNS} It stays so.", f"It stays so. {LEARNS}"))
    page = window(address + "part/0/0")
    go_on(page, "1")
    told = "As answer 1 (2 + 0 points), the same sentences, this in another place: “It stays so.”"
    assert page.inner_text(".nearest") == told


def test_the_same_is_without_a_comment_that_the_other_has_not(served, window):
    _, address = served("ana", saying(LEARNS, LEARNS))
    page = window(address + "part/0/0")
    go_on(page, "1", "2")
    page.keyboard.press("0")
    comment(page, "All of this is wrong.")
    page.keyboard.press("r")
    assert page.locator(".entry .comment").first.inner_text() == ""
    told = "As answer 1. The comment that was here is gone: u brings all back."
    assert page.inner_text("#said") == told
    page.keyboard.press("u")
    assert page.locator(".entry .comment").first.inner_text() == "All of this is wrong."


def test_whoever_thinks_better_of_a_mark_is_told_of_its_twins(served, window):
    texts = [LEARNS.replace("whole", word) for word in ("whole", "entire", "full", "present", "given")]
    _, address = served("ana", saying(*texts))
    page = window(address + "part/0/0")
    go_on(page, "1")
    page.keyboard.press("r")
    go_on(page)
    page.goto(address + "part/0/0")
    go_on(page, "2")
    said = page.inner_text("#said")
    assert said == "Answer 1: 2 + 1 of 3 saved. Answer 2, nearly the same, has 2 + 0 still."
    for _ in range(3):
        page.keyboard.press("r")
        go_on(page)
    told = "Answer 5: 0 + 0 of 3 saved. Answers 2, 3, 4, nearly the same, have 2 + 0 still."
    for key, said in (("0", told), ("1", "Answer 5: 2 + 0 of 3 saved.")):
        page.goto(address + "part/0/4")
        page.keyboard.press(key)
        page.keyboard.press("Enter")
        page.wait_for_function("said => document.querySelector('#said').textContent === said", arg=said)


def test_where_the_grader_does_not_answer_nobody_is_sure_of_another_part(served, window):
    desk, address = served("ana")
    page = window(address + "part/0/0")
    go_on(page, "1")
    page.route("**/undo*", lambda route: route.abort())  # before the page: it is not in force at once
    page.goto(address + "part/1")
    page.keyboard.press("u")
    page.wait_for_function(
        "() => document.querySelector('#said').textContent.startsWith('Nothing was saved')"
    )
    page.unroute("**/undo*")
    page.keyboard.press("u")
    page.wait_for_function("() => document.querySelector('#said').textContent.startsWith('What was saved')")
    assert len(desk.own.acts) == 1


def test_what_is_taken_back_twice_without_being_saved_is_said_to_come_again(served, window):
    desk, address = served("ana")
    page = window(address + "part/0/0")
    go_on(page, "1")
    go_on(page, "1")
    page.keyboard.press("u")
    page.wait_for_function("() => document.querySelector('#which').textContent.startsWith('Answer 2 ')")
    assert "no mark now" not in page.inner_text("#said")
    page.keyboard.press("u")
    told = "Answer 2 is not saved: u again leaves it without a mark, and takes back what was saved before."
    assert page.inner_text("#said") == told
    assert desk.left(0) == 59
    page.wait_for_timeout(MEANT)
    page.keyboard.press("u")
    page.wait_for_function("() => document.querySelector('#which').textContent.startsWith('Answer 1 ')")
    assert page.inner_text("#said").endswith(" 1A, answer 2 has no mark now: it comes again, empty.")
    assert desk.left(0) == 60


def test_a_level_below_nothing_says_that_it_stops_there(served, window):
    page = window(served("ana")[1] + "part/0/0")
    add_item(page, "wrong reason", "-1")
    page.wait_for_selector(".item[data-name='wrong reason'][aria-pressed=true]")
    page.keyboard.press("a")
    page.keyboard.press("a")
    assert page.inner_text("#said") == "No criterion goes below 0, and the others keep their points."
    page.keyboard.press("1")
    assert page.inner_text("#said") == ""


def test_levels_that_add_up_say_so(served, window):
    page = window(served("ana")[1] + "part/0/0")
    add_item(page, "gradient only", "1.5")
    page.wait_for_selector(".item[data-name='gradient only'][aria-pressed=true]")
    add_item(page, "output only", "0.75")
    page.wait_for_selector(".item[data-name='output only'][aria-pressed=true]")
    assert on(page) == ["gradient only", "output only"]
    page.keyboard.press("b")
    assert page.inner_text("#said") == "“output only” is off."
    page.keyboard.press("b")
    assert page.inner_text("#said") == "They add up to 2.25: 2 of 2 count."
    page.keyboard.press("h")
    assert on(page) == ["half"], "that is not said of something besides"
    page.keyboard.press("a")
    assert on(page) == ["gradient only"]


def test_single_keys_that_are_off_are_not_shown_and_stay_off(served, window):
    page = window(served("ana")[1] + "part/0/0")
    assert page.locator(".entry .item kbd").first.is_visible()
    page.keyboard.press("?")
    page.keyboard.press("Space")
    assert not page.locator("#help").is_visible(), "and no keys are off by it"
    page.keyboard.press("?")
    page.locator("#keys").uncheck()
    page.keyboard.press("Escape")
    assert not page.locator(".entry .item kbd").first.is_visible()
    assert page.locator(".go kbd").is_visible(), "Enter goes on saving"
    page.reload()
    assert not page.locator("#keys").is_checked()
    page.keyboard.press("Enter")
    assert page.inner_text("#said") == "Nothing is given yet. “No points” and “Next” are below."
    page.locator("[data-do=help]").click()
    page.locator("#keys").check()
    page.keyboard.press("Escape")
    page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'H', bubbles: true}))")
    assert on(page) == ["half"], "Caps Lock"


def test_no_comment_is_offered_where_there_is_none(served, window):
    page = window(served("ana")[1] + "part/0/0")
    page.keyboard.press("c")
    assert not page.locator("#comment-saved").is_visible()
    page.keyboard.type("Why?")
    page.keyboard.press("Enter")
    page.keyboard.press("c")
    assert page.locator("#comment-saved button").all_text_contents() == ["0no comment", "1Why?"]


def test_the_frame_says_where_a_comment_goes(served, window):
    page = window(served("ana")[1] + "part/0/0")
    here = page.locator(".here kbd")
    assert [key.inner_text() for key in here.all() if key.is_visible()] == ["c", "i", "↓", "c"]
    for _ in range(2):
        page.keyboard.press("ArrowDown")
        assert [here.nth(number).is_visible() for number in range(6)] == [False] * 4 + [True] * 2
    page.locator(".entry [data-do=comment]").first.click()
    assert page.inner_text("#comment-title") == f"Comment on “{FIRST}”", "a click goes where it is"


# ---- going on --------------------------------------------------------------------------------


def test_what_was_saved_is_said_until_something_else_is(served, window):
    page = window(served("ana")[1] + "part/0/0")
    go_on(page, "1")
    told = "Answer 1: 2 + 0 of 3 saved."
    assert page.inner_text("#said") == told
    page.keyboard.press("2")
    page.keyboard.press("ArrowUp")
    assert page.inner_text("#said") == told
    page.keyboard.press("n")
    assert "Not saved yet" in page.inner_text("#said")
    page.keyboard.press("h")
    assert page.inner_text("#said") == ""


def test_what_to_do_at_the_end_is_said_once_something_is_marked(served, window):
    desk, address = served("ana")
    page = window(address)
    assert "grader marks" not in page.inner_text("main")
    page.goto(address + "part/0/0")
    go_on(page, "1")
    page.goto(address)
    assert "grader marks" in page.inner_text("main")
    assert desk.left(0) == 59


def test_enter_on_what_is_marked_and_not_changed_says_that_it_stays(served, window):
    desk, address = served("ana")
    page = window(address + "part/0/0")
    go_on(page, "1")
    page.goto(address + "part/0/0")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('#which').textContent.startsWith('Answer 2 ')")
    page.wait_for_function("() => document.querySelector('#said').textContent !== ''")
    assert page.inner_text("#said") == "Answer 1 stays as it was."
    assert len(desk.own.acts) == 1


def test_the_pace_is_that_of_the_part(served, window):
    page = window(served("ana")[1] + "part/0/0")
    for _ in range(3):
        go_on(page, "1")
    assert " s each" in page.inner_text(".far")
    page.goto(page.url.replace("part/0", "part/1"))
    assert page.inner_text(".far").strip() == "0 of 60 marked · all answers"


@pytest.mark.parametrize("key", ["n", "p"])
def test_nobody_leaves_what_is_not_saved_by_one_key(served, window, key):
    page = window(served("ana")[1] + "part/0/5")
    assert not page.locator("#unsaved").is_visible()
    page.keyboard.press("1")
    assert page.locator("#unsaved").is_visible()
    page.keyboard.press(key)
    assert page.inner_text("#said") == (
        f"Not saved yet: Enter saves it; {key} again goes on, and what you changed here is gone."
    )
    page.keyboard.press(key)
    assert (place(page), on(page)) == ("part/0/5", ["in full"]), "hit twice is not meant twice"
    page.wait_for_timeout(MEANT)
    page.keyboard.press(key)
    page.wait_for_function("() => document.getElementById('answer').dataset.at !== 'part/0/5'")


def test_nor_by_one_click_on_a_link(served, window):
    page = window(served("ana")[1] + "part/0/5")
    page.keyboard.press("1")
    page.get_by_role("link", name="All parts").click()
    assert "Not saved yet" in page.inner_text("#said")
    page.wait_for_timeout(MEANT)
    page.get_by_role("link", name="All parts").click()
    page.wait_for_selector(".parts")


@pytest.mark.parametrize("button", ["before", "after"])
def test_nor_by_enter_on_a_button_that_said_so(served, window, button):
    desk, address = served("ana")
    page = window(address + "part/0/5")
    page.locator(".item").first.click()
    page.locator(f"[data-do={button}]").focus()
    page.keyboard.press("Enter")
    assert "Enter saves it" in page.inner_text("#said")
    go_on(page)
    assert len(desk.own.acts) == 1


def test_and_enter_saves_as_is_said_and_follows_no_link(served, window):
    desk, address = served("ana")
    page = window(address + "part/0/5")
    page.keyboard.press("1")
    page.get_by_role("link", name="All parts").click()
    go_on(page)
    assert len(desk.own.acts) == 1


def test_enter_opens_what_is_open_and_leads_from_part_to_part(served, window):
    desk, address = served("ana")
    desk.do([_whole(desk, At(0, number)) for number in range(1, 60)])
    page = window(address)
    page.keyboard.press("Enter")
    page.wait_for_selector(".entry")
    go_on(page, "1")
    assert "Next: 3A Zero padding" in page.inner_text(".done")
    assert page.inner_text(".go") == "Enter Next: 3A"
    page.keyboard.press("2")
    assert page.inner_text(".go") == "Enter Save 3 of 3, next"
    page.keyboard.press("u")
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
    assert told == (
        f"Answer {second + 1}: 2.5 + 2.5 of 5 saved. The same text has 2.5 + 0 in answer {first + 1}."
    )
    assert page.locator("#said.look").count() == 1, "it is to be looked at"
    page.goto(f"{address}part/1/{second}")
    assert page.inner_text(".same").startswith("! The same text was given 2.5 + 0 in answer")


def test_a_comment_of_before_is_said_to_stay_where_points_are_given_otherwise(served, window):
    _, address = served("ana", saying(LEARNS))
    page = window(address + "part/0/0")
    page.keyboard.press("h")
    comment(page, "Say why.")
    assert page.inner_text("#said") == ""
    go_on(page)
    page.keyboard.press("1")
    assert page.inner_text("#said") == "The comment of before stays: c changes it."
    assert page.locator("#said.look").count() == 1


def test_no_points_takes_copied_comments_of_what_had_some_and_leaves_the_others(served, window):
    _, address = served("ana", saying(LEARNS, LEARNS))
    page = window(address + "part/0/0")
    page.keyboard.press("1")
    comment(page, "Good.")
    page.keyboard.press("ArrowDown")
    comment(page, "You do not say it.")
    go_on(page)
    page.keyboard.press("r")
    page.keyboard.press("0")
    assert page.locator(".entry .comment").all_inner_texts() == ["", "You do not say it."]
    assert (
        page.inner_text("#said")
        == "The copied comment is gone: it was about other points. u brings both back."
    )
    page.keyboard.press("u")
    assert page.locator(".entry .comment").all_inner_texts() == ["Good.", "You do not say it."]


def test_a_digit_that_is_no_saved_comment_is_none(served, window):
    _, address = served("ana", saying(LEARNS))
    page = window(address + "part/0/0")
    comment(page, "Say why.")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("c")
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    assert page.inner_text("#comment-said") == "There is no saved comment 7."
    page.keyboard.type(" units are too few.")
    page.keyboard.press("Enter")
    assert page.locator(".entry .comment").last.inner_text() == "7 units are too few."


def test_after_the_same_the_frame_is_on_what_is_to_be_given_yet(served, window):
    _, address, more = twins_of_which_one_waits(served)
    page = window(f"{address}part/0/{1 - more}")
    go_on(page, "1")
    page.goto(f"{address}part/0/{more}")
    page.keyboard.press("r")
    assert "to be given yet" in page.inner_text("#said")
    assert "The network" in page.inner_text(".entry.active legend")


def test_the_same_as_one_with_nothing_leaves_what_waits_to_be_given(served, window):
    desk, address, more = twins_of_which_one_waits(served)
    page = window(f"{address}part/0/{1 - more}")
    go_on(page, "0")
    page.goto(f"{address}part/0/{more}")
    page.keyboard.press("r")
    page.keyboard.press("Enter")
    assert "Nothing is given yet" in page.inner_text("#said")
    assert len(desk.own.acts) == 1


def test_a_digit_counts_whenever_it_is_all_that_is_in_the_box(served, window):
    _, address = served("ana", saying(LEARNS))
    page = window(address + "part/0/0")
    comment(page, "Say why.")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("c")
    page.keyboard.type("7x")
    for key in ("Backspace", "Backspace", "1", "Enter"):
        page.keyboard.press(key)
    assert page.locator(".entry .comment").last.inner_text() == "Say why."


def test_a_comment_that_goes_with_r_is_told_whatever_else_is(served, window):
    _, address = served("ana", saying(LEARNS, f"{LEARNS} No gradient flows."))
    page = window(address + "part/0/0")
    go_on(page, "1")
    comment(page, "Mine.")
    page.keyboard.press("r")
    told = "touches a criterion: look at the points. The comment that was here is gone: u brings all back."
    assert page.inner_text("#said").endswith(told)


@pytest.mark.parametrize("keys", [["0"], ["h"]])
def test_a_saved_comment_is_said_to_stay_by_whichever_key_points_change(served, window, keys):
    _, address = served("ana", saying(LEARNS))
    page = window(address + "part/0/0")
    page.keyboard.press("1")
    comment(page, "Well argued.")
    go_on(page)
    page.goto(address + "part/0/0")
    for key in keys:
        page.keyboard.press(key)
    assert page.inner_text("#said") == "The comment of before stays: c changes it."


def test_what_u_said_goes_when_it_is_true_no_more(served, window):
    _, address = served("ana")
    page = window(address + "part/0/0")
    go_on(page, "1")
    page.keyboard.press("u")
    page.wait_for_function("() => document.querySelector('#said').textContent.includes('taken back')")
    page.keyboard.press("2")
    assert page.inner_text("#said") == ""


def test_a_zero_that_was_filled_in_was_looked_at_and_one_by_hand_may_be_forgotten(served, window):
    _, address = served("ana", saying(LEARNS, LEARNS))
    page = window(address + "part/0/0")
    page.keyboard.press("1")
    assert page.locator(".entry.bare").count() == 1
    go_on(page)
    page.keyboard.press("r")
    assert page.locator(".entry.bare").count() == 0
    page.keyboard.press("u")
    page.keyboard.press("1")
    assert page.locator(".entry.bare").count() == 1, "nothing is filled in any more"
    page.keyboard.press("r")
    assert page.locator(".entry.bare").count() == 0
    page.keyboard.press("1")
    page.keyboard.press("2")
    assert page.locator(".entry.bare").count() == 1
