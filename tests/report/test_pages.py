"""The pages: what stands on them, and what cannot stand on them."""

import base64
import hashlib
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.datatypes import CheckResult, Lateness, PartResult, Result, RubricResult, Status
from grader.networks import LayerShown, NetworkShown
from grader.report import class_page, student_page
from grader.report import words as told
from grader.report.advice import advice
from grader.report.paragraphs import unwrapped
from grader.report.visible import visible
from grader.scoring import THE_COURSE
from tests.report.hostile import XSS, hostile_result
from tests.report.reading import Page, as_shown, assert_harmless

# ---- what stands there -----------------------------------------------------------------------


def test_the_whole_page_is_harmless_and_light(redacted):
    html = student_page(redacted)
    assert_harmless(html)
    assert len(html.encode()) < 60_000


def test_the_top_says_how_it_went(result):
    text = Page(student_page(result)).text
    assert "30.75 of 100 points" in text
    assert "rounded half up to steps of 0.25, from 30.625" in text
    assert "48 points are waiting for a person: not lost" in text
    assert "5 points are waiting because the grader failed: our fault" in text
    assert "16.375 points are lost" in text
    assert "ps4.md was read as Latin-1." in text


def test_a_mark_that_needed_no_rounding_does_not_speak_of_it(result):
    assert "rounded half up" not in student_page(replace(result, earned=30.75))


def test_coming_late_is_told_with_what_it_costs():
    check = CheckResult("c", Status.PASSED, earned=2.0, possible=2.0)
    part = PartResult("3B", "t", 2.0, 2.0, 0.0, checks=(check,))
    lateness = Lateness("2026-02-04T01:00+01:00", "2026-02-03T23:59+01:00", 1.02, 0.5, "It came <late>.")
    late = Result("ps4", "Deep Learning", "ada", 2.0, 2.0, 0.0, (part,), lateness=lateness)
    page = student_page(late)
    assert '<h2 id="mark"><strong>1.5</strong> of 2 points</h2>' in page
    assert "It came &lt;late&gt;. Of 2 points earned, 0.5 points are taken off." in page
    assert "No other point is lost." in page
    free = student_page(replace(late, lateness=replace(lateness, points=0.0)))
    assert "<strong>2</strong>" in free
    assert "taken off" not in free


def test_after_the_close_nothing_is_said_to_wait_or_to_be_won():
    part = PartResult("3B", "t", 2.0, 6.0, 3.0, rubric=(RubricResult("", 3.0),))
    told = "It was due A and came B: more than 72 hours late, nothing counts any more."
    closed = Lateness("2026-02-09T01:00+01:00", "2026-02-03T23:59+01:00", 121.0, 2.0, told, share=1.0)
    text = Page(student_page(Result("ps4", "t", "ada", 2.0, 6.0, 3.0, (part,), lateness=closed))).text
    assert "nothing counts any more. Of 2 points earned, 2 points are taken off." in text
    assert "Nothing counts, whatever still waits for a person." in text
    assert "No point can be won any more" in text
    for gone in ("not lost", "1 point is lost", "No point is lost", "does not wait for you"):
        assert gone not in text


def test_an_extension_is_told_also_where_nothing_is_late():
    told = "With your extension it was due A and came B: in time."
    early = Lateness("2026-02-04T01:00+01:00", "2026-02-05T23:59+01:00", 0.0, 0.0, told)
    text = Page(student_page(Result("ps4", "t", "ada", 0.0, 0.0, 0.0, (), lateness=early))).text
    assert told in text


def test_who_handed_in_what_cannot_be_read_is_told_to_hand_in_what_can_be():
    part = PartResult("3B", "t", 0.0, 3.0, 3.0, rubric=(RubricResult("", 3.0),))
    broken = Result("ps4", "t", "ada", 0.0, 3.0, 3.0, (part,), unread=("<set4>.pdf",))
    page = student_page(broken)
    assert "Hand in a file that can be read, if you still may: <set4>.pdf could not be" in Page(page).text
    assert "does not wait for you" not in page
    assert "Hand in a file" not in student_page(replace(broken, parts=(replace(part, code=("x = 1",)),)))


