"""(a check or a criterion, its part) -> what the student reads of the course's corrections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from grader.corrections import VOID, label
from grader.datatypes import CheckResult, PartResult, Result, RubricResult
from grader.marks import unrounded


@dataclass(frozen=True)
class Said:
    """A correction as the page says it: a label, and the course's reason."""

    label: str
    reason: str


def of_entry(entry: CheckResult | RubricResult, part: PartResult) -> Said | None:
    """Return what is said beside a check or a criterion, None where a person decided or the part says it."""
    if entry.corrected is None or not label(entry) or of_part(part):
        return None
    return Said(label(entry), entry.corrected.reason)


def of_part(part: PartResult) -> Said | None:
    """Return what is said once for a part in which several entries are void, all for one reason."""
    entries: list[CheckResult | RubricResult] = [*part.checks, *part.rubric]
    said = {
        Said(label(one), one.corrected.reason) if one.corrected and one.corrected.kind == VOID else None
        for one in entries
        if not one.marked
    }
    alike = len(entries) > 1 and len(said) == 1 and not any(one.marked for one in entries)
    return said.pop() if alike else None


@dataclass(frozen=True)
class Line:
    """A correction in a class: about what, as students read it, and to how many it gives points."""

    part: str
    about: str
    said: Said
    given: int


def in_class(results: Sequence[Result]) -> tuple[Line, ...]:
    """Return the corrections that count in a class, part by part."""
    found: Counter[tuple[str, str, Said]] = Counter()
    for result in results:
        for part in result.parts:
            entries: list[CheckResult | RubricResult] = [*part.checks, *part.rubric]
            for entry in entries:
                if entry.corrected and label(entry):
                    said = Said(label(entry), entry.corrected.reason)
                    found[part.id, _name(entry), said] += entry.earned > entry.corrected.earned
            for one in part.bonuses:
                points = f"{unrounded(one.points)} on top"
                found[part.id, one.item, Said(points, one.reason)] += one.earned > 0
    return tuple(Line(part, about, said, given) for (part, about, said), given in found.items())


def _name(entry: CheckResult | RubricResult) -> str:
    return entry.name if isinstance(entry, CheckResult) else entry.criterion
