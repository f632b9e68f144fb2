"""(Result, what students ask) -> the Result with what its student asks, and what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from grader.datatypes import Asked, Result
from grader.marking import Complaint, key, meant
from grader.requests.file import ByStudent, current
from grader.requests.sheet import Request

MOST = 20  # requests of one student that a page shows, the last ones
MOST_NEAR = 100  # requests that fit nobody for which the nearest name is looked for: that takes its time
LONGEST = 100  # characters of a name that is told


def kept(result: Result, out: Path) -> Result:
    """Return a result with the requests that lie in OUT now. Raises BadRequests."""
    return applied(result, current(out))


def applied(result: Result, asked: ByStudent) -> Result:
    """Return the result with its student's requests in it, whatever it had before; not who decided."""
    parts = {key(part.id): part.id for part in result.parts}
    own = asked.get(key(result.student), ())
    shown = tuple(_shown(one, parts[key(one.part)]) for one in own if key(one.part) in parts)[-MOST:]
    return result if shown == result.requests else replace(result, requests=shown)


def _shown(request: Request, part: str) -> Asked:
    return Asked(part, request.text, request.decision, request.old, request.new)


def unknown(requests: Iterable[Request], results: Sequence[Result]) -> list[Complaint]:
    """Say which requests name a student or a part that is not there, with the nearest name that is.

    Of more than MOST_NEAR the others are told without it.
    """
    parts = {key(result.student): {key(part.id): part.id for part in result.parts} for result in results}
    found: list[Complaint] = []
    for request in requests:
        if told := _unknown(request, parts, near=len(found) < MOST_NEAR):
            found.append(told)
    return found


def _unknown(request: Request, class_: dict[str, dict[str, str]], *, near: bool) -> Complaint | None:
    student, part = key(request.student), key(request.part)
    if student not in class_:
        nearest = meant(student, [*class_]) if near and len(student) <= LONGEST else ""
        return Complaint(request.line, "student", f"no result of “{_short(student)}”{nearest}")
    if part not in class_[student]:
        there = class_[student].values()
        case = meant(part, [*there]) if part.casefold() in map(str.casefold, there) else ""
        all_ = ", ".join(there)
        told = f"no part “{_short(part)}” in {student}'s result{case or f'; there are {all_}'}"
        return Complaint(request.line, "part", told)
    return None


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[:LONGEST]} …"
