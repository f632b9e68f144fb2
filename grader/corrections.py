"""(PartResult, what the course corrected) -> the part with the points that this gives; and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from grader.answers import canonical
from grader.datatypes import Bonus, CheckResult, Correction, PartResult, RubricResult, Status
from grader.status import Corrected

ACCEPTED, VOID, UNSURE = "accepted", "void", "unsure"
CHANNELS_FIRST = "channels first"  # a note on a shape: such a check compares another value than the one read
LABELS = {  # what a student reads before the reason
    ACCEPTED: "Counted as right",
    VOID: "Full points for everybody",
    UNSURE: "A person looks whether this counts as right",
}
UNDECIDED = frozenset({Status.PENDING, Status.ERROR})
Entry = TypeVar("Entry", CheckResult, RubricResult)


def corrected(part: PartResult, corrections: Iterable[Correction], *, handed_in: bool) -> PartResult:
    """Return a part, scored as the grader alone left it, with all that the course gives besides.

    What is void has all points for everybody who handed in anything at all.
    """
    its = [one for one in corrections if one.part == part.id]
    return replace(
        part,
        checks=tuple(_corrected(check, check.name, its, handed_in=handed_in) for check in part.checks),
        rubric=tuple(_corrected(one, one.criterion, its, handed_in=handed_in) for one in part.rubric),
        bonuses=tuple(Bonus(one.bonus, one.reason, one.item) for one in its if one.bonus is not None),
    )


def uncorrected(part: PartResult) -> PartResult:
    """Return a part as the grader alone left it."""
    return replace(
        part,
        checks=tuple(map(_without, part.checks)),
        rubric=tuple(map(_without, part.rubric)),
        bonuses=(),
    )


def label(entry: CheckResult | RubricResult) -> str:
    """Return what a student reads before a correction's reason; '' where there is none, or a mark counts."""
    if entry.corrected is None or entry.marked:
        return ""
    return LABELS.get(entry.corrected.kind, "Corrected by the course")


def decided(check: CheckResult) -> bool:
    """Return whether a person, or the course, has decided what the grader had left open."""
    given = check.corrected and check.corrected.kind != UNSURE and check.corrected.status in UNDECIDED
    return bool(check.marked or given)


def _corrected(entry: Entry, name: str, its: Sequence[Correction], *, handed_in: bool) -> Entry:
    """Return an entry as the first correction has it that is about it; one that is not sure is the last."""
    fitting = [one for one in its if one.item in ("", name)]
    verdicts = [(one, _verdict(entry, one, handed_in=handed_in)) for one in fitting]
    for kind in (VOID, ACCEPTED, UNSURE):
        for one, verdict in verdicts:
            if verdict == kind:
                return _given(entry, kind, one.reason)
    return entry


def _verdict(entry: CheckResult | RubricResult, one: Correction, *, handed_in: bool) -> str:
    """Return what a correction makes of an entry, '' for nothing."""
    if one.void:
        return VOID if handed_in else ""
    if isinstance(entry, RubricResult) or entry.status not in {Status.FAILED, Status.PENDING}:
        return ""
    if one.also_accept_slip:
        return ACCEPTED if entry.slip == one.also_accept_slip else ""
    return _also(entry, one) if one.also_accept else ""


def _also(check: CheckResult, one: Correction) -> str:
    """Return whether what was read is an answer that counts as right too; a wrong one that may be waits."""
    taken = check.taken
    known = taken and [
        canonical.same(taken.reader, taken.value, taken.asked, text) for text in one.also_accept
    ]
    if known and True in known:
        return ACCEPTED
    unsure = not known or None in known or any(CHANNELS_FIRST in note for note in check.notes)
    return UNSURE if unsure and check.status is Status.FAILED else ""


def _given(entry: Entry, kind: str, reason: str) -> Entry:
    found = Corrected(kind, reason, entry.status, entry.earned)
    if kind == UNSURE:
        return replace(entry, status=Status.PENDING, earned=0.0, corrected=found)
    return replace(entry, status=Status.PASSED, earned=entry.possible, corrected=found)


def _without(entry: Entry) -> Entry:
    if entry.corrected is None:
        return entry
    return replace(entry, status=entry.corrected.status, earned=entry.corrected.earned, corrected=None)
