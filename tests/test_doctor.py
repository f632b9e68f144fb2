"""What a machine offers is told line by line, with what each lack costs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader import datasets, doctor
from grader.sandbox import NoWall
from grader.sandbox.inside import jail

WANTED = (
    "system",
    "Python",
    "Landlock",
    "seccomp",
    "bubblewrap",
    "user",
    "machine",
    "the wall",
    "TensorFlow",
    "MNIST",
    "browser",
)


@pytest.mark.slow
def test_the_command_names_everything() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "grader", "doctor"], capture_output=True, text=True, check=False
    )
    for what in WANTED:
        assert f" {what} " in told.stdout
    assert told.returncode == (0 if "`grader grade` works here" in told.stdout else 1)


def test_every_lack_says_what_it_costs(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_: object) -> None:
        raise NoWall("nothing holds")

    def gone(_: str) -> str:
        raise doctor.metadata.PackageNotFoundError

    monkeypatch.setattr(jail, "landlock_version", lambda: 0)
    monkeypatch.setattr(jail, "has_seccomp", lambda: False)
    monkeypatch.setattr(doctor.shutil, "which", lambda _: None)
    monkeypatch.setattr(doctor, "walled", refuses)
    monkeypatch.setattr(doctor.metadata, "version", gone)
    monkeypatch.setenv("GRADER_MNIST", "stand-in")
    heard: list[doctor.Finding] = []
    diagnosis = doctor.examine(heard.append)
    assert diagnosis.findings == tuple(heard)
    assert tuple(finding.what for finding in heard) == WANTED
    costs = {finding.what: finding.costs for finding in heard}
    for what in ("Landlock", "seccomp", "bubblewrap", "the wall", "TensorFlow", "MNIST", "browser"):
        assert costs[what], what
    assert not diagnosis.can_grade


def test_mnist_is_looked_for_where_grading_looks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def no_network(_: Path) -> Path:
        raise OSError

    monkeypatch.setattr(datasets, "_downloaded", no_network)
    monkeypatch.setenv("KERAS_HOME", os.fspath(tmp_path))
    monkeypatch.delenv("GRADER_MNIST")
    lacking = doctor._mnist()
    assert (
        lacking.found
        == f"none: not in {tmp_path / 'datasets' / 'mnist.npz'}, and the network does not give it"
    )
    assert "a stand-in, and their accuracies give no mark" in lacking.costs
    assert "--data mnist.npz" in lacking.costs
    monkeypatch.setattr(doctor, "find_spec", lambda _: None)
    assert "pip install scikit-learn" in doctor._mnist().costs
    monkeypatch.setenv("GRADER_MNIST", "stand-in")
    assert doctor._mnist().found == "not looked for: GRADER_MNIST says stand-in"
    monkeypatch.setenv("GRADER_MNIST", os.fspath(tmp_path / "gone.npz"))
    assert "gone.npz cannot be read" in doctor._mnist().costs


def test_mnist_that_is_there_is_named_with_its_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, mnist: Path
) -> None:
    monkeypatch.setenv("GRADER_MNIST", os.fspath(mnist))
    assert doctor._mnist() == doctor.Finding("MNIST", f"{mnist} (GRADER_MNIST; --data FILE names another)")
    monkeypatch.delenv("GRADER_MNIST")
    monkeypatch.setenv("KERAS_HOME", os.fspath(tmp_path))
    (tmp_path / "datasets").mkdir()
    (tmp_path / "datasets" / "mnist.npz").write_bytes(mnist.read_bytes())
    assert "(where Keras keeps it; --data FILE names another)" in doctor._mnist().found