def test_that_nothing_was_handed_in_is_said_once():
    why = "No answer to this question was found in what you handed in."
    checks = [CheckResult(name, Status.MISSING, name, why, possible=1.0) for name in "ab"]
    parts = tuple(
        PartResult(id_, "t", 0.0, 1.0, 0.0, checks=(check,)) for id_, check in zip("12", checks, strict=True)
    )
    result = Result("ps4", "t", "ada", 0.0, 2.0, 0.0, parts, notes=("nothing was handed in",))
    text = Page(student_page(result)).text
    assert text.count("nothing was handed in") == 1
    assert (text.count(why), text.count("For the same reason"), text.count("No answer found")) == (1, 0, 2)


def test_one_point_is_singular():
    part = PartResult("1A", "t", 1.0, 2.0, 1.0, rubric=(RubricResult("c", 1.0),))
    result = Result("ps4", "t", "ada", 1.0, 2.0, 1.0, (part,), show_rubric="always")
    text = Page(student_page(result)).text
    assert "1 point is waiting for a person: not lost" in text
    assert "No point is lost" in text


def test_every_part_has_its_tile_and_its_section(result):
    page = Page(student_page(result))
    links = page.all("href")
    assert [link for link in links if link.startswith("#part-")] == [
        f"#part-{part.id}" for part in result.parts
    ]
    assert {f"part-{part.id}" for part in result.parts} <= set(page.all("id"))


