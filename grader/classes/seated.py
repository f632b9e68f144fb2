"""[Seat] -> [Entry]: a safe name for each, what they handed in unpacked, a group once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from grader.classes import unpack
from grader.classes.attempts import counted
from grader.classes.handed import Handed, System, Who
from grader.classes.joined import MISLAID, Seat
from grader.classes.people import IDS
from grader.classes.renamed import kept
from grader.datatypes import Assignment, Leftover
from grader.roster import LONGEST, LONGEST_BYTES, Entry, apart, safe_name

_ORDER = {"latest": "the latest", "first": "the first", "last on time": "the last one on time"}


@dataclass(frozen=True)
class Place:
    """A seat with a name that is nobody else's, and the attempt that counts."""

    seat: Seat
    student: str
    until: datetime | None
    handed: Handed | None
    attempt: int | None
    called: str = ""  # as they would be named now, where results of theirs bear another name

    @property
    def mislaid(self) -> bool:
        """Whether the class list says when their work came, and there is none."""
        return self.handed is None and self.seat.person is not None and self.seat.person.timed

    @property
    def submitted(self) -> datetime | None:
        """When the attempt came: as the system says, else as the class list does."""
        if self.handed is None:
            return None
        return self.handed.submitted or (self.seat.person.submitted if self.seat.person else None)


def places(
    seats: Sequence[Seat],
    until: Mapping[int, datetime],
    assignment: Assignment,
    system: System,
    known: Mapping[str, Who],
) -> tuple[Place, ...]:
    """Name each seat and settle which attempt counts.

    `until`: number of the seat -> the extension; `known`: the names that results bear already -> ids.
    """
    now = apart([_label(seat, system) for seat in seats])
    came = [bool(seat.handed) for seat in seats]
    names = apart(kept(now, [seat.who for seat in seats], came, known))
    found = []
    for number, (seat, name) in enumerate(zip(seats, names, strict=True)):
        own = until.get(number)
        handed, attempt = counted(seat, assignment.attempts, assignment.deadline, own)
        called = now[number] if now[number] != name else ""
        found.append(Place(seat, name, own, handed, attempt, called))
    return tuple(found)


def in_order(seats: Sequence[Seat], system: System) -> tuple[Seat, ...]:
    """Sort seats by name and id, so that the same class has the same names, however it was packed."""
    return tuple(sorted(seats, key=lambda seat: (_label(seat, system).casefold(), sorted(seat.who.items()))))


def _label(seat: Seat, system: System) -> str:
    """Return "Ada Lovelace (12345)", with the id of the system; a folder's student is named by the folder."""
    places = [handed for handed in seat.handed if handed.place]
    if places and not _is_team(seat):
        return places[0].team
    name = seat.who.get("name", "")
    ids = [seat.who[key] for key in (*system.own_ids, *IDS) if seat.who.get(key)]
    if not ids:
        return name
    if not name:
        return ids[0]
    number = f" ({safe_name(ids[0])[:40]})"  # what makes it theirs is never what is cut off
    room = LONGEST_BYTES - len(number.encode())
    return safe_name(name)[: LONGEST - len(number)].encode()[:room].decode(errors="ignore") + number


def _is_team(seat: Seat) -> bool:
    return seat.person is not None and any(
        handed.team == seat.person.who.get("group") for handed in seat.handed
    )


def entries(places: Sequence[Place], assignment: Assignment, work: Path) -> tuple[Entry, ...]:
    """Unpack what counts below `work`, made anew where it is needed, and return whom to grade."""
    if any(place.handed is None or place.handed.place is None for place in places):
        unpack.workplace(work)
    groups: dict[int, list[Place]] = {}
    for number, place in enumerate(places):
        groups.setdefault(id(place.handed) if place.handed else -1 - number, []).append(place)
    return tuple(_entry(group, assignment, work) for group in groups.values())


def _entry(group: Sequence[Place], assignment: Assignment, work: Path) -> Entry:
    """Return a group's entry, or one student's: unpacked once, each with their own time and extension."""
    first = group[0]
    path, unread = work / first.student, tuple[Leftover, ...]()
    if first.handed and first.handed.place:
        path = first.handed.place
    else:
        unread = unpack.unpack(first.handed.files if first.handed else (), path)
    all_of_them = [replace(entry, unread=unread) for entry in _members(group, assignment, path)]
    return replace(all_of_them[0], members=tuple(all_of_them[1:]))


def _members(group: Sequence[Place], assignment: Assignment, path: Path) -> Iterator[Entry]:
    for place in group:
        seat, person = place.seat, place.seat.person
        yield Entry(
            student=place.student,
            path=path,
            who=_who(place),
            submitted=place.submitted,
            until=place.until,
            late_hours=person.late_hours if person else None,
            attempt=place.attempt,
            notes=_notes(place, assignment),
            attention=(*seat.attention, *_attention(place, assignment)),
        )


def _who(place: Place) -> dict[str, str]:
    """Return the ids, Gradescope's that of the attempt that counts."""
    who = dict(place.seat.who)
    if place.handed and (submission := place.handed.who[0].get("gradescope")):
        who["gradescope"] = submission
    return {key: who[key] for key in ("name", *IDS, "group") if who.get(key)}


def _notes(place: Place, assignment: Assignment) -> tuple[str, ...]:
    own = place.handed.notes if place.handed else ()
    if place.attempt is None:
        return own
    return (*own, f"handed in {len(place.seat.handed)} times: {_ORDER[assignment.attempts]} counts")


def _attention(place: Place, assignment: Assignment) -> tuple[str, ...]:
    if place.handed is None:
        return ("nothing was handed in", MISLAID) if place.mislaid else ("nothing was handed in",)
    own = place.handed.attention
    if assignment.deadline and place.handed.late and place.submitted is None:
        late = "marked as late by the system, which does not say when it came: nothing was taken off"
        return (*own, late)
    return own
