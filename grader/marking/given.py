"""what a person gave an entry: levels with their worth <-> the cell that names them, and its points."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from grader.marking.sheet import key, text_cell, text_of
from grader.marks import total, unrounded
from grader.status import HALF

WHOLE = "in full"  # what every entry has without anybody's adding it: all of its points
SHARES = {WHOLE: 1.0, HALF: 0.5}  # of what is possible; half as long as nothing else is worth that
LONGEST = 200  # characters of a name
_PIECE = re.compile(r"(.{1,200}) ([+-]\d{1,9}(?:\.\d{1,9})?)")


@dataclass(frozen=True)
class Item:
    """A level: what a person gives an entry or does not, and why, and its worth in points, below 0 too."""

    name: str
    worth: float
    was: tuple[str, ...] = field(default=(), compare=False)  # what it was called: marks know it by that too


Entry = tuple[str, str]  # part, item, as `sheet.key` writes them
Rubric = Mapping[Entry, tuple[Item, ...]]  # the items of each entry that rubric.csv names
NO_RUBRIC: Rubric = MappingProxyType({})


def in_file(rubric: Rubric, part: str, item: str, name: str) -> Item | None:
    """Return the item that rubric.csv has under a name, or had; None where it has none."""
    own = rubric.get((key(part), key(item)), ())
    now = (one for one in own if one.name == name)
    then = (one for one in own if name in one.was)
    return next(now, None) or next(then, None)


def ready_made(name: str, possible: float) -> float | None:
    """Return what an item that nobody has to add is worth, a share of what is possible; None for others."""
    return SHARES[name] * possible if name in SHARES and math.isfinite(possible) else None


@lru_cache(maxsize=1 << 14)  # a class has the same few items a thousand times
def points_of(given: tuple[Item, ...], possible: float) -> float:
    """Return what the items given come to: never below 0, never above what is possible."""
    return min(max(total(item.worth for item in given), 0.0), possible)


def given_cell(given: Iterable[Item]) -> str:
    """Write items as they stand in marks.csv: "half of it +1; sign −0.5"."""
    return text_cell("; ".join(f"{item.name} {signed(item.worth)}" for item in given))


@lru_cache(maxsize=1 << 14)
def given_in(cell: str) -> tuple[Item, ...]:
    """Return the items that a cell names; pieces that are none are passed over."""
    found = (_PIECE.fullmatch(piece.strip()) for piece in text_of(cell).split(";"))
    return tuple(Item(one[1], float(one[2])) for one in found if one)


def signed(worth: float) -> str:
    """Write a worth with its sign: +2, -0.5."""
    return f"{'-' if worth < 0 else '+'}{unrounded(abs(worth))}"


def named(text: str) -> str:
    """Return a name that a cell can hold: one line, no semicolon, no worth at its end."""
    line = " ".join(text.replace(";", ",").split())[:LONGEST].strip()
    return f"{line}." if re.search(r" [+-]\d+(\.\d+)?$", line) else line


def names(given: Sequence[Item]) -> tuple[str, ...]:
    """Return the names of items, in no order that means anything."""
    return tuple(sorted(item.name for item in given))
