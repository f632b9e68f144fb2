"""the files of a Moodle assignment's zip -> Export. Format: mod/assign/classes/downloader.php.

`<name>_<id>_assignsubmission_<plugin>` is a folder (with a `_` at its end in older versions) or the start of
a file's name. Moodle writes a blank for each `_` of a name, so that whatever stands after the first id was
written by the student and is never read as an id. The id is the assignment's own: the Identifier of its
grading worksheet. A group's folder bears the group's id instead, that of "Default group" none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from grader.classes.handed import Export, Handed, System
from grader.classes.listing import Member

_FOLDER = re.compile(r"([^_/]*)(?:_(\d{1,19}))?_assignsubmission_([a-z0-9]+)(?:_(.*))?", re.DOTALL)


def knows(members: Sequence[Member]) -> bool:
    """Say whether most of the files are named as Moodle names them."""
    return 2 * sum(map(named, members)) > len(members)


def named(member: Member) -> bool:
    """Say whether Moodle names a file so."""
    return _FOLDER.fullmatch(member.top) is not None


def export(members: Sequence[Member]) -> Export:
    """Return the submissions of a Moodle class."""
    found: dict[tuple[str, str], list[tuple[str, Member]]] = defaultdict(list)
    aside = []
    for member in members:
        whose = _FOLDER.fullmatch(member.top)
        if whose is None:
            aside.append(member.path)
        else:
            found[whose[1], whose[2] or ""].append((_inside(whose, member), member))
    return Export(System.MOODLE, tuple(_handed(*key, files) for key, files in found.items()), tuple(aside))


def _inside(whose: re.Match[str], member: Member) -> str:
    """Return a file's name in the student's folder: what a flat zip wrote behind the prefix, or the path."""
    name = member.below or whose[4] or "file"
    return name if whose[3] in {"file", "onlinetext"} else f"{whose[3]}/{name}"


def _handed(name: str, number: str, files: list[tuple[str, Member]]) -> Handed:
    who = {"name": name, "moodle": number} if number else {"name": name}
    return Handed(who=(who,), files=tuple(files), team=name)