def test_headings_come_in_order(result):
    for html in (student_page(result), class_page([result], {})):
        levels = [int(tag[1]) for tag, _ in Page(html).elements if re.fullmatch(r"h\d", tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_check_says_all_that_a_student_needs(result):
    text = Page(student_page(result)).text
    for words in (
        "◐ Partly right 2.625 of 3 points",
        "matrix 1, row 2, column 1: sign matrix 2",
        "Known mistake bias forgotten",
        "Hint Each filter has something besides its weights.",
        "Note channels first, as labelled",
        "entries right 14",
        "Read by the grader as (28, 28, 8)",
        "○ No answer found 0 of 2 points",
        "✗ Your code stopped with an error 0 of 4 points",
        "✗ Your code took too long 0 of 3 points",
        "… Waiting for a person 4 points waiting",
        "The grader failed here; this is our fault, staff have been told, no points are lost.",
        "Hidden check: robustness",
        "… A person marks this",
        "◐ Some points 3.5 of 5",
        "Say which line cannot separate it.",
        "ps4-drawing.png",
        "graded 2026-03-01, with grader 0.1.0, numpy 2.4",
    ):
        assert words in text


def test_the_lines_of_a_message_and_of_code_are_kept(result):
    html = student_page(result)
    assert "14 of 16 are right.\nmatrix 1, row 2, column 1: sign\nmatrix 2" in html
    assert "def prepare(x, y):\n    y = keras" in re.sub(r"</?span[^>]*>", "", html)


def test_expected_values_stand_only_where_they_may(result):
    check = CheckResult("c", Status.FAILED, "t", expected="608", actual="600", possible=1.0)
    part = PartResult("3B", "t", 0.0, 1.0, 0.0, checks=(check,))
    shown = student_page(replace(result, parts=(part,), show_expected=True))
    assert "608" in Page(shown).text
    assert "Expected" not in Page(student_page(result)).text


def test_a_students_own_value_is_not_said_twice(result):
    """What the check saw is shown where it differs from what was read, or beside an expected value."""
    parts = {part.id: part for part in result.parts}
    assert "Yours" not in Page(student_page(replace(result, parts=(parts["3B"],)))).text
    assert "Yours" in Page(student_page(replace(result, parts=(parts["3D"],)))).text


@pytest.mark.parametrize(
    "change",
    [
        {"attention": ("3D: two answers differ",)},
        {"needs_attention": True},
        {
            "parts": (
                PartResult("3B", "t", 0, 1, 0, checks=(CheckResult("c", Status.FAILED, expected="608"),)),
            )
        },
        {
            "parts": (
                PartResult("3B", "t", 0, 1, 0, checks=(CheckResult("c", Status.FAILED, attention=("x",)),)),
            )
        },
        {
            "parts": (
                PartResult(
                    "3B", "t", 0, 1, 0, checks=(CheckResult("c", Status.FAILED, hidden=True, message="m"),)
                ),
            )
        },
    ],
)
def test_the_staffs_result_never_becomes_a_students_page(result, change):
    with pytest.raises(ValueError, match="for_student"):
        student_page(replace(result, **change))


def test_an_empty_result_has_a_page():
    assert_harmless(student_page(Result("ps4", "Deep Learning", "ada", 0.0, 0.0, 0.0, ())))


def test_every_status_has_its_own_words():
    pages = set()
    for status in Status:
        part = PartResult("3B", "t", 0.0, 1.0, 0.0, checks=(CheckResult("c", status, "t", possible=1.0),))
        text = Page(student_page(Result("ps4", "t", "ada", 0.0, 1.0, 0.0, (part,)))).text
        pages.add(text[text.index("What the grader checked") :])
    assert len(pages) == len(Status)


# ---- what to do next -------------------------------------------------------------------------


def test_what_nobody_wrote_is_no_answer_and_not_a_wrong_one():
    criterion = RubricResult("says why", 2.0, Status.MISSING)
    assert told.of_criterion(criterion).text == "No answer found"
    assert told.of_part(PartResult("1A", "Why", 0.0, 2.0, 0.0, rubric=(criterion,))).text == "No answer"


def test_what_wins_the_most_comes_first_and_three_lines_are_enough(result):
    found = advice(result)
    assert [step.anchor for step in found.steps] == [
        "check-prepare",
        "check-mlp_200_accuracy",
        "check-parameter_count",
    ]
    assert [step.lost for step in found.steps] == [4.0, 3.0, 2.0]
    assert (found.more, found.worth) == (5, 16.375 - 9.0)
    assert "There are 5 more things to mend below, worth 7.375 points" in Page(student_page(result)).text


def test_what_is_nearly_right_is_told_where_it_is_not(result):
    pooled = next(part for part in result.parts if part.id == "3D")
    (check,) = pooled.checks
    for slip, hint in (("", ""), ("", "A hint.")):
        part = replace(pooled, checks=(replace(check, slip=slip, hint=hint),))
        (step,) = advice(replace(result, parts=(part,))).steps
        places = "matrix 1, row 2, column 1: sign matrix 2, row 2, column 1"
        assert step.why == f"{places} {hint}".rstrip()


def explained(part: str) -> PartResult:
    """Return a part whose network misses what one step explains: it waits for a person."""
    check = CheckResult(
        *(f"mlp-{part}", Status.PENDING, "t", "As written it misses."),
        hint="Look at the pixels.",
        slip="pixels not scaled",
        possible=3.0,
        measured={"accuracy": 0.9525, "explained_accuracy": 0.9763},
    )
    network = NetworkShown((), (), 0.975, claimed=0.977)
    return PartResult(part, "t", 0.0, 3.0, 3.0, checks=(check,), network=network)


def test_one_cause_that_explains_several_parts_is_one_line_and_its_points_are_in_doubt():
    lacks = "no code was found: hand it in"
    checks = tuple(CheckResult(name, Status.PENDING, "t", possible=4.0, lacks=lacks) for name in "ab")
    parts = (*map(explained, ("2D", "2E", "2F")), PartResult("3G", "t", 0.0, 8.0, 8.0, checks=checks))
    result = Result("ps4", "t", "ada", 0.0, 17.0, 17.0, parts)
    first, second = advice(result).steps
    assert (first.parts, first.lost, first.doubt) == (("2D", "2E", "2F"), 0.0, 9.0)
    assert (second.parts, second.title, second.doubt) == (("3G",), lacks, 8.0)
    text = Page(student_page(result)).text
    assert (
        "2D–2F: pixels not scaled (9 points in doubt) Look at the pixels. 2D: measured 0.9525, you give 0.977, "
        in text
    )
    assert "mended 0.9763. 3G: no code was found: hand it in (8 points in doubt)" in text


def test_what_waits_for_a_person_through_no_doing_of_the_students_is_nothing_to_do():
    part = explained("2D")
    for change in ({"waits_for": "MNIST"}, {"status": Status.ERROR}, {"slip": ""}):
        checks = (replace(part.checks[0], **change),)
        assert advice(Result("ps4", "t", "ada", 0.0, 3.0, 3.0, (replace(part, checks=checks),))).steps == ()


def test_all_that_is_lost_is_something_to_do(result):
    found = advice(result)
    gone = result.possible - result.earned - result.pending
    assert sum(step.lost for step in found.steps) + found.worth == pytest.approx(gone)


def test_an_answer_that_is_missing_is_something_to_do():
    """3G without prose: the points of the rubric are lost, and that is no business of a person's."""
    missing = [RubricResult(name, 4.0, Status.MISSING) for name in "ab"]
    checks = (CheckResult("sweep", Status.PENDING, possible=2.0),)
    part = PartResult("3G", "A network", 0.0, 10.0, 2.0, checks=checks, rubric=tuple(missing))
    result = Result("ps4", "t", "ada", 0.0, 10.0, 2.0, (part,), show_rubric="always")
    (step,) = advice(result).steps
    assert (step.anchor, step.title, step.lost) == ("rubric-3G", "no words found", 8.0)
    page = assert_harmless(student_page(result))
    assert "3G: no words found (8 points)" in page.text
    assert "Nothing:" not in page.text


def test_what_one_fault_stopped_is_one_thing_to_do_and_the_first():
    parts = [
        PartResult(
            *(f"1{letter}", "t", 0.0, 2.0, 0.0),
            checks=(
                CheckResult(letter, Status.CRASHED, message="ps4.py stopped: SyntaxError", possible=2.0),
            ),
        )
        for letter in "ABCD"
    ]
    wrong = CheckResult("w", Status.FAILED, hint="Nearly.", possible=1.0)
    parts.append(PartResult("2A", "t", 0.0, 1.0, 0.0, checks=(wrong,)))
    first, second = advice(Result("ps4", "t", "ada", 0.0, 9.0, 0.0, tuple(parts))).steps
    assert (first.parts, first.lost) == (("1A", "1B", "1C", "1D"), 8.0)
    assert first.title == "4 checks that one fault stopped"
    assert second.anchor == "check-w"


def test_what_is_blank_is_one_thing_to_do():
    parts = tuple(
        PartResult(
            *(f"1{letter}", f"title {letter}", 0.0, points, 0.0),
            checks=(CheckResult(letter, Status.MISSING, message="No answer.", possible=points - 1),),
            rubric=(RubricResult("c", 1.0, Status.MISSING),),
        )
        for letter, points in zip("ABCDE", (2.0, 9.0, 4.0, 3.0, 5.0), strict=True)
    )
    found = advice(Result("ps4", "t", "ada", 0.0, 23.0, 0.0, parts))
    (step,) = found.steps
    assert (step.title, step.parts, step.lost) == ("no answer found", ("1A", "1B", "1C", "1D", "1E"), 23.0)
    assert (found.more, found.worth) == (0, 0.0)


@pytest.mark.parametrize(
    ("ids", "written"),
    [
        (("1B", "1C", "2D", "2E", "2F", "3A"), "1B, 1C, 2D–2F, 3A"),
        (("1C", "2D", "2E"), "1C, 2D, 2E"),
        (("1", "2", "3", "10"), "1–3, 10"),
        (("", "<b>"), ", <b>"),
        ((), ""),
    ],
)
def test_parts_in_a_row_are_written_in_short(ids, written):
    assert told.spanned(ids) == written


def test_what_is_not_lost_is_nothing_to_do():
    checks = (
        CheckResult("a", Status.PENDING, possible=3.0),
        CheckResult("b", Status.ERROR, possible=3.0),
        CheckResult("c", Status.PASSED, earned=1.0, possible=1.0),
    )
    result = Result("ps4", "t", "ada", 1.0, 7.0, 6.0, (PartResult("1A", "t", 1.0, 7.0, 6.0, checks=checks),))
    assert advice(result).steps == ()
    text = Page(student_page(result)).text
    assert "Nothing: no point is lost, and what still waits does not wait for you." in text


# ---- words that have to be true --------------------------------------------------------------


def one_part(*checks: CheckResult, **more) -> Result:
    earned, possible = sum(one.earned for one in checks), sum(one.possible for one in checks)
    pending = sum(one.possible for one in checks if one.status is Status.PENDING)
    part = PartResult("2D", "t", earned, possible, pending, checks=checks, **more)
    return Result("ps4", "t", "ada", earned, possible, pending, (part,))


def test_what_waits_for_data_does_not_wait_for_a_person():
    network = CheckResult("a", Status.PENDING, possible=16.0, waits_for="MNIST")
    text = Page(student_page(one_part(network))).text
    assert "16 points are waiting to be measured on MNIST: not lost" in text
    assert "… Waiting for MNIST" in text
    assert "a person" not in text
    both = Page(student_page(one_part(network, CheckResult("b", Status.PENDING, possible=1.0)))).text
    assert "1 point is waiting for a person: not lost" in both
    assert "16 points are waiting to be measured on MNIST" in both


def test_what_a_kit_cannot_tell_waits_for_the_courses_own_checks():
    check = CheckResult("a", Status.PENDING, possible=2.0, waits_for=THE_COURSE)
    assert (
        "2 points are waiting for the course's own checks: not lost"
        in Page(student_page(one_part(check))).text
    )


def test_what_is_credited_is_not_called_right():
    check = CheckResult(
        "a", Status.PASSED, message="Not reached; credited.", credited=True, earned=1, possible=1
    )
    text = Page(student_page(one_part(check))).text
    assert "✓ Credited 1 of 1 point" in text
    assert "Not reached; credited." in text
    assert "✓ Right" not in text


def test_what_checks_of_a_part_have_in_common_is_said_once():
    checks = [CheckResult(name, Status.MISSING, message="No answer.", possible=1.0) for name in "abc"]
    text = Page(student_page(one_part(*checks))).text
    assert text[text.index("What the grader checked") :].count("No answer.") == 1
    stopped = [CheckResult(name, Status.PENDING, message="It `stopped`.", possible=1.0) for name in "abc"]
    text = Page(student_page(one_part(*stopped))).text
    assert text.count("It stopped .") == 1
    assert text.count("For the same reason as above.") == 2


def test_what_stands_in_backticks_is_set_as_code_and_a_traceback_as_it_is(result):
    html = student_page(result)
    assert "<code>prepare</code> stopped in line 14" in html
    assert ">ps4.py, line 14\n    y = keras.utils.np_utils\nAttributeError: no np_utils</pre>" in html
    hostile = one_part(CheckResult("a", Status.FAILED, message="`<b>` and ` `\n``", possible=1.0))
    assert "<code>&lt;b&gt;</code>" in student_page(hostile)
    line = f"pool(np.array([{', '.join(['0.125'] * 60)}]), 2)"
    pasted = one_part(CheckResult("a", Status.FAILED, message=f"Wrong.\n`{line}`", possible=1.0))
    assert f"<code>{line}</code>" in student_page(pasted), "what is to be pasted, however long"


@pytest.mark.parametrize(
    ("value", "shown"), [(0.9694444444, "0.9694"), (100.0, "100"), (0.97, "0.9700"), (60000, "60000")]
)
def test_measured_values_have_four_digits(value, shown):
    check = CheckResult("a", Status.PASSED, measured={"accuracy": value}, possible=1.0)
    assert f"<dd>{shown}</dd>" in student_page(one_part(check))


def test_two_columns_that_agree_are_one_with_a_total():
    layers = (LayerShown("Dense", (10,), 7850, 7850), LayerShown("Dense", (5,), 55, 55))
    text = Page(student_page(one_part(network=NetworkShown(layers, (), 0.9)))).text
    assert "as Keras counts" not in text
    assert "All layers 7,905" in text
    layers = (*layers, LayerShown("PReLU", (5,), None, 5))
    assert "as Keras counts" in Page(student_page(one_part(network=NetworkShown(layers, (), 0.9)))).text


LONG = "One layer is one linear function and a kink, which cannot go up and come down"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"{LONG}\nagain between the two.", f"{LONG} again between the two."),
        ("Two layers.\nOne is not enough.", "Two layers.\nOne is not enough."),
        (f"{LONG}\n\nand more", f"{LONG}\n\nand more"),
        (f"{LONG}\n- an item", f"{LONG}\n- an item"),
        (f"| {LONG} |\n| b |", f"| {LONG} |\n| b |"),
        (f"{LONG}\n0.1\t0.98", f"{LONG}\n0.1\t0.98"),
        (f"{LONG}\n    x = 1", f"{LONG}\n    x = 1"),
    ],
)
def test_lines_that_were_broken_for_their_width_are_joined(text, shown):
    assert unwrapped(text) == shown


