"""one's own work as it is checked -> lines in a terminal, part by part, and where each part stands."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from rich.padding import Padding
from rich.status import Status as Spinner
from rich.text import Text

from grader.checks.crashes import see
from grader.datatypes import CheckResult, PartResult, Result, Status
from grader.marks import unrounded
from grader.rerun import is_same
from grader.scoring import A_PERSON
from grader.standing import Standing, standings
from grader.terminal import LOST, SIGNS, PipedConsole, clean, cut, marks_of, verb, waits

# Told by sign and word, not by colour alone.
SAID = {
    Standing.READY: ("✓", "green", "ready", "all that can be checked here is right"),
    Standing.WRONG: ("✗", "red", "not right yet", "the reasons stand above"),
    Standing.MISSING: ("–", "red", "missing", "no answer was found"),
    Standing.PERSON: ("…", "yellow", "for a person", "points here are given by a person"),
    Standing.UNSEEN: ("…", "yellow", "to be graded", "ready to hand in; grading sees whether it is right"),
    Standing.PROVISIONAL: ("…", "yellow", "provisional", "measured on a stand-in; MNIST decides"),
    Standing.BROKEN: ("!", "magenta", "not checked", "the grader failed here; you lose nothing by it"),
}
WIDEST = max(len(word) for _, _, word, _ in SAID.values())


class Progress:
    """Prints each part once it is known, and once more only when it comes out differently.

    Bound to the stream of when it is made: while checks run, that is redirected.
    """

    def __init__(self) -> None:
        self._console = PipedConsole(markup=False, highlight=False, emoji=False, file=sys.stdout)
        self._known: dict[str, PartResult] = {}  # as told last
        self._told_now: set[str] = set()
        self._same = 0

    @contextmanager
    def working(self) -> Iterator[Callable[[str], None]]:
        """Show in a terminal, while a block runs, what is being done; yield what is to be told of it."""
        self._told_now, self._same = set(), 0
        what = "reading and running your work"
        with self._console.status(Text(f"{what} …")) as spinner:
            yield lambda now: self._now(spinner, f"{what}: {clean(now)}" if now else what)

    def _now(self, spinner: Spinner, what: str) -> None:
        spinner.update(Text(f"{what} …"))

    def heard(self, part: PartResult) -> None:
        """Print a part, unless it was printed just as it is now."""
        self._told_now.add(part.id)
        before = self._known.get(part.id)
        self._known[part.id] = part
        if before is not None and is_same(before, part):
            self._same += 1
        else:
            self._print(self._tracebacks_once(part))

    def rest(self, result: Result) -> None:
        """Print the parts that were not heard of: the grader broke before."""
        for part in result.parts:
            if part.id not in self._told_now and part.id not in self._known:
                self.heard(part)

    def _tracebacks_once(self, part: PartResult) -> PartResult:
        """Refer to a traceback that was told with another part."""
        first: dict[str, str] = {}
        for known in self._known.values():
            for check in known.checks:
                first.setdefault(check.traceback, known.id)
        checks = tuple(
            replace(check, traceback="", message=f"{check.message}\n{see(first[check.traceback])}")
            if check.traceback and first[check.traceback] != part.id
            else check
            for check in part.checks
        )
        return replace(part, checks=checks)

    def _print(self, part: PartResult) -> None:
        marks = ", ".join([f"{unrounded(part.earned)} of {unrounded(part.possible)}", *waits([part])])
        self._console.print(Text.assemble(f"\n{part.id} {clean(part.title)}  ", (marks, "dim")))
        told: set[str] = set()  # what several checks of a part have in common is said once
        for check in part.checks:
            self._check(check, told)
        for status, points in _rubric(part).items():
            sign, style = SIGNS[status]
            what = f"{unrounded(points)} {'point' if points == 1 else 'points'} for your words"
            missing = status is Status.MISSING
            what += ": no answer was found" if missing else f" {verb(points)} for {A_PERSON}"
            self._console.print(
                Padding(Text.assemble((f"{sign} {status.value}", style), f"  {what}"), (0, 2))
            )

    def _check(self, check: CheckResult, told: set[str]) -> None:
        sign, style = SIGNS[check.status]
        word = "credited" if check.credited else check.status.value
        head = Text.assemble((f"{sign} {word}", style), f"  {clean(check.title)}")
        read_as = "; ".join(" ".join(row.split()) for row in clean(check.actual).splitlines())
        if read_as and read_as not in told:
            head.append(f"  (read as {cut(read_as)})", style="dim")
        self._console.print(Padding(head, (0, 2)))
        lines = [*check.message.splitlines(), *check.traceback.splitlines()]
        lines += [f"note: {note}" for note in check.notes]
        if check.hint:
            lines.append(f"hint: {check.hint}")
        for line in lines:
            if line not in told:
                self._console.print(Padding(Text(clean(line)), (0, 6)))
        told.update(lines, [read_as])

    def closing(self, result: Result) -> None:
        """Print what is to be said of all of it, and where each part stands."""
        for note in result.notes:
            self._console.print(Text(f"note: {clean(note)}", style="dim"))
        self._console.print()
        if self._same:
            count = "1 part came" if self._same == 1 else f"{self._same} parts came"
            self._console.print(Text(f"  {count} out as before", style="dim"))
        for way, parts in standings(result).items():
            sign, style, word, meaning = SAID[way]
            line = Text.assemble((f"  {sign} {word:<{WIDEST}}", style), f"  {', '.join(parts)}  ")
            self._console.print(line.append(f"({meaning})", style="dim"), soft_wrap=True)
        self._console.print(Text(_closing(result), style="bold"))


def _rubric(part: PartResult) -> dict[Status, float]:
    """Return the points of the rubric by status."""
    statuses = dict.fromkeys(criterion.status for criterion in part.rubric)
    return {status: sum(one.possible for one in part.rubric if one.status is status) for status in statuses}


def _closing(result: Result) -> str:
    lost = sum(1 for part in result.parts for check in part.checks if check.status in LOST)
    what = {0: "Nothing failed", 1: "1 check did not pass"}.get(lost, f"{lost} checks did not pass")
    return f"{what}. {marks_of(result)}."
