"""what a runner says of many calls -> Called for each, or Torn."""

from __future__ import annotations

from dataclasses import dataclass

from grader.sandbox.faults import FAULTS, StudentFault
from grader.sandbox.wire import Torn


@dataclass(frozen=True)
class Called:
    """What one call of a student's function came to: a value, or the fault in its place."""

    value: object = None
    fault: StudentFault | None = None
    kinds: frozenset[str] = frozenset()  # of the built-in exceptions that what it raised is one of
    changed: bool = False  # it changed what it was given


def called(told: object, count: int) -> list[Called]:
    """Rebuild the outcomes of so many calls from plain data. Raises Torn where they are none."""
    if not isinstance(told, list) or len(told) != count:
        raise Torn("not one outcome for each call")
    return [_called(one) for one in told]


def _called(told: object) -> Called:
    match told:
        case ("returned", value, bool(changed)):
            return Called(value, changed=changed)
        case ("raised", [str(fault), str(message), str(traceback)], list(kinds)) if fault in FAULTS:
            texts = frozenset(kind for kind in kinds if isinstance(kind, str))
            return Called(fault=FAULTS[fault](message, traceback), kinds=texts)
        case _:
            raise Torn("an outcome that no call has")
