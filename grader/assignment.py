"""assignment.toml -> Assignment."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import msgspec

from grader import deadlines, regrade
from grader.arrays import Drawing, Pooling
from grader.datatypes import Assignment, Check, Correction, Limits, Part, Ramp, Source
from grader.deadlines import BadDeadline, Deadline, deadline
from grader.networks import NetworkRules
from grader.proofreading import Fault, contradictions, disagreements, misfits, told
from grader.regrade import BadRegrade, Regrade

NAME = "assignment.toml"
OURS = Path(__file__).parents[1] / "reference"  # of a checkout; where the grader is installed there is none


class BadAssignment(Exception):
    """The problem set itself is wrong. The message names the file, the place and the way out."""


class NoAssignment(BadAssignment):
    """There is no assignment.toml where one should be: `file`."""

    def __init__(self, file: Path) -> None:
        super().__init__(f"{file}: no such file. A problem set is a folder that holds {NAME}.")
        self.file = file


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
    drawn: Pooling | None = None


class _CorrectionTable(msgspec.Struct, forbid_unknown_fields=True):
    part: str
    reason: str
    check: str = ""
    criterion: str = ""
    also_accept: str | tuple[str, ...] = ()
    also_accept_slip: str = ""
    void: bool = False
    bonus: float | None = None


class _File(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    title: str
    sections: dict[str, str]
    parts: list[_PartTable]
    hints: dict[str, str] = {}
    limits: Limits = msgspec.field(default_factory=Limits)
    cases: Drawing = msgspec.field(default_factory=Drawing)
    step: float = 0.25
    show_expected: bool = False
    show_rubric: Literal["always", "marked", "never"] = "marked"
    preamble: str = ""  # a file of Python, relative to the folder
    explained: dict[Source, Literal["charge", "pending", "accept"]] = {}
    deadline: dict[str, Any] | None = None
    attempts: Literal["latest", "first", "last on time"] = "latest"
    another_look: str = ""
    corrections: list[_CorrectionTable] = []
    regrade: dict[str, Any] | None = None


def load(folder: Path) -> Assignment:
    """Read and check a problem set's assignment.toml. Raises BadAssignment."""
    path = folder / NAME
    try:
        text = path.read_text(encoding="utf-8")
        table = tomllib.loads(text)
    except (FileNotFoundError, NotADirectoryError):
        raise NoAssignment(path) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise BadAssignment(f"{path}: {fault}") from None
    _refuse(path, [*misfits(table, _File), *_of_deadline(table), *_of_regrade(table)], text, table)
    file = msgspec.convert(table, _File)
    due = _deadline(path, file.deadline, text, table)
    assignment = Assignment(
        id=file.id,
        title=file.title,
        folder=folder.resolve(),
        sections=file.sections,
        parts=tuple(map(_part, file.parts)),
        hints=file.hints,
        limits=file.limits,
        cases=file.cases,
        step=file.step,
        show_expected=file.show_expected,
        show_rubric=file.show_rubric,
        preamble=_preamble(path, file.preamble, text),
        explained={str(source): what for source, what in file.explained.items()},
        deadline=due,
        attempts=file.attempts,
        another_look=file.another_look.strip(),
        corrections=tuple(map(_correction, file.corrections)),
        regrade=_regrade(path, file.regrade, due, text, table),
    )
    _refuse(path, contradictions(assignment), text, table)
    return assignment


def _preamble(path: Path, name: str, text: str) -> str:
    """Read the first cell that the course handed out, '' where none is named. Raises BadAssignment."""
    if not name:
        return ""
    file = path.parent / name
    try:
        code = file.read_text(encoding="utf-8")
        ast.parse(code)
    except (OSError, UnicodeDecodeError, SyntaxError, ValueError) as fault:
        _refuse(path, [Fault(("preamble",), f"{file}: {fault}")], text, {})
    return code


def _of_deadline(table: dict[str, Any]) -> Iterator[Fault]:
    asked = table.get("deadline")
    for fault in misfits(asked, deadlines.Table, ("deadline",)) if isinstance(asked, dict) else ():
        missing = fault.keys == ("deadline",)  # nothing but `due` must be there
        yield replace(fault, says=f"{fault.says}: due = 2026-02-03T23:59:00") if missing else fault


