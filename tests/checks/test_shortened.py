"""With --parts a notebook's last cells are left out only where no check could see the difference."""

import inspect
from pathlib import Path

import pytest

from grader import assignment as assignments
from grader.checks.evidence import Evidence
from grader.checks.shortened import ASKS, shortened
from grader.datatypes import Cell, CodeFile, Source

PS4 = assignments.load(Path(__file__).parents[2] / "reference" / "ps4")
ASKED = assignments.only_parts(PS4, frozenset({"2B"}))


def run(*cells: tuple[str, str | None], source: Source = Source.NOTEBOOK, asked=ASKED) -> int:
    """Return how many of these cells are run."""
    code = CodeFile(source, "a", tuple(Cell(n, text, part) for n, (text, part) in enumerate(cells, 1)))
    return len(shortened(code, asked).cells)


ANSWER = ("training_shape = x_train.shape", "2B")


def test_cells_of_other_parts_below_the_last_one_are_left_out() -> None:
    fits = "model = Sequential([Dense(10)])\nmodel.fit(x_train, y_train)\nplt.show()"
    assert run(("import numpy as np", None), ANSWER, (fits, "2D"), ("%matplotlib inline\nx = 1", "3G")) == 2


def test_without_parts_and_in_modules_all_is_run() -> None:
    cells = (ANSWER, ("model = 1", "2D"))
    assert run(*cells, asked=PS4) == 2
    assert run(*cells, source=Source.MODULE) == 2


@pytest.mark.parametrize(
    "below",
    [
        "training_shape = (1,)",
        "training_shape += (1,)",
        "del training_shape",
        "print(training_shape)",  # a method called on it may change it
        "for training_shape in []: pass",
        "def prepare(x, y): pass",
        "class mlp_100: pass",
        "import os as versions",
        "from answers import *",
        "with open('x') as xor_layers: pass",
        "(parameter_count := 3)",
        "try: pass\nexcept OSError as output_shape: pass",
        "match 1:\n    case average_pooled: pass",
        "match {}:\n    case {**max_pooled}: pass",
        "def f():\n    global training_shape\n    training_shape = 1\nf()",
        "globals()['training_shape'] = 1",
        "exec(text)",
        "setattr(sys.modules['__main__'], name, 1)",
        "this is no Python",
    ],
)
def test_a_cell_that_may_change_an_answer_is_run(below: str) -> None:
    assert run(ANSWER, (below, "3G"), ("model = 1", "3G")) == 2


@pytest.mark.parametrize("below", ["scale = 2", "scale[0] = 2", "scale.a = 2", "def scale(x): return x"])
def test_a_cell_that_a_function_above_looks_up_is_run(below: str) -> None:
    above = ("def prepared(x):\n    return [scale * y for y in x]", "2B")
    assert run(above, (below, "3G")) == 2
    assert run(("def prepared(x, scale):\n    return scale * x", "2B"), (below, "3G")) == 1


def test_a_cell_under_no_heading_is_run() -> None:
    assert run(ANSWER, ("model = 1", None)) == 2


def test_where_a_cell_above_cannot_be_read_all_is_run() -> None:
    assert run(("x = %time f()", None), ANSWER, ("model = 1", "3G")) == 3


def test_of_a_write_up_nothing_below_is_run() -> None:
    cells = (ANSWER, ("training_shape = 1", "2D"))
    assert run(*cells, source=Source.WRITEUP) == 1
    assert run(("model = 1", "2D"), source=Source.WRITEUP) == 0


def test_every_method_by_which_a_check_asks_for_a_name_is_known() -> None:
    asking = {
        name
        for name, method in vars(Evidence).items()
        if callable(method) and not name.startswith("_") and "name" in inspect.signature(method).parameters
    }
    assert not [name for name in asking - {"absent"} if not ASKS.search(f"answer.{name}('x')")]
