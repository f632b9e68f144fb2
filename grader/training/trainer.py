"""(Recipe, Dataset, seed) -> TrainingResult: the same mathematics as Keras's `fit`, in far less time."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from grader.datasets import Dataset
from grader.training.graph import Graph
from grader.training.network import drawn
from grader.training.recipe import Recipe, View
from grader.training.result import TrainingResult

GIVEN_BACK = ("best", "best_epoch", "stopped_epoch", "wait")


class Trainer:
    """Trains one recipe as often as is asked, each time from a seed of ours."""

    def __init__(self, recipe: Recipe, data: Dataset) -> None:
        self._graph = Graph(recipe, data)
        self._recipe = recipe
        self._fresh_optimizer = [one.numpy().copy() for one in self._graph.model.optimizer.variables]
        first = len(data.arrays["x_train"])
        test = np.arange(first, first + len(data.arrays["x_test"]), dtype=np.int32)
        self._test = replace(recipe.images, rows=test)

    def train(
        self,
        seed: int,
        before: TrainingResult | None = None,
        *,
        same_optimizer: bool = True,
        enough: float | None = None,
    ) -> TrainingResult:
        """Train from `seed`, or on from `before`. Once a test accuracy of `enough` is reached, stop there."""
        started = time.monotonic()
        self._start(seed, before, same_optimizer=same_optimizer)
        model = self._graph.model
        callbacks = _callbacks(self._recipe)
        logs, accuracy, cut = self._epochs(seed, callbacks, enough)
        first = self._recipe.initial_epoch
        return TrainingResult(
            seed=seed,
            epochs=tuple(range(first, first + len(logs))),
            history={name: tuple(log[name] for log in logs) for name in (logs[0] if logs else {})},
            accuracy=tuple(accuracy),
            weights=tuple(model.get_weights()),
            optimizer=tuple(one.numpy().copy() for one in model.optimizer.variables),
            callbacks=tuple(map(_left, callbacks)),
            seconds=time.monotonic() - started,
            cut=cut,
        )

    def _epochs(
        self, seed: int, callbacks: list[Any], enough: float | None
    ) -> tuple[list[dict[str, float]], list[float], bool]:
        """Train epoch by epoch; return each one's logs and our accuracy, and whether that was enough."""
        import keras

        at_work = keras.callbacks.CallbackList(callbacks, model=self._graph.model)
        logs: list[dict[str, float]] = []
        accuracy: list[float] = []
        cut = False
        at_work.on_train_begin()
        for epoch in range(self._recipe.initial_epoch, self._recipe.epochs):
            at_work.on_epoch_begin(epoch)
            logs.append(self._trained(epoch, seed))
            accuracy.append(self._accuracy(logs[-1]))
            at_work.on_epoch_end(epoch, logs[-1])
            cut = enough is not None and accuracy[-1] >= enough
            if cut or self._graph.model.stop_training:
                break
        at_work.on_train_end()
        return logs, accuracy, cut

    def _start(self, seed: int, before: TrainingResult | None, *, same_optimizer: bool) -> None:
        model = self._graph.model
        model.stop_training = False
        self._graph.noise.reseed(seed)
        model.set_weights(list(before.weights) if before else drawn(self._recipe, seed))
        state: Sequence[Any] = before.optimizer if before and same_optimizer else self._fresh_optimizer
        for variable, value in zip(model.optimizer.variables, state, strict=True):
            variable.assign(value)

    def _trained(self, epoch: int, seed: int) -> dict[str, float]:
        """Train for one epoch; return its logs as Keras names them."""
        rows = self._recipe.images.rows
        if self._recipe.shuffle:
            rows = np.random.default_rng([seed, epoch]).permutation(rows)
        first = epoch * (len(rows) // self._recipe.batch_size + 1)
        sums = self._graph.trained(rows, first)
        logs = self._logs("", sums, len(rows))
        if self._recipe.validation is not None:
            logs |= self._measure("val_", self._recipe.validation)
        return logs

    def _measure(self, prefix: str, view: View) -> dict[str, float]:
        return self._logs(prefix, self._graph.measured(view), len(view.rows))

    def _logs(self, prefix: str, sums: tuple[float, int], count: int) -> dict[str, float]:
        losses, right = sums
        named = {f"{prefix}{metric}": right / count for metric in self._recipe.metrics}
        return {**named, f"{prefix}loss": losses / count}

    def _accuracy(self, logs: Mapping[str, float]) -> float:
        """Return the accuracy on all of our test images, prepared as the training images were."""
        view = self._recipe.validation
        if view is not None and self._recipe.metrics and _same_view(view, self._test):
            return logs[f"val_{self._recipe.metrics[0]}"]
        _, right = self._graph.measured(self._test)
        return right / len(self._test.rows)


def _same_view(one: View, other: View) -> bool:
    same_scale = (one.shape, one.divide, one.add) == (other.shape, other.divide, other.add)
    return same_scale and np.array_equal(np.sort(one.rows), other.rows)


def _callbacks(recipe: Recipe) -> list[Any]:
    """Return Keras's own callbacks, at work on our network."""
    import keras

    made = []
    for told in recipe.callbacks:
        settings = {name: value for name, value in told.items() if name != "kind"}
        if told["kind"] == "ModelCheckpoint":
            callback: Any = keras.callbacks.Callback()  # its file is written where the student's code is
        elif told["kind"] == "LearningRateScheduler":
            rates = settings["rates"]
            callback = keras.callbacks.LearningRateScheduler(
                lambda epoch, rates=rates: rates[epoch - recipe.initial_epoch]
            )
        else:
            settings.pop("mode" if told["kind"] == "TerminateOnNaN" else "", None)
            callback = getattr(keras.callbacks, told["kind"])(**settings)
        made.append(callback)
    return made


def _left(callback: Any) -> dict[str, Any]:
    """Return what a callback was left with, as plain numbers."""
    state = {name: getattr(callback, name, None) for name in GIVEN_BACK}
    return {
        name: float(value) if name == "best" else int(value)
        for name, value in state.items()
        if value is not None
    }
