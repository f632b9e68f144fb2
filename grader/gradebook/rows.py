"""[Result] -> [Row], one a student."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from grader.datatypes import PartResult, Result, Status
from grader.marks import rounded, unrounded


@dataclass(frozen=True)
class Row:
    """One student's line. Points are text as a person reads them; only `earned` and `total` are rounded."""

    student: str
    earned: str
    possible: str
    pending: str
    status: str  # "complete", "pending", "needs attention" or "grader fault", the gravest that applies
    attention: tuple[str, ...]
    late: str  # hours after it was due, an extension counted in; '' in time, or where nobody knows
    total: str  # what is earned, and the bonus, less what coming late costs
    parts: Mapping[str, str]  # part id -> points earned, up to 4 decimals; '' while all wait
    bonus: str = "0"  # points on top of what is possible, unrounded


def table(results: Iterable[Result]) -> tuple[Row, ...]:
    """Return a row for each result, sorted by student whatever the case of the letters."""
    ordered = sorted(results, key=lambda result: (result.student.casefold(), result.student))
    return tuple(map(_row, ordered))


def _row(result: Result) -> Row:
    return Row(
        student=result.student,
        earned=rounded(result.earned, result.step),
        possible=unrounded(result.possible),
        pending=unrounded(result.pending),
        status=_status(result),
        attention=result.attention,
        bonus=unrounded(result.bonus),
        late=unrounded(result.lateness.hours) if result.lateness and result.lateness.hours else "",
        total=rounded(result.total, result.step),
        parts={part.id: _earned(part) for part in result.parts},
    )


def _earned(part: PartResult) -> str:
    """Return a part's points, nothing where all of them wait: a 0 would look like one."""
    return "" if part.pending >= part.possible > 0 else unrounded(part.earned)


def _status(result: Result) -> str:
    if any(check.status is Status.ERROR for part in result.parts for check in part.checks):
        return "grader fault"
    if result.needs_attention:
        return "needs attention"
    return "pending" if result.pending > 0 else "complete"
