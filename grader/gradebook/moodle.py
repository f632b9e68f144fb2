"""(a Moodle grading worksheet, [Result]) -> the worksheet with its grades filled in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from grader.classes.matching import letters
from grader.datatypes import Result
from grader.gradebook import grades, moodle_columns, numerals, sheet
from grader.gradebook.claims import Claims, claims, ungraded, unique
from grader.gradebook.grades import Grade, Terms
from grader.gradebook.moodle_columns import Columns, cell, participant
from grader.gradebook.moodle_skips import called, refused, will_skip
from grader.gradebook.outcome import CannotExport, Outcome, by_reason, counted
from grader.gradebook.sheet import Row, Sheet

# A folder of a submission zip: Ada Lovelace_12345_assignsubmission_file_
_FOLDER = re.compile(r"(.*[^\W_].*?)_([0-9]{1,18})(?:_assignsubmission_[a-z]+)?_*")


@dataclass(frozen=True)
class Worksheet:
    """A worksheet that was understood. `rows` are its students, by their place in the file."""

    sheet: Sheet
    rows: Mapping[int, Row]
    columns: Columns
    maximum: Fraction


@dataclass(frozen=True)
class Filled:
    """What is handed over, and to whom feedback may go with it: Moodle's number -> the result."""

    outcome: Outcome
    handed: Mapping[str, Result]


def read(path: Path) -> Worksheet:
    """Read a grading worksheet as Moodle wrote it. Raises CannotExport, which names the file."""
    whole = sheet.read(path)
    try:
        return _understood(whole)
    except CannotExport as fault:
        raise CannotExport(f"{path}: {fault}") from None


def _understood(whole: Sheet) -> Worksheet:
    rows = {place: row for place, row in enumerate(whole.rows) if place and any(map(str.strip, row.cells))}
    if not rows:
        raise CannotExport("there is no student in it")
    found = moodle_columns.columns(whole.rows[0].cells, [row.cells for row in rows.values()])
    whole_rows = {place: row for place, row in rows.items() if len(row.raw) > found.maximum}
    return Worksheet(whole, whole_rows, found, _maximum(whole_rows, found))


def fill(worksheet: Worksheet, results: Sequence[Result], terms: Terms) -> Filled:
    """Fill a copy of the instructor's own worksheet: cells of the grade column change, and no other byte.

    A row is found by the number in its identifier, as Moodle's importer finds it
    (mod/assign/feedback/offline/importgradeslib.php). Raises CannotExport.
    """
    path, found = worksheet.sheet.path, worksheet.columns
    converted = grades.accepted(results, terms, worksheet.maximum, str(path))
    claimed = claims(results, _finder(worksheet))
    most = worksheet.maximum
    given = {
        place: grades.capped(grades.grade(one, terms, most), most) for place, one in claimed.rows.items()
    }
    texts = {place: grade.text for place, grade in given.items() if grade.text}
    where = path.with_name(f"{path.stem}-graded{path.suffix}")
    notes = (
        converted,
        *_capped(claimed, given),
        *will_skip(worksheet.rows, found, texts, worksheet.maximum),
        *refused(worksheet.sheet, found),
    )
    copy = sheet.filled(worksheet.sheet, _cells(worksheet, texts))
    outcome = Outcome(
        where,
        {where: copy},
        counted(len(texts), "grade"),
        by_reason(_without(worksheet, claimed, given)),
        tuple(filter(None, notes)),
        claimed.nobody,
    )
    return Filled(outcome, {_number(worksheet, place): claimed.rows[place] for place in texts})


def _capped(claimed: Claims, given: Mapping[int, Grade]) -> Iterator[str]:
    """Say whose grade is above the maximum, which Moodle refuses to import."""
    who = [f"{claimed.rows[place].student} ({grade.cut})" for place, grade in given.items() if grade.cut]
    if who:
        yield (
            f"Moodle imports no grade above the maximum, which is filled in for {', '.join(who)}. Add the "
            "rest there by hand, or in a column for bonus points"
        )


def _maximum(rows: Mapping[int, Row], found: Columns) -> Fraction:
    """Return the one maximum grade that stands in all rows."""
    texts = dict.fromkeys(cell(row, found.maximum).strip() for row in rows.values())
    numbers = {number for text in texts if (number := numerals.number(text)) is not None}
    if len(numbers) != 1 or len(texts) != 1 or min(numbers) <= 0:
        raise CannotExport(f"the maximum grade is to be one number in all rows, and is: {', '.join(texts)}")
    return numbers.pop()


def _cells(worksheet: Worksheet, texts: Mapping[int, str]) -> dict[tuple[int, int], str]:
    """Return the grades by cell, with a decimal comma where the worksheet writes its own numbers so."""
    found = worksheet.columns
    numbers = [cell(row, place) for row in worksheet.rows.values() for place in (found.grade, found.maximum)]
    comma = numerals.has_comma(numbers)
    return {(place, found.grade): numerals.written(text, comma=comma) for place, text in texts.items()}


def _finder(worksheet: Worksheet) -> Callable[[Result], int | None]:
    """Return what finds a student's row: by Moodle's number, else by that of the folder handed in.

    The name has to fit as well: in the zip of a team assignment a number may be a group's, and of somebody
    else in the worksheet.
    """
    numbered = unique((_number(worksheet, place), place) for place in worksheet.rows)

    def row_of(result: Result) -> int | None:
        if number := re.search(r"([0-9]{1,18})\s*$", result.who.get("moodle", "")):
            return _named(worksheet, numbered.get(str(int(number[1]))), result.who.get("name", ""))
        folder = _FOLDER.fullmatch(result.student)
        return _named(worksheet, numbered.get(str(int(folder[2]))), folder[1]) if folder else None

    return row_of


def _named(worksheet: Worksheet, place: int | None, name: str) -> int | None:
    """Return the row if it is that of this name too, or tells no names; a student without one is a number."""
    named = place is not None and (
        not name or worksheet.columns.name is None or _is_of(worksheet, place, name)
    )
    return place if named else None


def _is_of(worksheet: Worksheet, place: int, name: str) -> bool:
    """Return whether a row is that of this name too: homework_2 and Group A_2 are not participant 2."""
    row = worksheet.rows[place]
    anonymous = cell(row, worksheet.columns.identifier).strip().removesuffix(_number(worksheet, place))
    return letters(name) in {letters(cell(row, worksheet.columns.name)), letters(anonymous)}


def _number(worksheet: Worksheet, place: int) -> str:
    return participant(cell(worksheet.rows[place], worksheet.columns.identifier))


def _without(worksheet: Worksheet, claimed: Claims, given: Mapping[int, Grade]) -> Iterator[tuple[str, str]]:
    """Yield why there is no grade, and for whom."""
    nowhere = (
        "not in the worksheet by number and name (is it this assignment's, with everybody in it? A group's "
        "number is no student's: grade with --roster WORKSHEET)"
    )
    yield from ungraded(claimed, given, "two students have this row's number in Moodle", nowhere)
    taken = {_number(worksheet, place) for place in claimed.rows}
    for place, row in worksheet.rows.items():
        if not _number(worksheet, place):
            yield "the identifier of the row cannot be read", f"line {row.line}"
        elif _number(worksheet, place) not in taken:
            yield "in the worksheet, and nobody graded them", called(row, worksheet.columns)
