"""A page can be mailed, whatever was handed in, and says what is left out of it."""

from dataclasses import replace

import pytest

from grader.crops import Crop
from grader.datatypes import AnswerRead, CodeShown, Result
from grader.networks import LayerShown, NetworkShown
from grader.report import formulas, student_page
from grader.report.listings import MOST_SHOWN, listings
from grader.report.room import CUT_SHORT, ROOMS, rooms
from tests.report.reading import Page

MAILED = 500_000  # bytes
PNG = "iVBORw0KGgo" + "A" * 50_000


def everywhere(result: Result, **fields) -> Result:
    return replace(result, parts=tuple(replace(part, **fields) for part in result.parts))


def answered(*texts: str) -> tuple[AnswerRead, ...]:
    return tuple(AnswerRead("write-up", f"{number}.md", text) for number, text in enumerate(texts))


def heavy(result: Result) -> dict[str, Result]:
    cells = (CodeShown(f"{n % 12}.ipynb", f"cell {n}", "x") for n in range(12 * 1_999))
    formula = "$$" + r"\hat{a}_1^2" * 170 + "$$\n\n"
    return {
        "cells": replace(result, code=tuple(cells)),
        "emoji": everywhere(result, answer=answered("😀" * 19_000)),
        "marks": everywhere(result, answer=answered("A\u0301\u0316 " * 5_000)),
        "pictures": everywhere(result, figures=tuple(f"pictüre-{n}" * 10 for n in range(1_000))),
        "notes": replace(
            result, notes=tuple(f"{'n' * 290}{n}.txt: the same as {'m' * 290}" for n in range(900))
        ),
        "unread": replace(result, unread=tuple("ü" * 290 + str(n) for n in range(1_000))),
        "answers": everywhere(result, answer=answered(*["ü" * 19_000] * 12)),
        "formulas": everywhere(result, answer=answered(*[formula * 10] * 12)),
        "cells of a part": everywhere(result, code=("x = 'ü'",) * 2_000, labels=("ü" * 200,) * 2_000),
        "pages": replace(result, crops=tuple(Crop("", "a.pdf", 1, "why", 9, 9, PNG) for _ in range(40))),
        "layers": everywhere(result, network=NetworkShown((LayerShown("Dense", (1,), 1, 1),) * 500, (), 0.9)),
    }


@pytest.mark.parametrize("kind", heavy(Result("", "", "", 0.0, 0.0, 0.0, ())))
def test_no_page_is_too_heavy_to_be_mailed(result, kind):
    html = student_page(heavy(result)[kind])
    assert Page(html).open == []
    assert len(html.encode()) < MAILED
    assert f"{result.parts[0].id} {result.parts[0].title}" in Page(html).text


def test_what_is_left_out_is_counted(result):
    found = {
        kind: heavy(result)[kind] for kind in ("cells", "pictures", "notes", "answers", "layers", "pages")
    }
    text = {kind: Page(student_page(one)).text for kind, one in found.items()}
    assert "left out on this page, of 1,9" in text["cells"]
    assert "and 990 more. A person looks at them." in text["pictures"]
    assert "and 895 more notes" in text["notes"]
    assert "850 of them are left out on this page." in text["notes"]
    assert "more of your answers are left out on this page, in 6.md , 7.md" in text["answers"]
    assert "37 pictures of pages are left out here." in text["pages"]
    assert CUT_SHORT in text["layers"]


def test_all_code_of_a_page_has_one_budget(result):
    many = tuple(CodeShown(f"{n}.py", f"{n}.py", "x = 1\n" * 2_000) for n in range(40))
    shown = listings(replace(result, code=many), 20_000, 400).others
    assert sum(len(text) for one in shown for line in one.lines for _, text in line.pieces) < MOST_SHOWN
    assert shown[-1].more == 40 - len(shown) + 1
    assert sum(len(one.lines) + one.left_out for one in shown) == 40 * 2_000


def test_what_is_surely_too_large_is_not_even_tried(result):
    assert next(rooms(result)) == ROOMS[0]
    assert next(rooms(everywhere(result, answer=answered("😀" * 19_000)))) == ROOMS[1]


def test_formulas_of_a_page_have_one_budget_and_are_set_once(result):
    source = [rf"\hat{{a}}_{{{n}}}" for n in range(3_000)]
    many = everywhere(result, answer=())
    parts = [
        replace(part, answer=answered(" ".join(f"${one}$" for one in source[200 * n : 200 * (n + 1)])))
        for n, part in enumerate(many.parts[:15])
    ]
    many = replace(many, parts=tuple(parts))
    formulas.formula.cache_clear()
    html = student_page(many)
    first = formulas.formula.cache_info().misses
    assert html.count("<math") - html.count("<mtable") <= first
    assert first <= 12_000 // len(source[0])
    student_page(replace(many, notes=("again",)))
    assert formulas.formula.cache_info().misses == first
