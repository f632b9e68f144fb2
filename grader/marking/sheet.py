"""the bytes of marks.csv <-> Sheet, and what cannot be read in them, by line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass, field, fields
from difflib import get_close_matches
from functools import lru_cache

from grader.gradebook import cell
from grader.marking.records import (
    Complaint,
    Table,
    Torn,
    about_the_head,
    complaints_about_cells,
    line_of_cells,
    table,
)

MOST_MEANT = 8  # namesakes in a sentence
NEEDED = ("student", "part", "item", "points")
# Digits that a spreadsheet would take for a date or a time, or write with fewer digits: 3/4, 1e5, 007.
_REWRITTEN = re.compile(r"(?!0$|[1-9]\d{0,14}$)\d[\d.,:/ +-]*([eE][+-]?\d+)?")


@dataclass(frozen=True)
class Row:
    """A line of the file, its cells as they stand there. From `possible` to `read`: for orientation."""

    student: str = ""
    part: str = ""
    item: str = ""
    points: str = ""
    comment: str = ""
    who: str = ""
    when: str = ""
    possible: str = ""
    answer: str = ""
    read: str = ""
    given: str = ""  # the levels that the points come from, as `given.given_cell` writes them
    line: int = field(default=0, compare=False)  # from 1; 0: not in a file

    @property
    def by_a_person(self) -> bool:
        """Whether somebody wrote in it, or wrote it: rows of ours say what is possible."""
        cells = (self.points, self.comment, self.who, self.when, self.given)
        return any(text.strip() for text in cells) or not self.possible.strip()


COLUMNS = tuple(column.name for column in fields(Row) if column.name != "line")


@dataclass(frozen=True)
class Sheet:
    """The file, in the dialect of whatever saved it last."""

    rows: tuple[Row, ...] = ()
    columns: tuple[str, ...] = COLUMNS
    delimiter: str = ","
    end: str = "\n"


# ---- bytes -> Sheet --------------------------------------------------------------------------


def parse(raw: bytes) -> tuple[Sheet, tuple[Complaint, ...]]:
    """Read a file as spreadsheets and people leave it; never raises.

    UTF-8 (or UTF-16 with its mark), separated by commas, semicolons or tabs, columns in any order, any line
    ends, blank lines passed over. Where the head cannot be understood there are no rows.
    """
    try:
        found = table(raw, COLUMNS)
    except Torn as fault:
        return Sheet(), (fault.complaint,)
    if found is None:
        return Sheet(), ()
    complaints = _about_the_head(found)
    if complaints:
        return Sheet(), tuple(complaints)
    columns = tuple(dict.fromkeys([*(name for name in found.names if name), *COLUMNS]))
    rows = tuple(_row(line, found.names, cells) for line, cells in found.records)
    return Sheet(rows, columns, found.delimiter, found.end), tuple(complaints_about_cells(found))


def _about_the_head(found: Table) -> list[Complaint]:
    """Say which columns nobody knows, which stand twice, which are needed and not there."""
    known = ", ".join(COLUMNS)
    unknown = [
        Complaint(found.line, name, f"no such column{meant(name, COLUMNS)}; there are {known}")
        for name in found.names
        if name and name not in COLUMNS
    ]
    return [*unknown, *about_the_head(found, NEEDED)]


def _row(line: int, names: Sequence[str], cells: Sequence[str]) -> Row:
    found = {name: text for name, text in zip(names, cells, strict=False) if name}
    return Row(**found, line=line)


# ---- Sheet -> bytes --------------------------------------------------------------------------


def render(sheet: Sheet) -> str:
    """Write a sheet's text, with the byte order mark without which a spreadsheet misreads UTF-8."""
    order = [COLUMNS.index(name) for name in sheet.columns]
    written = [sheet.columns, *([astuple(row)[number] for number in order] for row in sheet.rows)]
    return "\ufeff" + "".join(line_of_cells(cells, sheet.delimiter, sheet.end) for cells in written)


def text_cell(text: str) -> str:
    """Return a cell that a spreadsheet neither runs nor rewrites; an apostrophe says that it is text."""
    line = cell(text)
    if line == text and (line.startswith("'") or _REWRITTEN.fullmatch(line)):
        return f"'{line}"
    return line


def text_of(written: str) -> str:
    """Return the text that `text_cell` wrote."""
    return written.strip().removeprefix("'").strip()


@lru_cache(maxsize=1 << 16)
def key(text: str) -> str:
    """Return a name as it is read back from its own cell."""
    return text_of(text_cell(text))


def meant(written: str, known: Sequence[str]) -> str:
    """Return "; did you mean …?" where one of those known is near, and all who share its name."""
    alike = [one for one in known if one.casefold() == written.casefold()]
    near = alike or get_close_matches(written, known, n=1, cutoff=0.6)
    if not near:
        return ""
    name, numbered, _ = near[0].rpartition(" (")  # Anna Schmidt (4156), Anna Schmidt (4163)
    same = [one for one in known if one.startswith(f"{name} (")] if numbered else near
    return f"; did you mean {' or '.join(f'“{one}”' for one in same[:MOST_MEANT])}?"
