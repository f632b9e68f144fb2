"""The problem set as the package `ps4`, imported from where it lies and left off sys.path again."""

import importlib
from pathlib import Path

import pytest

REFERENCE = Path(__file__).parents[3] / "reference"

# Test modules import the package at their own top level, before any fixture runs. Its submodules
# are found through the package from here on, so that a student's ps4.py elsewhere is not in its way.
with pytest.MonkeyPatch.context() as patch:
    patch.syspath_prepend(REFERENCE)
    importlib.import_module("ps4")
