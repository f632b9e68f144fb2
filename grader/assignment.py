"""assignment.toml -> Assignment."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, Literal

import msgspec

from grader.datatypes import Assignment, Check, Limits, Part, Ramp, Source
from grader.networks import NetworkRules

NAME = "assignment.toml"


class BadAssignment(Exception):
    """The problem set itself is wrong. The message names the file, the place and the way out."""


class _CheckTable(msgspec.Struct, forbid_unknown_fields=True):
    points: float
    ramp: Ramp | None = None
    hidden: bool = False
    category: str = ""


class _NetworkTable(msgspec.Struct, forbid_unknown_fields=True):
    data: Literal["mnist"]
    threshold: float
    fits: str = ""
    compiled: str = ""
    arguments: tuple[float, ...] = ()
    hidden_units: int | None = None
    parameters: int | None = None
    layers: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    activations: tuple[str, ...] = ()
    epochs: int | None = None
    batch_size: int = 32


class _PartTable(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    title: str
    question: str = ""
    checks: dict[str, float | _CheckTable] = {}
    rubric: dict[str, float] = {}
    network: _NetworkTable | None = None


class _File(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    title: str
    sections: dict[str, str]
    parts: list[_PartTable]
    hints: dict[str, str] = {}
    limits: Limits = msgspec.field(default_factory=Limits)
    step: float = 0.25
    show_expected: bool = False
    show_rubric: Literal["always", "marked", "never"] = "marked"
    preamble: str = ""  # a file of Python, relative to the folder
    explained: dict[Source, Literal["charge", "pending", "accept"]] = {}


def load(folder: Path) -> Assignment:
    """Read and check a problem set's assignment.toml. Raises BadAssignment."""
    path = folder / NAME
    try:
        text = path.read_text(encoding="utf-8")
        table = tomllib.loads(text)
        file = msgspec.convert(table, _File)
    except FileNotFoundError:
        raise BadAssignment(
            f"{path}: no such file. --assignment takes the folder that holds {NAME}."
        ) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as fault:
        raise BadAssignment(f"{path}: {fault}") from None
    assignment = Assignment(
        id=file.id,
        title=file.title,
        folder=folder.resolve(),
        sections=file.sections,
        parts=tuple(map(_part, file.parts)),
        hints=file.hints,
        limits=file.limits,
        step=file.step,
        show_expected=file.show_expected,
        show_rubric=file.show_rubric,
        preamble=_preamble(path, file.preamble),
        explained={str(source): what for source, what in file.explained.items()},
    )
    _refuse(path, [*_unknown(table), *_contradictions(assignment, text)])
    return assignment


def _preamble(path: Path, name: str) -> str:
    """Read the first cell that the course handed out, '' where none is named. Raises BadAssignment."""
    if not name:
        return ""
    file = path.parent / name
    try:
        text = file.read_text(encoding="utf-8")
        ast.parse(text)
    except (OSError, UnicodeDecodeError, SyntaxError, ValueError) as fault:
        raise BadAssignment(f"{path}: preamble: {file}: {fault}") from None
    return text


def _part(table: _PartTable) -> Part:
    checks = tuple(_check(name, entry) for name, entry in table.checks.items())
    rules = NetworkRules(**msgspec.structs.asdict(table.network)) if table.network else None
    return Part(table.id, table.title, table.question, checks, table.rubric, rules)


def _check(name: str, entry: float | _CheckTable) -> Check:
    if not isinstance(entry, _CheckTable):
        return Check(name, entry)
    return Check(name, entry.points, entry.ramp, entry.hidden, entry.category)


def _refuse(path: Path, complaints: list[str]) -> None:
    if complaints:
        raise BadAssignment("\n".join(f"{path}: {complaint}" for complaint in complaints))


