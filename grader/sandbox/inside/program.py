"""a student's cells -> a module with the names they bound, and why some are not there."""

from __future__ import annotations

import importlib.util
import linecache
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from types import ModuleType
from typing import Any

from . import as_written, excerpt, keras2
from .cells import Compiled, Piece, compiled
from .stand_ins import notebook_names
from .stops import Blame, Stop, stopped

PREAMBLE = "the course's first cell"


class Absent(Exception):
    """A name was asked for that the code does not have."""


@dataclass
class Program:
    """A student's code while it runs and after."""

    file: str
    is_module: bool
    module: ModuleType
    blame: Blame
    stops: list[Stop] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    given: dict[str, Any] = field(default_factory=dict)  # names that are not the student's own

    def label(self, number: int) -> str:
        """Return what a cell is called, in tracebacks too."""
        return self.file if self.is_module else f"cell {number}"


def loaded(load: dict[str, Any], scratch: str, memory_mb: int, entering: Callable[[int], None]) -> Program:
    """Run all cells in order; one that stops is noted and does not lose those after it.

    `entering` is told each cell's number before it runs.
    """
    file = PurePath(load["file"]).name
    module = _module(file, load["is_module"])
    program = Program(file, load["is_module"], module, Blame(set(), scratch, memory_mb))
    _run_preamble(program, load.get("preamble", ""))
    official = excerpt.given(load.get("official", {}))
    module.__dict__.update(official)
    program.given.update(official)
    for cell in load["cells"]:
        entering(cell["number"])
        _run(program, cell["number"], cell["code"])
    program.notes += [*keras2.notes, *as_written.notes]
    return program


def _run_preamble(program: Program, source: str) -> None:
    """Run the first cell that the course handed out: neither its names nor its failing are the student's."""
    names = program.module.__dict__
    for piece in compiled(source, PREAMBLE).pieces:
        try:
            exec(piece.code, names)  # noqa: S102 (the course's own code)
        except Exception as error:  # noqa: BLE001 (a library that is not here, or anything else)
            program.notes.append(f"{PREAMBLE}: {stopped(PREAMBLE, error, program.blame).note}")
    program.given.update(names)


def _module(file: str, is_module: bool) -> ModuleType:
    """Return an empty module, registered. A notebook is `__main__`, as it was for its author; a module never.

    A file named like a library (`random.py`) must not stand in that library's way.
    """
    name = re.sub(r"\W", "_", PurePath(file).stem) or "student"
    if name in sys.modules or name in sys.stdlib_module_names or importlib.util.find_spec(name):
        name = f"student_{name}"
    module = ModuleType(name if is_module else "__main__")
    module.__file__ = file
    module.__dict__.update(notebook_names())
    sys.modules[module.__name__] = module
    return module


def _run(program: Program, number: int, source: str) -> None:
    label = program.label(number)
    program.blame.labels.add(label)
    code: Compiled | None = None
    try:
        code = compiled(source, label)
        _know_lines(label, code)
        _note_skipped(program, label, code)
        for piece in code.pieces:
            _run_piece(program, label, piece)
    except BaseException as error:  # noqa: BLE001 (student code may raise anything, SystemExit included)
        stop = stopped(label, error, program.blame)
        unbound = (code.binds if code else frozenset()) - program.module.__dict__.keys()
        cause = _cause(program, error)
        if cause:
            stop = Stop(cause.fault, cause.message, stop.note, stop.traceback)
        program.stops.append(replace(stop, lost=unbound, parsed=code is not None))
        program.notes.append(stop.note)


def _run_piece(program: Program, label: str, piece: Piece) -> None:
    """Run a piece. An import of something that is not there is noted, and what stands below it runs."""
    try:
        exec(piece.code, program.module.__dict__)  # noqa: S102 (this is the place where student code runs)
    except ImportError as error:
        if not piece.imports:
            raise
        stop = stopped(label, error, program.blame)
        program.stops.append(replace(stop, lost=piece.imports, goes_on=True))
        program.notes.append(stop.note)


def _cause(program: Program, error: BaseException) -> Stop | None:
    """Return the earlier stop that an error follows from: training would have bound the name it lacks."""
    name = error.name if isinstance(error, NameError) else None
    return next((stop for stop in program.stops if name in stop.lost and stop.fault == "untrained"), None)


def _know_lines(label: str, code: Compiled) -> None:
    """Give tracebacks the source, which stands in no file."""
    lines = [line + "\n" for line in code.lines]
    linecache.cache[label] = (sum(map(len, lines)), None, lines, label)


def _note_skipped(program: Program, label: str, code: Compiled) -> None:
    where = "" if program.is_module else f"{label}, "
    program.notes.extend(f"{where}line {line} `{text[:80]}` skipped" for line, text in code.skipped)


def public_names(program: Program) -> list[str]:
    """Return the names that the code bound, in order, those with a leading underscore left out."""
    given = {**notebook_names(), **program.given}
    return [
        name
        for name, value in program.module.__dict__.items()
        if type(name) is str and not name.startswith("_") and given.get(name) is not value
    ]


def lookup(program: Program, name: str) -> Any:
    """Return what a name stands for. Raises Absent."""
    try:
        return program.module.__dict__[name]
    except KeyError:
        raise Absent(name) from None


def why_absent(program: Program, name: str) -> Stop:
    """Say why a name is not there: the stop that lost it, or may have, else it was never written."""
    losers = [stop for stop in program.stops if name in stop.lost]
    # What is no Python may have bound anything, and a module ends where it stops.
    crashes = [stop for stop in program.stops if stop.fault != "untrained"]
    perhaps = [
        stop
        for stop in crashes
        if "*" in stop.lost or (program.is_module and not stop.goes_on) or not stop.parsed
    ]
    for stop in (*losers, *perhaps):
        return stop
    return Stop("missing", f"`{name}` is not in {program.file}.", "")
