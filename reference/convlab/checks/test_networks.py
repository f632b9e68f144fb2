"""1E: a ReLU network and its gradient."""

from ..draws import network, network_with_target, precise_network
from ..networks import GRADIENT_SLIPS, RELU_NETWORK_SLIPS, gradient, relu_network

ALIKE = ("sign", "rows and columns swapped", "a factor")


def test_relu_network(cases):
    """The outputs of networks of one to three layers."""
    cases.of("relu_network", network, relu_network).compare(slips=RELU_NETWORK_SLIPS, alike=ALIKE)


def test_gradient(cases):
    """The gradient of the loss, for the weights and biases of every layer."""
    cases.of("gradient", network_with_target, gradient).compare(slips=GRADIENT_SLIPS, alike=ALIKE)


def test_gradient_precise(cases):
    """Float64 in, float64 out."""
    cases.of("gradient", precise_network, gradient).precise(slip="float32 for float64", rounded="rounded")


def test_gradient_untouched(cases):
    """The network and the arrays that are given stay as they are."""
    cases.of("gradient", network_with_target, gradient).untouched(slip="input modified")
