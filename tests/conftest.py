"""Every test trains on the stand-in, whatever data this machine has; real MNIST goes to tests that ask for it."""

import os
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import hypothesis
import pytest

from grader import datasets
from grader.datasets import Dataset

# A busy machine is no fault of the code: neither how long an example takes counts nor how long it is thought of.
hypothesis.settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("unhurried")
if "PYTEST_XDIST_WORKER" not in os.environ:  # a worker has all this from the process that started it
    KEPT = tempfile.TemporaryDirectory(prefix="trainings-")  # what one test trained, another need not
    os.environ["GRADER_CACHE"] = f"{KEPT.name}/trainings.sqlite"
    os.environ["GRADER_TESTS_MNIST"] = os.environ.get("GRADER_MNIST", "")
    os.environ["GRADER_MNIST"] = "stand-in"  # for the processes of the tests too
REAL = os.environ["GRADER_TESTS_MNIST"]


@pytest.fixture(scope="session")
def mnist() -> Path:
    """Return the path of real MNIST, or skip."""
    if not REAL:
        pytest.skip("needs real MNIST: GRADER_MNIST=/path/to/mnist.npz")
    return Path(REAL).resolve()


@pytest.fixture
def real_digits(monkeypatch: pytest.MonkeyPatch) -> Dataset:
    """Take the stand-in for the real data, in this process: accuracies on it give marks, in seconds."""
    real = replace(datasets.stand_in(), name="mnist")
    for room in ("grader.checks.networks", "grader.training.ledger"):
        monkeypatch.setattr(f"{room}.known", lambda _: real)
    return real


@pytest.fixture(scope="session")
def browser():
    """Return a Chromium, or skip."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium on this machine: the pages were not opened")
    sync_api = pytest.importorskip("playwright.sync_api")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield opened
        opened.close()
