"""Drawings: their numbers say what the figures say."""

import re

import pytest

from grader.report import drawings
from grader.report.distribution import distribution
from grader.report.item_analysis import Discrimination, ItemFigures
from grader.report.outcomes import Item, Outcome
from grader.report.pages import environment


def item(part: str, *kinds: str) -> Item:
    outcomes = tuple(Outcome(kind, 0.0, 1.0) if kind else None for kind in kinds)
    return Item(part, "c", "t", 1.0, by_hand=False, outcomes=outcomes)


def test_a_student_has_a_sign_for_each_check_and_a_space_between_parts():
    kinds = [
        ("1A", "right"),
        ("1A", "partly"),
        ("1B", "wrong"),
        ("1B", "missing"),
        ("1B", ""),
        ("2A", "waiting"),
        ("2A", "fault"),
    ]
    assert drawings.signs([item(*at) for at in kinds], 0) == "✓◐ ✗○– …!"


def spans(path: str) -> list[tuple[float, float, float]]:
    """Follow a path of vertical lines: (x, from, to)."""
    found, x, y = [], 0.0, 0.0
    for command, numbers in re.findall(r"([Mmv])([-\d. ]+)", path):
        values = [float(number) for number in numbers.split()]
        if command == "M":
            x, y = values
        elif command == "m":
            x, y = x + values[0], y + values[1]
        else:
            found.append((x, y, y + values[0]))
            y += values[0]
    return found


def test_the_map_of_a_large_class_joins_equal_neighbours():
    kinds = ["right"] * 300 + ["wrong"] * 50 + [""] * 50 + ["right"] * 100
    found = drawings.class_map([item("1A", *kinds)], range(500))
    assert {kind: spans(path) for kind, path in found.paths} == {
        "right": [(11, 0, 300), (11, 400, 500)],
        "wrong": [(11, 300, 350)],
    }
    assert found.height == pytest.approx(420)


def test_the_map_of_a_small_class_keeps_students_apart_and_in_order():
    found = drawings.class_map([item("1A", "right", "right"), item("1B", "wrong", "right")], [1, 0])
    gap = 1 / found.row
    drawn = {kind: spans(path) for kind, path in found.paths}
    assert drawn["right"] == [
        (11, 0, pytest.approx(1 - gap, abs=0.01)),
        (11, pytest.approx(1, abs=0.01), pytest.approx(2 - gap, abs=0.01)),
        (42, 0, pytest.approx(1 - gap, abs=0.01)),
    ]
    assert drawn["wrong"] == [(42, pytest.approx(1, abs=0.01), pytest.approx(2 - gap, abs=0.01))]
    assert found.labels == (("1A", 11), ("1B", 42))


def test_a_bar_is_shared_by_all_who_were_asked():
    figures = ItemFigures(item("1A"), {"right": 3, "waiting": 1}, 3, 1.0, 1.0, None)
    assert drawings.bar(figures) == (("right", "M0 8h75"), ("waiting", "M75 8h25"))


def test_columns_are_as_high_as_they_have_students():
    from tests.report.test_distribution import totals

    found = distribution([*totals(10, 15, 30), *totals(12, needs_attention=True)])
    columns = drawings.columns(found, 600, 150)
    assert [(column.settled, column.all) for column in columns[:3]] == [(100, 150), (50, 50), (0, 0)]
    assert drawings.along(found, 50, 600) == 300


def test_an_interval_lies_on_an_axis_from_minus_one_to_one():
    assert drawings.interval(Discrimination(0.0, 30, -0.5, 1.0)) == "M25 8H100"
    assert drawings.interval(Discrimination(0.0, 6)) == ""
    assert drawings.dot(Discrimination(-1.0, 6)) == "0"


def test_only_paths_pass_as_paths():
    path_data = environment(100).filters["path_data"]
    long = "M0 8h16" * 1000
    assert path_data(long) == long
    with pytest.raises(ValueError, match="no path data"):
        path_data('M0 0"/><script>')
