from fractions import Fraction

import keras
import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from ps4.public.truth_table import INPUTS, fineness, forward, truth_table, units, wrong_rows
from ps4.relu import (
    fewest_layers_for,
    is_or,
    is_xor,
    one_unit_conditions,
    or_region,
    or_slip,
    smallest_network,
    smallest_unit,
    xor_layers_conventions,
    xor_layers_slips,
    xor_slip,
)

RATIONALS = st.fractions(min_value=-3, max_value=3, max_denominator=4)


def unit(w1, w2, b):
    return [(np.array([[w1], [w2]]), np.array([b]))]


# x + y, less twice what exceeds 1
XOR = [(((1, 1), (1, 1)), (0, -1)), (((1,), (-2,)), (0,))]


def test_keras_computes_the_same():
    draw = np.random.default_rng(0)
    model = keras.Sequential([keras.layers.Dense(units, "relu") for units in (5, 4, 3)])
    model.build((None, 2))
    model.set_weights([draw.normal(size=weights.shape) for weights in model.get_weights()])
    x, weights = draw.normal(size=(20, 2)), model.get_weights()
    network = list(zip(weights[::2], weights[1::2], strict=True))
    assert np.allclose(forward(network, x), keras.ops.convert_to_numpy(model(x.astype("float32"))), atol=1e-5)
    assert units(network) == 12


def test_the_last_layer_has_a_relu_too():
    assert forward(unit(-1, -1, 0), np.array([1, 1])) == 0


def test_fractions_stay_exact():
    third = Fraction(1, 3)
    table = truth_table([(((third, third), (third, third)), (0, 0)), (((third,), (2 * third,)), (third,))])
    assert table == {(0, 0): third, (0, 1): 2 * third, (1, 0): 2 * third, (1, 1): 1}
    assert isinstance(table[0, 1], Fraction)


def test_how_fine_the_outputs_can_be_is_known_beforehand():
    third, fifth = Fraction(1, 3), Fraction(2, 5)
    network = [([[third, 1], [0, fifth]], [0, 0]), ([third, third], 0)]
    outputs = truth_table(network).values()
    assert fineness(network) == (15).bit_length() + (3).bit_length()
    assert all(Fraction(output).denominator.bit_length() <= fineness(network) for output in outputs)
    assert fineness([([[2, 1], [0, 3]], [0, -1])]) == 1


def test_a_last_layer_may_be_a_vector():
    network = [(((1, 1), (1, 1)), (0, -1)), ((1, -2), 0)]
    assert is_xor(network)
    assert units(network) == 3


def test_more_than_one_output_has_no_truth_table():
    with pytest.raises(ValueError, match="reshape"):
        truth_table(XOR[:1])


def test_wrong_rows_are_named():
    assert wrong_rows(unit(1, 1, 0), "or") == ()
    assert wrong_rows(unit(1, 1, 0), "xor") == ("XOR(1,1)",)
    assert wrong_rows(unit(1, 0, 0), "or") == ("OR(0,1)",)
    assert wrong_rows(unit(0, 0, 1), "or") == ("OR(0,0)",)
    assert wrong_rows(unit(0, 0, 0), "xor") == ("XOR(0,1)", "XOR(1,0)")


def test_rounding_of_floats_costs_nothing_and_fractions_are_exact():
    assert is_or(unit(0.1 + 0.2, 1.0, 0.7 - 1e-9 - 0.7)) is False
    assert is_or(unit(np.float32(1.0), np.float32(1 - 6e-8), np.float32(3e-8)))
    assert is_xor([(((0.1, 0.1), (0.1, 0.1)), (0.0, -0.1)), (((10.0,), (-20.0,)), (0.0,))])
    assert not is_or(unit(Fraction(1), Fraction(1), Fraction(1, 10**9)))
    assert not is_or(unit(Fraction(1), Fraction(10**9 - 1, 10**9), Fraction(0)))


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 1e308])
def test_weights_that_overflow_make_wrong_rows_without_a_warning(bad):
    assert "OR(0,0)" in wrong_rows(unit(bad, bad, bad), "or") or bad == -np.inf
    assert wrong_rows([*unit(bad, bad, 0.0), ([[1e308]], [0.0]), ([[-1.0]], [0.0])], "or")


# ---- regions --------------------------------------------------------------------------------


def test_the_region_of_or_is_the_known_one():
    w1, w2, b = sympy.symbols("w1 w2 b", real=True)
    assert set(or_region()) == {b <= 0, w1 + b >= 1, w2 + b >= 1}


@pytest.mark.slow
@given(RATIONALS, RATIONALS, RATIONALS)
def test_a_unit_is_right_exactly_in_the_region(w1, w2, b):
    here = dict(zip(sympy.symbols("w1 w2 b", real=True), map(sympy.Rational, (w1, w2, b)), strict=True))
    inside = all(bool(condition.subs(here)) for condition in or_region())
    assert inside == is_or(unit(w1, w2, b)) == (b <= 0 and w1 + b >= 1 and w2 + b >= 1)


def test_the_row_of_two_ones_follows_from_the_others():
    w1, w2, b = sympy.symbols("w1 w2 b", real=True)
    # (w1 + b - 1) + (w2 + b - 1) + (-b): three sums that are 0 or more add up to w1 + w2 + b - 2
    assert sympy.expand((w1 + b - 1) + (w2 + b - 1) - b - (w1 + w2 + b - 2)) == 0


def test_the_conditions_of_xor_contradict_each_other():
    conditions = one_unit_conditions("xor")
    sums = {x: conditions[x].lhs for x in INPUTS}
    # Two sums that are at least 1 have the same total as two that are at most 0.
    assert sympy.expand(sums[0, 1] + sums[1, 0] - sums[0, 0] - sums[1, 1]) == 0
    assert all(conditions[x].rel_op == (">=" if sum(x) == 1 else "<=") for x in INPUTS)


@pytest.mark.slow
@given(RATIONALS, RATIONALS, RATIONALS)
def test_no_unit_computes_xor(w1, w2, b):
    assert not is_xor(unit(w1, w2, b))
    assert smallest_unit("xor") is None


def test_the_smallest_networks_compute_what_they_are_for():
    assert is_or(smallest_network("or"))
    assert is_xor(smallest_network("xor"))
    assert units(smallest_network("or")) == 1
    assert (fewest_layers_for("or"), fewest_layers_for("xor")) == (1, 2)


# ---- slips ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("network", "slip"),
    [
        (unit(1, 1, 0), None),
        (unit(3, 2, -1), None),
        (unit(1, 1, 1), "bias above 0"),
        (unit(0.5, 0.5, 0.5), "bias above 0"),
        (unit(1, 0.5, 0), "weights below 1"),
        (unit(np.nan, 1, 0), "weights below 1"),
        (unit(1, 1, -0.5), "bias not made up by the weights"),
        (XOR, None),
    ],
)
def test_slips_in_a_unit_for_or(network, slip):
    assert or_slip(network) == slip


def test_slips_in_a_network_for_xor():
    assert xor_slip(XOR) is None
    assert xor_slip(unit(1, 1, 0)) == "OR for XOR"
    assert xor_slip([XOR[0], (((1,), (-1.5,)), (0,))]) == "(1,1) not cancelled"
    assert xor_slip(unit(0, 0, 0)) is None


def test_numbers_of_layers():
    assert xor_layers_slips() == {"a single layer": 1}
    assert xor_layers_conventions() == {"input layer counted": 3}
