"""What a page shows of a student's code."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CodeShown:
    """Code that stands under no part: a module, or a notebook's cell."""

    file: str
    label: str  # what the student's own tracebacks call it
    text: str
