"""Result -> every lost point as a line: how much, by which check, about which words, by which rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from grader.datatypes import CheckResult, PartResult, Result, RubricResult, Status
from grader.marks import lost, total
from grader.report import words

_WAITING = frozenset({Status.PENDING, Status.ERROR})
_SHORT = 80  # characters of what was read: enough to know which answer it is about


@dataclass(frozen=True)
class Loss:
    """Points that are gone, and why. `anchor` is the element of the page that tells of them."""

    points: float
    part: str  # or several, as they are written; '' for coming late
    title: str
    anchor: str
    name: str = ""  # of the check or criterion, so that it can be asked about
    read: str = ""  # the student's own words, as they were read
    why: str = ""
    by_a_person: bool = False


def losses(result: Result) -> tuple[Loss, ...]:
    """Return all that is lost, in the order of the page; together it is exactly what is lost."""
    found = list(_blanks_as_one([loss for part in result.parts for loss in _of_part(part)]))
    late = result.lateness
    if late and late.points > 0:
        found.append(Loss(late.points, "", "Handed in late", "mark", "handed in late", why=late.told))
    return tuple(found)


def together(found: Sequence[Loss]) -> float:
    """Return the sum, exact as the marks are."""
    return total(loss.points for loss in found)


def _of_part(part: PartResult) -> Iterator[Loss]:
    """Yield a part's losses; what has no answer is one, whatever was to be checked in it."""
    missing: list[Loss] = []
    for loss, absent in (*_of_checks(part), *_of_rubric(part)):
        if absent:
            missing.append(loss)
        else:
            yield loss
    if missing:
        yield _unanswered(part, missing)


def _unanswered(part: PartResult, missing: Sequence[Loss]) -> Loss:
    """Return what is missing in a part as one; where words are, with the question that asked for them."""
    title = words.blank(part)
    more = missing[0].why.partition(". ")[2]  # the title has said the rest
    why = f"Asked: {part.question}" if title == words.NO_WORDS and part.question else more
    return replace(missing[0], points=together(missing), title=title, name="no answer", why=why)


def _blanks_as_one(found: Sequence[Loss]) -> Iterator[Loss]:
    """Yield all parts with no answer as one line, where the first of them stands."""
    blank = [loss for loss in found if loss.title == words.NOTHING]
    for loss in found:
        if loss.title != words.NOTHING:
            yield loss
        elif loss is blank[0]:
            yield replace(loss, part=words.spanned([one.part for one in blank]), points=together(blank))


def _of_checks(part: PartResult) -> Iterator[tuple[Loss, bool]]:
    for check in part.checks:
        points = lost(check.earned, check.possible)
        if check.status in _WAITING or points <= 0:
            continue
        absent = check.status is Status.MISSING and not check.hidden
        read = "" if absent or check.hidden else _short(check.actual)
        anchor, told, marked = f"check-{check.name}", _why(check), bool(check.marked)
        yield Loss(points, part.id, words.title(check), anchor, check.name, read, told, marked), absent


def _why(check: CheckResult) -> str:
    """Return the rule in a line: a person's word counts before the grader's."""
    if check.marked:
        return words.by_a_person(check)
    if check.hidden:
        return "What a hidden check tries is not shown."
    return check.message.split("\n")[0] or words.of_check(check).text


def _of_rubric(part: PartResult) -> Iterator[tuple[Loss, bool]]:
    for number, criterion in enumerate(part.rubric, start=1):
        points = lost(criterion.earned, criterion.possible)
        if criterion.status in _WAITING or points <= 0:
            continue
        title = criterion.criterion or f"Criterion {number}"
        absent = criterion.status is Status.MISSING
        anchor, told = f"rubric-{part.id}", _said(criterion)
        yield Loss(points, part.id, title, anchor, title, "", told, not absent), absent


def _said(criterion: RubricResult) -> str:
    if criterion.status is Status.MISSING:
        return "No answer was found."
    return words.by_a_person(criterion)


def _short(read: str) -> str:
    line = " ".join(read.split())
    return line if len(line) <= _SHORT else f"{line[:_SHORT].rstrip()} …"
