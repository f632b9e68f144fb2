"""a Keras network -> the same network with its dropout and batch normalisation in fewer operations."""

from __future__ import annotations

from collections.abc import Callable
from types import MethodType
from typing import Any


class Noise:
    """What random numbers of a step are drawn from: (seed, step, layer), so that each can be repeated."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.step: Any = None  # an int64 tensor while a step is being traced

    def bits(self, count: Any, layer: int) -> Any:
        """Return `count` random uint32 of this step. Philox, as TensorFlow's own dropout uses."""
        import tensorflow as tf

        counter = tf.stack([tf.cast(self.step, tf.uint64), tf.constant(layer, tf.uint64)])
        return tf.raw_ops.StatelessRandomUniformFullIntV2(
            shape=tf.reshape(count, [1]), key=self.key, counter=counter, alg=1, dtype=tf.uint32
        )

    @property
    def key(self) -> Any:
        """The seed as Philox wants it."""
        return self._variable

    def hold(self) -> None:
        """Put the seed in a variable, so that one graph serves many seeds."""
        import tensorflow as tf

        self._variable = tf.Variable([self.seed], dtype=tf.uint64, trainable=False)

    def reseed(self, seed: int) -> None:
        """Draw from another seed from now on."""
        self.seed = seed
        self._variable.assign([seed])


def quicken(model: Any, noise: Noise) -> None:
    """Give a built network's layers calls of ours where they do the same in fewer operations."""
    for number, layer in enumerate(_all(model)):
        kind = type(layer).__name__
        if kind == "Dropout" and layer.noise_shape is None:
            layer.call = MethodType(_dropout(noise, number), layer)
        elif kind == "BatchNormalization" and _is_usual(layer):
            layer.call = MethodType(_normalised(layer.call), layer)


def _all(model: Any) -> list[Any]:
    inner = (_all(layer) if hasattr(layer, "layers") else [layer] for layer in model.layers)
    return [layer for layers in inner for layer in layers]


def _dropout(noise: Noise, number: int) -> Callable[..., Any]:
    """Return a dropout that draws 16 bits for each value: its rate is right to 1 in 65,536."""

    def call(self: Any, inputs: Any, training: bool = False) -> Any:
        import tensorflow as tf

        if not training or not self.rate:
            return inputs
        size = tf.size(inputs)
        halves = tf.bitcast(noise.bits((size + 1) // 2, number), tf.uint16)
        drawn = tf.reshape(tf.reshape(halves, [-1])[:size], tf.shape(inputs))
        kept = tf.cast(drawn, tf.int32) >= round(self.rate * 65536)
        return inputs * (tf.cast(kept, inputs.dtype) * (1 / (1 - self.rate)))

    return call


def _is_usual(layer: Any) -> bool:
    axis = layer.axis if isinstance(layer.axis, int) else -2
    return axis in {-1, 3} and layer.gamma.shape is not None and layer.scale and layer.center


def _normalised(slow: Callable[..., Any]) -> Callable[..., Any]:
    """Return a batch normalisation in TensorFlow's one operation for images; for others as Keras does it."""

    def call(self: Any, inputs: Any, training: bool | None = None, mask: Any = None) -> Any:
        import tensorflow as tf

        if not training or not self.trainable or len(inputs.shape) != 4:
            return slow(inputs, training=training, mask=mask)
        output, mean, variance, *_ = tf.raw_ops.FusedBatchNormV3(
            x=inputs,
            scale=self.gamma,
            offset=self.beta,
            mean=[],
            variance=[],
            epsilon=self.epsilon,
            is_training=True,
            data_format="NHWC",
            exponential_avg_factor=1.0,
        )
        count = tf.cast(tf.size(inputs) // inputs.shape[-1], tf.float32)
        variance *= (count - 1) / count  # the operation divides by n - 1, Keras by n
        for moving, now in ((self.moving_mean, mean), (self.moving_variance, variance)):
            moving.assign(moving * self.momentum + now * (1.0 - self.momentum))
        return output

    return call
