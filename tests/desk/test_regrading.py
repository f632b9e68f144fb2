"""Regrade requests on the marking page: by keyboard alone, beside what was given, and nothing is lost."""

import csv
import json
import os
import re
import signal
from dataclasses import replace

import pytest

from grader import marking, remark, requests
from grader.datatypes import CheckResult, Regrade, Status
from grader.desk import Door, app
from grader.desk.beside import Beside
from grader.desk.desk import At, Stale
from grader.desk.regrading import STAYS, Wish, cases, decide, seen
from grader.scoring import of_part, of_result
from tests.desk.people import RUBRIC_1A, class_of, part, written
from tests.desk.test_accessible import assert_accessible
from tests.desk.test_window import ended, started

DOOR = Door("a-token-that-nobody-guesses", 4321)
HOST = "127.0.0.1:4321"
SENT = {"Host": HOST, "Origin": f"http://{HOST}", "Content-Type": "application/json"}
FIRST, SECOND = RUBRIC_1A
BAD = "<script>window.ran=1</script><img src=x onerror=window.ran=1> \u202egnp.exe =1+1"
HEAD = "student,part,text,decision,by,old,new,when\n"


def graded(number):
    """A student of whom one part is decided by the grader alone."""
    student = class_of(number + 1)[number]
    checks = (
        CheckResult(
            "parameter_count", Status.FAILED, "How many parameters.", "Your answer is 600.", "Count the biases.",
            expected="608", actual="600", possible=2.0, slip="bias forgotten",
        ),
        CheckResult("shape", Status.PASSED, "Its shape.", earned=1.0, possible=1.0),
    )  # fmt: skip
    parts = (*student.parts, of_part(part("3B", "Parameters", "600, I say", {}, *checks)))
    regrade = Regrade("", "2026-12-10T23:59:00+01:00", "2026-12-10 23:59 CET")
    return of_result(replace(student, parts=parts, regrade=regrade))


CLASS = [graded(number) for number in range(4)]
NAMES = [result.student for result in CLASS]
ASKED = (
    f"{HEAD}{NAMES[0]},3B,The sheet did not say that biases count.,,,,,2026-12-01 10:00\n"
    f"{NAMES[1]},1A,I wrote that the gradient is 0.,,,,,2026-12-11 08:00\n"
    f"{NAMES[2]},3B,{BAD.replace(',', '')},,,,,\n"
    f"Nobody At All,3B,me too,,,,,\n"
)


@pytest.fixture
def out(tmp_path):
    out = written(CLASS, tmp_path / "out")
    (out / requests.NAME).write_text(ASKED, encoding="utf-8")
    return out


@pytest.fixture
def desk(desk_of):
    return desk_of("ana", CLASS)


def asked(out):
    with (out / requests.NAME).open(encoding="utf-8-sig", newline="") as file:
        return [*csv.DictReader(file)]


def marks(out):
    with (out / "marks.csv").open(encoding="utf-8-sig", newline="") as file:
        return {(row["student"], row["part"], row["item"]): row for row in csv.DictReader(file)}


# ---- without a window ----------------------------------------------------------------------------


def test_requests_come_by_part_and_those_that_fit_nobody_not_at_all(desk):
    assert [one.result.student for one in cases(desk)] == [NAMES[1], NAMES[0], NAMES[2]]
    assert [len(one.answered.entries) for one in cases(desk)] == [2, 2, 2]


def case_of(desk, student):
    return next(one for one in cases(desk) if one.result.student == student)


def settle(desk, student, kind, sentence="because", *wishes):
    case = case_of(desk, student)
    decide(desk, case, seen(desk, case), wishes, (kind, sentence))


