"""What is printed of a class: every line is true and can be read."""

from grader import terminal
from grader.changes import Change, Marks


def test_a_change_of_a_whole_class_is_not_a_thousand_lines(capsys) -> None:
    many = [
        Change(f"s{n}", "3B", Marks(0, 0, 2), Marks(2, 0, 2), ("one: failed → passed",)) for n in range(999)
    ]
    terminal.changed(many)
    told = capsys.readouterr().out
    assert told.count("failed → passed") == 50
    assert "and 949 more. In all: 3B of 999 students" in told
