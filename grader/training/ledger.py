"""one student's code asking for `fit` -> Fits: what was asked, and what we trained for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from grader.datasets import BadData, Dataset, known
from grader.sandbox import Refusal
from grader.sandbox.models import Model
from grader.training.recipe import BadRecipe, Recipe, recipe_of, uses_test_images
from grader.training.result import TrainingResult

FIRST_SEED = 1
MOST_FITS = 60  # of one file of code: a sweep of ten and three networks, several times over
Asked = Mapping[str, Any]


@dataclass(frozen=True)
class Fit:
    """One call of `fit`. `cell` is where in the code it stood, `model` the network as it was asked for."""

    number: int
    recipe: Recipe
    model: Model
    result: TrainingResult
    cell: int
    before: Fit | None = None
    same_optimizer: bool = False
    assigned: bool = False  # whether the student's code had put weights there, which were not used

    @property
    def chain(self) -> tuple[Fit, ...]:
        """The fit itself and those it went on from, the first one first."""
        return (*(self.before.chain if self.before else ()), self)


class Ledger:
    """Trains what one file of code asks for, and keeps account of it."""

    def __init__(self, data: str = "") -> None:
        self._asked = data  # where the data lie, as `datasets.known` takes it
        self.cell: Callable[[], int] = lambda: 0  # which cell is being run
        self.fits: list[Fit] = []

    @property
    def handlers(self) -> Mapping[str, Callable[[object], object]]:
        """What a runner may ask for."""
        return {"data": self._data, "fit": self._fit}

    def of(self, weights: Sequence[np.ndarray[Any, Any]]) -> Fit | None:
        """Return the fit that these very weights came from, the latest; None for any others."""
        for fit in reversed(self.fits):
            ours = fit.result.weights
            if len(ours) == len(weights) and all(map(np.array_equal, ours, weights)):
                return fit
        return None

    def _data(self, _: object) -> object:
        try:
            return dict(known(self._asked).arrays)
        except BadData as problem:
            raise Refusal(str(problem)) from None

    def _fit(self, asked: object) -> object:
        if not isinstance(asked, dict) or len(self.fits) >= MOST_FITS:
            raise Refusal(f"more than {MOST_FITS} trainings, or one that is not described")
        data = known(self._asked)
        first, rest = len(data.arrays["x_train"]), len(data.arrays["x_test"])
        try:
            recipe, model = recipe_of(asked, first + rest)
        except BadRecipe as bad:
            raise Refusal(str(bad)) from None
        number = asked.get("continues")
        before = self.fits[number] if type(number) is int and 0 <= number < len(self.fits) else None
        if before and before.recipe.network != recipe.network:
            before = None
        same = asked.get("same_optimizer") is True
        result = trained(recipe, data, FIRST_SEED, before.result if before else None, same_optimizer=same)
        fit = Fit(
            len(self.fits), recipe, model, result, self.cell(), before, same, asked.get("assigned") is True
        )
        self.fits.append(fit)
        return _answer(fit)


def trained(
    recipe: Recipe,
    data: Dataset,
    seed: int,
    before: TrainingResult | None = None,
    *,
    same_optimizer: bool = False,
) -> TrainingResult:
    """Train a recipe from a seed, or on from a result."""
    trainer = _trainer(recipe.key(), _Held(recipe), data)
    result: TrainingResult = trainer.train(seed, before, same_optimizer=same_optimizer)
    return result


def again(fit: Fit, data: Dataset, seed: int) -> TrainingResult:
    """Train what a fit and those before it asked for once more, from another seed."""
    result: TrainingResult | None = None
    for one in fit.chain:
        result = trained(one.recipe, data, seed, result, same_optimizer=one.same_optimizer)
    assert result is not None
    return result


def scaled_to_one(fit: Fit) -> Fit | None:
    """Return the same fit on pixels divided by 255, None where they were not left as they are."""
    views = [view for view in (fit.recipe.images, fit.recipe.validation) if view is not None]
    if any((view.divide, view.add) != (1.0, 0.0) for view in views):
        return None
    images, *validation = [replace(view, divide=255.0) for view in views]
    recipe = replace(fit.recipe, images=images, validation=validation[0] if validation else None)
    before = scaled_to_one(fit.before) if fit.before else None
    return replace(fit, recipe=recipe, before=before)


def trained_on_test_images(fit: Fit, data: Dataset) -> bool:
    """Return whether the network, or one that it goes on from, was trained on test images."""
    return any(uses_test_images(one.recipe, len(data.arrays["x_train"])) for one in fit.chain)


@dataclass(frozen=True)
class _Held:
    """A recipe that is told apart by its key alone."""

    recipe: Recipe

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=4)
def _trainer(_key: str, held: _Held, data: Dataset) -> Any:
    from grader.training.trainer import Trainer

    return Trainer(held.recipe, data)


def _answer(fit: Fit) -> dict[str, Any]:
    result = fit.result
    return {
        "number": fit.number,
        "weights": list(result.weights),
        "history": {name: list(values) for name, values in result.history.items()},
        "epochs": list(result.epochs),
        "iterations": int(result.optimizer[0]),
        "callbacks": [dict(state) for state in result.callbacks],
    }
