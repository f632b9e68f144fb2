"""(Recipe, the official arrays) -> whole epochs and measurements, each in one call."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Any

import numpy as np

from grader.datasets import Dataset
from grader.training import layers, steps
from grader.training.network import loss_of, network, quiet
from grader.training.recipe import Recipe, View

MEASURED_AT_ONCE = 500  # images
AT_ONCE = 256  # batches that are trained in one call: between two of them a training can be stopped


@lru_cache(maxsize=2)
def resident(data: Dataset) -> tuple[Any, Any]:
    """Return all official images and labels as tensors: uint8 (n, pixels), int32 (n,)."""
    import tensorflow as tf

    arrays = data.arrays
    images = np.concatenate([arrays["x_train"], arrays["x_test"]])
    labels = np.concatenate([arrays["y_train"], arrays["y_test"]])
    return tf.constant(images.reshape(len(images), -1)), tf.constant(labels.ravel().astype(np.int32))


class Graph:
    """A recipe's network with its epochs, for any seed."""

    def __init__(self, recipe: Recipe, data: Dataset) -> None:
        quiet()
        import tensorflow as tf

        self.recipe = recipe
        self.images, self.labels = resident(data)
        self.noise = layers.Noise(0)
        self.noise.hold()
        self.model = network(recipe, 0)
        layers.quicken(self.model, self.noise)
        self._loss = loss_of(recipe)
        order, first = tf.TensorSpec([None], tf.int32), tf.TensorSpec([], tf.int64)
        self._trained = tf.function(self._epoch, input_signature=(order, first), autograph=False)
        self._measures: dict[tuple[Any, ...], Any] = {}

    def measured(self, view: View) -> tuple[float, int]:
        """Return the sums of losses and of right answers over a view, without training."""
        import tensorflow as tf

        key = (view.shape, view.divide, view.add, view.labels)
        if key not in self._measures:
            self._measures[key] = tf.function(
                partial(self._measured, view), autograph=False, reduce_retracing=True
            )
        losses, right = self._measures[key](tf.constant(view.rows))
        return float(losses), int(right)

    def trained(self, rows: np.ndarray[Any, Any], first: int) -> tuple[float, int]:
        """Train on these rows in this order, `first` being the number of the first step; return the sums."""
        import tensorflow as tf

        at_once = AT_ONCE * self.recipe.batch_size
        losses, right = 0.0, 0
        for at in range(0, len(rows), at_once):
            number = tf.constant(first + at // self.recipe.batch_size, tf.int64)
            some = self._trained(tf.constant(rows[at : at + at_once]), number)
            losses, right = losses + float(some[0]), right + int(some[1])
        return losses, right

    def _batch(self, rows: Any, view: View) -> tuple[Any, Any, Any]:
        """Return images as the student prepared them, labels as the loss wants them, and the digits."""
        import tensorflow as tf

        pixels = tf.cast(tf.gather(self.images, rows), tf.float32)
        divide, add = (np.asarray(value, np.float32) for value in (view.divide, view.add))
        pixels = pixels / divide if (divide != 1).any() else pixels
        pixels = pixels + add if add.any() else pixels
        digits = tf.gather(self.labels, rows)
        labels = tf.one_hot(digits, 10) if view.labels == "one-hot" else digits
        return tf.reshape(pixels, (-1, *view.shape)), labels, digits

    def _epoch(self, order: Any, first: Any) -> tuple[Any, Any]:
        """Train on the rows in this order; return the sums of losses and of right answers."""
        import tensorflow as tf

        size, count = self.recipe.batch_size, tf.shape(order)[0]
        variables = self.model.trainable_variables
        values = [variable.value for variable in variables]

        def step(at: Any, number: Any, losses: Any, right: Any) -> tuple[Any, ...]:
            rows = order[at : at + size]
            images, labels, digits = self._batch(rows, self.recipe.images)
            self.noise.step = number
            with tf.GradientTape() as tape:
                said = self.model(images, training=True)
                loss = self._loss(labels, said) + sum(self.model.losses)
            steps.apply(self.model.optimizer, tape.gradient(loss, values), variables)
            share = tf.cast(tf.shape(rows)[0], tf.float32)
            return at + size, number + 1, losses + loss * share, right + _right(said, digits)

        start = (tf.constant(0), first, tf.constant(0.0), tf.constant(0))
        *_, losses, right = tf.while_loop(lambda at, *_: at < count, step, start, parallel_iterations=1)
        return losses, right

    def _measured(self, view: View, rows: Any) -> tuple[Any, Any]:
        """Return the sums of losses and of right answers without training."""
        import tensorflow as tf

        count = tf.shape(rows)[0]

        def step(at: Any, losses: Any, right: Any) -> tuple[Any, ...]:
            some = rows[at : at + MEASURED_AT_ONCE]
            images, labels, digits = self._batch(some, view)
            said = self.model(images, training=False)
            loss = self._loss(labels, said) + sum(self.model.losses)
            share = tf.cast(tf.shape(some)[0], tf.float32)
            return at + MEASURED_AT_ONCE, losses + loss * share, right + _right(said, digits)

        start = (tf.constant(0), tf.constant(0.0), tf.constant(0))
        _, losses, right = tf.while_loop(lambda at, *_: at < count, step, start, parallel_iterations=1)
        return losses, right


def _right(said: Any, digits: Any) -> Any:
    import tensorflow as tf

    answers = tf.argmax(said, -1, output_type=tf.int32)
    return tf.reduce_sum(tf.cast(answers == digits, tf.int32))
