"""a path -> Export, by what is in there, whatever it is called."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from grader.classes import canvas, gradescope, moodle, plain
from grader.classes.fault import BadClass
from grader.classes.handed import Export, System
from grader.classes.listing import Member, glimpsed, listed

_KNOWN = """Known are
  Moodle's zip      folders or files called "Ada Lovelace_12345_assignsubmission_file…"
  Canvas's zip      files called "lovelaceada_1001_2002_ps4.py"
  Gradescope's zip  assignment_…_export/ with submission_metadata.yml
  a folder          each entry, a folder or a file, is one student
One student's own zip: put it into a folder, or run `grader check` on it."""


@contextmanager
def recognised(path: Path, attempts: str) -> Iterator[Export]:
    """Yield a class, its files readable meanwhile. Raises BadClass where it is none that is known."""
    packed = path.suffix.casefold() == ".zip" or (not path.suffix and zipfile.is_zipfile(path))
    if path.is_dir():
        system = _of_folder(path)
        if system is not System.FOLDER:
            with listed(path) as inside:
                yield _export(system, inside, attempts)
            return
    if path.is_dir() or not packed:
        yield plain.export(path)
        return
    with listed(path) as all_of_them:
        members = _unwrapped(all_of_them)
        system = _system(members)
        if system is System.FOLDER:
            raise BadClass(f"{path}: no class that is known. {_seen(members)} {_KNOWN}")
        yield _export(system, members, attempts)


def _of_folder(path: Path) -> System:
    """Return whose class an unpacked folder is: a student's own entry makes no system's of it."""
    seen = plain.without_tables(glimpsed(path))
    system = _system(seen)
    return system if system is System.FOLDER or plain.is_whole(path, seen, system) else System.FOLDER


def _unwrapped(members: Sequence[Member]) -> Sequence[Member]:
    """Leave out the one folder that holds everything, where packing it again put it there."""
    inside = [replace(member, path=member.below) for member in members]
    wrapped = len({member.top for member in members}) == 1 and all(member.path for member in inside)
    return inside if wrapped and _system(members) is System.FOLDER else members


def _system(members: Sequence[Member]) -> System:
    if moodle.knows(members):
        return System.MOODLE
    if gradescope.knows(members):
        return System.GRADESCOPE
    return System.CANVAS if canvas.knows(members) else System.FOLDER


def _export(system: System, members: Sequence[Member], attempts: str) -> Export:
    if system is System.MOODLE:
        return moodle.export(members)
    if system is System.GRADESCOPE:
        return gradescope.export(members)
    return canvas.export(members, attempts)


def _seen(members: Sequence[Member]) -> str:
    names = list(dict.fromkeys(member.top for member in members))
    if not names:
        return "There is nothing in it."
    shown = ", ".join(f"'{name[:60]}'" for name in names[:3])
    count = "There is 1 file" if len(members) == 1 else f"There are {len(members)} files"
    return f"{count}, below {shown}{' and others' if len(names) > 3 else ''}."
