"""a door, a name -> a function of the student's, to be called behind the wall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.checks.grading import Door
from grader.sandbox import Called


@dataclass(frozen=True)
class StudentFunction:
    """A function of the student's. What it returns is plain data; StudentFaults are raised."""

    door: Door
    name: str

    def __call__(self, *arguments: object) -> object:
        """Call it with copies of plain data or arrays."""
        return self.door.student.call(self.name, *arguments)

    def each(self, cases: Sequence[tuple[object, ...]]) -> list[Called]:
        """Call it once for each tuple of arguments, in one request; each call has an outcome of its own."""
        return self.door.student.calls(self.name, cases)
