"""Keras models become checked data, or the layer that may not cross is named."""

from __future__ import annotations

import copy
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from grader.sandbox import models, wire
from grader.sandbox.inside import wire as inside
from grader.sandbox.settings import Forbidden

BUILD = """
import os, sys
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
sys.path.insert(0, sys.argv[1])
import numpy as np
import keras
import tensorflow as tf
from keras import layers as L
from inside import describe, wire

def of(*layers, shape=(12, 12, 4)):
    return keras.Sequential([L.Input(shape), *layers])

class Own(L.Dense):
    pass

@keras.saving.register_keras_serializable("elsewhere")
class Registered(L.Dense):
    pass

class OwnModel(keras.Model):
    def call(self, x):
        return x

def mine(x):
    return x

def branched():
    i = L.Input((4,))
    shared = L.Dense(4, activation="relu")
    return keras.Model(i, L.Concatenate()([shared(i), L.Add()([i, shared(shared(i))])]))

def compiled():
    model = of(L.Conv2D(8, 3, activation="relu", kernel_regularizer="l2"), L.MaxPooling2D(), L.Flatten(),
               L.Dropout(0.5), L.Dense(10, activation="softmax"))
    model.compile(optimizer=keras.optimizers.SGD(0.5), loss="categorical_crossentropy", metrics=["accuracy"])
    return model

def odd():
    model = of(L.Dense(2))
    model.compile(loss=lambda a, b: 0.0)
    return model

def operation():
    i = L.Input((4,))
    return keras.Model(i, keras.ops.abs(L.Dense(3)(i)))

MODELS = {
    "compiled": compiled,
    "odd": odd,
    "branched": branched,
    "many": lambda: of(
        L.Rescaling(1 / 255), L.ZeroPadding2D(1), L.SeparableConv2D(6, 3), L.BatchNormalization(), L.PReLU(),
        L.DepthwiseConv2D(3, depth_multiplier=2), L.LayerNormalization(), L.Conv2D(8, 3, use_bias=False, groups=2),
        L.BatchNormalization(scale=False), L.LeakyReLU(), L.SpatialDropout2D(0.1), L.GaussianNoise(0.1),
        L.Conv2DTranspose(4, 3), L.AveragePooling2D(2), L.GroupNormalization(2), L.GlobalAveragePooling2D(),
        L.Dense(6, activation=tf.nn.relu, kernel_constraint=keras.constraints.MaxNorm(2)), L.Reshape((3, 2)),
        L.Conv1D(4, 2, kernel_initializer=keras.initializers.RandomNormal(seed=2**40)), L.LSTM(3),
        L.Dense(2, activation=L.LeakyReLU()), L.Activation("tanh"), L.Softmax()),
    "words": lambda: of(L.Embedding(9, 4), L.GRU(3, return_sequences=True), L.SimpleRNN(2), shape=(5,)),
    "nested": lambda: of(keras.Sequential([L.Dense(3), L.Dense(2, use_bias=False)]), L.Dense(1), shape=(4,)),
    "unbuilt": lambda: keras.Sequential([L.Dense(3)]),
    "softmax": lambda: of(L.Dense(3, activation=tf.nn.softmax)),
    "lambda": lambda: of(L.Lambda(lambda x: x, name="sneaky")),
    "own": lambda: of(Own(2, name="sneaky")),
    "registered": lambda: of(Registered(2, name="sneaky")),
    "function": lambda: of(L.Dense(2, activation=mine, name="sneaky")),
    "anonymous": lambda: of(L.Dense(2, activation=lambda x: x, name="sneaky")),
    "initializer": lambda: of(L.Dense(2, kernel_initializer=lambda shape, dtype=None: np.ones(shape), name="sneaky")),
    "wrapped": lambda: of(keras.Sequential([L.Lambda(lambda x: x, name="sneaky")])),
    "operation": operation,
    "own model": OwnModel,
    "array": lambda: of(L.Rescaling(np.ones(4), name="sneaky")),
    "number": lambda: 3,
    "unmade": lambda: branched,
    "none": lambda: None,
}
out = os.fdopen(int(sys.argv[2]), "wb")
for number, make in enumerate(MODELS.values()):
    value = make()
    try:
        node, arrays = wire.pack([describe.described(value), value.count_params() if value.built else None])
    except wire.NotPlain as not_plain:
        node, arrays = str(not_plain), []
    for piece in wire.frame({"kind": "value", "id": number, "value": node}, arrays):
        out.write(piece)
"""
NAMES = [
    line.split('"')[1] for line in BUILD.partition("MODELS = {")[2].splitlines() if line.startswith('    "')
]


