"""An answer is found wherever it stands; the order of precedence decides and staff hear of differences."""

import json

from grader.datatypes import Status


def notebook(*cells: tuple[str, str]) -> str:
    made = [
        {"cell_type": kind, "metadata": {}, "source": text, "id": f"c{n}"}
        for n, (kind, text) in enumerate(cells)
    ]
    for cell in made:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def test_the_module_decides_before_the_write_up_and_staff_hear_of_it(how_many) -> None:
    result = how_many(answers__md="## 1A\nThere are 12.\n", lab__py="how_many = 7")
    assert result.status is Status.PASSED
    assert result.attention == ("1A: lab.py says 7, answers.md says 12: module goes first",)


def test_two_that_agree_are_no_news(how_many) -> None:
    assert how_many(answers__md="## 1A\nThere are 7.\n", lab__py="how_many = 7").attention == ()


def test_the_notebook_decides_before_the_write_up(how_many) -> None:
    result = how_many(
        answers__md="## 1A\n12\n", work__ipynb=notebook(("markdown", "## 1A"), ("code", "how_many = 7"))
    )
    assert (result.status, result.actual) == (Status.PASSED, "7")


def test_a_notebooks_words_count_where_it_has_no_name(how_many) -> None:
    assert how_many(work__ipynb=notebook(("markdown", "## 1A\nThere are 7."))).status is Status.PASSED


def test_a_module_that_crashes_leaves_the_write_up_to_answer(how_many) -> None:
    result = how_many(answers__md="## 1A\n7\n", lab__py="1 / 0")
    assert result.status is Status.PASSED
    assert "answers.md" in result.attention[0]


def test_what_code_in_a_write_up_assigns_is_read_and_not_run(how_many) -> None:
    text = "## 1A\n```python\nopen('grader-was-here', 'w')\nhow_many = (5 + 2) * 1\n```\n"
    assert how_many(answers__md=text).status is Status.PASSED


def test_what_a_cell_printed_can_pass_but_not_fail(hand_in, tmp_path) -> None:
    cell = {
        "cell_type": "code", "metadata": {}, "source": "print(count)", "execution_count": 1, "id": "a",
        "outputs": [{"output_type": "stream", "name": "stdout", "text": "12\n"}],
    }  # fmt: skip
    heading = {"cell_type": "markdown", "metadata": {}, "source": "## 1A", "id": "b"}
    text = json.dumps({"cells": [heading, cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    result = hand_in(work__ipynb=text).results[0]
    assert result.status is Status.PENDING


def test_a_picture_is_for_a_person(how_many) -> None:
    result = how_many(answers__md="## 1A\n![](drawing.png)\n")
    assert result.status is Status.PENDING
    assert "picture" in result.message


def test_what_was_understood_is_kept_for_the_page(hand_in) -> None:
    checked = hand_in(answers__md="## 1A\nThere are 7.\n")
    (read,) = checked.reads["1A"]
    assert (read.source, read.file, read.read_as) == ("write-up", "answers.md", "7")


def test_a_name_left_as_the_starter_has_it_is_not_answered(how_many) -> None:
    assert how_many(lab__py="how_many = None").status is Status.MISSING


def test_a_name_left_open_in_a_notebook_is_not_answered(how_many) -> None:
    text = notebook(("markdown", "## 1A"), ("code", "how_many = None"))
    assert how_many(work__ipynb=text).status is Status.MISSING


def test_a_formula_is_compared_and_not_evaluated(how_many) -> None:
    checks = """
    def test_how_many(answer, verdict):
        if answer.same(answer.expression("how_many"), "8*(k^2*c + 1)") is not True:
            verdict.fail("another formula")
    """
    assert how_many(checks, answers__md="## 1A\n$8 \\cdot c k^2 + 8$\n").status is Status.PASSED


def test_what_was_looked_for_and_what_was_found_instead_is_said(how_many) -> None:
    result = how_many(answers__md="## 1A\n```python\nx = 1\n```\n")
    assert result.status is Status.PENDING
    told = "o whole number was found under 1A or as `how_many`: only code stands there"
    assert (result.message, result.attention) == (f"N{told}. A person looks.", (f"1A: n{told}",))


def test_what_cannot_be_read_is_said_to_be_looked_for(how_many) -> None:
    (line,) = how_many(answers__md="## 1A\nquite a few\n").attention
    assert line.startswith("1A: no whole number could be read under 1A or as `how_many`: ")
