"""What is told about a class."""

from dataclasses import replace

from grader.datatypes import CheckResult, PartResult, Result, RubricResult, Status
from grader.report.figures import NO_REASON, Reason, class_figures
from grader.report.outcomes import of_checks, of_parts
from tests.report.many import class_of


def result(student: str, *parts: PartResult, attention: tuple[str, ...] = (), **more) -> Result:
    found = (*attention, *(line for part in parts for check in part.checks for line in check.attention))
    return Result(
        "ps4",
        "t",
        student,
        sum(part.earned for part in parts),
        sum(part.possible for part in parts),
        sum(part.pending for part in parts),
        parts,
        needs_attention=bool(found),
        attention=found,
        **more,
    )


def part(name: str, *checks: CheckResult, rubric: tuple[RubricResult, ...] = ()) -> PartResult:
    entries = [*checks, *rubric]
    return PartResult(
        name,
        f"Part {name}",
        sum(entry.earned for entry in entries),
        sum(entry.possible for entry in entries),
        sum(entry.possible for entry in entries if entry.status in {Status.PENDING, Status.ERROR}),
        checks,
        rubric=rubric,
    )


def slipped(name: str, slip: str, status: Status = Status.FAILED) -> CheckResult:
    return CheckResult(name, status, possible=1.0, slip=slip)


def test_slips_are_counted_by_check_the_most_frequent_first():
    bias, axes, none = slipped("a", "bias"), slipped("a", "axes"), slipped("a", "")
    results = [result(str(n), part("1A", check)) for n, check in enumerate([axes, bias, none, bias])]
    first, second = class_figures(results).slips
    assert (first.name, first.students, first.decided) == ("bias", (1, 3), 4)
    assert (second.name, second.students) == ("axes", (0,))


def test_a_slip_in_what_waits_is_not_made_yet():
    results = [result("ada", part("1A", slipped("a", "bias", Status.PENDING)))]
    assert class_figures(results).slips == ()


def test_what_waits_for_a_person_is_not_what_the_grader_broke():
    waits = part("1A", CheckResult("a", Status.PENDING, possible=2.0), rubric=(RubricResult("why", 3.0),))
    broke = part("1B", CheckResult("b", Status.ERROR, possible=4.0))
    figures = class_figures([result("ada", waits, broke), result("bo", waits)])
    assert figures.waits.keys() == {"1A"}
    assert (figures.waits["1A"].points, figures.waits["1A"].students) == (10.0, (0, 1))
    assert (figures.waiting, figures.broken) == (10.0, 4.0)


def test_of_those_who_need_a_look_whose_work_has_most_waiting_comes_first():
    def waiting(points: float) -> PartResult:
        return part("1A", CheckResult("a", Status.PENDING, possible=points))

    results = [
        result(str(n), waiting(points), attention=("odd",)) for n, points in enumerate((1.0, 9.0, 3.0))
    ]
    figures = class_figures(results)
    assert [reason.students for reason in figures.reasons] == [(1, 2, 0)]


def test_the_answers_that_wait_are_those_that_a_person_marks():
    checks = (
        CheckResult("a", Status.PENDING, possible=2.0),
        CheckResult("b", Status.PENDING, possible=2.0, waits_for="MNIST"),
        CheckResult("c", Status.ERROR, possible=2.0),
    )
    rubric = (RubricResult("why", 3.0), RubricResult("how", 3.0, Status.MISSING))
    parts = (part("1A", *checks, rubric=rubric), part("1B", rubric=rubric), part("1C", checks[1]))
    assert class_figures([result("ada", *parts)] * 2).answers == 4, "each student's to a part is one"


def test_the_graders_faults_are_told_once_and_apart():
    def broken(name: str) -> CheckResult:
        why = f"check {name} is broken: KeyError: 7\nTraceback (most recent call last):\nKeyError: 7"
        return CheckResult(name, Status.ERROR, possible=1.0, attention=(why,))

    here, both = part("1A", broken("a")), part("1A", broken("a"), broken("b"))
    figures = class_figures([result("ada", here, attention=("2D: not readable here",)), result("bo", both)])
    (fault,) = figures.faults
    assert (fault.students, fault.checks, fault.headline) == ((0, 1), ("a", "b"), "KeyError: 7")
    assert figures.reasons == (Reason("2D: not readable here", (0,)),)


def test_a_traceback_is_told_by_its_end():
    fault = Reason("is listed and never ran: Traceback (most recent call last):\n  File x\nKeyError: 7", (0,))
    assert fault.headline == "is listed and never ran: … KeyError: 7"


def test_a_reason_is_shared_whatever_the_file_is_called():
    lines = ("a scan.pdf: it holds pictures alone", "b.pdf: it holds pictures alone", "2D: not readable here")
    results = [result(str(n), attention=(line,)) for n, line in enumerate(lines)]
    assert class_figures(results).reasons == (
        Reason("it holds pictures alone", (0, 1)),
        Reason("2D: not readable here", (2,)),
    )
    assert class_figures(results[:1]).reasons == (Reason(lines[0], (0,)),)


def test_who_is_flagged_without_a_reason_is_not_forgotten():
    flagged = replace(result("ada"), needs_attention=True)
    assert class_figures([flagged]).reasons == (Reason(NO_REASON, (0,)),)


def test_a_part_is_right_when_nothing_of_it_is_lost():
    done = CheckResult("a", Status.PASSED, earned=2.0, possible=2.0)
    waits = (RubricResult("why", 3.0),)
    kinds = [
        part("1A", done),
        part("1A", done, rubric=waits),
        part("1A", done, slipped("b", "")),
        part("1A", slipped("b", "")),
        part("1A", CheckResult("b", Status.MISSING, possible=1.0)),
        part("1A", CheckResult("b", Status.ERROR, possible=1.0), rubric=waits),
    ]
    (item,) = of_parts([result(str(n), kind) for n, kind in enumerate(kinds)])
    assert [outcome.kind for outcome in item.outcomes] == [
        "right",
        "waiting",
        "partly",
        "wrong",
        "missing",
        "fault",
    ]


def test_a_criterion_is_told_once_somebody_marked_it():
    waits = part("1A", rubric=(RubricResult("why", 3.0),))
    empty = part("1A", rubric=(RubricResult("why", 3.0, Status.MISSING),))
    marked = part("1A", rubric=(RubricResult("why", 3.0, Status.PASSED, 3.0),))
    assert of_checks([result("ada", waits), result("bo", empty)]) == ()
    (item,) = of_checks([result("ada", waits), result("bo", empty), result("chi", marked)])
    assert item.by_hand
    assert [outcome.kind for outcome in item.outcomes] == ["waiting", "missing", "right"]


def test_who_was_not_asked_is_nobodys_outcome():
    asked = part("1B", CheckResult("b", Status.PASSED, earned=1.0, possible=1.0))
    first = part("1A", slipped("a", ""))
    items = of_checks([result("ada", first), result("bo", first, asked)])
    assert [item.part for item in items] == ["1A", "1B"]
    assert items[1].outcomes[0] is None
    figures = class_figures([result("ada", first), result("bo", first, asked)])
    assert [(check.decided, check.left_out) for check in figures.checks] == [(2, 0), (1, 0)]


def test_a_hidden_check_has_its_line_for_staff():
    hidden = CheckResult("a", Status.PASSED, "Works on odd images", hidden=True, category="robustness")
    (item,) = of_checks([result("ada", part("1A", hidden))])
    assert item.title == "Works on odd images (hidden)"


def test_few_students_are_called_few():
    assert class_figures(class_of(29)).few
    assert not class_figures(class_of(30)).few
