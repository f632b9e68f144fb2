"""(a result before, the same student's after) -> what of the mark changes, from what to what, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.corrections import LABELS
from grader.datatypes import CheckResult, PartResult, Result, RubricResult
from grader.marks import total
from grader.status import Corrected

LATENESS = "lateness"  # stands for a part where what coming late costs is another


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
        Change(after.student, part, _marks(was), _marks(is_), tuple(_why(was, is_, after.attention)), *said)
        for part, was, is_ in parts
        if _marks(was) != _marks(is_)
    )


def _taken_off(result: Result) -> Marks:
    return Marks(-result.lateness.points if result.lateness else 0.0, 0.0, 0.0)


def _marks(part: PartResult | None) -> Marks | None:
    if part is None:
        return None
    return Marks(total((part.earned, *(one.earned for one in part.bonuses))), part.pending, part.possible)


def _why(before: PartResult | None, after: PartResult | None, told: Sequence[str]) -> Iterator[str]:
    """Say what comes out otherwise; `told` is what staff are told of the result as it is now."""
    if before is None or after is None:
        yield "this part is graded now" if before is None else "this part is graded no longer"
        return
    old, new = _outcomes(before), _outcomes(after)
    for name in dict.fromkeys((*new, *old)):
        if name not in old or name not in new:
            yield f"{name} is {'new' if name not in old else 'gone'}"
        elif old[name].status is not new[name].status:
            because = _because(old[name], new[name]) or _useless(old[name], new[name], name, told)
            yield f"{name}: {old[name].status} → {new[name].status}{because}"
        elif (old[name].earned, old[name].possible) != (new[name].earned, new[name].possible):
            yield f"{name}: {_of(old[name])} → {_of(new[name])} points{_because(old[name], new[name])}"
    yield from _bonuses(before, after)


def _because(old: CheckResult | RubricResult, new: CheckResult | RubricResult) -> str:
    """Return what of a change is the course's correction."""
    if new.corrected and not new.marked:
        return f" ({_label(new.corrected)}: {new.corrected.reason})"
    if old.corrected and not old.marked and not new.corrected:
        return f" (no longer: {_label(old.corrected)})"
    return ""


def _useless(
    old: CheckResult | RubricResult, new: CheckResult | RubricResult, name: str, told: Sequence[str]
) -> str:
    """Return why a person's mark counts no more, as staff are told with its row."""
    gone = old.marked and not new.marked
    about = f"for “{name}” in "
    return next((f" ({line})" for line in told if gone and about in line and "for nothing" in line), "")


def _label(corrected: Corrected) -> str:
    label = LABELS.get(corrected.kind, "Corrected")
    return f"{label[0].lower()}{label[1:]}"


def _bonuses(before: PartResult, after: PartResult) -> Iterator[str]:
    """Say which points on top come or go."""
    old, new = ({one.reason: one.earned for one in part.bonuses} for part in (before, after))
    for reason in dict.fromkeys((*new, *old)):
        was, is_ = old.get(reason, 0.0), new.get(reason, 0.0)
        if was != is_:
            yield f"bonus: {was:g} → {is_:g} points ({reason})"


def _outcomes(part: PartResult) -> dict[str, CheckResult | RubricResult]:
    outcomes: dict[str, CheckResult | RubricResult] = {check.name: check for check in part.checks}
    return outcomes | {one.criterion: one for one in part.rubric}


def _of(one: CheckResult | RubricResult) -> str:
    return f"{one.earned:g} of {one.possible:g}"
