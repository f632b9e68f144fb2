"""one student's code asking for `fit` -> Fits: what was asked, and what we trained for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.datasets import BadData, Dataset, known
from grader.datatypes import Limits
from grader.sandbox import Refusal
from grader.sandbox.models import Model
from grader.sandbox.models import model as model_of
from grader.sandbox.settings import Forbidden
from grader.training import once
from grader.training.budget import Budget
from grader.training.compiled import BadRecipe
from grader.training.once import Step, Steps
from grader.training.recipe import Recipe, View, misfit, recipe_for, recipe_of, uses_test_images
from grader.training.result import TrainingResult
from grader.training.seeds import FIRST_SEED
from grader.training.size import Size, size_of

WHITE = 255.0
MOST_FITS = 60  # of one file of code: a sweep of ten and three networks, several times over
MOST_ASKED = 200  # those that were refused counted in: looking at each takes time of ours
MOST_KEPT = 512 << 20  # bytes of weights of one file of code
DIGITS = 10
Asked = Mapping[str, Any]


@dataclass(frozen=True)
class Fit:
    """One call of `fit`. `cell` is where in the code it stood, `model` the network as it was asked for."""

    number: int
    steps: Steps  # those it went on from, and itself
    model: Model
    size: Size
    result: TrainingResult
    cell: int
    accuracy: tuple[float, ...]  # of our test images, after each epoch of all steps
    assigned: bool = False  # whether the student's code had put weights there, which were not used
    short: int = 0  # epochs that were asked for, of all steps, and not in the budget

    @property
    def recipe(self) -> Recipe:
        """What was asked for last."""
        return self.steps[-1].recipe

    @property
    def best(self) -> float:
        """The highest test accuracy after any epoch."""
        return max(self.accuracy, default=0.0)


@dataclass(frozen=True)
class Foreign:
    """A training in the student's own process: why it is no recipe, and the network if it could be told."""

    why: str
    model: Model | None
    cell: int


class Ledger:
    """Trains what one file of code asks for, and keeps account of it."""

    def __init__(self, data: str = "", budget: Budget | None = None) -> None:
        self._asked = data  # where the data lie, as `datasets.known` takes it
        self._budget = budget or Budget(Limits())
        self.cell: Callable[[], int] = lambda: 0  # which cell is being run
        self.enough: float | None = None  # the test accuracy after which a training need not go on
        self.fits: list[Fit] = []
        self._times = 0
        self.foreign: list[Foreign] = []

    @property
    def handlers(self) -> Mapping[str, Callable[[object], object]]:
        """What a runner may ask for."""
        return {"data": self._data, "fit": self._fit, "train": self._leave, "trained": self._took}

    def of(self, weights: Sequence[np.ndarray[Any, Any]]) -> Fit | None:
        """Return the fit that these very weights came from, the latest; None for any others."""
        for fit in reversed(self.fits):
            if any(_same(ours, weights) for ours in (fit.result.weights, fit.result.checkpoint)):
                return fit
        return None

    def train(self, model: Model, epochs: int, batch_size: int, enough: float | None) -> Fit:
        """Train a network that code compiled, on the official images from 0 to 1. Raises BadRecipe."""
        data = known(self._asked)
        rows = np.arange(len(data.arrays["x_train"]), dtype=np.int32)
        shape = tuple(data.arrays["x_train"].shape[1:])
        recipe = recipe_for(model, View(rows, (*shape, 1), WHITE, 0.0, ""), epochs, batch_size)
        fit = self._trained(recipe, model, None, data, enough)
        self.fits.append(fit)
        return fit

    def _data(self, _: object) -> object:
        try:
            return dict(known(self._asked).arrays)
        except BadData as problem:
            raise Refusal(str(problem)) from None

    def _leave(self, _: object) -> object:
        """Allow a training that is no recipe; how long it may take is the sandbox's business."""
        return True

    def _took(self, told: object) -> object:
        """Keep what came of a training in the student's own process: nobody vouches for it."""
        if isinstance(told, dict):
            network: Model | None = None
            if told.get("network") is not None:
                with suppress(Forbidden):
                    network = model_of(told["network"])
            told_of = Foreign(str(told.get("why"))[:300], network, self.cell())
            self.foreign = _bounded([*self.foreign[-MOST_FITS:], told_of])
        return True

    def _fit(self, asked: object) -> object:
        try:
            self._times += 1
            if not isinstance(asked, dict) or len(self.fits) >= MOST_FITS or self._times > MOST_ASKED:
                raise BadRecipe(  # noqa: TRY301 (told like any other)
                    f"more than {MOST_FITS} trainings, or one that is not described"
                )
            fit = self._done(asked, known(self._asked))
        except BadRecipe as bad:
            raise Refusal(str(bad)) from None
        self.fits.append(fit)
        return _answer(fit)

    def _done(self, asked: Asked, data: Dataset) -> Fit:
        """Check what was asked for and train it, as far as the budget goes. Raises BadRecipe."""
        train, test = len(data.arrays["x_train"]), len(data.arrays["x_test"])
        recipe, model = recipe_of(asked, train + test)
        before = self._before(asked, recipe)
        same, assigned = asked.get("same_optimizer") is True, asked.get("assigned") is True
        fit = self._trained(recipe, model, before, data, self.enough, same_optimizer=same)
        return replace(fit, assigned=assigned or (before is not None and before.assigned))

    def _trained(
        self,
        recipe: Recipe,
        model: Model,
        before: Fit | None,
        data: Dataset,
        enough: float | None,
        *,
        same_optimizer: bool = False,
    ) -> Fit:
        size = size_of(recipe)
        self._budget.admit(size, recipe.batch_size)
        _fits(recipe, size)
        measured_on = len(data.arrays["x_test"]) + _rows(recipe)
        teraflop = size.epoch(len(recipe.images.rows), measured_on, recipe.batch_size)
        wanted = max(recipe.epochs - recipe.initial_epoch, 0)
        epochs = self._budget.epochs(wanted, teraflop)
        if wanted and not epochs:
            raise BadRecipe(f"the budget for trainings is used up ({self._budget})")
        recipe = replace(recipe, epochs=recipe.initial_epoch + epochs)
        steps = (*(before.steps if before else ()), Step(recipe, same_optimizer))
        kept = 4 * (size.parameters + sum(fit.size.parameters for fit in self.fits))
        if kept > MOST_KEPT:
            raise BadRecipe(f"all networks together have more than {MOST_KEPT >> 20} MB of weights")
        result = once.train(steps, data, FIRST_SEED, enough, seconds=self._budget.seconds(teraflop, epochs))
        result = replace(result, optimizer=result.optimizer[:1])  # who goes on from it has the cache
        self._budget.spend(len(result.epochs), teraflop, size.written)
        accuracy = (*(before.accuracy if before else ()), *result.accuracy)
        short = (before.short if before else 0) + (wanted - epochs if len(result.epochs) == epochs else 0)
        return Fit(len(self.fits), steps, model, size, result, self.cell(), accuracy, short=short)

    def _before(self, asked: Asked, recipe: Recipe) -> Fit | None:
        """Return the fit that this one goes on from: with the same network, or it is none of ours."""
        number = asked.get("continues")
        before = self.fits[number] if type(number) is int and 0 <= number < len(self.fits) else None
        return before if before and before.recipe.network == recipe.network else None


