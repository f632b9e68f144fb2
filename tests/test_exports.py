"""`grader export`, as people type it."""

import json
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grader import alone, atomic, gradebook, record, report
from grader.cli import main
from grader.datatypes import CheckResult, PartResult, Status
from grader.datatypes import Result as Marks

WORKSHEET = (
    "Identifier,Full name,Status,Grade,Maximum grade,Grade can be changed,Last modified (grade),Feedback comments\n"
    "Participant 101,Ada Lovelace,Submitted,,3.00,Yes,-,\n"
    'Participant 102,"O\'Neil, Bo",Submitted,,3.00,Yes,-,=1+1\n'
    "Participant 103,Chi Zoë,Submitted,,3.00,Yes,-,\n"
    "Participant 104,Dan,No submission,,3.00,Yes,-,\n"
)


def marks(student: str, earned=2.0, *, pending=0.0, waiting=Status.PENDING, **who: str) -> Marks:
    kernel = CheckResult("kernel", Status.PASSED, "The kernel.", earned=earned, possible=earned)
    checks = [replace(kernel, expected="SECRET")]
    checks += [CheckResult("why", waiting, "Why.", possible=pending)] if pending else []
    parts = (PartResult("3B", "Convolution", earned, 3.0, pending, checks=tuple(checks)),)
    return Marks("ps4", "CS 155 Set 4", student, earned, 3.0, pending, parts, who=who)


def write(folder: Path, *results: Marks) -> Path:
    for result in results:
        atomic.write(record.dump(result), folder / "staff" / result.student / "result.json")
        page = report.student_page(record.for_student(result))
        atomic.write(page, folder / "students" / result.student / "index.html")
    return folder


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    return write(
        tmp_path / "reports",
        marks("ada", moodle="101", name="Ada Lovelace", email="ada@example.edu"),
        marks("bo", 1.0, pending=1.5, moodle="102", name="Bo O'Neil", email="bo@example.edu"),
        marks("chi", 3.0, moodle="103", name="Chi Zoë"),
    )


@pytest.fixture
def worksheet(tmp_path: Path) -> Path:
    path = tmp_path / "Grades-Set 4-77.csv"
    path.write_text(WORKSHEET, encoding="utf-8", newline="")
    return path


def export(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["export", *map(str, arguments)], catch_exceptions=False)


def beside(path: Path, end: str) -> Path:
    return path.with_name(f"{path.stem}-{end}")


def test_without_a_target_it_says_what_there_is(reports):
    for arguments in ([], [reports]):
        told = export(*arguments)
        assert told.exit_code == 2
        for option in ("--moodle", "--canvas", "--gradescope", "--csv", "--mail"):
            assert f"grader export REPORTS {option} " in told.output


def test_nothing_is_exported_of_a_class_that_is_being_graded(reports, tmp_path):
    with alone.alone(reports):
        told = export(reports, "--csv", tmp_path / "grades.csv")
    assert told.exit_code == 2
    assert "another command of the grader is at work there" in told.output
    assert not (tmp_path / "grades.csv").exists()


def test_who_may_only_read_the_reports_exports_too(reports, tmp_path, monkeypatch):
    monkeypatch.setattr("os.access", lambda _, mode, **__: not mode & os.W_OK)  # root may write everywhere
    with alone.alone(reports):
        told = export(reports, "--csv", tmp_path / "grades.csv")
    assert told.exit_code == 0, told.output


