"""[Result] -> gradebook.csv."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path

from grader import atomic
from grader.datatypes import Result
from grader.gradebook.rows import Row, table

_HEAD = ("student", "earned", "possible", "pending", "late", "total", "status", "attention")
_FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
)  # what a spreadsheet would run: full-width too
# A cell is one line that UTF-8 can hold: line ends, NUL and half surrogate pairs become a space.
_NOT_IN_A_CELL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


def write_csv(results: Iterable[Result], path: Path) -> None:
    """Write the class as CSV, whole or not at all, a line a student, sorted by student.

    Columns: student, earned (rounded half up to the assignment's step), possible, pending, late (hours,
    empty in time or where nobody knows), total (earned less what that costs, rounded as earned; a bonus is in
    it), status,
    attention (reasons joined by "; "), then one for each part: earned, up to 4 decimals, empty where all of
    it waits or it was not graded. Where somebody has a bonus, a last column `bonus` says how much.
    UTF-8 without a byte order mark, commas, lines ended by a line feed: what Moodle, Canvas, pandas and
    LibreOffice read and what diffs cleanly. A text that a spreadsheet would take for a formula gets a leading
    apostrophe. Raises OSError.
    """
    rows = table(results)
    parts = list(dict.fromkeys(part for row in rows for part in row.parts))
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    bonus = any(row.bonus != "0" for row in rows)
    out.writerow([*_HEAD, *map(cell, parts), *(["bonus"] if bonus else [])])
    out.writerows([*_line(row, parts), *([row.bonus] if bonus else [])] for row in rows)
    atomic.write(text.getvalue(), path)


def listed(path: Path) -> frozenset[str] | None:
    """Return the students of a gradebook, as its cells name them; None where there is none to read."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.DictReader(file)
            students = frozenset(line["student"] for line in lines if line.get("student"))
            return students if "student" in (lines.fieldnames or ()) else None
    except (OSError, UnicodeDecodeError, csv.Error):
        return None


def _line(row: Row, parts: list[str]) -> list[str]:
    points = [row.earned, row.possible, row.pending, row.late, row.total]
    reasons = cell("; ".join(row.attention))
    return [cell(row.student), *points, row.status, reasons, *(row.parts.get(part, "") for part in parts)]


def cell(text: str) -> str:
    """Return a text cell that no spreadsheet runs; numbers do not pass through here."""
    line = _NOT_IN_A_CELL.sub(" ", text)
    starts_as_formula = line.lstrip().startswith(_FORMULA) or text.startswith(("\t", "\r", "\n"))
    return f"'{line}" if starts_as_formula else line
