"""a place in a TOML file and what is wrong there -> the line that its author reads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from grader.proofreading.positions import Keys, lines

SHOWN = 40  # characters of a value
NOUNS = {"checks": "check", "rubric": "criterion", "hints": "hint"}  # of the tables whose keys are names


@dataclass(frozen=True)
class Fault:
    """What is wrong with what stands at a place: its keys from the top, indices in arrays."""

    keys: Keys
    says: str


def told(faults: Iterable[Fault], file: Path, text: str, table: Mapping[str, Any]) -> str:
    """Say each fault with its file, its line, and its place in the words of a problem set."""
    where = lines(text)
    return "\n".join(
        f"{file}: line {_line(where, fault.keys)}, {named(fault.keys, table)}: {fault.says}"
        for fault in sorted(faults, key=lambda fault: _line(where, fault.keys))
    )


def _line(where: Mapping[Keys, int], keys: Keys) -> int:
    """Return the line of a place; of what it would stand in, where it is not there."""
    return next((where[keys[:size]] for size in range(len(keys), 0, -1) if keys[:size] in where), 1)


def named(keys: Keys, table: Mapping[str, Any]) -> str:
    """Name a place as people do: 'part 2D, network, threshold'."""
    if not keys:
        return "at the top"
    if keys[0] == "parts" and len(keys) > 1:
        return ", ".join([_part(keys[1], table), *_steps(keys[2:])])
    if keys[0] == "corrections" and len(keys) > 1:
        return ", ".join([f"correction number {int(keys[1]) + 1}", *_steps(keys[2:])])
    head = f"[{keys[0]}]" if isinstance(table.get(str(keys[0])), dict) else str(keys[0])
    if keys[0] in NOUNS and len(keys) > 1:
        return ", ".join(_steps(keys))
    return " ".join([head, ", ".join(_steps(keys[1:]))]).strip()


def _part(number: str | int, table: Mapping[str, Any]) -> str:
    """Return a part by its id, by its number where it has none."""
    parts = table.get("parts")
    part = parts[number] if isinstance(parts, list) and isinstance(number, int) else None
    name = part.get("id") if isinstance(part, dict) else None
    return f"part {name}" if isinstance(name, str) else f"part number {int(number) + 1}"


def _steps(keys: Keys) -> list[str]:
    """Write keys one by one; that of a table of names together with the name."""
    steps: list[str] = []
    for number, key in enumerate(keys):
        if isinstance(key, int):
            continue
        before = keys[number - 1] if number else None
        if key in NOUNS and number + 1 < len(keys):
            continue
        steps.append(f"{NOUNS[before]} '{key}'" if isinstance(before, str) and before in NOUNS else key)
    return steps


def meant(word: object, known: Collection[str]) -> str:
    """Return ': did you mean …?' for the known name that a word is near to, '' where there is none."""
    lower = {name.casefold(): name for name in known}
    near = get_close_matches(str(word).casefold(), lower, n=1, cutoff=0.6)
    return f": did you mean '{lower[near[0]]}'?" if near else ""


def shown(value: object) -> str:
    """Write a value as TOML has it, roughly and cut short."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "an array"
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
