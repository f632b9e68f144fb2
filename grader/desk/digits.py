"""(rubric items by entry, the digits of until now) -> the digit that toggles each: none takes another's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest

DIGITS = "123456789"
Keys = Mapping[str, Mapping[str, str]]  # by entry and name of the item: its digit


def dealt(items: Mapping[str, Sequence[str]], before: Keys) -> Keys:
    """Return the digits, without those for which none is free; the first item of each entry comes first."""
    keys: dict[str, dict[str, str]] = {
        entry: {name: key for name, key in before.get(entry, {}).items() if name in names}
        for entry, names in items.items()
    }
    used = {key for entry in keys.values() for key in entry.values()}
    free = iter([digit for digit in DIGITS if digit not in used])
    for row in zip_longest(*([(entry, name) for name in names] for entry, names in items.items())):
        for entry, name in filter(None, row):
            if name not in keys[entry] and (digit := next(free, "")):
                keys[entry][name] = digit
    return keys
