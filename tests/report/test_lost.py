"""Where the points went: every lost point is a line, and together they are what is lost."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from grader.datatypes import CheckResult, Lateness, PartResult, Result, RubricResult, Status
from grader.marks import lost, total
from grader.report import student_page
from grader.report.losses import losses, together
from grader.scoring import of_part, of_result
from grader.status import Marked
from tests.report.reading import Page

LATE = Lateness("2026-02-04T01:00+01:00", "2026-02-03T23:59+01:00", 1.02, 0.5, "It came late.", 0.1)


def result_of(*parts: PartResult, lateness: Lateness | None = None) -> Result:
    empty = Result("ps4", "t", "ada", 0.0, 0.0, 0.0, tuple(map(of_part, parts)), show_rubric="always")
    return of_result(replace(empty, lateness=lateness))


def part_of(*checks: CheckResult, rubric=()) -> PartResult:
    return PartResult("3B", "Parameters", 0.0, 0.0, 0.0, checks=checks, rubric=tuple(rubric))


def gone(result: Result) -> float:
    """What is lost, by the totals alone."""
    late = result.lateness.points if result.lateness else 0.0
    return total([lost(result.earned, result.possible, result.pending), late])


sixteenths = st.integers(0, 160).map(lambda number: number / 16)
tenths = st.integers(0, 100).map(lambda number: number / 10)
amounts = st.tuples(sixteenths | tenths, sixteenths | tenths).map(sorted)
statuses = st.sampled_from(sorted(Status))


@st.composite
def results(draw) -> Result:
    checks = [
        CheckResult(
            *(f"c{number}", status),
            earned=0.0 if status in {Status.PENDING, Status.ERROR} else earned,
            possible=possible,
            hidden=draw(st.booleans()),
        )
        for number, (status, (earned, possible)) in enumerate(draw(st.lists(st.tuples(statuses, amounts))))
    ]
    rubric = [
        RubricResult(f"r{number}", possible, status, 0.0 if status is Status.PENDING else earned)
        for number, (status, (earned, possible)) in enumerate(draw(st.lists(st.tuples(statuses, amounts))))
        if status is not Status.ERROR
    ]
    return result_of(part_of(*checks, rubric=rubric), lateness=draw(st.sampled_from([None, LATE])))


@given(results())
def test_the_lines_together_are_exactly_what_is_lost(result):
    assert together(losses(result)) == gone(result)


def test_the_sum_stands_there_and_is_the_one_at_the_top(result):
    assert together(losses(result)) == gone(result) == 16.375
    text = Page(student_page(result)).text
    assert "16.375 points are lost: where they went" in text
    assert "−16.375 together. Does a line look wrong? How to ask for another look" in text


def test_each_line_says_how_much_by_which_check_about_which_words_and_by_which_rule(result):
    text = Page(student_page(result)).text
    assert "−2 3B: The number of parameters is right read as 600 600 is not the number of parameters." in text
    assert "−0.375 3D: All 16 entries are right read as [[1, 1/2], [-1/2, 1/4]]" in text
    assert (
        "−1.5 1E: says why one layer is not enough A person gave 3.5 of 5 points for this. "
        "Comment: Say which line" in text
    )
    assert "−2 3G: Hidden check: robustness What a hidden check tries is not shown." in text


def test_each_line_leads_to_its_check(result):
    page = Page(student_page(result))
    ids = set(page.all("id"))
    assert all(loss.anchor in ids for loss in losses(result))


def test_a_hidden_check_tells_its_category_alone():
    check = CheckResult(
        *("hidden-1", Status.MISSING, "t", "a message"),
        possible=1.0,
        actual="what was read",
        hidden=True,
        category="robustness",
    )
    (line,) = losses(result_of(part_of(check)))
    assert (line.title, line.read) == ("Hidden check: robustness", "")
    assert "message" not in line.why


def test_what_nobody_answered_is_one_line_a_part():
    checks = [CheckResult(name, Status.MISSING, name, "No answer.", possible=1.0) for name in "ab"]
    left = replace(checks[0], message="No answer. Not filled in: `x`.")
    assert losses(result_of(part_of(left)))[0].why == "Not filled in: `x`."
    (line,) = losses(result_of(part_of(*checks, rubric=[RubricResult("why", 2.5, Status.MISSING)])))
    assert (line.points, line.title, line.why) == (4.5, "no answer found", "")
    (line,) = losses(result_of(part_of(checks[0], CheckResult("c", Status.PENDING, possible=1.0))))
    assert line.title == "a piece of the answer is missing"


def test_parts_that_nobody_answered_are_one_line():
    parts = [
        replace(part_of(CheckResult(id_, Status.MISSING, "t", "No answer.", possible=1.0)), id=id_)
        for id_ in ("1B", "2D", "2E", "2F")
    ]
    wrong = replace(part_of(CheckResult("w", Status.FAILED, "t", "Wrong.", possible=2.0)), id="1C")
    first, second = losses(result_of(parts[0], wrong, *parts[1:]))
    assert (first.points, first.part, first.anchor) == (4.0, "1B, 2D–2F", "check-1B")
    assert second.part == "1C"


def test_where_words_are_missing_the_line_says_what_was_asked():
    """The criteria are not shown before a person has marked them: they say what a good answer says."""
    right = CheckResult("a", Status.PASSED, "t", earned=2.0, possible=2.0)
    part = replace(
        part_of(right, rubric=[RubricResult("", 1.0, Status.MISSING)]), question="What is a value?"
    )
    result = replace(result_of(part), show_rubric="marked")
    (line,) = losses(result)
    assert (line.points, line.title, line.why) == (1.0, "no words found", "Asked: What is a value?")
    text = Page(student_page(result)).text
    assert "−1 3B: no words found Asked: What is a value?" in text
    assert "Criterion 1" not in text
    assert "No words were found that answer the question: 1 point." in text


def test_a_persons_word_counts_before_the_graders():
    mark = Marked("", "", Status.PASSED, 1.0)
    check = CheckResult(
        *("a", Status.FAILED, "t", "The grader's."), possible=1.0, marked=mark, comment="Look again at <b>."
    )
    result = result_of(part_of(check))
    assert losses(result)[0].why == "A person gave 0 of 1 point for this. Comment: Look again at <b>."
    assert "A person gave 0 of 1 point for this. Comment: Look again at &lt;b&gt;." in student_page(result)


def test_coming_late_is_a_line_with_its_rule():
    check = CheckResult("a", Status.PASSED, "t", earned=5.0, possible=5.0)
    result = result_of(part_of(check), lateness=LATE)
    (line,) = losses(result)
    assert (line.points, line.title, line.why) == (0.5, "Handed in late", "It came late.")
    assert "−0.5 Handed in late It came late." in Page(student_page(result)).text


def test_a_reason_that_comes_again_is_not_said_again():
    checks = [CheckResult(name, Status.CRASHED, name, "It stopped.", possible=1.0) for name in "abc"]
    text = Page(student_page(result_of(part_of(*checks)))).text
    lines = text[text.index("Where the points went") : text.index("together")]
    assert lines.count("It stopped.") == 1
    assert lines.count("For the same reason.") == 2


def test_what_a_person_says_is_said_of_each_line_and_never_called_the_same():
    mark = Marked("", "", Status.PENDING, 0.0)
    rows = [RubricResult(name, 1.0, Status.FAILED, 0.0, "", mark) for name in ("why", "how")]
    result = result_of(part_of(rubric=[*rows, replace(rows[1], criterion="when", comment="Say it.")]))
    text = Page(student_page(result)).text
    lines = text[text.index("Where the points went") : text.index("together")]
    assert lines.count("A person gave 0 of 1 point for this.") == 3
    assert "For the same reason" not in text


def test_the_rubric_items_that_were_given_explain_a_part_of_the_points():
    mark = Marked("", "", Status.PENDING, 0.0, given=("half of it", "<b>sign wrong"))
    half = RubricResult("why", 2.0, Status.FAILED, 0.5, "Look again.", mark)
    whole = replace(half, criterion="how", earned=2.0, status=Status.PASSED)
    result = result_of(part_of(rubric=[half, whole]))
    text = Page(student_page(result)).text
    assert "A person gave 0.5 of 2 points for this: half of it; <b>sign wrong. Comment: Look again." in text
    assert "why Marked as half of it; <b>sign wrong Comment Look again." in text
    assert "how Comment" in text, "what has all of its points needs no explanation"
    assert "half of it; <b>sign wrong. Look again." in text[text.index("What to do next") :]


def test_half_of_the_points_is_said_once():
    half = Marked("", "", Status.PENDING, 0.0, given=("half",))
    row = RubricResult("why", 2.5, Status.FAILED, 1.25, "", half)
    text = Page(student_page(result_of(part_of(rubric=[row])))).text
    assert "why ◐ Some points 1.25 of 2.5" in text
    assert "half" not in text
    other = replace(row, earned=1.0, comment="Say it.")
    assert "why Marked as half Comment Say it." in Page(student_page(result_of(part_of(rubric=[other])))).text


def test_what_a_person_marked_in_a_part_is_one_thing_to_do():
    mark = Marked("", "", Status.PENDING, 0.0, given=("half",))
    rows = [
        RubricResult(name, 2.0, Status.FAILED, 1.0, comment, mark)
        for name, comment in (("why", ""), ("how", "Say <b>how."), ("when", "Say when."), ("who", "Say who."))
    ]
    text = Page(student_page(result_of(part_of(rubric=rows)))).text
    told = text[text.index("What to do next") : text.index("Where the points went")]
    assert "3B: what a person marked (4 points) Say <b>how. Say when. And 1 more below." in told
    assert told.count("what a person marked") == 1


def test_where_nothing_is_lost_there_is_nothing_to_account_for():
    check = CheckResult("a", Status.PASSED, "t", earned=5.0, possible=5.0)
    waiting = CheckResult("b", Status.PENDING, "t", possible=5.0)
    assert "Where the points went" not in student_page(result_of(part_of(check, waiting)))


def test_what_was_read_is_short():
    check = CheckResult("a", Status.FAILED, "t", "m", possible=1.0, actual="[1,\n 2] " * 200)
    (line,) = losses(result_of(part_of(check)))
    assert line.read.startswith("[1, 2] [1, 2]")
    assert len(line.read) <= 82