# ---- a rubric's criteria are model answers ---------------------------------------------------


def test_a_criterion_that_may_not_be_seen_has_its_points_alone():
    waiting = one_part(rubric=(RubricResult("", 2.0), RubricResult("says why", 1.0, Status.PASSED, 1.0)))
    text = Page(student_page(waiting)).text
    assert "Criterion 1 … A person marks this 2 waiting" in text
    assert "says why ✓ Full points" in text
    assert "What is looked for is shown once a person has marked it." in text
    assert "is shown once" not in Page(student_page(replace(waiting, show_rubric="never", parts=()))).text


def test_criteria_that_may_not_be_seen_and_that_nobody_has_marked_are_one_line():
    waiting = one_part(rubric=(RubricResult("", 2.0), RubricResult("", 1.0)))
    text = Page(student_page(waiting)).text
    assert "… A person marks this 2 criteria for your words, 3 points; shown once marked." in text
    assert "Criterion 1" not in text
    assert "shown once" not in Page(student_page(replace(waiting, show_rubric="never"))).text
    one = one_part(rubric=(RubricResult("says why", 2.0), RubricResult("says how", 1.0)))
    assert (
        "says why … A person marks this 2 waiting"
        in Page(student_page(replace(one, show_rubric="always"))).text
    )


def test_whatever_has_points_that_wait_says_how_many():
    """Also where some of the part is lost, or none of it is decided."""
    for earned, possible, pending in ((4.0, 20.0, 16.0), (1.0, 20.0, 16.0), (0.0, 20.0, 16.0)):
        assert told.of_part(PartResult("3G", "t", earned, possible, pending)).text == "16 waiting"
    whole = PartResult("1A", "t", 0.0, 5.0, 5.0, rubric=(RubricResult("", 5.0),))
    text = Page(student_page(Result("ps4", "t", "ada", 0.0, 5.0, 5.0, (whole,)))).text
    assert "1A 5 points … 5 waiting" in text
    assert "0 of 5 … " not in text


