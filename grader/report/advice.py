"""Result -> what to do next, at most three lines, and how much more there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from grader.datatypes import CheckResult, PartResult, Result, Status
from grader.marks import lost
from grader.report import words

_MOST = 3
_SAVES = 3  # checks that one fault stopped: to mend it is the first thing to do
_WAITING = frozenset({Status.PENDING, Status.ERROR})
_STOPPED = frozenset({Status.CRASHED, Status.TIMEOUT})
# The least work first: what is nearly right, what has a name, what is wrong, what stopped, what a
# person marked, what is missing, what is hidden.
_FIRST, _NEARLY, _NAMED, _WRONG, _CODE, _MARKED, _MISSING, _HIDDEN = range(8)


@dataclass(frozen=True)
class Step:
    """Points that can be won back in one go. `anchor` is the element of the page that tells of them."""

    anchor: str
    part: str
    title: str
    lost: float
    why: str
    work: int
    checks: int = 1


@dataclass(frozen=True)
class Advice:
    """The first steps; how many more there are, and what these are worth.

    `unread` are the parts for which nothing was found, where a file could not be read or placed.
    """

    steps: tuple[Step, ...]
    more: int
    worth: float
    unread: tuple[str, ...] = ()


def advice(result: Result) -> Advice:
    """Return the lost points that cost the least work, the most points first among equals."""
    steps = sorted(_steps(result), key=lambda step: (step.work, -step.lost))
    rest = steps[_MOST:]
    return Advice(tuple(steps[:_MOST]), len(rest), sum(step.lost for step in rest), _unread(result))


def _unread(result: Result) -> tuple[str, ...]:
    if any(check.status is Status.ERROR for part in result.parts for check in part.checks):
        return ()  # what could not be read is our fault
    empty = (part for part in result.parts if not (part.answer or part.code or part.output or part.figures))
    return tuple(part.id for part in empty if part.pending > 0 and result.unread)


def _steps(result: Result) -> list[Step]:
    """Return a step for each cause: what one fault stopped, and what a part has no answer for, is one."""
    causes: dict[object, list[Step]] = {}
    for part in result.parts:
        for cause, step in (*_of_checks(part), *_of_rubric(part)):
            causes.setdefault(cause, []).append(step)
    return [_together(steps) for steps in causes.values()]


def _of_checks(part: PartResult) -> Iterator[tuple[object, Step]]:
    for check in part.checks:
        missed = lost(check.earned, check.possible)
        if check.status in _WAITING or missed <= 0:
            continue
        title, message = words.title(check), check.message.split("\n")[0]
        step = Step(f"check-{check.name}", part.id, title, missed, _help(check), _work(check))
        if check.hidden:
            yield check.name, step
        elif check.status is Status.MISSING:
            yield ("missing", part.id), _unanswered(part, missed)
        else:
            yield (message if check.status in _STOPPED else check.name), step


def _of_rubric(part: PartResult) -> Iterator[tuple[object, Step]]:
    for criterion in part.rubric:
        missed = lost(criterion.earned, criterion.possible)
        if criterion.status in _WAITING or missed <= 0:
            continue
        if criterion.status is Status.MISSING:
            yield ("missing", part.id), _unanswered(part, missed)
        else:
            title, said = "what a person marked", criterion.comment.split("\n")[0]
            yield ("marked", part.id), Step(f"rubric-{part.id}", part.id, title, missed, said, _MARKED)


def _unanswered(part: PartResult, missed: float) -> Step:
    statuses = {entry.status for entry in part.checks} | {entry.status for entry in part.rubric}
    if statuses == {Status.MISSING}:
        return Step(f"part-{part.id}", part.id, f"no answer to “{part.title}”", missed, "", _MISSING)
    if all(check.status is not Status.MISSING for check in part.checks):
        return Step(f"rubric-{part.id}", part.id, "no explanation in words", missed, "", _MISSING)
    return Step(f"part-{part.id}", part.id, "a piece of the answer is missing", missed, "", _MISSING)


def _together(steps: Sequence[Step]) -> Step:
    """Return one step for all that has one cause."""
    first, total = steps[0], sum(step.lost for step in steps)
    if len(steps) == 1 or first.work != _CODE:
        return replace(first, lost=total, checks=len(steps))
    parts = list(dict.fromkeys(step.part for step in steps))
    title = f"{len(steps)} checks that one fault stopped"
    where = parts[0] if len(parts) == 1 else f"{parts[0]} to {parts[-1]}"
    work = _FIRST if len(steps) >= _SAVES else _CODE
    return replace(first, part=where, title=title, lost=total, work=work, checks=len(steps))


def _help(check: CheckResult) -> str:
    """Return what helps most: what a person said, else the hint, else the reason."""
    return check.comment or check.hint or check.message.split("\n")[0]


def _work(check: CheckResult) -> int:
    if check.hidden:
        return _HIDDEN
    if check.earned > 0:
        return _NEARLY
    if check.status is Status.FAILED:
        return _NAMED if check.hint or check.slip else _WRONG
    return _MISSING if check.status is Status.MISSING else _CODE
