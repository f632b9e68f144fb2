"""(what was published last, who has other marks since) -> a sentence for staff."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from grader.published.manifest import Manifest

MOST = 8  # names in a sentence


def moment(manifest: Manifest) -> str:
    """Say which publication it is: "2026-12-01 14:05 UTC (number 2)"."""
    try:
        when = f"{datetime.fromisoformat(manifest.when):%Y-%m-%d %H:%M %Z}"
    except ValueError:
        when = manifest.when
    return f"{when} (number {manifest.number})"


def compared_with(manifest: Manifest | None) -> str:
    """Say what marks that change are compared with, '' where that is what stands."""
    return f", against what was published on {moment(manifest)}" if manifest else ""


def told(manifest: Manifest, changed: Sequence[str], out: Path) -> str:
    """Say how many marks are other than those that were published, and what to do about it; '' for none."""
    if not changed:
        return ""
    marks = "the marks of 1 student are" if len(changed) == 1 else f"the marks of {len(changed)} students are"
    return (
        f"Published on {moment(manifest)}; {marks} not as published now ({named(changed)}): "
        f"`grader publish {out}` shows what changes, and publishes it"
    )


def named(students: Sequence[str]) -> str:
    """Name students, the first of many."""
    more = len(students) - MOST
    names = ", ".join(students[:MOST])
    return f"{names} and {more} more" if more > 0 else names
