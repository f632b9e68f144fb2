"""a class folder -> its students, each with a name that is safe everywhere and theirs alone."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path

from grader.datatypes import Leftover

IGNORED = frozenset({"__pycache__", "__MACOSX", "Thumbs.db", "desktop.ini"})
LONGEST = 100  # characters of a name
LONGEST_BYTES = 200  # disks allow 255, and a number or an ending may follow
# Names that mean something else to Windows, and to the folder of all students' pages.
TAKEN = frozenset({"con", "prn", "aux", "nul", "index.html"})


@dataclass(frozen=True)
class Entry:
    """One student of a class: the name their results carry, and what they handed in.

    `who` holds `name`, `email` and the ids that other systems know them by, as far as those are known.
    `members` are the others for whom the same was handed in, each an entry without members of its own.
    """

    student: str
    path: Path
    who: Mapping[str, str] = field(default_factory=dict)
    submitted: datetime | None = None  # aware, by the clock of the system that took it
    until: datetime | None = None  # aware: their own deadline, where they have an extension
    late_hours: float | None = None  # what is left in their own bank of late hours
    attempt: int | None = None  # from 1, where several were handed in
    unread: tuple[Leftover, ...] = ()  # what was handed in and could not be unpacked
    notes: tuple[str, ...] = ()  # for the student
    attention: tuple[str, ...] = ()  # for staff
    members: tuple[Entry, ...] = ()


def entries(submissions: Path) -> tuple[Entry, ...]:
    """List a class: each entry of a folder is a student, named by it; a single file is one student.

    A file is named by its stem, or by its whole name where two stems are the same. Hidden files are nobody's,
    and links are not followed: an unpacked archive may hold one that leads to another student.
    """
    if not submissions.is_dir():
        return (Entry(safe_name(submissions.stem), submissions),)
    paths = [path for path in sorted(submissions.iterdir()) if _is_a_student(path)]
    stems = [_stem(path) for path in paths]
    names = [stem if stems.count(stem) == 1 else path.name for stem, path in zip(stems, paths, strict=True)]
    return tuple(Entry(name, path) for name, path in zip(apart(names), paths, strict=True))


def links(submissions: Path) -> tuple[Path, ...]:
    """List the links in a class folder, which `entries` passes over."""
    inside = sorted(submissions.iterdir()) if submissions.is_dir() else []
    return tuple(path for path in inside if path.is_symlink())


def apart(names: Sequence[str]) -> list[str]:
    """Make names safe and keep them apart, also where a disk knows no capitals or writes ë in two ways."""
    given: list[str] = []
    taken = set(TAKEN)
    for name in map(safe_name, names):
        numbered = (name if number == 1 else f"{name} ({number})" for number in count(1))
        chosen = next(one for one in numbered if _on_disk(one) not in taken)
        taken.add(_on_disk(chosen))
        given.append(chosen)
    return given


def safe_name(name: str) -> str:
    """Return a name that is safe as a folder's name and harmless to print."""
    kept = "".join(char if char.isprintable() and char not in '/\\:*?"<>|' else "_" for char in name)
    short = kept.strip(" .")[:LONGEST].encode()[:LONGEST_BYTES].decode(errors="ignore")
    return short.rstrip(" .") or "_"


def _on_disk(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _is_a_student(path: Path) -> bool:
    return not path.name.startswith(".") and path.name not in IGNORED and not path.is_symlink()


def _stem(path: Path) -> str:
    return path.name if path.is_dir() else path.stem
