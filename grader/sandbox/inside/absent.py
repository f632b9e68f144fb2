"""the name of a module that is not here, or goes by another name today -> one that does.

Colab's helpers and IPython's display do nothing; other frameworks are not graded, whether installed or not.
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

from . import keras2

FRAMEWORKS = {  # by what is imported
    **dict.fromkeys(("torch", "torchvision", "torchaudio", "pytorch_lightning", "lightning"), "PyTorch"),
    **dict.fromkeys(("jax", "flax", "optax"), "JAX"),
    "mxnet": "MXNet",
    "theano": "Theano",
}


def _nothing(*_args: object, **_options: object) -> None:
    """Do nothing, whatever is asked."""


def _no_files(*_args: object, **_options: object) -> dict[str, bytes]:
    """Return what an upload gives where nobody uploads."""
    return {}


class _Display:
    """Takes what would be shown."""

    def __init__(self, *_args: object, **_options: object) -> None: ...


STANDINS: Mapping[str, Mapping[str, Any]] = {
    "google": {},
    "google.colab": {},
    "google.colab.drive": {"mount": _nothing, "flush_and_unmount": _nothing},
    "google.colab.files": {"upload": _no_files, "download": _nothing, "view": _nothing},
    "google.colab.output": {"clear": _nothing},
    "google.colab.patches": {"cv2_imshow": _nothing},
    "IPython": {"get_ipython": _nothing, "version_info": (8, 0, 0), "__version__": "8.0.0"},  # libraries look
    "IPython.display": {
        "display": print,
        "clear_output": _nothing,
        **dict.fromkeys(("Image", "HTML", "Markdown", "SVG", "Javascript", "YouTubeVideo", "Math"), _Display),
    },
}


class Finder(importlib.abc.MetaPathFinder):
    """Goes before the others for old names and other frameworks; for stand-ins, after them."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names  # roots that this one answers for

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None = None, _target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Return how to load a module, None where it is none of ours."""
        root = fullname.split(".", maxsplit=1)[0]
        if root not in self._names:
            return None
        if root in FRAMEWORKS:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
        if fullname in STANDINS or keras2.target_of(fullname):
            return importlib.util.spec_from_loader(fullname, Loader(), is_package=True)
        return None


class Loader(importlib.abc.Loader):
    """Makes a module of a stand-in's names, or of the names that an old module has today."""

    def create_module(self, _spec: importlib.machinery.ModuleSpec) -> None:
        """Leave it to Python."""

    def exec_module(self, module: ModuleType) -> None:
        """Fill the module."""
        today = keras2.target_of(module.__name__)
        if today:
            keras2.noted(module.__name__, today)
            names = vars(importlib.import_module(today))
            module.__dict__.update({name: value for name, value in names.items() if name[0] != "_"})
        else:
            module.__dict__.update(STANDINS[module.__name__])


def install() -> None:
    """Answer for what is not here. A stand-in never stands in the way of what is installed."""
    sys.meta_path.insert(0, Finder(("keras", "tensorflow", *FRAMEWORKS)))
    sys.meta_path.append(Finder(("google", "IPython")))