@pytest.mark.parametrize("status", [Status.PENDING, Status.MISSING])
def test_a_page_is_not_made_of_a_criterion_that_may_not_be_seen(status):
    with pytest.raises(ValueError, match="for_student"):
        student_page(one_part(rubric=(RubricResult("With zero weights …", 2.0, status),)))


# ---- what cannot stand there -----------------------------------------------------------------


@pytest.mark.parametrize("text", XSS)
def test_nothing_a_student_writes_becomes_markup(text):
    plain = assert_harmless(student_page(hostile_result("plain words")))
    page = assert_harmless(student_page(hostile_result(text)))
    assert uncoloured(page) == uncoloured(plain)
    assert as_shown(text) in page.text


def uncoloured(page: Page) -> list[str]:
    """Return the elements but for the colours of code, which follow what it says."""
    inks = {"keyword", "string", "remark", "number", "name", "builtin"}
    return [tag for tag, attrs in page.elements if attrs.get("class") not in inks]


@given(st.text(max_size=60))
def test_no_text_breaks_a_page(text):
    html = student_page(hostile_result(text))
    html.encode()
    assert_harmless(html)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", html)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b", "a␀b"),
        ("a\u202eb\u2066c", "a[U+202E]b[U+2066]c"),
        ("one\r\ntwo\rthree\tfour", "one\ntwo\nthree\tfour"),
        ("\x1b[0;31mred\x1b[0m \x1b]", "red ␛]"),
        ("a\udc80b", "a\ufffdb"),
        ("é ½ 漢 שלום 😀", "é ½ 漢 שלום 😀"),
    ],
)
def test_what_hides_is_shown(text, shown):
    assert visible(text, 100) == shown


