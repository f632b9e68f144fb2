"""(an answer, one like it) -> what the second has not and has, in words, where that is little."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

from grader.marking import apart
from grader.report.paragraphs import unwrapped

LONGEST = 400  # words of an answer that is compared: time grows with their square
MOST, LENGTH = 12, 200  # words that are told, and their characters: more is sooner read in the answer itself
SHORT = 3  # words of a run that says little alone: three words before it and one after are told, too
MOVED = 6  # words: a shorter sentence, “Wrong!”, is about the one before, and says something else elsewhere
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_BLANKS = re.compile(r"(?<=\S) +")


@dataclass(frozen=True)
class Run:
    """Words that one answer has and the other has not, and what stands around them."""

    words: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Difference:
    """What an answer has not, and has, beside another."""

    without: tuple[Run, ...] = ()
    with_: tuple[Run, ...] = ()
    moved: bool = False  # what they share stands in another order
    set_otherwise: bool = False  # the same words on other lines, or with other blanks: of a table, say

    @property
    def none(self) -> bool:
        """Whether one is the other, word for word."""
        return self == Difference()


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text that is laid out."""
    return _SENTENCE.split(text)


def laid_out(text: str) -> str:
    """Return a text as it is seen: broken paragraphs joined, and one blank for several within a line."""
    lines = (_BLANKS.sub(" ", line.rstrip(" ")) for line in unwrapped(text).split("\n"))
    return "\n".join(lines).strip("\n")


@lru_cache(maxsize=4096)
def difference(before: str, after: str) -> Difference | None:
    """Return what the second answer has not and has beside the first; None where it is not little."""
    old, new = before.split(), after.split()
    if max(len(old), len(new)) > LONGEST:
        return None
    if old == new:
        return Difference(set_otherwise=laid_out(before) != laid_out(after))
    sentences = [sentences_of(laid_out(text)) for text in (before, after)]
    kept = _kept(*sentences)
    if kept and Counter(sentences[0]) == Counter(sentences[1]):
        return Difference(moved=True)
    return _little(old, new) or (_beside(sentences, kept) if kept else None)


def _beside(sentences: Sequence[Sequence[str]], kept: frozenset[str]) -> Difference | None:
    """Return what is another in the sentences that are not the same, those being in another order."""
    old, new = (" ".join(one for one in text if one not in kept).split() for text in sentences)
    found = _little(old, new)
    return found and replace(found, moved=True)


def _kept(before: Sequence[str], after: Sequence[str]) -> frozenset[str]:
    """Return the sentences that both have, in another order; none where that may change what they say.

    An answer to a question, a sentence that is there twice and a short one say something by their place.
    """
    kept = frozenset(before) & frozenset(after)
    old, new = ([one for one in sentences if one in kept] for sentences in (before, after))
    if old == new or len(old) > len(kept) or len(new) > len(kept) or any("?" in one for one in before):
        return frozenset()
    stay = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    moved = kept.difference(*(old[block.a : block.a + block.size] for block in stay))
    return kept if all(len(one.split()) >= MOVED for one in moved) else frozenset()


def _little(old: Sequence[str], new: Sequence[str]) -> Difference | None:
    """Return the words that are others, if they are few."""
    if apart(old, new) > 2 * MOST:
        return None
    same = next((at for at, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), None)
    start = (
        min(len(old), len(new)) if same is None else same
    )  # SequenceMatcher is slow where much is the same
    steps = SequenceMatcher(None, old[start:], new[start:], autojunk=False).get_opcodes()
    changed = [step for step in steps if step[0] != "equal"]
    found = Difference(
        tuple(_runs(old, start, [(begin, end) for _, begin, end, _, _ in changed])),
        tuple(_runs(new, start, [(begin, end) for _, _, _, begin, end in changed])),
    )
    told = " ".join(run.words for run in (*found.without, *found.with_))
    return found if len(told.split()) <= MOST and len(told) <= LENGTH else None


def _runs(words: Sequence[str], start: int, places: Sequence[tuple[int, int]]) -> Iterator[Run]:
    for begin, end in ((start + begin, start + end) for begin, end in places if begin < end):
        own = " ".join(words[begin:end])
        if end - begin > SHORT:
            yield Run(own)
        else:
            yield Run(own, " ".join(words[max(0, begin - 3) : begin]), " ".join(words[end : end + 1]))