def _bounded(foreign: list[Foreign]) -> list[Foreign]:
    """Keep the weights of the last networks only, as many as there is room for."""
    left, bounded = MOST_KEPT, []
    for one in reversed(foreign):
        left -= sum(array.nbytes for array in one.model.weights) if one.model else 0
        bounded.append(one if left >= 0 else replace(one, model=None))
    return bounded[::-1]


def measured(fit: Fit, data: Dataset, seed: int, enough: float | None = None) -> tuple[float, ...]:
    """Train what a fit and those before it asked for from a seed; return the test accuracy after each epoch.

    Raises BadRecipe.
    """
    return tuple(once.best_of(fit.steps, data, seed, enough))


def trained_on_test_images(fit: Fit, data: Dataset) -> bool:
    """Return whether the network, or one that it goes on from, was trained on test images."""
    return any(uses_test_images(step.recipe, len(data.arrays["x_train"])) for step in fit.steps)


def _same(ours: Sequence[np.ndarray[Any, Any]], weights: Sequence[np.ndarray[Any, Any]]) -> bool:
    pairs = zip(ours, weights, strict=False)  # NaN is what a training that went wrong leaves
    return (
        bool(ours)
        and len(ours) == len(weights)
        and all(np.array_equal(a, b, equal_nan=True) for a, b in pairs)
    )


def _rows(recipe: Recipe) -> int:
    return 0 if recipe.validation is None else len(recipe.validation.rows)


def _fits(recipe: Recipe, size: Size) -> None:
    """Raise BadRecipe where the network does not answer with digits, or its loss wants other labels."""
    output = size.output_shape
    if output != (DIGITS,):
        raise BadRecipe(f"the network gives {output} for an image, where {DIGITS} digits are told apart")
    if problem := misfit(recipe, output[0]):
        raise BadRecipe(problem)


def _answer(fit: Fit) -> dict[str, Any]:
    result = fit.result
    return {
        "number": fit.number,
        "weights": list(result.weights),
        "history": {name: list(values) for name, values in result.history.items()},
        "epochs": list(result.epochs),
        "iterations": int(result.optimizer[0]),
        "callbacks": [dict(state) for state in result.callbacks],
        "checkpoint": list(result.checkpoint),
    }