def test_a_check_of_the_graders_is_overridden_by_an_act_and_taken_back(desk, out):
    settle(desk, NAMES[0], "changed", "You are right.", Wish(0, points=2.0, comment="as the sheet allows"))
    (act,) = marking.books(out)["ana"]
    assert (act.settles.old, act.settles.new, act.marks[0].points) == ("1", "3", 2.0)
    row = asked(out)[0]
    assert (row["decision"], row["by"], row["old"], row["new"]) == (
        "changed: You are right.",
        "ana",
        "1",
        "3",
    )
    mark = marks(out)[NAMES[0], "3B", "parameter_count"]
    assert (mark["points"], mark["comment"], mark["who"]) == ("2", "as the sheet allows", "ana")
    assert desk.undo() is not None
    from grader.desk.regrading import flush

    flush(desk)
    assert asked(out)[0]["decision"] == ""
    remark.remark(out)
    assert (NAMES[0], "3B", "parameter_count") not in marks(out), "the row was the grader's, and goes"


def test_changed_has_to_change_and_stays_must_not(desk, out):
    with pytest.raises(Stale, match="as before: give other points first"):
        settle(desk, NAMES[0], "changed")
    with pytest.raises(Stale, match="would have 3 points in place of 1: choose “changed”"):
        settle(desk, NAMES[0], STAYS, "no", Wish(0, points=2.0))
    with pytest.raises(Stale, match="Write a sentence"):
        settle(desk, NAMES[0], STAYS, " \n ")
    with pytest.raises(Stale, match="takes 0 to 2 points"):
        settle(desk, NAMES[0], "changed", "so", Wish(0, points=2.5))
    with pytest.raises(Stale, match="5,000 characters at most"):
        settle(desk, NAMES[0], STAYS, "so" * 4_000)
    with pytest.raises(Stale, match="points first"):
        settle(desk, NAMES[1], STAYS, "so", Wish(0, comment="no points"))
    assert desk.own.acts == []
    assert (out / requests.NAME).read_text() == ASKED


def test_a_comment_alone_keeps_the_points_and_is_a_mark(desk, out):
    settle(desk, NAMES[0], STAYS, "The sheet says so.", Wish(0, points=0.0, comment="page 3"))
    assert marks(out)[NAMES[0], "3B", "parameter_count"]["comment"] == "page 3"


def test_what_was_decided_meanwhile_is_not_decided_again(desk, out):
    case = case_of(desk, NAMES[0])
    known = seen(desk, case)
    settle(desk, NAMES[0], STAYS)
    with pytest.raises(Stale, match="in another window"):
        decide(desk, case_of(desk, NAMES[0]), known, (), (STAYS, "again"))


def test_the_second_of_two_who_decide_at_once_looks_again(desk, desk_of, out):
    other = desk_of("ben", CLASS)
    mine, theirs = case_of(desk, NAMES[0]), case_of(other, NAMES[0])
    known, also = seen(desk, mine), seen(other, theirs)
    decide(desk, mine, known, (), (STAYS, "as ana says"))
    with pytest.raises(Stale, match="in another window"):
        decide(other, theirs, also, (), (STAYS, "as ben says"))
    assert (asked(out)[0]["decision"], other.own.acts) == ("stays: as ana says", [])


def test_a_decision_that_a_full_disk_kept_out_of_the_files_gets_there_with_the_next(desk, out):
    def full(*_):
        raise OSError(28, "No space left on device")

    case, known = case_of(desk, NAMES[0]), seen(desk, case_of(desk, NAMES[0]))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("grader.atomic._written", full)
        with pytest.raises(OSError, match="No space left"):
            decide(desk, case, known, (), (STAYS, "as the sheet says"))
    with pytest.raises(Stale, match="look at it once more"):
        decide(desk, case, known, (), (STAYS, "as the sheet says"))
    assert (asked(out)[0]["decision"], len(desk.own.acts)) == ("stays: as the sheet says", 1)


