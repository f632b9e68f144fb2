"""What every learning system's export comes to: who handed in what, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from grader.classes.listing import Member

Who = Mapping[str, str]  # "name", "email", and the ids of systems, as in Entry.who


class System(StrEnum):
    """Where a class comes from."""

    FOLDER = "folder"
    MOODLE = "Moodle"
    CANVAS = "Canvas"
    GRADESCOPE = "Gradescope"

    @property
    def own_ids(self) -> tuple[str, ...]:
        """The keys of `who` that this system knows people by, the surest first."""
        return {
            System.FOLDER: ("sis", "login", "email"),
            System.MOODLE: ("moodle",),
            System.CANVAS: ("canvas",),
            System.GRADESCOPE: ("sis", "email", "gradescope"),
        }[self]


@dataclass(frozen=True)
class Handed:
    """One submission, as a system lists it."""

    who: tuple[Who, ...]  # those it is of: one, or the members of a group where the system names them
    files: tuple[tuple[str, Member], ...] = ()  # the name below the student's folder, the file
    place: Path | None = None  # a student's own folder or file, graded where it lies
    submitted: datetime | None = None  # aware
    order: int = 0  # a later one of the same people has a higher number
    team: str = ""  # a name that may be a group's, as the system writes it
    late: bool = False  # the system says that it came late
    disputed: bool = False  # others were handed in with the same id, and another name
    claimed: frozenset[str] = frozenset()  # ids, in small letters, that others who handed in bear too
    notes: tuple[str, ...] = ()  # for the student
    attention: tuple[str, ...] = ()  # for staff


@dataclass(frozen=True)
class Export:
    """What was recognised: the system, the submissions, and what belongs to nobody."""

    system: System
    handed: tuple[Handed, ...]
    aside: tuple[str, ...] = ()
