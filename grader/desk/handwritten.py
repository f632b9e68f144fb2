"""marks.csv -> what people wrote into it by hand, and as an act of a marker's file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from grader import marking
from grader.desk.queue import Answered
from grader.marking.acts import history
from grader.marking.comments import cut
from grader.marking.gather import by_hand, written
from grader.marking.marks import Place


def copied(stood: marking.Stood, answered: Answered) -> marking.Act:
    """Return what was written into marks.csv as an act: what follows it is known to be newer then."""
    marks = (replace(stood.mark),)
    return marking.Act(stood.when, answered.student, answered.part.id, marks, stood.answer, who=stood.who)


def marks_in(
    sheet: marking.Sheet, books: Mapping[str, Sequence[marking.Act]], rubric: marking.Rubric
) -> dict[Place, marking.Stood]:
    """Return the marks that a person wrote into the sheet, and no marker on the page."""
    ever: dict[Place, list[marking.Stood]] = {}
    for who, acts in books.items():
        for place, stood in history(acts, who).items():
            ever.setdefault(place, []).extend(stood)
    return {
        place: written(row)
        for row in sheet.rows
        if by_hand(row, ever.get(place := marking.place(row), ()), rubric)
    }


def notes_in(sheet: marking.Sheet) -> dict[Place, str]:
    """Return comments in the sheet of entries that have no points yet."""
    rows = (row for row in sheet.rows if row.comment.strip() and not row.points.strip())
    return {marking.place(row): cut(row.comment.strip()) for row in rows}
