"""What `grader new` writes is small, works at once, and overwrites nothing."""

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grader import assignment, new
from grader.cli import main


def grader(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_smallest_problem_set_has_at_most_forty_lines_every_file_together() -> None:
    written = new.files("lab")
    assert {path.split("/")[0] for path in written} >= {"assignment.toml", "checks", "specimens", "starter"}
    assert sum(len(text.splitlines()) for text in written.values()) <= 40


def test_no_line_is_wider_than_a_window_of_a_newcomer() -> None:
    assert all(len(line) <= 110 for text in new.files("lab").values() for line in text.splitlines())


def test_what_is_written_bears_the_name(here: Path) -> None:
    told = grader("new", "my-lab_2")
    assert told.exit_code == 0
    folder = here / "reference" / "my-lab_2"
    assert tomllib.loads((folder / "assignment.toml").read_text())["id"] == "my-lab_2"
    assert (folder / "starter" / "my-lab_2.py").is_file()
    assert assignment.locate(None, here / "submissions" / "my-lab_2", here) == folder
    assert "grader verify reference/my-lab_2\n" in told.output
    assert "grader grade reference/my-lab_2/specimens  # into reports/my-lab_2-specimens\n" in told.output
    assert not list((here / "reference").glob(".new-*"))


@pytest.mark.slow
def test_it_verifies_at_once_and_its_specimens_are_graded(here: Path) -> None:
    grader("new", "lab", "--out", here / "two words")
    verified = grader("verify", here / "two words", "--jobs", "1")
    assert (verified.exit_code, verified.output.splitlines()[-1]) == (0, "2 specimens: all promises kept")
    graded = grader("grade", here / "two words" / "specimens", "--jobs", "1")
    assert graded.exit_code == 0, graded.output
    students = here / "reports" / "lab-specimens" / "staff"
    results = {path.parent.name: json.loads(path.read_text()) for path in students.glob("*/result.json")}
    assert {name: result["earned"] for name, result in results.items()} == {"right": 4, "no-biases": 0}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("courses/hw1", "courses/hw1 is a path, and a name is wanted: grader new hw1 --out courses/hw1"),
        ("..\\..", "grader new lab --out"),
        ("Problem set 5", "Perhaps problem-set-5?"),
        ("5", "the first a letter."),
        ("", "the first a letter."),
        ("a" * 41, "up to 40"),
        ("lab\n", "Perhaps lab?"),
        ("$name", "Perhaps name?"),
    ],
)
def test_a_name_that_is_none_is_refused_with_one_that_would_do(here: Path, name: str, said: str) -> None:
    told = grader("new", name)
    assert told.exit_code == 2
    assert said in told.output
    assert list(here.iterdir()) == []


def test_nothing_is_overwritten(here: Path) -> None:
    folder = here / "reference" / "lab"
    folder.mkdir(parents=True)
    (folder / "notes").write_text("mine")
    for place in (folder, folder / "notes"):
        told = grader("new", "lab", "--out", place)
        assert told.exit_code == 2
        assert "is there already" in told.output
        assert "another place with --out DIR" in told.output
    assert grader("new", "lab").exit_code == 2
    assert [path.name for path in folder.iterdir()] == ["notes"]
    assert (folder / "notes").read_text() == "mine"


def test_an_empty_folder_is_filled(here: Path) -> None:
    (here / "empty").mkdir()
    assert grader("new", "lab", "--out", here / "empty").exit_code == 0
    assert (here / "empty" / "assignment.toml").is_file()


def test_a_place_that_cannot_be_written_is_said(here: Path) -> None:
    (here / "file").write_text("")
    told = grader("new", "lab", "--out", here / "file" / "below")
    assert told.exit_code == 2
    assert str(here / "file") in told.output
