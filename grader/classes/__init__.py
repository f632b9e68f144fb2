"""A class as a learning system hands it over, a class list, extensions -> [Entry]. See docs/classes.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from grader.classes import extensions, people
from grader.classes.fault import AnotherClass, BadClass
from grader.classes.handed import Export, System, Who
from grader.classes.joined import Seat, joined, misnamed
from grader.classes.matching import ClassList
from grader.classes.people import Person
from grader.classes.recognised import recognised
from grader.classes.seated import Place, entries, in_order, places
from grader.datatypes import Assignment
from grader.roster import Entry

__all__ = ["AnotherClass", "BadClass", "Class", "read"]

_SHOWN = 5  # names in a sentence


@dataclass(frozen=True)
class Class:
    """Whom to grade, a group once, and what staff have to know of the class as a whole."""

    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many people are in it."""
        return sum(1 + len(entry.members) for entry in self.entries)


def read(
    submissions: Path,
    assignment: Assignment,
    work: Path,
    class_list: Path | None = None,
    extended: Path | None = None,
    known: Mapping[str, Who] | None = None,
) -> Class:
    """Read a class: a folder, or what Moodle, Canvas or Gradescope made, a zip or unpacked.

    What is packed is unpacked below `work`, which is made anew. `class_list` is a CSV file of who is in the
    class, `extended` one of extensions, else that beside the submissions. `known` are students of whom
    there are results, with their ids: who bears another name by now keeps the old one. Raises BadClass,
    AnotherClass where none of them is in the class.
    """
    with recognised(submissions, assignment.attempts) as export:
        zone = assignment.deadline.zone if assignment.deadline else None
        listed = people.people(class_list, export.system, zone) if class_list else ()
        seats = in_order(joined(export, ClassList(listed)), export.system)
        _refuse_strangers(export, seats, class_list)
        beside = submissions.resolve().parent / extensions.NAME
        given = extended or (beside if assignment.deadline and beside.is_file() else None)
        until = _extensions(given, seats, assignment) if given else {}
        found = places(seats, until, assignment, export.system, known or {})
        _refuse_another_class(known or {}, found)
        class_ = entries(found, assignment, work)
    told = [f"Extensions: {len(until)}, from {given}"] if given else []
    if not given and beside.is_file():
        told.append(f"Not read: {beside}, since assignment.toml has no [deadline]")
    if not assignment.deadline and any(person.timed for person in listed):
        told.append(
            f"{class_list} says when work came, and nothing is taken off for coming late: assignment.toml "
            "has no [deadline] (docs/classes.md)"
        )
    return Class(class_, (*told, *_notes(export, found, assignment, class_list)))


def _refuse_another_class(known: Mapping[str, Who], found: Sequence[Place]) -> None:
    """Refuse a class where there are results, and none of anybody in it: before anything is unpacked."""
    if known and found and not any(place.student in known for place in found):
        who = "1 student, who is not" if len(known) == 1 else f"{len(known)} students, none of whom is"
        raise AnotherClass(f"results of {who} in this class: {_some(tuple(known))}")


def _refuse_strangers(export: Export, seats: Sequence[Seat], class_list: Path | None) -> None:
    """Refuse a class list on which nobody is who handed in something: it is of another class."""
    if class_list and export.handed and not any(seat.person and seat.handed for seat in seats):
        by = "the folders' names" if export.system is System.FOLDER else " or ".join(export.system.own_ids)
        raise BadClass(
            f"{class_list}: nobody on this list handed in anything of {len(export.handed)} submissions. "
            f"Is it of another class, or does it lack the ids? Here people are known by {by}"
            f"{_instead(export.system, seats)}"
        )


def _instead(system: System, seats: Sequence[Seat]) -> str:
    """Say which list would do, where the system that the class comes from writes one with its own ids."""
    if system is not System.MOODLE:
        return ""
    canvas = any(seat.person and "canvas" in seat.person.who for seat in seats)
    told = ". That list is Canvas's gradebook, and these submissions are Moodle's" if canvas else ""
    return (
        f"{told}. Moodle's zip has neither addresses nor numbers of yours: give Moodle's own grading "
        "worksheet of this assignment as --roster"
    )


def _extensions(path: Path, seats: Sequence[Seat], assignment: Assignment) -> dict[int, datetime]:
    """Return the extensions by the number of the seat."""
    everybody = ClassList(Person(number, seat.who) for number, seat in enumerate(seats))
    return extensions.extensions(path, everybody, assignment.deadline)


def _notes(
    export: Export, found: Sequence[Place], assignment: Assignment, class_list: Path | None
) -> Iterator[str]:
    """Say once what holds for the whole class."""
    if export.system is not System.FOLDER:
        yield f"A class from {export.system}: {len(export.handed)} submissions"
    if export.aside:
        yield f"Belongs to nobody, left aside: {_some(export.aside)}"
    for place in found:
        if place.called:
            yield (
                f"'{place.called}' was graded as '{place.student}' before, by the same id: "
                "results, page and marks go on under that name"
            )
    if called := misnamed([place.seat for place in found], export):
        yield f"{_some(called)}: a group? Add a column group to the roster"
    if absent := [place.student for place in found if place.handed is None and not place.mislaid]:
        yield f"On the class list, nothing was handed in: {_some(absent)}"
    if mislaid := [place.student for place in found if place.mislaid]:
        yield (
            f"On the class list with the time at which their work came, and none of it is here: "
            f"{_some(mislaid)}. Add it, or take them out of the list; no export gives them a 0"
        )
    if class_list and (extra := [place.student for place in found if place.seat.person is None]):
        yield f"Not on the class list: {_some(extra)}"
    if assignment.deadline:
        yield from _untimed([place for place in found if place.handed])


def _untimed(handed: Sequence[Place]) -> Iterator[str]:
    """Say of whom nobody knows when their work came."""
    untimed = [place.student for place in handed if place.submitted is None]
    if untimed and len(untimed) == len(handed):
        yield (
            "When it was handed in is known of nobody, so nothing is taken off for coming late: "
            "--roster FILE.csv with a column 'submitted' would say it"
        )
    elif untimed:
        yield f"No time of handing in is known, so nothing is taken off for coming late: {_some(untimed)}"


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_SHOWN])
    return shown if len(names) <= _SHOWN else f"{shown} and {len(names) - _SHOWN} more"
