"""(a desk, an answer) -> what its page draws: texts, keys and points, nothing of whose they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from grader import marking
from grader.datatypes import CheckResult, Status
from grader.desk.desk import At, Desk
from grader.desk.identical import Same, points, same
from grader.desk.nearest import Nearest, nearest
from grader.desk.queue import Answered
from grader.marking.given import signed
from grader.marks import total, unrounded

_KINDS = {marking.WHOLE: "whole", marking.HALF: "half"}
_SAVED = 30  # comments; the first nine have a digit


@dataclass(frozen=True)
class ShownItem:
    """A level as a button. `key` toggles it, '' where none was free."""

    key: str
    name: str
    worth: float
    signed: str
    on: bool
    kind: (
        str  # "whole", "half" and "part", a part of it, take each other's place, parts add up; '' for others
    )


@dataclass(frozen=True)
class ShownEntry:
    """A criterion or a check with its levels."""

    title: str
    possible: float
    read: str
    items: tuple[ShownItem, ...]
    points: str  # '' where nothing is given yet
    comment: str
    by_hand: str  # points that somebody set in marks.csv, without items


@dataclass(frozen=True)
class Shown:
    """An answer, and all that is drawn beside it."""

    at: At
    answered: Answered
    entries: tuple[ShownEntry, ...]
    nearest: Nearest | None
    same: tuple[Same, ...]  # the same text with other points
    points: str  # in all, '' where something is open
    possible: float
    saved: tuple[str, ...]  # comments, the first said first
    seen: str
    open: bool
    elsewhere: bool  # somebody else has marked it, and that is enough
    count: int
    left: int
    pace: str
    others: tuple[CheckResult, ...]  # of the part, which the grader decided

    @property
    def none(self) -> bool:
        """Whether it is marked, and has no points for anything."""
        on = any(item.on for entry in self.entries for item in entry.items)
        return not on and all(entry.points and not entry.by_hand for entry in self.entries)


def shown(desk: Desk, at: At) -> Shown:
    """Return what is drawn of an answer. Raises IndexError where there is none."""
    answered = desk.at(at)
    left = desk.left(at.part)
    return Shown(
        at=at,
        answered=answered,
        entries=tuple(_entries(desk, answered)),
        nearest=nearest(desk, at),
        same=same(desk, at),
        points=points(desk, at),
        possible=total(entry.possible for entry in answered.entries),
        saved=saved_comments(desk, answered.part.id),
        seen=desk.seen(at),
        open=desk.is_open(answered),
        elsewhere=not desk.is_open(answered) and not all(map(desk.given, answered.entries)),
        count=len(desk.answers(at.part)),
        left=left,
        pace=desk.speed.told(at.part, left),
        others=tuple(check for check in answered.part.checks if check.status is not Status.PENDING),
    )


def saved_comments(desk: Desk, part: str) -> tuple[str, ...]:
    """Return the comments that were given in a part, by anybody, in the order in which they were first said.

    So each keeps its digit, also when it was taken back: fingers remember it.
    """
    acts = [act for acts in desk.books.values() for act in acts if act.part == part]
    said = (mark.comment for act in sorted(acts, key=lambda act: act.when) for mark in act.marks)
    return tuple(islice(dict.fromkeys(filter(None, said)), _SAVED))


def _entries(desk: Desk, answered: Answered) -> Iterator[ShownEntry]:
    keys = desk.keys(answered)
    for entry in answered.entries:
        stood = desk.given(entry)
        items = tuple(shown_items(desk.items(entry), stood, keys[entry.item]))
        by_hand = "" if stood is None or stood.mark.points is None else unrounded(stood.mark.points)
        worth = desk.points(entry)
        points_ = "" if worth is None else unrounded(worth)
        comment = stood.mark.comment if stood else desk.notes.get(entry.place, "")
        yield ShownEntry(entry.title, entry.possible, entry.read, items, points_, comment, by_hand)


def shown_items(
    items: Sequence[marking.Item], stood: marking.Stood | None, keys: Mapping[str, str]
) -> Iterator[ShownItem]:
    """Yield levels as buttons, those that were given pressed."""
    given = {item.name for item in stood.mark.given} if stood else set()
    for item in items:
        kind = _KINDS.get(item.name, "part" if item.worth > 0 else "")
        key = keys.get(item.name, "")
        yield ShownItem(key, item.name, item.worth, signed(item.worth), item.name in given, kind)
