"""Words beside a table are no row of it; what may be one is told."""

import pytest

from grader.answers import Unreadable, table

TABLE = "| p | accuracy |\n|---|---|\n| 0.1 | 0.97 |\n| 0.2 | 0.96 |"


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "remark",
    [
        "Final accuracy 99.1% with dropout 0.1",
        "After 10 epochs with dropout 0.1: 0.9912",
        "The best accuracy is 97%",
        "**Final accuracy 99.1% with dropout 0.1**",
    ],
)
def test_words_about_a_table_are_no_row(remark, gap):
    reading = table(f"{TABLE}{gap}{remark}\n", columns=2)
    assert len(reading.value) == 2
    assert reading.notes == ()


@pytest.mark.parametrize("row", ["At 0.3 I got 0.95", "0.3 did not finish", "0.4 | nan", "0.4 0.97 best"])
def test_what_may_be_a_row_that_was_missed_is_told(row):
    assert any("not read as a row" in note for note in table(f"{TABLE}\n\n{row}\n", columns=2).notes)


def test_a_row_in_words_within_a_table_is_for_a_person():
    with pytest.raises(Unreadable):
        table(f"{TABLE}\nAt 0.3 I got 0.95\n", columns=2)
