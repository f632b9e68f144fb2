"""what a runner says of many calls -> Called for each, or Torn."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from grader.sandbox.faults import FAULTS, StudentFault, Tampered
from grader.sandbox.wire import Torn

Faults = Mapping[str, type[StudentFault]]
# What a runner may call a fault where the code names no library that trains: a network is no excuse there.
TRAINING_NOTHING: Faults = MappingProxyType({**FAULTS, "untrained": Tampered})
NOTHING_TRAINS = "That is said of training, and the code names no library that trains networks."
SUBJECT = re.compile(r"(?:`\w{1,200}`)?")


@dataclass(frozen=True)
class Called:
    """What one call of a student's function came to: a value, or the fault in its place."""

    value: object = None
    fault: StudentFault | None = None
    kinds: frozenset[str] = frozenset()  # of the built-in exceptions that what it raised is one of
    changed: bool = False  # it changed what it was given


def called(told: object, count: int, faults: Faults = FAULTS) -> list[Called]:
    """Rebuild the outcomes of so many calls from plain data. Raises Torn where they are none."""
    if not isinstance(told, list) or len(told) != count:
        raise Torn("not one outcome for each call")
    return [_called(one, faults) for one in told]


def _called(told: object, faults: Faults) -> Called:
    match told:
        case ("returned", value, bool(changed)):
            return Called(value, changed=changed)
        case ("raised", [str(fault), str(message), str(traceback)], list(kinds)) if fault in faults:
            texts = frozenset(kind for kind in kinds if isinstance(kind, str))
            told = _sentence(message)
            if faults[fault] is Tampered:
                told = f"{told} {NOTHING_TRAINS}"
            return Called(fault=faults[fault](told, traceback[:10_000]), kinds=texts)
        case _:
            raise Torn("an outcome that no call has")


def _sentence(message: str) -> str:
    """Return a message on one line of no great length, with nothing set as code but what it is about.

    What a check says around it has lines to paste, and a student's text cannot write one of these.
    """
    line = " ".join(message[:2000].split())
    subject = SUBJECT.match(line)
    assert subject is not None
    return subject[0] + line[subject.end() :].replace("`", "'")
