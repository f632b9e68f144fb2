"""The problem set as the package `convlab`, imported from where it lies and left off sys.path again."""

import importlib
from pathlib import Path

import pytest

REFERENCE = Path(__file__).parents[3] / "reference"

with pytest.MonkeyPatch.context() as patch:
    patch.syspath_prepend(REFERENCE)
    importlib.import_module("convlab")
