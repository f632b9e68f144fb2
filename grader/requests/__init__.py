"""OUT/regrade_requests.csv, what students ask another look for <-> requests, and what was decided."""

from grader.requests.apply import applied, kept, unknown
from grader.requests.file import (
    NAME,
    BadRequests,
    ByStudent,
    all_in,
    answer,
    current,
    forget,
    ids,
    lines,
    open_in,
)
from grader.requests.gather import gather
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
    "current",
    "forget",
    "gather",
    "ids",
    "kept",
    "lines",
    "open_in",
    "unknown",
]
