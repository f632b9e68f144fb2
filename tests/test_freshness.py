"""A result is stale where something changed that it depends on, and only there."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from grader import assignment, freshness, problem_files
from grader.datatypes import Assignment, Result
from grader.sandbox import FRESH

PS4 = Path(__file__).parents[1] / "reference" / "ps4"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the problem set, so that it can be changed."""
    leave = shutil.ignore_patterns("specimens", "__pycache__")
    return Path(shutil.copytree(PS4, tmp_path / "ps4", ignore=leave))


@pytest.fixture
def work(tmp_path: Path) -> Path:
    path = tmp_path / "ada"
    path.mkdir()
    (path / "ps4.py").write_text("parameter_count = 608\n")
    return path


def stale(work: Path, before: Assignment, after: Assignment, change=lambda: None) -> tuple[str, ...]:
    made_from = freshness.made_from(work, before, FRESH)
    result = Result("ps4", "", "ada", 0, 0, 0, (), provenance={freshness.FIELD: dict(made_from)})
    change()
    problem_files.look_again()  # as in another process
    return freshness.changed(result, freshness.made_from(work, after, FRESH))


def edited(folder: Path, old: str, new: str) -> Assignment:
    file = folder / "assignment.toml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
    return assignment.load(folder)


def test_nothing_changed(folder: Path, work: Path) -> None:
    loaded = assignment.load(folder)
    assert stale(work, loaded, loaded) == ()


def test_another_answer(folder: Path, work: Path) -> None:
    loaded = assignment.load(folder)
    assert stale(work, loaded, loaded, lambda: (work / "ps4.py").write_text("x = 1\n")) == ("the submission",)
    assert stale(work, loaded, loaded, lambda: (work / "more.md").write_text("## 3B\n")) == (
        "the submission",
    )


@pytest.mark.parametrize("file", ["checks/test_convolution.py", "convolution.py", "calibration.json"])
def test_another_check_or_reference(folder: Path, work: Path, file: str) -> None:
    loaded = assignment.load(folder)
    path = folder / file
    assert stale(work, loaded, loaded, lambda: path.write_text(path.read_text() + "\n")) == (
        "the problem set",
    )


def test_points_hints_and_rubrics_need_nothing_run(folder: Path, work: Path) -> None:
    loaded = assignment.load(folder)
    part = next(part for part in loaded.parts if part.id == "3B")
    dearer = replace(part, checks=tuple(replace(check, points=7) for check in part.checks), rubric={"new": 1})
    parts = tuple(dearer if one.id == "3B" else one for one in loaded.parts)
    after = replace(loaded, parts=parts, hints={**loaded.hints, "bias forgotten": "other words"}, step=1)
    assert stale(work, loaded, after) == ()


def test_limits_and_the_parts_asked_for_matter(folder: Path, work: Path) -> None:
    loaded = assignment.load(folder)
    assert stale(work, loaded, replace(loaded, thorough=True)) == ("the problem set",)
    assert stale(work, loaded, assignment.only_parts(loaded, frozenset({"3B"}))) == ("the problem set",)
    slower = replace(loaded, limits=replace(loaded.limits, seconds=99))
    assert stale(work, loaded, slower) == ("the problem set",)


def test_the_wall_matters(folder: Path, work: Path) -> None:
    loaded = assignment.load(folder)
    made_from = {**freshness.made_from(work, loaded, FRESH), "the wall around student code": "down"}
    result = Result("ps4", "", "ada", 0, 0, 0, (), provenance={freshness.FIELD: made_from})
    assert freshness.changed(result, freshness.made_from(work, loaded, FRESH)) == (
        "the wall around student code",
    )


def test_a_result_that_does_not_say_is_stale(folder: Path, work: Path) -> None:
    now = freshness.made_from(work, assignment.load(folder), FRESH)
    assert freshness.changed(Result("ps4", "", "ada", 0, 0, 0, ()), now) == tuple(now)
