"""(problem set, its specimens, what it promises of them) -> which promises it keeps."""

from __future__ import annotations

import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from grader import attempts, broke, corrections, judges, lost, pipeline, scoring, soundness
from grader.assignment import NAME, only_parts
from grader.datatypes import Assignment, CheckResult, Correction, Limits, Result, Status
from grader.proofreading import Fault, limits_faults, meant, misfits, overlooked, told, unlisted, without_hint
from grader.roster import Entry
from grader.sandbox import FRESH, Wall

FAILING = frozenset({Status.FAILED, Status.CRASHED, Status.TIMEOUT})


class BadPromises(Exception):
    """expected.toml is wrong. The message names the file and the place."""


class Promise(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a problem set promises of one specimen; what is not named is not promised."""

    file: str = ""  # under specimens/: a file or a folder
    text: str = ""  # or a write-up of a few lines, given here
    module: str = ""  # or a module
    parts: tuple[str, ...] = ()  # graded alone; empty: all
    earned: float | None = None
    pending: float | None = None
    checks: Mapping[str, Status] = {}
    slips: Mapping[str, str] = {}
    accepted: bool = False  # it loses no point; each part has such a specimen
    limits: Limits | None = None  # in place of the assignment's


@dataclass(frozen=True)
class Outcome:
    """What verifying came to."""

    specimens: int
    broken: tuple[str, ...]  # one line for each promise not kept
    never_failed: tuple[str, ...]  # checks that no specimen fails
    never_told: tuple[str, ...] = ()  # hints of slips that no specimen is promised
    without_hint: tuple[str, ...] = ()  # slips in the checks' tables, which must not equal an answer then
    left_out: tuple[str, ...] = ()  # what the corrections, which do not count here, would change
    unsound: tuple[str, ...] = ()  # with file and line: points for nothing, accepted losses, idle checks


def load(assignment: Assignment) -> Mapping[str, Promise]:
    """Read specimens/expected.toml. Raises BadPromises."""
    path = assignment.folder / "specimens" / "expected.toml"
    try:
        text = path.read_text(encoding="utf-8")
        table = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise BadPromises(f"{path}: {fault}") from None
    kind = dict[str, Promise]
    faults = list(misfits(table, kind)) or list(
        _faults(msgspec.convert(table, kind), assignment, path.parent)
    )
    if faults:
        raise BadPromises(told(faults, path, text, table))
    return msgspec.convert(table, kind)


def _faults(promises: Mapping[str, Promise], assignment: Assignment, folder: Path) -> Iterator[Fault]:
    """Yield what no specimen could be graded by."""
    parts = [part.id for part in assignment.parts]
    checks = [check.name for part in assignment.parts for check in part.checks]
    for name, promise in promises.items():
        if len(list(filter(None, (promise.file, promise.text, promise.module)))) != 1:
            yield Fault((name,), "one of file, text and module says what is handed in")
        if not (folder / promise.file).exists():
            yield Fault((name, "file"), f"there is no {folder / promise.file}")
        for number, part in enumerate(promise.parts):
            if part not in parts:
                yield Fault((name, "parts", number), f"'{part}' is none of {', '.join(parts)}")
        for table, named in (("checks", promise.checks), ("slips", promise.slips)):
            for check in named:
                if check not in checks:
                    yield Fault((name, table, check), f"there is no check '{check}'{meant(check, checks)}")
        if promise.limits:
            yield from limits_faults(promise.limits, (name, "limits"))


def amiss(assignment: Assignment, promises: Mapping[str, Promise]) -> list[str]:
    """Return a line for each thing that grading would pass over in silence; nothing is graded for it."""
    folder = assignment.folder
    here, elsewhere = overlooked(assignment)
    empty = [
        Fault(
            (name,),
            "promises nothing, so that anything keeps it: earned, pending, checks, slips or accepted = true",
        )
        for name, promise in promises.items()
        if promise.earned is None and promise.pending is None
        if not (promise.checks or promise.slips or promise.accepted)
    ]
    return [
        *soundness.lines(folder / NAME, here),
        *elsewhere,
        *unlisted(assignment),
        *soundness.lines(folder / soundness.EXPECTED, empty),
        *soundness.forgotten(folder / soundness.EXPECTED, [promise.file for promise in promises.values()]),
    ]


def verify(
    assignment: Assignment,
    promises: Mapping[str, Promise],
    jobs: int,
    wall: Wall = FRESH,
    done: Callable[[], None] = lambda: None,
) -> Outcome:
    """Grade every specimen as a submission and compare it with what is promised of it.

    `done` is called after each. Then what has to earn nothing is tried: the starter, nothing, nonsense.
    """
    with tempfile.TemporaryDirectory() as beside:
        scratch = Path(beside)
        results = graded(tasks(assignment, promises, scratch, wall), jobs, done)
        attempted = graded(idle_tasks(assignment, scratch / "idle", wall), jobs)
    return compared(assignment, promises, results, attempted)


def tasks(
    assignment: Assignment, promises: Mapping[str, Promise], scratch: Path, wall: Wall = FRESH
) -> list[judges.Task]:
    """Return what there is to grade: the specimens, those of a few lines written into a folder."""
    return [(*_task(assignment, name, promise, scratch), wall) for name, promise in promises.items()]


def idle_tasks(assignment: Assignment, scratch: Path, wall: Wall = FRESH) -> list[judges.Task]:
    """Return what is graded to see that it earns nothing, named as a sentence names it."""
    found = attempts.attempts(assignment, scratch)
    return [(Entry(told, path), replace(assignment, corrections=()), wall) for told, path in found.items()]


def graded(
    specimens: list[judges.Task], jobs: int, done: Callable[[], None] = lambda: None
) -> Mapping[str, Result]:
    """Grade specimens, and return their results by name."""
    results: dict[str, Result] = {}
    for task, outcome in judges.in_parallel(pipeline.grade, specimens, jobs):
        results[task[0].student] = (
            pipeline.lost(*task, outcome) if isinstance(outcome, BaseException) else outcome
        )
        done()
    return results


def compared(
    assignment: Assignment,
    promises: Mapping[str, Promise],
    results: Mapping[str, Result],
    attempted: Mapping[str, Result],
) -> Outcome:
    """Compare the results of specimens with what is promised, and see that what is idle earned nothing."""
    faults = broke.broken(results, _meant_to_break(promises))
    broken = [
        fault for name, promise in promises.items() for fault in _broken(name, promise, results[name], faults)
    ]
    listed = [check.name for part in assignment.asked for check in part.checks]
    failed = {
        check.name for result in results.values() for check in checks_of(result) if check.status in FAILING
    }
    promised = {slip for promise in promises.values() for slip in promise.slips.values()}
    never_failed = tuple(name for name in listed if name not in failed and not faults.of_check(name))
    accepted = {name: results[name] for name, promise in promises.items() if promise.accepted}
    return Outcome(
        len(promises),
        (*faults.lines, *soundness.lines(assignment.folder / soundness.EXPECTED, broken)),
        never_failed,
        tuple(slip for slip in assignment.hints if slip not in promised),
        without_hint(assignment),
        tuple(_left_out(assignment, results)),
        soundness.unsound(
            assignment, never_failed, accepted, attempted, frozenset(filter(faults.of_check, listed))
        ),
    )


def _task(assignment: Assignment, name: str, promise: Promise, scratch: Path) -> tuple[Entry, Assignment]:
    path = assignment.folder / "specimens" / promise.file
    if promise.text or promise.module:
        path = scratch / f"{name}{'.md' if promise.text else '.py'}"
        path.write_text(promise.text or promise.module, encoding="utf-8")
    wanted = only_parts(assignment, frozenset(promise.parts)) if promise.parts else assignment
    return Entry(name, path), replace(wanted, limits=promise.limits or assignment.limits, corrections=())


def _meant_to_break(promises: Mapping[str, Promise]) -> frozenset[tuple[str, str]]:
    return frozenset(
        (specimen, name)
        for specimen, promise in promises.items()
        for name, status in promise.checks.items()
        if status is Status.ERROR
    )


def _broken(name: str, promise: Promise, result: Result, faults: broke.Broken) -> Iterator[Fault]:
    """Yield each promise that this result does not keep, and why; of what broke, nothing is derived."""
    found = {check.name: check for check in checks_of(result)}
    if not faults.of_specimen(name):
        if promise.earned is not None and promise.earned != result.earned:
            why = lost.earned(result, promise.earned)
            yield Fault((name, "earned"), f"promised {promise.earned:g}, found {result.earned:g}{why}")
        if promise.pending is not None and promise.pending != result.pending:
            why = lost.pending(result)
            yield Fault((name, "pending"), f"promised {promise.pending:g}, found {result.pending:g}{why}")
    for check, status in promise.checks.items():
        got = found[check].status.value if check in found else "not there"
        if (name, check) not in faults.checks and got != status.value:
            why = lost.verdict(found.get(check))
            yield Fault((name, "checks", check), f"promised '{status.value}', found '{got}'{why}")
    for check, slip in promise.slips.items():
        got = found[check].slip if check in found else "not there"
        stopped = (name, check) in faults.checks or (check in found and broke.raises(found[check], slip))
        if not stopped and got != slip:
            why = lost.verdict(found.get(check))
            yield Fault((name, "slips", check), f"promised the slip {slip!r}, found {got!r}{why}")


def _left_out(assignment: Assignment, results: Mapping[str, Result]) -> Iterator[str]:
    """Say of each correction which specimens it would change: promises are of the checks, and not of it."""
    for number, one in enumerate(assignment.corrections, start=1):
        changed = [name for name, result in results.items() if _changes(one, result)]
        told = f"would change {', '.join(changed)}" if changed else "would change no specimen"
        what = ", ".join(filter(None, [one.part, one.item]))
        yield f"Correction number {number} ({what}) is left out here: it {told}"


def _changes(one: Correction, result: Result) -> bool:
    """Return whether a correction gives a specimen other points, or another verdict."""
    parts = [corrections.corrected(part, [one], handed_in=result.handed_in) for part in result.parts]
    after = scoring.of_result(replace(result, parts=tuple(map(scoring.of_part, parts))))
    statuses = [[check.status for check in checks_of(each)] for each in (result, after)]
    return statuses[0] != statuses[1] or (result.total, result.pending) != (after.total, after.pending)


def checks_of(result: Result) -> list[CheckResult]:
    """Return all checks of a result."""
    return [check for part in result.parts for check in part.checks]
