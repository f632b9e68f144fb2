"""a reports folder -> the class as it was graded: results, pages, and what cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from grader import record
from grader.datatypes import Result

LARGEST = 64_000_000  # bytes of a result or a page; both are our own and far smaller


class NoReports(Exception):
    """A folder is not one that `grader grade` wrote. The message says the way out."""


@dataclass(frozen=True)
class Graded:
    """A class. `broken` names each result that could not be read, and why."""

    folder: Path
    results: tuple[Result, ...]
    broken: tuple[str, ...]


@dataclass(frozen=True)
class _Known:
    """Of a result, whose it is."""

    who: Mapping[str, str]


def read(folder: Path) -> Graded:
    """Read all results of a reports folder, sorted by student. Raises NoReports."""
    results: list[Result] = []
    broken: list[str] = []
    for path in students(folder):
        try:
            results.append(result_in(path))
        except record.BadRecord as fault:
            broken.append(f"{path.name}: {fault}")
    refuse_several(folder, results)
    return Graded(folder, tuple(results), tuple(broken))


def known(folder: Path) -> Mapping[str, Mapping[str, str]]:
    """Return the ids of everybody of whom there is a result, by name; of nobody where none was graded."""
    staff, found = folder / "staff", dict[str, Mapping[str, str]]()
    for path in _students(staff) if staff.is_dir() else ():
        with suppress(OSError, msgspec.MsgspecError):
            one = msgspec.json.decode((path / "result.json").read_bytes(), type=_Known)
            found[path.name] = one.who
    return found


def students(folder: Path) -> tuple[Path, ...]:
    """Return the folder of each student, sorted by name; somebody is there. Raises NoReports."""
    staff = folder / "staff"
    if not staff.is_dir():
        raise NoReports(
            f"{folder}: no such folder, or not one that `grader grade` wrote (it has no staff/ in it). "
            "Give the folder that holds students/ and staff/, reports/ps4 say."
        )
    found = tuple(_students(staff))
    if not found:
        raise NoReports(f"{folder}: nobody was graded there: no staff/<student>/result.json")
    return found


def refuse_several(folder: Path, results: Iterable[Result]) -> None:
    """Raise NoReports for results of more than one problem set."""
    if len({result.assignment for result in results}) > 1:
        raise NoReports(f"{folder}: results of several problem sets: give each a folder of its own (--out)")


def page(folder: Path, student: str) -> bytes | None:
    """Return a student's page, None where there is none."""
    path = page_path(folder, student)
    try:
        return path.read_bytes() if path and path.stat().st_size <= LARGEST else None
    except OSError:
        return None


def page_path(folder: Path, student: str) -> Path | None:
    """Return where a student's page lies, from the root; None where there is none."""
    path = folder.absolute() / "students" / student / "index.html"
    return path if path.is_file() and not path.is_symlink() else None


def _students(staff: Path) -> Iterator[Path]:
    for path in sorted(staff.iterdir(), key=lambda path: (path.name.casefold(), path.name)):
        if path.is_dir() and not path.is_symlink() and not path.name.startswith("."):
            yield path


def result_in(folder: Path) -> Result:
    """Read the result in a student's folder. Raises record.BadRecord."""
    path = folder / "result.json"
    if path.is_symlink() or (path.is_file() and path.stat().st_size > LARGEST):
        raise record.BadRecord(f"{path}: a link, or far too large for a result")
    result = record.read(path)
    if result.student != folder.name:
        raise record.BadRecord(f"{path}: this is the result of {result.student!r}, in another's folder")
    return result
