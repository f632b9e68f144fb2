"""a folder whose entries are students -> Export; or BadClass where it holds a class rather than being one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from grader import roster
from grader.classes import canvas, gradescope, moodle
from grader.classes.fault import BadClass
from grader.classes.handed import Export, Handed, System
from grader.classes.listing import Member, listed

_TAIL = 32_000_000  # bytes: the list of a zip's files stands at its end
_MOST = 100_000  # files that are listed to see whose a zip is
_LISTED = b"PK\x01\x02"
_PROMISES = "expected.toml"  # of a problem set's specimens, which may be graded as a class


def export(path: Path) -> Export:
    """Return a folder in which each entry is a student, or a single file. Raises BadClass.

    A table is nobody's submission: class lists and extensions lie about, and promises beside specimens. A
    system's zip is a class.
    """
    found = roster.entries(path)
    aside = [entry for entry in found if _is_table(entry.path) or entry.path.name == _PROMISES]
    if path.is_file() and _is_table(path):
        raise BadClass(f"{path}: a table is no submission. Is it the class list? --roster {path}")
    for entry in found:
        if system := _system_of_zip(entry.path):
            raise BadClass(
                f"{path}: this folder holds a zip of {system}'s: give that, {entry.path}. "
                "Where it is what one student handed in, put it into a folder of their name"
            )
    handed = (
        Handed(who=({"name": entry.student},), place=entry.path, team=entry.student)
        for entry in found
        if entry not in aside
    )
    return Export(System.FOLDER, tuple(handed), tuple(entry.path.name for entry in aside))


def is_whole(path: Path, seen: Sequence[Member], system: System) -> bool:
    """Say whether all in a folder is a system's, tables left out. Raises BadClass where most is, not all."""
    named = {System.MOODLE: moodle.named, System.CANVAS: canvas.named, System.GRADESCOPE: gradescope.named}
    others = list(dict.fromkeys(member.top for member in seen if not named[system](member)))
    if others and system is not System.GRADESCOPE:
        raise BadClass(
            f"{path}: most here is named as {system} names it, and '{others[0][:60]}' is not, "
            f"{len(others)} in all. A class from {system}: move those away, or give its zip. "
            "A folder of students: put each one's files into a folder of their name"
        )
    return not others


def without_tables(members: Sequence[Member]) -> tuple[Member, ...]:
    """Leave out the tables that lie beside a class."""
    return tuple(member for member in members if "/" in member.path or not _is_table(Path(member.path)))


def _is_table(path: Path) -> bool:
    return path.suffix.casefold() == ".csv" and not path.is_dir()


def _system_of_zip(path: Path) -> System | None:
    """Return whose class a zip beside others is: that of one student holds no two people's."""
    if path.suffix.casefold() != ".zip" or not path.is_file() or _lists_too_much(path):
        return None
    try:
        with listed(path) as members:
            if moodle.knows(members):
                return System.MOODLE
            if gradescope.knows(members):
                return System.GRADESCOPE
            people = canvas.export(members, "latest").handed if canvas.knows(members) else ()
            return System.CANVAS if len({one.team for one in people}) > 1 else None
    except BadClass:
        return None


def _lists_too_much(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL))
        return file.read().count(_LISTED) > _MOST
