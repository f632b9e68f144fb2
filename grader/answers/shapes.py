"""The text a person wrote, or a value a program returned -> the shape of an array."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from .axes import RANKS, Shape, shown, written_out
from .claims import chosen, standing
from .levels import Candidate
from .notation import plain
from .outline import outline
from .phrases import aside_of, examples, named_dimensions, vectors, with_third
from .reading import Reading, Torn, Unreadable, shortened
from .scalars import integer
from .values import listed, nested

_THINGS_TEXT = """
    tensor tensors volume matrix array arrays vector vectors image images shape shaped pixel pixels
    elements units neurons output outputs feature map maps dimensional dimensions values entries
    block result numbers cube
"""
THINGS = frozenset(_THINGS_TEXT.split())
_THIRD = re.compile(
    r"\b(?:filters?|channels?|feature maps?|maps|deep|depth|images|examples)\b|@", re.IGNORECASE
)
_FIRST = re.compile(
    r"channels?[- _]?first|\bNCHW\b|\bCHW\b"
    r"|\b(?:channels?|filters?|depth|c|d)\s*(?:[,×*x]|by)\s*(?:height|width|rows?|h|w"
    r"|out\w*)\b", re.IGNORECASE
)  # fmt: skip

_LAST = re.compile(
    r"channels?[- _]?last|\bNHWC\b|\b(?:not|n't|rather than|instead of)"
    r"\s+(?:in\s+)?(?:channels?[- _]?first|N?CHW)",
    re.IGNORECASE,
)


def shape(given: object, *, rank: int | None = None, nouns: Sequence[str] = ()) -> Reading[Shape]:
    """Read the shape of an array.

    rank: the number of axes expected; other shapes are still read, so that a slip can be named.
    nouns: whose shape it is ("output"). Errors as for integer.
    """
    if not isinstance(given, str):
        return _fitted(_of_data(given), rank)
    text = _outline(given)
    candidates = _candidates(text, rank, nouns)
    if not candidates and rank == 1:
        return _of_length(given, nouns)
    try:
        best, notes = chosen(text, candidates, nouns, THINGS)
    except Torn:
        fitting = [candidate for candidate in candidates if rank is not None and len(candidate.value) == rank]
        if not fitting:
            raise
        best, notes = chosen(text, fitting, nouns, THINGS)
    if rank == 3 and len(best.value) == 2 and (_THIRD.search(text) or _other_number(text, best)):
        raise Unreadable(f"{best.read_as} and another number stand here; a person has to put them together.")
    if _FIRST.search(text) and len(best.value) >= 3:
        notes = (*notes, *_order(text, best.value))
    words = shortened(text[best.start : best.end])
    return _fitted(Reading(best.value, words, shown(best.value), (*best.notes, *notes)), rank)


def _order(text: str, value: Shape) -> tuple[str, ...]:
    """Return the note on the order. Torn: it is labelled both ways, and looks as if channels came first."""
    if not _LAST.search(text):
        return ("channels first, as labelled",)
    if value[-1] == value[-2] != value[-3]:
        turned = (*value[:-3], *value[-2:], value[-3])
        raise Torn(shown(value), shown(turned))
    return ()


def _other_number(text: str, best: Candidate[Shape]) -> bool:
    """Say whether a number stands outside the shape that is none of its sides: "30x30 (12 of them)"."""
    outside = f"{text[: best.start]} | {text[best.end :]}"
    return any(int(each) not in best.value for each in re.findall(r"\b\d{1,9}\b", outside))


def shapes(given: object) -> Reading[tuple[Shape, ...]]:
    """Read every shape asserted, in order, repeated ones once. Unreadable: there is none."""
    if not isinstance(given, str):
        return _several_of_data(given)
    text = _outline(given)
    found = [each for each in _candidates(text, None, ()) if not each.aside]
    kept = standing(text, _without_overlap(found + examples(text)))
    doubted = next((each for each in kept if each.doubts), None)
    if doubted:
        raise Torn(doubted.read_as, *doubted.doubts)
    values = tuple(dict.fromkeys(candidate.value for candidate in kept))
    if not values:
        raise Unreadable("No shape could be found here.")
    words = "; ".join(text[each.start : each.end] for each in kept)
    notes = tuple(dict.fromkeys(note for each in kept for note in each.notes))
    return Reading(values, shortened(words), "; ".join(map(shown, values)), notes)


_WRAPPED = re.compile(r"\b(?:torch\.)?(?:Size|TensorShape)\(\s*([\[(][^()\[\]\n]{1,160}[\])])\s*\)")


def _outline(given: str) -> str:
    text = plain(given).replace("-by-", " by ")
    return outline(_WRAPPED.sub(r"\1", text))


def _fitted(reading: Reading[Shape], rank: int | None) -> Reading[Shape]:
    """Leave out a batch axis of 1 where one axis fewer is expected."""
    value = reading.value
    if rank is None or len(value) != rank + 1 or value[0] != 1:
        return reading
    note = "a batch axis of 1 in front was left out"
    return Reading(value[1:], reading.words, shown(value[1:]), (*reading.notes, note))


def _of_length(given: str, nouns: Sequence[str]) -> Reading[Shape]:
    reading = integer(given, nouns=(*nouns, "elements", "entries"))
    note = "a single number was read as the length of a vector"
    return Reading((reading.value,), reading.words, shown((reading.value,)), (*reading.notes, note))


# ---- from text -----------------------------------------------------------------------------


def _candidates(text: str, rank: int | None, nouns: Sequence[str]) -> list[Candidate[Shape]]:
    plain_ones = _without_overlap(written_out(text, rank))
    found = [with_third(text, candidate) for candidate in plain_ones]
    found = [replace(each, aside=aside_of(text, each, nouns)) for each in found]
    found = [replace(a, aside=a.aside or _turned_into(text, a, b)) for a, b in pairwise(found)] + found[-1:]
    found = _without_overlap(found + vectors(text))
    return found or named_dimensions(text)


def _turned_into(text: str, a: Candidate[Shape], b: Candidate[Shape]) -> bool:
    """Say whether an arrow leads from one shape to the next: 32x32x3 -> 30x30x12."""
    return "\n" not in text[a.end : b.start] and bool(re.search("[→⇒]", text[a.end : b.start]))


def _without_overlap(found: list[Candidate[Shape]]) -> list[Candidate[Shape]]:
    kept: list[Candidate[Shape]] = []
    for candidate in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or candidate.start >= kept[-1].end:
            kept.append(candidate)
    return kept


# ---- from data -----------------------------------------------------------------------------


def _of_data(given: object) -> Reading[Shape]:
    notes: tuple[str, ...] = ()
    if len(listed(given)) > 1 and listed(given)[0] is None:
        given, notes = listed(given)[1:], ("a batch axis in front was left out",)
    found = nested(given)
    while isinstance(found, tuple) and len(found) == 1 and isinstance(found[0], tuple):
        found = found[0]
    if isinstance(found, Fraction):
        found, notes = (found,), ("a single number was read as the length of a vector",)
    sides = tuple(
        int(each) for each in found if isinstance(each, Fraction) and each.denominator == 1 and each >= 0
    )
    if not found or len(sides) != len(found) or len(sides) > RANKS:
        raise Unreadable("This is not a shape: a few whole numbers were expected.")
    return Reading(sides, shortened(str(sides)), shown(sides), notes)


def _several_of_data(given: object) -> Reading[tuple[Shape, ...]]:
    if any(type(each) in (list, tuple, str) for each in listed(given)):
        values = tuple(dict.fromkeys(shape(each).value for each in listed(given)[:RANKS]))
    else:
        values = (_of_data(given).value,)
    return Reading(values, shortened(str(values)), "; ".join(map(shown, values)))
