"""One row of numbers, as text -> its cells; one cell -> an exact number."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from .expressions import value_of, whole
from .notation import plain
from .reading import Unreadable
from .tokens import tokens_of

_DECIMAL_COMMA = re.compile(r"[+-]? ?\d{1,20},\d{1,20}")
_THOUSANDS = re.compile(r"[+-]? ?[1-9]\d{0,2}(?:,\d{3})+")
_PERCENT_NOTE = re.compile(r"\s*(?:\([^()]{0,40}\)|±.{0,20})\s*$")


@lru_cache(maxsize=1024)
def cell(text: str) -> Fraction | None:
    """Return a cell's exact value: a decimal, a quotient, a percent, arithmetic, or 0,5.

    None: it is no number, or it can be read in two ways ("1,228").
    """
    words = plain(text).strip().strip("|*").strip()
    if _DECIMAL_COMMA.fullmatch(words):
        if _THOUSANDS.fullmatch(words):
            return None
        words = words.replace(",", ".")
    words = re.sub(r"^[~≈]\s*", "", words)
    words = words.removesuffix(".") if re.fullmatch(r"[+-]? ?\d+\.", words) else words
    tokens = tokens_of(words, words=False)
    node = whole(tokens) if tokens else None
    try:
        return None if node is None else value_of(node)
    except Unreadable:
        return None


def without_note(text: str) -> str:
    """Return a table's cell without "(97 %)" or "± 0.1" behind the number."""
    return _PERCENT_NOTE.sub("", text)


def cells_of(row: str, columns: int | None = None) -> list[str]:
    """Split a row at & | ; tabs, commas or spaces, in this order of precedence.

    columns: how many there should be; decides what a comma without a space means.
    """
    row = row.strip()
    for mark in ("&", "|", ";", "\t"):
        if mark in row:
            return [piece.strip() for piece in row.strip(mark).split(mark)]
    if "," in row:
        return _at_commas(row.rstrip(", "), columns)
    return _at_spaces(row)


def _at_commas(row: str, columns: int | None) -> list[str]:
    every = [piece.strip() for piece in row.split(",")]
    spaced = [piece.strip() for piece in re.split(r",\s+|\s+", row)]
    decimal = any(_DECIMAL_COMMA.fullmatch(piece) for piece in spaced)
    whole_or_decimal = all(
        _DECIMAL_COMMA.fullmatch(piece) or re.fullmatch(r"[+-]?\d+", piece) for piece in spaced
    )
    if not (decimal and whole_or_decimal and len(spaced) > 1):
        return every
    if any(re.fullmatch(r"[+-]?0,\d+", piece) for piece in spaced) and len(every) != columns:
        return spaced
    return spaced if len(spaced) == columns else every


_BINARY = re.compile(r"\s*(?<=[\d.)}])\s+([-+*/×])\s+(?=[\d.({\\])")


def _at_spaces(row: str) -> list[str]:
    """Split at spaces that stand in no bracket and around no operator; "- .5" is one cell."""
    row = (
        re.sub(r"(?:(?<=^)|(?<=\s))-\s+(?=[\d.\\])", "-", row)
        if not _BINARY.search(row)
        else _BINARY.sub(r"\1", row)
    )
    pieces, depth, start = [], 0, 0
    for at, character in enumerate(row + " "):
        depth += (character in "({") - (character in ")}")
        if character.isspace() and depth <= 0:
            pieces.append(row[start:at])
            start = at + 1
    return [piece for piece in pieces if piece]
