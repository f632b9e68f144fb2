"""2A to 2C: versions, the kind of the shapes, and what flattening and one-hot labels mean."""

import numpy as np

from .unseen import ready

SIDES = (28, 28)  # of an image, as the statement has it
DIGITS = 10
IMAGES = 20  # drawn here
LARGEST = 1_000_000  # values in an array that comes back
FAR = 1e6  # no pixel is scaled to more


def test_versions(answer, verdict):
    """The versions of TensorFlow and of Keras are given."""
    names = {"tensorflow": "TensorFlow", "keras": "Keras"}
    versions = answer.versions("versions", names=tuple(names))
    verdict.expect("a version number of each")
    if lacking := [shown for name, shown in names.items() if name not in versions]:
        if any(name in answer.text.lower() for name in names if name not in versions):
            verdict.pend(
                f"No version of {' and of '.join(lacking)} was read, though you name it: a person looks."
            )
        verdict.fail(f"No version of {' and of '.join(lacking)} was found in your answer.")


def test_training_shape(answer, verdict):
    """The shape of the training input as it is loaded."""

    def shape():
        return answer.shape("training_shape", nouns=("training", "input", "shape", "X_train", "x_train"))

    given = answer.if_readable(shape)
    if given is None and len(answer.shapes("training_shape")) > 1:
        ready(verdict, ", and so is whether it is clear which of your shapes is meant")
    given = shape()
    if len(given) != 1 + len(SIDES):
        verdict.fail(f"Your {given} has {len(given)} axes: images, rows and columns are three.")
    if given[1:] != SIDES:
        verdict.fail(f"Your {given} is not of the form (n, {SIDES[0]}, {SIDES[1]}).")
    ready(verdict)


def test_prepared_data(answer, verdict):
    """Images are flattened and labels one-hot; the new shapes are right."""
    function = answer.function("prepare")
    if function is not None:
        if problem := wrong_in_code(function, verdict):
            verdict.fail(problem)
        return
    shapes = answer.shapes("prepare")
    told = ", ".join(map(str, shapes))
    flat = [shape for shape in shapes if len(shape) == 2]
    if not flat:
        verdict.fail(f"Flat images have one row each: none of {told} has two axes.")
    examples = [shape for shape in shapes if len(shape) == 1]
    if examples and not any(rows[1] == one[0] for rows in flat for one in examples):
        verdict.fail(f"One example is a row of all of them: in {told} its length is another than theirs.")
    if not examples and (wrong := [one for one in flat if one == SIDES or 1 in one]):
        verdict.fail(f"One example is one row of numbers, with a single axis, and {wrong[0]} has two.")
    ready(verdict)


def wrong_in_code(function, verdict):
    """What is wrong with what `prepare` makes of drawn images, '' where it keeps to what the words mean.

    Each image is black but for one pixel, so that the place where it arrives tells their order.
    """
    draw = np.random.default_rng(7)
    rows, columns = (draw.integers(0, side, IMAGES) for side in SIDES)
    images = np.zeros((IMAGES, *SIDES), np.uint8)
    images[np.arange(IMAGES), rows, columns] = 255
    labels = draw.permutation(np.arange(IMAGES) % DIGITS).astype(np.uint8)
    arrays = _arrays(function(images, labels))
    if isinstance(arrays, str):
        return arrays
    x, y = arrays
    made = f"Of images {images.shape} and labels {labels.shape} your prepare makes {x.shape} and {y.shape}"
    if x.shape != (IMAGES, images[0].size):
        return f"{made}: flat images have one row each, of all their pixels."
    if y.shape != (IMAGES, DIGITS) or not (np.abs(y) <= FAR).all() or not (np.abs(x) <= FAR).all():
        return f"{made}: one-hot labels have one row each, of ten ordinary numbers."
    if (x.argmax(axis=1) != rows * SIDES[1] + columns).any() or not _two_valued(x):
        return "The pixels are there in another order or with other values: flattening keeps both."
    if (y.argmax(axis=1) != labels).any() or not _two_valued(y):
        return "One-hot labels hold 1 in their digit's column and 0 elsewhere."
    if not all(map(np.array_equal, _arrays(function(images, labels)), arrays)):
        verdict.note("prepare(x, y) makes something else of the same arrays when it is called again")
    return ""


def _two_valued(array):
    """Whether one value in each row stands above all others, which are alike: as it was, up to scale."""
    values = np.unique(np.round((array - array.min()) / max(float(np.ptp(array)), 1e-9), 4))
    return len(values) == 2 and bool(((array == array.max()).sum(axis=1) == 1).all())


def _arrays(returned):
    """The two arrays that are returned, or what is wrong with them."""
    if not isinstance(returned, (tuple, list)) or len(returned) != 2:
        return "prepare(x, y) is to return two arrays: the images and the labels."
    if any(np.size(array) > LARGEST for array in returned if isinstance(array, np.ndarray)):
        return "prepare(x, y) returns far more values than it was given."
    try:
        return tuple(np.asarray(array, dtype=float) for array in returned)
    except OverflowError:
        return "prepare(x, y) returns numbers that are too large for any array."
    except (ValueError, TypeError):
        return "prepare(x, y) returns rows of different lengths, or something else that is no array."