@pytest.fixture(scope="module")
def crossed(tmp_path_factory):
    """Give what came across of each model: [description, Keras's own count of parameters], or why none did."""
    path = tmp_path_factory.mktemp("models") / "packed"
    folder = str(Path(wire.__file__).parent)
    with path.open("wb") as file:
        subprocess.run(
            [sys.executable, "-c", BUILD, folder, str(file.fileno())],
            pass_fds=[file.fileno()], check=True, capture_output=True, timeout=120,
        )  # fmt: skip
    with path.open("rb") as file:
        return {name: wire.receive(file.readinto).value for name in NAMES}  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["compiled", "odd", "branched", "many", "words", "nested"])
def test_built_in_layers_cross_and_are_counted_as_keras_counts_them(crossed, name):
    data, parameters = crossed[name]
    model = models.model(data)
    assert model.built
    assert model.parameters == parameters == sum(layer.parameters for layer in model.layers)
    assert [layer.parameters for layer in model.layers if layer.kind != "InputLayer"] == [
        entry["parameters"] for entry in data["layers"] if entry["kind"] != "InputLayer"
    ]


@pytest.mark.slow
def test_a_model_is_told_in_full(crossed):
    model = models.model(crossed["compiled"][0])
    kinds = ["InputLayer", "Conv2D", "MaxPooling2D", "Flatten", "Dropout", "Dense"]
    assert (model.kind, [layer.kind for layer in model.layers]) == ("Sequential", kinds)
    convolution, dense = model.layers[1], model.layers[-1]
    assert [weights.shape for weights in convolution.weights] == [(3, 3, 4, 8), (8,)]
    assert convolution.config["activation"] == "relu"
    assert dense.output_shape == (None, 10)
    assert model.compiled["loss"] == "categorical_crossentropy"
    assert model.compiled["metrics"] == ["accuracy"]
    assert model.compiled["optimizer"]["config"]["learning_rate"] == 0.5


@pytest.mark.slow
def test_an_unbuilt_model_has_no_weights(crossed):
    model = models.model(crossed["unbuilt"][0])
    assert (model.built, model.weights, model.layers[0].config["units"]) == (False, (), 3)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("lambda", "`sneaky`"),
        ("own", "`sneaky` is a `Own`"),
        ("registered", "`sneaky` is a `Registered`"),
        ("function", "`sneaky`, `activation` is `mine`"),
        ("anonymous", "`sneaky`"),
        ("initializer", "`sneaky`"),
        ("wrapped", "`sneaky`"),
        ("operation", "`Absolute`"),
        ("own model", "a class of its own, `OwnModel`"),
        ("array", "`scale` is `__numpy__`"),
    ],
)
def test_what_could_run_code_is_refused_and_named(crossed, name, said):
    with pytest.raises(Forbidden) as refused:
        models.model(crossed[name][0])
    assert said in str(refused.value)


@pytest.mark.slow
def test_tensorflow_functions_of_a_built_in_name_are_built_in(crossed):
    assert models.model(crossed["softmax"][0]).layers[1].config["activation"] == "softmax"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "kind"), [("number", "a number"), ("unmade", "a function"), ("none", "None")]
)
def test_what_is_no_model_is_named(crossed, name, kind):
    assert crossed[name] == f"{kind}, not a Keras model"


def dense(**changes):
    """Return a forged description of one Dense layer; a dotted path in `changes` says what is different."""
    settings = {
        "name": "d",
        "units": 2,
        "use_bias": True,
        "activation": "relu",
        "kernel_initializer": "zeros",
    }
    layer = {"module": "keras.layers", "class_name": "Dense", "config": settings, "registered_name": None}
    data = {
        "kind": "Sequential",
        "config": {"name": "s", "layers": [layer]},
        "built": True,
        "weights": [np.zeros((3, 2), "f4"), np.zeros(2, "f4")],
        "layers": [{"name": "d", "kind": "Dense", "module": "keras.src", "output_shape": (None, 2)}],
        "compiled": None,
    }
    data = copy.deepcopy(data)
    targets = {"layer": data["config"]["layers"][0], "settings": data["config"]["layers"][0]["config"]}
    for key, value in changes.items():
        place, _, name = key.partition("__")
        targets.get(place, data)[name or place] = value
    return data


def test_only_what_keras_needs_is_kept_of_a_layer():
    config = models.model(dense(layer__build_config=PLAIN_OBJECT, layer__anything=PLAIN_OBJECT)).config
    assert config["layers"][0].keys() == {"module", "class_name", "config", "registered_name"}


def nested(depth):
    return [nested(depth - 1)] if depth else 0


PLAIN_OBJECT = {"module": "keras.layers", "class_name": "Lambda", "config": {}}


