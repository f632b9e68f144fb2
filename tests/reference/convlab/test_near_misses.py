"""Every slip is told apart from every other, whatever is drawn; no reference changes what it is given."""

from pathlib import Path

import numpy as np
import pytest
from convlab import convolution, draws, networks, padding, pooling, sizes

from grader import assignment
from grader.arrays import Drawing
from grader.checks import near
from grader.checks.cases import Outcomes
from grader.checks.verdict import Failed, Verdict
from grader.sandbox import Called, Crashed

CONVLAB = Path(__file__).parents[3] / "reference" / "convlab"
ARRAYS = ("sign", "rows and columns swapped", "channels first", "a factor")
CHECKS = {  # as the check files have them: drawn how, the right function, slips, what arrays may have, exactly
    **{
        f"pad_{mode}": (
            draws.images_to_pad(mode),
            padding.pad,
            padding.PAD_SLIPS,
            ("rows and columns swapped",),
            40,
        )
        for mode in ("zero", "edge", "reflect")
    },
    "output_shape": (draws.layer, sizes.output_shape, sizes.OUTPUT_SHAPE_SLIPS, (), 200),
    "parameter_count": (draws.filters, sizes.parameter_count, sizes.PARAMETER_COUNT_SLIPS, (), 200),
    "valid": (draws.convolution, convolution.convolve, convolution.CONVOLVE_SLIPS, ARRAYS, 40),
    "same": (draws.same_convolution, convolution.convolve, convolution.CONVOLVE_SLIPS, ARRAYS, 40),
    "integer": (draws.padded_convolution, convolution.convolve, convolution.CONVOLVE_SLIPS, ARRAYS, 40),
    "strided": (draws.strided_convolution, convolution.convolve, convolution.CONVOLVE_SLIPS, ARRAYS, 40),
    "max": (draws.pooling("max"), pooling.pool, pooling.POOL_SLIPS, ARRAYS, 40),
    "average": (draws.pooling("average"), pooling.pool, pooling.POOL_SLIPS, ARRAYS, 40),
    "border": (draws.pooling_with_border, pooling.pool, pooling.POOL_SLIPS, ARRAYS, 80),
    "relu_network": (
        draws.network,
        networks.relu_network,
        networks.RELU_NETWORK_SLIPS,
        ("sign", "rows and columns swapped", "a factor"),
        40,
    ),
    "gradient": (
        draws.network_with_target,
        networks.gradient,
        networks.GRADIENT_SLIPS,
        ("sign", "rows and columns swapped", "a factor"),
        40,
    ),
}


def called(function, arguments) -> Called:
    try:
        return Called(function(*arguments))
    except Exception as error:  # noqa: BLE001 (as a student's function may)
        kinds = frozenset(base.__name__ for base in type(error).__mro__)
        return Called(fault=Crashed(str(error)), kinds=kinds)


def told(check: str, function, seed: int) -> str | None:
    """Return the slip that a function is told by a check, "" for none; None where it passes."""
    draw, right, slips, alike, count = CHECKS[check]
    rng = np.random.default_rng(seed)
    drawn = [draw(rng) for _ in range(count)]
    calls = [called(function, arguments) for arguments in drawn]
    outcomes = Outcomes("f", drawn, calls, right, Verdict(), Drawing(), f"{seed:x}")
    try:
        outcomes.compare(slips=slips, alike=alike, exact=not alike or check.startswith("pad"))
    except Failed as failed:
        return failed.slip
    except Crashed:
        return ""
    return None


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("check", CHECKS)
def test_each_slip_is_told_its_own_name_or_is_right_there(check, seed):
    _, right, slips, alike, _ = CHECKS[check]
    wrong = {name: told(check, function, seed) for name, function in slips.items()}
    transformed = {
        name: told(
            check,
            lambda *given, name=name: near.ALIKE[name](right(*given), 3 * near.flat(right(*given))),
            seed,
        )
        for name in alike
        if name != "a factor"
    }
    assert all(found in (name, None) for name, found in (wrong | transformed).items()), wrong | transformed
    assert len([name for name, found in wrong.items() if found]) >= 3


@pytest.mark.parametrize("check", [check for check, known in CHECKS.items() if "a factor" in known[3]])
def test_a_factor_is_told(check):
    _, right, *_ = CHECKS[check]

    def scaled(*given):
        value = right(*given)
        return [tuple(7 * one for one in pair) for pair in value] if isinstance(value, list) else 7 * value

    assert told(check, scaled, 0) == "a factor"


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("check", CHECKS)
def test_the_right_function_passes_and_changes_nothing(check, seed):
    draw, right, *_ = CHECKS[check]
    rng = np.random.default_rng(seed)
    given = [draw(rng) for _ in range(20)]
    before = [repr(arguments) for arguments in given]
    for arguments in given:
        right(*arguments)
    assert [repr(arguments) for arguments in given] == before
    assert told(check, right, seed) is None


def test_every_hint_is_a_slip_of_a_table_or_one_of_arrays():
    tables = [table for _, _, table, *_ in CHECKS.values()]
    names = {name for table in tables for name in table} | set(near.ALIKE)
    assert names | {"float32 for float64", "rounded", "input modified"} == set(assignment.load(CONVLAB).hints)


@pytest.mark.parametrize("check", CHECKS)
def test_check_files_draw_what_is_drawn_here(check):
    files = "".join(path.read_text() for path in (CONVLAB / "checks").glob("*.py"))
    name = CHECKS[check][0].__qualname__.split(".")[0]
    assert f"{name}(" in files or f"{name}," in files
