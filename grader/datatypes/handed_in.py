"""What a student handed in, read and sorted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from grader.crops import Crop


class Source(StrEnum):
    """Where an answer stands. The order is the order of precedence when two differ."""

    MODULE = "module"
    NOTEBOOK = "notebook"
    WRITEUP = "write-up"
    PDF = "PDF"


@dataclass(frozen=True)
class Cell:
    """A piece of code: a module is one, a notebook has many. `part` is whose heading it stands under."""

    number: int  # from 1, counting code cells
    code: str
    part: str | None = None


@dataclass(frozen=True)
class CodeFile:
    """Code that a student handed in, as text; it runs behind the sandbox's door only."""

    source: Source
    file: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Answer:
    """What stands under one part's heading in one file."""

    part: str
    source: Source
    file: str  # relative to what was handed in
    text: str = ""  # as written: Markdown, LaTeX, plain; code and printed output left out
    code: tuple[str, ...] = ()
    output: str = ""  # what a notebook's cells or a write-up's transcripts printed
    images: tuple[str, ...] = ()  # drawings and screenshots: only a person can read them
    pages: tuple[int, ...] = ()  # of a PDF, from 1
    exact: bool = True  # False: it may be misread (a PDF's text layer)


@dataclass(frozen=True)
class Leftover:
    """Something handed in that belongs to no part, or that could not be read."""

    file: str
    reason: str  # one sentence for staff
    text: str = ""


@dataclass(frozen=True)
class Submission:
    """All that one student handed in, read and sorted, nothing of it run."""

    student: str
    path: Path
    answers: tuple[Answer, ...] = ()
    code: tuple[CodeFile, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    notes: tuple[str, ...] = ()  # worth saying, costs nothing: "read as Latin-1"
    files: Mapping[str, bytes] = field(default_factory=dict)  # code and data, for the code to find
    crops: tuple[Crop, ...] = ()
    empty: bool = False  # not one file was handed in

    def of(self, part: str) -> tuple[Answer, ...]:
        """Return the part's answers, in order of precedence."""
        order = list(Source)
        mine = (answer for answer in self.answers if answer.part == part)
        return tuple(sorted(mine, key=lambda answer: order.index(answer.source)))
