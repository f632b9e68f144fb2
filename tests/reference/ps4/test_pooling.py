from fractions import Fraction

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ps4.pooling import (
    average_pool,
    average_pooled,
    average_pooled_slips,
    max_pool,
    max_pooled,
    max_pooled_slips,
    shifted_blocks,
    windows,
)

HALF, QUARTER = Fraction(1, 2), Fraction(1, 4)
ONES = ((1, 1), (1, 1))


def test_windows_by_hand():
    assert windows(((1, 2, 3), (4, 5, 6)), size=2, stride=1) == (((1, 2, 4, 5), (2, 3, 5, 6)),)


def test_the_four_images_by_hand():
    top_left, top_right, bottom_right, bottom_left = shifted_blocks()
    assert top_left == ((1, 1, 1, 0), (1, 1, 1, 0), (1, 1, 1, 0), (0, 0, 0, 0))
    assert top_right == ((0, 1, 1, 1), (0, 1, 1, 1), (0, 1, 1, 1), (0, 0, 0, 0))
    assert bottom_right == ((0, 0, 0, 0), (0, 1, 1, 1), (0, 1, 1, 1), (0, 1, 1, 1))
    assert bottom_left == ((0, 0, 0, 0), (1, 1, 1, 0), (1, 1, 1, 0), (1, 1, 1, 0))


def test_average_pooled_by_hand():
    assert average_pooled() == (
        ((1, HALF), (HALF, QUARTER)),
        ((HALF, 1), (QUARTER, HALF)),
        ((QUARTER, HALF), (HALF, 1)),
        ((HALF, QUARTER), (1, HALF)),
    )


def test_max_pooled_by_hand():
    assert max_pooled() == (ONES, ONES, ONES, ONES)


def test_pooled_values_are_exact():
    values = [
        value for pooled in (average_pooled(), max_pooled()) for m in pooled for row in m for value in row
    ]
    assert {type(value) for value in values} == {Fraction}


def with_keras(layer, image):
    return keras.ops.convert_to_numpy(layer(np.asarray(image, "float32")[None, :, :, None]))[0, :, :, 0]


@settings(max_examples=60)
@given(st.data())
def test_keras_pools_the_same(data):
    rows, columns = data.draw(st.tuples(st.integers(1, 9), st.integers(1, 9)))
    size = data.draw(st.integers(1, min(rows, columns)))
    stride = data.draw(st.integers(1, 4))
    image = np.array(
        data.draw(st.lists(st.integers(-9, 9), min_size=rows * columns, max_size=rows * columns))
    )
    image = image.reshape(rows, columns)
    exact = tuple(tuple(map(Fraction, row)) for row in image.tolist())
    average = with_keras(keras.layers.AveragePooling2D(size, stride), image)
    maximum = with_keras(keras.layers.MaxPooling2D(size, stride), image)
    assert np.array_equal(max_pool(image, size, stride), maximum)
    assert np.array_equal(np.array(max_pool(exact, size, stride), float), maximum)
    assert np.allclose(average_pool(image, size, stride), average, atol=1e-5)
    assert np.allclose(np.array(average_pool(exact, size, stride), float), average, atol=1e-5)


@pytest.mark.parametrize(("size", "stride"), [(5, 1), (0, 1), (2, 0)])
def test_windows_that_do_not_fit_are_refused(size, stride):
    with pytest.raises(ValueError, match="fits"):
        windows(shifted_blocks()[0], size, stride)


def test_every_slip_is_wrong_and_unlike_the_others():
    for slips, right in ((average_pooled_slips(), average_pooled()), (max_pooled_slips(), max_pooled())):
        assert len(set(slips.values()) | {right}) == len(slips) + 1
        assert all(len(matrices) == 4 for matrices in slips.values())


def test_slips_of_average_pooling_by_hand():
    slips = average_pooled_slips()
    assert slips["maximum for average"] == max_pooled()
    assert slips["minimum"][0] == ((1, 0), (0, 0))
    assert slips["sum for average"][0] == ((4, 2), (2, 1))
    assert slips["divided by the side"][0] == ((2, 1), (1, HALF))
    assert slips["stride 1"][0] == ((1, 1, HALF), (1, 1, HALF), (HALF, HALF, QUARTER))
    assert slips["order of the matrices"] == tuple(average_pooled()[place] for place in (0, 1, 3, 2))
    assert slips["rows and columns swapped"] == tuple(average_pooled()[place] for place in (0, 3, 2, 1))
    assert slips["not pooled"] == shifted_blocks()
    assert len(slips) == 8


def test_slips_of_max_pooling_by_hand():
    slips = max_pooled_slips()
    assert slips["average for maximum"] == average_pooled()
    assert slips["minimum"][3] == ((0, 0), (1, 0))
    assert slips["sum for maximum"][1] == ((2, 4), (1, 2))
    assert slips["stride 1"] == (((1, 1, 1),) * 3,) * 4
    assert slips["not pooled"] == shifted_blocks()
    assert len(slips) == 5
