"""(Result, Terms) -> the grade that is handed over, or why there is none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from grader import marks
from grader.classes.joined import MISLAID
from grader.datatypes import Result, Status
from grader.gradebook.outcome import CannotExport, counted

WAITS = "points wait for a person (--include-pending hands over what is earned so far)"
LOST = "the class list says when their work came, and none of it was graded: no 0 is handed over"
FAULT = "the grader itself failed on it: grade again"


@dataclass(frozen=True)
class Terms:
    """What the command was told: hand over marks that are not final; convert to another maximum."""

    include_pending: bool = False
    scale: bool = False


@dataclass(frozen=True)
class Grade:
    """One student's grade as text with a decimal point, or '' and why."""

    text: str
    why: str = ""
    cut: str = ""  # the grade that it would be, where it lies above the other system's maximum


def is_faulted(result: Result) -> bool:
    """Return whether the grader itself broke somewhere on this submission."""
    return any(check.status is Status.ERROR for part in result.parts for check in part.checks)


def _marked(result: Result) -> bool:
    checks = any(one.marked for part in result.parts for one in part.checks)
    return checks or any(one.marked for part in result.parts for one in part.rubric)


def grade(result: Result, terms: Terms, maximum: Fraction | None = None) -> Grade:
    """Return the grade: rounded half up to the assignment's step, or converted to `maximum` and to 0.01.

    None while points are pending, unless the terms say so, and never where the grader failed, or where
    there is no work of somebody who is known to have handed in, and no mark of a person.
    """
    if is_faulted(result):
        return Grade("", FAULT)
    if MISLAID in result.attention and result.total == 0 and not _marked(result):
        return Grade("", LOST)
    if result.pending > 0 and not terms.include_pending:
        return Grade("", WAITS)
    if maximum is None or maximum == exact(result.possible):
        return Grade(marks.rounded(result.total, result.step))
    return Grade(marks.scaled(result.total, result.possible, maximum))


def capped(grade: Grade, maximum: Fraction) -> Grade:
    """Return a grade that is not above the maximum, where a system refuses such."""
    if not grade.text or Fraction(grade.text) <= maximum:
        return grade
    most = marks.unrounded(float(maximum))
    return Grade(most, cut=grade.text)


def above(given: Iterable[tuple[str, str, Fraction]], system: str) -> str:
    """Say which grades a system takes though they are above its maximum, '' for none.

    `given`: student, grade, maximum.
    """
    who = [
        f"{student} ({text} of {marks.unrounded(float(most))})"
        for student, text, most in given
        if Fraction(text) > most
    ]
    if not who:
        return ""
    return (
        f"{counted(len(who), 'grade')} above the points possible, which {system} takes as they are: "
        f"{', '.join(who)}. Where a bonus is not to count there, take it out of assignment.toml, grade again "
        "and export again"
    )


def accepted(results: Iterable[Result], terms: Terms, maximum: Fraction, where: str) -> str:
    """Return what is to be said of a conversion, '' where there is none.

    Raises CannotExport where the other system counts to another maximum and nobody asked for a conversion,
    or where the results themselves do not agree on what they are out of.
    """
    totals = {result.possible for result in results}
    if len(totals) > 1:
        listed = " and ".join(marks.unrounded(total) for total in sorted(totals))
        raise CannotExport(f"{where}: some results are out of {listed}: grade all of the class alike first")
    for possible in totals:
        if maximum == exact(possible):
            continue
        ours, theirs = marks.unrounded(possible), marks.unrounded(float(maximum))
        if not terms.scale or possible <= 0:
            raise CannotExport(
                f"{where}: grades there are out of {theirs}, and these results out of {ours}. Set it to "
                f"{ours} there and download the file again, or say --scale: each mark times {theirs}/{ours}."
            )
        return f"Converted: each mark is multiplied by {theirs}/{ours}, exactly, and rounded half up to 0.01"
    return ""


def exact(points: float) -> Fraction:
    """Return points as the fraction that was meant."""
    return Fraction(points).limit_denominator(10**6)
