"""(CodeFile, Limits) -> plain values of the student's names: the only door to student code."""

from __future__ import annotations

import re
import secrets
import signal
import time
from pathlib import PurePath
from types import TracebackType
from typing import NoReturn, Self

from grader.datatypes import CodeFile, Limits, Source
from grader.sandbox import wire
from grader.sandbox.capture import Capture, Flood
from grader.sandbox.faults import (
    Crashed,
    Malformed,
    Missing,
    NotTrained,
    OverLimit,
    RunnerFault,
    StudentFault,
    TimedOut,
)
from grader.sandbox.process import Ended, Late, Runner

START_SECONDS = 120.0  # for our own imports, TensorFlow's included, before the student's time begins
LIBRARIES = {"numpy": r"numpy", "matplotlib": r"matplotlib|pylab", "keras": r"tensorflow|keras"}
FAULTS: dict[str, type[StudentFault]] = {
    "missing": Missing,
    "crashed": Crashed,
    "malformed": Malformed,
    "over_limit": OverLimit,
    "untrained": NotTrained,
}


class Student:
    """One code file in a process of its own, started when it is first needed.

    The code runs once, then names are looked up and functions called; each answer is plain data: None, bool,
    int, float, complex, str, list, tuple, dict, plain ndarray. Every request raises a StudentFault where
    there is no such answer, and RunnerFault where the machinery broke. A process that dies in a call is
    replaced for the next request; one that dies while the code first runs is not.
    """

    def __init__(self, code: CodeFile, limits: Limits) -> None:
        self._code = code
        self._limits = limits
        self._capture = Capture(limits.output_kb * 1024)
        self._runner: Runner | None = None
        self._fatal: StudentFault | None = None
        self._has_run = False
        self._closed = False
        self._entered = 0  # the cell that runs
        self.notes: tuple[str, ...] = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def names(self) -> tuple[str, ...]:
        """Return the public names that the code bound, in order. Code that stopped has those before it."""
        names = self._ask("names", "the list of names")
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            self._torn()
        return tuple(names)

    def value(self, name: str) -> object:
        """Return what a name stands for, as plain data."""
        return self._ask("value", f"`{name}`", name)

    def call(self, name: str, *arguments: object) -> object:
        """Call a function of the student's with copies of plain data or arrays; return what it returned.

        Raises TypeError where an argument is not plain data.
        """
        return self._ask("call", f"`{name}`", name, arguments)

    @property
    def output(self) -> str:
        """What the code has printed so far, cut at `limits.output_kb`."""
        if self._runner is not None:
            try:
                self._runner.gather()
            except Flood:  # it printed on in the background
                self._end()
        return self._capture.text

    def close(self) -> None:
        """End the process and remove what it left. A closed door stays closed."""
        self._closed = True
        self._end()

    def _ask(self, op: str, subject: str, name: str = "", arguments: tuple[object, ...] = ()) -> object:
        self._open()
        reply = self._exchange({"op": op, "name": name}, arguments, self._limits.seconds, subject)
        if isinstance(reply, wire.Plain):
            return reply.value
        if isinstance(reply, wire.Fault):
            kind = FAULTS[reply.fault]
            raise kind(reply.message[:2000], reply.traceback[:10_000], self._capture.text)
        return self._torn()

    def _open(self) -> None:
        """See that a process is there in which the code has run."""
        if self._closed:
            raise RunnerFault("the door to this student's code is closed")
        if self._fatal is not None:
            raise _again(self._fatal)
        if self._runner is not None:
            return
        self._start()
        try:
            self._load()
        except StudentFault as fault:
            self._fatal = fault
            raise

    def _start(self) -> None:
        """Start a process and wait until it is ready for the code. Raises RunnerFault."""
        capture = Capture(self._limits.output_kb * 1024)  # what our own imports print is nobody's business
        self._capture.restart()
        self._runner = Runner(_libraries(self._code), self._limits, capture)
        try:
            reply = self._runner.receive(time.monotonic() + START_SECONDS)
        except (Late, Ended, Flood, wire.Torn) as error:
            self._end()
            said = capture.text[-500:]
            raise RunnerFault(f"no runner came up ({type(error).__name__} {error}): {said}") from None
        if not isinstance(reply, wire.Ready):
            self._end()
            raise RunnerFault(f"the runner did not get ready: {getattr(reply, 'reason', reply)}")
        self._runner.capture = self._capture

    def _load(self) -> None:
        is_module = self._code.source is Source.MODULE
        cells = [{"number": cell.number, "code": cell.code} for cell in self._code.cells]
        header = {"op": "load", "file": self._code.file, "is_module": is_module, "cells": cells}
        self._capture.muted = self._has_run
        self._entered = 0
        reply = self._exchange(header, (), self._limits.load_seconds, "")
        self._capture.muted = False
        if not isinstance(reply, wire.Loaded):
            self._torn()
        self._has_run = True
        self.notes = tuple(note[:1000] for note in reply.notes[:1000])

    def _exchange(
        self, header: dict[str, object], arguments: tuple[object, ...], seconds: float, subject: str
    ) -> wire.Message:
        """Send a request and return its answer. Whatever goes wrong on the way ends the process."""
        assert self._runner is not None
        number = secrets.randbits(53)  # not to be guessed by who wants to answer before being asked
        pieces = wire.request({**header, "id": number}, arguments)
        deadline = time.monotonic() + seconds
        try:
            self._runner.send(pieces, deadline)
            return self._answer(self._runner, number, deadline)
        except Late:
            self._end()
            fault: StudentFault = TimedOut(self._late(subject, seconds))
        except Ended:
            fault = self._ended(subject, self._end())
        except Flood:
            self._end()
            fault = OverLimit(f"{self._where(subject)} printed more than 64 MB.")
        except wire.Torn:
            self._end()
            fault = Malformed(f"{self._where(subject)} spoke out of turn on the grader's own line.")
        fault.output = self._capture.text
        raise fault

    def _answer(self, runner: Runner, number: int, deadline: float) -> wire.Message:
        while True:
            message = runner.receive(deadline)
            if isinstance(message, wire.Ready | wire.Unready) or message.id != number:
                raise wire.Torn("an answer to another request")
            if not isinstance(message, wire.Entering):
                return message
            self._entered = message.cell

    def _where(self, subject: str) -> str:
        """Return what was running: a function, a cell, a file."""
        if subject:
            return subject
        file = PurePath(self._code.file).name
        if self._code.source is Source.MODULE or not self._entered:
            return file
        return f"cell {self._entered}"

    def _late(self, subject: str, seconds: float) -> str:
        late = f"{self._where(subject)} was still running after {seconds:g} seconds and was stopped"
        if subject or self._code.source is Source.MODULE:
            return f"{late}."
        return f"{late}; what the cells before it had computed is lost."

    def _ended(self, subject: str, status: int) -> StudentFault:
        where = self._where(subject)
        if status == -getattr(signal, "SIGXCPU", 0):
            return OverLimit(f"{where} used more processor time than it may.")
        if status < 0:
            return Crashed(f"{where} stopped: its process ended ({_signal(-status)}).")
        return Crashed(f"{where} stopped: its process ended by itself (exit status {status}).")

    def _torn(self) -> NoReturn:
        self._end()
        raise Malformed("An answer came that no function gives.", output=self._capture.text)

    def _end(self) -> int:
        runner, self._runner = self._runner, None
        return runner.end() if runner is not None else 0


def _again(fault: StudentFault) -> StudentFault:
    """Return the same fault, to be raised once more."""
    return type(fault)(fault.message, fault.traceback, fault.output)


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _libraries(code: CodeFile) -> list[str]:
    """Return the libraries that the code's import lines name, found without running it."""
    lines = (line for cell in code.cells for line in cell.code.splitlines())
    importing = "\n".join(line for line in lines if re.search(r"\bimport\b|__import__|import_module", line))
    return [name for name, pattern in LIBRARIES.items() if re.search(rf"\b(?:{pattern})\b", importing)]
