"""the bytes of a CSV file that people edit -> its records, by line; and back, a line at a time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WIDEST = 1_000_000  # characters of a cell; what is longer was put there by no person
DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True)
class Complaint:
    """What is wrong on a line, with the way out."""

    line: int
    column: str  # '' for the line as a whole
    told: str

    def __str__(self) -> str:
        where = f"line {self.line}, {self.column}" if self.column else f"line {self.line}"
        return " ".join(f"{where}: {self.told}".split())


MEND = "Mend that and give the command again."
NOBODY = ": mend the name, or take the row out"  # the way out where no name is near


class BadMarks(Exception):
    """marks.csv, or what goes with it, cannot be used. The message names the file, the lines, the way out."""


class Torn(Exception):
    """From this line on nothing can be read: `complaint`."""

    def __init__(self, line: int, told: str) -> None:
        super().__init__(told)
        self.complaint = Complaint(line, "", told)


@dataclass(frozen=True)
class Table:
    """A head and the records below it that are not blank, each with the line it begins on."""

    line: int  # of the head
    head: tuple[str, ...]  # the names of the columns as they stand there
    names: tuple[str, ...]  # the same as they are compared: in small letters
    records: tuple[tuple[int, tuple[str, ...]], ...]
    delimiter: str
    end: str


def decoded(raw: bytes) -> str:
    """Read the bytes of a file as UTF-8, or UTF-16 with its mark. Raises Torn."""
    encoding = "utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as fault:
        line = raw[: fault.start].count(b"\n") + 1
        raise Torn(line, "not UTF-8: save it as “CSV UTF-8”, or choose Unicode (UTF-8) there") from None


def table(raw: bytes, known: Sequence[str]) -> Table | None:
    """Read a file as spreadsheets and people leave it; None for one with nothing in it. Raises Torn.

    UTF-8 (or UTF-16 with its mark), separated by commas, semicolons or tabs, columns in any order, any line
    ends, blank lines passed over. `known`: names of columns, by which it is seen what separates them.
    """
    text = decoded(raw)
    delimiter = _delimiter(text, known)
    records = _records(text, delimiter)
    if not records:
        return None
    (line, head), *below = records
    names = tuple(name.strip().casefold() for name in head)
    return Table(line, head, names, tuple(below), delimiter, "\r\n" if "\r\n" in text else "\n")


def _delimiter(text: str, known: Sequence[str]) -> str:
    """Return what separates the columns: whatever makes the most known names of the first line."""
    head = next((line for line in text.splitlines() if line.strip(" \t,;")), "")
    return max(DELIMITERS, key=lambda one: len({*map(_name, head.split(one))} & {*known}))


def _name(written: str) -> str:
    return written.strip(' "').casefold()


def _records(text: str, delimiter: str) -> list[tuple[int, tuple[str, ...]]]:
    """Return the records that are not blank, each with the line it begins on. Raises Torn."""
    before = csv.field_size_limit(WIDEST)  # which is the whole process's
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found, line = [], 1
    try:
        for cells in reader:
            if any(text.strip() for text in cells):
                found.append((line, tuple(cells)))
            line = reader.line_num + 1
    except csv.Error as fault:
        raise Torn(line, why_torn(fault)) from None
    finally:
        csv.field_size_limit(before)
    return found


def why_torn(fault: csv.Error) -> str:
    """Return what is wrong in the form of a file, with the way out."""
    if "field larger" in str(fault):
        return f"a cell of more than {csv.field_size_limit():,} characters: shorten it"
    return f'{fault}: a cell with " in it is written "like ""this"" one"'


def about_the_head(found: Table, needed: Sequence[str]) -> list[Complaint]:
    """Say which columns stand twice, which are needed and not there."""
    twice = [
        Complaint(found.line, name, "this column stands here twice: take one of them out")
        for name in dict.fromkeys(found.names)
        if name and found.names.count(name) > 1
    ]
    missing = [name for name in needed if name not in found.names]
    told = f"the first line names the columns, and {', '.join(missing)} not among them: write these there too"
    return [*twice, *([Complaint(found.line, "", told)] if missing else [])]


def complaints_about_cells(found: Table) -> Iterator[Complaint]:
    """Say on which lines something stands in no column."""
    for line, cells in found.records:
        columns = [*found.names, *[""] * len(cells)]
        strays = [text for name, text in zip(columns, cells, strict=False) if text.strip() and not name]
        if strays:
            told = f"more cells than columns ({', '.join(strays)}): a text with “,” or “;” in it needs quotes"
            yield Complaint(line, "", f"{told} around it")


def line_of_cells(cells: Sequence[str], delimiter: str, end: str) -> str:
    """Write a record. The csv module quotes a line end within a cell only if its own ends hold it."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerow(cells)
    return text.getvalue().removesuffix("\r\n") + end
