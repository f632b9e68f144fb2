"""Each submission has a judge that can be lost; what judges say is heard."""

import os
import signal
from pathlib import Path

import pytest

from grader import assignment, doing, judges, pipeline
from grader.datatypes import Result
from grader.roster import Entry
from grader.sandbox import FRESH, Wall

PS4 = Path(__file__).parents[1] / "reference" / "ps4"


@pytest.fixture
def tasks(tmp_path: Path) -> list[judges.Task]:
    short = assignment.only_parts(assignment.load(PS4), frozenset({"3B"}))
    entries = [Entry(name, tmp_path / f"{name}.py") for name in ("ada", "bob", "cyd")]
    for entry in entries:
        entry.path.write_text("parameter_count = 608\n")
    return [(entry, short, FRESH) for entry in entries]


def dies(entry: Entry, problem_set: object, wall: Wall) -> Result:
    doing.say(f"about to grade {entry.student} ✓")
    if entry.student == "ada":
        os.kill(os.getpid(), signal.SIGKILL)
    return pipeline.grade(entry, problem_set, wall)


def test_a_judge_that_dies_takes_one_submission_with_it(tasks: list[judges.Task]) -> None:
    outcomes = {task[0].student: outcome for task, outcome in judges.in_parallel(dies, tasks, 2)}
    assert isinstance(outcomes["ada"], BaseException)
    assert [outcomes[name].earned for name in ("bob", "cyd")] == [2, 2]


def test_one_alone_has_a_judge_of_its_own_too(tasks: list[judges.Task]) -> None:
    [(_, outcome)] = judges.in_parallel(dies, tasks[:1], 1)
    assert isinstance(outcome, BaseException), "one that is graded once more must not end the class either"


@pytest.mark.parametrize("jobs", [0, 2])
def test_what_each_is_doing_is_heard(tasks: list[judges.Task], jobs: int) -> None:
    heard: list[tuple[str, str]] = []
    list(judges.in_parallel(dies, tasks[1:], jobs, lambda *said: heard.append(said)))
    assert ("bob", "about to grade bob ✓") in heard
    assert ("cyd", "3B") in heard


def test_nothing_to_do_starts_nothing() -> None:
    assert list(judges.in_parallel(dies, [], 2)) == []
