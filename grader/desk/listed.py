"""(a desk, a part) -> a row for each of its answers: how it begins, what it was given, what was said."""

from __future__ import annotations

from dataclasses import dataclass, replace

from grader import marking
from grader.desk.desk import At, Desk
from grader.desk.identical import by_entry, points, unlike
from grader.desk.queue import Answered

BEGINNING = 140  # characters of an answer


@dataclass(frozen=True)
class Row:
    """An answer in the list. `number` is from 0."""

    number: int
    begins: str  # '' where nothing was read in words
    given: tuple[str, ...]  # by entry; () where something of it is open
    points: str
    comments: int
    open: bool
    unlike: bool = False  # the same text has other points elsewhere


def listed(desk: Desk, part: int) -> list[Row]:
    """Return the answers of a part in its order."""
    differ = {number for group in unlike(desk, part) for number, _ in group}
    rows = (_row(desk, At(part, number), one) for number, one in enumerate(desk.answers(part)))
    return [replace(row, unlike=row.number in differ) for row in rows]


def _row(desk: Desk, at: At, answered: Answered) -> Row:
    stood = [desk.given(entry) for entry in answered.entries]
    marks: list[marking.Given] = [one.mark for one in stood if one]
    worth = points(desk, at)
    given = tuple(by_entry(desk, at).values())
    comments = sum(bool(mark.comment) for mark in marks)
    return Row(at.answer, _beginning(answered.text), given, worth, comments, desk.is_open(answered))


def _beginning(text: str) -> str:
    """Return how a text begins; a formula is whole, or left out."""
    plain = " ".join(text.split())
    if len(plain) <= BEGINNING:
        return plain
    begins = plain[:BEGINNING].rsplit(" ", 1)[0]
    return f"{begins.rsplit('$', 1)[0].rstrip() if begins.count('$') % 2 else begins} …"
