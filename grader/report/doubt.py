"""(a part, one of its checks) -> what a student can do about points that wait, None where nothing."""

from __future__ import annotations

from dataclasses import dataclass

from grader.datatypes import CheckResult, PartResult, Status


@dataclass(frozen=True)
class Doubt:
    """Why points are in doubt by the student's own doing. Checks with an equal `cause` have the same."""

    cause: tuple[str, str]
    title: str
    why: str


def in_doubt(part: PartResult, check: CheckResult) -> Doubt | None:
    """Return the one step that explains a miss, or what was not handed in."""
    if check.status is not Status.PENDING or check.waits_for or check.hidden or check.possible <= 0:
        return None
    if check.lacks:
        return Doubt(("lacks", check.lacks), check.lacks, "")
    if check.slip:
        told = " ".join(filter(None, (check.hint, _numbers(part, check))))
        return Doubt(("slip", check.slip), check.slip, told)
    return None


def _numbers(part: PartResult, check: CheckResult) -> str:
    """Say in numbers why one step explains it: measured, given, and with that step."""
    measured = check.measured.get("accuracy")
    explained = check.measured.get("explained_accuracy")
    if measured is None or explained is None:
        return ""
    claim = part.network.claimed if part.network else None
    given = f"you give {claim:g}, " if claim is not None else ""
    return f"{part.id}: measured {measured:.4f}, {given}with this mended {explained:.4f}."
