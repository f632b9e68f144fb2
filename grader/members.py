"""(Result, Entry) -> the Result of each for whom it was handed in, with their identity and their lateness."""

from __future__ import annotations

from dataclasses import replace

from grader import lateness
from grader.datatypes import Assignment, Lateness, Result, Submission
from grader.roster import Entry


def whole(submission: Submission, entry: Entry) -> Submission:
    """Return a submission with what of it could not be unpacked: a person has to look at that."""
    return replace(submission, leftovers=(*submission.leftovers, *entry.unread))


def owned(result: Result, entry: Entry, assignment: Assignment) -> Result:
    """Return a result that bears the entry's name, ids and lateness, and what is to be said of the entry."""
    further = (line for line in result.attention if not line.startswith(entry.attention))
    attention = (*entry.attention, *further)
    return replace(
        result,
        student=entry.student,
        who=entry.who,
        lateness=_lateness(entry, assignment, result.earned),
        notes=tuple(dict.fromkeys((*entry.notes, *(_once(note, entry) for note in result.notes)))),
        attention=attention,
        needs_attention=bool(attention),
    )


def _once(note: str, entry: Entry) -> str:
    """Return what is known of the entry where a note says only more of the same: that nothing came."""
    return next((line for line in entry.attention if note.startswith(line)), note)


def everybodys(result: Result, entry: Entry, assignment: Assignment) -> tuple[Result, ...]:
    """Return the result of each member of a group, the entry's own first: graded once, owned by each."""
    shared = replace(
        result,
        notes=tuple(note for note in result.notes if note not in entry.notes),
        attention=tuple(line for line in result.attention if line not in entry.attention),
    )
    return (result, *(owned(shared, member, assignment) for member in entry.members))


def _lateness(entry: Entry, assignment: Assignment, earned: float) -> Lateness | None:
    if assignment.deadline is None or entry.submitted is None:
        return None
    return lateness.assess(assignment.deadline, entry.submitted, earned, entry.until, entry.late_hours)