def test_who_left_the_class_is_named_and_not_handed_over(reports, tmp_path):
    chi = record.read(reports / "staff" / "chi" / "result.json")
    ada = record.read(reports / "staff" / "ada" / "result.json")
    gradebook.write_csv([ada, chi], reports / "gradebook.csv")
    told = export(reports, "--csv", tmp_path / "grades.csv")
    assert told.exit_code == 0, told.output
    lines = (tmp_path / "grades.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines] == ["student", "ada", "chi"]
    assert "the class as it was graded last: bo" in " ".join(told.output.split())


def test_moodle_from_end_to_end(reports, worksheet):
    told = export(reports, "--moodle", worksheet)
    assert told.exit_code == 0, told.output
    assert worksheet.read_text(encoding="utf-8") == WORKSHEET
    filled = beside(worksheet, "graded.csv").read_text(encoding="utf-8")
    assert filled == WORKSHEET.replace(",,3.00", ",2,3.00", 1).replace("Zoë,Submitted,,", "Zoë,Submitted,3,")
    with zipfile.ZipFile(beside(worksheet, "feedback.zip")) as file:
        assert [name.split("/")[0] for name in file.namelist()] == [
            "Ada Lovelace_101_assignsubmission_file",
            "Chi Zoë_103_assignsubmission_file",
        ]
        page = (reports / "students" / "ada" / "index.html").read_bytes()
        assert file.read(file.namelist()[0]) == page
    assert f"{beside(worksheet, 'graded.csv')}\n  2 grades\n" in told.output
    assert "1 without: points wait for a person (--include-pending" in told.output
    assert "in the worksheet, and nobody graded them: Dan (104)" in told.output
    assert f"{beside(worksheet, 'feedback.zip')}\n  2 pages\n" in told.output


def test_pending_marks_go_out_when_told_and_that_is_said(reports, worksheet):
    told = export(reports, "--moodle", worksheet, "--include-pending")
    assert 'Bo",Submitted,1,3.00' in beside(worksheet, "graded.csv").read_text(encoding="utf-8")
    assert "Not final, handed over all the same (--include-pending): bo" in told.output


def test_a_broken_result_and_a_fault_are_named_and_exit_1(reports, worksheet):
    atomic.write("{", reports / "staff" / "bo" / "result.json")
    write(reports, marks("chi", 1.0, pending=1.0, waiting=Status.ERROR, moodle="103"))
    told = export(reports, "--moodle", worksheet)
    assert told.exit_code == 1
    assert "No result, and no grade: bo: " in told.output
    assert "The grader failed on chi: no grade, grade again" in told.output
    assert "Lovelace,Submitted,2,3.00" in beside(worksheet, "graded.csv").read_text(encoding="utf-8")


def test_nothing_is_written_where_something_is_refused(reports, worksheet):
    worksheet.write_text(WORKSHEET.replace("3.00", "100.00"), encoding="utf-8")
    before = sorted(worksheet.parent.rglob("*"))
    told = export(reports, "--moodle", worksheet)
    assert told.exit_code == 2
    assert "out of 100" in told.output
    assert "--scale" in told.output
    assert sorted(worksheet.parent.rglob("*")) == before
    assert export(reports, "--moodle", worksheet, "--scale").exit_code == 0


def test_a_folder_that_is_no_report_is_refused(tmp_path, worksheet):
    told = export(tmp_path, "--moodle", worksheet)
    assert told.exit_code == 2
    assert "holds students/ and staff/" in told.output


CANVAS = (
    "Student,ID,SIS Login ID,Section,CS 155 Set 4 (502)\n    Points Possible,,,,3.00\n"
    '"Lovelace, Ada",11,ada,A,\n"O\'Neil, Bo",12,bo,A,\n"Zoë, Chi",13,chi,A,\n'
)


def test_everything_at_once(reports, worksheet, tmp_path):
    book = tmp_path / "gradebook.csv"
    book.write_text(CANVAS, encoding="utf-8")
    told = export(
        *(reports, "--moodle", worksheet, "--canvas", book, "--gradescope", tmp_path / "scope"),
        *("--csv", tmp_path / "grades.csv", "--mail", tmp_path / "mail.csv"),
    )
    assert told.exit_code == 0, told.output
    scored = beside(book, "graded.csv").read_text(encoding="utf-8")
    assert scored == CANVAS.replace("ada,A,", "ada,A,2").replace("chi,A,", "chi,A,3")
    assert sorted(path.parent.name for path in (tmp_path / "scope").rglob("results.json")) == ["ada", "chi"]
    assert len((tmp_path / "grades.csv").read_text(encoding="utf-8").splitlines()) == 4
    page = reports / "students" / "ada" / "index.html"
    assert (tmp_path / "mail.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        f"ada@example.edu,Ada Lovelace,2,3,0,{page}"
    ]
    for line in ("2 grades in CS 155 Set 4 (502)", "2 results, and students.csv", "1 line\n"):
        assert line in told.output


def test_nothing_that_is_the_staffs_goes_out(reports, worksheet, tmp_path):
    export(reports, "--moodle", worksheet, "--gradescope", tmp_path / "scope", "--mail", tmp_path / "m.csv")
    with zipfile.ZipFile(beside(worksheet, "feedback.zip")) as file:
        out = [file.read(name) for name in file.namelist()]
    out += [path.read_bytes() for path in (tmp_path / "scope").rglob("*") if path.is_file()]
    assert len(out) == 5
    assert b"SECRET" in (reports / "staff" / "ada" / "result.json").read_bytes()
    assert not any(b"SECRET" in data for data in out)


def test_a_second_export_replaces_its_own_files(reports, worksheet, tmp_path):
    arguments = (reports, "--moodle", worksheet, "--csv", tmp_path / "g.csv", "--mail", tmp_path / "m.csv")
    assert [export(*arguments).exit_code for _ in range(2)] == [0, 0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--moodle", "no-such.csv"], "no-such.csv: no such file"),
        (["--canvas", "no-such.csv"], "no-such.csv: no such file"),
        (["--csv", "x.csv", "--mail", "x.csv"], "two exports go there"),
        (["--csv", "x.csv", "--column", "Set 4"], "say --canvas GRADEBOOK.csv too"),
    ],
)
def test_what_is_wrong_with_the_command_is_said_and_nothing_written(
    reports, tmp_path, monkeypatch, arguments, said
):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    told = CliRunner().invoke(main, ["export", str(reports), *arguments])
    assert told.exit_code == 2
    assert said in told.output
    assert list((tmp_path / "here").iterdir()) == []


