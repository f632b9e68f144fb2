"""Notebooks: Markdown divided by headings, code cells given to their part, nothing run, nothing lost."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.datatypes import Cell, Source
from grader.ingest import notebook
from grader.ingest.course import course


def md(source, **more):
    return {"cell_type": "markdown", "metadata": {}, "source": source, **more}


def code(source, *outputs):
    return {
        "cell_type": "code",
        "metadata": {},
        "execution_count": 1,
        "source": source,
        "outputs": list(outputs),
    }


def stream(text, name="stdout"):
    return {"output_type": "stream", "name": name, "text": text}


def result(text, **data):
    return {"output_type": "execute_result", "metadata": {}, "data": {"text/plain": text, **data}}


def packed(*cells, **more):
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5} | more)


def by_part(submission):
    return {answer.part: answer for answer in submission.answers}


def test_a_heading_holds_on_into_the_cells_below(submit):
    submission = submit(
        packed(
            md("# Homework 4\nAda"),
            code("import numpy as np"),
            md(["# 2 Depth vs Width\n", "\n", "## Problem B"]),
            code("print(x.shape)", stream("(60000, 28, 28)\n")),
            md("It is a pixel.\n\n## Problem C"),
            code("y = encode(y)"),
            code("y.shape", result("(60000, 10)")),
            md("# 3 Convolutional Neural Networks"),
            md("**Problem B**"),
            md("608, with $a \\\\ b$"),
        ),
        "hw.ipynb",
    )
    found = by_part(submission)
    assert set(found) == {"2B", "2C", "3B"}
    assert (found["2B"].text, found["2B"].code, found["2B"].output) == (
        "It is a pixel.",
        ("print(x.shape)",),
        "(60000, 28, 28)",
    )
    assert found["2C"].code == ("y = encode(y)", "y.shape")
    assert found["2C"].output == "(60000, 10)"
    assert found["3B"].text == "608, with $a \\\\ b$"
    assert {answer.source for answer in found.values()} == {Source.NOTEBOOK}
    assert submission.code[0].cells == (
        Cell(1, "import numpy as np", None),
        Cell(2, "print(x.shape)", "2B"),
        Cell(3, "y = encode(y)", "2C"),
        Cell(4, "y.shape", "2C"),
    )
    assert submission.leftovers == ()


@pytest.mark.parametrize("comment", ["# Problem 2B", "# 2B", "#2.B: load the data", "## Problem 2B - data"])
def test_a_cells_first_comment_names_its_part(submit, comment):
    submission = submit(
        packed(md("## 2A\n\nKeras 3"), code(f"{comment}\nx = 1"), code("x"), md("rest")), "a.ipynb"
    )
    assert [cell.part for cell in submission.code[0].cells] == ["2B", "2B"]
    assert by_part(submission)["2A"].text == "Keras 3"
    assert by_part(submission)["2B"].text.endswith("rest")


@pytest.mark.parametrize(
    "comment", ["# 1. Load the data", "# 2 layers", "# 3D plot", "# (a) first", "# A model", "# B"]
)
def test_other_comments_do_not(submit, comment):
    submission = submit(packed(md("## 2A\n\nKeras 3"), code(f"{comment}\nx = 1")), "a.ipynb")
    assert [cell.part for cell in submission.code[0].cells] == ["2A"]


def test_output_is_what_was_printed_and_no_picture(submit):
    picture = {"output_type": "display_data", "metadata": {}}
    picture["data"] = {"image/png": "iVBORw0KGgo=", "text/plain": "<Figure size 640x480 with 1 Axes>"}
    warning = stream("W0000 oneDNN 1731\n", "stderr")
    bar = stream("\x1b[1m1/2\x1b[0m loss 0.9\r2/2 loss 0.1\n")
    submission = submit(
        packed(md("# 2B"), code("f()", warning, bar, picture, stream("x" * 10**6))), "a.ipynb"
    )
    answer = by_part(submission)["2B"]
    assert answer.images == ()
    assert answer.output.startswith("2/2 loss 0.1\nxxx")
    assert len(answer.output) <= notebook.MAX_OUTPUT


def test_pictures_a_student_pasted_are_listed(submit):
    pasted = {"xor.png": {"image/png": "iVBORw0KGgo="}}
    submission = submit(packed(md("## 1B\n\n![xor.png](attachment:xor.png)", attachments=pasted)), "a.ipynb")
    assert by_part(submission)["1B"].images == ("xor.png",)
    assert by_part(submission)["1B"].text == ""


def test_output_without_its_code_is_for_a_person(submit):
    submission = submit(packed(md("## 3B"), code("", stream("608")), code("x = 1")), "a.ipynb")
    assert [(left.reason, left.text) for left in submission.leftovers] == [
        ("code cell 1 has output and no code", "608")
    ]
    assert submission.code[0].cells == (Cell(2, "x = 1", "3B"),)


def test_raw_cells_are_text_and_missing_fields_cost_nothing(submit):
    cells = [{"cell_type": "raw", "source": "3B: 608"}, {"cell_type": "code", "source": ["x = ", "1"]}]
    submission = submit(json.dumps({"cells": cells}), "a.ipynb")
    assert by_part(submission)["3B"].text == "608"
    assert submission.code[0].cells[0].code == "x = 1"


def test_prose_without_headings_is_a_leftover_and_code_is_kept(submit):
    submission = submit(
        packed(md("I think that the answer is 608."), code("parameter_count = 608")), "a.ipynb"
    )
    assert "608" in submission.leftovers[0].text
    assert submission.code[0].cells == (Cell(1, "parameter_count = 608"),)


def test_an_old_notebook_is_brought_up_to_date(submit):
    cells = [
        {"cell_type": "heading", "level": 2, "metadata": {}, "source": "Problem 3B"},
        {"cell_type": "markdown", "metadata": {}, "source": "608"},
        {
            "cell_type": "code",
            "collapsed": False,
            "input": "f()",
            "language": "python",
            "metadata": {},
            "outputs": [{"output_type": "stream", "stream": "stdout", "text": "ok"}],
            "prompt_number": 1,
        },
    ]
    old = {
        "metadata": {"name": ""},
        "nbformat": 3,
        "nbformat_minor": 0,
        "worksheets": [{"cells": cells, "metadata": {}}],
    }
    answer = by_part(submit(json.dumps(old), "old.ipynb"))["3B"]
    assert (answer.text, answer.code, answer.output) == ("608", ("f()",), "ok")


WHOLE = packed(md("# 3B\n608"), code("x = 1"))
BROKEN = {
    "cut short": WHOLE[:-20],
    "a web page": "<!DOCTYPE html><html><body>3B 608</body></html>",
    "brackets": "[" * 100_000,
    "braces": '{"cells":' * 50_000,
    "a list": "[1, 2]",
    "a number": "608",
    "no cells": "{}",
    "cells of another kind": '{"cells": 3}',
    "a cell that is none": '{"cells": [3]}',
    "old and broken": '{"nbformat": 3, "worksheets": [3]}',
    "old and empty": '{"nbformat": 3, "worksheets": {"cells": 1}}',
    "an unknown format": '{"nbformat": 99, "worksheets": []}',
    "digits": '{"cells": [], "x": ' + "9" * 5000 + "}",
    "not even text": b"\x89PNG\r\n\x1a\n\x00\x00",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_notebook_is_one_leftover(submit, name):
    submission = submit(BROKEN[name], "hw.ipynb")
    assert (submission.answers, submission.code) == ((), ())
    assert len(submission.leftovers) == 1
    assert "could not be read" in submission.leftovers[0].reason


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "cells",
                    "source",
                    "cell_type",
                    "outputs",
                    "text",
                    "data",
                    "text/plain",
                    "attachments",
                    "worksheets",
                    "name",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(JSON, max_size=5), st.sampled_from(["cells", "worksheets"]), st.integers(0, 5))
def test_any_json_is_read_or_a_leftover(homework, values, key, version):
    data = json.dumps({key: values, "nbformat": version}).encode()
    found = notebook.read(data, "x.ipynb", course(homework))
    for leftover in found.leftovers:
        leftover.text.encode("utf-8")


def test_an_empty_notebook_is_nothing(submit):
    submission = submit(packed(), "a.ipynb")
    assert (submission.answers, submission.code, submission.leftovers) == ((), (), ())
