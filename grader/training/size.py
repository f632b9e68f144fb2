"""Recipe -> Size: layers, parameters and arithmetic of a network, with none of its memory taken."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from grader.training.compiled import BadRecipe
from grader.training.graph import MEASURED_AT_ONCE
from grader.training.recipe import Recipe

TOUCHED = 20  # operations' worth of time that a value takes which is only passed on, scaled or compared
STARTED = 1e6  # and what starting a layer's work once costs, whatever its size
WRITTEN = 5e9  # and what writing a layer down takes, once
LOOPED = 10  # starts' worth of time that a recurrent layer's step takes, there and back
REMEMBERED = 8  # values of each unit that a recurrent layer keeps of a step
BACKWARD = 2  # the backward pass multiplies about twice what the forward pass does
RECURRENT = ("SimpleRNN", "LSTM", "GRU")
COPIES = 4  # of each parameter: its value, its gradient and an optimizer's two


@dataclass(frozen=True)
class LayerSize:
    """One layer as Keras builds it. Shapes are without the axis that counts the images."""

    kind: str
    name: str
    output_shape: tuple[int, ...]
    parameters: int
    multiplications: int  # for one image, forwards
    steps: int = 1  # one after the other: those of a recurrent layer
    calls: int = 1  # how often the network uses it


@dataclass(frozen=True)
class Size:
    """A network's layers, from its input to its output."""

    layers: tuple[LayerSize, ...]
    output_shape: tuple[int, ...]

    @property
    def parameters(self) -> int:
        """All of them, trainable or not."""
        return sum(layer.parameters for layer in self.layers)

    @property
    def multiplications(self) -> int:
        """Of one image, forwards."""
        return sum(layer.multiplications for layer in self.layers)

    def bytes(self, batch: int) -> int:
        """Return about what training takes in memory, in batches of that many images."""
        images = max((1 + BACKWARD) * batch, MEASURED_AT_ONCE)
        return 4 * (COPIES * self.parameters + images * self.values)

    @property
    def values(self) -> int:
        """All that its layers give for one image, and what recurrent ones remember of each step."""
        return sum(
            math.prod(layer.output_shape) * layer.calls
            + (layer.steps > 1) * layer.steps * layer.output_shape[-1] * REMEMBERED
            for layer in self.layers
        )

    @property
    def written(self) -> float:
        """What writing its graph down takes, once for each network, in 10^12 operations' worth of time."""
        return 1e-12 * WRITTEN * len(self.layers)

    def epoch(self, trained: int, measured: int, batch: int) -> float:
        """Return the arithmetic of an epoch in 10^12 operations; a multiplication with its sum are two.

        Layers without a multiplication take time as well, and so do many small batches: each value counts for
        what it is to be touched, and each layer for what it is to be begun.
        """
        image = 2 * self.multiplications + TOUCHED * self.values
        steps = sum((1 if layer.steps == 1 else layer.steps * LOOPED) * layer.calls for layer in self.layers)
        begun = (1 + BACKWARD) * steps * math.ceil(trained / batch) * STARTED
        return 1e-12 * (image * ((1 + BACKWARD) * trained + measured) + begun)


def size_of(recipe: Recipe) -> Size:
    """Return what a recipe's network is made of. Raises BadRecipe where Keras cannot build it."""
    from grader.training.network import quiet, untrained

    quiet()
    import keras
    from keras.src.backend.common import global_state

    try:
        with keras.StatelessScope(initialize_variables=False):
            model = untrained(recipe)
            layers = tuple(_size(layer, nodes) for layer, nodes in _flat(model))
            # A Sequential that was built without an input layer has no output of its own.
            output = _shape(model.layers[-1].output if recipe.kind == "Sequential" else model.output)
    except Exception as fault:  # whatever Keras says of a network that does not fit together
        if isinstance(fault, BadRecipe):
            raise
        said = " ".join(str(fault).split())[:200]
        raise BadRecipe(f"Keras cannot build the network: {said}") from None
    finally:
        # What was only described must not be filled when something else is built.
        global_state.set_global_attribute("uninitialized_variables", [])
    return Size(layers, output)


def _flat(model: Any) -> Iterator[tuple[Any, list[Any]]]:
    """Yield a network's layers with their calls, those of networks inside it too; an input is none."""
    graph = getattr(model, "_functional", None) or model  # what a Sequential is built as
    at_depths = graph._nodes_by_depth.values()  # noqa: SLF001 (Keras tells of a layer's first call alone)
    for layer in model.layers:
        calls = [node for nodes in at_depths for node in nodes if node.operation is layer]
        if hasattr(layer, "layers"):
            yield from ((inner, nodes * len(calls)) for inner, nodes in _flat(layer))
        elif type(layer).__name__ != "InputLayer":
            yield layer, calls


def _size(layer: Any, calls: list[Any]) -> LayerSize:
    if not calls:
        raise BadRecipe(f"the network's output does not depend on its layer {layer.name[:40]}")
    kind = type(layer).__name__
    output, given = _shape(calls[0].outputs), _shape(calls[0].input_tensors)
    places = max(math.prod(output[:-1]), math.prod(given[:-1])) if len(output) > 1 else 1
    kernels = sum(math.prod(weight.shape) for weight in layer.weights if len(weight.shape) > 1)
    parameters = sum(math.prod(weight.shape) for weight in layer.weights)
    if layer.__class__.__name__.startswith(("Conv", "Separable", "Depthwise")):
        places = math.prod(output[:-1])
    steps = given[0] if kind in RECURRENT else 1
    products = kernels * max(places, steps) * len(calls)
    if kind == "Dot":  # no weights: its inputs are multiplied with each other
        products = math.prod(output) * max(given)
    return LayerSize(kind, layer.name, output, parameters, products, steps, len(calls))


def _shape(tensor: Any) -> tuple[int, ...]:
    tensors = tensor if isinstance(tensor, list | tuple) else [tensor]
    sides = [side for one in tensors[:1] for side in one.shape[1:]]
    if not all(isinstance(side, int) for side in sides):
        raise BadRecipe("the network has a layer whose shape is not known before it sees images")
    return tuple(sides)
