"""An assignment's part ids -> what a heading may name: sections in order and their letters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.datatypes import Assignment, Part

_ID = re.compile(r"(\d{1,2})([A-Za-z])")


@dataclass(frozen=True)
class Course:
    """The sections of a problem set, each with its parts by letter."""

    titles: Mapping[str, str]  # section -> title, in order
    parts: Mapping[str, Mapping[str, Part]] = field(default_factory=dict)  # section -> letter -> part

    def part(self, section: str, letter: str) -> Part | None:
        """Return the part that a section and a letter name, if there is one."""
        return self.parts.get(section, {}).get(letter)

    def first(self, section: str) -> str:
        """Return the letter of a section's first part."""
        return next(iter(self.parts[section]), "")


def course(assignment: Assignment) -> Course:
    """Sort an assignment's parts into sections. A section without parts is none."""
    parts: dict[str, dict[str, Part]] = {}
    for part in assignment.parts:
        if found := _ID.fullmatch(part.id):
            parts.setdefault(str(int(found[1])), {})[found[2].upper()] = part
    numbers = sorted(parts, key=int)
    titles = {str(int(key)): title for key, title in assignment.sections.items() if key.isdecimal()}
    return Course({number: titles.get(number, "") for number in numbers}, {n: parts[n] for n in numbers})
