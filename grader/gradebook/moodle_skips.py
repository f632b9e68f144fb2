"""a filled worksheet -> what Moodle's importer will do with it, said before it does.

The rules are those of mod/assign/feedback/offline/locallib.php, process_import_grades.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from grader.gradebook.moodle_columns import Columns, cell, participant
from grader.gradebook.numerals import number
from grader.gradebook.outcome import by_reason, counted
from grader.gradebook.sheet import Row, Sheet

TICK = '"Allow updating records that have been modified more recently in Moodle than in the spreadsheet"'
_NO = frozenset({"no", "nein", "non", "não", "nee"})
_ENGLISH = frozenset(
    {
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "am", "pm"),
        *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
        *("november", "december"),
    }
)


def will_skip(
    rows: Mapping[int, Row], found: Columns, texts: Mapping[int, str], maximum: Fraction
) -> Iterator[str]:
    """Say which of the grades that were filled in Moodle passes over, and why."""
    pairs = [
        (why, called(rows[place], found))
        for place, text in texts.items()
        if (why := _why(rows[place], found, number(text) or Fraction(0), maximum))
    ]
    for why, who in by_reason(pairs).items():
        yield f"Moodle will skip {counted(len(who), 'grade')}, {why}: {', '.join(who)}"
    replaced = [place for place in texts if number(cell(rows[place], found.grade)) is not None]
    if replaced:
        yield (
            f"{counted(len(replaced), 'row')} had a grade already, which is replaced, unless it was changed "
            f"in Moodle after this worksheet was downloaded: tick {TICK} to replace it even then"
        )


def refused(sheet: Sheet, found: Columns) -> Iterator[str]:
    """Say why Moodle may refuse the whole file."""
    width = len(sheet.rows[0].raw)
    uneven = [str(row.line) for row in sheet.rows if row.raw != ("",) and len(row.raw) != width]
    if uneven:
        yield f"Moodle refuses the file: more or fewer cells than the header in line {', '.join(uneven)}"
    if found.modified is None and found.changeable is not None:
        yield 'Moodle refuses the file: the column "Last modified (grade)" is gone'
    if sheet.delimiter != ",":
        yield "Choose the separator when you upload the file: a Moodle that does not ask reads commas alone"
    if sheet.encoding != "utf-8":
        code = sheet.encoding.upper()
        yield f"Choose the encoding {code} when you upload it: a Moodle that does not ask reads UTF-8 alone"


def called(row: Row, found: Columns) -> str:
    """Return what staff know a row by: Ada Lovelace (12345)."""
    identifier = cell(row, found.identifier).strip()
    name = cell(row, found.identifier + 1).strip() if found.grade > found.identifier + 2 else ""
    return f"{name} ({participant(identifier)})" if name else identifier


def _why(row: Row, found: Columns, grade: Fraction, maximum: Fraction) -> str:
    if cell(row, found.changeable).strip().casefold() in _NO:
        return "locked in Moodle's gradebook"
    if grade < 0:
        return "below 0"
    if grade > maximum:
        return "above the maximum"
    if number(cell(row, found.grade)) == grade:
        return "there already"
    if not _readable(cell(row, found.modified)):
        return f"it reads the date in the row in English only, unless you tick {TICK}"
    return ""


def _readable(date: str) -> bool:
    """Return whether PHP's strtotime reads a date; '-' is nobody graded it yet, and is fine."""
    return set(re.findall(r"[^\W\d_]+", date.casefold())) <= _ENGLISH
