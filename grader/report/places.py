"""the traceback of a student's code -> the line of theirs in which it stopped, and what it said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_HEAD = "Traceback (most recent call last):"
_FRAME = re.compile(r'  File "(?P<label>[^"\n]{1,255})", line (?P<line>\d{1,7})\b.*')
_INDENT = "    "  # of the source below a frame
_REPEATED = "  [Previous line repeated "
_LONGEST = 200  # characters of what the error says


@dataclass(frozen=True)
class Place:
    """A line of a student's code. `label` is a module's name, or a cell's number as messages give it."""

    label: str
    line: int  # from 1
    source: str  # as the traceback quotes it, without its indent
    said: str


def place(traceback: str) -> Place | None:
    """Return the innermost of the student's own lines, None where the traceback names none.

    What the exception says comes last and is the student's: no line of it is read as a frame.
    """
    lines = traceback.removeprefix(f"{_HEAD}\n").split("\n")
    found, source, number = None, "", 0
    for number, line in enumerate(lines):
        frame = _FRAME.fullmatch(line)
        if frame:
            found, source = frame, _below(lines, number)
        elif not line.startswith((_INDENT, _REPEATED)):
            break
    if found is None:
        return None
    said = lines[number][:_LONGEST] if not lines[number].startswith(" ") else ""
    return Place(found["label"], int(found["line"]), source, said or "an error")


def _below(lines: Sequence[str], number: int) -> str:
    below = lines[number + 1] if number + 1 < len(lines) else ""
    return below.strip() if below.startswith(_INDENT) else ""