def test_another_marker_decides_again_and_the_last_decision_counts(desk, desk_of, out):
    other = desk_of("ben", CLASS)
    settle(desk, NAMES[0], "changed", "All of it.", Wish(0, points=2.0))
    later = "2999-01-01T00:00:00Z"  # seconds, not the same one
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("grader.desk.regrading.now", lambda: later)
        settle(other, NAMES[0], "changed", "Half of it.", Wish(0, points=1.0))
    row, mark = asked(out)[0], marks(out)[NAMES[0], "3B", "parameter_count"]
    assert (row["decision"], row["old"], row["new"]) == ("changed: Half of it.", "1", "2"), (
        "1 is what the student was shown"
    )
    assert (mark["points"], mark["who"]) == ("1", "ben")
    assert remark.remark(out).conflicts == ()
    other.undo()
    other.gather()
    assert marks(out)[NAMES[0], "3B", "parameter_count"]["points"] == "2", "what was decided before is back"


def test_decided_again_it_is_held_against_what_the_part_had_before_the_request(desk, out):
    settle(desk, NAMES[0], "changed", "All of it.", Wish(0, points=2.0))
    settle(desk, NAMES[0], "changed", "All of it, biases count.")
    row = asked(out)[0]
    assert (row["decision"], row["old"], row["new"]) == ("changed: All of it, biases count.", "1", "3")
    with pytest.raises(Stale, match="has 1 points as before"):
        settle(desk, NAMES[0], "changed", "After all not.", Wish(0, points=0.0))
    settle(desk, NAMES[0], "stays", "After all not.", Wish(0, points=0.0))
    assert (asked(out)[0]["old"], asked(out)[0]["new"]) == ("1", "1")


def test_words_alone_are_mended_whatever_came_after(desk, out):
    """Another request about the part was decided since, and thirds are written with four decimals."""
    with (out / requests.NAME).open("a", encoding="utf-8") as file:
        file.write(f"{NAMES[0]},3B,Another one.,,,,,\n")
    first, second = (one for one in cases(desk) if one.result.student == NAMES[0])
    decide(desk, first, seen(desk, first), [Wish(0, points=1 / 3)], ("changed", "A third."))
    second = next(one for one in cases(desk) if one.id == second.id)
    decide(desk, second, seen(desk, second), [Wish(0, points=2 / 3)], ("changed", "Two thirds."))
    first = next(one for one in cases(desk) if one.id == first.id)
    with pytest.raises(Stale, match="choose “changed”"):
        decide(desk, first, seen(desk, first), (), (STAYS, "One third."))
    decide(desk, first, seen(desk, first), (), ("changed", "One third, as I said."))
    rows = [row for row in asked(out) if row["student"] == NAMES[0]]
    assert [(row["old"], row["new"]) for row in rows] == [("1", "1.3333"), ("1.3333", "1.6667")]
    second = next(one for one in cases(desk) if one.id == second.id)
    decide(desk, second, seen(desk, second), (), ("changed", "Two, not one."))


def test_a_decision_that_was_written_into_the_file_is_mended_there(desk, out):
    settle(desk, NAMES[0], "changed", "All of it.", Wish(0, points=2.0))
    path = out / requests.NAME
    path.write_text(
        path.read_text(encoding="utf-8-sig").replace("All of it.", "All by hand."), encoding="utf-8"
    )
    with pytest.raises(Stale, match="wins over the page: change it there"):
        settle(desk, NAMES[0], "changed", "Half.", Wish(0, points=1.0))
    assert asked(out)[0]["decision"] == "changed: All by hand."
    assert marks(out)[NAMES[0], "3B", "parameter_count"]["points"] == "2"


def test_where_something_else_changed_the_part_in_between_that_is_what_it_had(desk, desk_of, out):
    settle(desk, NAMES[0], "changed", "All of it.", Wish(0, points=2.0))
    sheet = (out / "marks.csv").read_text(encoding="utf-8-sig")
    row = next(line for line in sheet.splitlines() if "parameter_count" in line)
    by_hand = row.replace(",2,", ",0.5,")
    assert by_hand != row
    (out / "marks.csv").write_text(sheet.replace(row, by_hand), encoding="utf-8")
    settle(desk, NAMES[0], "changed", "Half of it.", Wish(0, points=1.0))
    assert (asked(out)[0]["old"], asked(out)[0]["new"]) == ("1.5", "2")


