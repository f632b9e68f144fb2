"""Arrays as arrays: the student's, beside the right ones only where these may be shown."""

from dataclasses import replace

import pytest

from grader import record
from grader.arrays import Compared, Pooling
from grader.datatypes import CheckResult, PartResult, Result, Status
from grader.report import student_page
from grader.report.matrices import Entry, pairs
from tests.report.reading import Page, assert_harmless

GIVEN = (("1", "-0.5"), ("1/3", "0"))
RIGHT = (("1", "0.5"), ("1/3", "0"))
INPUT = ((1.0, 1.0, 1.0, 0.0),) * 3 + ((0.0, 0.0, 0.0, 0.0),)


def check(given=(GIVEN,), right=(), **more) -> CheckResult:
    compared = Compared(given, right, **more)
    return CheckResult(
        *("average_pooled", Status.FAILED, "Average pooling"), possible=2.0, actual="text", compared=compared
    )


def page(one: CheckResult, *, show: bool, drawn: Pooling | None = None) -> str:
    waits = 2.0 if one.status is Status.ERROR else 0.0
    part = PartResult("3D", "Pooling", 0.0, 2.0, waits, checks=(one,), drawn=drawn)
    result = Result("ps4", "t", "ada", 0.0, 2.0, waits, (part,), show_expected=show)
    html = student_page(record.for_student(result))
    assert_harmless(html)
    return html


def texts(html: str) -> str:
    return Page(html).text


def test_entries_are_numbers_signs_and_fractions():
    (pair,) = pairs(check())
    assert pair.given == (
        (Entry(minus=False, over="1"), Entry(minus=True, over="0.5")),
        (Entry(minus=False, over="1", under="3"), Entry(minus=False, over="0")),
    )
    assert (pair.right, pair.differs) == ((), "")


def test_what_differs_is_marked_beside_the_right_ones():
    (pair,) = pairs(check(right=(RIGHT,)))
    assert [entry.differs for row in pair.given for entry in row] == [False, True, False, False]
    assert pair.differs == "row 1, column 2"
    assert not any(entry.differs for row in pair.right for entry in row)


def test_arrays_of_other_sizes_are_beside_each_other_and_nothing_is_marked():
    first, second = pairs(check(given=(GIVEN,), right=((("1",),), RIGHT)))
    assert not first.differs
    assert second.given == ()


def test_a_shape_alone_is_a_line_of_text_already():
    row = (("28", "28", "3"),)
    assert pairs(check(given=(row,), shape=True)) == ()
    (pair,) = pairs(check(given=(row,), right=((("28", "28", "8"),),), shape=True))
    assert pair.differs == "entry 3"


# ---- on the page -----------------------------------------------------------------------------


def test_a_matrix_is_mathml_and_its_text_is_not_said_twice():
    html = page(check(), show=False)
    assert (
        '<math><mrow><mo class="fence">[</mo><mtable class="square"><mtr><mtd><mn>1</mn></mtd><mtd><mo>−</mo><mn>0.5</mn></mtd>'
        in html
    )
    assert "<mfrac><mn>1</mn><mn>3</mn></mfrac>" in html
    assert ">text</pre>" not in html


def test_where_the_right_ones_are_hidden_nothing_of_them_is_told():
    """Neither an entry nor a mark: marks would tell the answer bit by bit."""
    told = page(check(right=(RIGHT,)), show=False)
    assert told == page(check(), show=False)
    assert 'class="differs"' not in told
    assert "✗" not in told[told.index("<math") :]
    assert "Differs" not in told


def test_where_they_may_be_shown_they_stand_beside_and_marks_are_more_than_colour():
    html = page(check(right=(RIGHT,)), show=True)
    assert html.count("<math>") == 2
    assert '<mtd class="differs"><mo>−</mo><mn>0.5</mn><mtext class="cross">✗</mtext></mtd>' in html
    assert "Differs from the expected one at row 1, column 2." in html
    assert "Yours" in texts(html)
    assert "Expected" in texts(html)


def test_what_is_right_stands_there_once():
    html = page(check(given=(RIGHT,), right=(RIGHT,)), show=True)
    assert html.count("<math>") == 1
    assert "Yours, as expected" in html


def test_a_page_is_never_made_of_right_arrays_that_may_not_be_shown():
    part = PartResult("3D", "t", 0.0, 2.0, 0.0, checks=(check(right=(RIGHT,)),))
    with pytest.raises(ValueError, match="for_student"):
        student_page(Result("ps4", "t", "ada", 0.0, 2.0, 0.0, (part,)))


def test_a_hidden_check_and_a_broken_one_show_no_arrays():
    for one in (replace(check(), hidden=True), replace(check(), status=Status.ERROR)):
        assert "<math" not in page(one, show=False, drawn=Pooling((INPUT,), 2, 2, one.name))


# ---- the pooling, drawn ----------------------------------------------------------------------


def test_inputs_windows_and_the_students_own_numbers_are_drawn():
    html = page(check(right=(RIGHT,)), show=False, drawn=Pooling((INPUT,), 2, 2, "average_pooled"))
    assert html.count('class="window') == 4
    assert 'aria-label="Input 1, row by row: 1 1 1 0; 1 1 1 0; 1 1 1 0; 0 0 0 0"' in html
    assert html.count('<mtable class="cells">') == 1
    assert "<mo>−</mo><mn>0.5</mn>" in html
    assert "Each 2×2 window of the input becomes one number" in texts(html)


def test_the_right_output_stands_behind_it_where_it_may():
    drawn = Pooling((INPUT,), 2, 2, "average_pooled")
    html = page(check(right=(RIGHT,)), show=True, drawn=drawn)
    assert html.count('<mtable class="cells">') == 2
    assert "Differs from the expected one at row 1, column 2." in html


def test_without_outputs_the_question_alone_is_drawn():
    drawn = Pooling((INPUT, INPUT), 2, 2, "average_pooled")
    html = page(replace(check(), compared=None), show=False, drawn=drawn)
    assert html.count("<svg viewBox") == 2
    assert "<math" not in html
    assert "→" not in texts(html)


def test_outputs_that_are_not_one_for_each_input_stand_by_themselves():
    html = page(check(), show=False, drawn=Pooling((INPUT, INPUT), 2, 2, "average_pooled"))
    assert '<mtable class="square">' in html
    assert "→" not in texts(html)


# ---- records ---------------------------------------------------------------------------------


def test_right_arrays_are_the_staffs_unless_the_course_shows_them():
    part = PartResult("3D", "t", 0.0, 2.0, 0.0, checks=(check(right=(RIGHT,)),))
    result = Result("ps4", "t", "ada", 0.0, 2.0, 0.0, (part,))
    assert record.for_student(result).parts[0].checks[0].compared == Compared((GIVEN,))
    shown = record.for_student(replace(result, show_expected=True))
    assert shown.parts[0].checks[0].compared == Compared((GIVEN,), (RIGHT,))


def test_an_older_record_has_none():
    part = PartResult("3D", "t", 0.0, 2.0, 0.0, checks=(replace(check(), compared=None),))
    written = record.dump(Result("ps4", "t", "ada", 0.0, 2.0, 0.0, (part,)))
    older = written.replace('"compared": null', '"hidden": false').replace('"drawn": null', '"output": ""')
    assert "compared" not in older
    assert record.load(older).parts[0].checks[0].compared is None
