"""([Person], the ids or the name that somebody is known by) -> the Person, never guessed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from grader.classes.handed import Who
from grader.classes.people import IDS, Person
from grader.classes.table import folded

SHARED = ("canvas", "moodle", "sis", "login", "email", "gradescope")


class ClassList:
    """The people of a class, found by id; by name only where a person wrote it and nobody shares it."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.people = tuple(people)
        self._by_id: dict[tuple[str, str], Person] = {}
        self._ids: dict[str, set[int]] = defaultdict(set)
        self._names: dict[str, set[int]] = defaultdict(set)
        self._teams: dict[str, list[Person]] = defaultdict(list)
        for number, person in enumerate(self.people):
            for key in IDS:
                if own := person.who.get(key):
                    self._by_id.setdefault((key, own.casefold()), person)
                    self._ids[own.casefold()].add(number)
            if (name := person.who.get("name")) and not _poses(person):
                self._names[folded(name)].add(number)
            if team := person.who.get("group"):
                self._teams[folded(team)].append(person)

    def by_id(self, who: Who) -> Person | None:
        """Return who has one of these ids, the surest kind first; a name finds nobody."""
        for key in SHARED:
            own = who.get(key, "").casefold()
            if own and key != "gradescope" and (person := self._by_id.get((key, own))):
                return person
        return None

    def told(self, text: str) -> tuple[Person, ...]:
        """Return those whom a person may mean by an id, an address, a whole name, or "name (id)".

        An id goes before a name, which its owner chooses; where those of "name (id)" differ, it is both.
        """
        within = re.fullmatch(r".*\(([^()]+)\)", text)
        inside = self._ids.get(within[1].casefold(), set()) if within else set[int]()
        named = self._names.get(folded(text), set())
        numbers = self._ids.get(text.strip().casefold()) or named | inside
        return tuple(self.people[number] for number in sorted(numbers))

    def team(self, name: str) -> tuple[Person, ...]:
        """Return the members of a group, none where there is no group of that name."""
        return tuple(self._teams.get(folded(name), ()))


def _poses(person: Person) -> bool:
    """Say whether somebody who has an id is called like an address or a number, which could be another's."""
    name = person.who["name"]
    return ("@" in name or not any(map(str.isalpha, name))) and not set(IDS).isdisjoint(person.who)


def letters(name: str) -> str:
    """Return a name's letters in order of the alphabet: "Lovelace, Ada" and "lovelaceada" have the same."""
    return "".join(sorted(char for char in folded(name) if char.isalnum()))
