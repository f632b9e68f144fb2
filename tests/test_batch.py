"""A class is graded and written; the same command again does only what is left to do."""

import os
import shutil
import signal
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from grader import assignment, batch, busy, judges, pipeline, record
from grader.batch import Audience, Plan
from grader.changes import Change
from grader.datatypes import Assignment, Result, Status
from grader.roster import Entry, entries
from grader.sandbox import FRESH, Sandbox, Wall

PS4 = Path(__file__).parents[1] / "reference" / "ps4"


@pytest.fixture
def short() -> Assignment:
    """3B alone: quick to grade."""
    return assignment.only_parts(assignment.load(PS4), frozenset({"3B"}))


@pytest.fixture
def class_(tmp_path: Path) -> Path:
    folder = tmp_path / "class"
    (folder / "ada").mkdir(parents=True)
    (folder / "ada" / "answers.md").write_text("## 3B\n608\n")
    (folder / "Zoë.txt").write_text("3(b) 600\n", encoding="utf-8")
    (folder / "alan.py").write_text("parameter_count = 608\n")
    (folder / "alan.md").write_text("## 3B\n608\n")
    (folder / ".DS_Store").write_text("")
    return folder


class Heard:
    """An audience that remembers."""

    def __init__(self, *, approves: bool = True) -> None:
        self.graded: list[str] = []
        self.plans: Sequence[Plan] = ()
        self.changes: Sequence[Change] = ()
        self._approves = approves

    @property
    def audience(self) -> Audience:
        return Audience(self._planned, lambda result: self.graded.append(result.student), None, self._approve)

    def _planned(self, plans: Sequence[Plan]) -> None:
        self.plans = plans

    def _approve(self, changes: Sequence[Change]) -> bool:
        self.changes = changes
        return self._approves


def run(class_: Path, problem_set: Assignment, out: Path, *, approves: bool = True, **more) -> Heard:
    heard = Heard(approves=approves)
    batch.grade_class(entries(class_), problem_set, out, 0, heard.audience, **more)
    return heard


def marks(out: Path) -> dict[str, float]:
    return {path.parent.name: record.read(path).earned for path in out.glob("staff/*/result.json")}


def dearer(problem_set: Assignment) -> Assignment:
    part = problem_set.asked[0]
    checks = tuple(replace(check, points=check.points * 5) for check in part.checks)
    parts = tuple(replace(part, checks=checks) if one.id == part.id else one for one in problem_set.parts)
    return replace(problem_set, parts=parts)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_class_is_graded_and_written(class_: Path, tmp_path: Path, short: Assignment, jobs: int) -> None:
    heard, out = Heard(), tmp_path / "out"
    graded = batch.grade_class(entries(class_), short, out, jobs, heard.audience)
    assert {result.student: result.earned for result in graded.results} == {
        "Zoë": 0,
        "ada": 2,
        "alan.md": 2,
        "alan.py": 2,
    }
    assert sorted(heard.graded) == [result.student for result in graded.results]
    for result in graded.results:
        whole = record.read(out / "staff" / result.student / "result.json")
        assert pipeline.light(whole) == result
        assert (out / "students" / result.student / "index.html").is_file()
    assert (out / "gradebook.csv").is_file()
    assert (out / "index.html").is_file()


def test_nothing_of_another_student_or_of_the_answer_reaches_a_page(
    class_: Path, tmp_path: Path, short: Assignment
) -> None:
    run(class_, short, tmp_path / "out")
    page = (tmp_path / "out" / "students" / "Zoë" / "index.html").read_text(encoding="utf-8")
    assert "608" not in page
    assert "ada" not in page.replace("gradability", "")


def test_the_same_again_grades_nobody_and_changes_no_file(class_: Path, tmp_path: Path, short) -> None:
    out = tmp_path / "out"
    run(class_, short, out)
    files = {path: path.stat().st_mtime_ns for path in out.rglob("*.json")}
    heard = run(class_, short, out)
    assert (heard.graded, heard.changes) == ([], ())
    assert files == {path: path.stat().st_mtime_ns for path in out.rglob("*.json")}
    assert sorted(run(class_, short, out, force=True).graded) == ["Zoë", "ada", "alan.md", "alan.py"]


