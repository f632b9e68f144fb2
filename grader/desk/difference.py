"""(an answer, one like it) -> what the second has not and has, in words, where that is little."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

LONGEST = 400  # words of an answer that is compared: time grows with their square
MOST, LENGTH = 12, 200  # words that are told, and their characters: more is sooner read in the answer itself
BETWEEN = "…"  # runs of words
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")


@dataclass(frozen=True)
class Difference:
    """What an answer has not, and has, beside another; runs of words with “ … ” between them."""

    without: str = ""
    with_: str = ""
    moved: bool = False  # what they share stands in another order

    @property
    def none(self) -> bool:
        """Whether one is the other, word for word."""
        return self == Difference()


def difference(before: str, after: str) -> Difference | None:
    """Return what the second answer has not and has beside the first; None where it is not little."""
    if max(len(before.split()), len(after.split())) > LONGEST:
        return None
    old, new = (Counter(_sentences(text)) for text in (before, after))
    plain = _between(before, after)
    if _is_little(plain) and (old != new or plain.none):
        return plain
    rest = _between(" ".join((old - new).elements()), " ".join((new - old).elements()))
    return replace(rest, moved=True) if old & new and _is_little(rest) else None


def _between(before: str, after: str) -> Difference:
    old, new = before.split(), after.split()
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    changed = [step for step in steps if step[0] != "equal"]
    gone = [" ".join(old[begin:end]) for _, begin, end, _, _ in changed if begin < end]
    come = [" ".join(new[begin:end]) for _, _, _, begin, end in changed if begin < end]
    return Difference(f" {BETWEEN} ".join(gone), f" {BETWEEN} ".join(come))


def _is_little(found: Difference) -> bool:
    told = f"{found.without} {found.with_}"
    return sum(word != BETWEEN for word in told.split()) <= MOST and len(told) <= LENGTH


def _sentences(text: str) -> list[str]:
    return _SENTENCE.split(" ".join(text.split()))
