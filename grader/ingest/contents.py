"""What was found in one file, and several of these put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from grader.crops import Crop
from grader.datatypes import Answer, CodeFile, Leftover
from grader.ingest.text import kept


@dataclass(frozen=True)
class Contents:
    """What one file held. A file that could not be read holds one leftover and nothing else."""

    answers: tuple[Answer, ...] = ()
    code: tuple[CodeFile, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    notes: tuple[str, ...] = ()
    crops: tuple[Crop, ...] = ()


# What a leftover is called that is a whole folder. Not by the folder's name: a group's bears a member's.
WHOLE = "the folder"


def unread(file: str, reason: str, text: str = "") -> Contents:
    """Return the contents of a file that a person has to look at."""
    return Contents(leftovers=(Leftover(file, reason, kept(text)),))


def together(several: Iterable[Contents]) -> Contents:
    """Return all that several files held, in their order."""
    found = list(several)
    return Contents(
        answers=tuple(answer for contents in found for answer in contents.answers),
        code=tuple(code for contents in found for code in contents.code),
        leftovers=tuple(leftover for contents in found for leftover in contents.leftovers),
        notes=tuple(note for contents in found for note in contents.notes),
        crops=tuple(crop for contents in found for crop in contents.crops),
    )
