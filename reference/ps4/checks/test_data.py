"""2A to 2C: versions, shapes and the prepared data."""

from operator import contains

import numpy as np

from ..data import (
    CLASSES,
    TEST,
    TRAINING,
    example_shape_slips,
    flattened,
    prepare,
    prepare_slips,
    prepared_shape_slips,
    training_shape_slips,
)
from ..public.test_data import test_versions

__all__ = ["test_prepared_data", "test_training_shape", "test_versions"]

PREPARED = flattened(TRAINING)
EXAMPLE = PREPARED[1:]
FAR = 1e6  # no pixel is scaled to more: what is beyond, a comparison would call near to everything
LARGEST = 1_000_000  # values in an array that comes back


def test_training_shape(answer, verdict):
    """The shape of the training input as it is loaded."""

    def shape():
        return answer.shape("training_shape", nouns=("training", "input", "shape", "X_train", "x_train"))

    verdict.expect(TRAINING)
    if answer.if_readable(shape) is None and _names_both(answer.shapes("training_shape"), answer.text):
        return
    verdict.equal(shape(), TRAINING, slips=training_shape_slips())


def _names_both(shapes, text):
    """Whether training and test images are told apart by name; what else is said must belong to them."""
    known = {TRAINING, TEST, TRAINING[1:], TRAINING[:1], TEST[:1]}
    return {TRAINING, TEST} <= set(shapes) <= known and "test" in text.lower()


def test_prepared_data(answer, verdict):
    """Images are flattened and labels one-hot; the new shapes are right."""
    verdict.expect(f"{PREPARED} and {EXAMPLE}, labels one-hot")
    function = answer.function("prepare")
    if function is None:
        _judge_shapes(answer.shapes("prepare"), verdict)
        return
    problem = _wrong_in_code(function, verdict)
    written = answer.if_readable(answer.shapes)
    if written is not None and (PREPARED in written) == bool(problem):
        verdict.flag("prepare(x, y) and what is written differ: the code goes first")
    if problem:
        verdict.fail(*problem)


# What an answer to 2C may speak of beside the two shapes asked for: before, test images, labels.
BESIDE = {TRAINING, TEST, TRAINING[1:], flattened(TEST), TRAINING[:1], TEST[:1]}
BESIDE |= {(TRAINING[0], CLASSES), (TEST[0], CLASSES), (CLASSES,)}


def _judge_shapes(shapes, verdict):
    given = ", ".join(map(str, shapes))
    if {PREPARED, EXAMPLE} <= set(shapes) and not set(shapes) <= {PREPARED, EXAMPLE} | BESIDE:
        verdict.pend(f"You give several shapes, {given}: a person looks which you mean.")
    if PREPARED not in shapes:
        if verdict.may_mean([number for shape in shapes for number in shape], PREPARED):
            verdict.pend(f"Your shapes were read as {given}: a person looks what you mean.")
        slip = verdict.named(shapes, prepared_shape_slips(), contains)
        verdict.fail(f"The new shape of the training input is not among yours: {given}.", slip)
    if EXAMPLE not in shapes:
        others = [shape for shape in shapes if shape != PREPARED]
        slip = verdict.named(others, example_shape_slips(), contains)
        if not slip:
            verdict.pend(f"No new shape of one example was read, only {given}: a person looks for it.")
        verdict.fail(f"The new shape of one example is not among yours: {given}.", slip)


def _wrong_in_code(function, verdict):
    """Return the message and the slip for a function that prepares wrongly, None for a right one."""
    rng = np.random.default_rng(155)
    images = rng.integers(0, 256, size=(40, *TRAINING[1:]), dtype=np.uint8)
    labels = rng.permutation(np.arange(40) % 10).astype(np.uint8)
    returned = function(images, labels)
    if not isinstance(returned, (tuple, list)) or len(returned) != 2:
        return "prepare(x, y) is to return two arrays: the images and the labels.", ""
    if any(np.size(array) > LARGEST for array in returned if isinstance(array, np.ndarray)):
        return "prepare(x, y) returns far more values than it was given.", ""
    try:
        given = tuple(np.asarray(array, dtype=float) for array in returned)
    except OverflowError:
        return "prepare(x, y) returns numbers that are too large for any array.", ""
    except (ValueError, TypeError):
        return "prepare(x, y) returns rows of different lengths, or something else that is no array.", ""
    if _same(given, prepare(images, labels)):
        return None
    slip = verdict.named(given, prepare_slips(images, labels), _same)
    made = " and ".join(str(array.shape) for array in given)
    return f"Of images {images.shape} and labels {labels.shape} your prepare makes {made}.", slip


def _same(given, right):
    return all(_same_up_to_scale(mine, theirs) for mine, theirs in zip(given, right, strict=True))


def _same_up_to_scale(given, right):
    """Scaling and centring is good practice and costs nothing: one affine map for the whole array."""
    if given.shape != right.shape or not (np.abs(given) <= FAR).all():  # NaN is not
        return False
    right = right.astype(float)
    scale, offset = np.polyfit(right.ravel(), given.ravel(), 1)
    near = 1e-4 * np.ptp(given)
    return bool(scale > 0 and np.allclose(given, scale * right + offset, rtol=1e-4, atol=near))
