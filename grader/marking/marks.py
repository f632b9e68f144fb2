"""Sheet -> what people gave, and what cannot be meant, by line."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from grader.datatypes import CheckResult, PartResult, Result, RubricResult
from grader.marking.comments import cut
from grader.marking.given import (
    NO_RUBRIC,
    SHARES,
    WHOLE,
    Item,
    Rubric,
    given_in,
    in_file,
    points_of,
    ready_made,
)
from grader.marking.records import NOBODY, Complaint
from grader.marking.sheet import Row, Sheet, key, meant, text_of
from grader.marks import total, unrounded

_NUMBER = re.compile(r"-?(\d{1,9}([.,]\d{0,9})?|[.,]\d{1,9})")


@dataclass(frozen=True)
class Mark:
    """Points that a person gave for a check or a criterion, with what they say to the student."""

    part: str
    item: str  # as `sheet.key` writes it
    points: float
    comment: str = ""
    who: str = ""
    when: str = ""
    line: int = 0
    given: tuple[str, ...] = ()  # names of levels, but for the whole of it
    share: float = 0.0  # of what is possible: in these points by “in full” and “half”, which follow it
    follows: float | None = None  # what other items come to beside that; None: the points were set by hand

    def out_of(self, possible: float) -> float:
        """Return the points, out of what is possible now: those that come of levels follow that."""
        if self.follows is None:
            return self.points
        return min(max(total((self.share * possible, self.follows)), 0.0), possible)


Marks = Mapping[str, tuple[Mark, ...]]  # student, as `sheet.key` writes it -> their marks
Place = tuple[str, str, str]  # student, part, item
Known = Mapping[str, Mapping[str, Mapping[str, float]]]  # student -> part -> item -> possible points


def place(row: Row) -> Place:
    """Return what a row is about."""
    return (text_of(row.student), text_of(row.part), text_of(row.item))


def of(sheet: Sheet, rubric: Rubric = NO_RUBRIC) -> tuple[Marks, tuple[Complaint, ...]]:
    """Return the marks of a sheet, without those that something is wrong with, and what that is.

    A row without points is not a mark yet, whatever else it says. What the rubric's file says of “in full”
    and “half” holds whatever is possible.
    """
    lines = _lines(sheet.rows)
    found: dict[str, list[Mark]] = defaultdict(list)
    complaints = []
    for row in sheet.rows:
        told = _wrong(row, lines[place(row)][0])
        if told:
            complaints.append(told)
        elif row.points.strip() and len(lines[place(row)]) == 1:
            found[place(row)[0]].append(_mark(row, rubric))
    return {student: tuple(marks) for student, marks in found.items()}, tuple(complaints)


def _lines(rows: Sequence[Row]) -> Mapping[Place, list[int]]:
    lines: dict[Place, list[int]] = defaultdict(list)
    for row in rows:
        lines[place(row)].append(row.line)
    return lines


def _wrong(row: Row, first: int) -> Complaint | None:
    """Return what is wrong with a row by itself; `first` is the first line with this place."""
    for column, text in zip(("student", "part", "item"), place(row), strict=True):
        if not text:
            return Complaint(row.line, column, "empty: a mark names its student, its part and its item")
    if row.line != first:
        return Complaint(
            row.line, "", f"the same student, part and item as line {first}: keep one of the two"
        )
    if not row.points.strip():
        return None
    if not _NUMBER.fullmatch(text_of(row.points)):
        told = f"“{row.points}” is not a number: write it like 2 or 2.5, and nothing for no mark yet"
        return Complaint(row.line, "points", told)
    if _number(row) < 0:
        return Complaint(row.line, "points", f"{row.points} is below 0: give 0 or more")
    return None


def _number(row: Row) -> float:
    return float(text_of(row.points).replace(",", "."))


def _mark(row: Row, rubric: Rubric) -> Mark:
    _, part, item = place(row)
    comment = cut(row.comment.strip())
    points = _number(row)
    mark = Mark(part, item, points, comment, row.who.strip(), row.when.strip(), row.line, _given(row, points))
    items, possible = given_in(row.given), possible_in(row)
    if not items or unrounded(points_of(items, possible)) != unrounded(points):
        return mark
    shares = [
        SHARES[one.name] if _ready_made(one, possible) and not in_file(rubric, part, item, one.name) else 0.0
        for one in items
    ]
    fixed = (one.worth for one, share in zip(items, shares, strict=True) if not share)
    return replace(mark, share=total(shares), follows=total(fixed))


def _ready_made(item: Item, possible: float) -> bool:
    """Return whether an item is worth its share of what was possible, as far as the row says what was."""
    return item.name in SHARES and ready_made(item.name, possible) in {None, item.worth}


def possible_in(row: Row) -> float:
    """Return the most that a row says can be given; no bound where it does not say."""
    try:
        return float(text_of(row.possible).replace(",", "."))
    except ValueError:
        return math.inf


def _given(row: Row, points: float) -> tuple[str, ...]:
    """Return the names of the items that say why; none where the points were set by hand after them."""
    items = given_in(row.given)
    if unrounded(points_of(items, math.inf)) != unrounded(points):
        return ()
    return tuple(item.name for item in items if item.name != WHOLE)


def answers(sheet: Sheet, without: Collection[int] = ()) -> tuple[int, int]:
    """Return how many answers of a sheet are marked, and how many wait; lines `without` are passed over."""
    waits = _waits(sheet, without)
    waiting = sum(waits.values())
    return len(waits) - waiting, waiting


def waiting_by_part(sheet: Sheet, without: Collection[int] = ()) -> Mapping[str, int]:
    """Return how many answers wait in each part that has any, in the sheet's order."""
    return Counter(part for (_, part), waits in _waits(sheet, without).items() if waits)


