"""(an answer, one like it) -> what the second has not and has, in words, where that is little."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

LONGEST = 400  # words of an answer that is compared: time grows with their square
MOST, LENGTH = 12, 200  # words that are told, and their characters: more is sooner read in the answer itself


def difference(before: str, after: str) -> tuple[str, ...]:
    """Return “without …” and “with …”, as far as there is such a thing; nothing where it is not little."""
    old, new = before.split(), after.split()
    if max(len(old), len(new)) > LONGEST:
        return ()
    steps = [
        step for step in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if step[0] != "equal"
    ]
    gone = [" ".join(old[begin:end]) for _, begin, end, _, _ in steps if begin < end]
    come = [" ".join(new[begin:end]) for _, _, _, begin, end in steps if begin < end]
    told = " ".join((*gone, *come))
    if len(told.split()) > MOST or len(told) > LENGTH:
        return ()
    return tuple(_told(gone, come)) or ("word for word",)


def _told(gone: list[str], come: list[str]) -> Iterator[str]:
    for how, runs in (("without", gone), ("with", come)):
        if runs:
            yield f"{how} “{' … '.join(runs)}”"
