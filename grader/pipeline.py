"""(submissions, Assignment) -> [Result], one after the other or a class at a time."""

from __future__ import annotations

import os
import platform
import signal
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, as_completed
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from importlib import metadata
from pathlib import Path

from grader import atomic, checks, datasets, gradebook, ingest, marking, record, report, scoring
from grader.checks.results import never_ran
from grader.datatypes import Assignment, Leftover, Result, Status, Submission
from grader.roster import Entry
from grader.sandbox import FRESH, Wall
from grader.training.seeds import FIRST_SEED, most_seeds

VERSIONS_OF = ("nn-grader", "pytest", "numpy", "sympy", "tensorflow", "keras")
PROVISIONAL = (
    "provisional: networks are graded on a stand-in for MNIST, and their accuracies wait for the real one"
)
Task = tuple[Entry, Assignment, Wall]
Work = Callable[[Entry, Assignment, Wall], Result]
# To know a judge that hangs: the 10^12 operations that a slow machine trains in a second; seeds, on average.
SLOWEST, SEEDS = 0.01, 3
TASKS = 25  # submissions that a judge grades before a fresh one takes its place
PRELOADED = ["grader.pipeline", "grader.checks.plugin", "grader.report", "nbformat", "numpy", "sympy"]


def grade(entry: Entry, assignment: Assignment, wall: Wall = FRESH) -> Result:
    """Grade one submission. A fault of the grader becomes ERROR on every check, never a zero."""
    submission = Submission(entry.student, entry.path)
    try:
        submission = ingest.read(entry.path, assignment, entry.student)
        checked = checks.run(submission, assignment, wall)
        result = scoring.score(
            assignment, submission, checked.results, checked.reads, provenance(assignment, wall)
        )
    except Exception:  # noqa: BLE001  whatever breaks here is ours: told, flagged, and costing nothing
        return faulted(submission, assignment, traceback.format_exc(), wall)
    parts = tuple(replace(part, network=checked.networks.get(part.id)) for part in result.parts)
    notes = (*result.notes, *checked.notes, *_provisional(checked))
    return replace(result, parts=parts, notes=notes, who=entry.who)


def _provisional(checked: checks.Checked) -> list[str]:
    """Say what was measured on other data than those that are asked for."""
    return [PROVISIONAL] if any(network.provisional for network in checked.networks.values()) else []


def faulted(submission: Submission, assignment: Assignment, why: str, wall: Wall) -> Result:
    """Return the result of a submission on which the grader itself broke: all its points are pending."""
    unread = Leftover(submission.path.name, "the grader failed before all of it was graded")
    submission = replace(submission, leftovers=(*submission.leftovers, unread))
    broken = [never_ran(check, f"\n{why}") for part in assignment.asked for check in part.checks]
    return scoring.score(assignment, submission, broken, {}, provenance(assignment, wall))


def is_faulted(result: Result) -> bool:
    """Return whether the grader itself broke somewhere on this submission."""
    return any(check.status is Status.ERROR for part in result.parts for check in part.checks)


def page_of(student: str) -> str:
    """Return where a student's page lies, from the class page."""
    return f"students/{student}/index.html"


def write_out(result: Result, out: Path) -> Result:
    """Write a student's result.json and page, with what people gave, and return what was written."""
    result = marking.kept(result, out)
    atomic.write(record.dump(result), out / "staff" / result.student / "result.json")
    page = report.student_page(record.for_student(result))
    atomic.write(page, out / "students" / result.student / "index.html")
    return result


def write_class(results: Sequence[Result], out: Path) -> None:
    """Write the files of the whole class: gradebook.csv and index.html."""
    gradebook.write_csv(results, out / "gradebook.csv")
    links = {result.student: page_of(result.student) for result in results}
    atomic.write(report.class_page(results, links), out / "index.html")


def grade_into(out: Path, entry: Entry, assignment: Assignment, wall: Wall = FRESH) -> Result:
    """Grade one submission and write what comes of it."""
    return write_out(grade(entry, assignment, wall), out)


