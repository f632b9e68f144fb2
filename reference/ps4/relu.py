"""A ReLU network -> its truth table; OR and XOR -> the smallest networks that compute them."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import product
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


def is_or(network: Network) -> bool:
    """Tell whether a network gives at least 1 for (0,1), (1,0), (1,1), and 0 for (0,0)."""
    return not wrong_rows(network, "or")


def is_xor(network: Network) -> bool:
    """Tell whether a network gives at least 1 for (0,1), (1,0), and 0 for (0,0), (1,1)."""
    return not wrong_rows(network, "xor")


# ---- which networks there are ---------------------------------------------------------------


def one_unit_conditions(function: str) -> dict[Inputs, Any]:
    """Return, row by row, what (w1, w2, b) of one ReLU unit must satisfy: sympy inequalities.

    ReLU(z) >= 1 exactly where z >= 1, and ReLU(z) = 0 exactly where z <= 0: all are linear.
    """
    import sympy  # takes longer to import than all the rest, and few ask

    w1, w2, b = sympy.symbols("w1 w2 b", real=True)
    sums = {x: x[0] * w1 + x[1] * w2 + b for x in INPUTS}
    return {x: sums[x] >= 1 if true else sums[x] <= 0 for x, true in TABLES[function].items()}


def or_region() -> tuple[Any, ...]:
    """Return the inequalities in (w1, w2, b) under which one unit computes OR, none of them idle.

    A row is idle where the others bring it about: the least sum that they allow is 1 or more.
    """
    from sympy.solvers.simplex import UnboundedLPError, lpmin

    conditions = one_unit_conditions("or")
    for x in [x for x, true in OR.items() if true]:
        others = [condition for other, condition in conditions.items() if other != x]
        try:
            least, _ = lpmin(conditions[x].lhs, others)
        except UnboundedLPError:
            continue  # nothing else keeps this row's sum up
        if least >= 1:
            del conditions[x]
    return tuple(conditions.values())


def smallest_unit(function: str) -> Network | None:
    """Find the unit of least w1 + w2 that computes a function, exactly; None where no unit does."""
    from sympy.solvers.simplex import InfeasibleLPError, lpmin

    conditions = one_unit_conditions(function)
    both = conditions[1, 1].lhs - conditions[0, 0].lhs  # w1 + w2
    try:
        _, found = lpmin(both, list(conditions.values()))
    except InfeasibleLPError:
        return None
    value = {symbol.name: Fraction(str(number)) for symbol, number in found.items()}
    return [(((value["w1"],), (value["w2"],)), (value["b"],))]


def two_layers(function: str) -> Network | None:
    """Find two hidden units and an output that compute a function, from -1, 0 and 1 alone."""
    for a, b, c, d, e, f, g, h in product((1, 0, -1), repeat=8):
        network = [(((a, b), (c, d)), (e, f)), (((g,), (h,)), (0,))]
        if not wrong_rows(network, function):
            return network
    return None


def smallest_network(function: str) -> Network:
    """Return a network of the fewest layers that computes "or" or "xor".

    One layer with one output is one unit; where no unit will do, a network of two layers shows that
    two are enough.
    """
    network = smallest_unit(function) or two_layers(function)
    assert network is not None
    return network


@cache
def fewest_layers_for(function: str) -> int:
    """Count the ReLU layers that "or" or "xor" needs, the output's included, the input not."""
    return len(smallest_network(function))


# ---- what goes wrong ------------------------------------------------------------------------


def or_slip(network: Network) -> str | None:
    """Name the usual mistake in a single unit that does not compute OR; None where there is none."""
    if units(network) != 1 or is_or(network):
        return None
    [(weights, bias)] = network
    (w1, w2), b = np.ravel(weights).tolist(), np.ravel(bias).tolist()[0]
    if b > 0:
        return "bias above 0"
    if not min(w1, w2) >= 1:  # NaN is no weight of 1 either
        return "weights below 1"
    return "bias not made up by the weights"


def xor_slip(network: Network) -> str | None:
    """Name the usual mistake in a network that does not compute XOR; None where there is none."""
    if is_or(network):
        return "OR for XOR"
    if wrong_rows(network, "xor") == ("XOR(1,1)",):
        return "(1,1) not cancelled"
    return None


def xor_layers_slips() -> dict[str, int]:
    """Return the numbers of layers that the usual mistakes give in 1E."""
    return {"a single layer": fewest_layers_for("or")}


def xor_layers_conventions() -> dict[str, int]:
    """Return the numbers that mean the same as the right one, with the reason."""
    return {"input layer counted": fewest_layers_for("xor") + 1}
