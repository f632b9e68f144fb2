"""[Result] -> a row for all that waits for a person, by part, similar answers next to each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from grader.datatypes import CheckResult, PartResult, Result, RubricResult, Status
from grader.marking.marks import items, place
from grader.marking.order import similar_adjacent
from grader.marking.records import Complaint
from grader.marking.sheet import Row, Sheet, text_cell, text_of
from grader.marks import unrounded

WIDTH = 200  # characters of an answer that are shown
SAME = 90  # percent of the characters: a spreadsheet may have changed some
Answered = tuple[Result, PartResult]  # what came of a student's work, and of one part of it


def waiting(results: Sequence[Result], *, ordered: bool = True) -> tuple[Row, ...]:
    """Return a row for each check and criterion that the grader left to a person, marked or not.

    By part, then by answer, then in the assignment's order. What broke (ERROR) has none: it is graded again.
    Unordered, answers come as the results do, which saves the comparing.
    """
    parts = dict.fromkeys(part.id for result in results for part in result.parts)
    return tuple(row for part in parts for row in _rows_of_part(part, results, ordered=ordered))


def open_or_marked(results: Sequence[Result]) -> Iterator[Row]:
    """Yield a row for each check and criterion that was left to a person, or that a person marked."""
    for result in results:
        for part in result.parts:
            for entry in items(part):
                if entry.marked or _waits(entry):
                    yield row_of(result, part, entry)


def merged(sheet: Sheet, results: Sequence[Result]) -> Sheet:
    """Return the sheet with a row for all that waits; rows that people wrote in stay as they are.

    Rows that people wrote and nothing waits for stand at the end, in their order. A sheet that holds just
    these rows in an order of somebody's own is returned as it is.
    """
    unordered = _full(sheet, waiting(results, ordered=False))
    if Counter(unordered) == Counter(sheet.rows):
        return sheet
    return replace(sheet, rows=_full(sheet, waiting(results)))


def _full(sheet: Sheet, rows: Sequence[Row]) -> tuple[Row, ...]:
    own = {place(row): row for row in sheet.rows if row.by_a_person}
    wanted = [own.get(place(row), row) for row in rows]
    places = {place(row) for row in rows}
    others = [row for row in sheet.rows if row.by_a_person and place(row) not in places]
    return (*wanted, *others)


def outdated(sheet: Sheet, rows: Sequence[Row]) -> list[Complaint]:
    """Say which marks were given to an answer that has changed since, by its beginning."""
    now = {place(row): row.answer for row in rows}
    told = "the answer is another than the one that was marked: look again, then empty this cell"
    return [
        Complaint(row.line, "answer", told)
        for row in sheet.rows
        if row.points.strip() and row.answer.strip() and place(row) in now
        if fuzz.ratio(text_of(row.answer), text_of(now[place(row)])) < SAME
    ]


def text_of_answer(part: PartResult) -> str:
    """Return what a student wrote for a part, in words if there are any."""
    told = [answer.text for answer in part.answer if answer.text.strip()]
    return "\n".join(told or part.code or [part.output])


def _rows_of_part(id_: str, results: Iterable[Result], *, ordered: bool) -> list[Row]:
    answered = [
        (result, part)
        for result in results
        for part in result.parts
        if part.id == id_ and any(map(_waits, items(part)))
    ]
    if ordered:
        order = similar_adjacent([text_of_answer(part) for _, part in answered])
        answered = [answered[number] for number in order]
    return [row for one in answered for row in _rows(one)]


def _rows(answered: Answered) -> list[Row]:
    result, part = answered
    return [row_of(result, part, entry) for entry in items(part) if _waits(entry)]


def row_of(result: Result, part: PartResult, entry: CheckResult | RubricResult) -> Row:
    """Return the row of a check or a criterion as the grader writes it."""
    return Row(
        student=text_cell(result.student),
        part=text_cell(part.id),
        item=text_cell(entry.name if isinstance(entry, CheckResult) else entry.criterion),
        possible=unrounded(entry.possible),
        answer=text_cell(_beginning(_shown(result, part))),
        read=text_cell(_beginning(_read(part, entry))),
    )


def _waits(entry: CheckResult | RubricResult) -> bool:
    """Return whether the grader left it to a person."""
    return (entry.marked.status if entry.marked else entry.status) is Status.PENDING


def _shown(result: Result, part: PartResult) -> str:
    text = text_of_answer(part)
    if text.strip():
        return text
    if part.figures:
        return "(pictures alone: see the student's files)"
    return f"(nothing was read: open {', '.join(result.unread)})" if result.unread else text


def _read(part: PartResult, entry: CheckResult | RubricResult) -> str:
    """Return what the grader read, and why that was not enough."""
    if isinstance(entry, CheckResult):
        return "; ".join(text for text in (entry.actual, entry.message) if text)
    return "; ".join(dict.fromkeys(answer.read_as for answer in part.answer if answer.read_as))


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= WIDTH else f"{line[:WIDTH]} …"
