"""() -> ways to read a small class."""

import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from grader import assignment, classes
from grader.datatypes import Assignment
from grader.deadlines import deadline
from grader.roster import Entry
from tests.classes import exports

PS4 = Path(__file__).parents[2] / "reference" / "ps4"
Read = Callable[..., classes.Class]


@pytest.fixture
def problem_set() -> Assignment:
    short = assignment.only_parts(assignment.load(PS4), frozenset({"3B"}))
    return replace(short, deadline=deadline(tomllib.loads(exports.DEADLINE)["deadline"]))


@pytest.fixture
def read(problem_set: Assignment, tmp_path: Path) -> Read:
    """Read a zip of members, with a class list and extensions as text."""

    def read(members, roster: str = "", extensions: str = "", **settings) -> classes.Class:
        place = tmp_path / "in" / "class.zip"
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(members if isinstance(members, bytes) else exports.packed(members))
        files = {}
        for name, text in (("roster", roster), ("extended", extensions)):
            files[name] = tmp_path / f"{name}.csv" if text else None
            if text:
                files[name].write_text(text, encoding="utf-8")
        return classes.read(
            place, replace(problem_set, **settings), tmp_path / "work", files["roster"], files["extended"]
        )

    return read


def everybody(class_: classes.Class) -> dict[str, Entry]:
    return {one.student: one for entry in class_.entries for one in (entry, *entry.members)}


def handed(entry: Entry) -> dict[str, str]:
    """Return what was unpacked for somebody: path -> text."""
    files = (path for path in entry.path.rglob("*") if path.is_file())
    return {path.relative_to(entry.path).as_posix(): path.read_text("utf-8", "replace") for path in files}
