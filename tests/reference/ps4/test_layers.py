"""Layers by arithmetic: the shapes and parameters that Keras builds, and none where there is no rule."""

import keras
import pytest
from keras import layers as L  # noqa: N812 (as everybody writes it)
from ps4.layers import layer_rows
from ps4.public.networks import hidden_units, layers, not_allowed

NETWORKS = {
    "dense": lambda: [L.Input((784,)), L.Dense(60), L.Dropout(0.1), L.Dense(40, use_bias=False), L.Dense(10)],
    "images": lambda: [
        *(L.Input((28, 28, 1)), L.Conv2D(8, 5, padding="same"), L.BatchNormalization(), L.MaxPooling2D()),
        *(L.Conv2D(4, (3, 2), strides=2, use_bias=False), L.ReLU(), L.AveragePooling2D(3, strides=1)),
        *(L.BatchNormalization(scale=False), L.Conv2D(3, 2, dilation_rate=2), L.Flatten(), L.Dense(10)),
    ],
    "odd": lambda: [
        *(L.Input((13, 11, 3)), L.MaxPooling2D(2, padding="same"), L.Conv2D(5, 3, strides=(2, 1))),
        *(L.SpatialDropout2D(0.2), L.GlobalAveragePooling2D(), L.Dense(10)),
    ],
    "reshaped": lambda: [L.Input((784,)), L.Reshape((28, 28, 1)), L.Conv2D(2, 3), L.GlobalMaxPooling2D()],
    "nested": lambda: [
        *(L.Input((784,)), keras.Sequential([L.Input((784,)), L.Dense(5), L.Dense(6)]), L.Dense(10)),
    ],
}


def flat(model):
    return [
        inner for layer in model.layers for inner in (layer.layers if hasattr(layer, "layers") else [layer])
    ]


def built(model):
    return [(tuple(layer.output.shape[1:]), layer.count_params()) for layer in flat(model)]


def kinds_and_shapes(name):
    model = keras.Sequential(NETWORKS[name]())
    return [(type(layer).__name__, tuple(layer.output.shape[1:])) for layer in flat(model)]


@pytest.mark.parametrize("name", NETWORKS)
def test_every_layer_is_as_keras_builds_it(name):
    model = keras.Sequential(NETWORKS[name]())
    assert layer_rows(layers(model.get_config()), tuple(model.input_shape[1:])) == built(model)


@pytest.mark.parametrize(
    "layer",
    [L.Conv2D(4, 3, groups=2), L.Conv2D(4, 2, data_format="channels_first"), L.DepthwiseConv2D(2), L.PReLU()],
    ids=["groups", "channels_first", "depthwise", "prelu"],
)
def test_from_what_is_not_known_on_nothing_is_said(layer):
    config = keras.Sequential(
        [L.Input((8, 8, 2)), L.BatchNormalization(), layer.from_config(layer.get_config())]
    )
    rows = layer_rows(layers(config.get_config()), (8, 8, 2))
    assert rows == [((8, 8, 2), 8), None]
    assert layer_rows(layers(config.get_config()) + layers(config.get_config()), (8, 8, 2))[2:] == [
        None,
        None,
    ]


def test_hidden_units_are_those_of_all_dense_layers_but_the_output():
    assert hidden_units(kinds_and_shapes("dense")) == [60, 0, 40, 0]
    assert hidden_units(kinds_and_shapes("nested")) == [5, 6, 0]


def test_a_layer_on_several_rows_has_its_units_in_each_and_only_digits_are_an_output():
    assert hidden_units([("Dense", (4, 100)), ("Flatten", (400,)), ("Dense", (10,))]) == [400, 0, 0]
    assert hidden_units([("Dense", (784,)), ("ReLU", (784,))]) == [784, 0]


def test_a_relu_with_a_slope_or_a_limit_is_another_one():
    leaky = [L.Input((4,)), L.Dense(3, activation=L.ReLU(negative_slope=0.5)), L.ReLU(max_value=3), L.ReLU()]
    told = not_allowed(keras.Sequential(leaky).get_config(), ("Dense", "ReLU"), ("relu", "linear"))
    assert told == ["a ReLU with a slope or a limit of its own"]


def test_layers_and_activations_that_are_not_allowed_are_named_once():
    model = keras.Sequential([L.Input((4,)), L.Dense(3, "tanh"), L.Dense(3, "tanh"), L.LayerNormalization()])
    assert not_allowed(model.get_config(), ("Dense",), ("relu", "linear")) == [
        "the activation tanh",
        "LayerNormalization",
    ]
