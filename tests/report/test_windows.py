"""The pooling's drawing, by numbers."""

from grader.arrays import Pooling
from grader.report.windows import CELL, Window, grids

ROWS = ((1.0, 0.5, -1.0, 0.0),) * 4


def grid(window: int, stride: int, rows=ROWS):
    (one,) = grids(Pooling((rows,), window, stride, "c"))
    return one


def test_windows_tile_the_input_and_every_other_one_is_shaded():
    one = grid(2, 2)
    assert (one.width, one.height, one.side) == (4 * CELL, 4 * CELL, 2 * CELL)
    assert one.windows == (
        Window(0, 0, shaded=True),
        Window(2 * CELL, 0, shaded=False),
        Window(0, 2 * CELL, shaded=False),
        Window(2 * CELL, 2 * CELL, shaded=True),
    )


def test_windows_stay_inside_and_what_no_window_reaches_is_left():
    assert grid(3, 3).windows == (Window(0, 0, shaded=True),)
    assert len(grid(2, 2, ROWS[:3]).windows) == 2


def test_of_windows_that_overlap_only_the_first_is_drawn():
    assert grid(2, 1).windows == (Window(0, 0, shaded=True),)


def test_numbers_stand_in_the_middle_of_their_cells_and_are_said_row_by_row():
    one = grid(2, 2)
    assert one.numbers[1] == (1.5 * CELL, 0.5 * CELL, "0.5")
    assert one.numbers[2][2] == "−1"
    assert one.spoken.split("; ") == ["1 0.5 -1 0"] * 4
    assert one.lines.startswith(f"M0 0H{4 * CELL}M0 {CELL}H{4 * CELL}")
