"""a class list as CSV -> [Person]: any system's own export, or one's own table."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from pathlib import Path

from grader.classes.columns import COLUMNS
from grader.classes.fault import BadClass
from grader.classes.handed import System, Who
from grader.classes.table import Row, Table, read
from grader.classes.times import moment

_PARTICIPANT = re.compile(r"\D*?(\d+)")  # "Participant 12345": the word is localised
_LOCALISED = re.compile(r"\D{6,}\d+")  # longer than the letters before a student's number
_NEVER = frozenset({"", "-", "–", "n/a"})
_NOWHERE = timezone(timedelta(), "nowhere")  # of times of which nobody says where they are so
IDS = ("moodle", "canvas", "sis", "login", "email", "gradescope")


@dataclass(frozen=True)
class Person:
    """Somebody on the class list."""

    line: int
    who: Who
    submitted: datetime | None = None
    late_hours: float | None = None
    timed: bool = (
        False  # a time of handing in is told, though it may lack a zone: then there is no `submitted`
    )


def people(path: Path, system: System, zone: tzinfo | None) -> tuple[Person, ...]:
    """Read a class list. `system` says whose ids a column "ID" holds. Raises BadClass, by line.

    `zone` is that of times which name none; without it there is no deadline, and such times are not used.
    """
    table = read(path)
    columns = _columns(table, system)
    if "name" not in columns and "first" not in columns and not set(IDS) & columns.keys():
        raise BadClass(
            f"{path}: no column says who somebody is; there are {', '.join(table.header[:12])}. "
            "Name them student, id, email, group, submitted"
        )
    rows = [row for row in table.rows if not _is_no_person(row, columns)]
    found = tuple(_person(path, row, columns, zone) for row in rows)
    _refuse_twice(path, found)
    return found


def _columns(table: Table, system: System) -> dict[str, int]:
    columns = {key: table.column(names) for key, names in COLUMNS.items()}
    found = {key: column for key, column in columns.items() if column is not None}
    if "id" in found:
        found.setdefault(_meant_by_id(table, found, system), found.pop("id"))
    if not set(IDS) & found.keys() and _counts_participants(table):  # in a language not known here
        found |= {"moodle": 0} | ({"name": 1} if "name" not in found else {})
    return found


def _meant_by_id(table: Table, columns: Mapping[str, int], system: System) -> str:
    """Return whose id a column "ID" holds: Canvas's, a localised Moodle's, or the system's at hand."""
    if {"sis user id", "sis login id", "section"} & set(table.header):
        return "canvas"
    if any(_LOCALISED.fullmatch(row.cell(columns["id"])) for row in table.rows):
        return "moodle"
    return system.own_ids[0]


def _counts_participants(table: Table) -> bool:
    words = {re.sub(r"\d+$", "", row.cell(0)) for row in table.rows}
    return len(words) == 1 and words != {""} and all(row.cell(0)[-1:].isdigit() for row in table.rows)


def _is_no_person(row: Row, columns: Mapping[str, int]) -> bool:
    """Say whether a line is Canvas's: that of the points possible, or the test student's."""
    name = row.cell(columns.get("name"))
    return name.casefold() in {"points possible", "student, test"} or not any(
        row.cell(columns.get(key)) for key in ("name", "first", "last", *IDS)
    )


def _person(path: Path, row: Row, columns: Mapping[str, int], zone: tzinfo | None) -> Person:
    told = {key: row.cell(column) for key, column in columns.items()}
    who = {key: told[key] for key in (*IDS, "group") if told.get(key)}
    if "moodle" in who and (number := _PARTICIPANT.fullmatch(who["moodle"])):
        who["moodle"] = number[1]
    if name := _full_name(told):
        who["name"] = name
    submitted, hours = told.get("submitted", "-"), told.get("late hours", "")
    try:
        when = None if submitted.casefold() in _NEVER else moment(submitted, zone or _NOWHERE)
        left = _hours(hours) if hours else None
    except ValueError as fault:
        raise BadClass(f"{path}, line {row.line}: {fault}") from None
    known = when if when and when.tzinfo is not _NOWHERE else None
    return Person(row.line, who, known, left, timed=when is not None)


def _hours(told: str) -> float:
    hours = float(told.replace(",", "."))
    if not 0 <= hours < math.inf:
        raise ValueError(f"'{told}' late hours: write 0 or more")
    return hours


def _full_name(told: Mapping[str, str]) -> str:
    """Return a name as it is spoken: Canvas writes "Lovelace, Ada"."""
    name = told.get("name") or f"{told.get('first', '')} {told.get('last', '')}".strip()
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma and "," not in first and first else name


def _refuse_twice(path: Path, found: tuple[Person, ...]) -> None:
    """Refuse two lines with the same id: neither could be told from the other. Raises BadClass."""
    seen: dict[tuple[str, str], int] = {}
    for person in found:
        for key in IDS:
            if key != "gradescope" and (own := person.who.get(key)):
                first = seen.setdefault((key, own.casefold()), person.line)
                if first != person.line:
                    raise BadClass(f"{path}, line {person.line}: {own} stands in line {first} already")
