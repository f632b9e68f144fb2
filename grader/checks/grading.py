"""(Submission, Assignment) -> Grading: what the checks of one submission share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from grader.datatypes import AnswerRead, Assignment, Check, CheckResult, CodeFile, Part, Source, Submission
from grader.sandbox import FRESH, Purse, Room, Student, Wall


@dataclass(frozen=True)
class Door:
    """One code file of the student's and the process it runs in."""

    file: CodeFile
    student: Student


@dataclass
class Grading:
    """One submission being graded. Results, readings and complaints gather here."""

    submission: Submission
    assignment: Assignment
    doors: tuple[Door, ...] = ()
    results: dict[str, CheckResult] = field(default_factory=dict)
    reads: dict[str, list[AnswerRead]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)  # of the problem set: a check file that does not import

    def listed(self, check: str) -> tuple[Part, Check] | None:
        """Return the part and the listing of a check, None where the assignment does not list it."""
        for part in self.assignment.asked:
            for entry in part.checks:
                if entry.name == check:
                    return part, entry
        return None


@contextmanager
def opened(submission: Submission, assignment: Assignment, wall: Wall = FRESH) -> Iterator[Grading]:
    """Open a door to each code file, modules first; close them whatever happens."""
    order = list(Source)
    files = sorted(submission.code, key=lambda file: order.index(file.source))
    purse = Purse(assignment.limits.total_seconds)
    room = Room(wall, submission.files, assignment.preamble, purse=purse)
    doors = tuple(Door(file, Student(file, assignment.limits, room)) for file in files)
    try:
        yield Grading(submission, assignment, doors)
    finally:
        for door in doors:
            door.student.close()
