"""(what was published last, a result) -> what of its marks is other than was shown, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from grader import record
from grader.changes import Change, changes
from grader.datatypes import CheckResult, PartResult, Result, RubricResult
from grader.published.folder import marks_of, record_in
from grader.published.manifest import Manifest, Shown

NEVER = "nothing of it was published"
AS_SHOWN = "as it was published: what stood since was not"
UNREADABLE = "what was shown is not there as it was (grader publish --check)"


def others(manifest: Manifest, results: Iterable[Result]) -> tuple[str, ...]:
    """Return whose marks are other than they were shown; who was shown none is one of them."""
    shown = {one.student: one for one in manifest.students}
    return tuple(result.student for result in results if _is_another(shown.get(result.student), result))


def _is_another(shown: Shown | None, result: Result) -> bool:
    if shown is None:
        return True
    now = (result.total, result.pending, result.possible, marks_of(result))
    return (shown.total, shown.pending, shown.possible, dict(shown.parts)) != now


def since(out: Path, manifest: Manifest, after: Result) -> tuple[Change, ...]:
    """Return what would change of what a student was shown; nothing for who was shown nothing."""
    shown = manifest.of(after.student)
    if shown is None or not _is_another(shown, after):
        return ()
    before = record_in(out, manifest, after.student)
    if before is None:
        return tuple(replace(one, why=(UNREADABLE,)) for one in changes(_bare(shown, after), after))
    return changes(_as_staff_call_it(before, after), after)


def replacing(out: Path, manifest: Manifest, stood: Result, after: Result) -> tuple[Change, ...]:
    """Return what changes where a result takes the place of another, told against what was published."""
    now = changes(stood, after)
    if not now or manifest.of(after.student) is None:
        return tuple(replace(change, why=(*change.why, NEVER)) for change in now)
    told = since(out, manifest, after)
    parts = {change.part for change in told}
    total = (after.total, after.total)
    back = (
        replace(change, before=change.after, why=(AS_SHOWN,), totals=total)
        for change in now
        if change.part not in parts
    )
    return (*told, *back)


def _bare(shown: Shown, after: Result) -> Result:
    """Return a result with the points that the manifest holds, and nothing of what they came of."""
    parts = tuple(
        PartResult(part, part, marks.earned, marks.possible, marks.pending)
        for part, marks in shown.parts.items()
    )
    earned = shown.total + (after.lateness.points if after.lateness else 0.0)
    # What was given on top of the possible is in the points of its parts already.
    bare = replace(after, earned=earned, bonus=0.0, parts=parts)
    return replace(bare, possible=shown.possible, pending=shown.pending)


# ---- a student sees less than staff: checks and criteria without their names ------------------


def _as_staff_call_it(before: Result, after: Result) -> Result:
    """Return what a student was shown with the names that staff know, where it is clear which they are."""
    redacted = {part.id: part for part in record.for_student(after).parts}
    whole = {part.id: part for part in after.parts}
    parts = (
        _named(part, redacted[part.id], whole[part.id]) if part.id in whole else part for part in before.parts
    )
    return replace(before, parts=tuple(parts))


def _named(part: PartResult, redacted: PartResult, whole: PartResult) -> PartResult:
    checks, rubric = part.checks, part.rubric
    if [one.name for one in checks] == [one.name for one in redacted.checks]:
        checks = tuple(_checks(checks, whole.checks))
    if len(rubric) == len(whole.rubric):
        rubric = tuple(_criteria(rubric, whole.rubric))
    items = {one.reason: one.item for one in whole.bonuses}
    bonuses = tuple(replace(one, item=items.get(one.reason, one.item)) for one in part.bonuses)
    return replace(part, checks=checks, rubric=rubric, bonuses=bonuses)


def _checks(shown: Iterable[CheckResult], whole: Iterable[CheckResult]) -> Iterator[CheckResult]:
    for one, other in zip(shown, whole, strict=True):
        yield replace(one, name=other.name)


def _criteria(shown: Iterable[RubricResult], whole: Iterable[RubricResult]) -> Iterator[RubricResult]:
    for one, other in zip(shown, whole, strict=True):
        yield one if one.criterion else replace(one, criterion=other.criterion)


# ---- words ------------------------------------------------------------------------------------


def timeless(result: Result) -> Result:
    """Return a redacted result without dates and seconds: two that read the same have the same page."""
    parts = (
        replace(part, checks=tuple(replace(check, seconds=0.0) for check in part.checks))
        for part in result.parts
    )
    return replace(result, parts=tuple(parts), provenance={})
