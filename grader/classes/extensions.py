"""extensions.csv (student, until) -> until when each may hand in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from grader.classes.fault import BadClass
from grader.classes.matching import ClassList
from grader.classes.table import Row, read
from grader.classes.times import moment
from grader.deadlines import Deadline, later

NAME = "extensions.csv"
_STUDENT = frozenset({"student", "id", "email", "name"})
_UNTIL = frozenset({"until", "due", "extended until", "deadline"})


def extensions(path: Path, class_: ClassList, deadline: Deadline | None) -> dict[int, datetime]:
    """Read the extensions: line of the person on the list -> until when. Raises BadClass, all lines at once.

    A student is told by an id, an email address, or a whole name that nobody shares. A date alone is all of
    that day.
    """
    if deadline is None:
        raise BadClass(f"{path}: extensions of what? assignment.toml has no [deadline]")
    table = read(path)
    student, until = table.column(_STUDENT), table.column(_UNTIL)
    if student is None or until is None:
        raise BadClass(
            f"{path}, line 1: the columns are student, until; here they are {', '.join(table.header)}"
        )
    found: dict[int, datetime] = {}
    faults = []
    for row in table.rows:
        try:
            whose = _whose(row.cell(student), class_)
            if whose in found:
                raise ValueError(f"{row.cell(student)} has an extension already, in a line above")  # noqa: TRY301
            found[whose] = _until(row, until, deadline)
        except ValueError as fault:
            faults.append(f"{path}, line {row.line}: {fault}")
    if faults:
        raise BadClass("\n".join(faults))
    return found


def _whose(told: str, class_: ClassList) -> int:
    people = class_.told(told)
    if not people:
        unknown = "@" in told and not any(person.who.get("email") for person in class_.people)
        roster = " (no address is known of anybody: a --roster holds addresses)" if unknown else ""
        raise ValueError(
            f"nobody in this class is '{told}': write an id, an email address or a whole name{roster}"
        )
    if len(people) > 1:
        raise ValueError(f"{len(people)} people in this class are '{told}': write an id or an email address")
    return people[0].line


def _until(row: Row, column: int, deadline: Deadline) -> datetime:
    when = moment(row.cell(column), deadline.zone, whole_day=True)
    if when.tzinfo is deadline.zone:
        when = later(when.replace(tzinfo=None), deadline.zone)
    if when.astimezone(UTC) < deadline.due.astimezone(UTC):
        raise ValueError(f"{row.cell(column)} is before the deadline itself, {deadline.due:%Y-%m-%d %H:%M}")
    return when
