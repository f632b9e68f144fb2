from fractions import Fraction

import keras
import numpy as np
import pytest
from ps4.data import (
    TEST,
    TEST_LABEL_COUNTS,
    TRAINING,
    chance_levels,
    constant_answer,
    example_shape_slips,
    flattened,
    one_hot,
    prepare,
    prepare_slips,
    prepared_shape_slips,
    training_shape_slips,
)


def test_the_file_itself_has_these_shapes_and_counts(mnist):
    with np.load(mnist) as arrays:
        assert arrays["x_train"].shape == TRAINING
        assert arrays["x_test"].shape == TEST
        assert tuple(np.bincount(arrays["y_test"])) == TEST_LABEL_COUNTS


def test_keras_flattens_to_the_same_shapes():
    expected = keras.layers.Flatten().compute_output_shape(TRAINING)
    assert flattened(TRAINING) == expected == (60000, 784)


def drawn(count=7):
    draw = np.random.default_rng(0)
    return draw.integers(0, 256, (count, 28, 28), dtype=np.uint8), draw.integers(0, 10, count)


def test_keras_prepares_the_same():
    x, y = drawn()
    flat, hot = prepare(x, y)
    assert np.array_equal(flat, keras.ops.convert_to_numpy(keras.layers.Flatten()(x)))
    assert np.array_equal(hot, keras.utils.to_categorical(y, 10))
    assert np.array_equal(flat[3][28 * 2 + 5], x[3][2][5])


def test_labels_may_be_anything_that_counts_and_nothing_else():
    assert one_hot([2, 0], 3).tolist() == [[0, 0, 1], [1, 0, 0]]
    assert one_hot(np.zeros(0, int)).shape == (0, 10)
    for labels in ([10], [-1]):
        with pytest.raises(ValueError, match="0 to 9"):
            one_hot(labels)


def test_every_slip_in_preparing_is_wrong_and_unlike_the_others():
    x, y = drawn()
    results = [prepare(x, y), *prepare_slips(x, y).values()]
    for place, (images, labels) in enumerate(results):
        for others in results[:place]:
            assert not (np.array_equal(images, others[0]) and np.array_equal(labels, others[1]))


def test_slips_in_preparing_by_hand():
    x, y = drawn()
    slips = prepare_slips(x, y)
    assert slips["not flattened"][0].shape == (7, 28, 28)
    assert slips["labels left as they are"][1].shape == (7,)
    assert slips["rows and columns swapped"][0].shape == (784, 7)
    assert np.array_equal(slips["pixels column by column"][0][0], x[0].ravel(order="F"))
    assert slips["images and labels swapped"][0].shape == (7, 10)


def test_slips_in_the_shapes_by_hand():
    training, prepared, example = training_shape_slips(), prepared_shape_slips(), example_shape_slips()
    assert training["test images for training images"] == (10000, 28, 28)
    assert training["flattened already"] == (60000, 784)
    assert training["channel axis added"] == (60000, 28, 28, 1)
    assert training["channel axis added in front"] == (60000, 1, 28, 28)
    assert training["axes in another order"] == (28, 28, 60000)
    assert training["one image only"] == (28, 28)
    assert training["training and test images together"] == (70000, 28, 28)
    assert prepared["not flattened"] == (60000, 28, 28)
    assert prepared["rows and columns swapped"] == (784, 60000)
    assert prepared["sides added"] == (60000, 56)
    assert prepared["labels for images"] == (60000, 10)
    assert example["one example as a matrix"] == (1, 784)
    assert example["not flattened"] == (28, 28)
    assert (len(training), len(prepared), len(example)) == (11, 10, 5)  # none is lost to another


@pytest.mark.parametrize(
    ("slips", "right"),
    [
        (training_shape_slips(), (60000, 28, 28)),
        (prepared_shape_slips(), (60000, 784)),
        (example_shape_slips(), (784,)),
    ],
)
def test_no_two_shapes_are_alike_and_none_is_right(slips, right):
    assert len(set(slips.values()) | {right}) == len(slips) + 1


# ---- chance ---------------------------------------------------------------------------------


def test_chance_levels_are_what_a_constant_network_measures():
    labels = np.repeat(np.arange(10), TEST_LABEL_COUNTS)
    for digit, level in chance_levels().items():
        assert float(level) == np.mean(labels == digit)
    assert sum(chance_levels().values()) == 1


@pytest.mark.parametrize("accuracy", [0.1135, Fraction(1135, 10000), 0.11349999904632568])
def test_a_network_that_says_1_to_everything_is_recognised(accuracy):
    assert constant_answer(accuracy) == 1


@pytest.mark.parametrize("accuracy", [0.1136, 0.1134, 0.1, 0.98, 0, 1, float("nan")])
def test_other_networks_are_not(accuracy):
    assert constant_answer(accuracy) is None
