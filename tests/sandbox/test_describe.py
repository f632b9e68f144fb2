"""A network crosses as data; what is none, or what could run code, is named."""

from __future__ import annotations

import pytest

from grader.sandbox import Crashed, Malformed, Missing

CODE = """
import keras
from keras import layers
net = keras.Sequential([keras.Input((28, 28, 1)), layers.Conv2D(8, (5, 5), activation='relu'), layers.Flatten(),
                        layers.Dense(10, activation='softmax')])
net.compile('adam', 'categorical_crossentropy', metrics=['accuracy'])
sneaky = keras.Sequential([keras.Input((4,)), layers.Lambda(lambda x: x), layers.Dense(2)])
count = net.count_params()
number = 3
class Own(keras.layers.Layer):
    def get_config(self): raise SystemExit
own = keras.Sequential([keras.Input((4,)), Own()])
"""


@pytest.mark.slow
def test_a_network_is_described_or_it_is_said_why_not(module):
    student = module(CODE, load_seconds=120)
    net = student.describe_model("net")
    assert [layer.kind for layer in net.layers][-3:] == ["Conv2D", "Flatten", "Dense"]
    assert net.layers[-3].parameters == 208  # 5 * 5 * 8 + 8, by hand
    assert net.parameters == student.value("count") == 208 + 24 * 24 * 8 * 10 + 10
    assert net.weights[0].shape == (5, 5, 1, 8)
    with pytest.raises(Malformed, match="ambda"):
        student.describe_model("sneaky")
    with pytest.raises(Malformed, match="`number` is a number, not a Keras model"):
        student.describe_model("number")
    with pytest.raises((Malformed, Crashed)):
        student.describe_model("own")
    with pytest.raises(Missing):
        student.describe_model("nothing")
    assert student.value("number") == 3