def test_a_decision_counts_between_markers_and_over_what_stands_by_hand(desk, desk_of, out):
    other = desk_of("ben", CLASS)
    at = next(
        (number, place)
        for number, waiting in enumerate(other.parts)
        for place, one in enumerate(other.answers(number))
        if one.student == NAMES[1] and waiting.id == "1A"
    )
    from grader.desk.wished import given_by

    where = At(*at)
    wishes = [(["in full"], ""), ([], "")]
    other.mark(where, other.seen(where), given_by(other, other.at(where), wishes))
    other.gather()
    settle(desk, NAMES[1], "changed", "Looked again.", Wish(1, points=1.0))
    assert asked(out)[1]["old"] == "2"
    assert asked(out)[1]["new"] == "3"
    assert marks(out)[NAMES[1], "1A", SECOND]["points"] == "1"
    assert desk.gather().conflicts == ()
    text = (
        (out / "marks.csv")
        .read_text(encoding="utf-8-sig")
        .replace(f"{NAMES[1]},1A,{SECOND},1", f"{NAMES[1]},1A,{SECOND},0.25")
    )
    (out / "marks.csv").write_text(text)
    settle(desk, NAMES[1], "changed", "Once more.", Wish(1, points=0.5))
    assert marks(out)[NAMES[1], "1A", SECOND]["points"] == "0.5"
    assert (asked(out)[1]["old"], asked(out)[1]["new"]) == ("2.25", "2.5")
    desk.undo()
    desk.gather()
    assert marks(out)[NAMES[1], "1A", SECOND]["points"] == "0.25", "what stood there by hand is back"


def test_an_edit_that_was_made_meanwhile_is_kept(desk, out):
    (out / requests.NAME).write_text(ASKED + f"{NAMES[3]},1A,late but here,,,,,\n", encoding="utf-8")
    settle(desk, NAMES[0], STAYS)
    assert [row["text"] for row in asked(out)][-1] == "late but here"


def test_decisions_get_to_the_student_with_the_points(desk, out):
    settle(desk, NAMES[0], "changed", "You are right.", Wish(0, points=2.0))
    (out / requests.NAME).write_text(ASKED, encoding="utf-8")  # as before: the machine stopped there
    outcome = remark.remark(out)
    assert (outcome.asked, outcome.unanswered, len(outcome.strangers)) == (4, 3, 1)
    assert "no result of “Nobody At All”" in outcome.strangers[0]
    page = (out / "students" / NAMES[0] / "index.html").read_text()
    assert "changed: You are right." in page
    assert "1 → 3" in page
    assert "ana" not in page
    assert "Nobody At All" not in page


# ---- who is let in -------------------------------------------------------------------------------


@pytest.fixture
def ask(desk):
    client = app(desk, DOOR, Beside()).test_client()

    def ask(path, method="GET", headers=SENT, data=None):
        return client.open(
            f"/{DOOR.token}/{path}", method=method, headers=headers, data=data, base_url=f"http://{HOST}"
        )

    return ask


def body(desk, student, **more):
    case = case_of(desk, student)
    told = {"seen": seen(desk, case), "entries": [], "kind": "stays", "sentence": "so"}
    return f"request/{case.id}/answer", json.dumps(told | more)


def test_the_marker_is_let_in(ask, desk):
    path, told = body(desk, NAMES[0])
    assert ask("requests").status_code == 200
    assert ask(path, "POST", SENT, told).status_code == 200


