"""the traceback of a student's code -> the line of theirs in which it stopped, and what it said."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FRAME = re.compile(
    r'^  File "(?P<label>[^"\n]{1,255})", line (?P<line>\d{1,7})\b.*\n?(?P<source>    .*)?', re.MULTILINE
)
_SAID = re.compile(r"^\S.*", re.MULTILINE)
_LONGEST = 200  # characters of what the error says


@dataclass(frozen=True)
class Place:
    """A line of a student's code. `label` is a module's name, or a cell's number as messages give it."""

    label: str
    line: int  # from 1
    source: str  # as the traceback quotes it, without its indent
    said: str


def place(traceback: str) -> Place | None:
    """Return the innermost of the student's own lines, None where the traceback names none."""
    frames = list(_FRAME.finditer(traceback))
    if not frames:
        return None
    last = frames[-1]
    said = _SAID.search(traceback, last.end())
    return Place(
        last["label"],
        int(last["line"]),
        (last["source"] or "").strip(),
        said[0][:_LONGEST] if said else "an error",
    )