def test_who_handed_in_something_else_is_graded_and_the_mark_is_asked_for(
    class_: Path, tmp_path: Path, short
) -> None:
    out = tmp_path / "out"
    run(class_, short, out)
    (class_ / "ada" / "answers.md").write_text("## 3B\n600\n")
    (class_ / "zora.md").write_text("## 3B\n608\n")
    heard = run(class_, short, out, approves=False)
    assert sorted(heard.graded) == ["ada", "zora"]
    assert [(change.student, change.part) for change in heard.changes] == [("ada", "3B")]
    assert marks(out)["ada"] == 2, "what was given stands until somebody agrees"
    assert "ada,2," in (out / "gradebook.csv").read_text()
    again = run(class_, short, out)
    assert (again.graded, len(again.changes)) == ([], 1), "nothing is run again to be asked again"
    assert marks(out)["ada"] == 0
    assert not list(out.rglob(pipeline.PROPOSED))


def test_what_was_proposed_and_is_true_no_more_never_takes_a_place(
    class_: Path, tmp_path: Path, short
) -> None:
    out, work = tmp_path / "out", class_ / "ada" / "answers.md"
    run(class_, short, out)
    right = work.read_text()
    work.write_text("## 3B\n600\n")
    run(class_, short, out, approves=False)
    work.write_text(right)
    heard = run(class_, dearer(short), out)
    assert heard.graded == []
    assert marks(out)["ada"] == 10, "what she hands in now, and not what was proposed for another text"
    assert not list(out.rglob(pipeline.PROPOSED))


def test_marks_that_are_torn_while_a_class_is_graded_count_as_they_stood(
    class_: Path, tmp_path: Path, short
) -> None:
    out, sheet = tmp_path / "out", tmp_path / "out" / "marks.csv"
    run(class_, short, out)
    given = "student,part,item,points\nada,3B,parameter_count,1\nzora,3B,parameter_count,0.5\n"
    sheet.write_text(given)
    assert marks(out)["ada"] == 2
    (class_ / "ada" / "answers.md").write_text("## 3B\n600\n")
    (class_ / "zora.md").write_text("## 3B\n600\n")

    def torn_meanwhile(work, tasks, jobs, heard):
        sheet.write_text(f'{given}Zoë,3B,"torn')
        yield from judges.in_parallel(work, tasks, jobs, heard)

    graded = batch.grade_class(entries(class_), short, out, 0, execute=torn_meanwhile)
    assert "marks.csv: line 4" in graded.torn
    assert (marks(out)["ada"], marks(out)["zora"]) == (1, 0.5), "who was graded before, and who never was"
    assert [result.earned for result in graded.results if result.student in {"ada", "zora"}] == [1, 0.5]
    assert not list(out.rglob(pipeline.PROPOSED))
    sheet.write_text(f"{given}Zoë,3B,parameter_count,2\n")
    again = run(class_, short, out)
    assert (again.graded, marks(out)["Zoë"]) == ([], 2)


def test_marks_that_are_given_while_a_class_is_graded_count(class_: Path, tmp_path: Path, short) -> None:
    out, sheet = tmp_path / "out", tmp_path / "out" / "marks.csv"
    run(class_, short, out)
    (class_ / "ada" / "answers.md").write_text("## 3B\n600\n")

    def given_meanwhile(work, tasks, jobs, heard):
        yield from judges.in_parallel(work, tasks, jobs, heard)
        sheet.write_text(
            "student,part,item,points\nada,3B,parameter_count,1\nalan.md,3B,parameter_count,1.5\n"
        )

    graded = batch.grade_class(entries(class_), short, out, 0, execute=given_meanwhile)
    assert (graded.torn, marks(out)["ada"], marks(out)["alan.md"]) == ("", 1, 1.5)
    assert {result.student: result.earned for result in graded.results}["alan.md"] == 1.5


def test_one_that_is_left_of_many_has_a_judge_of_its_own(
    class_: Path, tmp_path: Path, short, monkeypatch
) -> None:
    out = tmp_path / "out"
    run(class_, short, out)
    (class_ / "ada" / "answers.md").write_text("## 3B\n608, so many\n")
    monkeypatch.setattr(pipeline, "grade_into", dies_once)
    graded = batch.grade_class(entries(class_), short, out, 1)
    assert graded.faulted == ("ada",), "it takes its judge with it, and not the command"


