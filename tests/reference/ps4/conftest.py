"""The problem set as the package `ps4`, imported from where it lies and left off sys.path again."""

import importlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from grader import assignment, judges, verify
from grader.datatypes import Result

REFERENCE = Path(__file__).parents[3] / "reference"

# Test modules import the package at their own top level, before any fixture runs. Its submodules
# are found through the package from here on, so that a student's ps4.py elsewhere is not in its way.
with pytest.MonkeyPatch.context() as patch:
    patch.syspath_prepend(REFERENCE)
    importlib.import_module("ps4")


@pytest.fixture(scope="session")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Result]:
    """Grade every specimen, once for all tests: it takes a minute or two."""
    problem_set = assignment.load(REFERENCE / "ps4")
    specimens = verify.tasks(problem_set, verify.load(problem_set), tmp_path_factory.mktemp("specimens"))
    return verify.graded(specimens, judges.default_jobs())
