"""'17,50' or '17.50' <-> a number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

_PLAIN = re.compile(r"-?[0-9]{1,12}(?:[.,][0-9]{1,12})?")
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:([.,])[0-9]{3}){1,4}(?!\1)[.,][0-9]{1,12}")
_SPACE = re.compile(r"[\s\u00a0\u202f']")  # between thousands, in some languages


def number(text: str) -> Fraction | None:
    """Read a number with a decimal point or comma; else None. One sign alone is the decimal one."""
    bare = _SPACE.sub("", text)
    if not (_PLAIN.fullmatch(bare) or _GROUPED.fullmatch(bare)):
        return None
    *whole, decimals = re.split(r"[.,]", bare)
    return Fraction(f"{''.join(whole)}.{decimals}" if whole else decimals)


def has_comma(texts: Iterable[str]) -> bool:
    """Return whether numbers are written with a decimal comma here."""
    return any(number(text) is not None and "," in text.rsplit(".", 1)[-1] for text in texts)


def written(text: str, *, comma: bool) -> str:
    """Return a number that has a decimal point as it is written here."""
    return text.replace(".", ",") if comma else text
