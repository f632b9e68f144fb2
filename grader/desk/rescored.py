"""(a desk, a level as it is to be) -> the same desk with everybody scored again, and who changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader import marking
from grader.desk.desk import At, Desk, Stale, now
from grader.desk.queue import Entry
from grader.marking.folder import one_at_a_time
from grader.marking.gather import called_now, points_now
from grader.marking.given import named
from grader.marking.marks import Place
from grader.marking.rubric import with_item, with_name, without_item

FEW = 3  # answers that are named


@dataclass(frozen=True)
class Change:
    """An answer whose points are others now."""

    at: At
    before: float
    after: float
    criterion: str  # whose points these are


@dataclass(frozen=True)
class Wish:
    """A level as a window wants it."""

    name: str
    worth: float | None  # None: taken out
    called: str = ""  # from now on; '' as before


def done(desk: Desk, part: int, entry: Entry, wish: Wish) -> tuple[str, tuple[Change, ...]]:
    """Do what a window wants of a level; say what that was, and return who changes.

    Raises Stale where it cannot be, BadMarks, OSError.
    """
    name = named(wish.name)
    if wish.worth is None:
        remove(desk, part, entry, name)
        return f"Level “{name}” is gone.", ()
    told = []
    if wish.called and named(wish.called) != name:
        before, name = name, rename(desk, entry, name, wish.called)
        told.append(f"“{before}” is called “{name}” now.")
    if wish.worth == next((item.worth for item in desk.items(entry) if item.name == name), None):
        return " ".join(told) or f"“{name}” is worth {wish.worth:g} as before.", ()
    changes = set_worth(desk, part, entry, name, wish.worth)
    return " ".join([*told, f"“{name}” is worth {wish.worth:g} now."]), changes


def set_worth(desk: Desk, part: int, entry: Entry, name: str, worth: float) -> tuple[Change, ...]:
    """Add a level to an entry, or change its worth, for everybody at once; return who changes.

    Raises Stale for an item without a name, BadMarks, OSError.
    """
    name = _new(name)
    with desk.lock, one_at_a_time(desk.out):
        desk.look()
        before = next((item.worth for item in desk.items(entry) if item.name == name), None)
        if before is None:
            _refuse_former(desk, entry, name)
        changes = _write(desk, part, entry, marking.Item(name, worth))
        act = marking.Worth(entry.place[1], entry.place[2], name, worth, before)
        desk.do([marking.Act(now(), worth=act)])
        return changes


def rename(desk: Desk, entry: Entry, name: str, new: str) -> str:
    """Call a level otherwise, for all who were given it too; return its new name.

    Raises Stale where that cannot be, BadMarks, OSError.
    """
    new = _new(new)
    with desk.lock, one_at_a_time(desk.out):
        desk.look()
        item = _own(desk, entry, name)
        if any(one.name == new for one in desk.items(entry)):
            raise Stale(f"“{new}” is a level of this criterion already: give it another name.")
        _refuse_former(desk, entry, new, besides=name)
        _call(desk, entry, item, new)
        act = marking.Renamed(entry.place[1], entry.place[2], name, new)
        desk.do([marking.Act(now(), renamed=act)])
        return new


def remove(desk: Desk, part: int, entry: Entry, name: str) -> None:
    """Take out a level that nobody was given. Raises Stale where somebody was, BadMarks, OSError."""
    with desk.lock, one_at_a_time(desk.out):
        desk.look()
        item = _own(desk, entry, name)
        if name == marking.HALF:
            raise Stale(f"“{name}” is there for every criterion: rename it, or change what it is worth.")
        if has := _given_to(desk, part, entry.place[2], name):
            raise Stale(f"“{name}” was given to {_answers(has)}: take it from there first, or rename it.")
        _without(desk, entry, name)
        act = marking.Worth(entry.place[1], entry.place[2], name, None, item.worth)
        desk.do([marking.Act(now(), worth=act)])


def take_back(desk: Desk, act: marking.Act) -> tuple[str, tuple[Change, ...]]:
    """Undo what an act did to a level; say what that was, and return who changes.

    An item that was added goes, unless somebody was given it. Raises BadMarks, OSError.
    """
    about = act.worth or act.renamed
    with desk.lock, one_at_a_time(desk.out):
        desk.look()
        found = (
            (part, entry)
            for part, _, entry in desk.places.values()
            if about and entry.place[1:] == (about.part, about.item)
        )
        part, entry = next(found, (-1, None))
        if entry is None:
            return "Taken back: a level of what waits no more.", ()
        if act.renamed:
            _call(desk, entry, marking.Item(act.renamed.name, 0.0), act.renamed.before)
            told = _level_of(entry, act.renamed.name)
            return f"{told} taken back: it is “{act.renamed.before}” again.", ()
        return _worth_back(desk, part, entry, act.worth) if act.worth else ("", ())


def _level_of(entry: Entry, name: str) -> str:
    """Name a level with its part: that may be another than the window shows."""
    return f"{entry.place[1]}: level “{name}”"


def _worth_back(desk: Desk, part: int, entry: Entry, worth: marking.Worth) -> tuple[str, tuple[Change, ...]]:
    told = f"{_level_of(entry, worth.name)} taken back"
    if worth.before is not None:
        changes = _write(desk, part, entry, marking.Item(worth.name, worth.before))
        return (
            f"{told}: it is worth {worth.before:g} again.",
            changes,
        )
    if has := _given_to(desk, part, entry.place[2], worth.name):
        return f"{told}, but {_answers(has)} {'has' if len(has) == 1 else 'have'} it: it stays.", ()
    _without(desk, entry, worth.name)
    return f"{told}: it is gone.", ()


# ---- the rubric, written --------------------------------------------------------------------


def _write(desk: Desk, part: int, entry: Entry, item: marking.Item) -> tuple[Change, ...]:
    old, new = desk.rubric, with_item(desk.rubric, entry.place[1:], item)
    changes = _changes(desk, part, entry.place[2], old, new)
    _keep(desk, new)
    return changes


def _call(desk: Desk, entry: Entry, item: marking.Item, name: str) -> None:
    where = entry.place[1:]
    known = any(one.name == item.name for one in desk.rubric.get(where, ()))
    rubric = desk.rubric if known else with_item(desk.rubric, where, item)  # ready-made until now
    _keep(desk, with_name(rubric, where, item.name, name))
    desk.rename_key(entry, item.name, name)


def _without(desk: Desk, entry: Entry, name: str) -> None:
    _keep(desk, without_item(desk.rubric, entry.place[1:], name))


def _keep(desk: Desk, rubric: marking.Rubric) -> None:
    marking.write_rubric(rubric, desk.out)
    desk.rubric = rubric


# ---- what can be, and who has it -------------------------------------------------------------


def _new(name: str) -> str:
    if not (name := named(name)):
        raise Stale("A level needs a name: what it is given for.")
    return name


def _own(desk: Desk, entry: Entry, name: str) -> marking.Item:
    """Return an item that can be called otherwise or taken out. Raises Stale for any other."""
    item = next((one for one in desk.items(entry) if one.name == name), None)
    if name == marking.WHOLE or item is None:
        raise Stale(f"“{named(name)}” is no level that can be changed so: look at it once more.")
    return item


def _refuse_former(desk: Desk, entry: Entry, name: str, besides: str = "") -> None:
    """Raise Stale for a name under which marks of another item were given: they would be this one's."""
    for one in desk.rubric.get(entry.place[1:], ()):
        if name in one.was and one.name != besides:
            raise Stale(f"“{one.name}” was called “{name}” once, and marks know it so: give it another name.")


def _answers(numbers: Sequence[int]) -> str:
    """Name answers, as long as these are few."""
    if len(numbers) > FEW:
        return f"{len(numbers)} answers"
    return ("answer " if len(numbers) == 1 else "answers ") + ", ".join(str(number + 1) for number in numbers)


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
                    found.append(Change(At(part, number), before, after, entry.title))
    return tuple(dict.fromkeys(found))


def _given_to(desk: Desk, part: int, item: str, name: str) -> list[int]:
    """Return the answers that were given an item, by whomever."""
    return [
        number
        for number, answered in enumerate(desk.answers(part))
        if any(
            given.name == name
            for entry in answered.entries
            if entry.place[2] == item
            for stood in _all_given(desk, entry.place)
            for given in called_now(stood, entry.place, desk.rubric, entry.possible).mark.given
        )
    ]


def _all_given(desk: Desk, place: Place) -> Sequence[marking.Stood]:
    """Return what every marker gave an entry, and what stands in marks.csv by hand."""
    found = [one.marks.get(place) for one in (desk.own, *desk.others.by_name.values())]
    return [stood for stood in (*found, desk.hand.get(place)) if stood]
