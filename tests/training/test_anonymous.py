"""Networks that differ by the names of their layers alone are one network."""

from __future__ import annotations

import keras
import pytest
from keras import layers as L  # noqa: N812 (as everybody writes it)

from grader.training.anonymous import anonymous


def sequential() -> keras.Model:
    return keras.Sequential([L.Input((4,)), L.Dense(3), L.BatchNormalization(), L.Dense(2)])


def functional() -> keras.Model:
    x = keras.Input((4,))
    one, other = L.Dense(3)(x), L.Dense(3)(x)
    return keras.Model(x, L.Dense(2)(L.Concatenate()([one, L.Dropout(0.1)(other)])))


def nested() -> keras.Model:
    return keras.Sequential([L.Input((4,)), keras.Sequential([L.Input((4,)), L.Dense(3)]), L.Dense(2)])


@pytest.mark.parametrize("made", [sequential, functional, nested])
def test_two_of_a_kind_are_equal_and_can_be_built(made: object) -> None:
    first, second = made(), made()
    assert first.get_config() != second.get_config()
    one = anonymous(first.get_config())
    assert one == anonymous(second.get_config())
    assert "dense" not in str([layer["config"]["name"] for layer in one["layers"]])
    built = type(first).from_config(one)
    built.set_weights(first.get_weights())
    x = keras.random.normal((5, 4), seed=1)
    assert (abs(built(x) - first(x)).numpy() < 1e-6).all()


def test_other_wires_make_another_network() -> None:
    x = keras.Input((4,))
    one, other = L.Dense(3)(x), L.Dense(3)(x)
    crossed = keras.Model(x, L.Dense(2)(L.Concatenate()([L.Dropout(0.1)(other), one])))
    straight = anonymous(functional().get_config())
    assert anonymous(crossed.get_config()) != straight
