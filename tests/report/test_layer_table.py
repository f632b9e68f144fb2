"""The layer table: running totals against the cap, and layers drawn by their size."""

import pytest

from grader.networks import CapShown, NetworkShown
from grader.report.layers import Running, layer_table
from tests.report.networks import convolutional, dense, near_miss, too_large


def test_the_running_total_goes_to_the_cap():
    table = layer_table(near_miss())
    assert [row.running for row in table.rows] == [
        Running(total=60, before=0, own=60, over=0),
        Running(total=100, before=60, own=40, over=0),
        Running(total=100, before=100, own=0, over=0),
    ]
    assert (table.limit, table.cap.over) == (100, False)


def test_what_is_over_the_cap_is_told_apart():
    table = layer_table(too_large())
    limit = round(100 * 100 / 140, 2)
    assert table.limit == limit
    assert [(row.running.own, row.running.over) for row in table.rows] == [
        (round(100 * 80 / 140, 2), 0),
        (round(100 * 20 / 140, 2), round(100 * 40 / 140, 2)),
        (0, 0),
    ]
    assert table.cap.over


@pytest.mark.parametrize(
    ("total", "fewer", "over"),
    [(100, False, False), (101, False, True), (99, True, False), (100, True, True)],
)
def test_fewer_than_is_not_at_most(total, fewer, over):
    assert CapShown("parameters", 100, (total,), fewer=fewer).over is over


def test_layers_are_drawn_by_the_logarithm_of_what_they_give():
    first, second, third = (row.width for row in layer_table(NetworkShown(dense(999, 99, 9), (), 0.9)).rows)
    assert (first, second, third) == (100, pytest.approx(200 / 3, abs=0.01), pytest.approx(100 / 3, abs=0.01))
    widths = [row.width for row in layer_table(convolutional()).rows]
    assert widths[0] == max(widths) == 100


def test_a_result_without_a_cap_or_with_one_of_other_layers_has_its_table_still():
    assert layer_table(NetworkShown(dense(60, 10), (), 0.9)).rows[0].running is None
    strange = NetworkShown(dense(60, 10), (), 0.9, cap=CapShown("hidden units", 100, (60,)))
    assert layer_table(strange).cap is None
    assert [row.running for row in layer_table(strange).rows] == [None, None]


def test_all_parameters_are_as_keras_counts():
    table = layer_table(convolutional())
    assert (table.parameters, table.alike) == (253_386, True)
