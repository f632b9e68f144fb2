"""What a check took for the answer: a noun."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Taken:
    """The one answer that a check read, exactly, so that another can be held against it."""

    reader: str  # the method of the fixture `answer`
    value: str  # as `answers.canonical.written` has it
    asked: Mapping[str, Any] = field(default_factory=dict)  # what the reader was told: {"rank": 3}
