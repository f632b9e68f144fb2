"""What is listed as Keras's names is what Keras says of itself."""

import inspect
from types import ModuleType

import pytest

from grader.proofreading.keras_names import ACTIVATIONS, LAYERS, OTHER_NAMES


@pytest.fixture(scope="module")
def keras() -> ModuleType:
    """Import Keras where a test is run that needs it, or skip."""
    return pytest.importorskip("keras")


@pytest.mark.slow
def test_every_layer_of_keras_is_known_by_its_own_name(keras: ModuleType) -> None:
    layers = {
        name: thing.__name__
        for name, thing in vars(keras.layers).items()
        if inspect.isclass(thing) and issubclass(thing, keras.layers.Layer)
    }
    assert set(layers.values()) <= LAYERS
    assert {alias: name for alias, name in layers.items() if alias != name}.items() <= OTHER_NAMES.items()


@pytest.mark.slow
def test_every_activation_of_keras_is_known_as_a_config_writes_it(keras: ModuleType) -> None:
    names = set(vars(keras.activations)) - {"get", "serialize", "deserialize"}
    for name in names:
        activation = getattr(keras.activations, name)
        if inspect.isfunction(activation):
            written = keras.activations.serialize(activation)
            assert written in ACTIVATIONS
            assert name == written or OTHER_NAMES[name] == written
