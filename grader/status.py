"""What came of a check or a criterion, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """What came of a check. PENDING and ERROR are never a silent zero."""

    PASSED = "passed"
    FAILED = "failed"
    CRASHED = "crashed"  # the student's code raised or died
    TIMEOUT = "timeout"  # the student's code took longer than it may
    MISSING = "missing"  # everything was read and there is no answer
    PENDING = "pending"  # a person still has to mark it
    ERROR = "error"  # the grader broke


HALF = "half"  # the level that every criterion is offered: it says no more than its points do


@dataclass(frozen=True)
class Marked:
    """Who gave the points in the grader's place, and what the grader alone had found."""

    by: str = ""  # staff only
    when: str = ""  # staff only
    status: Status = Status.PENDING  # the grader's
    earned: float = 0.0  # the grader's
    given: tuple[str, ...] = ()  # names of levels that the points come from, but for "in full"


@dataclass(frozen=True)
class Corrected:
    """Why points are given after the fact, and what the grader alone had found."""

    kind: str  # "accepted", "void"; or "unsure", where a person has to say whether it is accepted
    reason: str  # the course's
    status: Status = Status.PENDING  # the grader's
    earned: float = 0.0  # the grader's