# ---- the document ----------------------------------------------------------------------------

DOCUMENT = (Path(__file__).parents[1] / "docs" / "exports.md").read_text(encoding="utf-8")


def test_marks_of_some_parts_are_handed_over_only_on_somebodys_word(tmp_path, worksheet):
    some = replace(marks("ada", moodle="101"), whole=100.0)
    class_ = write(tmp_path / "reports", some)
    told = export(class_, "--moodle", worksheet, "--scale")
    assert told.exit_code == 2
    assert "only 3B was graded (3 of 100 points): grade all parts first" in told.output
    assert not beside(worksheet, "graded.csv").exists()
    assert export(class_, "--moodle", worksheet, "--include-partial").exit_code == 0


def test_a_file_in_which_nobody_is_found_is_refused(tmp_path, worksheet):
    told = export(write(tmp_path / "reports", marks("ada", moodle="999")), "--moodle", worksheet)
    assert told.exit_code == 2
    assert "nobody of these results is in the file" in told.output
    assert not beside(worksheet, "graded.csv").exists()


def test_the_document_names_every_option():
    named = {option for parameter in main.commands["export"].params for option in parameter.opts}
    assert all(f"{option}" in DOCUMENT for option in named if option.startswith("--") and option != "--help")


@pytest.mark.parametrize(
    ("submission", "users", "score"),
    [(77, ["nobody@example.edu"], 2.0), (1, ["Chi@example.edu"], 3.0), (1, ["nobody@example.edu"], None)],
)
def test_the_documents_autograder_hands_over_the_right_file(tmp_path, submission, users, score):
    root = tmp_path / "autograder"
    class_ = write(
        tmp_path / "reports",
        marks("ada", gradescope="submission_77", email="ada@example.edu"),
        marks("chi", 3.0, email="chi@example.edu"),
    )
    assert export(class_, "--gradescope", root / "source").exit_code == 0
    code = DOCUMENT.split("```python\n")[1].split("```")[0].replace('"/autograder"', repr(str(root)))
    (root / "run_autograder").write_text(code, encoding="utf-8")
    metadata = {"id": submission, "users": [{"email": email} for email in users]}
    (root / "submission_metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, root / "run_autograder"], capture_output=True, text=True, check=False
    )
    results = root / "results" / "results.json"
    assert (ran.returncode == 0, results.exists()) == (score is not None,) * 2, ran.stderr
    assert score is None or json.loads(results.read_text(encoding="utf-8"))["score"] == score
