"""What the wall costs: one run prints ratios, so that a busy machine slows both sides.

.venv/bin/python benchmarks/wall.py [rounds]
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from grader.datatypes import Cell, CodeFile, Limits, Source
from grader.sandbox import NoWall, Room, Sandbox, Student, Wall, walled

ROOT = Path(__file__).parents[1]
CODE = CodeFile(Source.MODULE, "ps4.py", (Cell(1, "parameter_count = 608"),))
CLASS = 50
ANSWERS = "parameter_count = 608\nlayers = 3\n"


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def one_answer(wall: Wall) -> None:
    """Start a runner, run the code, read one value, leave nothing."""
    with Student(CODE, Limits(), Room(wall)) as student:
        assert student.value("parameter_count") == 608


def walls(stack: ExitStack) -> dict[str, Wall]:
    """Raise every wall that this machine offers, and the same processes without one."""
    standing = {}
    for name, level in (("no wall", Sandbox.OFF), ("jail", Sandbox.AUTO), ("strict", Sandbox.STRICT)):
        try:
            standing[name] = stack.enter_context(walled(level, ()))
        except NoWall as lacking:
            print(f"{name}: not here ({lacking})")
    return standing


def added(rounds: int) -> None:
    """Print the milliseconds of one runner behind each wall, interleaved."""
    with ExitStack() as stack:
        standing = walls(stack)
        for wall in standing.values():
            one_answer(wall)
        times: dict[str, list[float]] = {name: [] for name in standing}
        for _ in range(rounds):
            for name, wall in standing.items():
                times[name].append(seconds(lambda wall=wall: one_answer(wall)))
        base = statistics.median(times["no wall"])
        for name, found in times.items():
            middle = statistics.median(found)
            print(
                f"one runner, {name} ({standing[name].told}): {1000 * middle:.1f} ms, "
                f"{1000 * (middle - base):+.1f} ms"
            )


def amortised(rounds: int) -> None:
    """Print what a submission of two answers costs in a class of 50, in units of `import keras`."""
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(CLASS):
            student = Path(folder, "class", f"student-{number:02}")
            student.mkdir(parents=True)
            (student / "ps4.py").write_text(ANSWERS)
        grade = [
            sys.executable,
            "-m",
            "grader",
            "grade",
            str(Path(folder, "class")),
            "--out",
            str(Path(folder, "out")),
        ]
        grade += ["--assignment", str(ROOT / "reference" / "ps4")]
        for _ in range(rounds):
            keras = seconds(lambda: quiet([sys.executable, "-c", "import keras"]))
            whole = seconds(lambda: quiet(grade))
            ratios.append(whole / CLASS / keras)
            print(f"  {whole:.2f} s for {CLASS}, import keras {keras:.2f} s: {ratios[-1]:.3f}")
    print(f"one answers-only submission of {CLASS}: {statistics.median(ratios):.3f} of `import keras`")


def quiet(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)


if __name__ == "__main__":
    count = int(sys.argv[1]) if sys.argv[1:] else 5
    added(20 * count)
    amortised(count)
