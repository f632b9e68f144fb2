"""Result -> where each of its parts stands: ready, not right, missing, a person's, or only provisional."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from grader.datatypes import PartResult, Result, Status
from grader.scoring import A_PERSON, THE_COURSE, waiting

WRONG = frozenset({Status.FAILED, Status.CRASHED, Status.TIMEOUT})


class Standing(StrEnum):
    """What may be said of a part before it is handed in. One part may stand in several ways at once."""

    READY = "ready"  # all that can be checked here is right
    WRONG = "not right yet"
    MISSING = "missing"
    PERSON = "for a person"
    UNSEEN = "to be graded"  # nothing public is wrong with it, and only the course's own checks can tell
    PROVISIONAL = "provisional"  # measured on other data than those that give marks
    BROKEN = "not checked"  # the grader broke


def standings(result: Result) -> dict[Standing, tuple[str, ...]]:
    """Return the ids of the parts that stand in each way, in the assignment's order; no way without any."""
    found = {part.id: set(_of(part)) for part in result.parts}
    sorted_out = {way: tuple(part for part, ways in found.items() if way in ways) for way in Standing}
    return {way: parts for way, parts in sorted_out.items() if parts}


def _of(part: PartResult) -> Iterator[Standing]:
    """Yield the ways in which a part stands."""
    checks = {check.status for check in part.checks}
    missing = Status.MISSING in checks | {criterion.status for criterion in part.rubric}
    if checks <= {Status.PASSED} and part.checks and not missing:
        yield Standing.READY
    if checks & WRONG:
        yield Standing.WRONG
    if missing:
        yield Standing.MISSING
    if A_PERSON in waiting([part]):
        yield Standing.PERSON
    waits_for = {check.waits_for for check in part.checks if check.waits_for}
    if THE_COURSE in waits_for:
        yield Standing.UNSEEN
    if waits_for - {THE_COURSE} or (part.network and part.network.provisional):
        yield Standing.PROVISIONAL
    if Status.ERROR in checks:
        yield Standing.BROKEN