@pytest.mark.parametrize(
    "changed",
    [
        {"Host": "evil.example:4321"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Content-Type": "text/plain"},
    ],
    ids=str,
)
def test_from_elsewhere_nothing_is_decided(ask, desk, out, changed):
    path, told = body(desk, NAMES[0])
    assert ask(path, "POST", {**SENT, **changed}, told).status_code == 403
    assert desk.own.acts == []
    assert (out / requests.NAME).read_text() == ASKED


def test_without_the_token_no_request_is_read(desk):
    client = app(desk, DOOR, Beside()).test_client()
    for path in ("/requests", "/wrong/requests", f"/wrong/request/{cases(desk)[0].id}"):
        answer = client.get(path, headers={"Host": HOST}, base_url=f"http://{HOST}")
        assert (answer.status_code, b"biases" in answer.data) == (403, False)


@pytest.mark.parametrize(
    "path",
    [
        "request/0",
        "request/" + "0" * 20,
        "request/../requests",
        "request/x/step",
        "request/%2e%2e/answer",
        "request/" + "9" * 5_000,
    ],
)
def test_forged_addresses_lead_nowhere(ask, path):
    assert ask(path).status_code in {404, 405}


def test_pictures_of_others_cannot_be_asked_for(ask, desk):
    assert ask(f"request/{cases(desk)[0].id}/picture/0").status_code == 404
    assert ask(f"request/{cases(desk)[0].id}/picture/..%2f..%2fetc").status_code == 404


@pytest.mark.parametrize(
    "told",
    [
        "", "{}", '{"seen": 1}', '{"seen": "", "entries": [{"entry": "0", "given": []}], "kind": "stays", "sentence": ""}',
        '{"seen": "", "entries": [], "kind": "perhaps", "sentence": "so"}',
        '{"seen": "", "entries": [{"entry": 0, "given": [], "points": NaN}], "kind": "stays", "sentence": "so"}',
    ],
)  # fmt: skip
def test_what_no_window_sends_is_refused(ask, desk, told):
    path, _ = body(desk, NAMES[0])
    assert ask(path, "POST", SENT, told).status_code == 400
    assert desk.own.acts == []


@pytest.mark.parametrize(
    "wish", [{"entry": 9, "given": []}, {"entry": -1, "given": []}, {"entry": 0, "given": ["all"]}]
)
def test_marks_of_what_is_not_there_are_told(ask, desk, wish):
    path, told = body(desk, NAMES[0], entries=[wish])
    assert ask(path, "POST", SENT, told).status_code == 409
    assert desk.own.acts == []


def test_undo_seen_from_a_request_that_is_none_takes_nothing_back(ask, desk):
    path, told = body(desk, NAMES[0])
    assert ask(path, "POST", SENT, told).status_code == 200
    assert ask("undo?at=request/" + "0" * 20, "POST", SENT, "{}").status_code == 404
    assert len(desk.own.acts) == 1
    assert ask(f"undo?at={path.removesuffix('/answer')}", "POST", SENT, "{}").json["at"] == path.removesuffix(
        "/answer"
    )
    assert ask(path, "POST", SENT, body(desk, NAMES[0])[1]).status_code == 200
    assert ask("undo?at=part/0/0", "POST", SENT, "{}").json["at"] == path.removesuffix("/answer")


def test_no_page_says_whose_a_request_is(ask, desk):
    paths = ["", "requests", *(f"request/{one.id}" for one in cases(desk))]
    paths += [f"request/{cases(desk)[0].id}/step?by={by}" for by in ("open", "before", "after")]
    for path in paths:
        text = ask(path).text
        assert text
        assert not [name for name in [*NAMES, "Nobody At All"] if name in text]


def test_a_request_shows_whose_points_stand_or_that_a_row_holds_them(ask, desk, out):
    path = f"request/{case_of(desk, NAMES[1]).id}"
    assert "Nobody has marked it yet" in ask(path).text
    (out / "marks.csv").write_text(f"student,part,item,points\n{NAMES[1]},1A,{FIRST},1\n")
    desk.gather()
    assert ask(path).text.count("Written into marks.csv") == 1


def test_a_request_leads_to_where_levels_are_added(ask, desk):
    case = case_of(desk, NAMES[1])
    found = re.search(r'href="/[^/]+/(part/(\d+)/(\d+))"', ask(f"request/{case.id}").text)
    assert desk.at(At(int(found[2]), int(found[3]))).student == NAMES[1]
    assert "Levels are added on" in ask(f"request/{case.id}").text
    assert ask(found[1]).status_code == 200
    checked = case_of(desk, NAMES[0])  # of what the grader decided alone
    assert "Levels are added on" not in ask(f"request/{checked.id}").text


# ---- in a window -----------------------------------------------------------------------------------


def wait_for(page, before):
    page.wait_for_function(
        "at => document.getElementById('answer').dataset.at !== at || document.querySelector('.done')",
        arg=before,
    )


def decided(page, sentence, *keys):
    """Press keys, decide with a sentence, and wait until another request is there, or none is left."""
    before = page.locator("#answer").get_attribute("data-at")
    for key in keys:
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    page.keyboard.type(sentence)
    page.keyboard.press("Enter")
    wait_for(page, before)


def points(page, value):
    page.keyboard.press("o")
    page.keyboard.type(value)
    page.keyboard.press("Enter")


@pytest.mark.browser
def test_three_requests_by_keyboard_alone(served, window, out):
    _, address = served("ana", CLASS)
    page = window(address)
    assert "Regrade requests: 3 open" in page.inner_text("main")
    assert "1 row of regrade_requests.csv fits no student or no part" in page.inner_text("main")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".asked")
    assert "I wrote that the gradient is 0." in page.inner_text(".asked")
    assert (
        "Late: it came 2026-12-11 08:00, and requests were taken until 2026-12-10 23:59 CET."
        in page.inner_text("main")
    )
    decided(page, "The gradient was there, yes u 1.", "1", "2")
    assert asked(out)[1]["decision"] == "changed: The gradient was there, yes u 1."
    assert page.inner_text("#said") == "Saved: 1A changed, 0 → 3 points."
    assert (asked(out)[1]["old"], asked(out)[1]["new"]) == ("0", "3")
    text = page.inner_text("main")
    for told in (
        "biases count",
        "Your answer is 600.",
        "608",
        "bias forgotten",
        "600, I say",
        "The grader: failed",
    ):
        assert told in text
    points(page, "15")
    told = page.inner_text("#override-said")
    assert told == "“15” is no number from 0 to 2: write it like 0.5 or 0,5."
    page.locator("#override-points").fill("1,5")
    page.keyboard.press("Enter")
    assert page.inner_text("#sum output") == "1 → 2.5"
    page.keyboard.press("c")
    page.keyboard.type("Half of it.")
    page.keyboard.press("Enter")
    decided(page, "It could be read so.")
    assert (asked(out)[0]["old"], asked(out)[0]["new"], asked(out)[0]["by"]) == ("1", "2.5", "ana")
    assert marks(out)[NAMES[0], "3B", "parameter_count"]["comment"] == "Half of it."
    assert BAD[:20] in page.inner_text(".asked")
    decided(page, "As the sheet says.")
    assert "Every request is answered" in page.inner_text("main")
    assert [row["decision"].partition(":")[0] for row in asked(out)] == ["changed", "changed", "stays", ""]
    assert len(marking.books(out)["ana"]) == 3
    page.keyboard.press("u")
    page.wait_for_selector("[data-open=yes]")
    assert asked(out)[2]["decision"] == ""
    page.goto(address)
    assert "Regrade requests: 1 open" in page.inner_text("main")


