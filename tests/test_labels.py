"""What code is called in tracebacks is what it is called on the page."""

from __future__ import annotations

import json
from pathlib import Path

from grader import assignment, ingest, pipeline
from grader.datatypes import Status
from grader.labels import labels, others
from grader.report.places import place
from grader.roster import Entry

PS4 = Path(__file__).parents[1] / "reference" / "ps4"


def write_up(*parts: tuple[str, str]) -> str:
    return "\n\n".join(f"## {part}\n\nSee:\n\n```python\n{code}\n```" for part, code in parts)


def cell(kind: str, source: str) -> dict[str, object]:
    return {
        "cell_type": kind,
        "source": source,
        "metadata": {},
        **({"outputs": []} if kind == "code" else {}),
    }


def notebook(*cells: dict[str, object]) -> str:
    return json.dumps({"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def read(folder: Path, **files: str):
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return ingest.read(folder, assignment.load(PS4), "ada")


def of_parts(submission) -> dict[str, tuple[str, ...]]:
    return {answer.part: called for answer, called in labels(submission).items() if answer.code}


def test_the_code_of_a_write_up_is_numbered_through(tmp_path: Path) -> None:
    submission = read(tmp_path / "ada", a_md=write_up(("2B", "x = 1"), ("2C", "y = 2"), ("2D", "z = 3")))
    assert of_parts(submission) == {"2B": ("cell 1",), "2C": ("cell 2",), "2D": ("cell 3",)}
    assert others(submission) == ()


def test_a_notebooks_cells_have_their_numbers_and_those_of_no_part_are_there_too(tmp_path: Path) -> None:
    cells = [
        cell("code", "import keras"),
        cell("markdown", "## 2C"),
        cell("code", "x = 1"),
        cell("code", "x = 1"),
    ]
    submission = read(tmp_path / "ada", a_ipynb=notebook(*cells))
    assert of_parts(submission) == {"2C": ("cell 2", "cell 3")}
    assert [(one.label, one.text) for one in others(submission)] == [("cell 1", "import keras")]


def test_a_module_is_there_whole(tmp_path: Path) -> None:
    submission = read(tmp_path / "ada", ps4_py="# 3B\n# 608\nparameter_count = 608\n")
    (module,) = others(submission)
    assert (module.file, module.label) == ("ps4.py", "ps4.py")
    assert module.text.endswith("parameter_count = 608\n")


def graded(path: Path):
    problem_set = assignment.only_parts(assignment.load(PS4), frozenset({"2C"}))
    (part,) = pipeline.grade(Entry("ada", path), problem_set).parts
    return part, next(check for check in part.checks if check.status is Status.CRASHED)


def test_a_traceback_of_a_cell_names_the_label_of_the_code_it_quotes(tmp_path: Path) -> None:
    """Whoever numbers cells where they run, and whoever numbers them for the page, count alike."""
    path = tmp_path / "ada.ipynb"
    code = "def prepare(x, y):\n    return x.nothing"
    path.write_text(
        notebook(cell("code", "import numpy as np"), cell("markdown", "## 2C"), cell("code", code))
    )
    part, check = graded(path)
    found = place(check.traceback)
    assert found
    assert (
        dict(zip(part.labels, part.code, strict=True))[found.label].splitlines()[found.line - 1].strip()
        == found.source
    )
    assert found.source == "return x.nothing"


def test_a_traceback_of_a_module_names_the_module(tmp_path: Path) -> None:
    path = tmp_path / "ps4.py"
    path.write_text("def prepare(x, y):\n    return x.nothing\n")
    _, check = graded(path)
    found = place(check.traceback)
    assert found
    assert (found.label, found.line, found.source) == ("ps4.py", 2, "return x.nothing")
