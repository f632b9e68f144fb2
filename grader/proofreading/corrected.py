"""Assignment -> [Fault]: what of its corrections cannot be meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.datatypes import Assignment, Correction, Part
from grader.proofreading.faults import Fault, meant, shown
from grader.proofreading.positions import Keys

LONGEST = 300  # characters of a reason: pages print it beside an answer
KINDS = ("also_accept", "also_accept_slip", "void", "bonus")


def correction_faults(assignment: Assignment) -> Iterator[Fault]:
    """Yield what is wrong with each correction by itself, and beside those before it."""
    parts = {part.id: part for part in assignment.parts}
    for number, one in enumerate(assignment.corrections):
        keys: Keys = ("corrections", number)
        faults = list(_by_itself(one, keys, assignment))
        if one.part not in parts:
            known = f"; there are {', '.join(parts)}"
            faults.append(
                Fault((*keys, "part"), f"no part {shown(one.part)}{meant(one.part, parts) or known}")
            )
        else:
            faults += _of_item(one, keys, parts[one.part], assignment.parts)
        yield from faults or _beside(one, keys, assignment.corrections[:number])


def _by_itself(one: Correction, keys: Keys, assignment: Assignment) -> Iterator[Fault]:
    kinds = _kinds(one)
    if len(kinds) != 1:
        told = f"{' and '.join(kinds)} at once: a table for each" if kinds else "nothing is corrected here"
        yield Fault(keys, f"{told} (one of {', '.join(KINDS[:-1])} = true and {KINDS[-1]})")
    if not one.reason.strip():
        yield Fault((*keys, "reason"), "empty: pages print it, so that everybody reads why")
    elif len(one.reason) > LONGEST:
        yield Fault((*keys, "reason"), f"{len(one.reason)} characters: at most {LONGEST}")
    if any(not text.strip() or len(text) > LONGEST for text in one.also_accept):
        yield Fault((*keys, "also_accept"), f"an answer as a student writes it: 1 to {LONGEST} characters")
    if one.also_accept_slip and one.also_accept_slip not in assignment.hints:
        near = meant(one.also_accept_slip, assignment.hints)
        told = f"no known mistake is called {shown(one.also_accept_slip)}: they stand under [hints]{near}"
        yield Fault((*keys, "also_accept_slip"), told)
    if one.bonus is not None and not one.bonus > 0:
        yield Fault(
            (*keys, "bonus"), f"{one.bonus:g} points: a bonus is above 0. Points are lowered in the part"
        )


def _of_item(one: Correction, keys: Keys, part: Part, parts: Sequence[Part]) -> Iterator[Fault]:
    """Yield what is wrong with the check or criterion that is named, or with there being none."""
    checks = {check.name: check.points for check in part.checks}
    if one.check and one.criterion:
        yield Fault((*keys, "criterion"), "a check and a criterion at once: a table for each")
    elif one.check and one.check not in checks:
        yield Fault((*keys, "check"), _no_check(one.check, part, parts))
    elif one.criterion and one.criterion not in part.rubric:
        near = meant(one.criterion, part.rubric)
        yield Fault((*keys, "criterion"), f"part {part.id} has no criterion {shown(one.criterion)}{near}")
    elif (one.also_accept or one.also_accept_slip) and not one.check:
        yield Fault(keys, "'check' is missing: which check is to count it as right?")
    elif one.bonus is not None and not _possible(one, part):
        yield Fault((*keys, "bonus"), "no points can be had there, so that nobody could have all of them")


def _no_check(name: str, part: Part, parts: Sequence[Part]) -> str:
    told = f"part {part.id} has no check {shown(name)}"
    if name in part.rubric:
        return f"{told}: it is a criterion (criterion = {shown(name)})"
    for other in parts:
        if any(check.name == name for check in other.checks):
            return f"{told}: it is one of part {other.id}"
    return f"{told}{meant(name, [check.name for check in part.checks])}"


def _possible(one: Correction, part: Part) -> float:
    points = {check.name: check.points for check in part.checks} | dict(part.rubric)
    return points[one.item] if one.item else part.points


def _beside(one: Correction, keys: Keys, before: Sequence[Correction]) -> Iterator[Fault]:
    """Yield what contradicts a correction above: nothing is to be had beside what is void."""
    for number, other in enumerate(before, start=1):
        if one.part != other.part:
            continue
        pairs = ((one, other), (other, one))
        lost = [(void, more) for void, more in pairs if void.void and void.item in ("", more.item)]
        if lost:
            void, more = lost[0]
            what = void.item or f"part {void.part}"
            told = f"{what} is void, so that {_kinds(more)[0]} there changes nothing"
            yield Fault(keys, f"{told}: see correction number {number}")
        elif one.item == other.item and one.bonus is not None and other.bonus is not None:
            yield Fault((*keys, "bonus"), f"the same has a bonus already: see correction number {number}")


def _kinds(one: Correction) -> list[str]:
    said = (one.also_accept, one.also_accept_slip, one.void, one.bonus is not None)
    return [kind for kind, is_said in zip(KINDS, said, strict=True) if is_said]
