"""what markers gave differently -> side by side, and the decision of one of them."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from grader import marking
from grader.desk.desk import Desk, Stale, now
from grader.desk.queue import Entry
from grader.marking.gather import called_now, points_now
from grader.marks import unrounded


@dataclass(frozen=True)
class Side:
    """What one marker gave."""

    who: str
    points: str
    given: tuple[str, ...]
    comment: str


@dataclass(frozen=True)
class Between:
    """An entry on which markers differ. `id` stands for it: names are hidden here too."""

    id: str
    part: str
    title: str
    possible: float
    text: str
    sides: tuple[Side, ...]


def shown(desk: Desk) -> list[Between]:
    """Return all that is to be decided, by part."""
    found = [one for one in desk.conflicts if one.place in desk.places]
    order = list(desk.places)
    return [_between(desk, one) for one in sorted(found, key=lambda one: order.index(one.place))]


def decide(desk: Desk, id_: str, who: str) -> str:
    """Let what one marker gave count; `u` takes it back. Raises Stale where nothing is to be decided."""
    for conflict in desk.conflicts:
        stood = next((one for one in conflict.stood if one.who == who), None)
        if stood and conflict.place in desk.places and _id(conflict) == id_:
            _, answered, _ = desk.places[conflict.place]
            marks = (stood.mark,)
            act = marking.Act(now(), answered.student, answered.part.id, marks, stood.answer, decides=True)
            desk.do([act])
            return f"Decided: as {who} gave it."
    raise Stale("That was decided meanwhile: look at the others.")


def _between(desk: Desk, conflict: marking.Conflict) -> Between:
    _, answered, entry = desk.places[conflict.place]
    sides = tuple(_side(desk, entry, stood) for stood in conflict.stood)
    part = f"{answered.part.id} {answered.part.title}"
    return Between(_id(conflict), part, entry.title, entry.possible, answered.text, sides)


def _side(desk: Desk, entry: Entry, stood: marking.Stood) -> Side:
    points = unrounded(points_now(stood, entry.place, desk.rubric, entry.possible))
    stood = called_now(stood, entry.place, desk.rubric, entry.possible)
    return Side(stood.who, points, tuple(item.name for item in stood.mark.given), stood.mark.comment)


def _id(conflict: marking.Conflict) -> str:
    return sha256("\n".join(conflict.place).encode(errors="replace")).hexdigest()[:16]
