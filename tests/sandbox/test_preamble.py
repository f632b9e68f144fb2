"""What an excerpt in a write-up takes from outside: the course's imports, the official arrays."""

from __future__ import annotations

import pytest

from grader.datatypes import Cell, CodeFile, Source
from grader.sandbox.preamble import official_of


def names(*codes: str, source: Source = Source.WRITEUP) -> list[str]:
    cells = tuple(Cell(number, code) for number, code in enumerate(codes, start=1))
    return sorted(official_of(CodeFile(source, "ps4.md", cells)))


@pytest.mark.parametrize(
    ("codes", "taken"),
    [
        (["model.fit(X_train, Y_train)"], ["X_train", "Y_train"]),
        (["(X_train, y_train), _ = mnist.load_data()\nmodel.fit(X_train, y_train)"], []),
        (["x_train = x_train / 255"], ["x_train"]),
        (["(x_train, y_train), (x_test, y_test) = load()", "fit(x_train, y_train)", "score(x_test)"], []),
        (["def mlp(x_train, y_train):\n    return x_train, y_train"], []),
        (["%matplotlib inline\n(x_train, y_train), _ = load()\nfit(x_train)"], []),
        (["fit(train_images, train_labels)"], ["train_images", "train_labels"]),
        (["this is no Python: x_train"], []),
        (["print('x_train')"], []),
    ],
)
def test_the_usual_names_are_taken_where_nothing_gave_them_a_value(codes, taken) -> None:
    assert names(*codes) == taken


@pytest.mark.parametrize("source", [Source.MODULE, Source.NOTEBOOK])
def test_a_module_and_a_notebook_are_whole_and_are_given_nothing(source) -> None:
    assert names("model.fit(x_train, y_train)", source=source) == []
