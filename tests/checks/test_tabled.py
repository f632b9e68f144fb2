"""What a check compared, as the page will show it: exact, bounded, and only arrays."""

from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.arrays import Compared
from grader.checks import tabled
from grader.checks.verdict import Failed, Verdict

EIGHTH = [[F(1), F(-1, 8)], [F(1, 3), F(0)]]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (F(608), "608"),
        (F(-1, 4), "-0.25"),
        (F(1, 3), "1/3"),
        (F(-7, 3), "-7/3"),
        (F(0), "0"),
        (F(1, 10**6), "0.000001"),
        (F(1, 10**7), "1/10000000"),
        (F(10**20), str(10**20)),
        (28, "28"),
    ],
)
def test_numbers_are_written_as_people_write_them(value, text):
    assert tabled.written(value) == text


@given(st.fractions(), st.fractions())
def test_two_texts_are_alike_only_where_the_numbers_are(one, other):
    assert (tabled.written(one) == tabled.written(other)) == (one == other)
    assert F(tabled.written(one)) == one


def test_matrices_keep_their_order_and_sizes():
    assert tabled.matrices([EIGHTH], [[[1]]]) == Compared(
        ((("1", "-0.125"), ("1/3", "0")),), ((("1",),),), shape=False
    )


@pytest.mark.parametrize("matrix", [[[F(1, 10**20)]], [[F(1)] * 513], [[]], []])
def test_what_no_page_could_show_stays_a_text(matrix):
    assert tabled.matrices([matrix]) is None


@pytest.mark.parametrize("value", [608, "28", (), (True,), (1, "2"), ((1,), (2,))])
def test_what_is_no_tuple_of_whole_numbers_is_no_shape(value):
    assert tabled.shapes(value, (1, 2)) is None
    assert tabled.shapes((1, 2), value) is None


def test_a_verdict_keeps_what_it_compared_right_or_wrong():
    verdict = Verdict()
    with pytest.raises(Failed):
        verdict.entries([EIGHTH], [[[F(1)]]])
    assert verdict.compared == tabled.matrices([EIGHTH], [[[F(1)]]])
    verdict.equal((28, 28, 8), (28, 28, 8))
    assert verdict.compared == Compared(((("28", "28", "8"),),), ((("28", "28", "8"),),), shape=True)


CHECKS = """
def test_how_many(answer, verdict):
    found = answer.if_readable(lambda: answer.matrices("m", count=1, size=(1, 2)))
    verdict.note(str(found))
    {body}
"""


def test_matrices_are_kept_though_a_person_decides(how_many):
    body = 'answer.matrices("m", count=1, size=(1, 2)); verdict.pend("A person looks.")'
    result = how_many(CHECKS.format(body=body), answers__md="## 1A\n[[1, 0.5]]\n")
    assert result.compared == Compared(((("1", "0.5"),),))


def test_what_is_only_tried_decides_nothing(how_many):
    result = how_many(CHECKS.format(body="pass"), answers__md="## 1A\n[[1, 0.5]]\n")
    assert "Fraction(1, 2)" in result.notes[0]
    assert result.compared is None
