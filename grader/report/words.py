"""A status -> the word and the symbol that a student reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.corrections import ACCEPTED, VOID
from grader.datatypes import CheckResult, PartResult, Result, RubricResult, Status
from grader.marks import lost, unrounded
from grader.status import HALF


@dataclass(frozen=True)
class Word:
    """How a status is told: never by colour alone. `kind` is the class the stylesheet knows."""

    kind: str
    symbol: str
    text: str


NOTHING, NO_WORDS, A_PIECE = "no answer found", "no words found", "a piece of the answer is missing"
PARTLY = Word("partly", "◐", "Partly right")
FULL = Word("right", "✓", "Full points")
GIVEN = {VOID: FULL, ACCEPTED: Word("right", "✓", "Counted as right")}
_CHECK = {
    Status.PASSED: Word("right", "✓", "Right"),
    Status.FAILED: Word("wrong", "✗", "Not right"),
    Status.CRASHED: Word("wrong", "✗", "Your code stopped with an error"),
    Status.TIMEOUT: Word("wrong", "✗", "Your code took too long"),
    Status.MISSING: Word("missing", "○", "No answer found"),
    Status.PENDING: Word("waiting", "…", "Waiting for a person"),
    Status.ERROR: Word("fault", "!", "The grader failed here"),
}


def title(check: CheckResult) -> str:
    """Return the line that names a check: its docstring, a hidden one's category."""
    if check.hidden:
        return f"Hidden check: {check.category}" if check.category else "Hidden check"
    return check.title or check.name


def of_check(check: CheckResult) -> Word:
    """Return a check's word; some but not all of its points are "partly right"."""
    if check.credited:
        return Word("right", "✓", "Credited")
    if check.corrected and not check.marked and check.corrected.kind in GIVEN:
        return GIVEN[check.corrected.kind]
    if check.status is Status.PENDING and check.waits_for:
        return Word("waiting", "…", f"Waiting for {check.waits_for}")
    if check.status in {Status.PASSED, Status.FAILED} and 0 < check.earned < check.possible:
        return PARTLY
    return _CHECK[check.status]


def of_criterion(criterion: RubricResult) -> Word:
    """Return a criterion's word: a person decides it, so that only points count once it is marked."""
    if criterion.status is Status.PENDING:
        return Word("waiting", "…", "A person marks this")
    if criterion.status in {Status.ERROR, Status.MISSING}:
        return _CHECK[criterion.status]
    if criterion.earned >= criterion.possible:
        return FULL
    return Word("partly", "◐", "Some points") if criterion.earned > 0 else Word("wrong", "✗", "No points")


def explained(entry: CheckResult | RubricResult) -> tuple[str, ...]:
    """Return the levels that say why a person gave fewer points than there are.

    A mere "half" beside half of the points says nothing that the points do not say.
    """
    if not entry.marked or entry.earned >= entry.possible:
        return ()
    plain = entry.marked.given == (HALF,) and 2 * entry.earned == entry.possible
    return () if plain else entry.marked.given


def by_a_person(entry: CheckResult | RubricResult) -> str:
    """Return what a person who marked it says, in a line."""
    items = "; ".join(explained(entry))
    word = "point" if entry.possible == 1 else "points"
    told = f"A person gave {unrounded(entry.earned)} of {unrounded(entry.possible)} {word} for this"
    told = f"{told}: {items.rstrip('.')}." if items else f"{told}."
    return f"{told} Comment: {entry.comment}" if entry.comment else told


def of_part(part: PartResult) -> Word:
    """Return the word on a part's tile: the grader's faults first, then what waits, then what is lost."""
    if any(check.status is Status.ERROR for check in part.checks):
        return Word("fault", "!", "Grader failed")
    if part.pending > 0:
        return Word("waiting", "…", f"{unrounded(part.pending)} waiting")
    if lost(part.earned, part.possible) == 0:
        return _all_points(part)
    if part.earned > 0:
        return Word("partly", "◐", "Partly")
    statuses = {check.status for check in part.checks} | {criterion.status for criterion in part.rubric}
    if statuses == {Status.MISSING}:
        return Word("missing", "○", "No answer")
    return Word("wrong", "✗", "Not right")


def _all_points(part: PartResult) -> Word:
    if any(check.credited for check in part.checks):
        return Word("right", "✓", "Credited")
    entries: list[CheckResult | RubricResult] = [*part.checks, *part.rubric]
    given = any(entry.corrected and not entry.marked for entry in entries)
    return FULL if given else Word("right", "✓", "Right")


def blank(part: PartResult) -> str:
    """Return what is missing in a part that has an entry with nothing to it."""
    if {check.status for check in part.checks} | {one.status for one in part.rubric} == {Status.MISSING}:
        return NOTHING
    return A_PIECE if any(check.status is Status.MISSING for check in part.checks) else NO_WORDS


def spanned(ids: Sequence[str]) -> str:
    """Write parts in their order, three and more letters in a row in short: "1A, 2D–2F"."""
    runs: list[list[str]] = []
    for one in ids:
        if runs and _follows(one, runs[-1][-1]):
            runs[-1].append(one)
        else:
            runs.append([one])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(run) for run in runs)


def _follows(part: str, before: str) -> bool:
    alike = part[:-1] == before[:-1] and part and before
    return bool(alike) and ord(part[-1]) == ord(before[-1]) + 1


def only(parts: Sequence[PartResult]) -> str:
    """Return the parts that were graded as the subject of a sentence: "parts 3B, 3C were"."""
    names = ", ".join(part.id for part in parts)
    return f"part {names} was" if len(parts) == 1 else f"parts {names} were"


def of_result(result: Result) -> Word:
    """Return the word for staff on a student's line: the gravest that applies."""
    if any(check.status is Status.ERROR for part in result.parts for check in part.checks):
        return Word("fault", "!", "Grader fault")
    if result.needs_attention:
        return Word("wrong", "!", "Needs attention")
    return Word("waiting", "…", "Waiting") if result.pending > 0 else Word("right", "✓", "Complete")
