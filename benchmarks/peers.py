"""the same 20 notebooks graded by us, by nbgrader and by otter-grader: seconds a submission, on one core.

    python benchmarks/peers.py            # ten minutes; installs nbgrader and otter-grader from the index
    python benchmarks/peers.py --environments DIR     # keeps what was installed there

A notebook has the answers of four parts and a Keras model that is built and not trained; a third of them are
wrong somewhere. Each grader looks at the same four answers. nbgrader writes its feedback too, as we do our
pages; otter is run without its containers, which would only add to it. Each peer has an environment of its
own, with TensorFlow borrowed from ours, so that all import the same one. Everybody has one and the same core.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
PEERS = {"nbgrader": "nbgrader==0.9.6", "otter": "otter-grader==7.0.0"}
IMPORTS = "import numpy as np\nfrom keras import Input, Sequential, layers"
MODEL = (
    "model = Sequential([Input((32, 32, 3)), layers.Conv2D(8, 5), layers.Flatten(), layers.Dense(10)])\n"
    "weights = model.count_params()"
)
AVERAGES = [
    [[1, 0.5], [0.5, 0.25]],
    [[0.5, 1], [0.25, 0.5]],
    [[0.25, 0.5], [0.5, 1]],
    [[0.5, 0.25], [1, 0.5]],
]
# Part, the answer's name, how it is checked, points.
QUESTIONS = (
    ("3B", "parameter_count", "parameter_count == 608", 2),
    ("3C", "output_shape", "tuple(output_shape) == (28, 28, 8)", 3),
    ("3D", "average_pooled", f"np.allclose(average_pooled, {AVERAGES})", 3),
    ("3E", "max_pooled", "np.allclose(max_pooled, np.ones((4, 2, 2)))", 3),
)


def answers(number: int) -> dict[str, str]:
    """Return a student's code by part: a third of a class has a mistake, and no two the same text."""
    right = {
        "3B": "parameter_count = 8 * (5 * 5 * 3 + 1)",
        "3C": "output_shape = (32 - 5 + 1, 32 - 5 + 1, 8)",
        "3D": f"average_pooled = {AVERAGES}",
        "3E": "max_pooled = np.ones((4, 2, 2))",
    }
    if number % 3 == 0:
        right["3B"] = "parameter_count = 8 * 5 * 5 * 3"
    return {part: f"{code}  # student {number}" for part, code in right.items()}


def cell(kind: str, source: str, name: str, metadata: dict[str, object] | None = None) -> dict[str, object]:
    code: dict[str, object] = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "id": name, "source": source, "metadata": metadata or {}, **code}


