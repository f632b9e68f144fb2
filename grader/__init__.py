"""Grades deep-learning homework: a submission and a problem set go in, marks with reasons come out."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.assignment import load as load_assignment
    from grader.batch import Audience, grade_class
    from grader.classes import read as read_class
    from grader.datatypes import Assignment, Result, Status
    from grader.pipeline import grade
    from grader.publish import propose as propose_publication
    from grader.publish import publish as publish_proposal
    from grader.rebuild import rebuild as rebuild_pages
    from grader.record import read as read_result
    from grader.remark import remark as put_in_marks
    from grader.roster import Entry
    from grader.sandbox import walled

__all__ = [
    "Assignment",
    "Audience",
    "Entry",
    "Result",
    "Status",
    "grade",
    "grade_class",
    "load_assignment",
    "propose_publication",
    "publish_proposal",
    "put_in_marks",
    "read_class",
    "read_result",
    "rebuild_pages",
    "walled",
]
# What the commands call, by its name here. Nothing is imported before somebody asks for it.
_HOMES = {
    "Assignment": ("grader.datatypes", "Assignment"),
    "Audience": ("grader.batch", "Audience"),
    "Entry": ("grader.roster", "Entry"),
    "Result": ("grader.datatypes", "Result"),
    "Status": ("grader.datatypes", "Status"),
    "grade": ("grader.pipeline", "grade"),
    "grade_class": ("grader.batch", "grade_class"),
    "load_assignment": ("grader.assignment", "load"),
    "propose_publication": ("grader.publish", "propose"),
    "publish_proposal": ("grader.publish", "publish"),
    "put_in_marks": ("grader.remark", "remark"),
    "read_class": ("grader.classes", "read"),
    "read_result": ("grader.record", "read"),
    "rebuild_pages": ("grader.rebuild", "rebuild"),
    "walled": ("grader.sandbox", "walled"),
}


def __getattr__(name: str) -> Any:
    """Import what is asked for by its name here."""
    if name not in _HOMES:
        raise AttributeError(f"module 'grader' has no attribute {name!r}")
    home, inner = _HOMES[name]
    return getattr(import_module(home), inner)
