"""A note on a file -> the file's name, in the student's words, and what is said of it, in ours."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LONGEST = 60  # characters of a name: the beginning and the ending tell which it is
_ABOUT = re.compile(
    r"(?P<file>[^\n]{1,400}?\.\w{1,6}): (?P<said>(?:the same as(?= (?P<other>.+)))?.*)", re.DOTALL
)


@dataclass(frozen=True)
class Noted:
    """`file` and `other` are names of files, '' where there are none."""

    said: str
    file: str = ""
    other: str = ""


def noted(note: str) -> Noted:
    """Return a note with the names in it apart. What names no file is said as it is."""
    found = _ABOUT.fullmatch(note)
    if found is None:
        return Noted(note)
    other = found["other"] or ""
    return Noted("the same as" if other else found["said"], found["file"], other)


def shortened(name: str) -> str:
    """Return a name without its middle where it is long."""
    half = _LONGEST // 2
    return name if len(name) <= _LONGEST else f"{name[:half]}…{name[-half:]}"
