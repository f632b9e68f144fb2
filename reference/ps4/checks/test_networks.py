"""2D to 2F and 3G: the trained networks as the public checks have them, and their layers by hand beside."""

from ..layers import layer_rows
from ..public.networks import layers
from ..public.test_networks import (
    CAPS,
    cnn,
    mlp,
    test_cnn_accuracy,
    test_mlp_accuracy,
    test_mlp_layers,
    within_parameters,
    within_units,
)

__all__ = [
    "test_cnn_accuracy",
    "test_cnn_parameters",
    "test_mlp_accuracy",
    "test_mlp_layers",
    "test_mlp_units",
]


@CAPS
def test_mlp_units(network, verdict, hidden_units):
    """At most {hidden_units} hidden units."""
    found = mlp(network, hidden_units)
    _show(network, verdict, found)
    within_units(network, verdict, found)


def test_cnn_parameters(answer, network, verdict):
    """Fewer than {parameters} parameters."""
    found = cnn(answer, network)
    _show(network, verdict, found)
    within_parameters(network, verdict, found)


def _show(network, verdict, found):
    """Set the reference's arithmetic beside what Keras built; where they differ, staff are told."""
    told, built = layers(found.config), found.size.layers
    rows = layer_rows(told, found.input_shape)
    if [layer["class_name"] for layer in told] != [layer.kind for layer in built]:
        verdict.pend("Your network says that its layers are others, or in another order, than they are.",
                     "the network's own description and what Keras builds from it differ")  # fmt: skip
    network.show_layers(found, rows)
    for row, layer in zip(rows, built, strict=True):
        if row and row != (layer.output_shape, layer.parameters):
            verdict.pend("A layer of your network comes out in another way than by hand: a person looks.",
                         f"layer {layer.name}: {row} by our arithmetic, {layer.output_shape} and "
                         f"{layer.parameters} as Keras builds it")  # fmt: skip
