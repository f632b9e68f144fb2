"""Words that a rule goes through: not sure, and no part of the number that stands behind them."""

import pytest

from tests.ingest.test_pdf import LONG
from tests.ingest.test_pdf_columns import FONT
from tests.ingest.test_pdf_hostile import one_page, stream

TEXT = (
    b"BT /F 12 Tf 14 TL 50 700 Td (Problem 3A) Tj T* (%s) Tj T* (Problem 3B) Tj T* (600 608) Tj ET\n"
    % LONG.encode()
)
BASELINE, END = 658, 50 + 3 * 6.67  # of the line "600 608", and where its first number ends


def answers(submit, drawn):
    submission = submit(one_page(stream(TEXT + drawn), resources=FONT), "hw.pdf")
    return {answer.part: (answer.text, answer.exact) for answer in submission.answers}


@pytest.mark.parametrize(
    "drawn",
    [
        b"50 %f %f 0.8 re f" % (BASELINE + 3, END - 50),
        b"0.7 w 50 %f m %f %f l S" % (BASELINE + 3.4, END, BASELINE + 3.4),
        b"1.5 w 49 %f m %f %f l S" % (BASELINE + 4, END + 1, BASELINE + 4),
    ],
)
def test_what_is_struck_out_is_marked_and_not_sure(submit, drawn):
    assert answers(submit, drawn) == {"3A": (LONG, True), "3B": ("~~600~~ 608", False)}


def test_words_that_are_struck_together_are_marked_together(submit):
    drawn = b"50 %f 100 0.8 re f" % (BASELINE + 3)
    assert answers(submit, drawn)["3B"] == ("~~600 608~~", False)


@pytest.mark.parametrize("above", [-2, -0.5, 9, 11])
def test_rules_under_and_over_words_strike_nothing(submit, above):
    assert answers(submit, b"50 %f 300 0.8 re f" % (BASELINE + above))["3B"] == ("600 608", True)
