"""(submissions, Assignment) -> [Result], one after the other or a class at a time."""

from __future__ import annotations

import os
import platform
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, as_completed
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from importlib import metadata
from pathlib import Path

from grader import atomic, checks, gradebook, ingest, record, report, scoring
from grader.checks.results import never_ran
from grader.datatypes import Assignment, Result, Status, Submission

IGNORED = frozenset({"__pycache__", "__MACOSX", "Thumbs.db", "desktop.ini"})
VERSIONS_OF = ("nn-grader", "pytest", "numpy", "sympy", "tensorflow", "keras")
PRELOADED = ["grader.pipeline", "grader.checks.plugin", "grader.report", "nbformat", "numpy", "sympy"]


@dataclass(frozen=True)
class Entry:
    """One student of a class: the name their results carry, and what they handed in."""

    student: str
    path: Path


def entries(submissions: Path) -> tuple[Entry, ...]:
    """List a class: each entry of a folder is a student, named by it; a single file is one student.

    A file is named by its stem, or by its whole name where two stems are the same.
    """
    if not submissions.is_dir():
        return (Entry(safe_name(submissions.stem), submissions),)
    paths = [path for path in sorted(submissions.iterdir()) if _is_a_student(path)]
    stems = [_stem(path) for path in paths]
    names = [stem if stems.count(stem) == 1 else path.name for stem, path in zip(stems, paths, strict=True)]
    return tuple(Entry(safe_name(name), path) for name, path in zip(names, paths, strict=True))


def _is_a_student(path: Path) -> bool:
    return not path.name.startswith(".") and path.name not in IGNORED and not path.is_symlink()


def _stem(path: Path) -> str:
    return path.name if path.is_dir() else path.stem


def safe_name(name: str) -> str:
    """Return a name that is safe as a folder's name and harmless to print."""
    kept = "".join(char if char.isprintable() and char not in '/\\:*?"<>|' else "_" for char in name)
    return kept.strip(" .")[:100] or "_"


def grade(entry: Entry, assignment: Assignment) -> Result:
    """Grade one submission. A fault of the grader becomes ERROR on every check, never a zero."""
    submission = Submission(entry.student, entry.path)
    try:
        submission = ingest.read(entry.path, assignment, entry.student)
        checked = checks.run(submission, assignment)
        result = scoring.score(assignment, submission, checked.results, checked.reads, provenance())
    except Exception:  # noqa: BLE001  whatever breaks here is ours: told, flagged, and costing nothing
        return faulted(submission, assignment, traceback.format_exc())
    return replace(result, notes=(*result.notes, *checked.notes))


def faulted(submission: Submission, assignment: Assignment, why: str) -> Result:
    """Return the result of a submission on which the grader itself broke: all its checks are ERROR."""
    broken = [never_ran(check, f"\n{why}") for part in assignment.asked for check in part.checks]
    return scoring.score(assignment, submission, broken, {}, provenance())


def is_faulted(result: Result) -> bool:
    """Return whether the grader itself broke somewhere on this submission."""
    return any(check.status is Status.ERROR for part in result.parts for check in part.checks)


def page_of(student: str) -> str:
    """Return where a student's page lies, from the class page."""
    return f"students/{student}/index.html"


def write_out(result: Result, out: Path) -> None:
    """Write a student's result.json and page."""
    atomic.write(record.dump(result), out / "staff" / result.student / "result.json")
    page = report.student_page(record.for_student(result))
    atomic.write(page, out / "students" / result.student / "index.html")


def grade_into(out: Path, entry: Entry, assignment: Assignment) -> Result:
    """Grade one submission and write what comes of it."""
    result = grade(entry, assignment)
    write_out(result, out)
    return result


def grade_class(
    class_: Sequence[Entry], assignment: Assignment, out: Path, jobs: int, told: Callable[[Result], None]
) -> list[Result]:
    """Grade a class on `jobs` processes, writing everything under `out`; `told` hears of each result.

    Results come back sorted by student.
    """
    results = []
    for result, lost in in_parallel(
        partial(grade_into, out), [(entry, assignment) for entry in class_], jobs
    ):
        if lost:
            write_out(result, out)
        told(result)
        results.append(result)
    results.sort(key=lambda result: result.student)
    gradebook.write_csv(results, out / "gradebook.csv")
    atomic.write(
        report.class_page(results, {result.student: page_of(result.student) for result in results}),
        out / "index.html",
    )
    return results


def in_parallel(
    work: Callable[[Entry, Assignment], Result], tasks: Sequence[tuple[Entry, Assignment]], jobs: int
) -> Iterator[tuple[Result, bool]]:
    """Yield each task's result as it comes, and whether its judge was lost.

    A judge is a process of its own: one that dies or hangs takes one submission with it, as ERROR.
    """
    if jobs <= 1 or len(tasks) <= 1:
        yield from ((work(*task), False) for task in tasks)
        return
    import multiprocessing

    from pebble import ProcessPool

    forks = "forkserver" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if forks else "spawn")
    context.set_forkserver_preload(PRELOADED)
    with ProcessPool(max_workers=min(jobs, len(tasks)), max_tasks=1, context=context) as pool:
        futures: dict[Future[Result], int] = {
            pool.schedule(work, args=task, timeout=_deadline(task[1])): number
            for number, task in enumerate(tasks)
        }
        for future in as_completed(futures):
            fault = future.exception()
            yield (future.result(), False) if fault is None else (_lost(*tasks[futures[future]], fault), True)


def _lost(entry: Entry, assignment: Assignment, fault: BaseException) -> Result:
    why = f"the process that graded it ended: {type(fault).__name__}: {fault}"
    return faulted(Submission(entry.student, entry.path), assignment, why)


def _deadline(assignment: Assignment) -> float:
    """Return seconds after which a judge has certainly hung: all that student code may take, and a margin."""
    count = sum(len(part.checks) for part in assignment.asked)
    limits = assignment.limits
    return 300 + 3 * limits.load_seconds + 3 * count * limits.seconds


def provenance() -> dict[str, object]:
    """Return what produced a result: versions, date, and how student code was kept apart."""
    versions = {"python": platform.python_version()}
    for name in VERSIONS_OF:
        with suppress(metadata.PackageNotFoundError):
            versions[name] = metadata.version(name)
    return {
        "versions": versions,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "sandbox": "process",
        "seeds": {},
        "data": {},
    }


def default_jobs() -> int:
    """Return how many processors there are for us."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
