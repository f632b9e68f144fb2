"""The text a person wrote, or a value a program returned -> an Expression."""

from __future__ import annotations

import re

from .expressions import Expression, Number, shown, whole
from .notation import plain
from .reading import Reading, Unreadable, shortened
from .tokens import tokens_of
from .values import exact


def expression(given: object) -> Reading[Expression]:
    """Read a whole formula: numbers, single-letter variables, + - * / ^, products, and a few functions.

    Unreadable: any other thing, more than 200 characters, brackets deeper than 20, numbers over 256 bits.
    """
    if not isinstance(given, str):
        value = exact(given)
        return Reading(Number(value), str(value), str(value))
    text = plain(given).strip().rstrip(".")
    _, _, right = text.rpartition("=")
    found = whole(tokens_of(re.sub(r"\s+\(", "(", right.strip()), words=False))
    if found is None:
        raise Unreadable(f"“{shortened(given, 60)}” could not be read as a formula.")
    return Reading(found, shortened(given), shown(found))
