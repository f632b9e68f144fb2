"""Several candidates in one text -> the one that the text asserts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

from .contrary import refuse_contrary, refuse_not_knowing
from .levels import CONCLUSION, Candidate, Level, Place, denied, level_of
from .notation import BOX, UNBOX
from .outline import pairs_of
from .reading import Torn, Unreadable, shortened

T = TypeVar("T")
MOST_CANDIDATES = 300

_SENTENCE_END = re.compile(r"[.!?](?=\s)|\n|;")
_BREAK = re.compile(
    r"[.!?](?=\s)|[\n;]|,(?=\s)|⇒|:(?=\s)|\b(?:but|because|since|as|so|therefore|thus"
    r"|hence|while|whereas|which|where|then|and|we|you)\b",
    re.IGNORECASE,
)
_AND_OR = re.compile(
    r"^[\s,;/|&$\x02\x03]*(?:(?:or|and|and/or|i\.e\.|maybe|perhaps|possibly|also"
    r"|either|else|alternatively|even|is|it|could be|might be)(?!\w)[\s,;/|]*){0,4}$",
    re.IGNORECASE,
)
_OR_ASIDE = re.compile(r"^\s*[\[(]\s*(?:or|maybe|perhaps|alternatively|also)\b", re.IGNORECASE)
_CONDITION = re.compile(
    r"\b(?:if|when|with|without|count\w*|includ\w+|exclud\w+|not|unless|where|per|for)\b", re.IGNORECASE
)
_CONDITION_ASIDE = re.compile(
    r"^\s*\(([^()\n]{0,120}?\b(?:if|when|with|without|count\w*|exclud\w+|unless)\b[^()\n]{0,120})\)",
    re.IGNORECASE,
)


def chosen(
    text: str, candidates: Sequence[Candidate[T]], nouns: Sequence[str], things: frozenset[str] = frozenset()
) -> tuple[Candidate[T], tuple[str, ...]]:
    """Return the candidate that the text asserts, and notes.

    nouns: what is asked for. things: words that may follow a candidate without its being of something else.

    Unreadable: there is none. Torn: several different ones are asserted equally.
    """
    _refuse_too_many(candidates)
    pairs = pairs_of(text)
    places = [_place(text, pairs, candidates, index) for index in range(len(candidates))]
    levels = [
        level_of(candidate, place, nouns, things) for candidate, place in zip(candidates, places, strict=True)
    ]
    levels = _without_steps(text, candidates, _shared(text, candidates, levels))
    top = max(levels, default=Level.DENIED)
    if top <= Level.ASIDE:
        raise Unreadable(_nothing(candidates))
    tier = Level.MENTIONED if top == Level.SAID else top  # "3 if the input counts, otherwise 2"
    best = [index for index, level in enumerate(levels) if level >= tier]
    winner = _agreed(candidates, places, best)
    _refuse_aside(text, candidates, winner)
    refuse_contrary(text, candidates, places, levels, winner)
    if candidates[winner].doubts:
        raise Torn(candidates[winner].read_as, *candidates[winner].doubts)
    aside = _CONDITION_ASIDE.match(text[candidates[winner].end :])
    return candidates[winner], ((f"in brackets: {shortened(aside[1], 60)}",) if aside else ())


def standing(text: str, candidates: Sequence[Candidate[T]]) -> list[Candidate[T]]:
    """Return the candidates that are not denied; those in brackets only where all are.

    Unreadable: the writer says not to know.
    """
    _refuse_too_many(candidates)
    refuse_not_knowing(text)
    pairs = pairs_of(text)
    placed = [(each, _place(text, pairs, candidates, index)) for index, each in enumerate(candidates)]
    kept = [(each, place) for each, place in placed if denied(place) != Level.DENIED]
    return [each for each, place in kept if not place.in_brackets] or [each for each, _ in kept]


def _refuse_too_many(candidates: Sequence[Candidate[T]]) -> None:
    if len(candidates) > MOST_CANDIDATES:
        raise Unreadable("Too many numbers stand here for the answer to be found; a person has to read it.")


def _nothing(candidates: Sequence[Candidate[T]]) -> str:
    if not candidates:
        return "No answer of this kind could be found here."
    seen = ", ".join(dict.fromkeys(candidate.read_as for candidate in candidates[:6]))
    return f"What stands here ({shortened(seen)}) is not said to be the answer."


def _agreed(candidates: Sequence[Candidate[T]], places: Sequence[Place], best: Sequence[int]) -> int:
    """Return the index of the answer: all agree, or the last one stands behind a concluding word."""
    values = [candidates[index].value for index in best]
    if all(value == values[0] for value in values):
        return min(best, key=lambda index: len(candidates[index].doubts))
    last = best[-1]
    if CONCLUSION.search(places[last].since_last) and "maybe" not in places[last].since_last:
        return last
    raise Torn(*dict.fromkeys(candidates[index].read_as for index in best))


def _refuse_aside(text: str, candidates: Sequence[Candidate[T]], winner: int) -> None:
    """Refuse an alternative in brackets: "228 (or 216)", not "2 (or 3 counting the input)"."""
    after = text[candidates[winner].end :]
    for other in candidates[winner + 1 : winner + 2]:
        between = text[candidates[winner].end : other.start]
        differs = other.value != candidates[winner].value
        rest = text[other.end : other.end + 60].partition(")")[0]
        if differs and _OR_ASIDE.match(after) and ")" not in between and not _CONDITION.search(rest):
            raise Torn(candidates[winner].read_as, other.read_as)


def _shared(text: str, candidates: Sequence[Candidate[T]], levels: Sequence[int]) -> list[int]:
    """Give the members of a list ("216 or 228", a line each) the firmest level among them."""
    shared = list(levels)
    for _ in range(2):
        for index, (a, b) in enumerate(pairwise(candidates)):
            gap = text[a.end : b.start]
            denied_one = Level.DENIED in shared[index : index + 2]
            if not denied_one and len(gap) < 60 and _AND_OR.match(gap):
                shared[index] = shared[index + 1] = max(shared[index], shared[index + 1])
    return shared


def _without_steps(text: str, candidates: Sequence[Candidate[T]], levels: Sequence[int]) -> list[int]:
    """Put aside the values that a later candidate is worked out from: they are steps on the way."""
    kept = list(levels)
    for index, candidate in enumerate(candidates):
        for n, other in enumerate(candidates[index + 1 : index + 200]):
            listed = n == 0 and not other.equation and _AND_OR.match(text[candidate.end : other.start])
            if candidate.value in other.used and other.value != candidate.value and not listed:
                kept[index] = min(kept[index], Level.ASIDE)
    return kept


def _place(text: str, pairs: dict[int, int], candidates: Sequence[Candidate[T]], index: int) -> Place:
    this = candidates[index]
    around = [(a, b) for a, b in pairs.items() if a < this.start and this.end <= b]
    low = max((a + 1 for a, _ in around), default=0)
    high = min((b for _, b in around), default=len(text))
    low, high = max(low, this.start - 400), min(high, this.end + 200)
    before, after = _outside(text, pairs, low, this.start), _outside(text, pairs, this.end, high)
    start_of_line = text.rfind("\n", 0, this.start) + 1
    end_of_line = (text.find("\n", this.end) + 1 or len(text) + 1) - 1
    line = text[start_of_line : this.start] + text[this.end : end_of_line]
    last = candidates[index - 1].end if index else 0
    return Place(
        sentence_before=_after_last(_SENTENCE_END, before),
        clause_before=_after_last(_BREAK, before),
        clause_after=_BREAK.split(after, maxsplit=1)[0],
        after=after[:120],
        since_last=text[max(last, this.start - 200) : this.start],
        alone=not line.strip(" \t.,:;$\x02\x03") or not text[: this.start].strip(" \t\n:;,$-\x02"),
        in_brackets=bool(around),
        boxed=text.rfind(BOX, 0, this.start) > text.rfind(UNBOX, 0, this.start) and UNBOX in text[this.end :],
    )


def _after_last(pattern: re.Pattern[str], text: str) -> str:
    end = 0
    for found in pattern.finditer(text):
        end = found.end()
    return text[end:]


def _outside(text: str, pairs: dict[int, int], low: int, high: int) -> str:
    """Return text[low:high] with the contents of brackets that open and close in it blanked."""
    pieces, at = [], low
    while at < high:
        end = pairs.get(at, -1)
        if 0 <= end < high:
            pieces.append(" " * (end + 1 - at))
            at = end + 1
        else:
            pieces.append(text[at])
            at += 1
    return "".join(pieces)
