"""a Result -> whether what came of it may be the doing of a machine that was too busy, or out of memory."""

from __future__ import annotations

from grader.datatypes import Result, Status
from grader.sandbox import KILLED


def is_to_blame(result: Result) -> bool:
    """Return whether the machine may be to blame: the submission deserves a try when nobody else has one."""
    return ran_late(result) or was_killed(result)


def ran_late(result: Result) -> bool:
    """Return whether time ran out on a check."""
    checks = [check for part in result.parts for check in part.checks]
    return any(check.found is Status.TIMEOUT for check in checks)


def was_killed(result: Result) -> bool:
    """Return whether student code was killed by somebody else, as by a machine that is out of memory."""
    checks = [check for part in result.parts for check in part.checks]
    return any(KILLED in line for check in checks for line in check.attention)
