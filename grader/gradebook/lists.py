"""[Result] -> a plain CSV of the class, a CSV for a mail merge."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from grader.datatypes import Result
from grader.gradebook import grades
from grader.gradebook.grades import Terms
from grader.gradebook.outcome import CannotExport, Outcome, by_reason, counted
from grader.gradebook.spreadsheet import cell
from grader.marks import unrounded

PLAIN = ("student", "name", "email", "group", "moodle", "canvas", "sis", "login", "gradescope")
POINTS = ("earned", "bonus", "late", "total", "possible", "pending")
MAIL = ("email", "name", "total", "possible", "pending", "page")
# One address, and nothing that a mail program could take for two, for a header or for a formula.
_ADDRESS = re.compile(r"[^\s@,;:<>()\"'=+\-|][^\s@,;:<>()\"|]*@[^\s@,;:<>()\"|]+")


def plain(path: Path, results: Sequence[Result], terms: Terms) -> Outcome:
    """Return the class as a plain CSV, a line a student; `total` is blank where there is no grade yet.

    `earned`, `bonus` and `late` are unrounded; `total` is what counts, rounded to the assignment's step.
    Raises CannotExport where the file is there and is somebody else's.
    """
    given = [(result, grades.grade(result, terms)) for result in results]
    lines = [(*map(cell, _who(result)), *_points(result, grade.text)) for result, grade in given]
    data = _csv((*PLAIN, *POINTS), lines, path)
    filled = sum(1 for _, grade in given if grade.text)
    without = by_reason((grade.why, result.student) for result, grade in given if not grade.text)
    return Outcome(path, {path: data}, counted(filled, "grade"), without)


def mail(path: Path, results: Sequence[Result], terms: Terms, page: Callable[[str], Path | None]) -> Outcome:
    """Return a CSV for a mail merge: only who has a grade, a page and an address of their own is in it.

    Raises CannotExport where the file is there and is somebody else's.
    """
    shared = Counter(_address(result) for result in results)
    lines, without = [], []
    for result in results:
        grade, where, address = grades.grade(result, terms), page(result.student), _address(result)
        if (
            why := grade.why
            or _unreachable(address, shared)
            or ("" if where else "there is no page for them")
        ):
            without.append((why, result.student))
            continue
        name = cell(result.who.get("name", "") or result.student)
        numbers = (grade.text, unrounded(result.possible), unrounded(result.pending))
        lines.append((result.who["email"].strip(), name, *numbers, cell(str(where))))
    data = _csv(MAIL, lines, path)
    return Outcome(path, {path: data}, counted(len(lines), "line"), by_reason(without))


def _who(result: Result) -> Iterable[str]:
    return (result.student, *(result.who.get(name, "") for name in PLAIN[1:]))


def _points(result: Result, total: str) -> tuple[str, ...]:
    late = result.lateness.points if result.lateness else 0.0
    return (
        *(unrounded(result.earned), unrounded(result.bonus), unrounded(late), total),
        *(unrounded(result.possible), unrounded(result.pending)),
    )


def _address(result: Result) -> str:
    return result.who.get("email", "").strip().casefold()


def _unreachable(address: str, shared: Counter[str]) -> str:
    """Return why nothing goes to an address, '' where it may."""
    if not address:
        return "no address is known"
    if not _ADDRESS.fullmatch(address):
        return "the address is not one"
    return "two students have this address" if shared[address] > 1 else ""


def _csv(head: Sequence[str], lines: Iterable[Sequence[str]], path: Path) -> bytes:
    """Return a CSV as gradebook.csv is one. Raises CannotExport where it would replace another's file."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(head)
    first = text.getvalue().encode()
    if not _is_ours(path, first):
        raise CannotExport(
            f"{path}: there is such a file, and this command did not write it: give another name"
        )
    out.writerows(lines)
    return text.getvalue().encode()


def _is_ours(path: Path, first: bytes) -> bool:
    if not path.exists():
        return True
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return file.read(len(first)) == first
    except OSError:
        return False
