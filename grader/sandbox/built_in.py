"""a built-in layer's kind and settings -> the shapes of its weights; and the names that a network may use.

The names are those of Keras 3, where it keeps them when it writes a network down (`get_config`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Config = Mapping[str, Any]
Shapes = list[tuple[int | None, ...] | None]  # None for a size, or a whole shape, that a config does not tell


NETWORKS = {"Sequential", "Functional"}
ACTIVATIONS = {
    "celu",
    "elu",
    "exponential",
    "gelu",
    "glu",
    "hard_shrink",
    "hard_sigmoid",
    "hard_silu",
    "hard_swish",
    "hard_tanh",
    "leaky_relu",
    "linear",
    "log_sigmoid",
    "log_softmax",
    "mish",
    "relu",
    "relu6",
    "selu",
    "sigmoid",
    "silu",
    "soft_shrink",
    "softmax",
    "softplus",
    "softsign",
    "sparse_plus",
    "sparse_sigmoid",
    "sparsemax",
    "squareplus",
    "swish",
    "tanh",
    "tanh_shrink",
    "threshold",
}
# What a setting may be, by the end of its name: where Keras keeps it and its class names.
PARTS = {
    "initializer": (
        {"keras.initializers"},
        {
            "Constant",
            "GlorotNormal",
            "GlorotUniform",
            "HeNormal",
            "HeUniform",
            "Identity",
            "LecunNormal",
            "LecunUniform",
            "Ones",
            "Zeros",
            "Orthogonal",
            "OrthogonalInitializer",
            "RandomNormal",
            "RandomUniform",
            "TruncatedNormal",
            "VarianceScaling",
        },
    ),
    "regularizer": ({"keras.regularizers"}, {"L1", "L2", "L1L2", "OrthogonalRegularizer"}),
    "constraint": ({"keras.constraints"}, {"MaxNorm", "MinMaxNorm", "NonNeg", "UnitNorm"}),
    "dtype": ({"keras", "keras.dtype_policies"}, {"DTypePolicy"}),
    "activation": ({"keras.layers"}, {"LeakyReLU", "ReLU", "ELU", "Softmax"}),
}


def _bias(config: Config, size: int | None) -> Shapes:
    return [(size,)] if config["use_bias"] else []


def _dense(config: Config) -> Shapes:
    return [(None, config["units"]), *_bias(config, config["units"])]


def _conv(config: Config) -> Shapes:
    return [(*config["kernel_size"], None, config["filters"]), *_bias(config, config["filters"])]


def _transposed(config: Config) -> Shapes:
    return [(*config["kernel_size"], config["filters"], None), *_bias(config, config["filters"])]


def _depthwise(config: Config) -> Shapes:
    return [(*config["kernel_size"], None, config["depth_multiplier"]), *_bias(config, None)]


def _separable(config: Config) -> Shapes:
    points = (1,) * len(config["kernel_size"])
    depth = (*config["kernel_size"], None, config["depth_multiplier"])
    return [depth, (*points, None, config["filters"]), *_bias(config, config["filters"])]


def _recurrent(gates: int) -> Callable[[Config], Shapes]:
    def shapes(config: Config) -> Shapes:
        units, wide = config["units"], gates * config["units"]
        return [(None, wide), (units, wide), *([None] if config["use_bias"] else [])]

    return shapes


def _batch_normalised(config: Config) -> Shapes:
    own = [(None,)] * (bool(config["scale"]) + bool(config["center"]))
    return [*own, *[(None,)] * (5 if config.get("renorm") else 2)]


def _normalised(config: Config) -> Shapes:
    return [None] * (bool(config["scale"]) + bool(config["center"] and not config.get("rms_scaling")))


def _embedding(config: Config) -> Shapes:
    return [(config["input_dim"], config["output_dim"])]


def _one(_config: Config) -> Shapes:
    return [None]


def _none(_config: Config) -> Shapes:
    return []


def _of_ranks(name: str) -> list[str]:
    return [f"{name}{rank}D" for rank in (1, 2, 3)]


WITHOUT_WEIGHTS = [
    "InputLayer",
    "Flatten",
    "Dropout",
    "GaussianNoise",
    "GaussianDropout",
    "AlphaDropout",
    "Activation",
    "ReLU",
    "LeakyReLU",
    "ELU",
    "Softmax",
    "Identity",
    "Masking",
    "Reshape",
    "Permute",
    "RepeatVector",
    "Rescaling",
    "UnitNormalization",
    "Add",
    "Subtract",
    "Multiply",
    "Average",
    "Maximum",
    "Minimum",
    "Concatenate",
    "Dot",
    "ActivityRegularization",
]
OF_RANKS = [
    "MaxPooling",
    "AveragePooling",
    "GlobalMaxPooling",
    "GlobalAveragePooling",
    "SpatialDropout",
    "ZeroPadding",
    "Cropping",
    "UpSampling",
]
KINDS: dict[str, Callable[[Config], Shapes]] = {
    **dict.fromkeys(WITHOUT_WEIGHTS, _none),
    **{name: _none for one in OF_RANKS for name in _of_ranks(one)},
    **dict.fromkeys(_of_ranks("Conv"), _conv),
    **{f"Conv{rank}DTranspose": _transposed for rank in (1, 2, 3)},
    **dict.fromkeys(_of_ranks("DepthwiseConv")[:2], _depthwise),
    **dict.fromkeys(_of_ranks("SeparableConv")[:2], _separable),
    "Dense": _dense,
    "PReLU": _one,
    "BatchNormalization": _batch_normalised,
    "LayerNormalization": _normalised,
    "GroupNormalization": _normalised,
    "Embedding": _embedding,
    "SimpleRNN": _recurrent(1),
    "GRU": _recurrent(3),
    "LSTM": _recurrent(4),
}
