"""Arrays that a check compared, inputs that it drew, a pooling that a question asks for: nouns."""

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


@dataclass(frozen=True)
class Tried:
    """Inputs that were drawn for a student, and how a function did on them."""

    drawn: int
    wrong: int
    smallest: str = ""  # of those that went wrong: a line of Python that calls the function with it
    seed: str = ""  # with which they can be drawn again: staff only


@dataclass(frozen=True)
class Drawing:
    """How inputs are drawn, and how near to the right values is right: `[cases]` in assignment.toml."""

    secret: str = ""  # which inputs are drawn depends on it, and on the student
    float32: float = 1e-5  # differences that count as none, as a share of the larger of 1 and
    float64: float = 1e-9  # the largest right entry; float32 wherever an input is
