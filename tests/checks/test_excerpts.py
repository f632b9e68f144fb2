"""Code in a write-up is an excerpt: what it leaves out is not held against its units and layers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader import assignment, pipeline
from grader.datatypes import CheckResult, Status
from grader.roster import Entry

PS4 = Path(__file__).parents[2] / "reference" / "ps4"
NETWORK = """
model = Sequential()
model.add(Dense({units}, activation='relu', input_shape=(784,)))
model.add(Dense(10, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer='adam', metrics=['accuracy'])
model.fit(X_train, {labels}, epochs=2, batch_size=64)
"""


@pytest.fixture
def graded(tmp_path: Path) -> Callable[[str], list[CheckResult]]:
    """Return what grades the code under 2D of a write-up, on the stand-in."""

    def grade(code: str) -> list[CheckResult]:
        path = tmp_path / "ps4.md"
        path.write_text(f"## 2D\n\nA network.\n\n```python\n{code}\n```\n")
        problem_set = assignment.only_parts(assignment.load(PS4), frozenset({"2D"}))
        return list(pipeline.grade(Entry("ada", path), problem_set).parts[0].checks)

    return grade


@pytest.mark.slow
@pytest.mark.parametrize("labels", ["Y_train", "y_train"])
def test_units_and_layers_are_graded_without_the_lines_that_load_the_data(graded, labels) -> None:
    units, layers, accuracy = graded(NETWORK.replace("{units}", "100").replace("{labels}", labels))
    assert (units.status, layers.status) == (Status.PASSED, Status.PASSED)
    assert units.measured == {"hidden_units": 100}
    assert accuracy.status is Status.PENDING
    assert f"names that your excerpt does not define (X_train, {labels}) were taken as" in units.notes[0]


@pytest.mark.slow
def test_one_unit_too_many_is_one_too_many_in_an_excerpt(graded) -> None:
    units, *_ = graded(NETWORK.replace("{units}", "101").replace("{labels}", "Y_train"))
    assert units.status is Status.FAILED


@pytest.mark.slow
def test_what_an_excerpt_prepares_itself_is_taken_as_it_is(graded) -> None:
    code = "X_train = X_train.reshape(-1, 784) / 255\nY_train = to_categorical(y_train)\n" + NETWORK.replace(
        "{units}", "100"
    ).replace("{labels}", "Y_train")
    units, _, accuracy = graded(code)
    assert "(X_train, y_train) were taken" in units.notes[0]
    assert "raw 0–255 pixels" not in accuracy.message


@pytest.mark.slow
def test_an_excerpt_that_stops_says_so_without_cells(graded) -> None:
    units, *_ = graded("model.fit(images_of_mine, X_train)")
    assert units.status is Status.PENDING
    assert (
        "The network of the code under 2D in ps4.md was not trained: it stopped: NameError" in units.message
    )
    assert "cell" not in units.message


@pytest.mark.parametrize(
    ("code", "there", "lacks"),
    [
        ("", "there is no code under 2D in what was handed in", "no code was found: hand it in"),
        (
            "```python\nunits = 100\n```\n",
            "no `model.fit` call was found in the code under 2D",
            "no `model.fit` call was found in your code: hand it in",
        ),
    ],
)
def test_no_network_is_said_to_be_none(tmp_path: Path, code: str, there: str, lacks: str) -> None:
    path = tmp_path / "ps4.md"
    path.write_text(f"## 2D\n\nI had 100 units.\n\n{code}")
    problem_set = assignment.only_parts(assignment.load(PS4), frozenset({"2D"}))
    check = pipeline.grade(Entry("ada", path), problem_set).parts[0].checks[0]
    told = f"o network was found under 2D or as `mlp_100`: {there}"
    assert check.message == f"N{told}. A person looks."
    assert check.attention == (f"2D: n{told}",)
    assert check.lacks == lacks
