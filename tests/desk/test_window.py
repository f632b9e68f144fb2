"""The marking page in a real browser: by keyboard alone, to the last answer, and nothing is lost."""

import base64
import csv
import os
import re
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from grader import marking
from grader.crops import Crop
from grader.desk.desk import At
from tests.desk.people import RUBRIC_1A, class_of

pytestmark = pytest.mark.browser
FIRST, SECOND = RUBRIC_1A
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg=="
)


def go_on(page, *keys):
    """Press keys and Enter, and wait until another answer is there."""
    before = page.locator("#answer").get_attribute("data-at")
    for key in keys:
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    page.wait_for_function(
        "at => document.getElementById('answer').dataset.at !== at || document.querySelector('.done')",
        arg=before,
    )


def given_of(number):
    """Return the keys for an answer, in a pattern with everything in it."""
    return (("1",), ("2",), ("1", "2"), ("0",), ("1", "1", "2"))[number % 5]


POINTS = (2.0, 1.0, 3.0, 0.0, 1.0)


def rows(out: Path):
    with (out / "marks.csv").open(encoding="utf-8-sig", newline="") as file:
        return {(row["student"], row["part"], row["item"]): row for row in csv.DictReader(file)}


def test_sixty_answers_by_keyboard_alone(served, window, out):
    desk, address = served("ana")
    page = window(address)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".entry")
    expected = {}
    for number in range(60):
        at = page.locator("#answer").get_attribute("data-at").split("/")
        student = desk.answers(0)[int(at[2])].student
        go_on(page, *given_of(number))
        expected[student] = POINTS[number % 5]
        assert len(marking.books(out)["ana"]) == number + 1, "on disk before the next one shows"
    assert "Everything in this part is marked" in page.inner_text("main")
    desk.gather()
    found = Counter()
    for (student, part, _), row in rows(out).items():
        if part == "1A":
            found[student] += float(row["points"])
            assert row["who"] == "ana"
    assert found == expected
    page.keyboard.press("u")
    page.wait_for_selector("[data-open=yes]")
    assert desk.left(0) == 1


def test_nothing_is_marked_by_enter_alone(served, window):
    desk, address = served("ana")
    page = window(address + "part/0")
    page.keyboard.press("Enter")
    assert "Press 0" in page.inner_text("#said")
    assert desk.left(0) == 60


def test_a_comment_is_written_once_and_then_has_a_key(served, window, out):
    desk, address = served("ana")
    page = window(address + "part/0")
    page.keyboard.press("1")
    page.keyboard.press("c")
    page.keyboard.type("Say why: 2 lines c u")
    page.keyboard.press("Enter")
    go_on(page)
    page.keyboard.press("2")
    page.keyboard.press("c")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    go_on(page)
    page.keyboard.press("0")
    page.keyboard.press("c")
    page.keyboard.type("No i 1 u")
    page.keyboard.press("Enter")
    go_on(page)
    desk.gather()
    assert [row["comment"] for row in rows(out).values()].count("No i 1 u") == 1
    told = [row["item"] for row in rows(out).values() if row["comment"] == "Say why: 2 lines c u"]
    assert sorted(told) == sorted([FIRST, SECOND])


def test_a_rubric_item_that_is_changed_scores_everybody_again(served, window, out):
    desk, address = served("ana")
    page = window(address + "part/0")
    page.keyboard.press("i")
    page.keyboard.type("half of it")
    page.keyboard.press("Tab")
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    page.wait_for_selector(".item[data-name='half of it']")
    for keys in ("", "h", "1", "2"):  # h is the new one, worth half of it, given here already
        go_on(page, *keys)
    page.keyboard.press("i")
    page.locator("#worths form").nth(2).locator("[name=worth]").fill("1.5")
    page.keyboard.press("Enter")
    page.wait_for_selector("#changes")
    assert "2 answers have other points now" in page.inner_text("main")
    assert page.locator(".changes .of").all_inner_texts() == ["1 → 1.5", "1 → 1.5"]
    assert f"Their points for “{FIRST}”:" in page.inner_text("main")
    desk.gather()
    halves = [row for row in rows(out).values() if "half of it" in row["given"]]
    assert [(row["points"], row["given"]) for row in halves] == [("1.5", "half of it +1.5")] * 2
    page.keyboard.press("u")
    page.wait_for_function("() => document.querySelector('#said').textContent.includes('taken back')")
    assert page.inner_text("#said") == "1A: level “half of it” taken back: it is worth 1 again."
    desk.gather()
    assert {row["points"] for row in rows(out).values() if "half of it" in row["given"]} == {"1"}


