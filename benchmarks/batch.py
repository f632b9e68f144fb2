"""classes of 10, 100 and 1,000: seconds a submission, memory, and how soon the first result is there.

    python benchmarks/batch.py                    # five minutes
    python benchmarks/batch.py --sizes 10,100     # one

A submission has the answers of six parts, each with a number of its own, and a Keras model that is built and
not trained. Every class is graded by the command, with nothing kept from before; then all is scored again,
after a change of points. Ratios are within one run.

A run has three stretches: until the first result, which is TensorFlow's import and the same for any class;
from the first result to the last, which is what a submission takes; then the pages of the class.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PARTS = "2A,2B,3B,3C,3D,3E"
MODULE = """import numpy as np
from keras import Input, Sequential, layers

parameter_count = {count}
output_shape = ({side}, {side}, 8)
model = Sequential([Input((32, 32, 3)), layers.Conv2D(8, 5), layers.Flatten(), layers.Dense(10)])
weights = model.count_params()
"""
WRITEUP = """# Set 4

## 2A
There are 60000 training images of 28 x 28 pixels. Student {number}.

## 2B
Dividing by 255 brings the pixels to [0, 1].

## 3D
The average of each window; I did not work it out.
"""


@dataclass(frozen=True)
class Run:
    """One class graded: seconds in all, until the first result, and from there to the last; memory, in MB.

    The memory is the most that the command took, and that it took together with all its processes.
    """

    seconds: float
    first: float
    between: float
    memory: float
    together: float


def generated(folder: Path, size: int) -> None:
    for number in range(size):
        own = folder / f"s{number:04}"
        own.mkdir(parents=True)
        count, side = (608, 28) if number % 3 else (600 + number, 32)
        (own / "ps4.py").write_text(MODULE.format(count=count, side=side))
        (own / "answers.md").write_text(WRITEUP.format(number=number))


def command(class_: Path, problem_set: Path, out: Path) -> list[str]:
    told = [sys.executable, "-m", "grader", "grade", str(class_), "--assignment", str(problem_set)]
    return [*told, "--parts", PARTS, "--out", str(out), "--data", "stand-in", "--quiet", "--yes"]


def graded(class_: Path, problem_set: Path, out: Path) -> Run:
    begun, first, memory, together = time.perf_counter(), 0.0, 0.0, 0.0
    process = subprocess.Popen(command(class_, problem_set, out), cwd=ROOT, env=os.environ)
    while process.poll() is None:
        if not first and next(out.glob("staff/*/result.json"), None):
            first = time.perf_counter() - begun
        if not first:
            time.sleep(0.02)
            continue
        family = [process.pid, *descendants(process.pid)]
        memory, together = max(memory, used(process.pid)), max(together, sum(map(used, family)))
        time.sleep(0.2)
    if process.returncode:
        sys.exit(f"grading failed with status {process.returncode}")
    seconds = time.perf_counter() - begun
    written = [path.stat().st_mtime for path in out.glob("staff/*/result.json")]
    return Run(seconds, first, max(written) - min(written), memory, together)


def used(pid: int) -> float:
    """Return the memory of a process, in MB; of pages that it shares with others its share."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in told.splitlines() if line.startswith("Pss:")), 0.0)


def descendants(pid: int) -> list[int]:
    """Return the processes that a process began, and those that they did."""
    try:
        tasks = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return []
    own = [int(child) for told in tasks for child in told.split()]
    return own + [one for child in own for one in descendants(child)]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="10,100,1000")
    sizes = [int(size) for size in parser.parse_args().sizes.split(",")]
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import keras"], check=True, capture_output=True)
    keras = time.perf_counter() - begun
    print(f"import keras: {keras:.2f} s")
    with tempfile.TemporaryDirectory() as scratch:
        room = Path(scratch)
        problem_set = Path(shutil.copytree(ROOT / "reference" / "ps4", room / "ps4"))
        runs = [measured(room, problem_set, size, keras) for size in sizes]
    whole, each = (max(column) / min(column) for column in zip(*runs, strict=True))
    print(f"a submission of the dearest class by one of the cheapest: {whole:.2f} with the start counted in,")
    print(f"{each:.2f} from the first result on")


def measured(room: Path, problem_set: Path, size: int, keras: float) -> tuple[float, float]:
    """Grade a class three times and tell of it.

    Returns the seconds of a submission: in all, and once every core had its first.
    """
    class_, out = room / f"class{size}", room / f"out{size}"
    generated(class_, size)
    run = graded(class_, problem_set, out)
    each, whole = run.between / (size - len(os.sched_getaffinity(0))), run.seconds / size
    print(
        f"{size:>5} submissions: {run.seconds:6.1f} s, {whole:.3f} s each "
        f"({whole / keras:.3f} of import keras)"
    )
    print(f"      first result after {run.first:.1f} s; from there {each:.3f} s each ({each / keras:.4f})")
    print(
        f"      the command takes {run.memory:.0f} MB, with all its processes {run.together:.0f}", flush=True
    )
    again = graded(class_, problem_set, out)
    toml = problem_set / "assignment.toml"
    before = toml.read_text()
    toml.write_text(before.replace("parameter_count = 2", "parameter_count = 4", 1))
    scored = graded(class_, problem_set, out)
    toml.write_text(before)
    print(
        f"      the same again: {again.seconds:.1f} s; after a change of points: {scored.seconds:.1f} s",
        flush=True,
    )
    return whole, each


if __name__ == "__main__":
    main()
