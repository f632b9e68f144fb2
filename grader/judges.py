"""(work, tasks) -> results as they come, each done in a process that can be lost: a judge."""

from __future__ import annotations

import math
import os
import re
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, as_completed
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from grader import doing
from grader.datatypes import Assignment, Result
from grader.roster import Entry
from grader.sandbox import Wall

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

    from pebble import ProcessPool

Task = tuple[Entry, Assignment, Wall]
Work = Callable[[Entry, Assignment, Wall], Result]
Heard = Callable[[str, str], None]  # a student, and what is being done for them
Outcomes = Iterator[tuple[Task, Result | BaseException]]
Execute = Callable[[Work, Sequence[Task], int, Heard | None], Outcomes]
# What a judge and its student's process take in memory, in MB: with a network to train, and without.
TRAINS, READS = 2500, 600
# To know a judge that hangs: the 10^12 operations that a slow machine trains in a second; seeds, on average.
SLOWEST, SEEDS = 0.01, 3
TASKS = 25  # submissions that a judge grades before a fresh one takes its place
PRELOADED = [
    "grader.forked",
    "grader.pipeline",
    "grader.checks.plugin",
    "grader.report",
    "nbformat",
    "numpy",
    "sympy",
]
LONGEST = 200  # characters of what is said: a pipe takes so much in one piece, whoever else is writing


def in_parallel(work: Work, tasks: Sequence[Task], jobs: int, heard: Heard | None = None) -> Outcomes:
    """Yield each task as it is done, with its result or with what took its judge.

    A judge is a process of its own: one that dies or hangs takes one submission with it. With 0 jobs, or
    nothing to do, there is none. `heard` is told what each is doing.
    """
    if jobs <= 0 or not tasks:
        for task in tasks:
            yield task, _here(work, task, heard)
        return
    with ExitStack() as stack:
        context = _context()
        says = stack.enter_context(_pipe(context, heard)) if heard else None
        pool = stack.enter_context(_pool(context, min(jobs, len(tasks)), says))
        futures: dict[Future[Result], Task] = {
            pool.schedule(_judged, args=(work, *task), timeout=_deadline(task[1])): task for task in tasks
        }
        for future in as_completed(futures):
            yield futures[future], future.exception() or future.result()


def _here(work: Work, task: Task, heard: Heard | None) -> Result:
    student = task[0].student
    with doing.listening(lambda what: heard(student, what) if heard else None):
        return work(*task)


def _context() -> BaseContext:
    import multiprocessing

    forks = "forkserver" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if forks else "spawn")
    context.set_forkserver_preload(PRELOADED)
    if forks:
        from multiprocessing import forkserver

        with _deaf():
            forkserver.ensure_running()
    return context


@contextmanager
def _deaf() -> Iterator[None]:
    """Start processes that no Ctrl-C reaches: it is for us, and in their imports it would be a traceback."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _pool(context: BaseContext, jobs: int, says: Connection | None) -> Iterator[ProcessPool]:
    from pebble import ProcessPool

    pool = ProcessPool(
        max_workers=jobs, max_tasks=TASKS, context=context, initializer=_begin, initargs=(says,)
    )
    try:
        yield pool
    finally:
        pool.stop()  # type: ignore[no-untyped-call]  # after the last result there is nothing to stop; after Ctrl-C there is
        pool.join()


@contextmanager
def _pipe(context: BaseContext, heard: Heard) -> Iterator[Connection]:
    """Yield the end of a pipe that judges say into; a thread listens at the other.

    No queue: a judge that is killed while it holds a queue's lock would silence all others.
    """
    listens, says = context.Pipe(duplex=False)
    thread = threading.Thread(target=_listen, args=(listens, heard), daemon=True)
    thread.start()
    try:
        yield says
    finally:
        says.send_bytes(b"")
        thread.join(1.0)
        says.close()
        listens.close()


def _listen(listens: Connection, heard: Heard) -> None:
    with suppress(OSError, EOFError):
        while said := listens.recv_bytes():
            student, _, what = said.decode("utf-8", "replace").partition("\n")
            heard(student, what)


_says: Connection | None = None


def _begin(says: Connection | None) -> None:
    """Begin a judge's process. Ctrl-C is left to the process that started it: that one tells it to stop."""
    global _says  # noqa: PLW0603  (what a process was started with is the process's)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _says = says


def _judged(work: Work, entry: Entry, assignment: Assignment, wall: Wall) -> Result:
    """Work in a judge's process: told to stop, it unwinds, so that a student's process and folder go too."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with doing.listening(lambda what: _say(entry.student, what)):
            doing.say("reading")
            return work(entry, assignment, wall)
    finally:
        signal.signal(signal.SIGTERM, before)


def _say(student: str, what: str) -> None:
    if _says is not None:
        with suppress(OSError):
            _says.send_bytes(f"{student}\n{what[:LONGEST]}".encode("utf-8", "replace"))


def _deadline(assignment: Assignment) -> float:
    """Return seconds after which a judge has certainly hung: all that may be taken, and a margin."""
    limits = assignment.limits
    training = limits.training_seconds + SEEDS * limits.teraflop / SLOWEST if assignment.trains else 0.0
    return 600 + 2 * limits.total_seconds + training


def default_jobs() -> int:
    """Return how many processors there are for us."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def fitting_jobs(assignment: Assignment, available_mb: float | None = None) -> int:
    """Return how many judges this machine has processors and memory for."""
    available = _available_mb() if available_mb is None else available_mb
    fit = min(available, 1e9) // (TRAINS if assignment.trains else READS)
    return max(1, min(default_jobs(), int(fit)))


def _available_mb() -> float:
    """Return the memory that is free or can be freed; without Linux's word on it, plenty."""
    try:
        told = Path("/proc/meminfo").read_text(encoding="ascii")
    except OSError:
        return math.inf
    found = re.search(r"^MemAvailable:\s+(\d+) kB", told, re.MULTILINE)
    return int(found[1]) / 1024 if found else math.inf
