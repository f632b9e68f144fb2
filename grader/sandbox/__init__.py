"""(CodeFile, Limits, Wall) -> Student: student code in a process of its own; plain data comes back."""

from __future__ import annotations

from grader.sandbox.clock import Purse
from grader.sandbox.each import Called
from grader.sandbox.faults import (
    KILLED,
    Crashed,
    Killed,
    Malformed,
    Missing,
    NotHere,
    NotTrained,
    OverLimit,
    Refusal,
    RunnerFault,
    StudentFault,
    Tampered,
    TimedOut,
)
from grader.sandbox.probe import walled
from grader.sandbox.room import Room
from grader.sandbox.student import Student
from grader.sandbox.wall import FRESH, NoWall, Sandbox, Wall
from grader.sandbox.warm import hasten, warmed

__all__ = [
    "FRESH",
    "KILLED",
    "Called",
    "Crashed",
    "Killed",
    "Malformed",
    "Missing",
    "NoWall",
    "NotHere",
    "NotTrained",
    "OverLimit",
    "Purse",
    "Refusal",
    "Room",
    "RunnerFault",
    "Sandbox",
    "Student",
    "StudentFault",
    "Tampered",
    "TimedOut",
    "Wall",
    "hasten",
    "walled",
    "warmed",
]
