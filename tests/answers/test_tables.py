from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.answers import Torn, Unreadable, table

TABLE = ((Fraction(1, 10), Fraction(9758, 10000)), (Fraction(2, 10), Fraction(97, 100)))

WRITTEN = [
    "p\tacc\n0.1\t0.9758\n0.2\t0.97",
    "Probability\tTest accuracy after 1 epoch\n0.1\t0.9758\n0.2\t0.97",
    "0.1  0.9758\n0.2  0.97",
    "0.1 0.9758\n0.2 0.97",
    "| p | acc |\n|---|---|\n| 0.1 | 0.9758 |\n| 0.2 | 0.97 |",
    "p | acc\n--|--\n0.1 | 0.9758\n0.2 | 0.97",
    "**0.1** | **0.9758**\n0.2 | 0.97",
    "$0.1$ | $0.9758$\n$0.2$ | $0.97$",
    "\\begin{tabular}{cc}\np & acc \\\\ \\hline\n0.1 & 0.9758 \\\\\n0.2 & 0.97 \\\\\n\\end{tabular}",
    "p,acc\n0.1,0.9758\n0.2,0.97",
    "0.1, 0.9758\n0.2, 0.97",
    "0.1; 0.9758\n0.2; 0.97",
    "0,1; 0,9758\n0,2; 0,97",
    "0,1\t0,9758\n0,2\t0,97",
    "0,1 0,9758\n0,2 0,97",
    "p = 0.1: 0.9758\np = 0.2: 0.97",
    "p=0.1, acc=0.9758\np=0.2, acc=0.97",
    "Dropout=0.1, accuracy=0.9758\nDropout=0.2, accuracy=0.97",
    "dropout 0.1: 0.9758\ndropout 0.2: 0.97",
    "Dropout 0.1: test accuracy = 0.9758\nDropout 0.2: test accuracy = 0.97",
    "- 0.1: 0.9758\n- 0.2: 0.97",
    "* 0.1: 97.58%\n* 0.2: 97%",
    "0.1 -> 97.58%\n0.2 -> 97%",
    "0.1 → 0.9758\n0.2 → 0.97",
    "0.1\t97.58 %\n0.2\t97 %",
    "p\tacc (%)\n0.1\t97.58\n0.2\t97",
    "(0.1, 0.9758)\n(0.2, 0.97)",
    "     p     acc\n0  0.1  0.9758\n1  0.2  0.9700",
    "0.1\t0.9758 (loss 0.1)\n0.2\t0.97 (loss 0.2)",
    "0.1\t0.9758\r\n0.2\t0.97\r\n",
    "1/10 | 0.9758\n2/10 | 0.97",
    "Dropout: 0.1, Acc: 0.9758\nDropout: 0.2, Acc: 0.97",
    "0.1: 0.9758 (best)\n0.2: 0.97",
    "{0.1: 0.9758, 0.2: 0.97}",
    "accs = {0.1: 0.9758,\n 0.2: 0.97}",
    "(0.1, 0.9758), (0.2, 0.97)",
    "results = [(0.1, 0.9758), (0.2, 0.97)]",
    "[[0.1, 0.9758], [0.2, 0.97]]",
    "0.1 - 97.58%\n0.2 - 97.00%",
    "<tr><th>p</th><th>acc</th></tr><tr><td>0.1</td><td>0.9758</td></tr><tr><td>0.2</td><td>0.97</td></tr>",
    "0.1  0.9758\n0.2 0.97",
]
AFTER = "\n\nUsing p = 0.1 for the final model, it was trained for 10 epochs, and the accuracy was 0.99."


@pytest.mark.parametrize("text", WRITTEN)
def test_a_table_is_read(text):
    assert table(text, columns=2).value == TABLE
    assert table("Here is what I measured:\n\n" + text + AFTER, columns=2).value == TABLE


@pytest.mark.parametrize(
    "text",
    ["0.1\t0.9\n0.2\t0.8\t0.7\n0.3\t0.6", "0.0 0.98\n0.1 0.94 ← best\n0.2 0.9", "0.0 | 0.98\n0.1 | 0.94 ← best\n0.2 | 0.9",
     "none | 0.98\n0.1 | 0.97\n0.2 | 0.96", "none 0.98\n0.1 0.97\n0.2 0.96", "0.0 | 0.98\n0.1 | nan\n0.2 | 0.96",
     "0.0 0.98\n0.1 0.97\n0.2 nan", "0.0  0.98\n0.1  0.97  best\n0.2  0.9", "0.0 0.98\n\n0.1 nan\n\n0.2 0.9"],
)  # fmt: skip
def test_a_table_is_never_read_shorter_than_it_is(text):
    with pytest.raises(Unreadable):
        table(text, columns=2)


SWEEP = "| p | acc |\n|---|---|\n" + "\n".join(f"| 0.{n} | 0.9{n} |" for n in range(10))
PLAIN = "\n".join(f"0.{n} 0.9{n}" for n in range(10))
TEN = tuple((Fraction(n, 10), Fraction(90 + n, 100)) for n in range(10))


@pytest.mark.parametrize(
    "text",
    [
        SWEEP + "\n| filters | kernel |\n|--|--|\n| 8 | 5 |",
        SWEEP + "\n\n| filters | kernel |\n|--|--|\n| 8 | 5 |",
        "8 5\n\n" + PLAIN,
        PLAIN + "\n\n10 0.99",
        PLAIN.replace("\n", "\n\n"),
    ],
)
def test_a_row_that_stands_apart_is_told_from_the_table(text):
    assert table(text, columns=2).value == TEN


