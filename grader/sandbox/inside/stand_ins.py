"""the libraries a student's code names -> imported, seeded, and without downloads, windows or training."""

from __future__ import annotations

import builtins
import importlib
import importlib.util
import random
import sys
import warnings
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, NoReturn

from . import absent, fitting, keras2, wire

SEED = 155
SHAPES = ((60000, 28, 28), (60000,), (10000, 28, 28), (10000,))  # of MNIST, as `load_data` gives it
NETWORKS = ("tensorflow", "keras")


class TrainingLeft(BaseException):
    """Training was asked for that the grader does not do here; the text says why, where there is a reason.

    It is no Exception, so that a student's `except Exception` does not go on as if a network were trained.
    """


def prepare(preload: Sequence[str]) -> None:
    """Import the libraries named in `preload` that are installed, and put the stand-ins in place.

    Raises whatever a broken installation raises: that is the grader's fault, not the student's.
    """
    warnings.simplefilter("ignore")  # a warning never costs anything, so nobody needs to read it here
    builtins.input = _no_input
    absent.install()
    steps = {"numpy": _numpy, "matplotlib": _matplotlib, "keras": _keras}
    for name, step in steps.items():
        if name in preload and installed(name):
            step()


def reseed() -> None:
    """Seed what is imported, the same for everybody: in the process that student code will run in."""
    random.seed(SEED)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(SEED)
    if "keras" in sys.modules:
        sys.modules["keras"].utils.set_random_seed(SEED)


def installed(name: str) -> bool:
    """Return whether a library is there to be imported; Keras only counts with TensorFlow."""
    names = NETWORKS if name in NETWORKS else (name,)
    return all(importlib.util.find_spec(one) for one in names)


def _no_input(*_: object) -> NoReturn:
    raise RuntimeError("input() has nobody to ask while your work is graded")


def _numpy() -> None:
    importlib.import_module("numpy")


def _matplotlib() -> None:
    """Keep matplotlib on the backend that draws without a screen, whatever `use` is asked for."""
    matplotlib: Any = importlib.import_module("matplotlib")
    matplotlib.use = lambda *_args, **_options: None


def _keras() -> None:
    keras = importlib.import_module("keras")
    keras2.install()
    fitting.watch()
    keras.Model.fit = fitting.replacement(keras2.FIT, TrainingLeft)
    keras.Model.train_on_batch = fitting.on_batches(TrainingLeft)
    for module in ("keras.src", "keras", "tensorflow.keras"):
        mnist: Any = importlib.import_module(f"{module}.datasets.mnist")
        mnist.load_data = load_mnist


def load_mnist(path: str = "mnist.npz") -> tuple[tuple[Any, Any], tuple[Any, Any]]:
    """Return the official arrays, (n, 28, 28) and (n,), uint8; drawn ones where nobody has any.

    Nothing is downloaded; `path` is taken for the sake of the real function's callers.
    """
    import numpy as np

    del path
    with suppress(wire.Refused):
        given = fitting.arrays()
        return (given["x_train"], given["y_train"]), (given["x_test"], given["y_test"])
    draw = np.random.default_rng(SEED)
    tops = {3: 256, 1: 10}  # pixels, labels
    x, y, x_test, y_test = (draw.integers(0, tops[len(shape)], shape, np.uint8) for shape in SHAPES)
    return (x, y), (x_test, y_test)


class Shell:
    """Stand in for IPython's shell: exported notebooks call its magics as methods, which do nothing here."""

    def __getattr__(self, name: str) -> Any:
        return lambda *_args, **_options: None


def notebook_names() -> dict[str, Any]:
    """Return the names that IPython gives to code."""
    return {"get_ipython": Shell, "display": print}
