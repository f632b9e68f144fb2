"""(a desk, a request) -> what its page draws: what was given and by whom, what the grader said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from grader import marking
from grader.classes.times import moment
from grader.datatypes import CheckResult, Result, RubricResult
from grader.desk.desk import Desk
from grader.desk.queue import Entry
from grader.desk.regrading import (
    CHANGED,
    STAYS,
    Case,
    cases,
    is_by_hand,
    points_in,
    seen,
    standing,
    told_points,
)
from grader.desk.view import ShownItem, saved_comments, shown_items
from grader.marking.gather import points_now
from grader.marks import unrounded
from grader.scoring import WAITING


@dataclass(frozen=True)
class ShownGiven:
    """A check or a criterion: what counts now and who gave it, and what the grader had found."""

    number: int
    title: str
    possible: float
    points: str  # '' where it waits
    by_hand: str  # the same, where no levels make it
    items: tuple[ShownItem, ...]
    comment: str
    written: bool  # by a person, who need not have said who
    who: str  # '' for the grader
    when: str
    status: str  # the grader's own; '' for a criterion
    earned: float  # the grader's own
    told: tuple[tuple[str, str], ...]  # what it read and said, each with its label


@dataclass(frozen=True)
class ShownCase:
    """A request, and all that is drawn beside it."""

    case: Case
    number: int
    count: int
    open: int
    entries: tuple[ShownGiven, ...]
    seen: str
    points: float  # of the part, now
    decided: tuple[str, str]  # points that its decision tells, before and after, where its words alone change
    by_hand: bool  # its decision was written into the file, which wins
    sentence: str  # of its decision, to be mended; '' where there is none
    saved: tuple[str, ...]  # comments that were given in this part, as when it is marked
    marking: str  # the address of the answer on the marking page; '' where nothing of it waits
    late: str  # that it came after the time, in a sentence; '' where it did not


def shown_case(desk: Desk, case: Case) -> ShownCase:
    """Return what is drawn of a request. Raises BadMarks, BadBook, OSError."""
    all_ = cases(desk)
    entries, points = tuple(_entries(desk, case)), points_in(desk.gather().sheet, case)
    return ShownCase(
        case=case,
        number=[one.id for one in all_].index(case.id) + 1,
        count=len(all_),
        open=sum(not one.request.decision for one in all_),
        entries=entries,
        seen=seen(desk, case),
        points=points,
        decided=told_points(case.request, *[unrounded(points)] * 2),
        by_hand=is_by_hand(desk, case.request),
        sentence=case.request.decision.removeprefix(f"{CHANGED}: ").removeprefix(f"{STAYS}: "),
        saved=saved_comments(desk, case.answered.part.id),
        marking=_marking(desk, case),
        late=late(case.request.when, case.result),
    )


def _marking(desk: Desk, case: Case) -> str:
    found = (desk.places[place] for place in case.answered.places if place in desk.places)
    return next((f"part/{part}/{desk.answers(part).index(one)}" for part, one, _ in found), "")


def late(when: str, result: Result) -> str:
    """Say that a request came after the time that the problem set gives; a time that is none says nothing."""
    regrade = result.regrade
    if not (when and regrade and regrade.until):
        return ""
    until = datetime.fromisoformat(regrade.until)
    with suppress(ValueError):
        if moment(when, until.tzinfo) > until:
            return f"Late: it came {when}, and requests were taken until {regrade.told}."
    return ""


def _entries(desk: Desk, case: Case) -> Iterator[ShownGiven]:
    stood, keys = standing(desk, case), desk.keys(case.answered)
    pairs = zip(case.answered.entries, case.found, strict=True)
    for number, (entry, found) in enumerate(pairs):
        yield _entry(desk, number, entry, found, stood.get(entry.place), keys[entry.item])


def _entry(
    desk: Desk,
    number: int,
    entry: Entry,
    found: CheckResult | RubricResult,
    stood: marking.Stood | None,
    keys: Mapping[str, str],
) -> ShownGiven:
    status, earned = (
        (found.marked.status, found.marked.earned) if found.marked else (found.status, found.earned)
    )
    counts = None if status in WAITING else earned
    if stood:
        counts = points_now(stood, entry.place, desk.rubric, entry.possible)
    is_sum = stood is not None and stood.mark.points is None and bool(stood.mark.given)
    return ShownGiven(
        number=number,
        title=entry.title,
        possible=entry.possible,
        points="" if counts is None else unrounded(counts),
        by_hand="" if is_sum or counts is None else repr(float(counts)),
        items=tuple(shown_items(desk.items(entry), stood, keys)),
        comment=stood.mark.comment if stood else "",
        who=stood.who if stood else "",
        when=stood.when if stood else "",
        written=stood is not None,
        status=status.value if isinstance(found, CheckResult) else "",
        earned=earned,
        told=_told(found),
    )


def _told(found: CheckResult | RubricResult) -> tuple[tuple[str, str], ...]:
    if not isinstance(found, CheckResult):
        return ()
    lines = (
        ("Read as", found.actual),
        ("Right would be", found.expected),
        ("Said", found.message),
        ("Known mistake", found.slip if found.slip not in found.message else ""),
        ("Hint", found.hint),
    )
    return tuple((label, text) for label, text in lines if text)
