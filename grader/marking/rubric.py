"""OUT/rubric.csv <-> the levels of each entry, with what each is worth."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from grader import atomic
from grader.marking.given import WHOLE, Entry, Item, Rubric, in_file, named, ready_made
from grader.marking.records import DELIMITERS, MEND, BadMarks, Torn, decoded, why_torn
from grader.marking.regular import bytes_of
from grader.marking.sheet import key, text_cell, text_of
from grader.marks import unrounded
from grader.status import HALF

NAME = "rubric.csv"
COLUMNS = ("part", "item", "reason", "worth")
WAS = "was"  # a column that is there once an item was called otherwise


def items_of(rubric: Rubric, part: str, item: str, possible: float) -> tuple[Item, ...]:
    """Return the items of an entry: “in full” first, whose worth is what is possible unless the file says."""
    own = rubric.get((key(part), key(item)), ())
    whole = next((one for one in own if one.name == WHOLE), Item(WHOLE, possible))
    return (plain(whole), *(plain(one) for one in own if one.name != WHOLE))


def offered(items: Sequence[Item], possible: float) -> tuple[Item, ...]:
    """Return the items of an entry with “half” after the first, ready-made while none is worth half of it."""
    whole, *others = items
    half = [one for one in others if one.name == HALF]
    if not half and possible > 0 and all(one.worth != possible / 2 for one in others):
        half = [Item(HALF, possible / 2)]
    return (whole, *half, *(one for one in others if one.name != HALF))


def plain(item: Item) -> Item:
    """Return an item without what it was called."""
    return Item(item.name, item.worth)


def worth_now(rubric: Rubric, part: str, item: str, given: Item, possible: float = math.inf) -> Item:
    """Return an item as the file has it, by its name or what that was.

    Where the file has none, “in full” and “half” follow what is possible, and others are as they were given.
    """
    if found := in_file(rubric, part, item, given.name):
        return plain(found)
    worth = ready_made(given.name, possible)
    return given if worth is None else Item(given.name, worth)


def with_item(rubric: Rubric, entry: Entry, item: Item) -> Rubric:
    """Return the rubric with an item added to an entry, or with another worth."""
    own = rubric.get(entry, ())
    if all(one.name != item.name for one in own):
        return {**rubric, entry: (*own, item)}
    changed = (replace(one, worth=item.worth) if one.name == item.name else one for one in own)
    return {**rubric, entry: tuple(changed)}


def with_name(rubric: Rubric, entry: Entry, name: str, new: str) -> Rubric:
    """Return the rubric with an item called otherwise; marks that know it by its name follow."""
    own = rubric.get(entry, ())
    return {**rubric, entry: tuple(_called(one, new) if one.name == name else one for one in own)}


def _called(item: Item, name: str) -> Item:
    return Item(name, item.worth, tuple(one for one in (*item.was, item.name) if one != name))


def without_item(rubric: Rubric, entry: Entry, name: str) -> Rubric:
    """Return the rubric without an item of an entry."""
    return {**rubric, entry: tuple(one for one in rubric.get(entry, ()) if one.name != name)}


def read_rubric(out: Path) -> Rubric:
    """Read the file, {} where there is none. Raises BadMarks for what is wrong in it, by line."""
    path = out / NAME
    try:
        text = decoded(bytes_of(path))
    except FileNotFoundError:
        return {}
    except Torn as fault:
        raise BadMarks(f"{path}: {fault.complaint}") from None
    except OSError as fault:
        raise BadMarks(f"{path}: {fault.strerror or fault}. {MEND}") from None
    head = text.partition("\n")[0]
    lines = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(DELIMITERS, key=head.count))
    rubric: Rubric = {}
    try:
        for row in lines:
            rubric = _with_line(rubric, row, f"{path}, line {lines.line_num}")
    except csv.Error as fault:
        raise BadMarks(f"{path}, line {lines.line_num + 1}: {why_torn(fault)}") from None
    return rubric


def _with_line(rubric: Rubric, row: Mapping[str, str | None], where: str) -> Rubric:
    part, item, name, worth = (text_of(row.get(column) or "") for column in COLUMNS)
    if not any((part, item, name, worth)):
        return rubric
    if not (part and item and name):
        raise BadMarks(f"{where}: a level names its part, its item and its reason ({', '.join(COLUMNS)})")
    if any(one.name == named(name) for one in rubric.get((part, item), ())):
        raise BadMarks(f"{where}: “{name}” stands here twice: keep one of the two")
    was = tuple(filter(None, map(named, text_of(row.get(WAS) or "").split(";"))))
    return with_item(rubric, (part, item), Item(named(name), _number(worth, where), was))


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
    renamed = any(one.was for own in rubric.values() for one in own)
    lines.writerow((*COLUMNS, WAS) if renamed else COLUMNS)
    for (part, item), own in sorted(rubric.items()):
        for one in own:
            cells = [*map(text_cell, (part, item, one.name)), unrounded_signed(one.worth)]
            lines.writerow([*cells, text_cell("; ".join(one.was))] if renamed else cells)
    atomic.write("\ufeff" + text.getvalue(), out / NAME)


def unrounded_signed(worth: float) -> str:
    """Write a worth as a plain number: 2, -0.5."""
    return f"-{unrounded(-worth)}" if worth < 0 else unrounded(worth)