def _deadline(path: Path, asked: dict[str, Any] | None, text: str, table: dict[str, Any]) -> Deadline | None:
    try:
        return None if asked is None else deadline(asked)
    except BadDeadline as fault:
        raise BadAssignment(told([Fault(("deadline", fault.key), str(fault))], path, text, table)) from None


def _of_regrade(table: dict[str, Any]) -> Iterator[Fault]:
    asked = table.get("regrade")
    yield from misfits(asked, regrade.Table, ("regrade",)) if isinstance(asked, dict) else ()


def _regrade(
    path: Path, asked: dict[str, Any] | None, due: Deadline | None, text: str, table: dict[str, Any]
) -> Regrade | None:
    try:
        return None if asked is None else regrade.regrade(asked, due.zone if due else None)
    except BadRegrade as fault:
        raise BadAssignment(told([Fault(("regrade", fault.key), str(fault))], path, text, table)) from None


def _part(table: _PartTable) -> Part:
    checks = tuple(_check(name, entry) for name, entry in table.checks.items())
    rules = NetworkRules(**msgspec.structs.asdict(table.network)) if table.network else None
    return Part(table.id, table.title, table.question, checks, table.rubric, rules, table.drawn)


def _check(name: str, entry: float | _CheckTable) -> Check:
    if not isinstance(entry, _CheckTable):
        return Check(name, entry)
    return Check(name, entry.points, entry.ramp, entry.hidden, entry.category)


def _correction(table: _CorrectionTable) -> Correction:
    said = msgspec.structs.asdict(table)
    also = said["also_accept"]
    return Correction(**said | {"also_accept": (also,) if isinstance(also, str) else also})


def _refuse(path: Path, faults: Iterable[Fault], text: str, table: dict[str, Any]) -> None:
    """Raise BadAssignment for faults, each with its line; for none do nothing."""
    if found := list(faults):
        raise BadAssignment(told(found, path, text, table))


def agree(assignment: Assignment) -> None:
    """Hold a problem set's assignment.toml against its check files; nothing of them is run.

    Raises BadAssignment for what would fail only while grading, and then for everybody.
    """
    path = assignment.folder / NAME
    text = path.read_text(encoding="utf-8")
    faults, elsewhere = disagreements(assignment)
    if faults or elsewhere:
        here = told(faults, path, text, tomllib.loads(text))
        raise BadAssignment("\n".join(filter(None, [here, *elsewhere])))


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
    `reference/` folder there whose id the submissions' name is or begins with; else the only one there is.
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
    named = [folder for folder in found if _names(_id(folder), starts[0].stem)]
    if len(named) == 1 or len(found) == 1:
        return (named or found)[0]
    raise BadAssignment("\n".join([f"Which problem set is {submissions} for?", *_ways(found, starts)]))


def _names(own: str, stem: str) -> bool:
    """Say whether a file or folder is called like a problem set, or by that and a word: ps4-writeup."""
    return re.fullmatch(rf"{re.escape(own)}(?:[^A-Za-z0-9].*)?", stem, re.DOTALL) is not None


def _ways(found: list[Path], starts: tuple[Path, Path]) -> list[str]:
    """Return the options that would say which problem set is meant, and why one has to."""
    if found:
        return [f"  --assignment {folder}" for folder in found]
    near = " or ".join(dict.fromkeys(map(str, starts)))
    why = f"There is no {NAME} in or above {near}, nor under a reference/ folder there. Say where it is:"
    ours = sorted(OURS.glob(f"*/{NAME}")) or [Path("DIR") / NAME]
    return [why, *(f"  --assignment {path.parent}" for path in ours)]


def _id(folder: Path) -> str:
    """Return the id a problem set gives itself, or its folder's name where its file cannot be read."""
    try:
        return str(tomllib.loads((folder / NAME).read_text(encoding="utf-8")).get("id", folder.name))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return folder.name
