"""A ReLU network -> its truth table, and the rows in which it does not compute OR or XOR."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

Network = Sequence[tuple[Any, Any]]  # (W, b) of each layer, W (inputs, units), b (units,)
Inputs = tuple[int, int]

INPUTS: tuple[Inputs, ...] = ((0, 0), (0, 1), (1, 0), (1, 1))
OR: Mapping[Inputs, bool] = {x: bool(x[0] or x[1]) for x in INPUTS}
XOR: Mapping[Inputs, bool] = {x: x[0] != x[1] for x in INPUTS}
TABLES = {"or": OR, "xor": XOR}
ROUNDING = 1e-6  # of float32 weights of ordinary size


def forward(network: Network, x) -> np.ndarray:
    """Compute ReLU(x @ W + b) layer by layer, the last included; exact on Fractions."""
    for weights, bias in network:
        # Weights that overflow give a wrong row, not a warning.
        with np.errstate(all="ignore"):
            x = np.maximum(np.asarray(x) @ np.asarray(weights) + np.asarray(bias), 0)
    return np.asarray(x)


def fineness(network: Network) -> int:
    """Return the bits of the least denominator that all outputs for whole inputs share, at most.

    Each layer multiplies it by what its own weights share: exact arithmetic takes as long as that is large.
    """
    layers = (np.concatenate([np.ravel(weights), np.ravel(bias)]) for weights, bias in network)
    return sum(lcm(*(Fraction(value).denominator for value in layer)).bit_length() for layer in layers)


def units(network: Network) -> int:
    """Count the units of all layers, the output's included."""
    return sum(np.shape(weights)[1] if np.ndim(weights) == 2 else 1 for weights, _ in network)


def truth_table(network: Network) -> dict[Inputs, Any]:
    """Return the output for each of the four binary inputs.

    Raise ValueError where shapes do not fit or the network has more than one output.
    """
    outputs = forward(network, np.array(INPUTS)).reshape(len(INPUTS))
    return dict(zip(INPUTS, outputs.tolist(), strict=True))


def is_right(output: Any, wanted: bool) -> bool:
    """Tell whether an output is at least 1 where true is wanted and 0 where false is.

    Floats may be off by ROUNDING, Fractions and integers may not. NaN is never right.
    """
    slack = ROUNDING if isinstance(output, float) else 0
    return output >= 1 - slack if wanted else abs(output) <= slack


def wrong_rows(network: Network, function: str) -> tuple[str, ...]:
    """Name the rows, such as "OR(1,0)", in which a network does not compute "or" or "xor"."""
    outputs, wanted = truth_table(network), TABLES[function]
    wrong = [x for x in INPUTS if not is_right(outputs[x], wanted[x])]
    return tuple(f"{function.upper()}({x[0]},{x[1]})" for x in wrong)
