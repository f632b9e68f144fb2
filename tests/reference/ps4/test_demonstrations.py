import numpy as np
import pytest
import tensorflow as tf
from ps4.demonstrations import (
    dead_units,
    descent,
    example_order,
    largest_gradients,
    learning,
    loss_and_gradients,
    points,
    positive_network,
    random_network,
    zero_network,
)

pytestmark = pytest.mark.slow

STEPS = 3000
X, Y = points()
# The loss of the best answer that is the same for every point: the entropy of the labels.
SHARE = float(Y.mean())
CONSTANT = -(SHARE * np.log(SHARE) + (1 - SHARE) * np.log(1 - SHARE))


def hidden(gradients):
    return {name: value for name, value in gradients.items() if name.startswith("layer")}


# ---- 1A -------------------------------------------------------------------------------------


@pytest.mark.parametrize("sizes", [(2, 4, 1), (2, 4, 4, 1)])
def test_relu_from_zeros_moves_its_output_bias_and_nothing_else(sizes):
    layers = zero_network(sizes)
    told = learning("relu", layers, steps=200)
    for gradients in told.gradients:
        assert {name for name, value in gradients.items() if value != 0} == {"output bias"}
    assert all(not weights.numpy().any() for weights, _ in layers)
    assert told.losses[1] == pytest.approx(CONSTANT, abs=1e-5)  # it learns how many positives there are


@pytest.mark.parametrize("seed", range(3))
def test_relu_from_random_weights_learns(seed):
    told = learning("relu", random_network(seed=seed), steps=1000)
    assert all(value > 0 for value in told.gradients[0].values())
    assert told.losses[1] < 0.85 * CONSTANT
    assert told.different_units == 4


# ---- 1B -------------------------------------------------------------------------------------


def test_sigmoid_from_zeros_has_a_gradient_at_the_output_and_none_behind_it():
    first = learning("sigmoid", zero_network((2, 4, 4, 1)), steps=1).gradients[0]
    assert not any(hidden(first).values())
    # All outputs are 1/2 and so is every hidden unit: the gradients by hand
    assert first["output bias"] == pytest.approx(abs(0.5 - SHARE), rel=1e-5)
    assert first["output weights"] == pytest.approx(abs(0.5 - SHARE) / 2, rel=1e-5)


def test_sigmoid_from_zeros_moves_one_layer_per_step_from_the_output_back():
    steps = learning("sigmoid", zero_network((2, 4, 4, 1)), steps=3).gradients
    moving = [{name for name, value in gradients.items() if value != 0} for gradients in steps]
    assert [sum(f"layer {layer} weights" in names for layer in (1, 2)) for names in moving] == [0, 1, 2]


def test_sigmoid_from_zeros_learns_a_little_with_all_units_alike():
    told = learning("sigmoid", zero_network(), steps=STEPS)
    assert told.different_units == 1
    assert told.losses[1] < 0.75 * CONSTANT


def test_sigmoid_is_slower_than_relu_and_its_gradients_are_smaller_in_front():
    relu, sigmoid = (learning(name, random_network((2, 4, 4, 1)), steps=200) for name in ("relu", "sigmoid"))
    assert sigmoid.losses[1] > relu.losses[1]
    front = [told.gradients[0]["layer 1 weights"] for told in (relu, sigmoid)]
    assert 0 < front[1] < front[0] / 10


# ---- 1C -------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
def test_all_negatives_first_kills_every_unit_for_good(seed):
    told = example_order(negatives_first=True, seed=seed)
    assert told.dead_before == 0
    assert told.dead == told.units
    assert not any(hidden(told.gradients).values())
    assert told.gradients["output weights"] == 0
    assert told.accuracy == pytest.approx(max(SHARE, 1 - SHARE))  # one answer for all


@pytest.mark.parametrize("seed", range(3))
def test_shuffled_examples_leave_units_alive_that_learn(seed):
    told = example_order(negatives_first=False, seed=seed)
    assert told.dead < told.units
    assert all(hidden(told.gradients).values())
    assert told.accuracy > 0.7  # one answer for all gets 0.52


def test_the_positives_lie_among_the_negatives():
    # A point is inside the hull of others where no half-plane at it is free of them.
    negatives = X[Y[:, 0] == 0]
    for positive in X[Y[:, 0] == 1]:
        angles = np.sort(np.arctan2(*(negatives - positive).T))
        assert np.diff(angles, append=angles[0] + 2 * np.pi).max() < np.pi


def test_dead_units_by_hand():
    [(weights, bias), _] = layers = zero_network((2, 3, 1))
    weights.assign([[1, 0, -1], [0, 0, 0]])
    bias.assign([0, -1, -2])
    assert dead_units(layers, tf.constant([[0.5, 0.0], [-1.0, 0.0]])) == 2


# ---- the arithmetic behind all three --------------------------------------------------------


@pytest.mark.parametrize("activation", ["relu", "sigmoid"])
def test_gradients_are_the_slopes_of_the_loss(activation):
    layers = positive_network()
    _, gradients = loss_and_gradients(layers, activation, X, Y)
    for parameter, gradient in zip([p for layer in layers for p in layer], gradients, strict=True):
        value, direction = parameter.numpy(), np.sign(gradient.numpy()) * 1e-2
        losses = []
        for sign in (1, -1):
            parameter.assign(value + sign * direction)
            losses.append(float(loss_and_gradients(layers, activation, X, Y)[0]))
        parameter.assign(value)
        assert losses[0] - losses[1] == pytest.approx(2 * np.sum(direction * gradient.numpy()), rel=0.05)


def test_a_step_goes_down_the_gradient_of_the_examples_it_is_given():
    layers = random_network()
    rows = [3, 150]
    _, gradients = loss_and_gradients(layers, "relu", X[rows], Y[rows])
    expected = layers[0][0].numpy() - 0.1 * gradients[0].numpy()
    told = descent(layers, "relu", X, Y, rate=0.1)(rows)
    assert np.allclose(layers[0][0].numpy(), expected, atol=1e-7)
    assert largest_gradients(told) == pytest.approx(largest_gradients(gradients))
