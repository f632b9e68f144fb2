"""(Result, Entry) -> the Result of each for whom it was handed in, with their identity and their lateness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from grader import lateness
from grader.datatypes import Assignment, Lateness, Result, Submission
from grader.marks import total
from grader.roster import Entry

SAID = "said_of_entry"  # of a result's provenance: what of its notes and attention is not of its content


def whole(submission: Submission, entry: Entry) -> Submission:
    """Return a submission with what of it could not be unpacked: a person has to look at that."""
    return replace(submission, leftovers=(*submission.leftovers, *entry.unread))


def owned(result: Result, entry: Entry, assignment: Assignment) -> Result:
    """Return a result that bears the entry's name, ids and lateness, and what is to be said of the entry.

    What was said of an entry before goes: the class list may have been mended, or it is another's result.
    """
    before = _said(result)
    notes = [_once(note, entry) for note in result.notes if note not in before["notes"]]
    further = [line for line in result.attention if line not in before["attention"]]
    attention = (*entry.attention, *(line for line in further if not line.startswith(entry.attention)))
    return replace(
        result,
        student=entry.student,
        who=entry.who,
        lateness=_lateness(entry, assignment, total((result.earned, result.bonus))),
        notes=tuple(dict.fromkeys((*entry.notes, *notes))),
        attention=attention,
        needs_attention=bool(attention),
        provenance=_saying(entry, result.provenance),
    )


def _said(result: Result) -> Mapping[str, Sequence[str]]:
    """Return what of a result's notes and attention is said of the entry."""
    said = result.provenance.get(SAID, {})
    return {kind: said.get(kind, ()) if isinstance(said, Mapping) else () for kind in ("notes", "attention")}


def _saying(entry: Entry, provenance: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the provenance with what is said of the entry now; of most there is nothing to say."""
    others = {name: value for name, value in provenance.items() if name != SAID}
    if not (entry.notes or entry.attention):
        return others
    return {**others, SAID: {"notes": list(entry.notes), "attention": list(entry.attention)}}


def _once(note: str, entry: Entry) -> str:
    """Return what is known of the entry where a note says only more of the same: that nothing came."""
    return next((line for line in entry.attention if note.startswith(line)), note)


def everybodys(result: Result, entry: Entry, assignment: Assignment) -> tuple[Result, ...]:
    """Return the result of each member of a group, the entry's own first: graded once, owned by each."""
    return (result, *(owned(result, member, assignment) for member in entry.members))


def _lateness(entry: Entry, assignment: Assignment, earned: float) -> Lateness | None:
    if assignment.deadline is None or entry.submitted is None:
        return None
    return lateness.assess(assignment.deadline, entry.submitted, earned, entry.until, entry.late_hours)
