"""A page's lines -> whether they run across columns of text, whose order only the page shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from grader.ingest.headings import heading

LONG = 25  # characters on either side of a gap: two columns of prose, not of a table
MOST = 2  # lines that may look so by chance, in a table of many words


def are_columns(texts: Sequence[str], told: str) -> bool:
    """Say whether lines, with tabs for wide gaps, are of columns of text. `told`: the other reader's text."""
    if sum(_is_torn(text) for text in texts) > MOST:
        return True
    known = squeezed(told)
    return any(_hides_a_heading(text) or _is_far_apart(text, known) for text in texts)


def _is_torn(text: str) -> bool:
    """Say whether a line is two lines of prose, one beside the other."""
    sides = text.split("\t")
    return len(sides) == 2 and all(len(side) > LONG and side.count(" ") > 2 for side in sides)


def _hides_a_heading(text: str) -> bool:
    """Say whether a part's heading stands behind something else: "Problem 2B", a gap, "Problem 3D"."""
    first, *others = (heading(side.strip()) for side in text.split("\t"))
    words = [found for found in others if found and found.word]
    # "Exercise 4" alone is at the right of many pages' heads.
    return any(found.letter or (first and first.word) for found in words)


def _is_far_apart(text: str, known: str) -> bool:
    """Say whether the other reader has words of one line in different places, as it has those of columns."""
    sides = text.split("\t")
    if not all(_is_prose(side) for side in sides):
        return False
    pairs = pairwise(sides)
    return any(squeezed(left) + squeezed(right) not in known for left, right in pairs)


def _is_prose(text: str) -> bool:
    """Say whether a text is some words, none of which we put together ourselves."""
    return "\\" not in text and len(re.findall(r"[^\W\d_]{2,}", text)) > 1


def squeezed(text: str) -> str:
    """Return a text without room and hyphens, in which two readers may differ."""
    return re.sub(r"[\s\x00-\x08-]+", "", text)
