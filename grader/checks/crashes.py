"""[CheckResult] -> the same with each traceback told once, and staff told of code that did not load."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from grader.datatypes import Assignment, CheckResult, CodeFile, Source, Status

STOPPED = frozenset({Status.CRASHED, Status.TIMEOUT})


def told_once(
    results: Sequence[CheckResult], assignment: Assignment, files: Sequence[CodeFile]
) -> tuple[CheckResult, ...]:
    """Keep a traceback where it comes first, and refer to it elsewhere; flag modules that did not load.

    A hidden check's traceback is for staff alone, so that it stays and nothing refers to it.
    """
    parts = {check.name: part.id for part in assignment.asked for check in part.checks}
    modules = [PurePath(file.file).name for file in files if file.source is Source.MODULE]
    first: dict[str, str] = {}
    told: list[CheckResult] = []
    for result in results:
        again = first.get(result.traceback, "") if not result.hidden else ""
        if result.traceback and again:
            result = replace(result, traceback="", message=f"{result.message}\n{see(again)}")  # noqa: PLW2901
        elif result.traceback and not result.hidden:
            first[result.traceback] = parts[result.name]
        told.append(result)
    for name in modules:
        _flag(told, name)
    return tuple(told)


def see(part: str) -> str:
    """Say where a traceback is told, in place of telling it again."""
    return f"Its traceback is told once, at {part}."


def _flag(results: list[CheckResult], module: str) -> None:
    """Tell staff, once, of a module that stopped while it was loaded."""
    lost = [
        at for at, result in enumerate(results) if result.status in STOPPED and _of_module(result, module)
    ]
    if not lost:
        return
    first = results[lost[0]]
    why = first.message.splitlines()[0]
    count = "1 check found" if len(lost) == 1 else f"{len(lost)} checks found"
    told = f"{count} no answer, since {module} did not load: {why}"
    results[lost[0]] = replace(first, attention=(*first.attention, told))


def _of_module(result: CheckResult, module: str) -> bool:
    """Return whether a check stopped in the module's own top level: a function's fault names the function."""
    return result.message.startswith(f"{module} ")
