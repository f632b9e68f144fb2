"""(Assignment, Submission, [CheckResult]) -> Result: pure arithmetic, exact, unrounded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from grader import corrections
from grader.datatypes import (
    Answer,
    AnswerRead,
    Assignment,
    Bonus,
    Check,
    CheckResult,
    Part,
    PartResult,
    Ramp,
    Result,
    RubricResult,
    Status,
    Submission,
)
from grader.labels import labels, others
from grader.marks import lost

WAITING = frozenset({Status.PENDING, Status.ERROR})
A_PERSON = "a person"
THE_COURSE = "the course's own checks"  # what a kit's public checks wait for, since they hold no answers


def score(
    assignment: Assignment,
    submission: Submission,
    checks: Sequence[CheckResult],
    reads: Mapping[str, Sequence[AnswerRead]],
    provenance: Mapping[str, Any],
) -> Result:
    """Add up a submission. ERROR and PENDING points are pending; a missing check is a KeyError."""
    by_name = {check.name: check for check in checks}
    called = labels(submission)
    handed_in = bool(submission.answers or submission.code or submission.leftovers)
    parts = tuple(
        replace(
            _corrected(_part(part, by_name, submission, reads.get(part.id, ())), assignment, handed_in),
            labels=tuple(label for answer in submission.of(part.id) for label in called[answer]),
        )
        for part in assignment.asked
    )
    unsorted = _unsorted(submission)
    found = Result(
        assignment=assignment.id,
        title=assignment.title,
        student=submission.student,
        earned=0.0,
        possible=0.0,
        pending=0.0,
        parts=parts,
        attention=tuple(unsorted),
        notes=(*submission.notes, *unsorted),
        step=assignment.step,
        show_expected=assignment.show_expected,
        show_rubric=assignment.show_rubric,
        provenance=provenance,
        code=others(submission),
        another_look=assignment.another_look,
        unread=tuple(dict.fromkeys(leftover.file for leftover in submission.leftovers)),
        whole=assignment.whole,
        handed_in=handed_in,
    )
    return of_result(to_look_at(replace(found, crops=submission.crops, regrade=assignment.regrade)))


def rescore(assignment: Assignment, result: Result) -> Result:
    """Score a result again by the points, ramps, rubrics, hints and corrections of assignment.toml now.

    Nothing is run. Raises KeyError where a check is listed that the result has not.
    """
    before = {part.id: part for part in result.parts}
    parts = tuple(
        _corrected(
            _again(part, corrections.uncorrected(before[part.id]), assignment), assignment, result.handed_in
        )
        for part in assignment.asked
    )
    return of_result(
        to_look_at(
            replace(
                result,
                title=assignment.title,
                parts=parts,
                step=assignment.step,
                show_expected=assignment.show_expected,
                show_rubric=assignment.show_rubric,
                another_look=assignment.another_look,
                regrade=assignment.regrade,
                whole=assignment.whole,
            )
        )
    )


def _corrected(part: PartResult, assignment: Assignment, handed_in: bool) -> PartResult:
    return of_part(corrections.corrected(part, assignment.corrections, handed_in=handed_in))


def to_look_at(result: Result, *further: str) -> Result:
    """Return a result whose attention says, of its checks, what nobody has decided, and then `further`."""
    checks = [check for part in result.parts for check in part.checks]
    of_checks = {line for check in checks for line in check.attention}
    others = [line for line in result.attention if line not in of_checks]
    open_ = [line for check in checks if not corrections.decided(check) for line in check.attention]
    attention = tuple(dict.fromkeys([*others, *open_, *further]))
    return replace(result, attention=attention, needs_attention=bool(attention))


def _again(part: Part, before: PartResult, assignment: Assignment) -> PartResult:
    checks = {check.name: check for check in before.checks}
    scored = tuple(
        replace(
            _scored(check, checks[check.name]),
            hidden=check.hidden,
            category=check.category,
            hint=assignment.hints.get(checks[check.name].slip, ""),
        )
        for check in part.checks
    )
    known = {one.criterion: one for one in before.rubric}
    usual = Status.PENDING if _anything(before) else Status.MISSING
    rubric = tuple(
        replace(known.get(criterion) or RubricResult(criterion, worth, usual), possible=worth)
        for criterion, worth in part.rubric.items()
    )
    again = replace(before, title=part.title, question=part.question, checks=scored, rubric=rubric)
    return replace(again, drawn=part.drawn)


def _anything(part: PartResult) -> bool:
    """Return whether there is something in a part for a person to read."""
    waits = any(one.status is Status.PENDING for one in part.rubric)
    return bool(waits or part.answer or part.code or part.output or part.figures)


def points(check: Check, result: CheckResult) -> Fraction:
    """Return what a check's outcome earns: all, nothing, or what its ramp gives for the measured value."""
    full = _exact(check.points)
    if result.status is Status.PASSED:
        return full
    if check.ramp is None or result.status is not Status.FAILED or check.ramp.of not in result.measured:
        return Fraction(0)
    return full * share(check.ramp, result.measured[check.ramp.of])


def share(ramp: Ramp, measured: float) -> Fraction:
    """Return the share of the points that a measured value earns, from 0 to 1."""
    value, zero, full = _exact(measured), _exact(ramp.zero), _exact(ramp.full)
    if ramp.nothing_up_to is not None and value <= _exact(ramp.nothing_up_to):
        return Fraction(0)
    return min(Fraction(1), max(Fraction(0), (value - zero) / (full - zero)))


