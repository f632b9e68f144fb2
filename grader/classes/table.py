"""a CSV file as spreadsheets and systems write it -> its header and its rows, numbered by line."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from grader.classes.fault import BadClass
from grader.ingest.text import decoded

MAX_BYTES = 50_000_000
_LONGEST = 10_000_000  # characters of a cell: worksheets hold what students typed in


@dataclass(frozen=True)
class Row:
    """A line of a table, its cells stripped; `cell` is "" where a column is missing."""

    line: int
    cells: tuple[str, ...]

    def cell(self, column: int | None) -> str:
        """Return the cell of a column."""
        return self.cells[column] if column is not None and column < len(self.cells) else ""


@dataclass(frozen=True)
class Table:
    """A header, folded for comparison, and the rows that hold anything."""

    path: Path
    header: tuple[str, ...]
    rows: tuple[Row, ...]

    def column(self, names: frozenset[str]) -> int | None:
        """Return the first column with one of these names."""
        return next((number for number, name in enumerate(self.header) if name in names), None)


def read(path: Path) -> Table:
    """Read a CSV file: UTF-8, UTF-16 or Windows-1252; commas, semicolons or tabs. Raises BadClass."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BadClass(f"{path}: larger than any class list")
        text = decoded(path.read_bytes())[0]
    except OSError as fault:
        raise BadClass(f"{path}: {fault.strerror}") from None
    text, delimiter = _separated(text)
    before = csv.field_size_limit(_LONGEST)  # which is the whole process's
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows = []
    try:
        _refuse_torn(path, text, delimiter)
        for cells in lines:
            stripped = tuple(cell.strip() for cell in cells)
            if any(stripped):
                rows.append(Row(lines.line_num, stripped))
    except csv.Error as fault:
        raise BadClass(f"{path}, line {lines.line_num}: {fault}") from None
    finally:
        csv.field_size_limit(before)
    if not rows:
        raise BadClass(f"{path}: this file is empty")
    return Table(path, tuple(map(folded, rows[0].cells)), tuple(rows[1:]))


def folded(name: str) -> str:
    """Return a heading as it is compared: without case, accents' two ways, and signs at its end."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().replace("_", " ").strip(" :*").split())


def _separated(text: str) -> tuple[str, str]:
    """Return a table and what separates its cells; Excel's own line on that becomes an empty one."""
    first, end, below = text.partition("\n")
    if said := re.fullmatch(r"sep=([,;\t])\r?", first):
        return end + below, said[1]
    return text, max(",;\t", key=first.count)


def _refuse_torn(path: Path, text: str, delimiter: str) -> None:
    """Refuse a cell that is opened by a quotation mark and not closed: all below would be in it."""
    lines, line = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1
    try:
        for _ in lines:
            line = lines.line_num + 1
    except csv.Error as fault:
        if "unexpected end" in str(fault):
            says = "a cell begins with a quotation mark that is never closed, so that all below is in it"
            raise BadClass(f"{path}, line {line}: {says}") from None
