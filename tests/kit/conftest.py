"""Problem set 4's kit, written once, and its wheel."""

import subprocess
import sys
from pathlib import Path

import pytest

from grader import assignment, kit

ROOT = Path(__file__).parents[2]
PS4 = ROOT / "reference" / "ps4"


@pytest.fixture(scope="session")
def ps4_kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("handed out") / "ps4"
    kit.write(assignment.load(PS4), out)
    return out


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "-w", folder, ROOT], check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built
