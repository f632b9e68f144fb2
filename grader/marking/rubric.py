"""OUT/rubric.csv <-> the rubric items of each entry, with what each is worth."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping
from pathlib import Path

from grader import atomic
from grader.marking.file import BadMarks
from grader.marking.given import WHOLE, Item, named
from grader.marking.records import DELIMITERS
from grader.marking.regular import bytes_of
from grader.marking.sheet import key, text_cell, text_of
from grader.marks import unrounded

NAME = "rubric.csv"
COLUMNS = ("part", "item", "reason", "worth")
Entry = tuple[str, str]  # part, item, as `sheet.key` writes them
Rubric = Mapping[Entry, tuple[Item, ...]]


def items_of(rubric: Rubric, part: str, item: str, possible: float) -> tuple[Item, ...]:
    """Return the items of an entry: “in full” first, whose worth is what is possible unless the file says."""
    own = rubric.get((key(part), key(item)), ())
    whole = next((one for one in own if one.name == WHOLE), Item(WHOLE, possible))
    return (whole, *(one for one in own if one.name != WHOLE))


def worth_now(rubric: Rubric, part: str, item: str, given: Item) -> Item:
    """Return an item with the worth that the file gives it, its own where the file does not know it."""
    own = rubric.get((key(part), key(item)), ())
    return next((one for one in own if one.name == given.name), given)


def with_item(rubric: Rubric, entry: Entry, item: Item) -> Rubric:
    """Return the rubric with an item added to an entry, or with another worth."""
    own = rubric.get(entry, ())
    if all(one.name != item.name for one in own):
        return {**rubric, entry: (*own, item)}
    return {**rubric, entry: tuple(item if one.name == item.name else one for one in own)}


def without_item(rubric: Rubric, entry: Entry, name: str) -> Rubric:
    """Return the rubric without an item of an entry."""
    return {**rubric, entry: tuple(one for one in rubric.get(entry, ()) if one.name != name)}


def read_rubric(out: Path) -> Rubric:
    """Read the file, {} where there is none. Raises BadMarks for what is wrong in it, by line."""
    path = out / NAME
    try:
        text = bytes_of(path).decode("utf-8-sig")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as fault:
        raise BadMarks(f"{path}: {getattr(fault, 'strerror', fault)}") from None
    head = text.partition("\n")[0]
    lines = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(DELIMITERS, key=head.count))
    rubric: Rubric = {}
    try:
        for row in lines:
            rubric = _with_line(rubric, row, f"{path}, line {lines.line_num}")
    except csv.Error as fault:
        raise BadMarks(f"{path}, line {lines.line_num + 1}: {fault}") from None
    return rubric


def _with_line(rubric: Rubric, row: Mapping[str, str | None], where: str) -> Rubric:
    part, item, name, worth = (text_of(row.get(column) or "") for column in COLUMNS)
    if not any((part, item, name, worth)):
        return rubric
    if not (part and item and name):
        raise BadMarks(
            f"{where}: a rubric item names its part, its item and its reason ({', '.join(COLUMNS)})"
        )
    if any(one.name == named(name) for one in rubric.get((part, item), ())):
        raise BadMarks(f"{where}: “{name}” stands here twice: keep one of the two")
    return with_item(rubric, (part, item), Item(named(name), _number(worth, where)))


def _number(text: str, where: str) -> float:
    try:
        number = float(text.replace(",", ".").replace("−", "-"))
    except ValueError:
        number = math.nan
    if not abs(number) < 1e9:
        raise BadMarks(f"{where}: the worth “{text}” is not a number: write it like 1.5 or -0.5")
    return number


def write_rubric(rubric: Rubric, out: Path) -> None:
    """Write the file, whole or not at all. Raises OSError."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(COLUMNS)
    for (part, item), own in sorted(rubric.items()):
        for one in own:
            lines.writerow([*map(text_cell, (part, item, one.name)), unrounded_signed(one.worth)])
    atomic.write("\ufeff" + text.getvalue(), out / NAME)


def unrounded_signed(worth: float) -> str:
    """Write a worth as a plain number: 2, -0.5."""
    return f"-{unrounded(-worth)}" if worth < 0 else unrounded(worth)
