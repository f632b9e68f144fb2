"""(a desk, an answer) -> the answers of its part that say the very same, and what those were given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from grader.desk.desk import At, Desk
from grader.marks import total, unrounded

Points = Mapping[tuple[str, str], str]  # what is marked -> points
_Way = tuple[tuple[tuple[str, str], str], ...]  # the same, to be compared


@dataclass(frozen=True)
class Same:
    """An answer with the same text that was given otherwise. `number` is from 1, as it is shown."""

    number: int
    points: str


def same(desk: Desk, at: At) -> tuple[Same, ...]:
    """Return what the same text was given, where that is not alike: one answer for each way."""
    own, ways = by_entry(desk, at), _ways(desk, twins(desk, at))
    rivals = [own] if own else [dict(way) for way in ways]
    unlike = (answers[0] for way, answers in ways.items() if _is_unlike(dict(way), rivals))
    told = {spelled(desk, other): Same(other.answer + 1, spelled(desk, other)) for other in unlike}
    return tuple(told.values())


def twins(desk: Desk, at: At) -> list[At]:
    """Return the other answers of a part that say the very same, whatever they are marked for."""
    numbers = desk.identical(at.part).get(desk.at(at).seen, ())
    return [At(at.part, number) for number in numbers if number != at.answer]


def unlike(desk: Desk, part: int) -> list[list[tuple[int, str]]]:
    """Return answers of a part that have the same text and were given otherwise, by text; numbers from 0."""
    return [group for numbers in desk.identical(part).values() if (group := _group(desk, part, numbers))]


def _group(desk: Desk, part: int, numbers: Iterable[int]) -> list[tuple[int, str]]:
    ways = _ways(desk, (At(part, number) for number in numbers))
    rivals = [dict(way) for way in ways]
    odd = (at for way, answers in ways.items() if _is_unlike(dict(way), rivals) for at in answers)
    return sorted((at.answer, spelled(desk, at)) for at in odd)


def _ways(desk: Desk, answers: Iterable[At]) -> Mapping[_Way, list[At]]:
    """Return the answers by what they were given: few ways, however many answers; without those open."""
    found: dict[_Way, list[At]] = {}
    for at in answers:
        if given := by_entry(desk, at):
            found.setdefault(tuple(given.items()), []).append(at)
    return found


def _is_unlike(given: Points, others: Iterable[Points]) -> bool:
    """Return whether one of the others was given something else for what both are marked for."""
    return any(given[one] != other[one] for other in others for one in given if one in other)


def by_entry(desk: Desk, at: At) -> Points:
    """Return what this marker gave an answer for each of its entries; {} where something of it is open."""
    entries = desk.at(at).entries
    given = [desk.points(entry) for entry in entries]
    if any(one is None for one in given):
        return {}
    return {entry.asked: unrounded(one or 0.0) for entry, one in zip(entries, given, strict=True)}


def spelled(desk: Desk, at: At) -> str:
    """Return the same in one line, `2 + 0`; '' where something is open."""
    return " + ".join(by_entry(desk, at).values())


def points(desk: Desk, at: At) -> str:
    """Return what this marker gave an answer in all, '' where something of it is open."""
    return unrounded(total(map(float, given))) if (given := by_entry(desk, at).values()) else ""
