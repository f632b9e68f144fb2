"""(CodeFile, Limits) -> Student: student code runs in a process of its own, only plain data comes back."""

from __future__ import annotations

from grader.sandbox.faults import (
    Crashed,
    Malformed,
    Missing,
    NotTrained,
    OverLimit,
    RunnerFault,
    StudentFault,
    TimedOut,
)
from grader.sandbox.student import Student

__all__ = [
    "Crashed",
    "Malformed",
    "Missing",
    "NotTrained",
    "OverLimit",
    "RunnerFault",
    "Student",
    "StudentFault",
    "TimedOut",
]
