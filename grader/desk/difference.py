"""(an answer, one like it) -> what the second has not and has, in words, where that is little."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

from grader.desk.around import Run, around
from grader.marking import apart, in_both
from grader.report.paragraphs import unwrapped

LONGEST = 400  # words of an answer that is compared: time grows with their square
MOST, LENGTH = 12, 200  # words that are told, and their characters: more is sooner read in the answer itself
SENTENCE = 24  # words that are told where they are one sentence, which is read at once
_SHORT = 3  # words of a sentence that is told as other words are
# An ellipsis ends none, nor does a stop before a small letter: that of “e.g.”.
_SENTENCE = re.compile(r"(?<=[.!?])(?<!\.\.)\s+(?![a-z])")
_BLANKS = re.compile(r"(?<=[.!?])  (?=\S)")  # as typewriters had it; other blanks may stand for columns
_TABLE = re.compile(r"\t|\S {2,}\S|^ {2}|\|")
_SIGNS = re.compile(r"[^\w\s]+")
_GAP = re.compile(r"(?<=\S)\s+(?=\S)")


@dataclass(frozen=True)
class Difference:
    """What an answer has not, and has, beside another."""

    without: tuple[Run, ...] = ()
    with_: tuple[Run, ...] = ()
    moved: bool = False  # the same words in another order, which may say something else
    elsewhere: tuple[Run, ...] = ()  # the sentences that moved, where these are few
    set_otherwise: bool = False  # on other lines, or with other blanks: those of a table, say

    @property
    def none(self) -> bool:
        """Whether one is the other, word for word."""
        return self == Difference()


def laid_out(text: str) -> str:
    """Return a text as it is seen: broken paragraphs joined, and one blank for two after a sentence."""
    lines = unwrapped(unicodedata.normalize("NFC", text)).split("\n")
    return "\n".join(_BLANKS.sub(" ", line.rstrip(" ")) for line in lines).strip("\n")


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a text that is laid out, whatever their order."""
    return tuple(sorted(_SENTENCE.split(text)))


@lru_cache(maxsize=4096)
def difference(before: str, after: str) -> Difference | None:
    """Return what the second answer has not and has, both laid out; None where it is not little."""
    old, new = before.split(), after.split()
    if max(len(old), len(new)) > LONGEST:
        return None
    if old == new:
        return Difference(set_otherwise=before != after)
    if sentences(before) == sentences(after):
        return replace(_moved(before, after), set_otherwise=_table(before) != _table(after))
    found = one_sentence(before, after) or _little(old, new)
    return found and replace(found, set_otherwise=_is_set_otherwise(before, after))


def is_told(found: Difference | None) -> bool:
    """Return whether a difference is told in words: what only says to read the answer is not."""
    return found is not None and (not found.moved or bool(found.elsewhere))


# ---- sentences -------------------------------------------------------------------------------


def one_sentence(before: str, after: str) -> Difference | None:
    """Return the one sentence that an answer has not, or has, between the same ones in the same order."""
    old, new = _SENTENCE.split(before), _SENTENCE.split(after)
    less, more = sorted((old, new), key=len)
    at = next((at for at, pair in enumerate(zip(less, more, strict=False)) if pair[0] != pair[1]), len(less))
    if [*more[:at], *more[at + 1 :]] != less or more[at] in less:
        return None
    own = more[at].split()
    if not _SHORT < len(own) <= SENTENCE or len(more[at]) > LENGTH:
        return None
    words, begin = " ".join(more).split(), len(" ".join(more[:at]).split())
    run = (around(words, begin, begin + len(own)),)
    return Difference(without=run) if more is old else Difference(with_=run)


def _moved(before: str, after: str) -> Difference:
    """Return the sentences that stand elsewhere, if they are short: what they say may be about others now."""
    old, new = _SENTENCE.split(before), _SENTENCE.split(after)
    ways = _gone(old, new), _gone(new, old)  # of two that changed places either may be told
    runs = min(ways, key=lambda way: sum(map(len, way)))
    few = sum(len(run.split()) for run in runs) <= MOST and sum(map(len, runs)) <= LENGTH
    return Difference(moved=True, elsewhere=tuple(map(Run, runs)) if few else ())


def _gone(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Return the rows of sentences that are not where the others follow each other."""
    blocks = [(begin, begin + count) for begin, _, count in in_both(old, new)]
    between = zip([0, *(end for _, end in blocks)], [*(begin for begin, _ in blocks), len(old)], strict=True)
    return [" ".join(old[begin:end]) for begin, end in between if begin < end]


# ---- words -----------------------------------------------------------------------------------


def _little(old: Sequence[str], new: Sequence[str]) -> Difference | None:
    """Return the words that are others, if they are few."""
    if apart(old, new) > 2 * MOST:
        return None
    changed = [step for step in _steps(old, new) if step[0] != "equal"]
    found = Difference(
        tuple(around(old, begin, end) for _, begin, end, _, _ in changed if begin < end),
        tuple(around(new, begin, end) for _, _, _, begin, end in changed if begin < end),
    )
    runs = (_words(run.words for run in all_) for all_ in (found.without, found.with_))
    if Counter(next(runs)) == Counter(next(runs)) and _words(old) != _words(new):
        return Difference(moved=True)  # a “not”, say, which the runs might tell without it
    told = " ".join(run.words for run in (*found.without, *found.with_))
    return found if len(told.split()) <= MOST and len(told) <= LENGTH else None


def _steps(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """Return how one becomes the other from the first word that is another, as difflib's opcodes."""
    same = next((at for at, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), None)
    start = (
        min(len(old), len(new)) if same is None else same
    )  # SequenceMatcher is slow where much is the same
    steps = SequenceMatcher(None, old[start:], new[start:], autojunk=False).get_opcodes()
    return [
        (tag, start + one, start + two, start + three, start + four) for tag, one, two, three, four in steps
    ]


def _words(texts: Iterable[str]) -> list[str]:
    """Return words without the signs beside them."""
    return [word for text in texts for word in _SIGNS.sub(" ", text.casefold()).split()]


# ---- lines and blanks ------------------------------------------------------------------------


def _table(text: str) -> list[str]:
    return [line for line in text.split("\n") if _TABLE.search(line)]


def _is_set_otherwise(before: str, after: str) -> bool:
    """Return whether words that are in both stand on other lines, or with other blanks between them."""
    if _table(before) != _table(after):
        return True
    gaps = _gaps(before), _gaps(after)
    return any(
        gaps[0][old : old + count - 1] != gaps[1][new : new + count - 1]
        for old, new, count in in_both(before.split(), after.split())
    )


def _gaps(text: str) -> list[str]:
    """Return what stands between words: a line's end, one blank, or else as it is."""
    return ["\n" if "\n" in gap else gap for gap in _GAP.findall(text)]
