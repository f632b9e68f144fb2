"""(work, tasks, a scheduler's address) -> results as they come, each from a Dask worker on some machine.

Workers see the same folders as this machine, at the same paths: there submissions are read, and results
written. Dask's messages carry pickles, so that whoever can speak to a scheduler can run code on it: beyond
this machine only TLS is used, unless somebody says otherwise.
"""

from __future__ import annotations

import atexit
import ipaddress
import logging
import secrets
import socket
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from grader import freshness, problem_files
from grader.datatypes import Assignment, Result
from grader.freshness import MadeFrom
from grader.judges import Execute, Heard, Outcomes, Task, Work
from grader.roster import Entry
from grader.sandbox import Sandbox, Wall, walled

PATIENCE = 30  # seconds in which a scheduler has to answer


class NoCluster(Exception):
    """There is no cluster to work on, or no more. The message says the way out."""


class OtherFiles(Exception):
    """A worker would grade with something else than is meant. The message says with what, and the way out."""


@dataclass(frozen=True)
class Guard:
    """How student code is kept in on a worker, and what it must never be able to read there."""

    level: Sandbox
    secrets: tuple[Path, ...] = ()


@dataclass(frozen=True)
class _Run:
    """One class being graded: a name that no other run has, and what it is graded with."""

    name: str
    with_: MadeFrom


def executor(address: str, guard: Guard) -> Execute:
    """Return what grades a class on the workers of a scheduler."""
    return partial(_on_cluster, address, guard)


def _on_cluster(
    address: str, guard: Guard, work: Work, tasks: Sequence[Task], _jobs: int, heard: Heard | None = None
) -> Outcomes:
    """Yield each task as it is done, with its result or with what took its worker.

    Each worker raises a wall of its own. One that dies takes nothing with it: Dask gives its tasks to others,
    until a task has taken several. Raises NoCluster.
    """
    if not tasks:
        return
    with ExitStack() as stack:
        client = _client(address, stack)
        run = _Run(secrets.token_hex(8), freshness.graded_with(tasks[0][1]))
        futures = {_submitted(client, work, task, guard, run): task for task in tasks}
        stack.callback(client.cancel, list(futures), force=True)
        for future, outcome in _outcomes(list(futures), client, address):
            task = futures[future]
            if heard:
                heard(task[0].student, f"done on {address}")
            yield task, outcome


def _submitted(client: Any, work: Work, task: Task, guard: Guard, run: _Run) -> Any:
    entry, assignment, _ = task
    key = f"grade {entry.student} {run.name}"  # Dask takes two tasks of one key, whosever, for one
    return client.submit(judged, work, entry, assignment, guard, run.with_, key=key, pure=False)


def _outcomes(futures: list[Any], client: Any, address: str) -> Iterator[tuple[Any, Result | BaseException]]:
    """Yield each future as it is done, with what came of it. Raises NoCluster where the scheduler is gone."""
    from distributed import as_completed

    try:
        for future in as_completed(futures, loop=client.loop):  # type: ignore[no-untyped-call]
            fault = future.exception()
            yield future, fault if fault is not None else future.result()
    except (OSError, CancelledError):  # nobody cancels but a client that has lost its scheduler
        raise NoCluster(
            f"{address}: the scheduler is gone. What was graded until then is written: start it and its "
            "workers again, and the same command goes on; without --scheduler it goes on on this machine."
        ) from None


def refuse_open(address: str, *, open_allowed: bool) -> None:
    """Raise NoCluster for an address beyond this machine whose messages anybody could read and write."""
    parts = urlsplit(address)
    if parts.scheme not in {"tcp", "tls"} or not parts.hostname or not parts.port:
        raise NoCluster(f"{address}: an address is tls://HOST:PORT, or tcp://127.0.0.1:PORT on this machine")
    if parts.scheme == "tcp" and not _is_here(parts.hostname) and not open_allowed:
        raise NoCluster(
            f"{address} is another machine, and tcp:// is open: whoever reaches it can run code there and "
            "read marks. Start the scheduler with certificates and say tls://… (docs/cluster.md), or, on a "
            "network where you trust everybody, --open-cluster."
        )


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False


def _client(address: str, stack: ExitStack) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise NoCluster("--scheduler needs Dask: pip install 'nn-grader[cluster]'") from None
    try:
        client: Any = Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError) as fault:
        raise NoCluster(f"{address}: no scheduler answers: {fault}") from None
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # what is wrong is told in our words
    stack.callback(client.close)
    workers = client.scheduler_info(n_workers=-1)["workers"]
    if not workers:
        raise NoCluster(f"{address}: the scheduler has no workers: start some (docs/cluster.md)")
    if several := [name for name, told in workers.items() if told["nthreads"] != 1]:
        raise NoCluster(f"{address}: {several[0]} has several threads: start workers with --nthreads 1")
    return client


# ---- on a worker -----------------------------------------------------------------------------


def judged(work: Work, entry: Entry, assignment: Assignment, guard: Guard, with_: MadeFrom) -> Result:
    """Grade one submission on a worker, behind the worker's own wall. Raises OtherFiles."""
    wall = _wall(guard)
    problem_files.look_again()  # this process may have graded before, for others or before a change
    here = freshness.graded_with(assignment)
    if others := [what for what, digest in with_.items() if here[what] != digest]:
        raise OtherFiles(
            f"{' and '.join(others)} on {socket.gethostname()} is another than where the command was given: "
            "the same folders have to be there, and workers are started again after an update of the grader"
        )
    return work(entry, assignment, wall)


_standing: dict[Guard, tuple[ExitStack, Wall]] = {}


def _wall(guard: Guard) -> Wall:
    """Raise this process's wall once; it stands until the process ends. Raises NoWall."""
    if guard not in _standing:
        stack = ExitStack()
        atexit.register(stack.close)
        _standing[guard] = stack, stack.enter_context(walled(guard.level, guard.secrets))
    return _standing[guard][1]