@pytest.mark.browser
def test_what_is_not_decided_yet_is_not_left_by_one_key_and_goes_first(served, window):
    desk, address = served("ana", CLASS)
    page = window(address + "requests")
    before = page.locator(".entry output").all_inner_texts()
    points(page, "0.25")
    page.keyboard.press("c")
    page.keyboard.type("2 things.")
    page.keyboard.press("Enter")
    assert page.locator(".entry output").all_inner_texts() != before
    page.keyboard.press("n")
    told = "Not decided yet: Enter decides it; n again goes on, and what you changed here is gone."
    assert page.inner_text("#said") == told
    page.keyboard.press("u")
    assert page.locator(".entry output").all_inner_texts() != before, "one step"
    page.keyboard.press("u")
    assert page.locator(".entry output").all_inner_texts() == before
    assert page.locator(".entry .comment").all_inner_texts()[0] == ""
    assert "→" not in page.inner_text("#sum")
    assert desk.own.acts == []


@pytest.mark.browser
def test_a_request_that_is_decided_again_says_from_where_it_came(served, window, out):
    desk, address = served("ana", CLASS)
    settle(desk, NAMES[0], "changed", "All of it.", Wish(0, points=2.0))
    page = window(address + f"request/{case_of(desk, NAMES[0]).id}")
    page.keyboard.press("Enter")
    assert page.locator("[name=kind]:checked").get_attribute("value") == "changed"
    assert page.inner_text("#decision-points") == "The part: 1 → 3."
    assert page.locator("#decision-text").input_value() == "All of it.", "to be mended"
    page.keyboard.press("End")
    page.keyboard.type(" Biases count.")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('#said').textContent.startsWith('Saved')")
    assert asked(out)[0]["decision"] == "changed: All of it. Biases count."
    page.keyboard.press("u")
    page.wait_for_function("() => document.querySelector('#said').textContent.startsWith('Taken back')")
    assert page.inner_text("#said") == "Taken back: what was decided before stands again."
    assert asked(out)[0]["decision"] == "changed: All of it."


