"""CheckResult -> its arrays as a page shows them: the student's, beside the right ones where they may be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest

from grader.arrays import Table
from grader.datatypes import CheckResult

_FRACTION = re.compile(r"(\d+)/(\d+)")


@dataclass(frozen=True)
class Entry:
    """One number, a fraction where `under` is not empty."""

    minus: bool
    over: str
    under: str = ""
    differs: bool = False


Rows = tuple[tuple[Entry, ...], ...]


@dataclass(frozen=True)
class Pair:
    """One of the student's arrays, and the right one where it may be shown. `differs`: where, in words."""

    given: Rows
    right: Rows = ()
    differs: str = ""


def pairs(check: CheckResult) -> tuple[Pair, ...]:
    """Return the arrays of a check; () where there are none, or where they are a line of text as well."""
    compared = check.compared
    if compared is None or (compared.shape and not compared.right):
        return ()
    return tuple(
        _pair(given, right, compared.shape)
        for given, right in zip_longest(compared.given, compared.right, fillvalue=())
    )


def _pair(given: Table, right: Table, shape: bool) -> Pair:
    comparable = [len(row) for row in given] == [len(row) for row in right]
    wrong = {
        (i, j)
        for i, row in enumerate(right if comparable else ())
        for j, text in enumerate(row)
        if given[i][j] != text
    }
    places = [f"entry {j + 1}" if shape else f"row {i + 1}, column {j + 1}" for i, j in sorted(wrong)]
    return Pair(_rows(given, wrong), _rows(right, set()), "; ".join(places))


def _rows(table: Table, wrong: set[tuple[int, int]]) -> Rows:
    return tuple(
        tuple(_entry(text, (i, j) in wrong) for j, text in enumerate(row)) for i, row in enumerate(table)
    )


def _entry(text: str, differs: bool) -> Entry:
    bare = text.removeprefix("-")
    fraction = _FRACTION.fullmatch(bare)
    over, under = fraction.groups() if fraction else (bare, "")
    return Entry(text.startswith("-"), over, under, differs)
