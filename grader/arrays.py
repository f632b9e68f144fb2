"""Arrays that a check compared, and a pooling that a question asks for: nouns that pages show."""

from __future__ import annotations

from dataclasses import dataclass

Table = tuple[tuple[str, ...], ...]  # rows of entries as text


@dataclass(frozen=True)
class Compared:
    """The student's arrays as they were read, and the right ones. Entries are the same text where equal."""

    given: tuple[Table, ...]
    right: tuple[Table, ...] = ()  # as `expected`: staff only, unless the course shows it
    shape: bool = False  # one row that is a shape, or a list: (30, 30, 12)


@dataclass(frozen=True)
class Pooling:
    """What a question asks to pool: given with the question, so that nothing of it is an answer."""

    inputs: tuple[tuple[tuple[float, ...], ...], ...]
    window: int  # rows and columns of a window
    stride: int  # how far it moves on
    check: str  # the one that compares the outputs, an array for each input
