"""A line beside a table -> whether it only speaks of the table, or may be a row that was missed."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from fractions import Fraction

from .cells import cell

NUMBER = re.compile(r"(?<![\w.])-?(?:\d{1,20}[.,])?\d{1,20} ?%?|(?<![\w.])\.\d{1,20}")
_WORD = re.compile(r"[A-Za-z]{2,40}")
_WITHOUT_CELLS = (",", ":", "space")


def is_remark(text: str, style: str, first: AbstractSet[Fraction], columns: int) -> bool:
    """Return whether a line is words about a table: "Final accuracy 99.1% with dropout 0.1".

    style: what parts its cells. first: the numbers that the rows read begin with. A remark has no cells,
    begins with a word, has more words than numbers, and too few numbers for a row or one that a row has.
    """
    if style not in _WITHOUT_CELLS or not _WORD.match(text.strip(" *_-•")):
        return False
    numbers = NUMBER.findall(text)
    if len(_WORD.findall(text)) <= max(len(numbers), 1):
        return False
    return len(numbers) < columns or any(cell(number) in first for number in numbers)
