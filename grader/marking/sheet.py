"""the bytes of marks.csv <-> Sheet, and what cannot be read in them, by line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass, field, fields
from difflib import get_close_matches
from functools import lru_cache

from grader.gradebook import cell

WIDEST = 1_000_000  # characters of a cell; what is longer was put there by no person
MOST_MEANT = 8  # namesakes in a sentence
NEEDED = ("student", "part", "item", "points")
DELIMITERS = (",", ";", "\t")
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
    given: str = ""  # the rubric items that the points come from, as `given.given_cell` writes them
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


@dataclass(frozen=True)
class Complaint:
    """What is wrong on a line, with the way out."""

    line: int
    column: str  # '' for the line as a whole
    told: str

    def __str__(self) -> str:
        where = f"line {self.line}, {self.column}" if self.column else f"line {self.line}"
        return " ".join(f"{where}: {self.told}".split())


class _Torn(Exception):
    """From this line on nothing can be read."""

    def __init__(self, line: int, told: str) -> None:
        super().__init__(told)
        self.complaint = Complaint(line, "", told)


# ---- bytes -> Sheet --------------------------------------------------------------------------


def parse(raw: bytes) -> tuple[Sheet, tuple[Complaint, ...]]:
    """Read a file as spreadsheets and people leave it; never raises.

    UTF-8 (or UTF-16 with its mark), separated by commas, semicolons or tabs, columns in any order, any line
    ends, blank lines passed over. Where the head cannot be understood there are no rows.
    """
    try:
        text = _decoded(raw)
        delimiter = _delimiter(text)
        records = _records(text, delimiter)
    except _Torn as fault:
        return Sheet(), (fault.complaint,)
    if not records:
        return Sheet(), ()
    line, head = records[0]
    names = [name.strip().casefold() for name in head]
    complaints = _about_the_head(line, names)
    if complaints:
        return Sheet(), tuple(complaints)
    complaints = [told for number, cells in records[1:] for told in _about_cells(number, names, cells)]
    end = "\r\n" if "\r\n" in text else "\n"
    columns = tuple(dict.fromkeys([*(name for name in names if name), *COLUMNS]))
    rows = tuple(_row(number, names, cells) for number, cells in records[1:])
    return Sheet(rows, columns, delimiter, end), tuple(complaints)


def _decoded(raw: bytes) -> str:
    encoding = "utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as fault:
        line = raw[: fault.start].count(b"\n") + 1
        raise _Torn(line, "not UTF-8: save it as “CSV UTF-8”, or choose Unicode (UTF-8) there") from None


def _delimiter(text: str) -> str:
    """Return what separates the columns: whatever makes the most known names of the first line."""
    head = next((line for line in text.splitlines() if line.strip(" \t,;")), "")
    return max(DELIMITERS, key=lambda one: len({*map(_name, head.split(one))} & {*COLUMNS}))


def _name(written: str) -> str:
    return written.strip(' "').casefold()


def _records(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """Return the records that are not blank, each with the line it begins on. Raises _Torn."""
    before = csv.field_size_limit(WIDEST)  # which is the whole process's
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found, line = [], 1
    try:
        for cells in reader:
            if any(text.strip() for text in cells):
                found.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as fault:
        raise _Torn(line, _why(fault)) from None
    finally:
        csv.field_size_limit(before)
    return found


def _why(fault: csv.Error) -> str:
    """Return what is wrong in the form of a file, with the way out."""
    if "field larger" in str(fault):
        return f"a cell of more than {WIDEST:,} characters: shorten it"
    return f'{fault}: a cell with " in it is written "like ""this"" one"'


def _about_the_head(line: int, names: Sequence[str]) -> list[Complaint]:
    """Say which columns nobody knows, which stand twice, which are needed and not there."""
    known = ", ".join(COLUMNS)
    unknown = [
        Complaint(line, name, f"no such column{meant(name, COLUMNS)}; there are {known}")
        for name in names
        if name and name not in COLUMNS
    ]
    twice = [
        Complaint(line, name, "this column stands here twice: take one of them out")
        for name in dict.fromkeys(names)
        if name and names.count(name) > 1
    ]
    missing = [name for name in NEEDED if name not in names]
    lacks = [Complaint(line, "", f"the first line names the columns; {', '.join(missing)} not among them")]
    return [*unknown, *twice, *(lacks if missing else [])]


def _about_cells(line: int, names: Sequence[str], cells: Sequence[str]) -> list[Complaint]:
    columns = [*names, *[""] * len(cells)]
    strays = [text for name, text in zip(columns, cells, strict=False) if text.strip() and not name]
    told = (
        f"more cells than columns ({', '.join(strays)}): a text with “,” or “;” in it needs quotes around it"
    )
    return [Complaint(line, "", told)] if strays else []


def _row(line: int, names: Sequence[str], cells: Sequence[str]) -> Row:
    found = {name: text for name, text in zip(names, cells, strict=False) if name}
    return Row(**found, line=line)


# ---- Sheet -> bytes --------------------------------------------------------------------------


def render(sheet: Sheet) -> str:
    """Write a sheet's text, with the byte order mark without which a spreadsheet misreads UTF-8."""
    order = [COLUMNS.index(name) for name in sheet.columns]
    table = [sheet.columns, *([astuple(row)[number] for number in order] for row in sheet.rows)]
    return "\ufeff" + "".join(_line(cells, sheet) for cells in table)


def _line(cells: Sequence[str], sheet: Sheet) -> str:
    """Write a record. The csv module quotes a line end within a cell only if its own ends hold it."""
    text = io.StringIO()
    csv.writer(text, delimiter=sheet.delimiter, lineterminator="\r\n").writerow(cells)
    return text.getvalue().removesuffix("\r\n") + sheet.end


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