def test_a_long_text_is_cut_and_says_so():
    assert visible("x" * 1005, 1000) == "x" * 1000 + "\n[… 5 more characters are left out on this page]"


def test_a_huge_submission_makes_a_page_that_can_be_mailed(result):
    heavy = tuple(replace(part, code=("'<&>\n" * 400_000,), output="&" * 1_000_000) for part in result.parts)
    html = student_page(replace(result, parts=heavy))
    assert len(html.encode()) < 500_000
    assert "more characters are left out on this page" in html


# ---- the policy and the style ----------------------------------------------------------------


def test_the_policy_allows_this_stylesheet_and_nothing_else(result):
    html = student_page(result)
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (policy,) = [attrs["content"] for _, attrs in Page(html).elements if "http-equiv" in attrs]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert "url(" not in style
    assert "@import" not in style


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1])
def test_every_text_colour_can_be_read(scheme):
    sheet = Path(__file__).parents[2] / "grader" / "report" / "templates" / "style.css"
    block = re.findall(r":root \{(.*?)\}", sheet.read_text(encoding="utf-8"), re.DOTALL)[scheme]
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block))
    inks = set(colours) - {"page", "card", "line"}
    assert len(inks) == 9
    for ground in ("page", "card"):
        for ink in inks:
            lights = sorted([luminance(colours[ground]), luminance(colours[ink])])
            assert (lights[1] + 0.05) / (lights[0] + 0.05) >= 4.5, (ground, ink)
