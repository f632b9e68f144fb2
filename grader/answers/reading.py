"""What reading an answer gives: a Reading, or Unreadable, or Torn; and how much may be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

ANSWER_BYTES = 20_000
EXPRESSION_LENGTH = 200
DEPTH = 20
EXPONENT = 64
BITS = 256
CELLS = 4096


@dataclass(frozen=True)
class Reading(Generic[T]):
    """A value and where it came from, so that a student can see how the answer was understood."""

    value: T
    words: str  # the student's words it was read from, short
    read_as: str  # "228", "30 × 30 × 12", "[[1, 1/3], [-1/3, 1/9]]"
    notes: tuple[str, ...] = ()  # conventions: "b is not given: read as 0"


class Unreadable(Exception):
    """Nothing of this kind could be read for sure. The message is a sentence for the student."""


class Torn(Unreadable):
    """Several different answers are asserted; a person decides."""

    def __init__(self, *candidates: str) -> None:
        self.candidates = candidates
        shown = ", ".join(shortened(each, 60) for each in candidates[:6])
        super().__init__(f"Several different answers can be read here ({shown}); a person decides.")


def shortened(words: str, length: int = 80) -> str:
    """Return the words on one line, cut with an ellipsis where they are long."""
    line = " ".join(words.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def within_limits(text: str) -> str:
    """Return the text as it is. Unreadable: longer than 20 kB."""
    if len(text) > ANSWER_BYTES or len(text.encode("utf-8", "replace")) > ANSWER_BYTES:
        raise Unreadable("The answer is longer than 20 kB; a person has to read it.")
    return text