def _waits(sheet: Sheet, without: Collection[int]) -> Mapping[tuple[str, str], bool]:
    """Return of each answer, a student's to a part, whether it waits: as long as one row of it does."""
    waits: dict[tuple[str, str], bool] = {}
    for row in sheet.rows:
        if row.line in without:
            continue
        student, part, _ = place(row)
        waits[student, part] = waits.get((student, part), False) or not row.points.strip()
    return waits


# ---- against what was graded -----------------------------------------------------------------


def items(part: PartResult) -> tuple[CheckResult | RubricResult, ...]:
    """Return all that can be marked in a part."""
    return (*part.checks, *part.rubric)


def name_of(entry: CheckResult | RubricResult) -> str:
    """Return what `item` calls a check or a criterion."""
    return key(entry.name if isinstance(entry, CheckResult) else entry.criterion)


def known(results: Sequence[Result]) -> Known:
    """Return what can be marked in a class."""
    return {
        key(result.student): {
            key(part.id): {name_of(entry): entry.possible for entry in items(part)} for part in result.parts
        }
        for result in results
    }


def against(
    sheet: Sheet, results: Sequence[Result], rubric: Rubric = NO_RUBRIC
) -> tuple[list[Complaint], list[Complaint]]:
    """Say which marks are above what is possible, and which rows name what is not there."""
    class_ = known(results)
    marks, _ = of(sheet, rubric)
    above = [
        told
        for student, its in marks.items()
        for mark in its
        if (told := _above(mark, class_.get(student, {})))
    ]
    unknown = [told for row in sheet.rows if (told := _unknown(row, class_))]
    return above, unknown


def _above(mark: Mark, parts: Mapping[str, Mapping[str, float]]) -> Complaint | None:
    possible = parts.get(mark.part, {}).get(mark.item)
    if possible is None or mark.out_of(possible) <= possible:
        return None
    most = unrounded(possible)
    told = f"{unrounded(mark.points)} is more than the {most} possible: give 0 to {most}"
    return Complaint(mark.line, "points", told)


def _unknown(row: Row, class_: Known) -> Complaint | None:
    """Return which name of a row is not there, and the nearest that is."""
    student, part, item = place(row)
    if student not in class_:
        return Complaint(
            row.line, "student", f"no result of “{student}”{meant(student, [*class_]) or NOBODY}"
        )
    if part not in class_[student]:
        parts = class_[student]
        near = meant(part, [*parts]) if part.casefold() in map(str.casefold, parts) else ""
        near = near or f"; there are {', '.join(parts)}"
        return Complaint(row.line, "part", f"no part “{part}” in {student}'s result{near}")
    if item not in class_[student][part]:
        there = class_[student][part]
        near = meant(item, [*there]) or f"; there are {', '.join(f'“{name}”' for name in there)}"
        return Complaint(row.line, "item", f"part {part} has no check or criterion “{item}”{near}")
    return None