def grade_class(
    class_: Sequence[Entry],
    assignment: Assignment,
    out: Path,
    jobs: int,
    told: Callable[[Result], None],
    wall: Wall = FRESH,
) -> list[Result]:
    """Grade a class on `jobs` processes, 0 for this one, into `out`; `told` hears of each result.

    Results come back sorted by student. Who ran out of time is graded once more when nobody else is.
    Raises BadMarks, before anything is graded, where what people gave in `out` cannot be read.
    """
    marking.read(out)
    work = partial(grade_into, out)
    results, again = [], []
    jobs = jobs if len(class_) > 1 else 0
    for result, lost in in_parallel(work, [(entry, assignment, wall) for entry in class_], jobs):
        if lost:
            result = write_out(result, out)  # noqa: PLW2901
        if ran_late(result):
            again.append(next(entry for entry in class_ if entry.student == result.student))
            continue
        told(result)
        results.append(result)
    for result, lost in in_parallel(work, [(entry, assignment, wall) for entry in again], min(jobs, 1)):
        if lost:
            result = write_out(result, out)  # noqa: PLW2901
        told(result)
        results.append(result)
    results.sort(key=lambda result: result.student)
    write_class(results, out)
    return results


def ran_late(result: Result) -> bool:
    """Return whether time ran out on a check, which may be the machine's doing."""
    found = marking.unmarked(result)
    return any(check.status is Status.TIMEOUT for part in found.parts for check in part.checks)


def in_parallel(work: Work, tasks: Sequence[Task], jobs: int) -> Iterator[tuple[Result, bool]]:
    """Yield each task's result as it comes, and whether its judge was lost.

    A judge is a process of its own: one that dies or hangs takes one submission with it, as ERROR. With 0
    jobs, or nothing to do, there is none.
    """
    if jobs <= 0 or not tasks:
        yield from ((work(*task), False) for task in tasks)
        return
    import multiprocessing

    from pebble import ProcessPool

    forks = "forkserver" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if forks else "spawn")
    context.set_forkserver_preload(PRELOADED)
    pool = ProcessPool(
        max_workers=min(jobs, len(tasks)), max_tasks=TASKS, context=context, initializer=_leave_ctrl_c
    )
    try:
        futures: dict[Future[Result], int] = {
            pool.schedule(_judged, args=(work, *task), timeout=_deadline(task[1])): number
            for number, task in enumerate(tasks)
        }
        for future in as_completed(futures):
            fault = future.exception()
            yield (future.result(), False) if fault is None else (_lost(*tasks[futures[future]], fault), True)
    finally:
        pool.stop()  # type: ignore[no-untyped-call]  # after the last result there is nothing to stop; after Ctrl-C there is
        pool.join()


def _judged(work: Work, entry: Entry, assignment: Assignment, wall: Wall) -> Result:
    """Work in a judge's process: told to stop, it unwinds, so that a student's process and folder go too."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return work(entry, assignment, wall)
    finally:
        signal.signal(signal.SIGTERM, before)


def _leave_ctrl_c() -> None:
    """Leave Ctrl-C to the process that started the judges: it tells them to stop."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _lost(entry: Entry, assignment: Assignment, wall: Wall, fault: BaseException) -> Result:
    why = f"the process that graded it ended: {type(fault).__name__}: {fault}"
    return faulted(Submission(entry.student, entry.path), assignment, why, wall)


def _deadline(assignment: Assignment) -> float:
    """Return seconds after which a judge has certainly hung: all that may be taken, and a margin."""
    limits = assignment.limits
    training = limits.training_seconds + SEEDS * limits.teraflop / SLOWEST if assignment.trains else 0.0
    return 600 + 2 * limits.total_seconds + training


def provenance(assignment: Assignment, wall: Wall) -> dict[str, object]:
    """Return what produced a result: versions, date, data, and how student code was kept apart."""
    versions = {"python": platform.python_version()}
    for name in VERSIONS_OF:
        with suppress(metadata.PackageNotFoundError):
            versions[name] = metadata.version(name)
    return {
        "versions": versions,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "sandbox": wall.told,
        "seeds": {"first": FIRST_SEED, "most": most_seeds()} if assignment.trains else {},
        "data": datasets.provenance(assignment.data) if assignment.trains and assignment.data else {},
    }


def default_jobs() -> int:
    """Return how many processors there are for us."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
