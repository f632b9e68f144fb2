"""Training curves and their spread: the coordinates say what was measured."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.networks import NetworkShown
from grader.report.curves import POINTS, ROWS, curves, reached
from grader.report.spread import APART, spread
from tests.report.networks import convolutional, near_miss

accuracies = st.floats(0, 1)
networks = st.builds(
    NetworkShown,
    layers=st.just(()),
    curves=st.lists(st.lists(accuracies, max_size=5).map(tuple), min_size=1, max_size=11).map(tuple),
    threshold=accuracies,
    claimed=st.none() | accuracies,
)


def shown(*trainings: tuple[float, ...], threshold: float = 0.975, claimed: float | None = None):
    return NetworkShown((), trainings, threshold, claimed=claimed)


def points(path: str) -> list[list[tuple[float, float]]]:
    """Read a path of broken lines back: the points of each."""
    lines = [[float(number) for number in line.split()] for line in path.split("M")[1:]]
    return [list(zip(line[::2], line[1::2], strict=True)) for line in lines]


def test_a_curve_goes_from_left_to_right_and_up_with_the_accuracy():
    drawn = curves(shown((0.95, 0.96, 0.97)))
    (line,) = points(drawn.best)
    assert drawn.path == ""
    assert [x for x, _ in line] == [0, 50, 100]
    assert line == [(x, drawn.accuracy.at(y)) for x, y in zip((0, 50, 100), (0.95, 0.96, 0.97), strict=True)]
    assert line[0][1] > line[1][1] > line[2][1], "down the page is up in percent"
    assert drawn.dots == (line[2],)


def test_eleven_trainings_are_eleven_lines_with_a_dot_each():
    drawn = curves(near_miss())
    assert [len(line) for line in points(drawn.path)] == [20] * 10
    ((*_, end),) = points(drawn.best)
    assert end == (100, drawn.accuracy.at(0.9461)), "that of seed 9, which reaches most"
    assert len(drawn.dots) == 11
    assert [(mark.kind, mark.upper) for mark in drawn.marks] == [("claimed", True), ("asked", False)]
    asked, claimed = (drawn.accuracy.at(value) for value in (0.975, 0.977))
    assert [mark.at for mark in drawn.marks] == [claimed, asked]


def test_what_is_asked_for_reads_well_beside_a_network_that_learned_nothing():
    drawn = curves(shown((0.1135,) * 4, (0.955, 0.96, 0.972, 0.976)))
    assert drawn.accuracy.low > 0.9
    assert drawn.hidden == (0.1135,) * 4
    assert len(drawn.dots) == 1
    assert all(y > 100 for _, y in points(drawn.path)[0]), "below the plot, where it is cut off"


def test_where_no_training_learned_anything_that_is_what_is_drawn():
    drawn = curves(shown((0.0974, 0.1135)))
    assert drawn.accuracy.low < 0.1
    assert drawn.hidden == ()


def test_a_single_epoch_is_a_dot_and_a_training_that_never_ran_nothing():
    drawn = curves(shown((0.976,), ()))
    assert (drawn.path, drawn.best, drawn.dots[0][0], len(drawn.dots)) == ("", "", 50, 1)
    assert [seed for seed, _ in drawn.trainings] == [1]
    assert curves(shown((), ())) is None
    assert spread(shown()) is None


def test_six_hundred_epochs_are_thinned_and_the_best_stays():
    rising = tuple(0.9 + epoch / 10_000 for epoch in range(600))
    best = 0.9799
    drawn = curves(shown((*rising[:346], best, *rising[347:])))
    (line,) = points(drawn.best)
    assert len(line) <= POINTS + 2
    assert (drawn.epochs.at(347), drawn.accuracy.at(best)) in line
    assert len(drawn.rows) <= ROWS + 1
    assert drawn.rows[-1] == 600


def test_a_claim_that_lies_elsewhere_does_not_flatten_the_rest():
    drawn = curves(shown((0.97, 0.974), claimed=0.5))
    assert [mark.kind for mark in drawn.marks] == ["asked"]
    assert drawn.accuracy.low > 0.9


def test_the_highest_training_is_told_first():
    first, *_, last = reached(convolutional())
    assert (first.seed, first.epoch, first.accuracy) == (3, 10, 0.9882)
    assert (last.seed, last.accuracy) == (2, 0.1135)


def test_the_spread_has_a_dot_for_each_seed_on_one_scale_with_what_is_asked_and_claimed():
    drawn = spread(near_miss())
    assert sorted(x for x, _ in drawn.dots) == sorted(
        drawn.axis.at(max(training)) for training in near_miss().curves
    )
    assert drawn.ends == (drawn.axis.at(0.9402), drawn.axis.at(0.9461))
    assert [(mark.kind, mark.at) for mark in drawn.marks] == [
        ("claimed", drawn.axis.at(0.977)),
        ("asked", drawn.axis.at(0.975)),
    ]
    assert drawn.ends[1] < drawn.marks[1].at < drawn.marks[0].at


def test_dots_that_would_touch_stand_above_each_other():
    drawn = spread(shown((0.976,), (0.976,), (0.9761,), (0.96,)))
    assert drawn.rows == 3
    assert [row for _, row in drawn.dots] == [0, 0, 1, 2]


def test_seeds_that_lie_far_off_are_told_and_not_drawn():
    drawn = spread(convolutional())
    assert drawn.left == (0.1135,)
    assert len(drawn.dots) == 2


@given(networks)
def test_any_network_can_be_drawn(network):
    drawn, spreading = curves(network), spread(network)
    if drawn is None:
        return
    inside = [*drawn.dots, *((x, 50) for x, _ in spreading.dots), *((50, mark.at) for mark in drawn.marks)]
    assert all(0 <= x <= 100 and 0 <= y <= 100 for x, y in inside)
    assert "asked" in [mark.kind for mark in drawn.marks]
    assert len(spreading.dots) + len(spreading.left) == len(drawn.trainings)
    for row in range(spreading.rows):
        places = [x for x, its in spreading.dots if its == row]
        assert all(b - a >= APART for a, b in pairwise(places))


@pytest.mark.parametrize("rows", [1, 30, 31, 600])
def test_the_table_ends_with_the_last_epoch(rows):
    drawn = curves(shown(tuple(0.9 for _ in range(rows))))
    assert (drawn.rows[0], drawn.rows[-1]) == (1, rows)
