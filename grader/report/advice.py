"""Result -> what to do next, at most three lines."""

from __future__ import annotations

from dataclasses import dataclass

from grader.datatypes import CheckResult, PartResult, Result, Status
from grader.marks import lost

_MOST = 3


@dataclass(frozen=True)
class Step:
    """Points that can be won back by looking at one check."""

    part: PartResult
    check: CheckResult
    lost: float


def next_steps(result: Result) -> tuple[Step, ...]:
    """Return the lost points that cost the least work, the most points first among equals.

    The least work is an answer that is nearly right, then one whose mistake is named, then other wrong
    answers, then code that does not run, then what was not answered, then what is hidden.
    """
    steps = [
        Step(part, check, missed)
        for part in result.parts
        for check in part.checks
        if check.status not in {Status.PENDING, Status.ERROR}
        and (missed := lost(check.earned, check.possible)) > 0
    ]
    return tuple(sorted(steps, key=lambda step: (_work(step.check), -step.lost))[:_MOST])


def _work(check: CheckResult) -> int:
    if check.hidden:
        return 5
    if check.earned > 0:
        return 0
    if check.status is Status.FAILED:
        return 1 if check.hint or check.slip else 2
    return 4 if check.status is Status.MISSING else 3
