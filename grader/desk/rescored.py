"""(a desk, a rubric item's new worth) -> the same desk with everybody scored again, and who changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader import marking
from grader.desk.desk import At, Desk, Stale, now
from grader.desk.queue import Entry
from grader.marking.folder import one_at_a_time
from grader.marking.gather import points_now
from grader.marking.given import named
from grader.marking.marks import Place
from grader.marking.rubric import with_item, without_item


@dataclass(frozen=True)
class Change:
    """An answer whose points are others now."""

    at: At
    before: float
    after: float


def set_worth(desk: Desk, part: int, entry: Entry, name: str, worth: float) -> tuple[Change, ...]:
    """Add a rubric item to an entry, or change its worth, for everybody at once; return who changes.

    Raises Stale for an item without a name, BadMarks, OSError.
    """
    name = named(name)
    if not name:
        raise Stale("A rubric item needs a name: what it is given for.")
    with desk.lock, one_at_a_time(desk.out):
        desk.look()
        before = next((item.worth for item in desk.items(entry) if item.name == name), None)
        changes = _write(desk, part, entry, marking.Item(name, worth))
        act = marking.Worth(entry.place[1], entry.place[2], name, worth, before)
        desk.do([marking.Act(now(), worth=act)])
        return changes


def take_back(desk: Desk, worth: marking.Worth) -> tuple[Change, ...]:
    """Give a rubric item the worth it had before; one that was added goes, unless somebody was given it."""
    with desk.lock, one_at_a_time(desk.out):
        desk.look()
        found = (
            (part, entry)
            for part, _, entry in desk.places.values()
            if entry.place[1:] == (worth.part, worth.item)
        )
        part, entry = next(found, (-1, None))
        if entry is None:
            return ()  # nothing of the kind waits any more
        if worth.before is not None:
            return _write(desk, part, entry, marking.Item(worth.name, worth.before))
        if not _given_to(desk, part, entry.place[2], worth.name):
            desk.rubric = without_item(desk.rubric, entry.place[1:], worth.name)
            marking.write_rubric(desk.rubric, desk.out)
        return ()


def _write(desk: Desk, part: int, entry: Entry, item: marking.Item) -> tuple[Change, ...]:
    old, new = desk.rubric, with_item(desk.rubric, entry.place[1:], item)
    changes = _changes(desk, part, entry.place[2], old, new)
    marking.write_rubric(new, desk.out)
    desk.rubric = new
    return changes


def _changes(
    desk: Desk, part: int, item: str, old: marking.Rubric, new: marking.Rubric
) -> tuple[Change, ...]:
    found = []
    for number, answered in enumerate(desk.answers(part)):
        for entry in answered.entries:
            if entry.place[2] != item:
                continue
            for stood in _all_given(desk, entry.place):
                before = points_now(stood, entry.place, old, entry.possible)
                after = points_now(stood, entry.place, new, entry.possible)
                if before != after:
                    found.append(Change(At(part, number), before, after))
    return tuple(dict.fromkeys(found))


def _given_to(desk: Desk, part: int, item: str, name: str) -> bool:
    return any(
        given.name == name
        for answered in desk.parts[part].answers
        for entry in answered.entries
        if entry.place[2] == item
        for stood in _all_given(desk, entry.place)
        for given in stood.mark.given
    )


def _all_given(desk: Desk, place: Place) -> Sequence[marking.Stood]:
    """Return what every marker gave an entry, and what stands in marks.csv by hand."""
    found = [one.marks.get(place) for one in (desk.own, *desk.others.by_name.values())]
    return [stood for stood in (*found, desk.hand.get(place)) if stood]
