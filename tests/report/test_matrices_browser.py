"""Matrices, formulas and the pooling in a real browser: grids, marks that are seen, nothing too wide."""

import pytest

from grader import record
from grader.arrays import Compared, Pooling
from grader.datatypes import AnswerRead, CheckResult, PartResult, Result, Status
from grader.report import student_page

pytestmark = pytest.mark.browser
GIVEN = (("1", "-0.5"), ("1/3", "0"))
RIGHT = (("1", "0.5"), ("1/3", "0"))
INPUT = tuple(tuple(float(row < 3 and column < 3) for column in range(4)) for row in range(4))
WIDE = " & ".join(map(str, range(1000, 1040)))
TEXT = rf"It is $5 * 5 * 3 + 1$. $$\begin{{bmatrix}} 1 & .5 \\ -.5 & .25 \end{{bmatrix}}$$ \(\begin{{matrix}} {WIDE} \end{{matrix}}\)"


def page(*, show: bool) -> str:
    pooled = Compared((GIVEN,) * 4, (RIGHT,) * 4)
    wide = Compared(((("-12345.678901",) * 30,) * 2,), ((("0",) * 30,) * 2,))
    shape = Compared(((("28", "28", "3"),),), ((("28", "28", "8"),),), shape=True)
    checks = [
        CheckResult(name, Status.FAILED, f"Check {name}", possible=1.0, compared=compared)
        for name, compared in (("pooled", pooled), ("wide", wide), ("shape", shape))
    ]
    parts = tuple(
        PartResult(
            *(f"3{letter}", "t", 0.0, 1.0, 0.0),
            checks=(check,),
            answer=(AnswerRead("write-up", "ps4.md", TEXT),),
            drawn=Pooling((INPUT,) * 4, 2, 2, "pooled"),
        )
        for letter, check in zip("DEF", checks, strict=True)
    )
    result = Result("ps4", "Deep Learning", "ada", 0.0, 3.0, 0.0, parts, show_expected=show)
    return student_page(record.for_student(result))


def boxes(opened_page, selector: str) -> list[dict[str, float]]:
    return [one.bounding_box() for one in opened_page.locator(selector).all()]


def test_a_matrix_is_a_grid(opened):
    tab = opened(page(show=True))
    first, second, third, _ = boxes(tab, "blockquote .apart mtd")[:4]
    assert second["x"] > first["x"] + first["width"] / 2
    assert abs(second["y"] - first["y"]) < 3
    assert third["y"] >= first["y"] + first["height"] - 1
    table = tab.locator("blockquote .apart mtable").first
    assert table.evaluate("box => getComputedStyle(box).borderLeftStyle") == "solid"
    assert table.bounding_box()["height"] > first["height"] * 1.5, "the bracket is as tall as the matrix"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_differs_has_an_outline_and_a_mark_and_words(opened, scheme):
    tab = opened(page(show=True), scheme=scheme)
    marked = tab.locator("#check-pooled .differs")
    assert marked.count() == 4
    for one in marked.all():
        assert one.evaluate("box => getComputedStyle(box).outlineStyle") == "solid"
        assert "✗" in one.text_content()
    tree = tab.locator("#check-pooled").aria_snapshot()
    assert tree.count("Differs from the expected one at row 1, column 2.") == 4
    assert "Input 1, row by row: 1 1 1 0; 1 1 1 0; 1 1 1 0; 0 0 0 0" in tree


def test_the_output_stands_beside_its_input_where_there_is_room(opened):
    tab = opened(page(show=True))
    drawing, arrow, mine, expected = (
        boxes(tab, f"#check-pooled .array:first-child {what}")[0]
        for what in ("svg", ".arrow", ".outputs p:first-child", ".outputs p:last-child")
    )
    assert drawing["x"] + drawing["width"] <= arrow["x"]
    assert arrow["x"] + arrow["width"] <= mine["x"]
    assert mine["x"] + mine["width"] <= expected["x"]


@pytest.mark.parametrize("show", [True, False])
def test_at_320_pixels_only_boxes_that_the_keyboard_reaches_are_wider(opened, show):
    tab = opened(page(show=show), width=320)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320
    unreachable = tab.evaluate(
        "[...document.body.querySelectorAll('*')].filter(box => box.scrollWidth > box.clientWidth + 1"
        " && ['auto', 'scroll'].includes(getComputedStyle(box).overflowX) && box.tabIndex < 0).length"
    )
    assert unreachable == 0
    for box in boxes(tab, ".pooling"):
        assert box["x"] + box["width"] <= 320, "the drawing of a 4×4 input fits a telephone"


def test_formulas_are_no_wider_than_the_page_on_paper(opened):
    tab = opened(page(show=True))
    tab.emulate_media(media="print")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 1000
