"""a problem set's own networks -> calibration.json: what they reach from many seeds."""

from __future__ import annotations

import json
import multiprocessing
import re
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, as_completed
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from pebble import ProcessPool

from grader import atomic, datasets
from grader.datatypes import Assignment, Cell, CodeFile, Part, Source
from grader.sandbox import Room, Student
from grader.training import once
from grader.training.calibration import NAME, REFERENCE
from grader.training.ledger import Ledger
from grader.training.once import Steps

FOLDER = "calibration"
VERSIONS_OF = ("nn-grader", "tensorflow", "keras", "numpy")
DIGITS = 4  # of an accuracy: one image of 10,000


class NoNetworks(Exception):
    """There is nothing to calibrate with. The message names the file and the way out."""


@dataclass(frozen=True)
class Calibrating:
    """A network of the problem set's own. `label` is its file's name: "reference", or what is wrong."""

    part: str
    label: str
    steps: Steps


def files(assignment: Assignment) -> list[Path]:
    """Return the files of calibration/ that hold networks. Raises NoNetworks."""
    folder = assignment.folder / FOLDER
    found = sorted(folder.glob("*.py"))
    if folder / f"{REFERENCE}.py" not in found:
        raise NoNetworks(f"{folder}/{REFERENCE}.py: no such file. It holds the reference's own networks.")
    return found


def networks(assignment: Assignment, file: Path) -> list[Calibrating]:
    """Return the networks that a file of calibration/ gives for each part that has one; none is trained."""
    return list(_of_file(assignment, file))


def calibrate(
    assignment: Assignment, found: list[Calibrating], seeds: int, jobs: int, told: Callable[[str], None]
) -> Path:
    """Train each network from so many seeds and write what it reached; `told` hears of each training.

    Ctrl-C ends the trainings at once; what they had kept until then is kept.
    """
    tasks = [(network, seed) for seed in range(1, seeds + 1) for network in found]
    curves: dict[tuple[str, str], dict[int, list[float]]] = {}
    context = multiprocessing.get_context("spawn")
    pool = ProcessPool(max_workers=min(jobs, len(tasks)), context=context, initializer=_leave_ctrl_c)
    try:
        futures: dict[Future[list[float]], tuple[Calibrating, int]] = {
            pool.schedule(_curve, args=(network.steps, assignment.data, seed)): (network, seed)
            for network, seed in tasks
        }
        for done, future in enumerate(as_completed(futures), 1):
            network, seed = futures[future]
            curve = future.result()
            curves.setdefault((network.part, network.label), {})[seed] = curve
            told(
                f"  {done}/{len(tasks)}  {network.part}, {network.label}, seed {seed}: {max(curve):.4f} "
                f"after {len(curve)} epochs"
            )
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()
    return _write(assignment, {key: [by[seed] for seed in sorted(by)] for key, by in curves.items()})


def _leave_ctrl_c() -> None:
    """Leave Ctrl-C to the process that started the trainings: it ends them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _of_file(assignment: Assignment, file: Path) -> Iterator[Calibrating]:
    """Run a file as a student's module is run, and stop each training after its first epoch."""
    code = CodeFile(Source.MODULE, file.name, (Cell(1, file.read_text(encoding="utf-8")),))
    ledger = Ledger(assignment.data)
    with Student(code, assignment.limits, Room(handlers=ledger.handlers)) as student:
        there = student.names()
        for part in assignment.asked:
            if part.network and {part.network.fits, part.network.compiled} & set(there):
                yield Calibrating(part.id, file.stem, _steps(student, ledger, part, assignment))


def _steps(student: Student, ledger: Ledger, part: Part, assignment: Assignment) -> Steps:
    rules = part.network
    assert rules is not None
    if rules.fits in student.names():
        arrays = datasets.known(assignment.data).arrays
        ledger.enough = 0.0
        student.describe_returned(rules.fits, *(arrays[name] for name in datasets.NAMES))
        return ledger.fits[-1].steps
    model = student.describe_returned(rules.compiled, *rules.arguments)
    return ledger.train(model, rules.epochs or 1, rules.batch_size, enough=0.0).steps


def _curve(steps: Steps, data: str, seed: int) -> list[float]:
    """Return the test accuracy after each epoch. In a process of its own."""
    return [round(value, DIGITS) for value in once.best_of(steps, datasets.known(data), seed)]


def _write(assignment: Assignment, curves: dict[tuple[str, str], list[list[float]]]) -> Path:
    """Write what was measured on this data set beside what is known of others."""
    path = assignment.folder / NAME
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    data = datasets.known(assignment.data)
    by_part: dict[str, dict[str, list[list[float]]]] = {}
    for (part, label), values in sorted(curves.items()):
        by_part.setdefault(part, {})[label] = values
    here = {
        "checksum": data.checksum,
        "versions": {name: metadata.version(name) for name in VERSIONS_OF},
        "networks": by_part,
    }
    told = {"format": 1, "data": {**told.get("data", {}), data.name: here}}
    atomic.write(_compact(told), path)
    return path


def _compact(told: dict[str, Any]) -> str:
    """Write JSON with each list of numbers on one line."""
    text = json.dumps(told, indent=1)
    return re.sub(r"\[([\d.,\s]+)\]", lambda found: f"[{' '.join(found[1].split())}]", text) + "\n"
