"""OUT/marks.csv, what people gave <-> the results it stands in."""

from grader.marking.acts import Act, Book, Given, Renamed, Settled, Stood, Worth, books
from grader.marking.agreement import Agreement, agreements, kappa
from grader.marking.apply import NAME, apply, unmarked
from grader.marking.file import current, kept, lines, raw, read, write
from grader.marking.folder import BadBook
from grader.marking.gather import Conflict, Gathered, gather
from grader.marking.given import WHOLE, Item, Rubric, points_of
from grader.marking.marks import Mark, Marks, against, answers, of, place, waiting_by_part
from grader.marking.order import apart, in_both, most_alike, similar_adjacent, words
from grader.marking.records import BadMarks, Complaint
from grader.marking.rubric import items_of, read_rubric, write_rubric
from grader.marking.sheet import Row, Sheet, key, meant, parse, render
from grader.marking.waiting import merged, open_or_marked, outdated, row_of, text_of_answer, waiting
from grader.status import HALF

__all__ = [
    "HALF",
    "NAME",
    "WHOLE",
    "Act",
    "Agreement",
    "BadBook",
    "BadMarks",
    "Book",
    "Complaint",
    "Conflict",
    "Gathered",
    "Given",
    "Item",
    "Mark",
    "Marks",
    "Renamed",
    "Row",
    "Rubric",
    "Settled",
    "Sheet",
    "Stood",
    "Worth",
    "against",
    "agreements",
    "answers",
    "apart",
    "apply",
    "books",
    "current",
    "gather",
    "in_both",
    "items_of",
    "kappa",
    "kept",
    "key",
    "lines",
    "meant",
    "merged",
    "most_alike",
    "of",
    "open_or_marked",
    "outdated",
    "parse",
    "place",
    "points_of",
    "raw",
    "read",
    "read_rubric",
    "render",
    "row_of",
    "similar_adjacent",
    "text_of_answer",
    "unmarked",
    "waiting",
    "waiting_by_part",
    "words",
    "write",
    "write_rubric",
]