def test_a_change_that_no_mark_shows_is_not_asked_about(class_: Path, tmp_path: Path, short) -> None:
    out = tmp_path / "out"
    run(class_, short, out)
    (class_ / "ada" / "answers.md").write_text("## 3B\n\n608 parameters\n")
    heard = run(class_, short, out, approves=False)
    assert (heard.graded, heard.changes) == (["ada"], ())
    assert "608 parameters" in (out / "staff" / "ada" / "result.json").read_text()


def test_other_points_are_scored_without_anything_run(class_: Path, tmp_path: Path, short) -> None:
    out = tmp_path / "out"
    run(class_, short, out)
    heard = run(class_, dearer(short), out, approves=False)
    assert heard.graded == []
    assert {change.student for change in heard.changes} == {"Zoë", "ada", "alan.md", "alan.py"}
    assert marks(out)["ada"] == 2
    run(class_, dearer(short), out)
    assert marks(out) == {"Zoë": 0, "ada": 10, "alan.md": 10, "alan.py": 10}


def test_a_process_that_lives_on_grades_with_the_problem_set_as_it_is_now(
    class_: Path, tmp_path: Path
) -> None:
    folder, out = tmp_path / "ps4", tmp_path / "out"
    shutil.copytree(PS4, folder, ignore=shutil.ignore_patterns("specimens", "__pycache__"))
    run(class_, assignment.only_parts(assignment.load(folder), frozenset({"3B"})), out)
    with (folder / "arithmetic.py").open("a") as file:
        file.write("\n\ndef parameter_count(*_: object, **__: object) -> int:\n    return 600\n")
    heard = run(class_, assignment.only_parts(assignment.load(folder), frozenset({"3B"})), out)
    assert len(heard.graded) == 4
    assert (marks(out)["Zoë"], marks(out)["ada"]) == (2, 0)


def test_what_was_lost_is_graded_the_next_time(class_: Path, tmp_path: Path, short, monkeypatch) -> None:
    out = tmp_path / "out"
    with monkeypatch.context() as patch:
        patch.setattr("grader.pipeline.ingest.read", lambda *_: 1 / 0)
        graded = batch.grade_class(entries(class_), short, out, 0)
    assert len(graded.faulted) == 4
    heard = run(class_, short, out, approves=False)
    assert (len(heard.graded), heard.changes) == (4, ()), "a fault of ours was no mark"
    assert marks(out)["ada"] == 2


def test_a_fault_of_ours_takes_no_mark_away(class_: Path, tmp_path: Path, short, monkeypatch) -> None:
    out = tmp_path / "out"
    run(class_, short, out)
    monkeypatch.setattr("grader.pipeline.ingest.read", lambda *_: 1 / 0)
    graded = batch.grade_class(entries(class_), short, out, 0, force=True)
    assert (len(graded.faulted), graded.changes) == (4, ())
    assert [result.earned for result in graded.results] == [0, 2, 2, 2]
    assert all("ZeroDivisionError" in result.attention[-1] for result in graded.results)


def dies_once(out: Path, entry: Entry, problem_set: Assignment, wall: Wall = FRESH, **more) -> Result:
    died = out.parent / f"{entry.student} died"
    if entry.student in {"ada", "alan.py"} and (entry.student == "ada" or not died.exists()):
        died.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return pipeline.grade_into(
        out, entry, problem_set, wall, **more
    )  # in a judge's process nothing is patched


def test_who_lost_a_judge_is_tried_once_more_alone(class_: Path, tmp_path: Path, short, monkeypatch) -> None:
    monkeypatch.setattr(pipeline, "grade_into", dies_once)
    heard = Heard()
    graded = batch.grade_class(entries(class_), short, tmp_path / "out", 2, heard.audience)
    assert graded.faulted == ("ada",)
    assert {result.student: result.earned for result in graded.results} == {
        "Zoë": 0,
        "ada": 0,
        "alan.md": 2,
        "alan.py": 2,
    }
    assert sorted(heard.graded) == ["Zoë", "ada", "alan.md", "alan.py"]


