"""What a course decides after it has graded changes points and says why, and can be taken back."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader import assignment, batch, marking, record
from grader.answers import canonical, integer
from grader.batch import Audience
from grader.changes import changes
from grader.cli import main
from grader.datatypes import (
    Answer,
    Assignment,
    Check,
    CheckResult,
    Correction,
    Part,
    Ramp,
    Result,
    Source,
    Status,
    Submission,
)
from grader.marking.marks import Mark
from grader.roster import entries
from grader.scoring import rescore, score
from grader.status import Corrected
from grader.taken import Taken

RAMP = Ramp(of="right", full=4)
PARTS = (
    Part("1A", "Counted", checks=(Check("count", 2), Check("shape", 3, RAMP)), rubric={"says why": 2}),
    Part("1B", "Another", checks=(Check("other", 4),)),
)
LAB = Assignment("lab", "Lab", Path("lab"), {"1": "One"}, PARTS, hints={"bias forgotten": "Count again."})
WHY = "The sheet did not say."
HANDED_IN = Submission("ada", Path("ada"), answers=(Answer("1A", Source.WRITEUP, "a.md", "36"),))
NOTHING = Submission("ada", Path("ada"), empty=True)


def corrected(*corrections: Correction) -> Assignment:
    return replace(LAB, corrections=corrections)


def graded(
    problem_set: Assignment = LAB, submission: Submission = HANDED_IN, status: Status = Status.FAILED, **more
) -> Result:
    checks = [
        CheckResult("count", status, attention=("look",) if status is Status.ERROR else (), **more),
        CheckResult("shape", Status.FAILED, measured={"right": 3}),
        CheckResult("other", Status.PASSED),
    ]
    return score(problem_set, submission, checks, {}, {})


VOID = Correction("1A", WHY, check="count", void=True)


@pytest.mark.parametrize("status", Status)
def test_what_is_void_has_all_points_whatever_came_of_it(status: Status) -> None:
    check = graded(corrected(VOID), status=status).parts[0].checks[0]
    assert (check.status, check.earned) == (Status.PASSED, 2)
    found = 2.0 if status is Status.PASSED else 0.0
    assert check.corrected == Corrected("void", WHY, status, found)
    assert check.found is status


def test_what_is_void_waits_for_nobody() -> None:
    for status in (Status.PENDING, Status.ERROR):
        result = graded(
            corrected(VOID, Correction("1A", WHY, criterion="says why", void=True)), status=status
        )
        assert (result.pending, result.attention) == (0, ())
        assert not marking.waiting([result])


def test_whoever_handed_in_nothing_at_all_has_no_points_of_what_is_void() -> None:
    result = graded(corrected(VOID), NOTHING, Status.MISSING)
    assert (result.handed_in, result.parts[0].earned) == (False, 2.25)
    assert result.parts[0].checks[0].corrected is None
    assert rescore(corrected(VOID), result) == result


def test_a_whole_part_is_void() -> None:
    result = graded(corrected(Correction("1A", WHY, void=True)))
    assert (result.parts[0].earned, result.parts[0].possible, result.parts[0].pending) == (7, 7, 0)
    assert result.parts[0].rubric[0].corrected == Corrected("void", WHY, Status.PENDING, 0.0)


SLIP = Correction("1A", WHY, check="count", also_accept_slip="bias forgotten")


@pytest.mark.parametrize("status", [Status.FAILED, Status.PENDING])
def test_a_known_mistake_can_be_none_here(status: Status) -> None:
    check = graded(corrected(SLIP), status=status, slip="bias forgotten").parts[0].checks[0]
    assert (check.status, check.earned, check.corrected.kind) == (Status.PASSED, 2, "accepted")
    other = graded(corrected(SLIP), status=status, slip="one filter only").parts[0].checks[0]
    assert (other.status, other.corrected) == (status, None)


def test_a_bonus_is_for_whoever_has_all_points_of_it() -> None:
    bonus = Correction("1B", WHY, bonus=1.5)
    result = graded(corrected(bonus, Correction("1A", WHY, bonus=1)))
    assert (result.bonus, result.earned, result.possible) == (1.5, 6.25, 11)
    assert result.total == 7.75
    assert [one.earned for part in result.parts for one in part.bonuses] == [0.0, 1.5]
    voided = graded(corrected(Correction("1A", WHY, check="shape", bonus=1), VOID))
    assert voided.bonus == 0, "the shape is not all right"


def test_a_bonus_waits_as_long_as_its_part() -> None:
    bonus, void = Correction("1A", WHY, bonus=1), Correction("1A", WHY, check="shape", void=True)
    waits = graded(corrected(bonus, void), status=Status.PASSED)
    assert (waits.bonus, waits.pending) == (0, 2)
    marked = marking.apply(waits, {"ada": (Mark("1A", "says why", 2.0),)})
    assert (marked.bonus, marked.total) == (1, 12)
    fewer = marking.apply(waits, {"ada": (Mark("1A", "says why", 1.0),)})
    assert fewer.bonus == 0


COUNT = Correction("1A", WHY, check="count", also_accept=("36", "thirty-eight"))


def taken(text: str) -> Taken:
    return Taken("integer", canonical.written(integer(text).value), {"nouns": ["parameters"]})


@pytest.mark.parametrize("text", ["36", "36.0", "6 * 6 = 36", "There are 38 parameters."])
@pytest.mark.parametrize("status", [Status.FAILED, Status.PENDING])
def test_an_answer_that_counts_as_right_too_has_all_points(text: str, status: Status) -> None:
    check = graded(corrected(COUNT), status=status, taken=taken(text)).parts[0].checks[0]
    assert (check.status, check.earned) == (Status.PASSED, 2)
    assert check.corrected == Corrected("accepted", WHY, status, 0.0)


@pytest.mark.parametrize("status", Status)
def test_another_answer_stays_as_it_was_found(status: Status) -> None:
    check = graded(corrected(COUNT), status=status, taken=taken("37")).parts[0].checks[0]
    assert (check.status, check.corrected) == (status, None)


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"taken": Taken("expression", "(a +")},
        {"taken": Taken("versions", "{}", {"names": ["keras"]})},
        {"taken": Taken("shape", '["3", "6", "6"]'), "notes": ("channels first, as labelled",)},
    ],
)
def test_a_wrong_answer_that_was_not_read_alone_waits_for_a_person(more: dict) -> None:
    result = graded(corrected(COUNT), **more)
    check = result.parts[0].checks[0]
    assert (check.status, check.corrected.kind) == (Status.PENDING, "unsure")
    assert check.corrected.status is Status.FAILED
    assert [row.item for row in marking.waiting([result])] == ["count", "says why"]
    for status in (Status.MISSING, Status.CRASHED, Status.TIMEOUT, Status.ERROR, Status.PENDING):
        assert graded(corrected(COUNT), status=status).parts[0].checks[0].status is status


CORRECTIONS = [COUNT, VOID, SLIP, Correction("1A", WHY, void=True), Correction("1B", WHY, bonus=2)]


@pytest.mark.parametrize("one", CORRECTIONS)
@pytest.mark.parametrize("status", [Status.FAILED, Status.PENDING, Status.ERROR])
def test_a_correction_only_scores_again_and_taking_it_out_restores(one: Correction, status: Status) -> None:
    more = {"slip": "bias forgotten", "hint": "Count again.", "taken": taken("36")}
    plain = graded(status=status, **more)
    given = rescore(corrected(one), plain)
    assert given == graded(corrected(one), status=status, **more)
    assert (given == plain) == (status is Status.ERROR and one in (COUNT, SLIP))
    assert rescore(corrected(one), given) == given
    assert rescore(LAB, given) == plain
    assert record.load(record.dump(given)) == given


def test_a_persons_mark_goes_before_what_also_counts_and_staff_are_told() -> None:
    result = graded(corrected(COUNT), taken=taken("36"))
    assert result.parts[0].checks[0].corrected.kind == "accepted"
    marked = marking.apply(result, {"ada": (Mark("1A", "count", 1.0, line=3),)})
    assert (marked.parts[0].checks[0].status, marked.parts[0].checks[0].earned) == (Status.FAILED, 1)
    [told] = marked.attention
    assert told.startswith("marks.csv, line 3, 1A, “count”: this answer counts as right now, and a person's")
    assert "mark of 1 of 2 goes before that" in told
    assert "taken back there" in told
    assert "goes with the points in its row" in told
    assert marking.unmarked(marked) == result


def test_void_is_full_points_for_everybody_whatever_a_person_gave() -> None:
    everything = Correction("1A", WHY, void=True)
    fewer = {"ada": (Mark("1A", "count", 1.0, "Hm.", line=3), Mark("1A", "says why", 0.5, line=4))}
    before = marking.apply(graded(LAB), fewer)
    after = marking.apply(rescore(corrected(everything), marking.unmarked(before)), fewer)
    entries = [*after.parts[0].checks, *after.parts[0].rubric]
    assert all(one.earned == one.possible and one.corrected and not one.marked for one in entries)
    assert after.attention == (), "nobody has to look at it"
    [change] = changes(before, after)
    assert f"count: failed → passed (full points for everybody: {WHY})" in change.why
    again = marking.apply(rescore(LAB, marking.unmarked(after)), fewer)
    assert again == before, "taken out, the person's mark is back"
    ended = f"count: a person: 1 of 2 (no longer: full points for everybody: {WHY})"
    assert ended in changes(after, again)[0].why
    full = {"ada": (Mark("1A", "count", 2.0, "Well seen."),)}
    kept = marking.apply(graded(corrected(everything)), full).parts[0].checks[0]
    assert (kept.earned, kept.comment) == (2, "Well seen."), "who has them all keeps what was said"


def test_a_student_reads_the_reason_and_not_the_criterion_that_nobody_marked() -> None:
    shown = record.for_student(graded(corrected(Correction("1A", WHY, void=True))))
    assert shown.parts[0].rubric[0].criterion == ""
    assert shown.parts[0].rubric[0].corrected.reason == WHY


# ---- through the front door ------------------------------------------------------------------

PS4 = Path(__file__).parents[1] / "reference" / "ps4"
ONES = "[[1, 1], [1, 1]]"
WORDS = {"3B": "There are 600 parameters.", "3C": "32×32×8", "3D": f"{ONES} for all four"}
CODE = {"parameter_count": "600", "output_shape": "(32, 32, 8)", "average_pooled": f"[{ONES}] * 4"}
ALSO = {
    "3B": ("parameter_count", '"six hundred"'),
    "3C": ("output_shape", '["(1, 2, 3)", "32 by 32 by 8"]'),
    "3D": ("average_pooled", f'"{ONES} for all"'),
}


def table(part: str, *lines: str) -> str:
    return "\n".join(["", "[[corrections]]", f'part = "{part}"', f'reason = "{WHY}"', *lines, ""])


@pytest.fixture
def ps4(tmp_path: Path) -> Path:
    """Return a copy of the problem set, whose assignment.toml may be changed."""
    return Path(shutil.copytree(PS4, tmp_path / "ps4", ignore=shutil.ignore_patterns("__pycache__")))


@pytest.fixture
def class_(tmp_path: Path) -> Path:
    """Return a class: the same wrong answers in each format, right ones, and nothing at all."""
    folder = tmp_path / "class"
    (folder / "nobody").mkdir(parents=True)
    words = "".join(f"## {part}\n\n{text}\n\n" for part, text in WORDS.items())
    code = "".join(f"{name} = {text}\n" for name, text in CODE.items())
    cells = [
        {"cell_type": kind, "metadata": {}, "source": text, **({} if kind == "markdown" else RUN)}
        for part, text in zip(WORDS, code.splitlines(), strict=True)
        for kind, text in (("markdown", f"## {part}"), ("code", text))
    ]
    book = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "wilma.md").write_text(words)
    (folder / "moira.py").write_text(code)
    (folder / "nora.ipynb").write_text(json.dumps(book))
    (folder / "rita.md").write_text("## 3B\n\n608\n\n## 3C\n\n28x28x8\n")
    return folder


RUN = {"outputs": [], "execution_count": None}


def grade(ps4: Path, class_: Path, out: Path) -> tuple[list[str], dict[str, Result]]:
    """Grade without asking; return whose submission was graded, and the results as they stand."""
    ran: list[str] = []
    problem_set = assignment.load(ps4)
    assignment.agree(problem_set)
    short = assignment.only_parts(problem_set, frozenset(WORDS))
    batch.grade_class(entries(class_), short, out, 0, Audience(done=lambda one: ran.append(one.student)))
    return ran, {path.parent.name: record.read(path) for path in out.glob("staff/*/result.json")}


def add(ps4: Path, text: str) -> None:
    file = ps4 / assignment.NAME
    file.write_text(file.read_text() + text)


def test_the_same_answer_counts_as_right_in_every_format_and_nothing_runs(
    ps4: Path, class_: Path, tmp_path: Path
) -> None:
    out, before = tmp_path / "out", (ps4 / assignment.NAME).read_text()
    ran, first = grade(ps4, class_, out)
    assert len(ran) == 5
    for part, (check, text) in ALSO.items():
        add(ps4, table(part, f'check = "{check}"', f"also_accept = {text}"))
    add(ps4, table("3C", "bonus = 0.5"))
    ran, now = grade(ps4, class_, out)
    assert ran == []
    for student in ("wilma", "moira", "nora"):
        assert first[student].earned == 0
        assert (now[student].earned, now[student].pending, now[student].bonus) == (8, 0, 0.5), student
        assert {check.corrected.kind for part in now[student].parts for check in part.checks} == {"accepted"}
        page = (out / "students" / student / "index.html").read_text()
        assert page.count(WHY) == 4
        assert "six hundred" not in page
        assert "by 32 by" not in page
    assert (now["rita"].earned, now["rita"].bonus, now["nobody"].total) == (5, 0.5, 0)
    assert (out / "gradebook.csv").read_text().splitlines()[0].endswith(",bonus")
    (ps4 / assignment.NAME).write_text(before)
    assert grade(ps4, class_, out) == ([], first)


def test_what_is_void_waits_in_no_row_and_a_new_submission_has_it_too(
    ps4: Path, class_: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    (class_ / "wilma.md").write_text("## 3B\n\n600 or 608\n")
    _, first = grade(ps4, class_, out)
    assert first["wilma"].pending == 2
    add(ps4, table("3B", "void = true") + table("3D", 'check = "average_pooled"', "void = true"))
    (class_ / "sara.md").write_text("## 3A\n\nA border.\n")
    ran, now = grade(ps4, class_, out)
    assert ran == ["sara"]
    assert {student: result.earned for student, result in now.items()} == {
        **dict.fromkeys(("wilma", "moira", "nora", "sara"), 5),
        "rita": 8,
        "nobody": 0,
    }
    assert now["wilma"].pending == 0
    marking_rows = marking.waiting(list(now.values()))
    assert not [row for row in marking_rows if row.part in ("3B", "3D")]


def test_the_command_shows_whose_marks_change_with_the_reason_and_asks(
    ps4: Path, class_: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    command = ["grade", class_, "--assignment", ps4, "--parts", "3B", "--out", out]
    assert CliRunner().invoke(main, [*map(str, command)]).exit_code == 0
    add(ps4, table("3B", 'check = "parameter_count"', 'also_accept_slip = "bias forgotten"'))
    shown = CliRunner().invoke(main, [*map(str, command), "--dry-run"], env={"COLUMNS": "300"})
    assert "failed → passed" in shown.output
    assert f"counted as right: {WHY}" in shown.output
    assert record.read(out / "staff" / "wilma" / "result.json").earned == 0
    agreed = CliRunner().invoke(main, [*map(str, command), "--yes"])
    assert agreed.exit_code == 0
    assert record.read(out / "staff" / "wilma" / "result.json").earned == 2


def test_a_fault_of_ours_that_was_void_is_graded_again_when_it_is_not(tmp_path: Path, class_: Path) -> None:
    lab, out = tmp_path / "lab", tmp_path / "out"
    (lab / "checks").mkdir(parents=True)
    (lab / assignment.NAME).write_text(
        'id = "lab"\ntitle = "L"\n[sections]\n3 = "T"\n'
        + "".join(f'[[parts]]\nid = "{one}"\ntitle = "T"\nchecks = {{ c{one} = 2 }}\n' for one in WORDS)
    )
    (lab / "checks" / "test_all.py").write_text(
        "".join(f"def test_c{one}(answer):\n    raise RuntimeError\n" for one in WORDS)
    )
    before = (lab / assignment.NAME).read_text()
    ran, first = grade(lab, class_, out)
    assert len(ran) == 5
    assert first["wilma"].pending == 6
    add(lab, "".join(table(one, "void = true") for one in WORDS))
    ran, now = grade(lab, class_, out)
    assert (now["wilma"].earned, now["wilma"].pending, now["wilma"].needs_attention) == (6, 0, False)
    handed_in = {"wilma", "moira", "nora", "rita"}
    ran, _ = grade(lab, class_, out)
    assert not handed_in.intersection(ran)
    (lab / assignment.NAME).write_text(before)
    ran, last = grade(lab, class_, out)
    assert handed_in <= set(ran)
    assert (last["wilma"].earned, last["wilma"].pending) == (0, 6)