def test_the_forgery_that_the_next_test_changes_is_itself_fine():
    assert models.model(dense()).parameters == 8


@pytest.mark.parametrize(
    "changes",
    [
        {"weights": [np.zeros((3, 2), "f4")]},
        {"weights": [np.zeros((3, 5), "f4"), np.zeros(2, "f4")]},
        {"weights": [np.zeros((3, 2), "f4"), np.zeros(2, "f4"), np.zeros(2, "f4")]},
        {"weights": [np.zeros((3, 2), "i4"), np.zeros(2, "f4")]},
        {"weights": [[1.0, 2.0]]},
        {"weights": "none"},
        {"built": False},
        {"kind": "Lambda"},
        {"kind": []},
        {"config": None},
        {"config": {"layers": []}},
        {"config": {"layers": [3]}},
        {"config": {"layers": "Dense"}},
        {"layers": 3},
        {"layer__module": "os"},
        {"layer__module": ["keras.layers"]},
        {"layer__class_name": "Lambda"},
        {"layer__class_name": ["Dense"]},
        {"layer__registered_name": "mine>Dense"},
        {"layer__inbound_nodes": [{"args": [PLAIN_OBJECT]}]},
        {"layer__inbound_nodes": [{"args": [{"class_name": "__lambda__", "config": {"value": "x"}}]}]},
        {"settings__name": 3},
        {"settings__units": "2"},
        {"settings__units": 1 << 40},
        {"settings__units": [2]},
        {"settings__use_bias": 0},
        {"settings__activation": "mine"},
        {"settings__activation": 3},
        {"settings__activation": {"module": "keras.layers", "class_name": "Lambda", "config": {}}},
        {"settings__activation": {"module": "keras.layers", "class_name": ["ReLU"], "config": {}}},
        {"settings__kernel_initializer": "mine"},
        {"settings__kernel_initializer": {"module": "os", "class_name": "Zeros", "config": {}}},
        {"settings__kernel_initializer": {"module": "keras.initializers", "class_name": "Own", "config": {}}},
        {"settings__kernel_initializer": {"module": "keras.initializers", "class_name": "Zeros", "config": [1]}},
        {"settings__kernel_initializer": {"module": "keras.initializers", "class_name": "Zeros", "config": {"a": PLAIN_OBJECT}}},
        {"settings__kernel_initializer": {"config": {}}},
        {"settings__extra": PLAIN_OBJECT},
        {"settings__extra": [[{"a": PLAIN_OBJECT}]]},
        {"settings__extra": "x" * 10_000},
        {"settings__extra": np.zeros(3)},
        {"settings__extra": nested(30)},
        {"settings__extra": [0] * 100_000},
        {"settings__extra": [0.5, 0.25]},
        {"settings__extra": [1] * 9},
        {"settings__kernel_initializer": {"module": "keras.initializers", "class_name": "Constant", "config": {"value": [[0.1, 0.2]]}}},
        {"settings__kernel_constraint": {"module": "keras.constraints", "class_name": "MinMaxNorm", "config": {"min_value": [0.1]}}},
        {"layer__class_name": "Rescaling", "settings__scale": [1, 2]},
        {"compiled": {"loss": np.zeros(3)}},
    ],
    ids=str,
)  # fmt: skip
def test_forged_descriptions_are_refused(changes):
    with pytest.raises(Forbidden):
        models.model(dense(**changes))


def test_what_a_layer_needs_of_lists_is_taken():
    assert (
        models.model(dense(settings__batch_shape=[None, 3], settings__padding=[[1, 1], [2, 2]])).parameters
        == 8
    )


def test_weights_cannot_be_told_by_one_number_in_each_layer():
    data = dense(built=False, weights=[])
    layer = data["config"]["layers"][0]

    def constants(count):
        layers = [copy.deepcopy(layer) for _ in range(count)]
        for number, one in enumerate(layers):
            one["config"]["name"] = f"d{number}"
            constant = {
                "module": "keras.initializers",
                "class_name": "Constant",
                "config": {"value": number / 7},
            }
            one["config"]["kernel_initializer"] = constant
        return {**data, "config": {"name": "s", "layers": layers}}

    assert len(models.model(constants(20)).layers) == 20
    with pytest.raises(Forbidden, match="they could be weights"):
        models.model(constants(40))


@pytest.mark.parametrize("data", [None, 3, [], {}, "Sequential", np.zeros(3)], ids=str)
def test_what_is_no_description_is_refused(data):
    with pytest.raises(Forbidden):
        models.model(data)


def test_the_names_of_the_models_are_those_of_the_subprocess():
    assert len(NAMES) == len(set(NAMES)) == 21
    assert inside.MAX_ARRAYS >= models.MAX_WEIGHTS
