"""The winning candidate and the words of the others -> a refusal where the text also says otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import TypeVar

from .levels import CONCLUSION, Candidate, Level, Place
from .reading import Torn, Unreadable

T = TypeVar("T")

_NO_IDEA = re.compile(
    r"\bI\s+(?:(?:really|honestly|just)\s+)?(?:don't|do not|didn't|did not)\s+(?:really\s+)?know\b"
    r"(?!\s+(?:why|how)\b)"
    r"|\b(?:no|not any) (?:idea|clue)\b|\bdunno\b",
    re.IGNORECASE,
)
_ADDED = re.compile(
    r"\b(?:adding|add|added|including|include|counting|plus|considering)\s+(?:\w+\s+){1,4}\W*$"
    r"|\bwith\s+(?:\w+\s+)?bias(?:es)?\W+$",
    re.IGNORECASE,
)
_LESS = re.compile(
    r"\b(?:without|with no|no|ignor\w+|exclud\w+|neglect\w+|disregard\w+"
    r"|(?:not|n't) (?:count\w*|includ\w+|us\w+))"
    r"\s+(?:(?:the|any|a|an|its|their|using)\s+){0,2}([a-z]{3,30}?)(?:es|s)?\b",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(  # "228 parameters with filters of size 5"
    r"\b(?:size|shape|dimensions?|stride|padding|depth|width|height)\W*(?:of|is)?\W*$", re.IGNORECASE
)
_NOTHING_BEFORE = re.compile(r"(?:^|[.!?\n]|\banswer\s*(?:\bis\b|[=:])?)[\s$*]{0,9}$", re.IGNORECASE)
_SO = re.compile(r"[\s,;.$*-]*(?:and\s+)?(?:so|thus|hence|therefore|then)\b", re.IGNORECASE)
_BUT = re.compile(r"\b(?:but|however|here|instead|really)\b", re.IGNORECASE)
_SUPPOSED = re.compile(r"\b(?:would|could)\b|\w'd\b", re.IGNORECASE)


def refuse_contrary(
    text: str, candidates: Sequence[Candidate[T]], places: Sequence[Place], levels: Sequence[int], winner: int
) -> None:
    """Refuse an answer that something else in the text contradicts.

    Unreadable: the writer says not to know. Torn: a conclusion after it, or a contrasting case, differs,
    or it is concluded from another answer alone.
    """
    refuse_not_knowing(text)
    best = candidates[winner]
    others = [n for n, each in enumerate(candidates) if each.value != best.value and levels[n] > Level.ASIDE]
    for n in others:
        after = n > winner and candidates[n].start >= best.end
        concludes = after and _concludes(candidates[n], places[n], levels[n])
        from_it = n == winner - 1 and _leaps(text[: candidates[n].start], candidates[n], places[winner])
        if concludes or from_it or _contrasts(places, winner, n, after=after):
            raise Torn(best.read_as, candidates[n].read_as)


def refuse_not_knowing(text: str) -> None:
    """Raise Unreadable where the writer says not to know; "I don't know why" is of something else."""
    if _NO_IDEA.search(text):
        raise Unreadable("The answer is given with words of not knowing it; a person has to read it.")


def _leaps(before: str, other: Candidate[T], place: Place) -> bool:
    """Say whether a bare number leads to another for no reason: "120 so 228"."""
    bare = not other.equation and not other.used and bool(_NOTHING_BEFORE.search(before))
    return bare and bool(_SO.match(place.since_last))


def _concludes(candidate: Candidate[T], place: Place, level: int) -> bool:
    """Say whether it is a last word: "Adding the 12 biases we have 228"."""
    concluded = CONCLUSION.search(place.since_last) or _ADDED.search(place.since_last)
    of_size = isinstance(candidate.value, Fraction) and _ATTRIBUTE.search(place.since_last)
    return bool(concluded) or (level >= Level.SAID and not candidate.equation and not of_size)


def _contrasts(places: Sequence[Place], winner: int, other: int, *, after: bool) -> bool:
    """Say whether the two are two cases: "216 without bias … with bias 228", "would be 216 … it is 228"."""
    mine, theirs = _clause(places[winner]), _clause(places[other])
    left_out = {found[1].lower() for found in _LESS.finditer(mine)}
    left_out |= {found[1].lower() for found in _LESS.finditer(theirs)}
    both = f"{mine} {theirs}".lower()
    twice = any(both.count(word) > 1 for word in left_out)
    supposed = after and bool(_SUPPOSED.search(mine)) and not _SUPPOSED.search(theirs)
    return twice or (supposed and bool(_BUT.search(places[other].since_last)))


def _clause(place: Place) -> str:
    return f"{place.clause_before} | {place.clause_after}"
