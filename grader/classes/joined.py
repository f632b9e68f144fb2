"""(Export, [Person]) -> [Seat]: each of a class once, with all that they handed in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from grader.classes.handed import Export, Handed, System, Who
from grader.classes.matching import ClassList, letters
from grader.classes.people import Person
from grader.classes.table import folded

_Key = tuple[str, ...]
_SAID = 3  # groups named to each who handed in nothing
UNLISTED = "not on the class list"
MISLAID = "the class list says when their work came, and none of it is here: was it left out of the class?"


@dataclass(frozen=True)
class Seat:
    """One of a class. `handed` is empty where they handed in nothing, and longer where several times."""

    who: Who
    person: Person | None = None  # on the class list
    handed: tuple[Handed, ...] = ()
    attention: tuple[str, ...] = ()


def joined(export: Export, class_: ClassList) -> tuple[Seat, ...]:
    """Return a seat for everybody who handed in something, and for everybody on the class list."""
    seats: dict[_Key, Seat] = {}
    for number, handed in enumerate(export.handed):
        for seat in _owners(handed, export, class_):
            key = _key(seat, export.system, number)
            before = seats.get(key)
            seats[key] = seat if before is None else _together(before, seat)
    there = {seat.person.line for seat in seats.values() if seat.person}
    perhaps = tuple(f"perhaps handed in with a group: {told}" for told in misnamed(seats.values(), export))
    absent = [person for person in class_.people if person.line not in there]
    return (*seats.values(), *(Seat(person.who, person, (), perhaps[:_SAID]) for person in absent))


def misnamed(seats: Iterable[Seat], export: Export) -> tuple[str, ...]:
    """Say what may be groups of which the class list knows nothing: Canvas's bear a member's number."""
    if export.system is not System.CANVAS:
        return ()
    found = {
        handed.team: f"{handed.team} is not how {seat.who['canvas']} ({seat.person.who['name']}) is called"
        for seat in seats
        for handed in seat.handed
        if seat.person and handed.team and not seat.person.who.get("group") and not _same(seat.person, handed)
    }
    return tuple(found.values())


def _key(seat: Seat, system: System, number: int) -> _Key:
    """Return what is equal for two submissions of the same person: an id, and never a name."""
    if seat.person:
        return "list", str(seat.person.line)
    for kind in system.own_ids:
        if own := seat.who.get(kind):
            # Members of a Gradescope group who have neither a number nor an address share its id.
            return kind, own.casefold(), folded(seat.who.get("name", "")) if kind == "gradescope" else ""
    return "unknown", str(number)


def _together(before: Seat, seat: Seat) -> Seat:
    handed = (*before.handed, *seat.handed)
    own = before.who.get("group", "")
    attention = [*before.attention, *seat.attention]
    if own and any(letters(one.team) == letters(own) for one in handed):
        attention.append(f"handed in several times, also as the group '{own}': which is theirs?")
    return replace(before, handed=handed, attention=tuple(dict.fromkeys(attention)))


def _owners(handed: Handed, export: Export, class_: ClassList) -> Iterator[Seat]:
    """Yield a seat for each of whom a submission is."""
    system = export.system
    if system is System.GRADESCOPE:
        yield from (_undisputed(who, handed, class_) for who in handed.who)
        return
    who = handed.who[0]
    person = _only(class_.told(handed.team)) if system is System.FOLDER else class_.by_id(who)
    if team := _team(handed, person, export, class_):
        shared = f"'{handed.team}' bears a number that is also {_called(person)}'s: whose is it?"
        doubt = (shared,) if person and person not in team else ()
        yield from (Seat(member.who, member, (handed,), doubt) for member in team)
    elif handed.disputed and not (person and _same(person, handed)):
        claim = f"its files bear the id {who['canvas']}, which others bear too: whose is it?"
        named = {"name": f"{who['name']} {who['canvas']}"}
        yield Seat(named, None, (handed,), (claim,))
    else:
        yield _seat(who, handed, person, class_)


def _undisputed(who: Who, handed: Handed, class_: ClassList) -> Seat:
    """Return a seat by the ids that are theirs alone, or that the class list gives to who has this name."""
    doubtful = [key for key in ("sis", "email") if who.get(key, "").casefold() in handed.claimed]
    if not doubtful:
        return _seat(who, handed, class_.by_id(who), class_)
    sure = {key: text for key, text in who.items() if key not in doubtful}
    listed = class_.by_id(who)
    if listed and _fits(who, listed.who):
        sure = dict(who)
    seat = _seat(sure, handed, class_.by_id(sure), class_)
    claims = (f"others who handed in bear the id {who[key]} too: whose is it?" for key in doubtful)
    return replace(seat, attention=(*seat.attention, *claims))


def _fits(who: Who, listed: Who) -> bool:
    """Say whether name and ids are those on the class list, as far as both tell them."""
    ids = [key for key in ("sis", "email") if who.get(key) and listed.get(key)]
    named = letters(who.get("name", "")) == letters(listed.get("name", ""))
    return named and all(who[key].casefold() == listed[key].casefold() for key in ids)


def _seat(who: Who, handed: Handed, person: Person | None, class_: ClassList) -> Seat:
    attention = []
    if person is None:
        attention += [UNLISTED] if class_.people else []
        return Seat(who, None, (handed,), tuple(attention))
    if handed.team and not _same(person, handed):
        attention.append(f"called '{handed.team}' where it was handed in: is it the same person?")
    return Seat({**who, **person.who}, person, (handed,), tuple(attention))


def _same(person: Person, handed: Handed) -> bool:
    """Say whether a submission bears the person's name, or no name that could be another's."""
    listed = person.who.get("name")
    return not listed or letters(listed) == letters(handed.team)


def _team(handed: Handed, person: Person | None, export: Export, class_: ClassList) -> Sequence[Person]:
    """Return the members where a submission is a group's: it bears the name of a group on the list.

    A display name is its owner's choice. So Canvas's bears the number of a member, who is not called that;
    Moodle's bears the group's own number, and where that is somebody's, nothing else may be the group's.
    """
    named = bool(person and person.who.get("name") and _same(person, handed))
    if export.system is System.GRADESCOPE or named or not handed.team:
        return ()
    if export.system is System.CANVAS:
        group = person.who.get("group", "") if person else ""
        return class_.team(group) if group and letters(group) == letters(handed.team) else ()
    team = class_.team(handed.team)
    return () if person and _elsewhere(team, handed, export, class_) else team


def _elsewhere(team: Sequence[Person], handed: Handed, export: Export, class_: ClassList) -> bool:
    """Say whether a group or one of it handed in something else."""
    return any(
        folded(other.team) == folded(handed.team) or class_.by_id(other.who[0]) in team
        for other in export.handed
        if other is not handed
    )


def _called(person: Person | None) -> str:
    return next(iter((person.who.get("name"), *person.who.values())), "") or "" if person else ""


def _only(people: Sequence[Person]) -> Person | None:
    return people[0] if len(people) == 1 else None