def test_what_was_given_and_not_saved_outlives_a_change_of_the_rubric(served, window):
    page = window(served("ana")[1] + "part/0")
    page.keyboard.press("2")
    page.keyboard.press("i")
    page.keyboard.type("sign wrong")
    page.keyboard.press("Tab")
    page.keyboard.type("-0.5")
    page.keyboard.press("Enter")
    page.wait_for_selector(".item[data-name='sign wrong']")
    assert page.locator(".item[aria-pressed=true]").count() == 2, "and the new one is given at once"
    assert "0.5" in page.locator(".entry").nth(1).inner_text()


def test_two_markers_and_what_they_differ_on(served, window, out):
    desk, address = served("ana")
    other, theirs = served("ben")
    ana, ben = window(address + "part/0/0"), window(theirs + "part/0/0")
    go_on(ana, "1", "2")
    go_on(ben, "2")
    student = desk.at(At(0, 0)).student
    desk.gather()
    assert rows(out)[student, "1A", SECOND]["points"] == "1", "both gave it"
    assert rows(out)[student, "1A", FIRST]["points"] == "", "nobody has decided"
    ana.goto(address)
    assert "1 to decide" in ana.inner_text("main")
    ana.get_by_role("link", name="Look at them side by side").click()
    ana.wait_for_selector(".side")
    assert ana.locator(".side h3").all_inner_texts() == ["ana: 2 of 2", "ben: 0 of 2"]
    assert student not in ana.content()
    ana.locator(".side button").nth(1).click()
    ana.wait_for_selector("text=Nothing is left to decide")
    assert rows(out)[student, "1A", FIRST]["points"] == "0"
    ana.keyboard.press("u")
    ana.wait_for_selector(".side")
    assert rows(out)[student, "1A", FIRST]["points"] == ""
    assert not any(len(one.stood) > 2 for one in other.gather().conflicts)


def started(out, who):
    """Start `grader mark`, and return it with its address once it is there."""
    command = [sys.executable, "-m", "grader", "mark", out, "--as", who, "--no-open"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    )
    for line in process.stdout:
        if found := re.search(r"http://\S+", line):
            return process, found[0]
    raise AssertionError("it did not start")


def ended(process, how):
    process.send_signal(how)
    told = process.communicate(timeout=60)[0]
    return process.returncode, told


@pytest.mark.slow
def test_killed_in_the_middle_and_started_again_nothing_is_lost(window, out):
    process, address = started(out, "ana")
    page = window(address + "part/0")
    for number in range(7):
        go_on(page, *given_of(number))
    ended(process, signal.SIGKILL)
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    page.wait_for_selector("#said.wrong")
    assert "Nothing was saved just now" in page.inner_text("#said")
    with (out / "marking" / "ana.jsonl").open("ab") as file:
        file.write(b'{"when":"2026-')  # as the machine leaves it that stops while it writes
    process, address = started(out, "ana")
    page = window(address)
    assert "7 of 60 marked" in page.inner_text("main")
    page.goto(address + "part/0")
    for number in range(7, 10):
        go_on(page, *given_of(number))
    status, told = ended(process, signal.SIGINT)
    assert status == 0
    assert "10 answers marked, 110 waiting for a person" in told
    points = [float(row["points"]) for row in rows(out).values() if row["points"]]
    assert sum(points) == sum(POINTS[number % 5] for number in range(10))


