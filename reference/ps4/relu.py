"""OR and XOR -> the smallest ReLU networks that compute them; a network -> the mistake in it."""

from fractions import Fraction
from functools import cache
from itertools import product
from typing import Any

import numpy as np

from .public.truth_table import INPUTS, OR, TABLES, Inputs, Network, units, wrong_rows


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