@pytest.mark.browser
def test_a_file_that_cannot_be_read_is_told_on_a_page_and_mended_without_a_restart(served, window, out):
    address = served("ana", CLASS)[1]
    page = window(address)
    (out / requests.NAME).write_text("Timestamp,Your name,Which part?,Why?\n1,<b>ada</b>,3B,so\n")
    page.reload()
    assert page.inner_text("h1") == "Something has to be mended first"
    assert "“student” over “Your name”" in page.inner_text("main")
    (out / requests.NAME).write_text(ASKED, encoding="utf-8")
    page.get_by_role("link", name="load this page again").click()
    page.wait_for_selector(".parts")
    assert "3 open, 1 for nobody" in page.inner_text("#asked")


@pytest.mark.browser
def test_a_decision_of_the_file_says_at_once_where_it_is_mended(served, window, out):
    desk, address = served("ana", CLASS)
    file = out / requests.NAME
    file.write_text(ASKED.replace("biases count.,,,,,", "biases count.,stays: no,kim,1,1,"), encoding="utf-8")
    page = window(address + f"request/{case_of(desk, NAMES[0]).id}")
    page.keyboard.press("Enter")
    assert page.locator("dialog[open]").count() == 0
    assert "wins over this page: change it there" in page.inner_text("#said")


def test_what_nobody_has_marked_yet_is_marked_before_it_is_decided(desk, out):
    for wishes in ((), (Wish(0, given=["in full"]),)):
        with pytest.raises(Stale, match=r"Nobody has marked “.*” yet: give it points here too"):
            settle(desk, NAMES[1], STAYS if not wishes else "changed", "So it is.", *wishes)
    assert desk.own.acts == []
    settle(desk, NAMES[1], STAYS, "So it is.", Wish(0, points=0.0), Wish(1, points=0.0))
    assert (asked(out)[1]["old"], asked(out)[1]["new"]) == ("0", "0")


@pytest.mark.browser
def test_what_contradicts_the_points_is_told_and_the_sentence_is_kept(served, window, out):
    page = window(served("ana", CLASS)[1] + "requests")
    page.keyboard.press("1")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    page.keyboard.type("No.")
    page.locator("[name=kind][value=stays]").check()
    page.locator("#decision-text").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('#decision-said').textContent")
    assert "choose “changed”" in page.inner_text("#decision-said")
    assert page.locator("[name=kind]:checked").get_attribute("value") == "stays", "as it was chosen"
    assert page.locator("#decision-text").input_value() == "No."
    assert (out / requests.NAME).read_text() == ASKED


