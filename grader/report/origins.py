"""a result's provenance -> sentences that say how its page came about."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from grader.datatypes import Result

ANOTHER_LOOK = "Ask the course’s staff for another look, and name the part and the check."
_DATA = {"mnist": "MNIST", "digits": "scikit-learn’s digits, a stand-in for MNIST"}
_APART = {
    "off": "Nothing but limits was kept around your code while it ran.",
    "process": "Your code ran in a process of its own.",
}


def another_look(result: Result) -> str:
    """Return how the student asks for another look: in the course's words, where it has any."""
    return result.another_look or ANOTHER_LOOK


def origins(result: Result) -> tuple[str, ...]:
    """Return what graded it and when, on which data and from which seeds, and how code was kept apart.

    Provenance is free in shape: what is not as this grader writes it is not told.
    """
    facts = result.provenance
    found = (_graded(result), _trained(facts), _apart(facts.get("sandbox")))
    return tuple(sentence for sentence in found if sentence)


def _graded(result: Result) -> str:
    facts = result.provenance
    name, date, versions = (facts.get(key) for key in ("assignment", "date", "versions"))
    told = name if isinstance(name, str) else result.assignment
    if isinstance(date, str):
        told += f", graded {_when(date)}"
    if isinstance(versions, Mapping) and versions:
        told += ", with " + ", ".join(f"{library} {version}" for library, version in versions.items())
    return f"{told}."


def _when(date: str) -> str:
    """Write a moment as people do; a text that is none stays as it is."""
    with suppress(ValueError):
        moment = datetime.fromisoformat(date)
        if moment.tzinfo:
            return f"{moment:%Y-%m-%d %H:%M %Z}"
    return date


def _trained(facts: Mapping[str, Any]) -> str:
    data, seeds = facts.get("data"), facts.get("seeds")
    name = data.get("name") if isinstance(data, Mapping) else None
    if not isinstance(data, Mapping) or not isinstance(name, str):
        return ""
    told = f"Networks are trained on {_DATA.get(name, name)}"
    if isinstance(data.get("checksum"), str):
        told += f" (SHA-256 of its arrays: {data['checksum']})"
    if isinstance(seeds, Mapping) and {"first", "most"} <= seeds.keys():
        told += f", from up to {seeds['most']} fixed seeds, the first of which is {seeds['first']}"
    return f"{told}."


def _apart(sandbox: object) -> str:
    if not isinstance(sandbox, str) or not sandbox:
        return ""
    return _APART.get(sandbox, f"Your code ran behind a wall: {sandbox}.")
