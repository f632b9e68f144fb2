"""(what was given, what is right, what the slips give) -> passed, or an exception that says why not."""

from __future__ import annotations

import operator
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from grader.arrays import Compared, Tried
from grader.checks import near, tabled
from grader.checks.near import Same

NUMBER = re.compile(r"(?<![\d.])\d{1,15}(?!\d|[.,]\d)", re.ASCII)
SEPARATOR = re.compile(r"(?<=\d)[, \u00a0\u2009](?=\d{3}(?!\d))")  # of thousands
Matrix = Sequence[Sequence[Fraction]]


class Failed(Exception):
    """The answer is wrong. `slip` is the known mistake that it equals, if any."""

    def __init__(self, message: str, slip: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.slip = slip


class Pending(Exception):
    """A person has to decide. The message is for the student, `attention` for staff; `slip` a mistake.

    `waits_for` is what it waits for where that is no person, `lacks` what the student did not hand in.
    """

    lacks = ""

    def __init__(self, message: str, attention: str = "", slip: str = "", *, waits_for: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.attention = attention
        self.slip = slip
        self.waits_for = waits_for


class Absent(Exception):
    """Everything was read and there is no answer."""


class Verdict:
    """What a check says about an answer: the fixture `verdict`. Nothing said and no exception is a pass."""

    def __init__(self) -> None:
        self.expected = ""
        self.measured: dict[str, float] = {}
        self.notes: list[str] = []
        self.attention: list[str] = []
        self.credited = ""  # why it earns its points though it is not as asked
        self.unsure = ""  # why a wrong answer may be a misreading
        self.text = ""  # the student's words, '' where the answer is a value
        self.compared: Compared | None = None  # the arrays that the page shows
        self.tried: Tried | None = None  # the inputs that were drawn for the student

    def expect(self, right: object, say: Callable[[Any], str] = str) -> None:
        """Record the right answer, for staff."""
        self.expected = say(right)

    def measure(self, **values: float) -> None:
        """Record measured values; a ramp in assignment.toml may turn one into partial credit."""
        self.measured.update(values)

    def note(self, text: str) -> None:
        """Tell the student of a convention that was accepted."""
        self.notes.append(text)

    def flag(self, text: str) -> None:
        """Tell staff of something to look at; it costs nothing."""
        self.attention.append(text)

    def credit(self, why: str) -> None:
        """Give the points though the answer is not as asked; `why` is what the student reads first."""
        self.credited = why

    def fail(self, message: str, slip: str = "") -> None:
        """Say that the answer is wrong; raises. An answer that may be misread goes to a person instead."""
        __tracebackhide__ = True
        if self.unsure:
            raise Pending(f"{message} {self.unsure}", attention=self.unsure)
        raise Failed(message, slip)

    def pend(self, message: str, attention: str = "", slip: str = "", *, waits_for: str = "") -> None:
        """Leave the decision to a person, or to what it waits for; raises. A known mistake may be told."""
        __tracebackhide__ = True
        raise Pending(message, attention, slip, waits_for=waits_for)

    def may_mean(self, given: object, right: object) -> bool:
        """Return whether the words that were read as `given` have what `right` needs besides."""
        return mentions(self.text, given, right)

    def named(self, given: object, slips: Mapping[str, object], same: Same = operator.eq) -> str:
        """Return the slip that what was given is the same as, '' for none; `same` says how to tell."""
        return near.named(given, slips, same)

    def equal(
        self,
        given: object,
        right: object,
        *,
        slips: Mapping[str, object] | None = None,
        say: Callable[[Any], str] = str,
    ) -> None:
        """Pass if `given` equals `right`; else fail, naming the slip whose value it is."""
        __tracebackhide__ = True
        self.expect(right, say)
        self.compared = tabled.shapes(given, right)
        if given == right:
            return
        if self.may_mean(given, right):
            self.pend(
                f"Your answer was read as {say(given)}, and you mention other numbers: a person looks.",
                f"read as {say(given)}, and the right numbers stand in the text as well",
            )
        self.fail(f"You gave {say(given)}, which is not right.", self.named(given, slips or {}))

    def entries(
        self,
        given: Sequence[Matrix],
        right: Sequence[Matrix],
        *,
        slips: Mapping[str, Sequence[Matrix]] | None = None,
    ) -> None:
        """Compare matrices entry by entry; measures `entries_right` of `entries`, names each wrong entry.

        An answer that as a whole is a known slip has no entry right: it answers another question.
        """
        __tracebackhide__ = True
        self.expect(right, say_matrices)
        self.compared = tabled.matrices(given, right)
        slip = self.named(plain(given), {name: plain(value) for name, value in (slips or {}).items()})
        wrong = None if sizes(given) != sizes(right) else list(differences(given, right))
        total = sum(len(row) for matrix in right for row in matrix)
        self.measure(entries=total, entries_right=0 if slip or wrong is None else total - len(wrong))
        if slip:
            self.fail(f"All your entries are what another calculation gives: {slip}.", slip)
        if wrong is None and self.text:
            self.pend(f"{say_sizes(given)} were read in your words: a person looks what they are.")
        if wrong is None:
            self.fail(f"Your answer is {say_sizes(given)}; {say_sizes(right)} were asked for.")
        if wrong:
            self.fail("\n".join([f"{total - len(wrong)} of {total} entries are right.", *wrong]))


def mentions(text: str, given: object, right: object) -> bool:
    """Return whether a text that was read as another value has what the right one needs besides.

    "30 x 30 pixels, 12 channels" read as (30, 30) may be a misreading of (30, 30, 12).
    """
    mine, wanted = whole_numbers(given), whole_numbers(right)
    if not (text and mine and wanted):
        return False
    there = Counter(int(number) for number in NUMBER.findall(SEPARATOR.sub("", text)))
    lacking = wanted - mine
    return bool(lacking) and lacking <= there - mine


def whole_numbers(value: object) -> Counter[int]:
    """Return the numbers of an integer or a shape; nothing for what is neither."""
    listed = value if isinstance(value, (tuple, list)) else [value]
    numbers = [one for one in listed if isinstance(one, int)]
    return Counter(numbers) if len(numbers) == len(listed) else Counter()


def plain(matrices: Sequence[Matrix]) -> tuple[tuple[tuple[Fraction, ...], ...], ...]:
    """Return matrices as nested tuples, which compare by value."""
    return tuple(tuple(tuple(map(Fraction, row)) for row in matrix) for matrix in matrices)


def sizes(matrices: Sequence[Matrix]) -> list[list[int]]:
    """Return the length of each row of each matrix."""
    return [[len(row) for row in matrix] for matrix in matrices]


def differences(given: Sequence[Matrix], right: Sequence[Matrix]) -> list[str]:
    """Return a line for each wrong entry (matrices of equal sizes), and one for a transposed matrix."""
    lines = []
    for number, (mine, theirs) in enumerate(zip(plain(given), plain(right), strict=True), 1):
        wrong = [(i, j) for i, row in enumerate(theirs) for j, value in enumerate(row) if mine[i][j] != value]
        if wrong and mine == tuple(zip(*theirs, strict=True)):
            lines.append(f"Matrix {number} is transposed: its rows and columns are swapped.")
        lines += [_entry(number, i, j, mine[i][j], theirs[i][j]) for i, j in wrong]
    return lines


def _entry(matrix: int, row: int, column: int, given: Fraction, right: Fraction) -> str:
    what = "has the wrong sign" if given == -right else "is not right"
    return f"Matrix {matrix}, row {row + 1}, column {column + 1}: your {say_number(given)} {what}."


def say_number(value: Fraction) -> str:
    """Write a number as a person would: 228, -0.25, 1/3."""
    if (value.denominator & (value.denominator - 1)) == 0 and value.denominator <= 1024:
        return f"{float(value):g}".replace("-", "−")
    return str(value).replace("-", "−")


def say_matrices(matrices: Sequence[Matrix]) -> str:
    """Write matrices in rows: [[2, 0.5], [0.5, 1.5]], …"""
    return ", ".join(
        "[" + ", ".join("[" + ", ".join(map(say_number, row)) + "]" for row in matrix) + "]"
        for matrix in plain(matrices)
    )


def say_sizes(matrices: Sequence[Matrix]) -> str:
    """Write how many matrices of which size: '4 matrices of 2×2'."""
    kinds = sorted({f"{len(matrix)}×{max(map(len, matrix), default=0)}" for matrix in matrices})
    return f"{len(matrices)} {'matrix' if len(matrices) == 1 else 'matrices'} of {' and '.join(kinds)}"


def say_shape(shape: Sequence[int]) -> str:
    """Write a shape as Python does: (30, 30, 12)."""
    return str(tuple(shape))
