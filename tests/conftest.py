"""Every test trains on the stand-in, whatever data this machine has; real MNIST goes to tests that ask for it."""

import os
import tempfile
from pathlib import Path

import pytest

KEPT = tempfile.TemporaryDirectory(prefix="trainings-")  # what one test trained, another need not
os.environ["GRADER_CACHE"] = f"{KEPT.name}/trainings.sqlite"
REAL = os.environ.get("GRADER_MNIST", "")
os.environ["GRADER_MNIST"] = "stand-in"  # for the processes of the tests too


@pytest.fixture(scope="session")
def mnist() -> Path:
    """Return the path of real MNIST, or skip."""
    if not REAL:
        pytest.skip("needs real MNIST: GRADER_MNIST=/path/to/mnist.npz")
    return Path(REAL).resolve()
