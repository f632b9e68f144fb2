"""What a person writes into regrade_requests.csv is held against the points by `grader marks`."""

import csv

import pytest
from click.testing import CliRunner

from grader import marking, requests
from grader.cli import main
from tests.desk.test_regrading import CLASS, NAMES, written

HEAD = "student,part,text,decision,by,old,new\n"
ADA = NAMES[0]  # 1 of 3 in 3B: parameter_count, 0 of 2, and shape, 1 of 1


@pytest.fixture
def out(tmp_path):
    return written(CLASS, tmp_path / "out")


def ask(out, *cells):
    with (out / requests.NAME).open("w", encoding="utf-8", newline="") as file:
        file.write(HEAD)
        csv.writer(file).writerow((ADA, *cells))


def points(out):
    with (out / requests.NAME).open(encoding="utf-8-sig", newline="") as file:
        return [(row["old"], row["new"]) for row in csv.DictReader(file)]


def page(out):
    return (out / "students" / ADA / "index.html").read_text()


def marks(out, *options):
    return CliRunner().invoke(main, ["marks", str(out), *options], catch_exceptions=False)


def give(out, value):
    (out / "marks.csv").write_text(f"student,part,item,points\n{ADA},3B,parameter_count,{value}\n")


def test_a_decision_that_cannot_be_is_named_by_line_and_its_points_are_not_shown(out):
    ask(out, "3B", "Look again.", "stays: as the sheet says", "kim", "9", "2")
    told = marks(out)
    assert told.exit_code == 1
    assert f"{requests.NAME}: line 2, new: the decision says “stays”, and 9 → 2 does not" in told.output
    assert "stays: as the sheet says" in page(out)
    assert "9 → 2" not in page(out)
    checked = marks(out, "--check")
    assert (checked.exit_code, "line 2, new" in checked.output) == (1, True)


def test_points_that_the_part_does_not_have_are_named_with_those_that_it_has(out):
    ask(out, "3b", "Look again.", "changed: you are right", "kim", "1", "3")
    told = marks(out)
    assert told.exit_code == 1
    assert "line 2, new: 3 is not what part 3B has, 1: give the points in marks.csv" in told.output
    give(out, 2)
    assert marks(out, "--check").exit_code == 0, "with the marks it is right, before they are in"
    assert marks(out).exit_code == 0
    assert "1 → 3" in page(out)


def test_points_that_are_left_out_are_filled_in(out):
    ask(out, "3B", "Look again.", "stays: as the sheet says", "kim", "", "")
    assert marks(out).exit_code == 0
    assert points(out) == [("1", "1")]
    ask(out, "3B", "Look again.", "changed: you are right", "kim", "", "")
    give(out, 2)
    assert marks(out).exit_code == 0
    assert points(out) == [("1", "3")]
    assert "1 → 3" in page(out)


def test_what_was_decided_on_the_page_and_overtaken_since_is_nobodys_mistake(out):
    ask(out, "3B", "Look again.", "", "", "", "")
    [name] = requests.ids(requests.all_in(out))
    book = marking.Book(out, "ana")
    settled = marking.Settled(name, "stays: as the sheet says", "1", "1")
    book.add([marking.Act("2026-12-02T05:10:00Z", ADA, "3B", settles=settled)])
    book.close()
    give(out, 2)
    assert marks(out).exit_code == 0
    assert points(out) == [("1", "1")]
    assert "stays: as the sheet says" in page(out)
    assert "1 → 1" not in page(out)
