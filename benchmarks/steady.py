"""every specimen graded ten times idle and ten with all cores loaded -> do verdicts ever differ?

    python benchmarks/steady.py                              # an hour, most of it under load
    python benchmarks/steady.py --idle 10 --loaded 0 reference/convlab

Each run is a fresh one: trainings are not kept from the run before. What is compared is each check's status,
points and slip. Exit status 1 where any differs; two commands found the same verdicts where the digests are.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from grader import assignment, judges, verify
from grader.datatypes import Assignment
from grader.sandbox import Sandbox, walled

ROOT = Path(__file__).parents[1]
Verdicts = Mapping[tuple[str, str], tuple[str, float, str]]  # by specimen and check: status, points, slip


def verdicts(problem_set: Assignment) -> Verdicts:
    with (
        tempfile.TemporaryDirectory() as scratch,
        walled(Sandbox.OFFERED, ()) as wall,
    ):
        os.environ["GRADER_CACHE"] = f"{scratch}/trainings.sqlite"
        tasks = verify.tasks(problem_set, verify.load(problem_set), Path(scratch), wall)
        results = verify.graded(tasks, judges.default_jobs())
    return {
        (specimen, check.name): (check.status.value, check.earned, check.slip)
        for specimen, result in results.items()
        for check in verify.checks_of(result)
    }


def _burn() -> None:
    while True:
        sum(range(1_000_000))


@contextmanager
def loaded(cores: int) -> Iterator[None]:
    """Keep a number of cores busy with other work."""
    burning = [multiprocessing.Process(target=_burn, daemon=True) for _ in range(cores)]
    for process in burning:
        process.start()
    try:
        yield
    finally:
        for process in burning:
            process.terminate()
            process.join()


def differing(first: Verdicts, other: Verdicts) -> list[str]:
    keys = sorted({*first, *other})
    return [
        f"{'/'.join(key)}: {first.get(key)} then {other.get(key)}"
        for key in keys
        if first.get(key) != other.get(key)
    ]


def digest(found: Verdicts) -> str:
    return hashlib.sha256(repr(sorted(found.items())).encode()).hexdigest()[:12]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", nargs="*", type=Path, help="problem sets; all of reference/ by default")
    parser.add_argument("--idle", type=int, default=10, help="runs with nothing beside them (10)")
    parser.add_argument(
        "--loaded", type=int, default=10, help="runs with every core busy with other work (10)"
    )
    asked = parser.parse_args()
    os.environ["GRADER_MNIST"] = "stand-in"  # promises are kept on the stand-in
    failed = False
    for folder in asked.sets or sorted(path.parent for path in ROOT.glob("reference/*/assignment.toml")):
        problem_set = assignment.load(folder.resolve())
        first: Verdicts | None = None
        for state, cores, runs in (("idle", 0, asked.idle), ("loaded", judges.default_jobs(), asked.loaded)):
            for number in range(runs):
                began = time.perf_counter()
                with loaded(cores):
                    found = verdicts(problem_set)
                first = found if first is None else first
                differ = differing(first, found)
                failed = failed or bool(differ)
                seconds = time.perf_counter() - began
                told = f"{len(found)} verdicts ({digest(found)}), {len(differ)} differ, {seconds:.0f} s"
                print(f"{folder.name} {state} {number + 1}: {told}", flush=True)
                for line in differ:
                    print(f"    {line}", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
