"""How much of everything a page shows: the most that makes a page which can be mailed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from grader.crops import Crop
from grader.datatypes import PartResult, Result

MOST_BYTES = 480_000  # of a page: some that mail it allow 500 kB
_MOST_PICTURED = 180_000  # characters of pictures of pages: those of one PDF, which are 160,000 at most
CUT_SHORT = (
    "What you handed in is too much for one page: your answers, your code and drawings are left out here."
)


@dataclass(frozen=True)
class Room:
    """What fits: characters of a text, answers of a part, pieces of code, notes, names in a row."""

    text: int
    answers: int
    pieces: int
    names: int = 10
    notes: int = 50
    first_notes: int = 5  # those that are not folded


ROOMS = (Room(20_000, 12, 400), Room(4_000, 12, 400), Room(800, 6, 100), Room(200, 2, 20, names=3, notes=5))


def rooms(result: Result) -> Iterator[Room]:
    """Yield the rooms to try, the largest first, without those that are too large by what is surely shown."""
    yield from (room for room in ROOMS[:-1] if _least(result, room) <= MOST_BYTES)
    yield ROOMS[-1]


def _least(result: Result, room: Room) -> int:
    texts = (text for part in result.parts for text in _texts(part, room))
    pictured = sum(len(crop.png) for crop in result.crops)
    return pictured + sum(len(text[: room.text].encode("utf-8", "replace")) for text in texts)


def _texts(part: PartResult, room: Room) -> Iterator[str]:
    yield from (answer.text for answer in part.answer[: room.answers])
    yield part.output


def pictured(result: Result) -> Result:
    """Return a result with no more pictures of pages than fit, and a note of how many were left out."""
    kept: list[Crop] = []
    left = _MOST_PICTURED
    for crop in result.crops:
        if len(crop.png) <= left:
            left -= len(crop.png)
            kept.append(crop)
    more = len(result.crops) - len(kept)
    what = "1 picture of a page is" if more == 1 else f"{more} pictures of pages are"
    notes = (*result.notes, f"{what} left out here.") if more else result.notes
    return replace(result, crops=tuple(kept), notes=notes)


def bare(result: Result) -> Result:
    """Return a result with its marks and reasons alone, and a note that says so."""
    parts = tuple(
        replace(
            part,
            answer=(),
            code=(),
            labels=(),
            output="",
            figures=(),
            network=None,
            drawn=None,
            checks=tuple(replace(check, traceback="", compared=None, notes=()) for check in part.checks),
        )
        for part in result.parts
    )
    return replace(result, parts=parts, code=(), crops=(), notes=(CUT_SHORT, *result.notes))
