"""1B: the output shape and the parameters of a convolutional layer."""

from ..draws import filters, impossible_filters, impossible_layer, layer
from ..sizes import OUTPUT_SHAPE_SLIPS, PARAMETER_COUNT_SLIPS, output_shape, parameter_count

COUNT = 200


def test_output_shape(cases):
    """The output shapes of layers that can be."""
    cases.of("output_shape", layer, output_shape, COUNT).compare(slips=OUTPUT_SHAPE_SLIPS, exact=True)


def test_output_shape_refused(cases):
    """Layers that cannot be raise ValueError."""
    can_be = cases.of("output_shape", layer, count=COUNT)
    cases.of("output_shape", impossible_layer, count=COUNT).refused("ValueError", possible=can_be)


def test_parameter_count(cases):
    """The parameters of filters."""
    tried = cases.of("parameter_count", filters, parameter_count, COUNT)
    tried.compare(slips=PARAMETER_COUNT_SLIPS, exact=True)


def test_parameter_count_refused(cases):
    """Filters that cannot be raise ValueError."""
    can_be = cases.of("parameter_count", filters, count=COUNT)
    cases.of("parameter_count", impossible_filters, count=COUNT).refused("ValueError", possible=can_be)
