"""What is printed of a class: every line is true and can be read."""

from dataclasses import replace
from pathlib import Path

from grader import terminal
from grader.changes import Change, Marks
from grader.datatypes import PartResult, Result, RubricResult


def test_what_lateness_takes_off_is_told_with_the_totals(capsys) -> None:
    late = Change("vera", "lateness", Marks(-24, 0, 0), Marks(-12, 0, 0), ("a new rule",), (0.0, 12.0))
    terminal.changed([late])
    told = " ".join(capsys.readouterr().out.split())
    assert "vera │ 0 → 12 │ lateness │ 24 taken off │ 12 taken off │ a new rule" in told


def test_totals_are_rounded_as_people_read_them_unless_that_hides_the_change(capsys) -> None:
    rows = [
        Change("ada", "3B", Marks(1, 0, 2), Marks(2, 0, 2), ("one",), (10.0, 11.375), 0.25),
        Change("bob", "3B", Marks(1, 0, 2), Marks(1.0625, 0, 2), ("one",), (10.0, 10.0625), 0.25),
        Change("eve", "3B", Marks(1, 0, 2), Marks(2, 0, 3), ("one",), (10.0625, 10.0625), 0.25),
        Change("vera", "3B", Marks(1, 0, 2), Marks(2, 0, 3), ("one",), (10.0625, 11.5), 0.5),
    ]
    terminal.changed(rows)
    told = " ".join(capsys.readouterr().out.split())
    assert "ada │ 10 → 11.5 │" in told
    assert "bob │ 10 → 10.0625 │" in told
    assert "eve │ 10 │" in told
    assert "vera │ 10 → 11.5 │" in told


def test_a_change_of_a_whole_class_is_not_a_thousand_lines(capsys) -> None:
    many = [
        Change(f"s{n}", "3B", Marks(0, 0, 2), Marks(2, 0, 2), ("one: failed → passed",)) for n in range(999)
    ]
    terminal.changed(many)
    told = capsys.readouterr().out
    assert told.count("failed → passed") == 50
    assert "and 949 more. In all: 3B of 999 students" in told


def test_the_page_to_mark_on_is_named_before_the_table_to_mark_in(tmp_path: Path, capsys) -> None:
    (tmp_path / "students").mkdir()
    part = PartResult("1A", "Why", 0, 2, 2, rubric=(RubricResult("Says why", 2),))
    terminal.summary([Result("ps", "Problems", "ada", 0, 2, 2, (part,))], tmp_path)
    told = capsys.readouterr().out
    assert f"for a person: grader mark {tmp_path} (in the browser; then grader marks {tmp_path})" in told


def test_points_on_top_have_a_column_where_somebody_has_some(tmp_path: Path, capsys) -> None:
    (tmp_path / "students").mkdir()
    plain = Result("ps", "Problems", "ada", 2, 2, 0, ())
    terminal.summary([plain], tmp_path)
    assert "bonus" not in capsys.readouterr().out
    terminal.summary([replace(plain, bonus=1.5), replace(plain, student="bo")], tmp_path)
    told = " ".join(capsys.readouterr().out.split())
    assert "student ┃ earned ┃ bonus ┃ total ┃ of" in told
    assert "ada │ 2 │ 1.5 │ 3.5 │ 2" in told
    assert "bo │ 2 │ │ 2 │ 2" in told
    assert terminal.marks_of(replace(plain, bonus=1.5)) == "3.5 of 2 (1.5 of them a bonus)"