def notebook(cells: Sequence[dict[str, object]]) -> str:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps(
        {"cells": list(cells), "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    )


def plain(number: int) -> str:
    """Return a student's notebook as we and otter get it."""
    cells = [cell("code", IMPORTS, "imports"), cell("code", MODEL, "model")]
    for part, code in answers(number).items():
        cells += [cell("markdown", f"## {part}", f"h{part}"), cell("code", code, part)]
    return notebook(cells)


def for_nbgrader(given: dict[str, str]) -> str:
    """Return a notebook with nbgrader's marks: a cell for each answer, and one that checks it."""
    own = {"schema_version": 3, "locked": False, "grade": False, "solution": False, "task": False}
    cells = [cell("code", f"{IMPORTS}\n{MODEL}", "model")]
    for part, name, check, points in QUESTIONS:
        answer = {**own, "grade_id": name, "solution": True}
        tests = {**own, "grade_id": f"{name}_test", "grade": True, "locked": True, "points": points}
        cells += [
            cell("markdown", f"## {part}", f"h{part}"),
            cell("code", given[part], part, {"nbgrader": answer}),
            cell("code", f"assert {check}", f"t{part}", {"nbgrader": tests}),
        ]
    return notebook(cells)


def timed(command: Sequence[str | Path], folder: Path, environment: dict[str, str] | None = None) -> float:
    """Run a command on one core; return its seconds, or end with what it said."""
    core = min(os.sched_getaffinity(0))
    begun = time.perf_counter()
    run = subprocess.run(
        list(map(str, command)),
        cwd=folder,
        env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: os.sched_setaffinity(0, {core}),
    )
    if run.returncode:
        sys.exit(f"{command[0]} failed:\n{run.stdout[-3000:]}\n{run.stderr[-3000:]}")
    return time.perf_counter() - begun


def installed(folder: Path) -> dict[str, Path]:
    """Return each peer's `bin`, made where it is not there, with TensorFlow borrowed from this Python."""
    places = {}
    for name, wanted in PEERS.items():
        home = folder / name
        places[name] = home / "bin"
        if not (home / "done").exists():
            print(f"installing {wanted} …", flush=True)
            venv.create(home, with_pip=True, clear=True)
            timed([home / "bin" / "pip", "install", "-q", wanted, "ipykernel"], folder)
            site = next(home.glob("lib/python3*/site-packages"))
            (site / "borrowed.pth").write_text(sysconfig.get_path("purelib"))
            (home / "done").touch()
    return places


def ours(room: Path, size: int) -> float:
    class_ = room / f"class{size}"
    for number in range(size):
        own = class_ / f"s{number:04}"
        own.mkdir(parents=True)
        (own / "ps4.ipynb").write_text(plain(number))
    told = [sys.executable, "-m", "grader", "grade", class_, "--assignment", ROOT / "reference" / "ps4"]
    parts = ",".join(part for part, *_ in QUESTIONS)
    seconds = timed([*told, "--parts", parts, "--out", room / f"out{size}", "--quiet", "--yes"], ROOT)
    scores = [
        json.loads(path.read_text())["earned"]
        for path in sorted((room / f"out{size}").glob("staff/*/result.json"))
    ]
    agreed("ours", scores, size)
    return seconds


def nbgrader(room: Path, size: int, where: Path) -> float:
    course = room / "course"
    (course / "source" / "ps4").mkdir(parents=True)
    (course / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'c'\n")
    blank = {part: f"{name} = None" for part, name, *_ in QUESTIONS}
    (course / "source" / "ps4" / "ps4.ipynb").write_text(for_nbgrader(blank))
    # IPython and Jupyter keep their files with the course; the kernel is the environment's own.
    apart = {"HOME": str(room), "PATH": f"{where}{os.pathsep}{os.environ['PATH']}"}
    timed([where / "nbgrader", "generate_assignment", "ps4", "--create"], course, apart)
    for number in range(size):
        own = course / "submitted" / f"s{number:04}" / "ps4"
        own.mkdir(parents=True)
        (own / "ps4.ipynb").write_text(for_nbgrader(answers(number)))
    seconds = timed([where / "nbgrader", "autograde", "ps4", "--create"], course, apart)
    seconds += timed([where / "nbgrader", "generate_feedback", "ps4"], course, apart)
    timed([where / "nbgrader", "export", "--to", "grades.csv"], course, apart)
    rows = (course / "grades.csv").read_text().splitlines()
    column = rows[0].split(",").index("score")
    agreed("nbgrader", [float(row.split(",")[column]) for row in rows[1:]], size)
    return seconds


def otter(room: Path, size: int, where: Path) -> float:
    folder = room / "otter"
    (folder / "tests").mkdir(parents=True)
    for _, name, check, points in QUESTIONS:
        case = {"code": f">>> bool({check})\nTrue", "hidden": False, "locked": False}
        suite = {"cases": [case], "scored": True, "setup": "", "teardown": "", "type": "doctest"}
        test = {"name": name, "points": points, "suites": [suite]}
        (folder / "tests" / f"{name}.py").write_text(f"OK_FORMAT = True\ntest = {test!r}\n")
    apart = {"HOME": str(room), "PATH": f"{where}{os.pathsep}{os.environ['PATH']}"}
    timed([where / "otter", "generate", "-t", "tests", "-o", "autograder.zip"], folder, apart)
    seconds, scores = 0.0, []
    for number in range(size):
        own = folder / f"s{number:04}"
        own.mkdir()
        (own / "ps4.ipynb").write_text(plain(number))
        command = [where / "otter", "run", "-a", "autograder.zip", "-o", own, own / "ps4.ipynb"]
        seconds += timed(command, folder, apart)
        told = json.loads((own / "results.json").read_text())
        scores.append(sum(test.get("score", 0.0) for test in told["tests"]))
    agreed("otter", scores, size)
    return seconds


def agreed(who: str, scores: Sequence[float], size: int) -> None:
    """End where a grader does not give the points that these answers earn."""
    total = sum(points for *_, points in QUESTIONS)
    expected = [float(total - 2 * (number % 3 == 0)) for number in range(size)]
    if sorted(scores) != sorted(expected):
        sys.exit(f"{who} gives {scores}, not {expected}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=int, default=20)
    parser.add_argument(
        "--environments", type=Path, help="where nbgrader and otter are, or will be, installed"
    )
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        room = Path(scratch)
        places = installed(told.environments.resolve() if told.environments else room)
        size = told.size
        small, large = ours(room, size), ours(room, 5 * size)
        further = (large - small) / (4 * size)
        print(f"ours:     {small / size:6.3f} s a submission, start-up and pages included", flush=True)
        print(f"          {further:6.3f} s for each further one, up to {5 * size}", flush=True)
        for name, seconds in (
            ("nbgrader", nbgrader(room, size, places["nbgrader"])),
            ("otter", otter(room, size, places["otter"])),
        ):
            each = seconds / size
            print(
                f"{name + ':':9} {each:6.3f} s a submission: {each * size / small:.1f} times ours, "
                f"{each / further:.0f} times each further one",
                flush=True,
            )
        shutil.rmtree(room / "course", ignore_errors=True)


if __name__ == "__main__":
    main()
