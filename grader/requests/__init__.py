"""OUT/regrade_requests.csv, what students ask another look for <-> requests, and what was decided."""

from grader.requests.file import NAME, BadRequests, ByStudent, all_in, answer, current, forget, ids, open_in
from grader.requests.sheet import Answer, Request

__all__ = [
    "NAME",
    "Answer",
    "BadRequests",
    "ByStudent",
    "Request",
    "all_in",
    "answer",
    "current",
    "forget",
    "ids",
    "open_in",
]
