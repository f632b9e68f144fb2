"""(a problem set, what its specimens and attempts came to) -> what makes its marks worth nothing."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from grader.assignment import NAME
from grader.datatypes import Assignment, CheckResult, Result, Status
from grader.proofreading import CheckFunction, Fault, Keys, Sources, check_functions, told

EXPECTED = Path("specimens") / "expected.toml"
LEAST = 1e-9  # of points: what is less comes from adding them up


def unsound(
    assignment: Assignment,
    never_failed: Collection[str],
    accepted: Mapping[str, Result],
    attempted: Mapping[str, Result],
    broken: Collection[str] = (),
) -> tuple[str, ...]:
    """Return a line with file and line for each check that tells nothing, and each accepted loss.

    `accepted` are results by specimen, `attempted` those of submissions that have to earn nothing.
    Of `broken` checks, which came to no verdict, is said elsewhere what there is to say.
    """
    functions = check_functions(Sources(assignment.folder))
    of_checks = [
        *_never_failed(assignment, never_failed, functions),
        *_earned_by_nothing(assignment, attempted, functions, broken),
    ]
    of_specimens = [
        *_lost(accepted, functions),
        *_unanswered(accepted),
        *_not_covered(assignment, accepted, broken),
    ]
    return (
        *lines(assignment.folder / NAME, of_checks),
        *lines(assignment.folder / EXPECTED, of_specimens),
    )


def lines(path: Path, faults: list[Fault]) -> list[str]:
    """Return a line for each fault of a TOML file, with its place there."""
    text = path.read_text(encoding="utf-8")
    return told(faults, path, text, tomllib.loads(text)).splitlines() if faults else []


def forgotten(expected: Path, files: Collection[str]) -> Iterator[str]:
    """Yield a line for each specimen, a file or a folder beside expected.toml, that no promise names."""
    named = {Path(file).parts[0] for file in files if file} | {expected.name, "README.md"}
    for path in sorted(expected.parent.iterdir()):
        if path.name not in named and path.name[0] not in "._":
            way = f'[{path.stem}] file = "{path.name}", and what it is to come to'
            yield f"{path}: {expected.name} does not name it, so that it is never graded: {way}"


def _places(assignment: Assignment) -> dict[str, Keys]:
    """Return where assignment.toml lists each check that is asked for."""
    return {
        check.name: ("parts", number, "checks", check.name)
        for number, part in enumerate(assignment.parts)
        if part in assignment.asked
        for check in part.checks
    }


def _where(name: str, functions: Mapping[str, CheckFunction]) -> str:
    """Return where a check's function stands, '' where that cannot be read."""
    function = functions.get(name.partition("[")[0])
    return f" ({function.told.rstrip(',')})" if function else ""


def _never_failed(
    assignment: Assignment, names: Collection[str], functions: Mapping[str, CheckFunction]
) -> Iterator[Fault]:
    for name, keys in _places(assignment).items():
        if name in names:
            way = f'add one with a wrong answer to {EXPECTED.as_posix()}, checks = {{ "{name}" = "failed" }}'
            where = _where(name, functions)
            yield Fault(keys, f"no specimen fails it{where}, so that nothing shows that it can: {way}")


def _earned_by_nothing(
    assignment: Assignment,
    attempted: Mapping[str, Result],
    functions: Mapping[str, CheckFunction],
    broken: Collection[str],
) -> Iterator[Fault]:
    """Yield the checks that give points for nothing, and those that break on it."""
    gives: dict[str, list[str]] = defaultdict(list)
    breaks: dict[str, str] = {}
    for called, result in attempted.items():
        for check in _checks(result):
            if check.status is Status.PASSED or check.earned > LEAST:
                gives[check.name].append(f"{called}{_read_as(check)}")
            elif check.status is Status.ERROR:
                breaks.setdefault(check.name, f"{called}: {_first(check)}")
    for name, keys in _places(assignment).items():
        deciding = f"the check{_where(name, functions)}"
        if name in gives:
            way = f"{deciding} has to ask for more, or the starter to give less away"
            yield Fault(keys, f"earns points with {'; '.join(gives[name])}. Nothing earns nothing: {way}")
        if name in breaks and name not in broken:
            way = "students hand in such things: look at what you are given before you reckon with it"
            yield Fault(keys, f"{deciding} breaks on {breaks[name]}; {way}, and say verdict.fail")


def _lost(accepted: Mapping[str, Result], functions: Mapping[str, CheckFunction]) -> Iterator[Fault]:
    for specimen, result in accepted.items():
        for check in _checks(result):
            lost = check.possible - check.earned
            if check.status not in {Status.PENDING, Status.ERROR} and lost > LEAST:
                said = ": ".join(filter(None, [check.status.value, " ".join(check.message.split())]))
                way = f"mend the specimen, or the check{_where(check.name, functions)}"
                points = f"{lost:g} of {check.possible:g} points"
                yield Fault((specimen, "accepted"), f"it loses {points} of {check.name} ({said}): {way}")


def _unanswered(accepted: Mapping[str, Result]) -> Iterator[Fault]:
    """Yield the parts of accepted specimens whose rubric nobody can mark: there is no answer."""
    for specimen, result in accepted.items():
        for part in result.parts:
            absent = [one for one in part.rubric if one.status is Status.MISSING]
            if absent:
                points = sum(one.possible for one in absent)
                yield Fault(
                    (specimen, "accepted"),
                    f"it loses {points:g} points of part {part.id}'s rubric (no answer was found to be "
                    "marked): answer the part in the specimen, or say in parts which it is about",
                )


def _not_covered(
    assignment: Assignment, accepted: Mapping[str, Result], broken: Collection[str]
) -> Iterator[Fault]:
    """Yield the parts with a check that no accepted specimen passes: nobody knows whether anybody can.

    What waits for data that are not here has come as far as it can.
    """
    if not accepted and any(part.checks for part in assignment.asked):
        told = "no specimen is accepted, so that nothing shows that a right answer earns its points"
        yield Fault((), f"{told}: say accepted = true of one that is right")
        return
    passed = set(broken) | {
        check.name
        for result in accepted.values()
        for check in _checks(result)
        if check.status is not Status.PENDING or check.waits_for
    }
    for part in assignment.asked:
        if names := [check.name for check in part.checks if check.name not in passed]:
            yield Fault(
                (),
                f"part {part.id}: no accepted specimen passes {', '.join(names)}, so that nothing shows that "
                "a right answer does: add one, or say of the one that is there accepted = true",
            )


def _checks(result: Result) -> Iterator[CheckResult]:
    return (check for part in result.parts for check in part.checks)


def _read_as(check: CheckResult) -> str:
    return f" (read as {check.actual})" if check.actual else ""


def _first(check: CheckResult) -> str:
    return next((line.splitlines()[0] for line in (*check.attention, check.message) if line), "")
