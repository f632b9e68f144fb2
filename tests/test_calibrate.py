"""A problem set's own networks are trained from many seeds, and what they reach is written down."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader import assignment, calibrate, datasets
from grader.cli import main
from grader.training.calibration import Calibrated, calibrated

PS4 = Path(__file__).parents[1] / "reference" / "ps4"


@pytest.fixture
def ps4(tmp_path: Path) -> Path:
    """A copy of the problem set that can be written into, with what was known of other data."""
    folder = tmp_path / "ps4"
    shutil.copytree(PS4, folder, ignore=shutil.ignore_patterns("specimens", "__pycache__"))
    told = json.loads((folder / "calibration.json").read_text(encoding="utf-8"))
    del told["data"]["digits"]
    (folder / "calibration.json").write_text(json.dumps(told), encoding="utf-8")
    return folder


@pytest.mark.slow
def test_networks_are_found_trained_from_each_seed_and_written_beside_other_data(ps4: Path) -> None:
    problem_set = assignment.only_parts(assignment.load(ps4), frozenset({"2D"}))
    problem_set = replace(problem_set, data=datasets.STAND_IN)
    found = [
        network for file in calibrate.files(problem_set) for network in calibrate.networks(problem_set, file)
    ]
    assert [(network.part, network.label) for network in found] == [("2D", "raw pixels"), ("2D", "reference")]
    told: list[str] = []
    path = calibrate.calibrate(problem_set, found, 2, 1, told.append)
    assert len(told) == 4
    written = json.loads(path.read_text(encoding="utf-8"))["data"]
    assert set(written) == {"mnist", "digits"}, "what was known of MNIST stays"
    curves = written["digits"]["networks"]["2D"]["reference"]
    assert [len(curve) for curve in curves] == [12, 12]
    assert curves[0] != curves[1]
    known = calibrated(ps4, "digits", "2D")
    assert 0 < known.steady <= known.spread
    assert known.sure < max(map(max, curves))


@pytest.mark.slow
def test_ctrl_c_says_that_nothing_is_written_and_what_is_kept(ps4: Path) -> None:
    before = (ps4 / "calibration.json").read_bytes()
    running = subprocess.Popen(
        [sys.executable, "-m", "grader", "calibrate", ps4, "--seeds", "2", "--data", "stand-in", "--jobs", "1"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip
    assert running.stdout is not None
    told: list[str] = []
    while not told or (told[-1] and not told[-1].startswith("  1/")):
        told.append(running.stdout.readline())
    os.killpg(running.pid, signal.SIGINT)
    rest, _ = running.communicate(timeout=60)
    assert running.returncode == 130, (told, rest)
    assert "Stopped: nothing is written; trainings are kept as far as they came" in rest
    assert "Traceback" not in rest
    assert any("reference.py: networks of 2D, 2E, 2F, 3G" in line for line in told)
    assert (ps4 / "calibration.json").read_bytes() == before


def test_without_a_reference_there_is_nothing_to_calibrate_with(ps4: Path) -> None:
    (ps4 / "calibration" / "reference.py").unlink()
    run = CliRunner().invoke(main, ["calibrate", str(ps4), "--data", "stand-in"])
    assert run.exit_code == 2
    assert "calibration/reference.py: no such file" in run.output


@pytest.mark.parametrize("text", ["", "{}", '{"data": {"mnist": {"networks": {"2D": {"reference": [[]]}}}}}'])
def test_a_calibration_that_says_nothing_leaves_what_is_usual(tmp_path: Path, text: str) -> None:
    (tmp_path / "calibration.json").write_text(text, encoding="utf-8")
    assert calibrated(tmp_path, "mnist", "2D") == Calibrated()


def test_the_reference_s_networks_reach_what_is_asked_for_from_every_seed() -> None:
    told = json.loads((PS4 / "calibration.json").read_text(encoding="utf-8"))["data"]["mnist"]
    assert told["checksum"] == datasets.MNIST
    for part in assignment.load(PS4).parts:
        if part.network:
            curves = told["networks"][part.id]["reference"]
            assert len(curves) >= 20
            assert all(max(curve) >= part.network.threshold for curve in curves), part.id
