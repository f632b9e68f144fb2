"""results of specimens -> what the problem set's own code broke at: each fault once, and whom it struck."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from grader.datatypes import CheckResult, Result, Status

PREFIX = re.compile(r"^(?:[^\s:]+: )?(?:check \S+ is broken: |checks that are listed never ran: )?")
# What a check says of one fault differs between students in the input, and in what Python makes of it.
PLACED = re.compile(r"(?P<fault>[^\s,]+, line \d+: (?:your|slip) .+? raises \w+)")


@dataclass(frozen=True)
class Broken:
    """What no promise can be held against, and what is said of it."""

    lines: tuple[str, ...]  # one for each fault
    checks: frozenset[tuple[str, str]]  # (specimen, check) that came to no verdict

    def of_check(self, name: str) -> bool:
        """Return whether a check broke on some specimen."""
        return any(check == name for _, check in self.checks)

    def of_specimen(self, name: str) -> bool:
        """Return whether some check broke on a specimen, so that its points say nothing."""
        return any(specimen == name for specimen, _ in self.checks)


def broken(results: Mapping[str, Result], promised: Collection[tuple[str, str]]) -> Broken:
    """Gather the faults of all specimens; `promised` are (specimen, check) that are meant to break."""
    said: dict[str, str] = {}
    struck: dict[str, dict[str, None]] = {}
    stopped = set()
    for specimen, check in _checks(results):
        ours = check.status is Status.ERROR and (specimen, check.name) not in promised
        stopped |= {(specimen, check.name)} if ours else set()
        for line in _faults(check) if ours else _slips(check):
            placed = PLACED.search(line)
            key = placed["fault"] if placed else line
            said.setdefault(key, line)
            struck.setdefault(key, {})[specimen] = None
    return Broken(tuple(f"{said[key]} ({_whom(list(struck[key]))})" for key in said), frozenset(stopped))


def raises(check: CheckResult, slip: str) -> bool:
    """Return whether the function of a slip raised, so that it could not be told."""
    return any(f"slip '{slip}' raises " in line for line in check.attention)


def _checks(results: Mapping[str, Result]) -> Iterator[tuple[str, CheckResult]]:
    for specimen, result in results.items():
        for part in result.parts:
            yield from ((specimen, check) for check in part.checks)


def _faults(check: CheckResult) -> list[str]:
    """Return what stopped a check: its sentence where the place is known, else all that is known."""
    told = [PREFIX.sub("", line) for line in check.attention if line] or [check.message]
    return [line.splitlines()[0] if PLACED.search(line) else f"{check.name}: {line}" for line in told]


def _slips(check: CheckResult) -> list[str]:
    return [
        PREFIX.sub("", line)
        for line in check.attention
        if (placed := PLACED.search(line)) and ": slip '" in placed["fault"]
    ]


def _whom(specimens: list[str]) -> str:
    return f"{len(specimens)} specimens" if len(specimens) > 1 else f"specimen {specimens[0]}"
