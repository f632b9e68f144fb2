"""The dropout sweep: rows and spot-checks lie where their numbers say."""

from hypothesis import given
from hypothesis import strategies as st

from grader.networks import SweepRow, SweepShown
from grader.report.sweep import sweep
from tests.report.networks import GIVEN, swept

accuracies = st.floats(0, 1)
tables = st.lists(st.builds(SweepRow, st.floats(0, 1), accuracies, st.none() | accuracies), max_size=20)


def test_rows_lie_on_a_line_and_what_is_at_chance_does_not_flatten_them():
    drawn = sweep(swept())
    assert [x for x, _ in drawn.claimed] == [round(100 * n / 9, 2) for n in range(9)]
    assert [y for _, y in drawn.claimed] == [drawn.accuracy.at(value) for value in GIVEN[:9]]
    assert [(x, row.claimed) for x, row in drawn.below] == [(100, 0.1135)]
    assert drawn.accuracy.low > 0.8


def test_the_line_is_broken_where_a_row_lies_below():
    given = (0.98, 0.97, 0.1, 0.96, 0.95)
    drawn = sweep(SweepShown("d", 1, tuple(SweepRow(n, value) for n, value in enumerate(given))))
    assert [len(line.split()) // 2 for line in drawn.path.split("M")[1:]] == [2, 2]


def test_a_spot_check_lies_where_it_was_measured_with_the_range_of_what_is_borne_out():
    first, second = sweep(swept()).spots
    axis = sweep(swept()).accuracy
    assert (first.x, first.y) == (0, axis.at(0.9781))
    assert second.top < axis.at(0.9412) < second.bottom
    assert second.top > axis.at(GIVEN[1]), "what is claimed there lies above the range"
    assert first.top < axis.at(GIVEN[0]) < first.bottom, "and here within it"


def test_rows_that_fall_off_evenly_are_all_drawn():
    rows = tuple(SweepRow(n / 10, 0.98 - n * 0.09) for n in range(10))
    drawn = sweep(SweepShown("dropout probability", 1, rows))
    assert (len(drawn.claimed), drawn.below, drawn.spots) == (10, (), ())


def test_a_table_in_any_order_is_drawn_from_left_to_right():
    rows = tuple(SweepRow(n / 10, 0.9 + n / 100) for n in (3, 1, 2))
    assert [x for x, _ in sweep(SweepShown("d", 1, rows)).claimed] == [0, 50, 100]


def test_there_is_nothing_to_draw_over_a_single_setting():
    assert sweep(SweepShown("d", 1, (SweepRow(0.5, 0.9), SweepRow(0.5, 0.8)))) is None
    assert sweep(SweepShown("d", 1, ())) is None


@given(tables, st.none() | st.floats(0, 0.1))
def test_any_table_is_drawn_or_told(rows, slack):
    drawn = sweep(SweepShown("d", 1, tuple(rows), slack))
    if drawn is None:
        return
    places = [*drawn.claimed, *((spot.x, y) for spot in drawn.spots for y in (spot.top, spot.y, spot.bottom))]
    assert all(0 <= x <= 100 and 0 <= y <= 100 for x, y in places)
    assert len(drawn.claimed) + len(drawn.below) == len(rows)
    assert len(drawn.spots) == sum(row.measured is not None for row in rows)
