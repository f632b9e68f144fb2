"""ClassFigures -> what the table of students can be filtered by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.datatypes import Result
from grader.report import words
from grader.report.figures import ClassFigures, Reason, is_late
from grader.report.outcomes import Item

_STATES = {  # the kind of a result's word -> tag, label
    "fault": ("f", "Grader fault"),
    "wrong": ("a", "Needs attention"),
    "waiting": ("w", "Waiting"),
    "right": ("c", "Complete"),
}


@dataclass(frozen=True)
class Choice:
    """One entry of the filter: the tag on the rows that it leaves, its label, the places of these students.

    A private one may hold a name.
    """

    tag: str
    label: str
    students: Sequence[int]
    private: bool = False


def choices(
    results: Sequence[Result], figures: ClassFigures, reasons: Sequence[tuple[int, Reason]]
) -> dict[str, tuple[Choice, ...]]:
    """Return by group all that leaves somebody. `reasons`: with their numbers."""
    groups: Mapping[str, Iterator[Choice]] = {
        "Status": _states(results),
        "Did not pass": _missed(figures),
        "Made the mistake": _slips(figures),
        "Waits for a person in": _waits(figures),
        "Needs a look because": _reasons(reasons),
    }
    return {name: tuple(choice for choice in group if choice.students) for name, group in groups.items()}


def tags(choices: Mapping[str, Sequence[Choice]], students: int) -> list[str]:
    """Return by student the tags of the choices that leave them, a space between two."""
    found: list[list[str]] = [[] for _ in range(students)]
    for group in choices.values():
        for choice in group:
            for place in choice.students:
                found[place].append(choice.tag)
    return [" ".join(row) for row in found]


def _states(results: Sequence[Result]) -> Iterator[Choice]:
    kinds = [words.of_result(result).kind for result in results]
    for kind, (tag, label) in _STATES.items():
        yield Choice(tag, label, [place for place, found in enumerate(kinds) if found == kind])
    yield Choice("l", "Late", [place for place, result in enumerate(results) if is_late(result)])


def _missed(figures: ClassFigures) -> Iterator[Choice]:
    for number, check in enumerate(figures.checks):
        yield Choice(f"n{number}", f"{check.item.part}: {check.item.title}", _not_right(check.item))


def _not_right(item: Item) -> list[int]:
    return [
        place
        for place, outcome in enumerate(item.outcomes)
        if outcome and outcome.decided and outcome.kind != "right"
    ]


def _slips(figures: ClassFigures) -> Iterator[Choice]:
    times = Counter((slip.part, slip.name) for slip in figures.slips)
    for number, slip in enumerate(figures.slips):
        where = f", {slip.title}" if times[slip.part, slip.name] > 1 else ""
        yield Choice(f"s{number}", f"{slip.part}: {slip.name}{where}", slip.students)


def _waits(figures: ClassFigures) -> Iterator[Choice]:
    for number, part in enumerate(figures.parts):
        if waiting := figures.waits.get(part.item.part):
            yield Choice(f"p{number}", f"{part.item.part}: {part.item.title}", waiting.students)


def _reasons(reasons: Sequence[tuple[int, Reason]]) -> Iterator[Choice]:
    for number, reason in reasons:
        yield Choice(f"a{number}", reason.headline, reason.students, private=True)
