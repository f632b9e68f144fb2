"""(a decided request, its part) -> the points that it says, held against those that the part has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from grader.datatypes import PartResult
from grader.marking import Complaint
from grader.marking.sheet import text_of
from grader.marks import unrounded
from grader.requests.sheet import Answer, Request

_NUMBER = re.compile(r"\d{1,6}([.,]\d{1,9})?")


def wrong(request: Request, part: PartResult, about: Sequence[Request]) -> Complaint | None:
    """Return what is wrong with the points of a decision, with the way out; None for nothing.

    `about`: all requests of the student about the part. A decision that another one followed may say what
    that one began with.
    """
    if not request.decision:
        return None
    for column, text in (("old", request.old), ("new", request.new)):
        if text and number(text) is None:
            told = f"“{text}” is not a number: write it like 2 or 2.5, or leave it empty"
            return Complaint(request.line, column, told)
    old, new = number(request.old), number(request.new)
    return _contrary(request, old, new) or _another(request, new, part, about)


def _contrary(request: Request, old: str | None, new: str | None) -> Complaint | None:
    """Say that a decision's first word and its points are not of one mind."""
    if old is None or new is None:
        return None
    if _begins(request, "stays") and old != new:
        told = f"the decision says “stays”, and {old} → {new} does not: write the same twice, or neither"
        return Complaint(request.line, "new", told)
    if _begins(request, "changed") and old == new:
        told = f"the decision says “changed”, and {old} → {new} does not: write what it was, or “stays”"
        return Complaint(request.line, "new", told)
    return None


def _another(
    request: Request, new: str | None, part: PartResult, about: Sequence[Request]
) -> Complaint | None:
    """Say that the part has other points than the decision promises."""
    later = [number(one.old) for one in about if one.decision and one is not request]
    now = unrounded(part.earned)
    if new is None or new in (now, *later):
        return None
    told = f"{new} is not what part {part.id} has, {now}: give the points in marks.csv, or leave old and new"
    return Complaint(
        request.line, "new", f"{told} empty; until then the page shows the decision without points"
    )


def shown(request: Request, part: PartResult, about: Sequence[Request]) -> tuple[str, str]:
    """Return the points before and after as the student reads them; ("", "") where they cannot be right."""
    if wrong(request, part, about):
        return "", ""
    old, new = number(request.old), number(request.new)
    return ("", "") if old is None or new is None else (old, new)


def filled(
    request: Request, before: PartResult, after: PartResult, about: Sequence[Request]
) -> Answer | None:
    """Return a decision with the points that whoever wrote it left out; None where they cannot be known.

    `before`, `after`: the part before and after the marks that came with it. What a part had before is
    known where it stays, or changes just now.
    """
    if not request.decision or (request.old and request.new) or after.pending:
        return None
    now, was = unrounded(after.earned), unrounded(before.earned)
    old = request.old or (now if _begins(request, "stays") else was if was != now else "")
    found = replace(request, old=old, new=request.new or now)
    if not old or wrong(found, after, about):
        return None
    return Answer(found.decision, found.by, found.old, found.new, found.decided)


def _begins(request: Request, word: str) -> bool:
    return re.match(rf"{word}\b", request.decision.strip(), re.IGNORECASE) is not None


def number(text: str) -> str | None:
    """Return points as they are written everywhere; None for what is no number."""
    plain = text_of(text)
    return unrounded(float(plain.replace(",", "."))) if _NUMBER.fullmatch(plain) else None
