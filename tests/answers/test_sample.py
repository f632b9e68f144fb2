"""A real student's write-up, which stays outside the project."""

import os
import re
from fractions import Fraction
from pathlib import Path

import pytest

from grader.answers import integer, matrices, shape, shapes, table, versions, weights

SAMPLE = Path(os.environ.get("GRADER_SAMPLE", Path(__file__).parents[3] / "shared/samples/ps4-writeup.md"))
pytestmark = pytest.mark.skipif(not SAMPLE.exists(), reason="the sample write-up is not here")


@pytest.fixture(scope="module")
def answers():
    text = re.sub(r"```.*?```", "", SAMPLE.read_text(), flags=re.DOTALL)
    found, section = {}, ""
    for piece in re.split(r"(?m)^(?=\d [A-Z].*$|Problem [A-G]$)", text):
        heading, _, body = piece.partition("\n")
        if heading.startswith("Problem "):
            found[section + heading[-1]] = body
        else:
            section = heading[:1]
    assert len(found) == 18
    return found


def test_small_answers(answers):
    assert weights(answers["1D"], inputs=2).value == ((((1,), (1,)), (0,)),)
    assert any("b was read as 0" in note for note in weights(answers["1D"], inputs=2).notes)
    assert integer(answers["1E"], nouns=("layers", "layer")).value == 2
    assert versions(answers["2A"], names=("tensorflow", "keras")).value == {
        "tensorflow": "1.12.0",
        "keras": "2.2.4",
    }
    assert shape(answers["2B"], rank=3, nouns=("training",)).value == (60000, 28, 28)
    assert shape(answers["2B"], rank=3).value == (60000, 28, 28)
    assert shapes(answers["2C"]).value == ((60000, 784), (784,))
    assert integer(answers["3B"], nouns=("parameters", "parameter")).value == 608
    assert shape(answers["3C"], rank=3, nouns=("output",)).value == (28, 28, 8)


def test_average_pooling(answers):
    one, half, quarter = Fraction(1), Fraction(1, 2), Fraction(1, 4)
    assert matrices(answers["3D"], count=4, size=(2, 2)).value == (
        ((one, half), (-half, quarter)),
        ((half, one), (-quarter, half)),
        ((quarter, half), (half, one)),
        ((half, quarter), (one, half)),
    )


def test_max_pooling(answers):
    reading = matrices(answers["3E"], count=4, size=(2, 2))
    assert reading.value == (((1, 1), (1, 1)),) * 4
    assert reading.notes


def test_sweep(answers):
    rows = table(answers["3G"], columns=2).value
    assert len(rows) == 10
    assert [row[0] for row in rows] == [Fraction(n, 10) for n in range(10)]
    assert rows[0][1] == Fraction("0.9806")
    assert rows[9][1] == Fraction("0.1135")
