"""(a desk, an answer) -> the answers of its part that say the very same, and what those were given."""

from __future__ import annotations

from dataclasses import dataclass

from grader.desk.desk import At, Desk
from grader.marks import total, unrounded


@dataclass(frozen=True)
class Same:
    """An answer with the same text and other points. `number` is from 1, as it is shown."""

    number: int
    points: str


def same(desk: Desk, at: At) -> tuple[Same, ...]:
    """Return what the same text was given, where that is not alike: one answer for each number of points."""
    own = points(desk, at)
    told: dict[str, Same] = {}
    for number in desk.identical(at.part).get(desk.at(at).says, ()):
        given = points(desk, At(at.part, number)) if number != at.answer else ""
        if given and given != own:
            told.setdefault(given, Same(number + 1, given))
    return tuple(told.values()) if own or len(told) > 1 else ()


def unlike(desk: Desk, part: int) -> list[list[tuple[int, str]]]:
    """Return answers of a part that have the same text and different points, by text; numbers from 0."""
    groups = (
        [(number, given) for number in numbers if (given := points(desk, At(part, number)))]
        for numbers in desk.identical(part).values()
    )
    return [group for group in groups if len({given for _, given in group}) > 1]


def points(desk: Desk, at: At) -> str:
    """Return what this marker gave an answer in all, '' where something of it is open."""
    answered = desk.at(at)
    given = [desk.points(entry) for entry in answered.entries]
    known = [one for one in given if one is not None]
    return unrounded(total(known)) if len(known) == len(given) else ""
