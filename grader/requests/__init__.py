"""OUT/regrade_requests.csv, what students ask another look for <-> requests, and what was decided."""

from grader.requests.apply import applied, doubtful, kept, part_of, to_fill, unknown
from grader.requests.file import (
    NAME,
    BadRequests,
    ByStudent,
    all_in,
    answer,
    current,
    fill,
    forget,
    ids,
    lines,
    open_in,
)
from grader.requests.gather import by_hand, gather
from grader.requests.points import number
from grader.requests.sheet import Answer, Request

__all__ = [
    "NAME",
    "Answer",
    "BadRequests",
    "ByStudent",
    "Request",
    "all_in",
    "answer",
    "applied",
    "by_hand",
    "current",
    "doubtful",
    "fill",
    "forget",
    "gather",
    "ids",
    "kept",
    "lines",
    "number",
    "open_in",
    "part_of",
    "to_fill",
    "unknown",
]
