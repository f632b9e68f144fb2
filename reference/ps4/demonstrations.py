"""Small networks, trained -> the numbers behind 1A, 1B and 1C, in TensorFlow."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

Layers = list[tuple[tf.Variable, tf.Variable]]  # (W, b); a sigmoid is taken of the last sum
Gradients = Mapping[str, float]  # "layer 1 weights" -> the largest absolute gradient in it
ACTIVATIONS = {"relu": tf.nn.relu, "sigmoid": tf.nn.sigmoid}


def points(negatives: int = 100, positives: int = 110, seed: int = 0) -> tuple[NDArray, NDArray]:
    """Draw negatives all over the square [-1, 1]², positives in a cluster inside: x (n, 2), y (n, 1)."""
    draw = np.random.default_rng(seed)
    around, cluster = draw.uniform(-1, 1, (negatives, 2)), draw.normal(0.4, 0.15, (positives, 2))
    labels = np.repeat([[0.0], [1.0]], [negatives, positives], axis=0)
    return np.vstack([around, cluster]).astype("float32"), labels.astype("float32")


def zero_network(sizes: Sequence[int] = (2, 4, 1)) -> Layers:
    """Return layers whose weights and biases are all 0."""
    return [(tf.Variable(tf.zeros(shape)), tf.Variable(tf.zeros(shape[1]))) for shape in pairwise(sizes)]


def random_network(sizes: Sequence[int] = (2, 4, 1), seed: int = 0) -> Layers:
    """Return layers with weights drawn as Keras draws them (Glorot uniform) and biases 0."""
    draw = np.random.default_rng(seed)
    layers = zero_network(sizes)
    for weights, _ in layers:
        limit = np.sqrt(6 / sum(weights.shape))
        weights.assign(draw.uniform(-limit, limit, weights.shape))
    return layers


def sums(layers: Layers, activation: str, x) -> list[tf.Tensor]:
    """Return what goes into each layer's activation, (n, units) per layer."""
    found = []
    for weights, bias in layers:
        found.append(x @ weights + bias)
        x = ACTIVATIONS[activation](found[-1])
    return found


def loss_and_gradients(layers: Layers, activation: str, x, y) -> tuple[tf.Tensor, list[tf.Tensor]]:
    """Return the mean cross-entropy and its gradient for W and b of every layer, in this order."""
    with tf.GradientTape() as tape:
        logits = sums(layers, activation, x)[-1]
        loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(y, logits))
    return loss, tape.gradient(loss, [parameter for layer in layers for parameter in layer])


def largest_gradients(gradients: Sequence[tf.Tensor]) -> Gradients:
    """Name the parameters of `loss_and_gradients`, with the largest entry of each one's gradient."""
    hidden = [f"layer {number}" for number in range(1, len(gradients) // 2)]
    names = [f"{layer} {what}" for layer in [*hidden, "output"] for what in ("weights", "bias")]
    return {name: float(tf.reduce_max(tf.abs(g))) for name, g in zip(names, gradients, strict=True)}


def descent(
    layers: Layers, activation: str, x, y, rate: float
) -> Callable[[Sequence[int]], Sequence[tf.Tensor]]:
    """Return a gradient step on some rows of x and y: it changes the layers and returns the gradients."""
    x, y = tf.constant(x), tf.constant(y)
    parameters = [parameter for layer in layers for parameter in layer]

    @tf.function
    def step(rows: tf.Tensor) -> list[tf.Tensor]:
        _, gradients = loss_and_gradients(layers, activation, tf.gather(x, rows), tf.gather(y, rows))
        for parameter, gradient in zip(parameters, gradients, strict=True):
            parameter.assign_sub(rate * gradient)
        return gradients

    return lambda rows: step(tf.constant(rows))


# ---- 1A and 1B: where the weights start -----------------------------------------------------


@dataclass(frozen=True)
class Learning:
    """What training on the whole data, step by step, did to a network."""

    losses: tuple[float, float]  # before and after
    gradients: tuple[Gradients, ...]  # of each step, the first before anything moved
    different_units: int  # of the first hidden layer, in the end: 1 where all are alike


def learning(activation: str, layers: Layers, steps: int = 200, rate: float = 0.5) -> Learning:
    """Train layers, as `zero_network` or `random_network` gives them, and watch every gradient."""
    x, y = points()
    before, _ = loss_and_gradients(layers, activation, x, y)
    step = descent(layers, activation, x, y, rate)
    gradients = tuple(largest_gradients(step(np.arange(len(x)))) for _ in range(steps))
    after, _ = loss_and_gradients(layers, activation, x, y)
    different = np.unique(layers[0][0].numpy(), axis=1).shape[1]
    return Learning((float(before), float(after)), gradients, different)


# ---- 1C: the order of the examples ----------------------------------------------------------


@dataclass(frozen=True)
class Order:
    """What one order of the examples did to a ReLU network with one hidden layer."""

    units: int
    dead_before: int  # hidden units whose sum is 0 or less for every point
    dead_after_first_pass: int
    dead: int  # in the end
    accuracy: float
    gradients: Gradients  # over all points, in the end


def positive_network(units: int = 8, seed: int = 0) -> Layers:
    """Return a network whose hidden units all start alive, small, and speaking for the positives.

    A unit that has a positive output weight v is pushed down by every negative point it is active on,
    and so is v; the unit is the first to reach 0 where its own weights are smaller than v (under small
    steps v² - |w|² - b² stays what it is).
    """
    draw = np.random.default_rng(seed)
    (hidden, bias), (output, _) = layers = zero_network((2, units, 1))
    hidden.assign(draw.uniform(-0.1, 0.1, hidden.shape))
    bias.assign(tf.fill(bias.shape, 0.1))
    output.assign(draw.uniform(0.5, 1, output.shape))
    return layers


def dead_units(layers: Layers, x) -> int:
    """Count the units of the first hidden layer that no point activates: no gradient reaches them again."""
    return int(np.sum(np.all(sums(layers, "relu", x)[0].numpy() <= 0, axis=0)))


def example_order(negatives_first: bool, passes: int = 5, rate: float = 0.05, seed: int = 0) -> Order:
    """Train with one example at a time, all negatives before all positives or shuffled in each pass.

    A unit's sum is linear in the point. Once it is 0 or less for all negatives, it is so wherever
    they surround, and the positives lie inside: the unit is dead before the first positive is seen.
    Shuffled, some units die as well; the others are enough to learn with.
    """
    x, y = points()
    draw = np.random.default_rng(seed)
    layers = positive_network(seed=seed)
    step = descent(layers, "relu", x, y, rate)
    dead = [dead_units(layers, x)]
    for _ in range(passes):
        order = np.argsort(y[:, 0], kind="stable") if negatives_first else draw.permutation(len(x))
        for example in order:
            step([example])
        dead.append(dead_units(layers, x))
    accuracy = np.mean((sums(layers, "relu", x)[-1].numpy() > 0) == (y > 0))
    gradients = largest_gradients(loss_and_gradients(layers, "relu", x, y)[1])
    return Order(len(layers[0][1].numpy()), dead[0], dead[1], dead[-1], float(accuracy), gradients)
