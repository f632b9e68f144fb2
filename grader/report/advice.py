"""Result -> what to do next, at most three lines, and how much more there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from grader.datatypes import CheckResult, PartResult, Result, RubricResult, Status
from grader.marks import lost, total
from grader.report import words
from grader.report.doubt import in_doubt

_MOST = 3
_BY_A_PERSON = "what a person marked"
_PLACES = 2  # wrong entries that are named
_WAITING = frozenset({Status.PENDING, Status.ERROR})
_STOPPED = frozenset({Status.CRASHED, Status.TIMEOUT})
# The least work first among equals: what is nearly right, what has a name, what is wrong, what
# stopped, what a person marked, what is missing, what is hidden.
_NEARLY, _NAMED, _WRONG, _CODE, _MARKED, _MISSING, _HIDDEN = range(7)


@dataclass(frozen=True)
class Step:
    """Points that can be won in one go. `anchor` is the element of the page that tells of them.

    `lost` are gone; `doubt` wait for a person, and what the student can do about it would end that.
    """

    anchor: str
    parts: tuple[str, ...]
    title: str
    lost: float
    why: str
    work: int
    doubt: float = 0.0

    @property
    def where(self) -> str:
        """The parts, as they are written."""
        return words.spanned(self.parts)

    @property
    def worth(self) -> float:
        """All points that it is about."""
        return total((self.lost, self.doubt))


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
    """Return what wins the most points first; among equals the least work. What is hidden comes last."""
    steps = sorted(_steps(result), key=lambda step: (step.work == _HIDDEN, -step.worth, step.work))
    rest = steps[_MOST:]
    return Advice(tuple(steps[:_MOST]), len(rest), total(step.worth for step in rest), _unread(result))


def _unread(result: Result) -> tuple[str, ...]:
    if any(check.status is Status.ERROR for part in result.parts for check in part.checks):
        return ()  # what could not be read is our fault
    empty = (part for part in result.parts if not (part.answer or part.code or part.output or part.figures))
    return tuple(part.id for part in empty if part.pending > 0 and result.unread)


def _steps(result: Result) -> list[Step]:
    """Return a step for each cause: one mistake in several parts is one, and so are all blanks."""
    causes: dict[object, list[Step]] = {}
    for part in result.parts:
        for cause, step in (*_of_checks(part), *_of_rubric(part)):
            causes.setdefault(cause, []).append(step)
    return [_together(steps) for steps in causes.values()]


def _of_checks(part: PartResult) -> Iterator[tuple[object, Step]]:
    for check in part.checks:
        missed = lost(check.earned, check.possible)
        doubted = in_doubt(part, check)
        if doubted:
            step = Step(f"check-{check.name}", (part.id,), doubted.title, 0.0, doubted.why, _NAMED, missed)
            yield doubted.cause, step
        elif check.status not in _WAITING and missed > 0:
            yield _of_check(part, check, missed)


def _of_check(part: PartResult, check: CheckResult, missed: float) -> tuple[object, Step]:
    if check.status is Status.MISSING and not check.hidden:
        return _unanswered(part, missed)
    step = Step(f"check-{check.name}", (part.id,), words.title(check), missed, _help(check), _work(check))
    if check.hidden:
        return check.name, step
    if check.slip:
        return ("slip", check.slip), step
    return (check.message.split("\n")[0] if check.status in _STOPPED else check.name), step


def _of_rubric(part: PartResult) -> Iterator[tuple[object, Step]]:
    for criterion in part.rubric:
        missed = lost(criterion.earned, criterion.possible)
        if criterion.status in _WAITING or missed <= 0:
            continue
        if criterion.status is Status.MISSING:
            yield _unanswered(part, missed)
        else:
            step = Step(f"rubric-{part.id}", (part.id,), _BY_A_PERSON, missed, _said(criterion), _MARKED)
            yield ("marked", part.id), step


def _said(criterion: RubricResult) -> str:
    """Return what a person says of a criterion, in a line; '' where that is nothing but points."""
    items = "; ".join(words.explained(criterion))
    return " ".join(filter(None, (items and f"{items.rstrip('.')}.", criterion.comment.split("\n")[0])))


def _all_said(steps: Sequence[Step]) -> str:
    """Return what a person says of the criteria of a part, each sentence once; the part has them in full."""
    said = list(dict.fromkeys(step.why for step in steps if step.why))
    more = f" And {len(said) - _PLACES} more below." if len(said) > _PLACES else ""
    return f"{' '.join(said[:_PLACES])}{more}"


def _unanswered(part: PartResult, missed: float) -> tuple[object, Step]:
    """Return what a part has no answer for: with the same of all other parts it is one step."""
    anchor, title = f"part-{part.id}", words.blank(part)
    if title == words.NO_WORDS:
        anchor = f"rubric-{part.id}"
    return ("missing", title), Step(anchor, (part.id,), title, missed, "", _MISSING)


def _together(steps: Sequence[Step]) -> Step:
    """Return one step for all that has one cause."""
    first = steps[0]
    parts = tuple(dict.fromkeys(part for step in steps for part in step.parts))
    stopped = first.work == _CODE and len(steps) > 1
    return replace(
        first,
        parts=parts,
        title=f"{len(steps)} checks that one fault stopped" if stopped else first.title,
        why=_all_said(steps) if first.work == _MARKED else first.why,
        lost=total(step.lost for step in steps),
        doubt=total(step.doubt for step in steps),
    )


def _help(check: CheckResult) -> str:
    """Return what helps most: what a person said, else where it is wrong and the hint, else the reason."""
    first, *places = check.message.split("\n")
    if check.comment:
        return check.comment
    if check.earned > 0 and places and not check.slip:
        more = f" And {len(places) - _PLACES} more." if len(places) > _PLACES else ""
        return f"{' '.join(places[:_PLACES])}{more} {check.hint}".rstrip()
    return check.hint or first


def _work(check: CheckResult) -> int:
    if check.hidden:
        return _HIDDEN
    if check.earned > 0:
        return _NEARLY
    if check.status is Status.FAILED:
        return _NAMED if check.hint or check.slip else _WRONG
    return _CODE
