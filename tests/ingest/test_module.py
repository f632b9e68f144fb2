"""Modules: the code is kept as text, answers come from comments and docstrings, nothing is run."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.datatypes import Source
from grader.ingest import module
from grader.ingest.course import course

SOURCE = r'''"""Homework 4 of Ada.

Problem 1A

The gradient is \\ zero.
"""
# Some words about imports.
import numpy as np

# Problem 3B
# There are 76 for each
# of 8 filters: 608
parameter_count = 608  # 3C: not here

# Problem 3C
output_shape = (28, 28, 8)
# explains the code, not the problem


def versions():
    """Problem 2A: Keras 3.1"""
    return "# Problem 2B"
'''


def test_answers_stand_in_comments_and_docstrings(submit):
    submission = submit(SOURCE, "hw.py")
    found = {answer.part: answer.text for answer in submission.answers}
    assert found == {
        "1A": r"The gradient is \\ zero.",
        "3B": "There are 76 for each\nof 8 filters: 608",
        "2A": "Keras 3.1",
    }
    assert {(a.source, a.code, a.output) for a in submission.answers} == {(Source.MODULE, (), "")}
    assert submission.code[0].cells[0].code == SOURCE
    assert submission.code[0].cells[0].number == 1
    assert submission.leftovers == ()


def test_percent_cells_are_comments_too(submit):
    submission = submit("# %%\nx = 1\n# %% [markdown]\n# ## Problem 3B\n#\n# 608\n# %%\ny = 2\n", "hw.py")
    assert [(answer.part, answer.text) for answer in submission.answers] == [("3B", "608")]


@pytest.mark.parametrize(
    "source", ["def f(:\n", "x = (\n", "'''", "\tx\n  y\n", "return\n$", "\\", "x = 0777"]
)
def test_a_module_that_does_not_parse_is_kept(submit, source):
    submission = submit("# 3B: 608\n" + source, "hw.py")
    assert [(answer.part, answer.text) for answer in submission.answers] == [("3B", "608")]
    assert submission.code[0].cells[0].code == "# 3B: 608\n" + source


def test_nothing_is_run(submit, tmp_path):
    submission = submit(f"open({str(tmp_path / 'marker')!r}, 'w')\nraise SystemExit\n", "hw.py")
    assert len(submission.code) == 1
    assert not (tmp_path / "marker").exists()


def test_a_module_in_another_encoding_is_read_and_said(submit):
    submission = submit("# caf\xe9\nx = 1\n".encode("latin-1"), "hw.py")
    assert "café" in submission.code[0].cells[0].code
    assert submission.notes == ("hw.py: read as Windows-1252",)


@pytest.mark.parametrize(
    "source",
    [
        "(" * 100_000,
        "-" * 100_000,
        "x = '''" + "a\n" * 140_000,
        "# 3B\n" * 50_000,
        "1+" * 100_000,
        "\x00" * 99,
    ],
)
def test_hostile_modules_come_to_an_end(submit, source):
    submission = submit(source, "hw.py")
    assert [cell.code for file in submission.code for cell in file.cells] == [source] * (
        source != "\x00" * 99
    )


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            ["# 3B", "# x", '"""', "'''", "def f():", "  ", "(", "\n", "\t", "y", "\\", '"', "f'{"]
        )
    )
)
def test_any_module_is_read(homework, pieces):
    source = "".join(pieces)
    found = module.read(source.encode(), "x.py", course(homework))
    assert [cell.code for file in found.code for cell in file.cells] == ([source] if source.strip() else [])
