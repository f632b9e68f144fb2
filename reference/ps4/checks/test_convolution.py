"""3B and 3C: the size of a convolutional layer."""

import re

from ..arithmetic import (
    FILTERS,
    IMAGE,
    KERNEL,
    output_shape,
    output_shape_slips,
    parameter_count,
    parameter_count_slips,
)

BIASES = re.compile(rf"\b(?:{FILTERS}|eight|an?|one|1|each|every|per)\b[^.\n]{{0,40}}\bbias", re.IGNORECASE)


def test_parameter_count(answer, verdict):
    """The number of parameters of the layer."""
    nouns = ("parameters", "parameter", "params")
    count = answer.integer("parameter_count", nouns=nouns, or_else=("weights", "weight"))
    right = parameter_count(KERNEL, IMAGE[2], FILTERS)
    if count == parameter_count(KERNEL, IMAGE[2], FILTERS, bias=False) and BIASES.search(answer.text):
        verdict.pend("You give weights and biases apart: a person looks whether you mean both.")
    verdict.equal(count, right, slips=parameter_count_slips(KERNEL, IMAGE[2], FILTERS))


def test_output_shape(answer, verdict):
    """The shape of the layer's output."""
    shape = answer.shape("output_shape", rank=3, nouns=("output", "shape", "tensor"))
    right = output_shape(IMAGE, KERNEL, FILTERS)
    if shape == (right[2], right[0], right[1]) and answer.noted("channels first"):
        verdict.note("channels first, as you label it, is the same shape in another order")
        shape = right
    verdict.equal(shape, right, slips=output_shape_slips(IMAGE, KERNEL, FILTERS))