def test_scripts_in_answers_and_comments_stay_text(served, window, tmp_path):
    bad = "<script>window.ran=1</script><img src=x onerror='window.ran=1'> $<b>$ `</blockquote>` zero weights"
    results = class_of(3)
    parts = [
        replace(part, title=bad, question=bad, answer=(replace(part.answer[0], text=bad, read_as=bad, source=bad),),
                code=(bad,), output=bad, figures=(bad, f"data:{bad}"))
        for part in results[0].parts
    ]  # fmt: skip
    results[0] = replace(results[0], parts=tuple(parts), student=f"Zoe {bad[:20]}", unread=(bad,))
    desk, address = served("ana", results, demonstrations={"1A": bad})
    numbers = [number for number, one in enumerate(desk.answers(0)) if one.student.startswith("Zoe")]
    page = window(f"{address}part/0/{numbers[0]}")
    assert bad[:20] in page.inner_text("blockquote")
    page.keyboard.press("1")
    page.keyboard.press("c")
    page.keyboard.type("<img src=x onerror=window.ran=1>")
    page.keyboard.press("Enter")
    go_on(page)
    page.goto(f"{address}part/0/{numbers[0]}")
    assert page.locator("img").count() == 0
    assert page.locator(".entry .comment").first.inner_text() == "<img src=x onerror=window.ran=1>"
    page.keyboard.press("c")
    assert page.evaluate("window.ran") is None


def test_what_of_a_pdf_could_not_be_read_is_seen_and_not_whose_it_is(served, window):
    results = class_of(2)
    parts = (replace(results[0].parts[0], answer=()), results[0].parts[1])
    png = base64.b64encode(PNG).decode()
    crops = tuple(Crop(part, "student0000.pdf", 3, "a scan", 1, 1, png) for part in ("1A", "", "3A"))
    results[0] = replace(results[0], parts=parts, crops=crops)
    desk, address = served("ana", results)
    for part, pictures in ((0, 2), (1, 1)):  # where words stand, pages of no part do not
        number = [one.student for one in desk.answers(part)].index(results[0].student)
        page = window(f"{address}part/{part}/{number}")
        assert page.evaluate("[...document.images].map(image => image.naturalWidth)") == [1] * pictures
        assert page.locator("figcaption").first.inner_text().startswith("the PDF, page 3: a scan")
        assert "student0000" not in page.content()


def test_single_keys_can_be_turned_off(served, window):
    page = window(served("ana")[1] + "part/0")
    page.keyboard.press("?")
    page.locator("#keys").uncheck()
    page.keyboard.press("Escape")
    page.locator("#which").focus()
    page.keyboard.press("1")
    assert page.locator(".item[aria-pressed=true]").count() == 0
    page.locator(".item").first.click()
    assert page.locator(".item[aria-pressed=true]").count() == 1


def test_what_is_typed_while_the_next_answer_is_on_its_way_is_of_that_one(served, window):
    desk, address = served("ana")
    page = window(address + "part/0")
    page.evaluate(
        """() => ['1', 'Enter', '2', 'Enter', '1', '2', 'Enter'].forEach(
            key => document.body.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true})))"""
    )
    page.wait_for_function("() => document.body.textContent.includes('3 of 60 marked')")
    names = [[len(mark.given) for mark in act.marks] for act in desk.own.acts]
    assert names == [[1, 0], [0, 1], [1, 1]]


@pytest.mark.parametrize("text", ["Say why: u r 1", "1"])
def test_what_is_typed_before_a_box_is_open_is_typed_in_it(served, window, text):
    desk, address = served("ana")
    page = window(address + "part/0/0")
    page.keyboard.press("1")
    page.keyboard.press("c")
    page.keyboard.type("Why?\n")
    page.route("**/mark", lambda route: (page.wait_for_timeout(300), route.continue_()))
    for key in ("Enter", "c", *text, "Enter", "2", "Enter"):
        page.evaluate(
            "key => document.activeElement.dispatchEvent("
            "new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}))",
            key,
        )
    page.wait_for_function("() => document.getElementById('answer').dataset.at === 'part/0/2'")
    assert len(desk.own.acts) == 2
    first, second = desk.own.acts[1].marks
    assert (first.comment, first.given, second.comment) == (text if len(text) > 1 else "Why?", (), "")
    assert [item.name for item in second.given] == ["in full"], "what came after the box is of the answer"
