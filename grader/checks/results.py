"""(a check, what it raised, what it said) -> CheckResult."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from pathlib import Path

from grader.answers import Unreadable
from grader.checks import blame
from grader.checks.verdict import Absent, Failed, Pending, Verdict
from grader.datatypes import Check, CheckResult, Status
from grader.sandbox import (
    Crashed,
    Killed,
    Malformed,
    Missing,
    NotHere,
    NotTrained,
    OverLimit,
    RunnerFault,
    StudentFault,
    Tampered,
    TimedOut,
)

STATUS: Mapping[type[BaseException], Status] = {
    Failed: Status.FAILED,
    AssertionError: Status.FAILED,
    Pending: Status.PENDING,
    Unreadable: Status.PENDING,
    NotTrained: Status.PENDING,
    NotHere: Status.PENDING,
    Absent: Status.MISSING,
    Missing: Status.MISSING,
    Killed: Status.PENDING,
    Crashed: Status.CRASHED,
    OverLimit: Status.CRASHED,
    TimedOut: Status.TIMEOUT,
    Malformed: Status.FAILED,
}
OURS = Path(__file__).parents[1]
ASSERTED = re.compile(r"(?:^|\n)assert ")
OUR_FAULT = (
    "The grader failed here. This is not your fault, and no points are lost by it; staff have been told."
)

RUN_ELSEWHERE = "Your code cannot be run on this system: it is run where it is graded."


def result_of(
    check: Check, title: str, fault: BaseException | None, said: Verdict, hints: Mapping[str, str], path: Path
) -> CheckResult:
    """Say what came of a check of the file at `path`. An exception that is no verdict is ours: ERROR."""
    status = status_of(fault, path)
    slip = fault.slip if isinstance(fault, Failed | Pending) else ""
    if problem := _contradiction(check, slip, said, hints):
        status, fault = Status.ERROR, LookupError(problem)
    return CheckResult(
        name=check.name,
        status=status,
        title=title,
        message=OUR_FAULT if status is Status.ERROR else message_of(fault) or said.credited,
        traceback=fault.traceback if isinstance(fault, StudentFault) else "",
        hint="" if status is Status.ERROR else hints.get(slip, ""),
        expected=said.expected,
        measured=dict(said.measured),
        compared=said.compared,
        tried=said.tried,
        slip=slip,
        notes=tuple(dict.fromkeys(said.notes)),
        attention=(*said.attention, *attention_of(check, status, fault, path)),
        hidden=check.hidden,
        category=check.category,
        credited=bool(said.credited) and status is Status.PASSED,
        waits_for=fault.waits_for if isinstance(fault, Pending) else "",
        lacks=fault.lacks if isinstance(fault, Pending) else "",
    )


def _contradiction(check: Check, slip: str, said: Verdict, hints: Mapping[str, str]) -> str:
    """Return what a check and assignment.toml do not agree on, '' where they do: it is no student's zero."""
    if slip and slip not in hints:
        return f"the slip '{slip}' has no hint in assignment.toml"
    if check.ramp and said.measured and check.ramp.of not in said.measured:
        measured = ", ".join(said.measured)
        return f"assignment.toml has a ramp over '{check.ramp.of}', the check measures {measured}"
    return ""


def status_of(fault: BaseException | None, path: Path) -> Status:
    """Return the status an exception stands for; PASSED for none, ERROR for one that is no verdict.

    A failing assert is a verdict where it stands in the check file itself; elsewhere it is a bug of ours.
    """
    if fault is None:
        return Status.PASSED
    if isinstance(fault, AssertionError) and not _raised_in(fault, path):
        return Status.ERROR
    return next((STATUS[kind] for kind in type(fault).__mro__ if kind in STATUS), Status.ERROR)


def _raised_in(fault: BaseException, path: Path) -> bool:
    frames = traceback.extract_tb(fault.__traceback__)
    return bool(frames) and Path(frames[-1].filename) == path


def message_of(fault: BaseException | None) -> str:
    """Return what the student is told, in words."""
    if fault is None:
        return ""
    if isinstance(fault, NotHere):
        return RUN_ELSEWHERE
    # Where pytest rewrites asserts, what it adds to the message quotes both sides, the right one included.
    own_words = ASSERTED.split(str(fault))[0] if isinstance(fault, AssertionError) else str(fault)
    return own_words or "This was not found in your answer."


def attention_of(check: Check, status: Status, fault: BaseException | None, path: Path) -> tuple[str, ...]:
    """Return what staff have to look at."""
    if status is Status.ERROR and fault is not None:
        return (f"check {check.name} is broken: {said_by(fault, path)}",)
    if isinstance(fault, Pending) and fault.attention:
        return (fault.attention,)
    if isinstance(fault, Killed):
        return (str(fault),)
    if isinstance(fault, RunnerFault | OverLimit | Tampered):
        return (f"check {check.name}: {fault}",)
    return ()


def said_by(fault: BaseException, path: Path) -> str:
    """Say a fault and where it came from: the frames of the problem set of a check file, and ours.

    What pytest and other libraries do in between tells an author nothing. The first line says it all.
    """
    ours = (_problem_set(path), OURS)
    frames = [
        frame
        for frame in traceback.extract_tb(fault.__traceback__)
        if any(Path(frame.filename).is_relative_to(folder) for folder in ours)
    ]
    lines = "".join(traceback.StackSummary.from_list(frames).format())
    said = blame.raised(fault, ours[0]) or f"{type(fault).__name__}: {fault}"
    return f"{said}\n{lines}".strip()


def _problem_set(path: Path) -> Path:
    """Return the folder of a check file's problem set: what holds its checks/."""
    return next((folder.parent for folder in path.parents if folder.name == "checks"), path.parent)


def never_ran(check: Check, why: str) -> CheckResult:
    """Return ERROR for a check that is listed and has no result: no evidence is not a pass.

    `why` is said as it is: what it says of one check it says of all, and then once.
    """
    return CheckResult(
        check.name,
        Status.ERROR,
        title=check.name,
        message=OUR_FAULT,
        attention=(
            f"checks that are listed never ran: {why.strip()}"
            if why.strip()
            else f"check {check.name} is listed and never ran: no test of that name",
        ),
        hidden=check.hidden,
        category=check.category,
    )
