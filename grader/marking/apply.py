"""(Result, marks) -> the Result with what people gave in the grader's place; and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from grader import scoring
from grader.corrections import ACCEPTED, VOID
from grader.datatypes import CheckResult, PartResult, Result, RubricResult, Status
from grader.marking.marks import Mark, Marks, items, name_of
from grader.marking.sheet import key
from grader.marks import unrounded
from grader.status import Marked

NAME = "marks.csv"
Entry = TypeVar("Entry", CheckResult, RubricResult)


def apply(result: Result, marks: Marks) -> Result:
    """Return the result with a student's marks in it, whatever marks it had before.

    A person wins over the grader: a marked check or criterion is PASSED with all of its points and FAILED
    with fewer, and what the grader had found stays in `marked`. What is void is full points for everybody,
    whatever a person gave. A mark above what is possible, or of something that is not in its part, counts
    for nothing and is told to staff.
    """
    plain = unmarked(result)
    its = marks.get(key(result.student), ())
    if not its:
        return plain
    useless = {mark: told for mark in its if (told := _useless(mark, plain))}
    counting = {(mark.part, mark.item): mark for mark in its if mark not in useless}
    parts = tuple(_part(part, counting) for part in plain.parts)
    pairs = ((part, entry) for part in parts for entry in items(part))
    before = [
        _before_correction(counting[key(part.id), name_of(entry)], part, entry)
        for part, entry in pairs
        if _is_before_correction(entry)
    ]
    return _added(replace(plain, parts=parts), (*useless.values(), *before))


def unmarked(result: Result) -> Result:
    """Return the result as the grader alone left it."""
    if not any(entry.marked for part in result.parts for entry in items(part)) and not _said(result):
        return result
    parts = tuple(
        replace(part, checks=tuple(map(_without, part.checks)), rubric=tuple(map(_without, part.rubric)))
        for part in result.parts
    )
    return _added(replace(result, parts=parts), ())


def _part(part: PartResult, marks: Mapping[tuple[str, str], Mark]) -> PartResult:
    where = key(part.id)
    return replace(
        part,
        checks=tuple(_with(check, marks.get((where, name_of(check)))) for check in part.checks),
        rubric=tuple(_with(criterion, marks.get((where, name_of(criterion)))) for criterion in part.rubric),
    )


def _with(entry: Entry, mark: Mark | None) -> Entry:
    points = mark.out_of(entry.possible) if mark else 0.0
    void = entry.corrected is not None and entry.corrected.kind == VOID
    if mark is None or (void and points < entry.possible):
        return entry
    return replace(
        entry,
        status=Status.PASSED if points >= entry.possible else Status.FAILED,
        earned=points,
        comment=mark.comment,
        marked=Marked(mark.who, mark.when, entry.status, entry.earned, mark.given),
    )


def _is_before_correction(entry: CheckResult | RubricResult) -> bool:
    """Return whether a person's mark takes what a correction gives."""
    accepted = entry.corrected is not None and entry.corrected.kind == ACCEPTED
    return bool(entry.marked and accepted and entry.earned < entry.possible)


def _before_correction(mark: Mark, part: PartResult, entry: CheckResult | RubricResult) -> str:
    """Return what staff are told of a mark that takes what a correction gives."""
    points = f"{unrounded(entry.earned)} of {unrounded(entry.possible)}"
    return (
        f"{NAME}, line {mark.line}, {part.id}, “{name_of(entry)}”: this answer counts as right now, and a "
        f"person's mark of {points} goes before that. If it should not: a mark given on the page of grader "
        "mark is taken back there, one that was written by hand goes with the points in its row"
    )


def _without(entry: Entry) -> Entry:
    if entry.marked is None:
        return entry
    return replace(entry, status=entry.marked.status, earned=entry.marked.earned, comment="", marked=None)


def _added(result: Result, told: Sequence[str]) -> Result:
    """Add up again, and leave of what staff have to look at what nobody has looked at."""
    others = tuple(line for line in result.attention if not line.startswith(f"{NAME}, "))
    parts = tuple(map(scoring.of_part, result.parts))
    return scoring.of_result(scoring.to_look_at(replace(result, parts=parts, attention=others), *told))


def _said(result: Result) -> bool:
    return any(line.startswith(f"{NAME}, ") for line in result.attention)


def _useless(mark: Mark, result: Result) -> str:
    """Return why a mark cannot count, '' where it can, or where its part was not graded."""
    part = next((part for part in result.parts if key(part.id) == mark.part), None)
    if part is None:
        return ""
    entry = next((entry for entry in items(part) if name_of(entry) == mark.item), None)
    if entry and mark.out_of(entry.possible) <= entry.possible:
        return ""
    most = unrounded(entry.possible) if entry else ""
    why = (
        f"only {most} are possible: give 0 to {most}"
        if entry
        else "no such check or criterion is there any more: mend the name, or take the row out"
    )
    what = f"the mark of {unrounded(mark.points)} for “{mark.item}” in {part.id}"
    return f"{NAME}, line {mark.line}: {what} counts for nothing: {why}"
