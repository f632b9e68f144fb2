"""`grader mark`, as people type it: what it cannot do is said in a sentence."""

import socket

import pytest
from click.testing import CliRunner

from grader.cli import main
from grader.marking import Book
from tests.desk.people import RUBRIC_1A


def mark(*arguments):
    return CliRunner().invoke(main, ["mark", *map(str, arguments), "--no-open"], catch_exceptions=False)


def test_a_folder_that_holds_no_reports(tmp_path):
    told = mark(tmp_path)
    assert (told.exit_code, "not one that `grader grade` wrote" in told.output) == (2, True)


@pytest.mark.parametrize("name", ["../ana", "a/b", ""])
def test_a_name_that_is_no_file(out, name):
    told = mark(out, "--as", name or "/")
    assert (told.exit_code, "is no name for a file" in told.output) == (2, True)


def test_somebody_who_is_marking_already(out):
    book = Book(out, "ana")
    told = mark(out, "--as", "ana")
    book.close()
    assert (told.exit_code, "--as NAME" in told.output) == (2, True)


def test_a_port_that_is_taken(out):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = mark(out, "--port", port)
    assert told.exit_code == 2
    assert f"port {port}" in told.output


def test_marks_that_cannot_be_read(out):
    (out / "marks.csv").write_text("student,part,item,points\nada,1A,x,many\n")
    told = mark(out)
    assert (told.exit_code, "line 2, points: “many” is not a number" in told.output) == (2, True)
    (out / "marks.csv").unlink()
    (out / "rubric.csv").write_text("part,item,reason,worth\n1A,x,half,much\n")
    told = mark(out)
    assert (told.exit_code, "rubric.csv, line 2" in told.output) == (2, True)


def test_marks_above_what_is_possible_are_named_before_anybody_marks(out):
    item = next(iter(RUBRIC_1A))
    (out / "marks.csv").write_text(f"student,part,item,points\nStudent0000 Invented,1A,{item},7\n")
    with socket.create_server(("127.0.0.1", 0)) as taken:  # so that it ends
        told = mark(out, "--port", taken.getsockname()[1])
    assert "Counts for nothing until it is mended" in told.output
    assert "line 2, points: 7 is more than the 2 possible" in " ".join(told.output.split())
