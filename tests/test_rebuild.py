"""`grader report`, as people type it: every page anew, from the results alone."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grader import assignment, atomic, batch, graded, marking, rebuild_pages, remark
from grader.cli import main
from grader.roster import entries

PS4 = Path(__file__).parents[1] / "reference" / "ps4"


def report(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["report", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class of two, graded once, with a mark that a person gave."""
    home = tmp_path_factory.mktemp("home")
    (home / "class").mkdir()
    for name, answer in (("ada", 608), ("bob", 600)):
        (home / "class" / f"{name}.md").write_text(f"## 1A\nBecause it is zero.\n\n## 3B\n{answer}\n")
    problem_set = assignment.only_parts(assignment.load(PS4), frozenset({"1A", "3B"}))
    batch.grade_class(entries(home / "class"), problem_set, home / "out", 0)
    remark.remark(home / "out")
    sheet, _, seen = marking.read(home / "out")
    rows = [replace(row, points="1" if row.student == "bob" else "") for row in sheet.rows]
    marking.write(replace(sheet, rows=tuple(rows)), home / "out", seen)
    remark.remark(home / "out")
    return home / "out"


@pytest.fixture
def reports(once: Path, tmp_path: Path) -> Path:
    shutil.copytree(once, tmp_path / "out")
    return tmp_path / "out"


def everything(reports: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(reports)): path.read_bytes() for path in reports.rglob("*") if path.is_file()
    }


def test_lost_pages_come_back_as_they_were_and_nothing_else_is_touched(reports: Path) -> None:
    before = everything(reports)
    shutil.rmtree(reports / "students")
    (reports / "index.html").write_text("an old page")
    told = report(reports)
    assert told.exit_code == 0, told.output
    assert everything(reports) == before
    assert b"1 of 2" in before["students/bob/index.html"]
    assert f"{reports / 'students'}, 2 pages" in told.output


def test_what_people_gave_is_in_the_results_and_nothing_but_results_is_needed(reports: Path) -> None:
    before = everything(reports)
    for name in ("marks.csv", "gradebook.csv"):
        (reports / name).unlink()
    shutil.rmtree(reports / "students")
    assert rebuild_pages(reports).pages == 2
    after = everything(reports)
    assert {name for name in before if name not in after} == {"marks.csv", "gradebook.csv"}
    assert after == {name: before[name] for name in after}


def test_a_result_that_cannot_be_read_is_named_with_the_way_out_and_the_others_go_on(reports: Path) -> None:
    page = reports / "students" / "bob" / "index.html"
    kept = (reports / "students" / "ada" / "index.html").read_bytes()
    page.write_text("an old page")
    broken = reports / "staff" / "ada" / "result.json"
    atomic.write('{"format": 1, "parts": 3}', broken)
    told = report(reports)
    assert told.exit_code == 1
    assert str(broken) in told.stderr
    assert "grade again" in told.stderr
    assert "Traceback" not in told.output
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert (reports / "students" / "ada" / "index.html").read_bytes() == kept


def test_a_result_of_which_no_page_can_be_made_is_named_too(reports: Path) -> None:
    path = reports / "staff" / "ada" / "result.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"step": 0.25', '"step": 0'), encoding="utf-8")
    told = report(reports)
    assert told.exit_code == 1
    assert f"{path}: cannot round" in told.stderr


HAND_MADE = {
    "drawn": {"inputs": [[]], "window": 2, "stride": 0, "check": "x"},
    "network": {"layers": [], "curves": [[1e308, -1e308]], "threshold": 0.9},
}


@pytest.mark.parametrize("field", HAND_MADE)
def test_a_result_that_somebody_wrote_ends_nobody_elses_page(reports: Path, field: str) -> None:
    path = reports / "staff" / "ada" / "result.json"
    kept = (reports / "students" / "ada" / "index.html").read_bytes()
    (reports / "students" / "bob" / "index.html").write_text("an old page")
    hand_made = json.loads(path.read_text(encoding="utf-8"))
    part = hand_made["parts"][1]
    part[field] = {**HAND_MADE[field], **({"check": part["checks"][0]["name"]} if field == "drawn" else {})}
    path.write_text(json.dumps(hand_made), encoding="utf-8")
    told = report(reports)
    assert told.exit_code == 1
    assert f"{path}: " in told.stderr
    assert "no page can be made of it" in told.stderr
    assert (reports / "students" / "ada" / "index.html").read_bytes() == kept
    assert (reports / "students" / "bob" / "index.html").read_text(encoding="utf-8").startswith("<!doctype")


def test_who_is_no_longer_of_the_class_has_a_page_and_no_row(reports: Path) -> None:
    gradebook = reports / "gradebook.csv"
    rows = gradebook.read_text(encoding="utf-8").splitlines(keepends=True)
    gradebook.write_text("".join(row for row in rows if not row.startswith("bob")), encoding="utf-8")
    shutil.rmtree(reports / "students")
    assert report(reports).exit_code == 0
    assert (reports / "students" / "bob" / "index.html").is_file()
    assert "bob" not in (reports / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", ["nowhere", "out/staff"])
def test_a_folder_that_is_none_is_refused_with_the_way_out(reports: Path, folder: str) -> None:
    told = report(reports.parent / folder)
    assert told.exit_code == 2
    assert "reports/ps4 say" in told.output


def test_two_problem_sets_in_one_folder_have_no_class_page(reports: Path) -> None:
    path = reports / "staff" / "bob" / "result.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"ps4"', '"ps5"'), encoding="utf-8")
    with pytest.raises(graded.NoReports, match="several problem sets"):
        rebuild_pages(reports)


def test_stopping_it_is_told_in_a_sentence(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("grader.rebuild.rebuild", stop)
    told = report(reports)
    assert told.exit_code == 130
    assert "the same command makes all of them" in told.output


def test_a_full_disk_is_told_with_its_file(reports: Path) -> None:
    shutil.rmtree(reports / "students")
    (reports / "students").write_text("in the way")
    told = report(reports)
    assert told.exit_code == 2
    assert "students" in told.output
    assert "give the command again" in told.output


def test_help_says_what_is_read_and_written() -> None:
    told = " ".join(report("--help").output.split())
    assert "staff/<student>/result.json" in told
    assert "no mark changes" in told
    assert "Exit status" in told
