"""what an export came to: its files, how many grades are in, who has none and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path


class CannotExport(Exception):
    """Nothing can be filled in as asked. The message names the file, what is wrong and the way out."""


@dataclass(frozen=True)
class Outcome:
    """One export, not yet written. `files` are whole files by path; nobody is in `without` twice."""

    where: Path  # the file, or the folder of files, that is handed over
    files: Mapping[Path, bytes]
    what: str  # "27 grades"
    without: Mapping[str, tuple[str, ...]]  # why there is no grade -> whose
    notes: tuple[str, ...] = ()  # what to know before it is handed over
    nobody: bool = False  # there are results, and none of them is anybody's in the other system's file


def by_reason(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Gather (why, who) by why, in the order in which they come."""
    gathered: dict[str, tuple[str, ...]] = {}
    for why, who in pairs:
        gathered[why] = (*gathered.get(why, ()), who)
    return gathered


def counted(number: int, what: str) -> str:
    """Return a number with its noun: "1 grade", "2 grades"."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