def _unknown(table: dict[str, Any]) -> list[str]:
    """Say which keys of [limits] and of ramps nobody reads: a typo would change marks in silence."""
    tables: list[tuple[str, type, Any]] = [("limits", Limits, table.get("limits", {}))]
    for part in table["parts"]:
        for name, check in part.get("checks", {}).items():
            if isinstance(check, dict) and "ramp" in check:
                tables.append((f"part {part['id']}, check {name}, ramp", Ramp, check["ramp"]))
    return [
        f"{where}: '{key}' is none of {', '.join(known)}"
        for where, kind, found in tables
        for known in [[field.name for field in fields(kind)]]
        for key in found
        if key not in known
    ]


def _contradictions(assignment: Assignment, text: str) -> list[str]:
    """Say what the types allow and no problem set can mean."""
    complaints = [
        *_repeated("part", [part.id for part in assignment.parts], text),
        *_repeated("check", [check.name for part in assignment.parts for check in part.checks], text),
    ]
    for part in assignment.parts:
        where = f"line {_line(text, part.id)}, part {part.id}"
        section = re.fullmatch(r"(\d{1,2})[A-Z]", part.id)
        if not section or section[1] not in assignment.sections:
            complaints.append(f"{where}: an id is a number listed under [sections] and a capital letter")
        points = [*(check.points for check in part.checks), *part.rubric.values()]
        if not points or min(points) < 0:
            complaints.append(f"{where}: points are listed for at least one check or criterion, none below 0")
        complaints += [
            f"{where}, check {check.name}: a hidden check needs the category that students see instead"
            for check in part.checks
            if check.hidden and not check.category
        ]
        if part.network and not 0 < part.network.threshold <= 1:
            complaints.append(f"{where}, network: threshold is a test accuracy, above 0 and at most 1")
    if not assignment.step > 0:
        complaints.append("step: marks are rounded to a step above 0")
    return complaints


def _repeated(kind: str, names: list[str], text: str) -> list[str]:
    return [
        f"line {_line(text, name)}: {kind} {name} is listed {count} times; a name stands once"
        for name, count in Counter(names).items()
        if count > 1
    ]


def _line(text: str, word: str) -> int:
    """Return the line on which a word stands last (repeated ones are the later ones)."""
    return max((number for number, line in enumerate(text.splitlines(), 1) if word in line), default=1)


def only_parts(assignment: Assignment, ids: frozenset[str]) -> Assignment:
    """Return the assignment with only these parts asked for. Raises BadAssignment for one it has not."""
    known = [part.id for part in assignment.parts]
    if not ids:
        raise BadAssignment(f"--parts names no part; {assignment.id} has the parts {', '.join(known)}")
    if unknown := sorted(ids.difference(known)):
        raise BadAssignment(f"--parts {','.join(unknown)}: {assignment.id} has the parts {', '.join(known)}")
    return replace(assignment, only=ids)


def locate(given: Path | None, submissions: Path, here: Path) -> Path:
    """Find the problem set's folder.

    The one given; else the assignment.toml above the submissions or above `here`; else the one under a
    `reference/` folder there whose id is the stem of the submissions' path; else the only one there is.
    Raises BadAssignment with the list of those it found.
    """
    if given is not None:
        return given.parent if given.name == NAME else given
    starts = (submissions.resolve(), here.resolve())
    above = [folder for start in starts for folder in (start, *start.parents)]
    for folder in above:
        if (folder / NAME).is_file():
            return folder
    files = dict.fromkeys(path for folder in above for path in sorted(folder.glob(f"reference/*/{NAME}")))
    found = [path.parent for path in files]
    named = [folder for folder in found if _id(folder) in {submissions.stem, starts[0].stem}]
    if len(named) == 1 or len(found) == 1:
        return (named or found)[0]
    ways = [f"  --assignment {folder}" for folder in found] or ["  none is near: --assignment DIR says where"]
    raise BadAssignment("\n".join([f"Which problem set is {submissions} for?", *ways]))


def _id(folder: Path) -> str:
    """Return the id a problem set gives itself, or its folder's name where its file cannot be read."""
    try:
        return str(tomllib.loads((folder / NAME).read_text(encoding="utf-8")).get("id", folder.name))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return folder.name