def test_who_runs_out_of_time_is_graded_once_more_alone(tmp_path: Path, short, monkeypatch) -> None:
    late = {"bea": 1, "cyd": 2}  # how often the machine is too busy for them
    graded = []

    def grade(entry: Entry, problem_set: Assignment, wall: Wall = FRESH) -> Result:
        graded.append(entry.student)
        result = real(entry, problem_set, wall)
        if late.get(entry.student, 0):
            late[entry.student] -= 1
            part = result.parts[0]
            check = replace(part.checks[0], status=Status.TIMEOUT, earned=0.0)
            result = replace(
                result, parts=(replace(part, checks=(check, *part.checks[1:])), *result.parts[1:])
            )
        return result

    real = pipeline.grade
    monkeypatch.setattr(pipeline, "grade", grade)
    class_ = [Entry(name, tmp_path / f"{name}.py") for name in ("ann", "bea", "cyd")]
    for entry in class_:
        entry.path.write_text("parameter_count = 608\n")
    heard, out = Heard(), tmp_path / "out"
    results = batch.grade_class(class_, short, out, 0, heard.audience).results
    assert graded == ["ann", "bea", "cyd", "bea", "cyd"]
    assert heard.graded == ["ann", "bea", "cyd"]
    assert [busy.ran_late(result) for result in results] == [False, False, True]
    assert not list(out.rglob(pipeline.PROPOSED))


@pytest.mark.parametrize("stands_already", [False, True])
def test_what_may_be_the_machines_doing_is_no_mark_before_the_second_try(
    tmp_path: Path, short, stands_already: bool
) -> None:
    """A run that is stopped between the two tries grades that student again."""
    class_ = tmp_path / "class"
    class_.mkdir()
    if stands_already:
        (class_ / "ann.py").write_text("parameter_count = 608  # before\n")
        run(class_, short, tmp_path / "out")
    seen = tmp_path / "seen"
    (class_ / "ann.py").write_text(f"""
import os
from pathlib import Path
parameter_count = 608
if not Path({str(seen)!r}).exists():
    Path({str(seen)!r}).touch()
    os.kill(os.getpid(), 9)
""")

    def stopped_after_the_first(work, tasks, jobs, heard):
        if seen.exists():
            raise KeyboardInterrupt
        yield from judges.in_parallel(work, tasks, jobs, heard)

    with pytest.raises(KeyboardInterrupt):
        run(class_, short, tmp_path / "out", wall=Wall(Sandbox.OFF), execute=stopped_after_the_first)
    assert seen.exists()
    again = run(class_, short, tmp_path / "out", wall=Wall(Sandbox.OFF))
    assert again.graded == ["ann"]
    assert marks(tmp_path / "out") == {"ann": 2}


def test_who_is_killed_is_graded_once_more_alone_and_then_left_to_a_person(tmp_path: Path, short) -> None:
    """SIGKILL is what a machine sends that is out of memory: no zero comes of it, and nothing for good."""
    fatal = "import os\nparameter_count = 608\nos.kill(os.getpid(), 9)\n"
    once = f"""
import os
from pathlib import Path
parameter_count = 608
if not Path({str(tmp_path / "seen")!r}).exists():
    Path({str(tmp_path / "seen")!r}).touch()
    os.kill(os.getpid(), 9)
"""
    class_ = [Entry(name, tmp_path / f"{name}.py") for name in ("ann", "bea")]
    for entry, code in zip(class_, (once, fatal), strict=True):
        entry.path.write_text(code)
    results = batch.grade_class(class_, short, tmp_path / "out", 0, wall=Wall(Sandbox.OFF)).results
    assert [(result.earned, result.pending) for result in results] == [(2, 0), (0, 2)]
    assert "ended by SIGKILL" in results[1].attention[0]


def test_short_work_comes_first(tmp_path: Path, short) -> None:
    class_ = tmp_path / "class"
    class_.mkdir()
    (class_ / "ada.py").write_text("def f():\n    m.fit(x)\n    m.fit(x)\nparameter_count = 608\n")
    (class_ / "bob.py").write_text("parameter_count = 608\n")
    everything = replace(assignment.load(PS4), only=frozenset({"3B", "2D"}), data="stand-in")
    heard = run(class_, everything, tmp_path / "out")
    assert [plan.trainings for plan in heard.plans] == [2, 0]
    assert heard.graded == ["bob", "ada"]