@pytest.mark.parametrize(
    "text",
    [SWEEP + "\n\n" + SWEEP, PLAIN + "\n\n1.5 0.98\n10 0.99", PLAIN + "\n\n0.5 0.99",
     SWEEP + "\n\n| epoch | acc |\n|--|--|\n| 1 | 0.9 |\n| 2 | 0.95 |\n| 3 | 0.97 |",
     "one table:\n8 5\n\nanother:\n0.5 0.9", "0.5 0.97\n\n10 0.9\n20 0.8\n30 0.7", PLAIN + "\n1 0.98\n10 0.99", "1 0.9\n2 0.8\n\n3 0.9\n4 0.7",
     "0.1 0.9\n0.2 0.8\n\n1 0.9\n2 0.7\n3 0.8"],
)  # fmt: skip
def test_several_tables_are_for_a_person(text):
    with pytest.raises(Unreadable):
        table(text, columns=2)
    with pytest.raises(Torn):
        table(SWEEP + "\n\n" + SWEEP, columns=2)


@pytest.mark.parametrize("row", ["0.9 nan", "0.9 0.97 best"])
def test_a_half_read_row_that_stands_apart_is_noted(row):
    reading = table(PLAIN.rsplit("\n", 1)[0] + "\n\n" + row, columns=2)
    assert reading.value == TEN[:9]
    assert any(row in note for note in reading.notes)


@pytest.mark.parametrize(
    "text",
    ["probs = [{}]\naccs = [{}]", "p = [{}]\nacc = [{}]", "p = ({})\nacc = ({})", "p = np.array([{}])\nacc = np.array([{}])",
     "probs: [{}]\naccs: [{}]"],
)  # fmt: skip
def test_lists_on_two_lines_lose_nothing(text):
    first, second = (", ".join(str(float(row[k])) for row in TEN) for k in (0, 1))
    assert table(text.replace("{}", first, 1).replace("{}", second, 1), columns=2).value == TEN


@pytest.mark.parametrize(
    "text",
    ["p loss acc\n0.0 0.2 0.98\n0.1 0.1 0.97",
     "dropout = 0.0, test loss = 0.2, test accuracy = 0.98\ndropout = 0.1, test loss = 0.1, test accuracy = 0.97"],
)  # fmt: skip
def test_two_rows_of_three_do_not_lie_on_their_side(text):
    with pytest.raises(Unreadable):
        table(text, columns=2)


@pytest.mark.parametrize(
    "text",
    ["p: 0.1 0.2 0.3\nacc: 0.4 0.5 0.6", "| p | 0.1 | 0.2 | 0.3 |\n|--|--|--|--|\n| acc | 0.4 | 0.5 | 0.6 |"],
)
def test_a_table_on_its_side_is_turned(text):
    reading = table(text, columns=2)
    assert [[float(x) for x in row] for row in reading.value] == [[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]]
    assert "side" in reading.notes[0]


def test_sentences_that_differ_in_their_numbers_are_rows():
    text = "\n".join(
        f"For p = {p} the accuracy that I got was {a}."
        for p, a in ((0.1, "97%"), (0.2, "0.96"), (0.3, "95%"))
    )
    assert len(table(text.replace("0.96", "96%"), columns=2).value) == 3
    with pytest.raises(Unreadable):
        table("For p = 0.1 it was 0.97.\nThe loss at 0.2 was 0.3.\nIn 10 epochs I got 0.99.", columns=2)


def test_notes_on_conventions():
    assert "percent" in table("p\tacc (%)\n0.1\t97.58\n0.2\t97", columns=2).notes[0]
    assert "counts the rows" in table("1 | 0.1 | 0.9\n2 | 0.2 | 0.8", columns=2).notes[0]


@pytest.mark.parametrize(
    "text", ["", "no table", "The accuracy was 0.98 with p = 0.1.", "a | b\n--|--\nc | d"]
)
def test_no_table_is_for_a_person(text):
    with pytest.raises(Unreadable):
        table(text, columns=2)


@pytest.mark.parametrize(
    "value",
    [{0.1: 0.9758, 0.2: 0.97}, [(0.1, 0.9758), (0.2, 0.97)], np.array([[0.1, 0.9758], [0.2, 0.97]]), [["0.1", "97.58%"], ["0.2", "0.97"]],
     np.array([[0.1, 0.9758], [0.2, 0.97]], dtype=np.float32)],
)  # fmt: skip
def test_data(value):
    assert table(value, columns=2).value == TABLE


@pytest.mark.parametrize(
    "value", [([0.1, 0.2, 0.3], [0.4, 0.5, 0.6]), {"p": [0.1, 0.2, 0.3], "acc": [0.4, 0.5, 0.6]}]
)
def test_parallel_lists(value):
    assert [[float(x) for x in row] for row in table(value, columns=2).value] == [
        [0.1, 0.4],
        [0.2, 0.5],
        [0.3, 0.6],
    ]


@pytest.mark.parametrize(
    "value", [None, 1, [], [1, 2], [[1, 2], [3]], [[1, None]], np.zeros((99, 99)), [[float("nan"), 1]]]
)
def test_other_data_is_unreadable(value):
    with pytest.raises(Unreadable):
        table(value, columns=2)


ROWS = st.lists(
    st.tuples(*[st.integers(0, 10000).map(lambda n: Fraction(n, 10000))] * 2), min_size=3, max_size=12
)
SEPARATORS = st.sampled_from(["\t", "  ", " | ", ", ", ",", "; ", " & ", ": ", " -> ", " "])


@given(ROWS, SEPARATORS)
def test_a_table_printed_with_any_separator_reads_back(rows, separator):
    text = "\n".join(f"{float(a)}{separator}{float(b)}" for a, b in rows)
    assert table(text, columns=2).value == tuple(rows)
