"""marks that change -> shown in the terminal, and whether somebody agrees to them."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from grader.changes import Change

NOT_REPLACED = 4  # the exit status where nobody agreed


def agreed(changes: Sequence[Change], against: str, *, yes: bool, dry_run: bool, quiet: bool = False) -> bool:
    """Show what changes, against what, and return whether it may: said beforehand, or asked for now."""
    from grader import terminal

    beforehand = yes and not dry_run
    if not (beforehand and quiet):
        terminal.changed(changes, against)
    if beforehand or dry_run or not sys.stdin.isatty():
        return beforehand
    return click.confirm(f"Replace {those(changes)}?", default=False)


def those(changes: Sequence[Change]) -> str:
    """Name marks that change, as a sentence has them: "these marks of 2 students"."""
    students = len({change.student for change in changes})
    return f"these marks of {students} {'student' if students == 1 else 'students'}{_dropped(changes)}"


def _dropped(changes: Sequence[Change]) -> str:
    """Name the parts that would be gone: fewer were asked for than stand there."""
    gone = ", ".join(dict.fromkeys(change.part for change in changes if change.after is None))
    return f" (DROPPING {gone}: this run does not grade what stands there)" if gone else ""
