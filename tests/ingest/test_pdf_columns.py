"""Text side by side: whose heading stands where only the page shows, so that no part is called missing."""

import pytest

from grader.ingest.pdf.columns import are_columns
from tests.ingest.test_pdf_hostile import one_page, stream

FONT = b"<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
LEFT = ("Problem 2B", "The training input has this shape", "60000 x 28 x 28")
RIGHT = ("Problem 3D", "Each filter has seventy-six of them", "608")


def set_at(lines, x):
    shown = b"".join(b"(%s) Tj T* " % line.encode() for line in lines)
    return b"BT /F 10 Tf 14 TL %d 700 Td %s ET\n" % (x, shown)


def test_a_heading_of_the_right_column_is_found(submit):
    data = one_page(stream(set_at(LEFT, 50) + set_at(RIGHT, 320)), resources=FONT)
    submission = submit(data, "hw.pdf")
    assert [(answer.part, answer.exact) for answer in submission.answers] == [("2B", False), ("3D", False)]
    assert [left.reason for left in submission.leftovers] == [
        "page 1 has columns or lies on its side: its lines may be out of order"
    ]


def test_where_no_reader_finds_it_something_is_left_for_a_person(submit):
    rows = [one for pair in zip(LEFT, RIGHT, strict=True) for one in pair]
    placed = b"".join(
        b"BT /F 10 Tf %d %d Td (%s) Tj ET\n" % (320 if at % 2 else 50, 700 - 14 * (at // 2), row.encode())
        for at, row in enumerate(rows)
    )
    submission = submit(one_page(stream(placed), resources=FONT), "hw.pdf")
    assert not any(answer.exact for answer in submission.answers)
    assert any("columns" in left.reason for left in submission.leftovers)


@pytest.mark.parametrize(
    ("texts", "told", "expected"),
    [
        (["Problem 2B\tProblem 3D"], "Problem 2B Problem 3D", True),
        (["all of them\tProblem 2A"], "all of them Problem 2A", True),
        (["Problem 3\tProblem 4"], "Problem 3 Problem 4", True),
        (["Problem 3B\tnoise is small"], "Problem 3B noise is small", False),
        (["the border would be\tThe shape is"], "the border would be seen. The shape is", True),
        (["dropout rate\ttest accuracy", "0.1\t0.98"], "dropout rate\ntest accuracy 0.1 0.98", False),
        (["0.1\t0.98", "0.2\t0.97"], "0.1 0.2 0.98 0.97", False),
        (["Ada Lovelace\tExercise 4"], "Ada Lovelace Exercise 4", False),
    ],
)
def test_columns_are_told_from_tables(texts, told, expected):
    assert are_columns(texts, told) is expected
