"""reports, a student -> the reports without them; what only they had trained goes from the cache."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grader import atomic, graded, marking, pipeline, published, requests
from grader.datatypes import Result
from grader.marking.acts import forget as forget_marks
from grader.marking.folder import one_at_a_time
from grader.training.cache import Cache, usual_place

IDS = ("moodle", "canvas", "sis", "login", "email")  # a person's; Gradescope's is a submission's
FOLDERS = ("staff", "students", "work")  # below the reports, a folder for each student in each


class Unknown(Exception):
    """Nobody of that name is in the reports. The message says who is near."""


@dataclass(frozen=True)
class Forgotten:
    """What was removed."""

    folders: tuple[Path, ...]
    marks: int  # rows of marks.csv
    asked: int  # rows of regrade_requests.csv
    trainings: int  # of the cache, which nobody else has asked for
    lines: int  # of the log


def forget(reports: Path, student: str, log: Path | None = None) -> Forgotten:
    """Remove a student from a reports folder.

    Raises Unknown, graded.NoReports, marking.BadMarks, marking.BadBook, published.BadPublished, OSError.
    """
    class_ = graded.read(reports)
    student = _called(student, class_.results)
    published_before = published.knows(reports, student)  # before anything goes: it may not be readable
    gone = [result for result in class_.results if result.student == student]
    folders = [folder for place in FOLDERS for folder in _inside(reports / place) if folder.name == student]
    if not gone and not folders and not published_before:
        raise Unknown(f"{reports}: nobody is called {student!r} there{_near(student, class_.results)}")
    sheet, _, seen = marking.read(reports)
    requests.all_in(reports)  # refused before anything is removed
    forget_marks(reports, student)  # first: it is refused where somebody is marking just now
    rows = tuple(row for row in sheet.rows if marking.place(row)[0] != marking.key(student))
    if len(rows) < len(sheet.rows):
        marking.write(replace(sheet, rows=rows), reports, seen)
    asked = requests.forget(reports, student)
    with one_at_a_time(reports):  # a marker's page may be writing just now
        atomic.clear_torn(reports)
    last = [folder for folder in folders if folder.parent == reports / FOLDERS[0]]
    for folder in folders:
        if folder not in last:
            shutil.rmtree(folder)
    folders += published.forget(reports, student)
    others = [result for result in class_.results if result.student != student]
    theirs = _trainings(gone) - _trainings(others)
    stay = pipeline.of_class(others, reports)  # who left it before does not come back
    pipeline.write_class([pipeline.light(result) for result in stay], reports)
    forgotten = Forgotten(
        tuple(folders),
        len(sheet.rows) - len(rows),
        asked,
        Cache(usual_place()).forget(theirs),
        _without(log, student) if log else 0,
    )
    for folder in last:  # where it is stopped before, the student is still there to be forgotten
        shutil.rmtree(folder)
    return forgotten


def _called(told: str, results: Sequence[Result]) -> str:
    """Return the student who has that name, else that id and nobody else has it; else what was told."""
    if any(result.student == told for result in results):
        return told
    known = [result.student for result in results if told in {result.who.get(kind) for kind in IDS}]
    return known[0] if told and len(known) == 1 else told


def _near(told: str, results: Sequence[Result]) -> str:
    names = [result.student for result in results]
    return marking.meant(told, names) or f"; there are {', '.join(names[:5])} …"


def _inside(folder: Path) -> list[Path]:
    """List the folders in a folder: a name that leads elsewhere is none of theirs."""
    inside = folder.iterdir() if folder.is_dir() else ()
    return [path for path in inside if path.is_dir() and not path.is_symlink()]


def _trainings(results: list[Result]) -> set[str]:
    return {key for result in results for key in result.provenance.get("trainings", ())}


def _without(log: Path, student: str) -> int:
    """Remove the lines of a log that are about a student; return how many."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
    kept = [line for line in lines if not line.partition(" ")[2].startswith(f"{student}: ")]
    if len(kept) < len(lines):
        atomic.write("".join(kept), log)
    return len(lines) - len(kept)
