"""Official images are known again whatever was done to their scale, shape and order; others are not."""

from __future__ import annotations

import numpy as np
import pytest

from grader import datasets
from grader.sandbox.inside.recognise import Official, Unknown

ARRAYS = datasets.stand_in().arrays
OFFICIAL = Official(ARRAYS)
X, Y = ARRAYS["x_train"], ARRAYS["y_train"].astype(int)
ORDER = np.random.default_rng(3).permutation(len(X))[:1000]
FLAT = X.reshape(len(X), -1).astype(float)
SPREAD = FLAT.std(0) + 1e-7
CHANGES = {
    "as_loaded": X,
    "scaled": (X / 255).astype(np.float32)[..., None],
    "half_precision": (X / 255).astype(np.float16),
    "centred": X / 127.5 - 1,
    "inverted": 1 - X / 255,
    "twice": X / 255 / 255,
    "standardised": (FLAT - FLAT.mean()) / FLAT.std(),
    "each_pixel": (FLAT - FLAT.mean(0)) / SPREAD,
    "columns_first_in_memory": np.asfortranarray(FLAT / 255),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_known_and_can_be_repeated(name: str) -> None:
    given = CHANGES[name]
    for rows in (np.arange(len(X)), np.arange(200, len(X)), ORDER):
        seen = OFFICIAL.images(given[rows])
        assert np.array_equal(seen.rows, rows)
        assert seen.shape == given.shape[1:]
        repeated = OFFICIAL.pixels[seen.rows] / seen.divide + seen.add
        scale = np.abs(given.astype(float)).max()
        np.testing.assert_allclose(repeated, given[rows].reshape(len(rows), -1), atol=2e-3 * scale)
        assert OFFICIAL.labels_as(Y[rows], seen.rows) == "integers"


def test_test_images_are_known_for_what_they_are() -> None:
    seen = OFFICIAL.images(np.concatenate([X[:50], ARRAYS["x_test"]]) / 255)
    assert seen.rows[:50].max() < len(X) <= seen.rows[50:].min()


def test_what_was_scaled_by_a_whole_number_is_told_so() -> None:
    assert (OFFICIAL.images(X / 255).divide, OFFICIAL.images(X / 255).add) == (255.0, 0.0)
    assert (OFFICIAL.images(X).divide, OFFICIAL.images(X / 256).divide) == (1.0, 256.0)


@pytest.mark.parametrize(
    "given",
    [
        X + np.random.default_rng(0).normal(size=X.shape),
        np.concatenate([X[:-1], X[-1:, :, ::-1]]),
        np.zeros_like(X),
        X[:, 2:-2, 2:-2],
        np.full(X.shape, np.nan),
        X.astype(str),
        np.zeros((0, 784)),
    ],
    ids=["noise", "one_mirrored", "black", "cropped", "nan", "text", "none"],
)  # fmt: skip
def test_anything_else_is_not_taken_for_it(given: np.ndarray) -> None:
    with pytest.raises(Unknown):
        OFFICIAL.images(given)


def test_labels_are_those_of_the_images() -> None:
    rows = ORDER
    assert OFFICIAL.labels_as(np.eye(10, dtype=np.float32)[Y[rows]], rows) == "one-hot"
    assert OFFICIAL.labels_as(Y[rows][:, None], rows) == "column"
    for wrong in (Y[rows][::-1], np.eye(11)[Y[rows]], Y[rows][:-1], (Y[rows] + 1) % 10):
        with pytest.raises(Unknown):
            OFFICIAL.labels_as(wrong, rows)
