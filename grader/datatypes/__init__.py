"""The nouns: what a problem set asks, what a student handed in, what came of it."""

from grader.datatypes.corrections import Correction
from grader.datatypes.handed_in import Answer, Cell, CodeFile, Leftover, Source, Submission
from grader.datatypes.problem_set import Assignment, Check, Part, Ramp
from grader.datatypes.results import (
    AnswerRead,
    Asked,
    Bonus,
    CheckResult,
    Lateness,
    PartResult,
    Result,
    RubricResult,
)
from grader.limits import Limits
from grader.regrade import Regrade
from grader.shown import CodeShown
from grader.status import Status

__all__ = [
    "Answer",
    "AnswerRead",
    "Asked",
    "Assignment",
    "Bonus",
    "Cell",
    "Check",
    "CheckResult",
    "CodeFile",
    "CodeShown",
    "Correction",
    "Lateness",
    "Leftover",
    "Limits",
    "Part",
    "PartResult",
    "Ramp",
    "Regrade",
    "Result",
    "RubricResult",
    "Source",
    "Status",
    "Submission",
]
