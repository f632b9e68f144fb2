"""a class being graded -> a live display in a terminal, plain lines elsewhere, a log."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console, Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from grader import pace
from grader.batch import Plan
from grader.datatypes import Result, Status
from grader.terminal import clean, marks_of

REFRESHED = 4  # times a second
NAME_WIDTH = 32
KEPT = "nothing that matters has changed"
RESCORED = (
    "nothing has to be run again for them; "
    "marks are scored again by assignment.toml and marks.csv as they are now"
)


@dataclass(frozen=True)
class Manner:
    """How much is told, and where else."""

    quiet: bool = False
    verbose: bool = False
    log: Path | None = None


@dataclass
class _Running:
    """One submission that is being graded now."""

    begun: float
    what: str = ""


@dataclass
class _State:
    """How far a class has come."""

    trainings: dict[str, int] = field(default_factory=dict)  # of who is still to be graded
    total: int = 0
    laps: list[pace.Lap] = field(default_factory=list)
    running: dict[str, _Running] = field(default_factory=dict)
    faults: int = 0


class Display:
    """Shows how a class is getting on. In a `with` block: what it draws goes when that ends."""

    def __init__(self, manner: Manner, jobs: int) -> None:
        self._manner = manner
        self._jobs = jobs
        self._state = _State()
        self._console = Console(markup=False, highlight=False, emoji=False)
        live = self._console.is_terminal and not manner.quiet
        self._live = (
            Live(
                console=self._console,
                refresh_per_second=REFRESHED,
                transient=True,
                get_renderable=self._drawn,
            )
            if live
            else None
        )

    def __enter__(self) -> Self:
        if self._live:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live:
            self._live.stop()

    def rest(self) -> None:
        """Draw nothing any more: something is asked, or told, below."""
        if self._live:
            self._live.stop()

    def planned(self, plans: Sequence[Plan]) -> None:
        """Hear what is to be done."""
        waiting = [plan for plan in plans if plan.why]
        self._state.trainings = {plan.entry.student: plan.trainings for plan in waiting}
        self._state.total = len(waiting)
        # Nothing is run for a member of a group whose work waits to be graded, and nothing is there yet.
        handed_in = [plan.of.student if plan.of else plan.entry.student for plan in plans]
        if kept := sum(student not in self._state.trainings for student in handed_in):
            rescored = any(plan.to_write and not (plan.why or plan.of) for plan in plans)
            self._say(f"  {kept} of {len(plans)} are graded already, and {RESCORED if rescored else KEPT}")
        for plan in waiting:
            self._note(f"{plan.entry.student}: to be graded ({', '.join(plan.why)})")

    def heard(self, student: str, what: str) -> None:
        """Hear what is being done for a student."""
        running = self._state.running.setdefault(student, _Running(time.monotonic()))
        if what != running.what:
            running.what = what
            if self._manner.verbose and "epoch" not in what:
                self._say(f"      {clean(student)}: {clean(what)}")
            self._note(f"{student}: {what}")

    def done(self, result: Result) -> None:
        """Hear of a result."""
        state = self._state
        began = state.running.pop(result.student, _Running(time.monotonic())).begun
        lap = pace.Lap(state.trainings.pop(result.student, 0), time.monotonic() - began)
        state.laps.append(lap)
        state.faults += any(check.status is Status.ERROR for part in result.parts for check in part.checks)
        took = f"  ({lap.seconds:.1f} s)" if self._manner.verbose else ""
        number = f"{len(state.laps):>{len(str(state.total))}}/{state.total}"
        self._say(f"  {number}  {clean(result.student)}  {marks_of(result)}{took}")
        self._note(f"{result.student}: {marks_of(result)} in {lap.seconds:.1f} s")

    def _say(self, line: str) -> None:
        if not self._manner.quiet:
            self._console.print(line, soft_wrap=True)

    def _note(self, line: str) -> None:
        if self._manner.log:
            with self._manner.log.open("a", encoding="utf-8", errors="replace") as file:
                file.write(f"{datetime.now().astimezone().isoformat(timespec='seconds')} {clean(line)}\n")

    def _drawn(self) -> Group:
        """Return the bar and a line for each submission that is being graded."""
        state, done = self._state, len(self._state.laps)
        took = pace.spoken(pace.left(state.laps, list(state.trainings.values()), self._jobs))
        told = f"{done}/{state.total}" + (f", about {took} left" if took and done < state.total else "")
        told += f", {state.faults} with a fault of the grader" if state.faults else ""
        head = Table.grid(padding=(0, 1))
        head.add_row("  ", ProgressBar(max(state.total, 1), done, width=30), told)
        lines = Table.grid(padding=(0, 2))
        for student, running in list(state.running.items()):
            seconds = f"{time.monotonic() - running.begun:.0f} s"
            lines.add_row(
                "", Text(clean(student)[:NAME_WIDTH]), Text(clean(running.what), style="dim"), seconds
            )
        return Group(head, lines)
