"""(a result before, the same student's after) -> what of the mark changes, from what to what, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.corrections import LABELS
from grader.datatypes import CheckResult, PartResult, Result, RubricResult
from grader.marks import total
from grader.status import Corrected

LATENESS = "lateness"  # stands for a part where what coming late costs is another
LONGEST = 45  # characters of a name in a line that says what became of it


@dataclass(frozen=True)
class Marks:
    """The points of a part, unrounded."""

    earned: float
    pending: float
    possible: float


@dataclass(frozen=True)
class Change:
    """One part whose marks change. A part that is new, or gone, has None on one side."""

    student: str
    part: str
    before: Marks | None
    after: Marks | None
    why: tuple[str, ...]  # the checks and criteria that come out otherwise
    totals: tuple[float, float] = (0.0, 0.0)  # of all parts, lateness taken off: before, after
    step: float = 0.25  # that totals are rounded to where a person reads them


def changes(before: Result, after: Result) -> tuple[Change, ...]:
    """Return the parts whose points are others, in the assignment's order."""
    old = {part.id: part for part in before.parts}
    new = {part.id: part for part in after.parts}
    totals = (before.total, after.total)
    late = (_taken_off(before), _taken_off(after))
    because = after.lateness.told if after.lateness else "nothing is known of it any more"
    said = (totals, after.step)
    lateness = (Change(after.student, LATENESS, *late, (because,), *said),) if late[0] != late[1] else ()
    parts = [(part, old.get(part), new.get(part)) for part in dict.fromkeys((*new, *old))]
    return lateness + tuple(
        Change(
            *(after.student, part, _marks(was), _marks(is_)),
            (*_answered(before, after, part), *_why(was, is_, after.attention)),
            *said,
        )
        for part, was, is_ in parts
        if _marks(was) != _marks(is_)
    )


def _taken_off(result: Result) -> Marks:
    return Marks(-result.lateness.points if result.lateness else 0.0, 0.0, 0.0)


def _marks(part: PartResult | None) -> Marks | None:
    if part is None:
        return None
    return Marks(total((part.earned, *(one.earned for one in part.bonuses))), part.pending, part.possible)


def _answered(before: Result, after: Result, part: str) -> Iterator[str]:
    """Say where a request for another look at the part was decided in between."""
    known = {asked for asked in before.requests if asked.decision}
    if any(asked.part == part and asked.decision and asked not in known for asked in after.requests):
        yield "regrade request"


def _why(before: PartResult | None, after: PartResult | None, told: Sequence[str]) -> Iterator[str]:
    """Say what comes out otherwise; `told` is what staff are told of the result as it is now."""
    if before is None or after is None:
        yield "this part is graded now" if before is None else "this part is graded no longer"
        return
    old, new = _outcomes(before), _outcomes(after)
    for name in dict.fromkeys((*new, *old)):
        if name not in old or name not in new:
            yield f"{_short(name)} is {'new' if name not in old else 'gone'}"
        elif _counts(old[name]) != _counts(new[name]):
            yield f"{_short(name)}: {_otherwise(old[name], new[name], _useless(name, told))}"
    yield from _bonuses(before, after)


def _short(name: str) -> str:
    """Return a name of which a line has room for what became of it, too."""
    return name if len(name) <= LONGEST else f"{name[:LONGEST].rsplit(' ', 1)[0]} …"


def _counts(one: CheckResult | RubricResult) -> tuple[object, ...]:
    return (one.status, one.earned, one.possible)


def _otherwise(old: CheckResult | RubricResult, new: CheckResult | RubricResult, useless: str) -> str:
    """Say how a check or criterion comes out: a person's points, its status, or the points that it earns."""
    if new.marked:
        return f"a person: {f'{_of(old)} → ' if old.marked else ''}{_of(new)}{_ended(old, new)}"
    because = _because(old, new, useless)
    if old.status is not new.status:
        return f"{old.status} → {new.status}{because}"
    return f"{_of(old)} → {_of(new)} points{because}"


def _because(old: CheckResult | RubricResult, new: CheckResult | RubricResult, useless: str) -> str:
    """Return what of a change is the course's correction, or the end of a person's mark."""
    if new.corrected:
        return f" ({_label(new.corrected)}: {new.corrected.reason})"
    if old.marked:
        return useless or f" (no longer a person's: {_of(old)})"
    return _ended(old, new)


def _ended(old: CheckResult | RubricResult, new: CheckResult | RubricResult) -> str:
    """Return which correction counted before and does no more, '' for none."""
    if old.corrected and not (old.marked or new.corrected):
        return f" (no longer: {_label(old.corrected)}: {old.corrected.reason})"
    return ""


def _useless(name: str, told: Sequence[str]) -> str:
    """Return why a person's mark counts no more, as staff are told with its row; '' where none does not."""
    about = f"for “{name}” in "
    return next((f" ({line})" for line in told if about in line and "for nothing" in line), "")


def _label(corrected: Corrected) -> str:
    label = LABELS.get(corrected.kind, "Corrected")
    return f"{label[0].lower()}{label[1:]}"


def _bonuses(before: PartResult, after: PartResult) -> Iterator[str]:
    """Say which points on top come or go; one whose reason is worded anew as well is one line."""
    old, new = ({one.reason: one.earned for one in part.bonuses if one.earned} for part in (before, after))
    ended = [reason for reason in old if reason not in new]
    for reason, points in new.items():
        was = old[reason] if reason in old else old[ended.pop(0)] if ended else 0.0
        if was != points:
            yield f"bonus: {was:g} → {points:g} points ({reason})"
    for reason in ended:
        yield f"bonus: {old[reason]:g} → 0 points (no longer: {reason})"


def _outcomes(part: PartResult) -> dict[str, CheckResult | RubricResult]:
    outcomes: dict[str, CheckResult | RubricResult] = {check.name: check for check in part.checks}
    return outcomes | {one.criterion: one for one in part.rubric}


def _of(one: CheckResult | RubricResult) -> str:
    return f"{one.earned:g} of {one.possible:g}"
