"""(Submission, Assignment) -> Grading: what the checks of one submission share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from grader import doing
from grader.checks.claims import claim_of
from grader.checks.shortened import shortened
from grader.datatypes import (
    AnswerRead,
    Assignment,
    Cell,
    Check,
    CheckResult,
    CodeFile,
    Limits,
    Part,
    Source,
    Submission,
)
from grader.ingest import unfilled
from grader.labels import excerpts
from grader.networks import NetworkShown
from grader.sandbox import FRESH, Purse, Room, Student, StudentFault, Wall
from grader.sandbox.room import Handler
from grader.training.budget import Budget
from grader.training.ledger import Ledger


@dataclass(frozen=True)
class Door:
    """One code file of the student's and the process it runs in."""

    file: CodeFile
    student: Student
    ledger: Ledger
    unfilled: frozenset[str] = frozenset()  # names that are as the starter file leaves them

    def names(self) -> list[str]:
        """Return the public names that the code bound, but for those left open. StudentFault."""
        return [name for name in self.student.names() if name not in self.unfilled]

    def fills(self, name: str) -> bool:
        """Return whether a name is more than a starter file has: a body, and not None. StudentFault."""
        if name not in self.names():
            return False
        try:
            return self.student.value(name) is not None
        except StudentFault:  # no plain value: a function
            return True


@dataclass
class Grading:
    """One submission being graded. Results, readings and complaints gather here."""

    submission: Submission
    assignment: Assignment
    doors: tuple[Door, ...] = ()
    results: dict[str, CheckResult] = field(default_factory=dict)
    reads: dict[str, list[AnswerRead]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)  # of the problem set: a check file that does not import
    networks: dict[str, object] = field(default_factory=dict)  # found, or why not; training takes a while
    shown: dict[str, NetworkShown] = field(default_factory=dict)  # by part: what pages show of its network
    charges: dict[str, str] = field(default_factory=dict)  # mistake -> the part where it costs points
    room: Room = field(default_factory=Room)
    budget: Budget = field(default_factory=lambda: Budget(Limits()))
    heard: Callable[[CheckResult], None] = lambda _: None
    _excerpts: list[Door] = field(default_factory=list)

    def excerpts(self) -> Door | None:
        """Return the door to the code of the write-up, opened when first asked for; None without any."""
        code = excerpt_of(self.submission)
        needed = code and shortened(code, self.assignment)
        if needed is not None and needed.cells and not self._excerpts:
            self._excerpts.append(door_to(needed, self.assignment, self.room, self.budget))
        return self._excerpts[0] if self._excerpts else None

    def claimed(self, part: Part) -> float | None:
        """Return the test accuracy that the student gives for a part's network, None where none is clear."""
        return claim_of(self.submission.of(part.id))

    def close(self) -> None:
        """Close every door."""
        for door in (*self.doors, *self._excerpts):
            door.student.close()

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
    training = Purse(assignment.limits.training_seconds)
    room = Room(wall, submission.files, assignment.preamble, purse=purse, training=training)
    budget = Budget(assignment.limits)
    doors = tuple(door_to(shortened(file, assignment), assignment, room, budget) for file in files)
    grading = Grading(submission, assignment, doors, room=room, budget=budget)
    try:
        yield grading
    finally:
        grading.close()


def door_to(file: CodeFile, assignment: Assignment, room: Room, budget: Budget) -> Door:
    """Return a door to a code file whose trainings are asked for, and done, out here."""
    ledger = Ledger(assignment.data, budget)
    student = Student(file, assignment.limits, replace(room, handlers=_told(ledger, file)))
    ledger.cell = lambda: student.cell
    return Door(file, student, ledger, unfilled.left_open(file))


def _told(ledger: Ledger, file: CodeFile) -> Mapping[str, Handler]:
    """Return what answers a runner, and says whose network is trained: one part's check runs all cells."""
    parts = {cell.number: cell.part for cell in file.cells}

    def fit(asked: object) -> object:
        if part := parts.get(ledger.cell()):
            doing.about(part)
        return ledger.handlers["fit"](asked)

    return {**ledger.handlers, "fit": fit}


def excerpt_of(submission: Submission) -> CodeFile | None:
    """Return the code of a write-up as cells under their parts, None where there is none."""
    cells = [(code, answer.part, answer.file) for answer in excerpts(submission) for code in answer.code]
    if not cells:
        return None
    numbered = tuple(Cell(number, code, part) for number, (code, part, _) in enumerate(cells, start=1))
    return CodeFile(Source.WRITEUP, cells[0][2], numbered)
