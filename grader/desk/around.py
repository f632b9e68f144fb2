"""(words, those that another answer has not) -> them, with what has to be read beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

BEFORE, AFTER = 3, 3  # words around a sentence that are told where it, or the next, speaks of the one before
_END = re.compile(r"(?<!\.)[.!?][\"')\]”’]*")
# How a sentence begins that may speak of the one before it.
_REFERS = frozenset(
    """also and because both but consequently each either else hence here his however instead it its
    likewise neither nor not one only or otherwise same similarly since so such that the their them then
    there therefore these they this those thus too whereas which while""".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Run:
    """Words that one answer has and the other has not, and what stands around them."""

    words: str
    before: str = ""
    after: str = ""


def around(words: Sequence[str], begin: int, end: int) -> Run:
    """Return words from `begin` to `end`, with what is read beside them.

    Whole sentences stand alone, unless they may speak of what is before, or what follows may speak of them;
    other words say little without the three before them and the one after.
    """
    own = " ".join(words[begin:end])
    whole = _ends(words, begin) and _ends(words, end)
    short = end - begin <= BEFORE
    before = BEFORE if short or not whole or _refers(words[begin]) else 0
    after = AFTER if whole and end < len(words) and _refers(words[end]) else 1 if short or not whole else 0
    return Run(own, " ".join(words[max(0, begin - before) : begin]), " ".join(words[end : end + after]))


def _ends(words: Sequence[str], at: int) -> bool:
    """Return whether a sentence ends before a word; a text's beginning and its end are such places."""
    if at in {0, len(words)}:
        return True
    stops = _END.search(words[at - 1])
    return stops is not None and stops.end() == len(words[at - 1]) and not words[at][0].islower()


def _refers(word: str) -> bool:
    return re.sub(r"\W", "", word).casefold() in _REFERS
