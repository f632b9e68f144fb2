"""A candidate and the words around it -> how firmly the text asserts it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from typing import Generic, TypeVar

from .words import VALUES

T = TypeVar("T")


@dataclass(frozen=True)
class Candidate(Generic[T]):
    """Something of the right kind that stands in text[start:end]."""

    start: int
    end: int
    value: T
    read_as: str
    equation: bool = False  # it stands behind "=", or is an equation's last side
    used: frozenset[Fraction] = frozenset()  # the numbers it was worked out from
    doubts: tuple[str, ...] = ()  # other ways to read these very characters
    notes: tuple[str, ...] = ()
    weak: bool = False  # "one" counts only where it counts something
    aside: bool = False  # it is said of something else: a filter's size where the output's is asked


class Level(IntEnum):
    """How firmly a text asserts a candidate."""

    DENIED = 0  # "not 216"
    ASIDE = 1  # in brackets, or said of something else: "12 filters", "19 per filter"
    MENTIONED = 2
    SAID = 4  # "is 228", or it opens the text, or has a line of its own
    CLAIMED = 5  # "the number of parameters is 228", "228 parameters", "= 228"
    FINAL = 6  # boxed, or "answer: 228"


@dataclass(frozen=True)
class Place:
    """A candidate's surroundings: brackets' contents are blanked for a candidate outside them."""

    sentence_before: str
    clause_before: str
    clause_after: str
    after: str  # at most 120 characters
    since_last: str  # from the candidate before
    alone: bool  # on its line, or first in the text
    in_brackets: bool
    boxed: bool


# ---- words that say it ---------------------------------------------------------------------

CONCLUSION = re.compile(
    r"\b(?:so|therefore|hence|thus|finally|altogether|overall|in total|total"
    r"|conclusion|actually|correction|consequently|wait)\b|⇒",
    re.IGNORECASE,
)
_TOTAL_AFTER = re.compile(
    r"^\W{0,3}(?:\w+\W+){0,2}?(?:in total|in all|altogether|overall|total)\b", re.IGNORECASE
)
_ANSWER = re.compile(
    r"\b(?:answer|ans|solution|result|total|sum)\b(?:\s+(?:to|for|of|number)\b[^:=\n]{0,40}?)?"
    r"\s*(?:\b(?:is|are|would be|will be|equals)\b|[=:≈-]|→)?\s*$",
    re.IGNORECASE,
)
_FILLER = (
    r"(?:exactly|just|only|simply|therefore|thus|then|about|approximately|at least"
    r"|at minimum|a minimum of|a total of|equal to|either|also|always|going to be"
    r"|given by|shape|sized?|dimensions?|of|tensor|volume|array|output|the|an?|=|≈|\$"
    r"|\"|'|\x02)"
)
_STATES = re.compile(
    rf"(?:\b(?:is|are|was|be|it's|that's|equals?|becomes?|shape|size|dimensions?)\b|[=:≈]|→"
    rf"|⇒)\s*(?:{_FILLER}\s*){{0,4}}$",
    re.IGNORECASE,
)
_HAS = re.compile(
    rf"\b(?:has|have|had|contains?|gives?|giving|makes?|making|yields?|gets?|needs?"
    rf"|needed|requires?|required|obtains?|uses?|using|used?|there are"
    rf"|produces?)\s*(?:{_FILLER}\s*){{0,4}}$",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"\b(?:not|never|cannot|can only|impossible|insufficient|unable|instead of|rather than"
    r"|fails?|too few|wrong|incorrect)\b|n't\b",
    re.IGNORECASE,
)
_DENIES_NEXT = re.compile(
    r"^\W*(?:(?!is\b|was\b|are\b)\w+\W+){0,2}(?:rather than|instead of|not)\s+(?:just |only )?\d",
    re.IGNORECASE,
)
_DENIED_AT_ONCE = re.compile(
    r"\b(?:no|without|not|from|instead of|rather than|at most|up to|as many as)\s*$", re.IGNORECASE
)
_BOUND = re.compile(
    r"(?:\b(?:more|less|fewer|greater|larger|smaller) than|\bover|\babove|\bbelow"
    r"|\bunder|\bexceeds?|[<>≠])\s*(?:or equal to\s*)?$",
    re.IGNORECASE,
)
_REASON = re.compile(r"\b(?:because|since|whereas)\b[^,;:]*$", re.IGNORECASE)
_SHARED_OUT = re.compile(r"\b(?:each|every|per|one (?:filter|kernel|unit|neuron|channel))\b", re.IGNORECASE)
_LABELLED = re.compile(
    r"\b(?:layer|unit|neuron|filter|channel|problem|part|step|question|page|slide|lecture|chapter|line)\s*$",
    re.IGNORECASE,
)
_ONE_OF_MANY = re.compile(  # "a filter has", "of one filter is", "Each filter:"
    r"\b(?:(?:a|an|one|single|first)\s+(?:filter|kernel|unit|neuron|channel)\s*"
    r"(?:\b(?:is|are|has|have|had|needs?|contains?|gives?|equals?|uses?)\b|[=:])"
    r"|(?:each|every|per)\s+(?:filter|kernel|unit|neuron|channel)\s*:)\W*(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
_PART_OF_ALL = re.compile(  # "216 weights and 12 biases" are two counts of one thing's parts
    r"^\W{0,3}(?:[a-z]+\s+){0,2}weights?\W{1,3}(?:(?:and|plus|with|also|then)\s+){0,2}(?:the\s+)?"
    rf"(?:\d{{1,9}}|{'|'.join(VALUES)}|an?)\s+bias",
    re.IGNORECASE,
)
_WEIGHTS_ARE = re.compile(r"\bweights?\s*(?:\b(?:is|are)\b|[=:])\W*$", re.IGNORECASE)
_BIASES_ARE = re.compile(r"^\W{0,4}(?:\w+\s+){0,4}bias(?:es)?\s*(?:\b(?:is|are)\b|[=:])\W*\d", re.IGNORECASE)
_NUMBER_OF = re.compile(
    r"\b(?:number|count|amount) of ([^,;:=()\d]{1,60}?)\s*(?:\b(?:is|are|was|equals)\b|[=:])\W*$",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(r"\b(?:with|using|if|having)\s+(?:(?:only|just|a|exactly)\s+)*$", re.IGNORECASE)
_SHARED_OUT_AFTER = re.compile(r"^\W{0,3}(?:\w+\W+){0,4}?(?:per|each|every)\b", re.IGNORECASE)
_PARTIAL = (
    r"(?:hidden|input|output|weight|bias|more|extra|additional|other|further"
    r"|intermediate|first|second|convolutional|pooling)"
)


def level_of(
    candidate: Candidate[T], place: Place, nouns: Sequence[str], things: frozenset[str] = frozenset()
) -> int:
    """Return how firmly a candidate is asserted.

    nouns: what is asked for. things: words that may follow a candidate without its being of something else.
    """
    if place.boxed:
        return Level.FINAL
    refused = denied(place)
    if refused is not None:
        return refused
    after_another = len(place.since_last) < len(place.sentence_before)
    if after_another and _REASON.search(place.since_last):
        return Level.ASIDE  # "2 layers, because 1 layer is linear"
    shared_out = _SHARED_OUT.search(place.clause_before) or _SHARED_OUT_AFTER.match(place.clause_after)
    shared_out = shared_out or _ONE_OF_MANY.search(place.sentence_before)
    noun = "|".join(sorted(map(re.escape, nouns), key=len, reverse=True))
    if shared_out or place.in_brackets or candidate.aside:
        return Level.ASIDE
    if _ANSWER.search(place.sentence_before):
        return Level.FINAL
    return _asserted(candidate, place, noun, things)


def _asserted(candidate: Candidate[T], place: Place, noun: str, things: frozenset[str]) -> int:
    after = place.clause_after
    counted = bool(noun) and re.match(
        rf"^\W{{0,3}}(?:(?!{_PARTIAL}\b)[a-z]+[\s-]+){{0,2}}(?:{noun})\b", after, re.IGNORECASE
    )
    other = bool(noun) and not counted and _next_word(after) not in things | {None}
    if _LABELLED.search(place.clause_before) or (not things and _is_of_parts(place, noun)):
        return Level.ASIDE
    if counted and _SUPPOSED.search(place.clause_before):
        return Level.MENTIONED
    if counted or (_TOTAL_AFTER.match(after) and not candidate.weak):
        return Level.CLAIMED
    if candidate.equation:
        bare_one = not re.search(r"[A-Za-z]{3}", place.sentence_before)
        claimed = not other and (bare_one or _is_about(place.sentence_before, noun))
        return Level.CLAIMED if claimed else Level.SAID
    bare = Level.SAID if place.alone or CONCLUSION.search(place.since_last) else Level.MENTIONED
    if other or candidate.weak:
        bare = Level.ASIDE
    return _stated(place, noun, other=other, bare=bare)


def _is_of_parts(place: Place, noun: str) -> bool:
    """Say whether "the number of outputs is" leads to it, or weights and biases are counted apart."""
    if not noun:
        return False
    counted = _NUMBER_OF.search(place.sentence_before)
    asked = rf"^(?!.*\b{_PARTIAL}\s+(?:{noun})\b).*\b(?:{noun}|them|these|all|it)\b|\band\b|&|\bplus\b"
    if counted and not re.search(asked, counted[1].replace("\n", " "), re.IGNORECASE):
        return True
    apart = _WEIGHTS_ARE.search(place.sentence_before) and _BIASES_ARE.match(place.after)
    return bool(_PART_OF_ALL.match(place.after) or apart)


_OTHER_SUBJECT = re.compile(
    r"\b(?:which|where|whose|depends?|than)\b"
    r"|\b(?:weights?|bias(?:es)?|filters?|kernels?|channels?|units?|inputs?|stride|padding|depth|width)\s*"
    r"(?:(?:\b(?:is|are|has|have)\b|[=:])\W*(?:\w+\W+){0,2}$|(?:size)?\s*(?:of\s*)?$)",
    re.IGNORECASE,
)


def _is_about(before: str, noun: str) -> bool:
    """Say whether the words before speak of what is asked for, and of nothing else since."""
    said = re.split(rf"\b(?:{noun})\b", before, flags=re.IGNORECASE) if noun else [before, ""]
    return len(said) > 1 and not _OTHER_SUBJECT.search(said[-1])


def _stated(place: Place, noun: str, *, other: bool, bare: int) -> int:
    """Return the level that the words before give: "the number of layers is", "makes", "="."""
    if other and place.sentence_before.rstrip().endswith(":"):
        return bare
    states, has = _STATES.search(place.sentence_before), _HAS.search(place.sentence_before)
    if states and not (other and place.sentence_before.lower().rstrip().endswith(" are")):
        return Level.CLAIMED if _is_about(place.sentence_before, noun) else Level.SAID
    if has and not other:
        return Level.SAID
    return bare


def denied(place: Place) -> int | None:
    """Return the level of what is denied or only bounded, None for what is neither."""
    bound = _BOUND.search(place.clause_before)
    after = "" if _DENIES_NEXT.match(place.clause_after) else place.clause_after
    denial = _DENIAL.search(place.clause_before) or _DENIAL.search(after)
    none_below = re.search(r"\bno\s+(?:fewer|less|smaller) than\s*$", place.clause_before, re.IGNORECASE)
    if bound and (denial or none_below):
        return Level.SAID  # "impossible with fewer than 2", "no fewer than 2"
    at_once = _DENIED_AT_ONCE.search(place.clause_before)
    only = re.search(r"\bnot (?:only|just)\b", place.clause_before, re.IGNORECASE)
    return Level.DENIED if bound or at_once or (denial and not only) else None


_FUNCTION_WORDS_TEXT = """
    because since as in for is are and or total with without by of when if on at which where so but
    to per this the it we you due that given not after before counting including excluding
    altogether overall was from using being would should will can must too then rather instead only
    exactly here unless although though thus hence therefore also there these those whereas while
    each every all has have make makes give gives they i our my your his no minimum
"""
_FUNCTION_WORDS = frozenset(_FUNCTION_WORDS_TEXT.split())


def _next_word(after: str) -> str | None:
    """Return the word that follows at once where it may say what is counted."""
    found = re.match(r"^[ \t$\x03-]{0,4}([A-Za-z]+)", after)
    word = found[1].lower() if found else ""
    return None if word in _FUNCTION_WORDS or not word else word