@pytest.mark.browser
@pytest.mark.parametrize("focused", ["#decision-text", "[name=kind]:checked"])
def test_a_decision_without_a_sentence_stays_open_and_what_is_typed_next_is_the_sentence(
    served, window, out, focused
):
    desk, address = served("ana", CLASS)
    page = window(address + "requests")
    page.keyboard.press("1")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    page.locator(focused).focus()
    page.keyboard.press("Enter")
    assert "Write a sentence to the student first" in page.inner_text("#decision [role=alert]")
    assert page.locator("dialog[open]").get_attribute("id") == "decision"
    assert not desk.own.acts
    decided_before = page.locator("#answer").get_attribute("data-at")
    page.keyboard.type("o you are right, u 1")
    page.keyboard.press("Enter")
    wait_for(page, decided_before)
    assert page.locator("dialog[open]").count() == 0
    assert asked(out)[1]["decision"] == "changed: o you are right, u 1"
    page.keyboard.press("Enter")
    assert page.inner_text("#decision-said") == "", "what was demanded of another stays with it"


@pytest.mark.browser
def test_comments_that_were_given_in_the_part_are_offered(served, window, out):
    desk, address = served("ana", CLASS)
    marked = marking.Given(FIRST, (), "Say what the gradient is.", 1.0)
    desk.do([marking.Act("2026-12-01T08:00:00Z", NAMES[3], "1A", (marked,), "")])
    page = window(address + "requests")
    page.keyboard.press("c")
    offered = page.locator("#comment-saved button").all_inner_texts()
    assert [" ".join(text.split()) for text in offered] == ["0 no comment", "1 Say what the gradient is."]
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    assert page.inner_text(".entry .comment >> nth=0") == "Say what the gradient is."


@pytest.mark.browser
def test_nothing_stands_in_the_way_and_nothing_runs(served, window):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    _, address = served("ana", CLASS)
    page = window(address, bypass_csp=True)
    assert_accessible(page, axe)
    page.goto(address + "requests")
    assert_accessible(page, axe)
    for key in ("o", "c", "?", "Enter"):
        page.keyboard.press(key)
        page.wait_for_selector("dialog[open]")
        assert_accessible(page, axe)
        page.locator("dialog[open] [data-do=close]").click()
        page.wait_for_selector("dialog[open]", state="detached")
    decided(page, "So <b>it</b> is.", "1", "2")
    before = page.locator("#answer").get_attribute("data-at")
    page.keyboard.press("n")
    wait_for(page, before)
    assert_accessible(page, axe)
    assert page.locator(".asked img, .asked script").count() == 0


@pytest.mark.browser
@pytest.mark.slow
def test_killed_between_two_decisions_and_started_again_nothing_is_lost(window, out):
    process, address = started(out, "ana")
    page = window(address + "requests")
    decided(page, "Yes.", "1", "2")
    ended(process, signal.SIGKILL)
    (out / requests.NAME).write_text(ASKED, encoding="utf-8")  # as the machine leaves it that stops before it
    with (out / "marking" / "ana.jsonl").open("ab") as file:
        file.write(b'{"when":"2026-')
        file.flush()
        os.fsync(file.fileno())
    process, address = started(out, "ana")
    page = window(address + "requests")
    assert "1 of 3 answered" in page.inner_text("main")
    assert asked(out)[1]["decision"] == "changed: Yes."
    points(page, "2")
    decided(page, "Right.")
    status, told = ended(process, signal.SIGINT)
    assert status == 0, told
    assert [row["decision"] for row in asked(out)] == ["changed: Right.", "changed: Yes.", "", ""]
    assert marks(out)[NAMES[0], "3B", "parameter_count"]["points"] == "2"
