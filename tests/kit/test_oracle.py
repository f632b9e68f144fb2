"""Nobody learns an answer by asking the public checks: right and wrong of a kind are told the same."""

import importlib
import itertools
import sys
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from grader.checks.verdict import Failed, Pending, Verdict
from tests.kit import answers


class Given:
    """An answer that is a value of the kind that a check asks for."""

    text = ""

    def __init__(self, value: object) -> None:
        self.value = value

    def _asked(self, *_: object, **__: object) -> Any:
        return self.value

    integer = shape = matrices = _asked

    def network(self, *_: object, **__: object) -> tuple[object, ...]:
        return ()

    def shapes(self, *_: object) -> tuple[object, ...]:
        return (self.value,)

    def if_readable(self, read: Any) -> Any:
        return read()

    def noted(self, _: str) -> bool:
        return False

    def has(self, _: str) -> bool:
        return False


@pytest.fixture(scope="module")
def public(ps4_kit: Path) -> Any:
    """Import the kit's own check files, as a package of their own."""
    package = ModuleType("checks_of_the_kit")
    package.__path__ = [str(ps4_kit / "checks")]
    sys.modules["checks_of_the_kit"] = package
    return lambda name: importlib.import_module(f"checks_of_the_kit.{name}")


def told(check: Any, values: Iterable[object]) -> dict[object, str]:
    """Return what a check says to each value; '' where it passes."""
    return {value: _said(check, value) for value in values}


def _said(check: Any, value: object) -> str:
    try:
        check(Given(value), Verdict())
    except (Failed, Pending) as said:
        return f"{type(said).__name__}: {said}"
    return ""


def like_the_right_one(said: dict[object, str], right: object) -> list[object]:
    """Return the values to which the same is said as to the right one, which is not that it passes."""
    assert said[right].startswith("Pending: Ready to hand in")
    assert "" not in said.values(), "a value passes, though only an answer could tell that it is right"
    return [value for value, words in said.items() if words == said[right]]


def test_a_number_of_parameters_is_one_of_many(public: Any) -> None:
    said = told(public("test_convolution").test_parameter_count, range(1, 4000))
    alike = like_the_right_one(said, answers.expected()["3B"])
    assert len(alike) >= 100


def test_a_shape_is_one_of_many(public: Any) -> None:
    shapes = [(side, side, depth) for side in range(1, 40) for depth in range(1, 100)]
    said = told(public("test_convolution").test_output_shape, shapes)
    assert len(like_the_right_one(said, answers.expected()["3C"])) >= 1000


def test_a_number_of_images_is_one_of_many(public: Any) -> None:
    images, rows, columns = answers.expected()["2B"]  # type: ignore[misc]
    said = told(
        public("test_data").test_training_shape,
        [(n, rows, columns) for n in range(images - 500, images + 500)],
    )
    assert len(like_the_right_one(said, (images, rows, columns))) == len(said)


def test_a_number_of_layers_is_one_of_many(public: Any) -> None:
    said = told(public("test_small_networks").test_xor_layers, range(1, 50))
    assert len(set(said.values())) == 1


@pytest.mark.parametrize(("check", "part", "least"), [("average_pooled", "3D", 20), ("max_pooled", "3E", 10)])
def test_pooled_matrices_are_some_of_many(public: Any, check: str, part: str, least: int) -> None:
    """Whole turns of any first matrix: what the statement's own symmetry leaves open."""
    quarters = [Fraction(n, 4) for n in range(5)]
    first = ((one[:2], one[2:]) for one in itertools.product(quarters, repeat=4))
    right = tuple(tuple(map(tuple, matrix)) for matrix in answers.expected()[part])  # type: ignore[attr-defined]
    said = told(getattr(public("test_pooling"), f"test_{check}"), [*map(turned, first), right])
    assert len(like_the_right_one(said, right)) >= least


def turned(matrix: Any) -> tuple[Any, ...]:
    """Return a matrix and what it is after one, two and three quarter turns."""
    four = [matrix]
    for _ in range(3):
        four.append(tuple(zip(*reversed(four[-1]), strict=True)))
    return tuple(four)
