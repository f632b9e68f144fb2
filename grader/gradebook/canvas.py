"""(a Canvas gradebook, [Result]) -> the gradebook with one assignment's scores filled in.

The format is Canvas's lib/gradebook_exporter.rb, the rules those of lib/gradebook_importer.rb.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from grader.datatypes import Result
from grader.gradebook import grades, numerals, sheet
from grader.gradebook.canvas_column import chosen, titled
from grader.gradebook.claims import Claims, claims, ungraded, unique
from grader.gradebook.grades import Grade, Terms
from grader.gradebook.outcome import CannotExport, Outcome, by_reason, counted
from grader.gradebook.sheet import Row, Sheet

_POSTING = re.compile(r"\s*(Muted|Manual Posting.*)?\s*", re.IGNORECASE)
# What identifies a student: our name for it, Canvas's column; Canvas looks in this order too.
_IDS = (("canvas", "ID"), ("sis", "SIS User ID"), ("login", "SIS Login ID"))
_KEPT = {
    "N/A": "not assigned to them in Canvas",
    "EX": "excused in Canvas (what stands there is kept)",
}


@dataclass(frozen=True)
class Gradebook:
    """A gradebook that was understood. `students` are rows by their place in the file."""

    sheet: Sheet
    header: tuple[str, ...]
    points: Row  # Points Possible
    students: Mapping[int, Row]


def read(path: Path) -> Gradebook:
    """Read a gradebook as Canvas exports it. Raises CannotExport, which names the file."""
    whole = sheet.read(path)
    header = tuple(name.strip() for name in whole.rows[0].cells) if whole.rows else ()
    one_name = header[:1] == ("Student",) and header[1:2] == ("ID",)
    if not (one_name or header[:3] == ("LastName", "FirstName", "ID")) or "Section" not in header:
        raise CannotExport(
            f"{path}: this is no Canvas gradebook (its first columns are Student and ID, and there is a "
            "Section): in Canvas, Grades, Export, Export Entire Gradebook"
        )
    place = next((at for at, row in enumerate(whole.rows) if "Points Possible" in row.cells[0]), None)
    if place is None:
        raise CannotExport(f'{path}: the row "Points Possible" is gone: export the gradebook again')
    students = {at: row for at, row in enumerate(whole.rows) if at > place and not _is_nobody(row)}
    return Gradebook(whole, header, whole.rows[place], students)


def fill(book: Gradebook, results: Sequence[Result], terms: Terms, asked: str) -> Outcome:
    """Fill a copy: cells of one assignment's column change, and no other byte. Raises CannotExport.

    `asked` names the column: its title, its id or both; without it the one that fits the problem set's title.
    """
    path = book.sheet.path
    column = chosen(book.header, results, asked, str(path))
    maximum = _maximum(book, column)
    converted = grades.accepted(results, terms, maximum, f"{path}: {book.header[column]}")
    claimed = claims(results, _finder(book))
    given = {
        place: _grade(book.students[place], column, one, terms, maximum)
        for place, one in claimed.rows.items()
    }
    texts = {place: grade.text for place, grade in given.items() if grade.text}
    # The importer holds a score against nothing: more than is possible stays that.
    on_top = grades.above(((claimed.rows[at].student, text, maximum) for at, text in texts.items()), "Canvas")
    comma = numerals.has_comma(book.points.cells)
    cells = {(place, column): numerals.written(text, comma=comma) for place, text in texts.items()}
    where = path.with_name(f"{path.stem}-graded{path.suffix}")
    copy = sheet.filled(book.sheet, cells)
    return Outcome(
        where,
        {where: copy},
        f"{counted(len(texts), 'grade')} in {book.header[column]}",
        by_reason(_without(book, claimed, given)),
        tuple(filter(None, (converted, on_top, *_warnings(book, column, texts)))),
        claimed.nobody,
    )


def _is_nobody(row: Row) -> bool:
    """Return whether Canvas takes a row for no student: blank, or what says how grades are posted."""
    return all(_POSTING.fullmatch(cell) for cell in row.cells)


def _maximum(book: Gradebook, column: int) -> Fraction:
    text = book.points.cells[column] if column < len(book.points.raw) else ""
    name = f"{book.sheet.path}: {book.header[column]}"
    if "read only" in text.casefold():
        raise CannotExport(f"{name}: Canvas says that this column is read only: --column names another")
    maximum = numerals.number(text)
    if maximum is None or maximum <= 0:
        raise CannotExport(f"{name}: it has no points ({text.strip() or 'blank'}): give it points in Canvas")
    return maximum


def _grade(row: Row, column: int, result: Result, terms: Terms, maximum: Fraction) -> Grade:
    """Return what goes into a cell, which keeps what only Canvas may say."""
    if column >= len(row.raw):
        return Grade("", f"the row is cut short: line {row.line}")
    if why := _KEPT.get(row.cells[column].strip().upper()):
        return Grade("", why)
    return grades.grade(result, terms, maximum)


def _finder(book: Gradebook) -> Callable[[Result], int | None]:
    """Return what finds a student's row: by Canvas's id, the registrar's, the login; never by a name."""
    known = {ours: _places(book, theirs) for ours, theirs in _IDS}

    def row_of(result: Result) -> int | None:
        for ours, _ in _IDS:
            if (place := known[ours].get(_folded(result.who.get(ours, "")))) is not None:
                return place
        if any(result.who.get(ours) for ours, _ in _IDS):
            return None
        others = (result.who.get("email", ""), result.student)
        return next((known["login"][_folded(one)] for one in others if _folded(one) in known["login"]), None)

    return row_of


def _places(book: Gradebook, column: str) -> Mapping[str, int]:
    if column not in book.header:
        return {}
    at = book.header.index(column)
    return unique(
        (_folded(row.cells[at]), place) for place, row in book.students.items() if at < len(row.raw)
    )


def _folded(text: str) -> str:
    return text.strip().casefold()


def _without(book: Gradebook, claimed: Claims, given: Mapping[int, Grade]) -> Iterator[tuple[str, str]]:
    """Yield why there is no grade, and for whom."""
    nowhere = "not in the gradebook by an id of Canvas's, a SIS id or a login"
    yield from ungraded(claimed, given, "two students have this row's id in Canvas", nowhere)
    for place, row in book.students.items():
        if place not in claimed.rows:
            yield "in the gradebook, and nobody graded them", _called(book, row)


def _warnings(book: Gradebook, column: int, texts: Mapping[int, str]) -> Iterator[str]:
    replaced = [place for place in texts if numerals.number(book.students[place].cells[column]) is not None]
    if replaced:
        yield f"{counted(len(replaced), 'row')} had a score already, which is replaced"
    if len(titled(book.header)) > 1:
        yield (
            "Canvas takes the scores of every assignment in the file, as they were when it was exported: "
            "export, fill and import without delay, and see that the preview shows this assignment alone"
        )
    if book.sheet.encoding != "utf-8":
        yield f"Canvas reads UTF-8, and this file is {book.sheet.encoding.upper()}: export it again"


def _called(book: Gradebook, row: Row) -> str:
    id_at = book.header.index("ID")
    return f"{' '.join(row.cells[:id_at]).strip()} ({row.cells[id_at] if id_at < len(row.raw) else ''})"
