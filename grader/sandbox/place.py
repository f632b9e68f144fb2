"""(a code file, what was asked, the cell that ran) -> what a person calls that, and how it ended there."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from pathlib import PurePath

from grader.datatypes import CodeFile, Source
from grader.sandbox.faults import KILLED, Crashed, Killed, OverLimit, StudentFault


@dataclass
class Place:
    """Where a student's code is at work: in a function that was called, else in a cell or the file itself."""

    code: CodeFile
    subject: str = ""  # "`f`", "" while the code first runs
    cell: int = 0  # the cell that runs, 0 before the first

    def __str__(self) -> str:
        """Name it."""
        if self.subject:
            return self.subject
        if self.code.source is Source.MODULE or not self.cell:
            return PurePath(self.code.file).name
        return f"cell {self.cell}"

    def late(self, seconds: float) -> str:
        """Say that it was still running, and what is lost by that."""
        late = f"{self} was still running after {seconds:g} seconds and was stopped"
        if self.subject or self.code.source is Source.MODULE:
            return f"{late}."
        return f"{late}; what the cells before it had computed is lost."

    def still_training(self, seconds: float) -> str:
        """Say that it trained for as long as there is."""
        return (
            f"{self} was still training after {seconds:g} seconds, which is all there is for trainings that "
            "the grader does not repeat: a person looks."
        )

    def ended(self, status: int) -> StudentFault:
        """Return the fault of a process that ended without us, with a status, negative for a signal's."""
        if status == -getattr(signal, "SIGKILL", 0):
            return Killed(f"{self} {KILLED}, as happens where a machine runs out of memory: a person looks.")
        if status == -getattr(signal, "SIGXCPU", 0):
            return OverLimit(f"{self} used more processor time than it may.")
        if status < 0:
            return Crashed(f"{self} stopped: its process ended ({_signal(-status)}).")
        return Crashed(f"{self} stopped: its process ended by itself (exit status {status}).")


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
