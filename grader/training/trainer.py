"""(Recipe, Dataset, seed) -> TrainingResult: the same mathematics as Keras's `fit`, in far less time."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from grader import doing
from grader.datasets import Dataset
from grader.training import callbacks
from grader.training.graph import Graph
from grader.training.network import drawn
from grader.training.recipe import Recipe, View
from grader.training.result import TrainingResult


@dataclass(frozen=True)
class Memory:
    """What of a training was done already, and where to say how far it has come."""

    so_far: TrainingResult | None
    keep: Callable[[TrainingResult], None]


@dataclass
class _Run:
    """One training on its way."""

    seed: int
    callbacks: list[Any]
    at_work: Any = None  # Keras's list of them
    logs: list[dict[str, float]] = field(default_factory=list)
    accuracy: list[float] = field(default_factory=list)
    seconds: float = 0.0  # before it was taken up again
    started: float = field(default_factory=time.monotonic)


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
        memory: Memory | None = None,
    ) -> TrainingResult:
        """Train from `seed`, or on from `before`. Once a test accuracy of `enough` is reached, stop there.

        `memory` holds what of this training was done already, and is told after each epoch.
        """
        run = _Run(seed, callbacks.made(self._recipe))
        self._start(run, before, same_optimizer=same_optimizer)
        if memory is not None and memory.so_far is not None:
            self._resume(run, memory.so_far)
        for epoch in range(self._recipe.initial_epoch + len(run.logs), self._recipe.epochs):
            doing.say(f"training, epoch {epoch + 1} of {self._recipe.epochs}")
            self._one(epoch, run)
            if self._graph.model.stop_training or (enough is not None and run.accuracy[-1] >= enough):
                break
            if memory is not None and callbacks.can_resume(self._recipe):
                memory.keep(self._result(run, finished=False))
        finished = self._graph.model.stop_training or len(run.logs) >= self._asked
        run.at_work.on_train_end()
        return self._result(run, finished=finished)

    @property
    def _asked(self) -> int:
        return max(self._recipe.epochs - self._recipe.initial_epoch, 0)

    def _one(self, epoch: int, run: _Run) -> None:
        """Train for one epoch and measure."""
        run.at_work.on_epoch_begin(epoch)
        run.logs.append(self._trained(epoch, run.seed))
        run.accuracy.append(self._accuracy(run.logs[-1]))
        run.at_work.on_epoch_end(epoch, run.logs[-1])

    def _resume(self, run: _Run, so_far: TrainingResult) -> None:
        """Take up a training after its last epoch: the callbacks hear again of those that were."""
        count = len(so_far.epochs)
        run.logs += [{name: values[at] for name, values in so_far.history.items()} for at in range(count)]
        run.accuracy += so_far.accuracy
        run.seconds = so_far.seconds
        for epoch, logs in zip(so_far.epochs, run.logs, strict=True):
            run.at_work.on_epoch_begin(epoch)
            run.at_work.on_epoch_end(epoch, logs)
        self._put(so_far.weights, so_far.optimizer)

    def _result(self, run: _Run, *, finished: bool) -> TrainingResult:
        first, model = self._recipe.initial_epoch, self._graph.model
        accuracy = list(run.accuracy)
        final = self._measured_now() if finished and callbacks.restores(self._recipe) else None
        return TrainingResult(
            seed=run.seed,
            epochs=tuple(range(first, first + len(run.logs))),
            history={name: tuple(log[name] for log in run.logs) for name in (run.logs or [{}])[0]},
            accuracy=tuple(accuracy),
            restored=final,
            weights=tuple(model.get_weights()),
            optimizer=tuple(one.numpy().copy() for one in model.optimizer.variables),
            callbacks=tuple(map(callbacks.left, run.callbacks)),
            checkpoint=callbacks.saved(run.callbacks),
            seconds=run.seconds + time.monotonic() - run.started,
            finished=finished,
        )

    def _start(self, run: _Run, before: TrainingResult | None, *, same_optimizer: bool) -> None:
        import keras

        model = self._graph.model
        model.stop_training = False
        self._graph.noise.reseed(run.seed)
        weights = before.weights if before else drawn(self._recipe, run.seed)
        self._put(weights, before.optimizer if before and same_optimizer else self._fresh_optimizer)
        run.at_work = keras.callbacks.CallbackList(run.callbacks, model=model)
        run.at_work.on_train_begin()

    def _put(self, weights: Sequence[Any], optimizer: Sequence[Any]) -> None:
        self._graph.model.set_weights(list(weights))
        for variable, value in zip(self._graph.model.optimizer.variables, optimizer, strict=True):
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
        return self._measured_now()

    def _measured_now(self) -> float:
        _, right = self._graph.measured(self._test)
        return right / len(self._test.rows)


def _same_view(one: View, other: View) -> bool:
    same_scale = (one.shape, one.divide, one.add) == (other.shape, other.divide, other.add)
    return same_scale and np.array_equal(np.sort(one.rows), other.rows)
