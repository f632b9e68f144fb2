"""(levels by criterion, the keys of until now) -> the key that toggles each: none takes another's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from grader.marking import HALF, Item

DIGITS = "123456789"  # “in full”, by the place of the criterion
HALVES = "h"
LETTERS = (
    "abdefgjklmqstvwxyz"  # other levels of the framed criterion; c, i, n, o, p, r and u do something else
)
Levels = tuple[float, Sequence[Item]]  # what is possible, and what can be given of it, “in full” first
Keys = Mapping[str, Mapping[str, str]]  # by criterion and name of the level: its key


def dealt(levels: Mapping[str, Levels], before: Keys) -> Keys:
    """Return the keys, without those for which none is free. A letter is one of each criterion's own."""
    return {
        criterion: _own(place, its, before.get(criterion, {}))
        for place, (criterion, its) in enumerate(levels.items())
    }


def _own(place: int, levels: Levels, before: Mapping[str, str]) -> Mapping[str, str]:
    possible, (whole, *others) = levels
    half = _half(possible, others)
    rest = [one.name for one in others if one.name != half]
    kept = {name: before[name] for name in rest if before.get(name, "") in (*LETTERS,)}
    free = (letter for letter in LETTERS if letter not in kept.values())
    new = dict(zip((one for one in rest if one not in kept), free, strict=False))
    digit = {whole.name: DIGITS[place]} if place < len(DIGITS) else {}
    return {**digit, **({half: HALVES} if half else {}), **kept, **new}


def _half(possible: float, others: Sequence[Item]) -> str:
    """Return the level that is half of it: the one called so, else the first worth that; '' for none."""
    called = [one.name for one in others if one.name == HALF]
    worth = [one.name for one in others if one.worth == possible / 2]
    return next(iter((*called, *worth)), "")
