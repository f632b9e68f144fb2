"""OUT/marks.csv, what people gave <-> the results it stands in."""

from grader.marking.apply import NAME, apply, unmarked
from grader.marking.file import BadMarks, kept, lines, raw, read, write
from grader.marking.marks import Mark, Marks, against, of, place
from grader.marking.order import similar_adjacent
from grader.marking.sheet import Complaint, Row, Sheet, key, meant, parse, render
from grader.marking.waiting import merged, outdated, waiting

__all__ = [
    "NAME",
    "BadMarks",
    "Complaint",
    "Mark",
    "Marks",
    "Row",
    "Sheet",
    "against",
    "apply",
    "kept",
    "key",
    "lines",
    "meant",
    "merged",
    "of",
    "outdated",
    "parse",
    "place",
    "raw",
    "read",
    "render",
    "similar_adjacent",
    "unmarked",
    "waiting",
    "write",
]
