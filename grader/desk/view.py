"""(a desk, an answer) -> what its page draws: texts, keys and points, nothing of whose they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader import marking
from grader.datatypes import CheckResult, Status
from grader.desk.desk import At, Desk
from grader.desk.queue import Answered, Entry
from grader.marking.gather import points_now
from grader.marking.given import signed
from grader.marks import unrounded

ALIKE = 80  # percent of the words: from there on two answers are called alike
_SAVED = 9  # comments that a key gives


@dataclass(frozen=True)
class ShownItem:
    """A rubric item as a button. `key` is the digit that toggles it, '' where none was free."""

    key: str
    name: str
    worth: float
    signed: str
    on: bool


@dataclass(frozen=True)
class ShownEntry:
    """A criterion or a check with its rubric items."""

    title: str
    possible: float
    read: str
    items: tuple[ShownItem, ...]
    points: str  # '' where nothing is given yet
    comment: str
    by_hand: str  # points that somebody set in marks.csv, without items


@dataclass(frozen=True)
class Nearest:
    """The answer before this one in the order, where it says nearly the same."""

    number: int
    percent: int
    points: str  # '' where it is not marked
    given: tuple[tuple[str, ...], ...]  # the names of items, by entry


@dataclass(frozen=True)
class Shown:
    """An answer, and all that is drawn beside it."""

    at: At
    answered: Answered
    entries: tuple[ShownEntry, ...]
    nearest: Nearest | None
    saved: tuple[str, ...]  # comments, the most used first
    seen: str
    open: bool
    elsewhere: bool  # somebody else has marked it, and that is enough
    count: int
    left: int
    pace: str
    others: tuple[CheckResult, ...]  # of the part, which the grader decided

    @property
    def plain(self) -> bool:
        """Whether nobody has added a rubric item yet: how that is done is said then."""
        return all(len(entry.items) == 1 for entry in self.entries)

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
        nearest=_nearest(desk, at, answered),
        saved=saved_comments(desk, answered.part.id),
        seen=desk.seen(at),
        open=desk.is_open(answered),
        elsewhere=not desk.is_open(answered) and not all(map(desk.given, answered.entries)),
        count=len(desk.answers(at.part)),
        left=left,
        pace=desk.speed.told(left),
        others=tuple(check for check in answered.part.checks if check.status is not Status.PENDING),
    )


def saved_comments(desk: Desk, part: str) -> tuple[str, ...]:
    """Return the comments that were given in a part until now, by anybody."""
    told = Counter(
        mark.comment
        for acts in desk.books.values()
        for act in acts
        if act.part == part
        for mark in act.marks
        if mark.comment
    )
    return tuple(comment for comment, _ in told.most_common(_SAVED))


def _entries(desk: Desk, answered: Answered) -> Iterator[ShownEntry]:
    keys = desk.keys(answered)
    for entry in answered.entries:
        stood = desk.given(entry)
        items = tuple(shown_items(desk.items(entry), stood, keys[entry.item]))
        by_hand = "" if stood is None or stood.mark.points is None else unrounded(stood.mark.points)
        points = unrounded(_points(desk, entry, stood)) if stood else ""
        comment = stood.mark.comment if stood else desk.notes.get(entry.place, "")
        yield ShownEntry(entry.title, entry.possible, entry.read, items, points, comment, by_hand)


def shown_items(
    items: Sequence[marking.Item], stood: marking.Stood | None, keys: Mapping[str, str]
) -> Iterator[ShownItem]:
    """Yield rubric items as buttons, those that were given pressed."""
    given = {item.name for item in stood.mark.given} if stood else set()
    for item in items:
        yield ShownItem(
            keys.get(item.name, ""), item.name, item.worth, signed(item.worth), item.name in given
        )


def _points(desk: Desk, entry: Entry, stood: marking.Stood) -> float:
    return points_now(stood, entry.place, desk.rubric, entry.possible)


def _nearest(desk: Desk, at: At, answered: Answered) -> Nearest | None:
    if at.answer == 0:
        return None
    before = desk.at(At(at.part, at.answer - 1))
    percent = int(marking.alike(before.text, answered.text)) if answered.text.strip() else 0
    if percent < ALIKE or [one.item for one in before.entries] != [one.item for one in answered.entries]:
        return None
    stood = [desk.given(entry) for entry in before.entries]
    marks = [one for one in stood if one]
    if len(marks) < len(stood):
        return Nearest(at.answer, percent, "", ())
    points = sum(_points(desk, entry, one) for entry, one in zip(before.entries, marks, strict=True))
    given = tuple(tuple(item.name for item in one.mark.given) for one in marks)
    return Nearest(at.answer, percent, unrounded(points), given)
