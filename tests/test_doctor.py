"""What a machine offers is told line by line, with what each lack costs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader import doctor
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
    monkeypatch.delenv("GRADER_MNIST", raising=False)
    heard: list[doctor.Finding] = []
    diagnosis = doctor.examine(heard.append)
    assert diagnosis.findings == tuple(heard)
    assert tuple(finding.what for finding in heard) == WANTED
    costs = {finding.what: finding.costs for finding in heard}
    for what in ("Landlock", "seccomp", "bubblewrap", "the wall", "TensorFlow", "MNIST", "browser"):
        assert costs[what], what
    assert not diagnosis.can_grade


def test_data_that_is_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "mnist.npz").write_bytes(b"")
    monkeypatch.setenv("GRADER_MNIST", os.fspath(tmp_path / "mnist.npz"))
    assert doctor._mnist() == doctor.Finding("MNIST", os.fspath(tmp_path / "mnist.npz"))