def waiting(parts: Iterable[PartResult]) -> dict[str, float]:
    """Return the points of parts that wait by what they wait for, the grader's own faults left out."""
    parts = list(parts)
    checks = [check for part in parts for check in part.checks]
    found = {A_PERSON: 0.0}
    for check in checks:
        if check.status is Status.PENDING and check.waits_for:
            found[check.waits_for] = found.get(check.waits_for, 0.0) + check.possible
    faults = sum(check.possible for check in checks if check.status is Status.ERROR)
    found[A_PERSON] = lost(sum(found.values()), sum(part.pending for part in parts), faults)
    return {what: points for what, points in found.items() if points > 0}


def answers_waiting(results: Iterable[Result]) -> int:
    """Return how many answers, each a student's to a part, wait for a person."""
    return sum(_waits(part) for result in results for part in result.parts)


def _waits(part: PartResult) -> bool:
    checks = any(one.status is Status.PENDING and not one.waits_for for one in part.checks)
    return checks or any(one.status is Status.PENDING for one in part.rubric)


def shows(result: Result, criterion: RubricResult) -> bool:
    """Return whether the course lets the student read a criterion: it says what a good answer says."""
    decided = criterion.status not in {Status.PENDING, Status.MISSING, Status.ERROR}
    marked = decided and (criterion.marked is not None or criterion.corrected is None)
    return result.show_rubric == "always" or (result.show_rubric == "marked" and marked)


def _part(
    part: Part, checks: Mapping[str, CheckResult], submission: Submission, reads: Sequence[AnswerRead]
) -> PartResult:
    scored = tuple(_scored(check, checks[check.name]) for check in part.checks)
    answers = submission.of(part.id)
    rubric = tuple(
        RubricResult(criterion, worth, _rubric_status(submission, answers))
        for criterion, worth in part.rubric.items()
    )
    return PartResult(
        id=part.id,
        title=part.title,
        question=part.question,
        earned=0.0,
        possible=0.0,
        pending=0.0,
        checks=scored,
        rubric=rubric,
        answer=_answers(answers, reads),
        code=tuple(code for answer in answers for code in answer.code),
        output="\n".join(answer.output for answer in answers if answer.output),
        figures=tuple(image for answer in answers for image in answer.images),
        drawn=part.drawn,
    )


def of_part(part: PartResult) -> PartResult:
    """Return a part with its points added up from those of its checks and criteria, and its bonuses."""
    entries: list[CheckResult | RubricResult] = [*part.checks, *part.rubric]
    return replace(
        part,
        earned=_total(entry.earned for entry in entries),
        possible=_total(entry.possible for entry in entries),
        pending=_total(entry.possible for entry in entries if entry.status in WAITING),
        bonuses=tuple(_bonus(one, part) for one in part.bonuses),
    )


def _bonus(bonus: Bonus, part: PartResult) -> Bonus:
    """Return a bonus as it is earned now: by all points of what it is about, nothing of which waits."""
    checks = [check for check in part.checks if bonus.item in {"", check.name}]
    criteria = [one for one in part.rubric if bonus.item in {"", one.criterion}]
    entries: list[CheckResult | RubricResult] = [*checks, *criteria]
    all_ = all(one.status not in WAITING and one.earned >= one.possible for one in entries)
    return replace(bonus, earned=bonus.points if entries and all_ else 0.0)


def of_result(result: Result) -> Result:
    """Return a result with its points added up from those of its parts, and what coming late takes off."""
    earned = _total(part.earned for part in result.parts)
    bonus = _total(one.earned for part in result.parts for one in part.bonuses)
    late = result.lateness
    return replace(
        result,
        earned=earned,
        bonus=bonus,
        lateness=late and replace(late, points=float(_exact(late.share) * (_exact(earned) + _exact(bonus)))),
        possible=_total(part.possible for part in result.parts),
        pending=_total(part.pending for part in result.parts),
    )


def _scored(check: Check, result: CheckResult) -> CheckResult:
    return replace(result, earned=float(points(check, result)), possible=check.points)


def _rubric_status(submission: Submission, answers: Iterable[Answer]) -> Status:
    """PENDING where there is anything for a person to read, MISSING only where all was read and placed."""
    written = any(answer.text.strip() or answer.code or answer.output or answer.images for answer in answers)
    return Status.PENDING if written or submission.leftovers else Status.MISSING


def _answers(answers: Sequence[Answer], reads: Sequence[AnswerRead]) -> tuple[AnswerRead, ...]:
    """Return each answer whole, with how it was read; then what was read from values of code."""
    files = {answer.file for answer in answers if answer.text.strip()}
    whole = [
        AnswerRead(str(answer.source), answer.file, answer.text, _read_as(answer.file, reads))
        for answer in answers
        if answer.text.strip()
    ]
    others = [replace(read, text="") for read in reads if read.file not in files]
    return tuple(dict.fromkeys((*whole, *others)))


def _read_as(file: str, reads: Sequence[AnswerRead]) -> str:
    return "; ".join(dict.fromkeys(read.read_as for read in reads if read.file == file))


def _unsorted(submission: Submission) -> list[str]:
    """Return what staff have to look at before anything is graded."""
    if not (submission.answers or submission.code or submission.leftovers):
        one = "nothing was handed in: there is not one file"
        return [one if submission.empty else "nothing that was handed in could hold an answer"]
    return [f"{leftover.file}: {leftover.reason}" for leftover in submission.leftovers]


def _total(values: Iterable[float]) -> float:
    return float(sum(map(_exact, values), Fraction(0)))


def _exact(value: float) -> Fraction:
    """Return the decimal number a person wrote: 0.1 is a tenth."""
    return Fraction(str(value))
