"""A class that is killed at any moment is graded to the end by the same command, with the same marks.

GRADER_KILLS says how often: five times here, a hundred times where somebody has an hour.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grader import pipeline, record

PS4 = Path(__file__).parents[1] / "reference" / "ps4"
KILLS = int(os.environ.get("GRADER_KILLS", "5"))
SLOW = "import time\ntime.sleep({})\nparameter_count = {}\n"


@pytest.fixture(scope="module")
def class_(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("class")
    for number in range(8):
        (folder / f"s{number}.py").write_text(SLOW.format(0.1 * (number % 3), 600 + number % 2 * 8))
    return folder


def grading(class_: Path, out: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "grader", "grade", str(class_), "--assignment", str(PS4)),
            *("--parts", "3B", "--out", str(out), "--jobs", "2"),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "KILLED_HERE": str(out)},  # how its processes are known
    )


def processes_of(out: Path) -> list[int]:
    sign = f"KILLED_HERE={out}".encode()
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if sign in path.read_bytes().split(b"\0"):
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


@pytest.fixture(scope="module")
def undisturbed(class_: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    out = tmp_path_factory.mktemp("undisturbed")
    run = grading(class_, out)
    told, _ = run.communicate(timeout=120)
    assert run.returncode == 0, told
    return (out / "gradebook.csv").read_bytes()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")
@pytest.mark.parametrize("number", range(KILLS))
def test_a_class_that_is_killed_goes_on(
    class_: Path, undisturbed: bytes, tmp_path: Path, number: int
) -> None:
    out = tmp_path / "out"
    moment = random.Random(number if KILLS <= 5 else None).uniform(0.5, 5.0)
    run = grading(class_, out)
    time.sleep(moment)
    run.send_signal(signal.SIGKILL)
    run.communicate(timeout=60)
    left = time.monotonic() + 20
    while processes_of(out) and time.monotonic() < left:
        time.sleep(0.1)
    assert processes_of(out) == [], "whoever worked for it ends by themselves"
    for path in out.glob("staff/*/result.json"):
        record.read(path)  # whole, or not there
    # A judge may have lost the runner before itself: such a fault of ours has no standing.
    before = [f"s{number}" for number in range(8) if pipeline.standing(out, f"s{number}")]
    again = grading(class_, out)
    told, _ = again.communicate(timeout=120)
    assert again.returncode == 0, told
    if before:
        assert f"{len(before)} of 8 are graded already" in told
    assert (out / "gradebook.csv").read_bytes() == undisturbed
