"""[Result] -> ClassFigures: how a class did, who needs a look, which mistakes were made. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from grader.datatypes import Result, Status
from grader.report import outcomes
from grader.report.distribution import Distribution, distribution, is_settled
from grader.report.item_analysis import FEW, TOO_FEW, ItemFigures, analysed
from grader.scoring import answers_waiting

_FILE = re.compile(r"\A[^:\n]*\.\w{1,6}: (?=\S)")  # "scan.pdf: ", as scoring begins a line about a file
NO_REASON = "No reason was given."


@dataclass(frozen=True)
class Slip:
    """A known mistake, made on a check by the students at these places. `decided`: of how many."""

    part: str
    check: str
    title: str
    name: str
    students: tuple[int, ...]
    decided: int


@dataclass(frozen=True)
class Waiting:
    """What waits for a person in a part: points, and the students at these places."""

    points: float
    students: tuple[int, ...]


@dataclass(frozen=True)
class Reason:
    """Why somebody has to look, and at the work of the students at these places."""

    text: str
    students: tuple[int, ...]
    checks: tuple[str, ...] = ()  # that broke, where it is a fault of the grader

    @property
    def headline(self) -> str:
        """Return the first line, and the last of what has more: there a traceback says what happened."""
        lines = self.text.strip().split("\n")
        first = lines[0].removesuffix("Traceback (most recent call last):")
        return first if lines[-1] in first else f"{first.rstrip()} … {lines[-1]}"


@dataclass(frozen=True)
class ClassFigures:
    """All that the class page tells. A student is told by their place among the results."""

    distribution: Distribution | None
    settled: int
    late: int  # who came after the due time
    charged: int  # to whom of them that costs something
    waiting: float  # points that wait for a person
    broken: float  # points that wait because the grader failed
    parts: tuple[ItemFigures, ...]
    waits: Mapping[str, Waiting]  # by part, where something does
    checks: tuple[ItemFigures, ...]
    slips: tuple[Slip, ...]  # the most frequent first
    faults: tuple[Reason, ...]  # the grader's own
    reasons: tuple[Reason, ...]  # all others
    answers: int  # that wait for a person, each a student's to a part
    asked: int  # regrade requests that nobody has answered
    few: bool  # so few students that discriminations are mostly chance
    needed: int  # students for a discrimination to be told

    @property
    def discriminates(self) -> bool:
        """Return whether a discrimination is told of any part or check."""
        return any(figures.discrimination for figures in (*self.parts, *self.checks))


def class_figures(results: Sequence[Result]) -> ClassFigures:
    """Return a class's figures."""
    checks = tuple(analysed(item, results) for item in outcomes.of_checks(results))
    waits = _waits(results)
    return ClassFigures(
        distribution=distribution(results),
        settled=sum(map(is_settled, results)),
        late=sum(is_late(result) for result in results),
        charged=sum(is_late(result) and is_charged(result) for result in results),
        waiting=sum(waiting.points for waiting in waits.values()),
        broken=sum(map(broken_points, results)),
        parts=tuple(analysed(item, results) for item in outcomes.of_parts(results)),
        waits=waits,
        checks=checks,
        slips=_slips(checks),
        faults=_grouped(map(_faults, results)),
        reasons=_most_first(_grouped(map(_others, results)), results),
        answers=answers_waiting(results),
        asked=sum(not one.decision for result in results for one in result.requests),
        few=len(results) < FEW,
        needed=TOO_FEW,
    )


def is_late(result: Result) -> bool:
    """Return whether a submission came after it was due."""
    return result.lateness is not None and result.lateness.hours > 0


def is_charged(result: Result) -> bool:
    """Return whether coming late costs something: not within the grace, nor out of a bank of late hours."""
    return result.lateness is not None and (result.lateness.share > 0 or result.lateness.points > 0)


def broken_points(result: Result) -> float:
    """Return the points that wait because the grader failed."""
    return sum(
        check.possible for part in result.parts for check in part.checks if check.status is Status.ERROR
    )


def _waits(results: Sequence[Result]) -> dict[str, Waiting]:
    points: dict[str, float] = {}
    students: dict[str, list[int]] = {}
    for place, result in enumerate(results):
        for part in result.parts:
            broken = sum(check.possible for check in part.checks if check.status is Status.ERROR)
            if part.pending - broken > 1e-9:  # sums of floats: less is noise
                points[part.id] = points.get(part.id, 0.0) + part.pending - broken
                students.setdefault(part.id, []).append(place)
    return {part: Waiting(points[part], tuple(students[part])) for part in points}


def _slips(checks: Sequence[ItemFigures]) -> tuple[Slip, ...]:
    found = [
        Slip(figures.item.part, figures.item.name, figures.item.title, name, students, figures.decided)
        for figures in checks
        for name, students in _made(figures).items()
    ]
    return tuple(sorted(found, key=lambda slip: -len(slip.students)))


def _made(figures: ItemFigures) -> dict[str, tuple[int, ...]]:
    made: dict[str, list[int]] = {}
    for place, outcome in enumerate(figures.item.outcomes):
        if outcome and outcome.decided and outcome.slip:
            made.setdefault(outcome.slip, []).append(place)
    return {slip: tuple(places) for slip, places in made.items()}


def _faults(result: Result) -> Iterator[tuple[str, str]]:
    """Yield (what is said of it, check) for every check that broke."""
    for check in (check for part in result.parts for check in part.checks if check.status is Status.ERROR):
        for line in check.attention or (NO_REASON,):
            yield line.removeprefix(f"check {check.name} ").removeprefix("is broken: "), check.name


def _others(result: Result) -> Iterator[tuple[str, str]]:
    """Yield (why somebody has to look, '') for all that is no fault of the grader."""
    broken = [check for part in result.parts for check in part.checks if check.status is Status.ERROR]
    ours = {line for check in broken for line in check.attention}
    reasons = [line for line in result.attention if line not in ours]
    if result.needs_attention and not reasons and not broken:
        reasons = [NO_REASON]
    yield from ((line, "") for line in dict.fromkeys(reasons))


def _most_first(reasons: Iterable[Reason], results: Sequence[Result]) -> tuple[Reason, ...]:
    """Return the reasons with whom they concern in another order: first whose work has most that waits."""
    return tuple(
        replace(reason, students=tuple(sorted(reason.students, key=lambda place: -results[place].pending)))
        for reason in reasons
    )


def _grouped(reasons: Iterable[Iterable[tuple[str, str]]]) -> tuple[Reason, ...]:
    """Return who shares a reason, whatever their files are called, the most students first."""
    texts: dict[str, str] = {}
    students: dict[str, dict[int, None]] = {}
    checks: dict[str, dict[str, None]] = {}
    for place, lines in enumerate(reasons):
        for line, check in lines:
            shared = _FILE.sub("", line)
            texts[shared] = line if texts.get(shared, line) == line else shared
            students.setdefault(shared, {})[place] = None
            checks.setdefault(shared, {}).update({check: None} if check else {})
    found = [Reason(texts[text], tuple(places), tuple(checks[text])) for text, places in students.items()]
    return tuple(sorted(found, key=lambda reason: -len(reason.students)))
