"""1E: a small ReLU network -> its outputs, and the gradient of its loss; and what mistakes make of them."""

import numpy as np


def relu_network(layers, x):
    """Return the outputs (examples, outputs) for x (examples, inputs).

    `layers` are (W, b), W (inputs, units), b (units,): x @ W + b, with a ReLU after every layer but the last.
    """
    return _forward(layers, x)[-1]


def gradient(layers, x, y):
    """Return (dW, db) for each layer: of the mean of (output - y)² over all entries of y."""
    return _backward(layers, y, _forward(layers, x))


def _forward(layers, x, *, last=False):
    """Return what goes into each layer, and the output. `last`: with a ReLU there too."""
    values = [x]
    for number, (weights, bias) in enumerate(layers, start=1):
        sums = values[-1] @ weights + bias
        values.append(np.maximum(sums, 0) if last or number < len(layers) else sums)
    return values


def _backward(layers, y, values, *, masked=True, last=False):
    error = 2 * (values[-1] - y) / y.size
    if last:
        error = error * (values[-1] > 0)
    steps = []
    for (weights, _), given in zip(reversed(layers), reversed(values[:-1]), strict=True):
        steps.append((given.T @ error, error.sum(axis=0)))
        error = error @ weights.T
        if masked:
            error = error * (given > 0)
    return steps[::-1]


def _scaled(factor):
    return lambda layers, x, y: [(w * factor(y), b * factor(y)) for w, b in gradient(layers, x, y)]


def _last_too(layers, x, y):
    return _backward(layers, y, _forward(layers, x, last=True), last=True)


def _linear(layers, x):
    for weights, bias in layers:
        x = x @ weights + bias
    return x


RELU_NETWORK_SLIPS = {
    "ReLU on the last layer": lambda layers, x: _forward(layers, x, last=True)[-1],
    "ReLU forgotten": _linear,
    "bias forgotten": lambda layers, x: relu_network([(w, 0 * b) for w, b in layers], x),
}
GRADIENT_SLIPS = {
    "sum for mean": _scaled(lambda y: y.size),
    "mean over the examples alone": _scaled(lambda y: y.shape[1]),
    "mean over the outputs alone": _scaled(lambda y: y.shape[0]),
    "2 of the square forgotten": _scaled(lambda _: 0.5),
    "ReLU forgotten on the way back": lambda layers, x, y: _backward(
        layers, y, _forward(layers, x), masked=False
    ),
    "ReLU on the last layer": _last_too,
    "biases averaged over the examples": lambda layers, x, y: [
        (w, b / len(x)) for w, b in gradient(layers, x, y)
    ],
    "weights and biases swapped": lambda *given: [(b, w) for w, b in gradient(*given)],
    "layers in reverse order": lambda *given: gradient(*given)[::-1],
}
