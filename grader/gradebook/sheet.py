"""somebody's CSV <-> Sheet: every byte is kept but those of the cells that are filled in."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from grader.gradebook.outcome import CannotExport

LARGEST = 64_000_000  # bytes
_DELIMITERS = (",", ";", "\t")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LINE_END = re.compile(r"\r\n|\r|\n")
_QUOTED = re.compile(r'"((?:[^"]|"")*+)"')


@dataclass(frozen=True)
class Row:
    """One record: its cells as they stand in the file, quotes included, and its line end."""

    line: int  # the file's line on which it begins, from 1
    raw: tuple[str, ...]
    end: str

    @property
    def cells(self) -> tuple[str, ...]:
        """What the cells say, without their quotes."""
        return tuple(map(_unquoted, self.raw))


@dataclass(frozen=True)
class Sheet:
    """A CSV of another system. Joining the raw cells with the delimiter gives back the file."""

    path: Path
    encoding: str
    mark: bytes  # the byte order mark
    delimiter: str
    rows: tuple[Row, ...]


def read(path: Path) -> Sheet:
    """Read a CSV in UTF-8, UTF-16 or Windows' Latin, with commas, semicolons or tabs. Raises CannotExport."""
    try:
        if not path.is_file():
            raise CannotExport(f"{path}: no such file")
        if path.stat().st_size > LARGEST:
            raise CannotExport(f"{path}: larger than {LARGEST // 1_000_000} MB: is it the right file?")
        data = path.read_bytes()
    except OSError as fault:
        raise CannotExport(f"{path}: {fault.strerror or fault}") from None
    try:
        return parse(data, path)
    except CannotExport as fault:
        raise CannotExport(f"{path}: {fault}") from None


def parse(data: bytes, path: Path) -> Sheet:
    """Read a CSV's bytes; `path` is what it is called. Raises CannotExport."""
    if data.startswith(b"PK"):
        raise CannotExport("this is a workbook and not a CSV: give the file as it was downloaded")
    mark, encoding, text = _decoded(data)
    if "\0" in text:
        raise CannotExport("this is not a CSV: there are NUL bytes in it")
    delimiter = max(_DELIMITERS, key=lambda sign: len(_row(text, 0, 1, sign)[0].raw))
    return Sheet(path, encoding, mark, delimiter, _rows(text, delimiter))


def filled(sheet: Sheet, cells: Mapping[tuple[int, int], str]) -> bytes:
    """Return the file with these cells, by row and column from 0, replaced. A cell in quotes keeps them."""
    changed = [list(row.raw) for row in sheet.rows]
    for (row, column), text in cells.items():
        alone = not text and len(changed[row]) == 1  # between "\r" and "\n" nothing would make one end of two
        quoted = alone or changed[row][column].startswith('"') or sheet.delimiter in text or '"' in text
        changed[row][column] = '"' + text.replace('"', '""') + '"' if quoted else text
    lines = (sheet.delimiter.join(raw) + row.end for raw, row in zip(changed, sheet.rows, strict=True))
    return sheet.mark + "".join(lines).encode(sheet.encoding)


def _decoded(data: bytes) -> tuple[bytes, str, str]:
    """Return the byte order mark, the encoding and the text. Latin-1 holds any byte, so none is lost."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return mark, encoding, data[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                raise CannotExport(f"the file says that it is {encoding.upper()} and is not") from None
    for encoding in ("utf-8", "cp1252"):
        try:
            return b"", encoding, data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return b"", "latin-1", data.decode("latin-1")


def _rows(text: str, delimiter: str) -> tuple[Row, ...]:
    rows = []
    place, line = 0, 1
    while place < len(text):
        row, place = _row(text, place, line, delimiter)
        rows.append(row)
        line += sum(len(_LINE_END.findall(part)) for part in (*row.raw, row.end))
    return tuple(rows)


def _row(text: str, place: int, line: int, delimiter: str) -> tuple[Row, int]:
    """Return the record that begins at a place, and where the next one does."""
    raw = []
    while True:
        found = _cell(delimiter).match(text, place)
        assert found, "a cell may be empty, so that there always is one"
        if found[0].startswith('"') and found[1] is None:
            raise CannotExport(f"line {line}: a quote is opened there and never closed")
        raw.append(found[0])
        place = found.end()
        if text[place : place + 1] != delimiter:
            break
        place += 1
    end = _LINE_END.match(text, place)
    return Row(line, tuple(raw), end[0] if end else ""), end.end() if end else place


@cache
def _cell(delimiter: str) -> re.Pattern[str]:
    """Return what a cell is (RFC 4180): a part in quotes, where quotes are doubled, or none; the rest."""
    return re.compile(rf'("(?:[^"]|"")*+")?+[^{delimiter}\r\n]*+')


def _unquoted(raw: str) -> str:
    found = _QUOTED.match(raw)
    return found[1].replace('""', '"') + raw[found.end() :] if found else raw
