"""The same class of 30 out of Moodle, Canvas and Gradescope: the same gradebook, byte for byte."""

import csv
import io
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from grader import assignment, batch, classes, record
from grader.datatypes import Assignment
from grader.deadlines import deadline
from tests.classes import exports

PS4 = Path(__file__).parents[2] / "reference" / "ps4"
SYSTEMS = ("moodle", "canvas", "gradescope")


@pytest.fixture(scope="module")
def problem_set() -> Assignment:
    short = assignment.only_parts(assignment.load(PS4), frozenset({"3B"}))
    return replace(short, deadline=deadline(tomllib.loads(exports.DEADLINE)["deadline"]))


@pytest.fixture(scope="module")
def graded(problem_set: Assignment, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Grade the class from each system; return where the results lie."""
    found = {}
    for system in SYSTEMS:
        folder = tmp_path_factory.mktemp(system)
        zip_, roster = exports.written(folder / "in", system, exports.pupils())
        class_ = classes.read(zip_, problem_set, folder / "out" / "work", roster)
        batch.grade_class(class_.entries, problem_set, folder / "out", 2)
        found[system] = folder / "out"
    return found


def rows(out: Path) -> dict[str, dict[str, str]]:
    text = (out / "gradebook.csv").read_text(encoding="utf-8")
    return {row["student"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}


@pytest.mark.slow
def test_the_gradebook_is_the_same_from_each_system(graded: dict[str, Path]) -> None:
    first, *others = (graded[system].joinpath("gradebook.csv").read_bytes() for system in SYSTEMS)
    assert all(other == first for other in others)
    assert len(rows(graded["moodle"])) == 30


@pytest.mark.slow
@pytest.mark.parametrize(
    ("student", "earned", "late", "total"),
    [
        ("Grace Hopper (10001)", "2", "", "2"),
        ("Alan Turing (10007)", "0", "", "0"),
        ("Ada Lovelace (10012)", "2", "", "2"),
        ("Ada Lovelace (10013)", "0", "", "0"),
        ("山田 花子 (10015)", "2", "", "2"),
        ("Karen Late (10016)", "2", "5", "1.5"),
        ("Radia Later (10017)", "2", "60", "1"),
        ("Joan Grace (10018)", "2", "0.15", "2"),
        ("Tim Extended (10019)", "2", "", "2"),
        ("Bob Twice (10020)", "2", "", "2"),
        ("Rosa One (10021)", "2", "20", "1.5"),
        ("Rosa Two (10022)", "2", "", "2"),
        ("Max Missing (10024)", "0", "", "0"),
        ("Eve Hostile (10027)", "0", "", "0"),
        ("'=HYPERLINK(_x_) Formula (10028)", "2", "", "2"),
    ],
)
def test_each_has_their_own_marks_and_lateness(
    graded: dict[str, Path], student: str, earned: str, late: str, total: str
) -> None:
    row = rows(graded["canvas"])[student]
    assert (row["earned"], row["late"], row["total"]) == (earned, late, total)


@pytest.mark.slow
def test_what_cannot_be_unpacked_is_that_students_row_and_no_zero(graded: dict[str, Path]) -> None:
    row = rows(graded["gradescope"])["Otto Broken (10026)"]
    assert (row["pending"], row["status"]) == ("2", "needs attention")
    assert "ps4.md: this file in the zip is damaged" in row["attention"]


@pytest.mark.slow
def test_who_handed_in_nothing_has_a_row_that_says_so(graded: dict[str, Path]) -> None:
    row = rows(graded["moodle"])["Mia Missing (10025)"]
    assert row["attention"] == "nothing was handed in"
    assert row["pending"] == "0"


@pytest.mark.slow
@pytest.mark.parametrize("system", SYSTEMS)
def test_nobodys_page_or_result_names_another(graded: dict[str, Path], system: str) -> None:
    class_ = exports.pupils()
    for pupil in class_:
        page = graded[system] / "students" / pupil.label / "index.html"
        text = page.read_text(encoding="utf-8")
        others = {one.name for one in class_ if one.name != pupil.name} | {
            str(one.id) for one in class_ if one.id != pupil.id
        }
        assert not [other for other in others if other in text], pupil.label
        result = record.read(graded[system] / "staff" / pupil.label / "result.json")
        assert result.who["name"] == pupil.name
        assert str(pupil.id) in {result.who.get("moodle"), result.who.get("canvas"), result.who.get("sis")}


@pytest.mark.slow
def test_a_late_students_page_tells_the_rule(graded: dict[str, Path]) -> None:
    page = graded["moodle"].joinpath("students", "Karen Late (10016)", "index.html").read_text("utf-8")
    assert "25 % for each begun day is taken off" in page
    assert "<strong>1.5</strong>" in page


@pytest.mark.slow
def test_what_is_unpacked_is_private(graded: dict[str, Path]) -> None:
    work = graded["moodle"] / "work"
    assert work.stat().st_mode & 0o777 == 0o700
    assert all(path.stat().st_mode & 0o077 == 0 for path in work.rglob("*") if path.name != ".unpacked")
    assert not list(graded["moodle"].parent.rglob("escaped*"))
