"""Checks. The docstring of each is the line that students read: it never holds the answer."""

from ..layers import parameters


def test_parameters(answer, verdict):
    """The number of parameters of the layer."""
    given = answer.integer("parameters", nouns=("parameters",))  # its name in code; its noun in a write-up
    verdict.equal(given, parameters(), slips={"biases left out": parameters(bias=False)})
