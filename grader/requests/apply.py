"""(Result, what students ask) -> the Result with what its student asks, and what was decided."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from grader.datatypes import Asked, PartResult, Result
from grader.marking import Complaint, key, meant
from grader.marking.records import NOBODY
from grader.requests import points
from grader.requests.file import ByStudent, current
from grader.requests.sheet import Answer, Request

MOST = 20  # requests of one student that a page shows, the last ones
MOST_NEAR = 100  # requests that fit nobody for which the nearest name is looked for: that takes its time
LONGEST = 100  # characters of a name that is told
_CALLED = re.compile(r"^(part|problem|question|exercise|task)\b")
_LONGEST = 40  # characters of a day that somebody wrote


def kept(result: Result, out: Path) -> Result:
    """Return a result with the requests that lie in OUT now. Raises BadRequests."""
    return applied(result, current(out))


def applied(result: Result, asked: ByStudent) -> Result:
    """Return the result with its student's requests in it, whatever it had before; not who decided."""
    found = _with_parts(result, asked.get(key(result.student), ()))
    about = _about(found)
    shown = tuple(_shown(request, part, about[part.id], result) for request, part in found[-MOST:])
    return result if shown == result.requests else replace(result, requests=shown)


def part_of(request: Request, result: Result) -> PartResult | None:
    """Return the part that a request names: as it is called, else as it may be; None for none.

    `3b`, `3 B`, `Problem 3B` and `3(b)` are 3B where no other part is called so.
    """
    written = key(request.part)
    same = [part for part in result.parts if key(part.id) == written]
    alike = [part for part in result.parts if _plain(key(part.id)) == _plain(written)]
    return same[0] if same else alike[0] if len(alike) == 1 else None


def _plain(name: str) -> str:
    """Return a part's name without what people write around it."""
    return re.sub(r"[\W_]+", "", _CALLED.sub("", name.strip().casefold()))


def _with_parts(result: Result, own: Sequence[Request]) -> list[tuple[Request, PartResult]]:
    pairs = ((request, part_of(request, result)) for request in own)
    return [(request, part) for request, part in pairs if part]


def _about(found: Iterable[tuple[Request, PartResult]]) -> Mapping[str, list[Request]]:
    """Return the requests by the id of the part that they are about."""
    about: dict[str, list[Request]] = {}
    for request, part in found:
        about.setdefault(part.id, []).append(request)
    return about


def _shown(request: Request, part: PartResult, about: Sequence[Request], result: Result) -> Asked:
    old, new = points.shown(request, part, about)
    return Asked(part.id, request.text, request.decision, old, new, _day(request.decided, result))


def _day(decided: str, result: Result) -> str:
    """Return the day of a time as our own acts hold it, where the course is; else what somebody wrote."""
    until = result.regrade.until if result.regrade else ""
    zone = datetime.fromisoformat(until).tzinfo if until else None
    with suppress(ValueError, OverflowError):
        when = datetime.fromisoformat(decided)
        return (when.astimezone(zone) if zone and when.tzinfo else when).date().isoformat()
    return decided[:_LONGEST]


# ---- what to look at -------------------------------------------------------------------------


def unknown(requests: Iterable[Request], results: Sequence[Result]) -> list[Complaint]:
    """Say which requests name a student or a part that is not there, with the nearest name that is.

    Of more than MOST_NEAR the others are told without it.
    """
    class_ = {key(result.student): result for result in results}
    found: list[Complaint] = []
    for request in requests:
        if told := _unknown(request, class_, near=len(found) < MOST_NEAR):
            found.append(told)
    return found


def _unknown(request: Request, class_: Mapping[str, Result], *, near: bool) -> Complaint | None:
    student, part = key(request.student), key(request.part)
    if student not in class_:
        nearest = meant(student, [*class_]) if near and len(student) <= LONGEST else ""
        return Complaint(request.line, "student", f"no result of “{_short(student)}”{nearest or NOBODY}")
    if part_of(request, class_[student]) is None:
        there = [one.id for one in class_[student].parts]
        case = meant(part, there) if part.casefold() in map(str.casefold, there) else ""
        all_ = ", ".join(there)
        told = f"no part “{_short(part)}” in {student}'s result{case or f'; there are {all_}'}"
        return Complaint(request.line, "part", told)
    return None


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[:LONGEST]} …"


def doubtful(
    requests: Iterable[Request], results: Iterable[Result], by_hand: frozenset[Request]
) -> list[Complaint]:
    """Say which decisions tell points that cannot be, or that their part does not have.

    `by_hand`: those to look at. What was decided on the page was held against the points then.
    """
    asked, complaints = _by_student(requests), list[Complaint]()
    for result in results:
        found = _with_parts(result, asked.get(key(result.student), ()))
        about = _about(found)
        told = (points.wrong(one, part, about[part.id]) for one, part in found if one in by_hand)
        complaints.extend(filter(None, told))
    return complaints


def to_fill(requests: Iterable[Request], pairs: Iterable[tuple[Result, Result]]) -> dict[Request, Answer]:
    """Return the decisions in which points are left out that can be known.

    `pairs`: results before and after the marks that came with them.
    """
    asked = _by_student(requests)
    answers = {}
    for before, after in pairs:
        found = _with_parts(after, asked.get(key(after.student), ()))
        was, about = {part.id: part for part in before.parts}, _about(found)
        for request, part in found:
            if answer := points.filled(request, was[part.id], part, about[part.id]):
                answers[request] = answer
    return answers


def _by_student(requests: Iterable[Request]) -> dict[str, list[Request]]:
    found: dict[str, list[Request]] = {}
    for request in requests:
        found.setdefault(key(request.student), []).append(request)
    return found
