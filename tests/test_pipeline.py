"""A class is graded, written and survives what breaks."""

import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from grader import assignment, datasets, pipeline, record
from grader.datatypes import Assignment, Result, Status
from grader.roster import Entry, entries
from grader.sandbox import FRESH, Wall

ROOT = Path(__file__).parents[1]
PS4 = ROOT / "reference" / "ps4"


@pytest.fixture
def short() -> object:
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


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_class_is_graded_and_written(class_: Path, tmp_path: Path, short, jobs: int) -> None:
    told: list[Result] = []
    out = tmp_path / "out"
    results = pipeline.grade_class(entries(class_), short, out, jobs, told.append)
    assert {result.student: result.earned for result in results} == {
        "Zoë": 0,
        "ada": 2,
        "alan.md": 2,
        "alan.py": 2,
    }
    assert sorted(map(id, told)) == sorted(map(id, results))
    for result in results:
        assert record.read(out / "staff" / result.student / "result.json") == result
        assert (out / "students" / result.student / "index.html").is_file()
    assert (out / "gradebook.csv").is_file()
    assert (out / "index.html").is_file()


def test_nothing_of_another_student_or_of_the_answer_reaches_a_page(
    class_: Path, tmp_path: Path, short
) -> None:
    pipeline.grade_class(entries(class_), short, tmp_path / "out", 1, lambda _: None)
    page = (tmp_path / "out" / "students" / "Zoë" / "index.html").read_text(encoding="utf-8")
    assert "608" not in page
    assert "ada" not in page.replace("gradability", "")


def test_a_fault_of_ours_costs_nothing_and_is_named(tmp_path: Path, short, monkeypatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the grader broke")

    monkeypatch.setattr("grader.pipeline.ingest.read", broken)
    result = pipeline.grade(Entry("ada", tmp_path), short)
    assert pipeline.is_faulted(result)
    assert (result.earned, result.pending) == (0, 2)
    assert any("the grader broke" in reason for reason in result.attention)
    everything = pipeline.grade(Entry("ada", tmp_path), assignment.load(PS4))
    assert (everything.earned, everything.pending) == (0, 100), "what a person marks is not lost either"


def dies(entry: Entry, problem_set: object, wall: Wall) -> Result:
    if entry.student == "ada":
        os.kill(os.getpid(), signal.SIGKILL)
    return pipeline.grade(entry, problem_set, wall)


def test_a_judge_that_dies_takes_one_submission_with_it(class_: Path, short) -> None:
    tasks = [(entry, short, FRESH) for entry in entries(class_)]
    results = {result.student: (result, lost) for result, lost in pipeline.in_parallel(dies, tasks, 2)}
    assert {name for name, (_, lost) in results.items() if lost} == {"ada"}
    assert results["ada"][0].parts[0].checks[0].status is Status.ERROR
    assert results["alan.py"][0].earned == 2


def test_one_alone_has_a_judge_of_its_own_too(class_: Path, short) -> None:
    ada = next(entry for entry in entries(class_) if entry.student == "ada")
    [(result, lost)] = pipeline.in_parallel(dies, [(ada, short, FRESH)], 1)
    assert lost, "who is graded once more, when nobody else is, must not end the class either"
    assert result.parts[0].checks[0].status is Status.ERROR


def test_what_produced_a_result_is_recorded(short) -> None:
    told = pipeline.provenance(short, FRESH)
    assert {"python", "pytest", "numpy", "nn-grader"} <= told["versions"].keys()
    assert told["data"] == {}, "there is nothing to train in this part"
    everything = replace(assignment.load(PS4), data=datasets.STAND_IN)
    assert pipeline.provenance(everything, FRESH)["data"]["name"] == "digits"


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
    told: list[Result] = []
    results = pipeline.grade_class(class_, short, tmp_path / "out", 0, told.append)
    assert graded == ["ann", "bea", "cyd", "bea", "cyd"]
    assert [result.student for result in told] == ["ann", "bea", "cyd"]
    assert [pipeline.ran_late(result) for result in results] == [False, False, True]
