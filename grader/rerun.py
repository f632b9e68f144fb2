"""(a submission as it was, as it is) -> which parts to check again, and one Result of both runs."""

from __future__ import annotations

from dataclasses import replace

from grader import scoring
from grader.datatypes import Answer, Assignment, PartResult, Result, Submission


def to_check(before: Submission, now: Submission, assignment: Assignment) -> frozenset[str]:
    """Return the ids of the parts that may come out differently; none where nothing that is read changed.

    Parts without a network take a moment, and one's words can decide another's: all of them, or none.
    Networks are left alone where neither code nor files nor what is said of any of them has changed.
    """
    if _read(before) == _read(now):
        return frozenset()
    parts = assignment.asked
    if _trained_from(before, assignment) == _trained_from(now, assignment):
        parts = tuple(part for part in parts if part.network is None)
    return frozenset(part.id for part in parts)


def _read(submission: Submission) -> tuple[object, ...]:
    return (
        *(submission.answers, submission.code, submission.leftovers, submission.notes),
        dict(submission.files),
    )


def _trained_from(submission: Submission, assignment: Assignment) -> tuple[object, ...]:
    """Return all that networks are made of, or compared with."""
    networks = {part.id for part in assignment.parts if part.network}
    said = [_of_networks(answer, networks) for answer in submission.answers]
    return (
        *(list(filter(None, said)), submission.code, submission.leftovers, submission.notes),
        dict(submission.files),
    )


def _of_networks(answer: Answer, networks: set[str]) -> object:
    """Return what an answer says of networks: all of it at their own parts, elsewhere its code."""
    if answer.part in networks:
        return answer
    return (answer.part, answer.file, answer.code) if answer.code else None


def merged(before: Result, now: Result) -> Result:
    """Return the result of now, with the parts of before that were not checked again."""
    again = {part.id: part for part in now.parts}
    parts = tuple(again.get(part.id, part) for part in before.parts)
    notes = tuple(dict.fromkeys((*now.notes, *before.notes)))
    return scoring.of_result(replace(before, parts=parts, notes=notes))


def is_same(before: PartResult, now: PartResult) -> bool:
    """Return whether two outcomes of a part read the same, however long they took."""
    return _timeless(before) == _timeless(now)


def _timeless(part: PartResult) -> PartResult:
    return replace(part, checks=tuple(replace(check, seconds=0.0) for check in part.checks))
