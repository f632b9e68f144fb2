"""Regrade requests as people type it: grade, a file, marks, report, forget; and [regrade] runs nothing again."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grader import pipeline, requests
from grader.cli import main
from grader.requests import answer, open_in
from tests.test_remark import CHECK, SET

HEAD = "student,part,text,decision,by,old,new\n"
ASKED = f"{HEAD}bob,1B,I counted eight with the box.,,,,\nbobb,1B,me too,,,,\nbob,9Z,and this?,,,,\n"


def grader(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def grade(home: Path, *more: str) -> Result:
    return grader(
        "grade",
        home / "class",
        "--assignment",
        home / "lab",
        "--out",
        home / "out",
        "--sandbox",
        "off",
        "--jobs",
        "1",
        *more,
    )


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    (home / "lab" / "checks").mkdir(parents=True)
    (home / "lab" / "assignment.toml").write_text(SET)
    (home / "lab" / "checks" / "test_lab.py").write_text(CHECK)
    (home / "class").mkdir()
    (home / "class" / "ada.md").write_text("## 1A\nThe gradient is zero.\n## 1B\n7 things\n")
    (home / "class" / "bob.md").write_text("## 1A\nNo idea, sorry.\n## 1B\n8 things\n")
    told = grade(home)
    assert told.exit_code == 0, told.output
    return home


@pytest.fixture
def home(graded: Path, tmp_path: Path) -> Path:
    shutil.copytree(graded, tmp_path / "home")
    (tmp_path / "home" / "out" / requests.NAME).write_text(ASKED)
    return tmp_path / "home"


def page(home: Path, student: str = "bob") -> str:
    return (home / "out" / pipeline.page_of(student)).read_text()


def test_marks_puts_requests_in_and_names_what_fits_nobody(home):
    told = grader("marks", home / "out")
    assert told.exit_code == 1
    assert "regrade_requests.csv: line 3, student: no result of “bobb”; did you mean “bob”?" in told.output
    assert "line 4, part: no part “9Z” in bob's result; there are 1A, 1B" in told.output
    assert "regrade_requests.csv: 3 open of 3" in told.output
    assert "I counted eight with the box." in page(home)
    assert "I counted eight" not in page(home, "ada")
    checked = grader("marks", home / "out", "--check")
    assert (checked.exit_code, "did you mean “bob”?" in checked.output) == (1, True)


@pytest.mark.parametrize("again", ["grade", "report", "marks"])
def test_an_answer_stays_whatever_is_made_anew(home, again):
    out = home / "out"
    (out / requests.NAME).write_text("\n".join(ASKED.splitlines()[:2]) + "\n")
    (request,) = open_in(out)
    answer(out, request, "stays: the box is no thing.", "kim", "0", "0")
    assert grader("marks", out).exit_code == 0
    told = grade(home) if again == "grade" else grader(again, out)
    assert told.exit_code == 0, told.output
    assert "stays: the box is no thing." in page(home)
    assert "kim" not in page(home)
    assert open_in(out) == ()


def test_grade_puts_in_what_came_since_and_takes_out_what_is_gone(home):
    assert grade(home).exit_code == 0
    assert "I counted eight with the box." in page(home)
    (home / "out" / requests.NAME).unlink()
    assert grade(home).exit_code == 0
    assert "I counted eight" not in page(home)


def test_where_to_ask_is_put_in_without_anything_run(home):
    before = json.loads((home / "out" / pipeline.record_of("bob")).read_text())["provenance"]["date"]
    toml = home / "lab" / "assignment.toml"
    table = '[regrade]\nmail = "lab@course.example"\nuntil = 2026-12-10T23:59:00Z\n'
    toml.write_text(f"{SET}\n{table}")
    assert "mailto:" not in page(home)
    assert grade(home).exit_code == 0
    assert (
        "mailto:lab@course.example?subject=lab%2C%20part%201B%2C%20number%2C%202%20points&amp;body="
        in page(home)
    )
    after = json.loads((home / "out" / pipeline.record_of("bob")).read_text())
    assert after["provenance"]["date"] == before
    assert after["regrade"]["told"] == "2026-12-10 23:59 UTC"
    assert "mailto:" not in page(home, "ada")
    toml.write_text(SET)
    assert grade(home).exit_code == 0
    assert "mailto:" not in page(home)


@pytest.mark.parametrize("command", ["grade", "marks", "mark"])
def test_what_cannot_be_meant_is_refused_by_line_before_anything_is_written(home, command):
    out = home / "out"
    (out / requests.NAME).write_text(f"{HEAD}bob,,why?,,,,\n")
    stamps = {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()}
    told = grade(home) if command == "grade" else grader(command, out, *(["--no-open"] * (command == "mark")))
    assert told.exit_code == 2
    assert "regrade_requests.csv: line 2, part: empty" in told.output
    assert {
        path: path.stat().st_mtime_ns for path in out.rglob("*") if path.suffix in {".html", ".json", ".csv"}
    } == {path: stamp for path, stamp in stamps.items() if path.suffix in {".html", ".json", ".csv"}}


def test_who_is_forgotten_has_asked_nothing(home):
    (home / "out" / requests.NAME).write_text(f"{ASKED}ada,1A,and me?,,,,\n")
    told = grader("forget", "bob", home / "out")
    assert told.exit_code == 0
    assert "2 of regrade_requests.csv" in told.output
    assert [one.student for one in open_in(home / "out")] == ["bobb", "ada"]


def test_a_bad_table_is_refused_by_verify(home):
    (home / "lab" / "assignment.toml").write_text(f"{SET}\n[regrade]\nmail = 'nobody'\n")
    told = grader("verify", home / "lab")
    assert told.exit_code == 2
    assert '[regrade] mail: "nobody" is no address' in told.output
