"""(CodeFile, Limits, Wall) -> plain values of the student's names: the only door to student code."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from types import TracebackType
from typing import NoReturn, Self

from grader.datatypes import CodeFile, Limits, Source
from grader.sandbox import models, wire
from grader.sandbox.capture import Capture, Flood
from grader.sandbox.clock import Clock, Leave, Purse
from grader.sandbox.each import TRAINING_NOTHING, Called, called
from grader.sandbox.faults import (
    FAULTS,
    Malformed,
    NotTrained,
    OverLimit,
    Refusal,
    RunnerFault,
    StudentFault,
    Tampered,
    TimedOut,
)
from grader.sandbox.libraries import libraries, may_train
from grader.sandbox.place import Place
from grader.sandbox.preamble import needed_of, official_of
from grader.sandbox.process import Ended, Late, Over, Runner
from grader.sandbox.room import Room
from grader.sandbox.settings import Forbidden

TENSORFLOW_WAITS = 11.0  # seconds, after an allocation that failed
START_SECONDS = 120.0  # for our own imports, TensorFlow's included, before the student's time begins


class Student:
    """One code file in a process of its own, started when it is first needed.

    The code runs once, then names are looked up and functions called; each answer is plain data: None, bool,
    int, float, complex, str, list, tuple, dict, plain ndarray. Every request raises a StudentFault where
    there is no such answer, and RunnerFault where the machinery broke. A process that dies in a call is
    replaced for the next request; one that dies while the code first runs is not.
    """

    def __init__(self, code: CodeFile, limits: Limits, room: Room | None = None) -> None:
        self._code = code
        self._limits = limits
        self._room = room or Room()
        self._preamble = needed_of(self._room.preamble, code)
        self.official = official_of(code)  # names that it uses and does not define -> official arrays
        self._capture = Capture(limits.output_kb * 1024)
        self._runner: Runner | None = None
        self._fatal: StudentFault | None = None
        self._has_run = False
        self._closed = False
        self._purse = self._room.purse or Purse(limits.total_seconds)
        self._leave = Leave(self._room.training or Purse(limits.training_seconds))
        self.notes: tuple[str, ...] = ()
        self.layers, self.cell = tuple[str, ...](), 0  # of the kernel around the process; that is being run

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

    def calls(self, name: str, cases: Sequence[tuple[object, ...]]) -> list[Called]:
        """Call a function once for each tuple of arguments, in one request that has the time of one call.

        Each call has an outcome of its own, a fault too. Raises what `call` does for all of them together.
        """
        faults = FAULTS if may_train(self._code, self._preamble, self._room.files) else TRAINING_NOTHING
        try:
            return called(self._ask("calls", f"`{name}`", name, tuple(cases)), len(cases), faults)
        except wire.Torn:
            self._torn()

    def describe_model(self, name: str) -> models.Model:
        """Return a Keras model's layers and weights, as data. Malformed where a layer is not built in."""
        return self._model(name)

    def describe_returned(self, name: str, *arguments: object) -> models.Model:
        """Call a function that returns a Keras model; return that as data."""
        return self._model(name, arguments, call=True)

    def _model(self, name: str, arguments: tuple[object, ...] = (), *, call: bool = False) -> models.Model:
        try:
            return models.model(self._ask("describe", f"`{name}`", name, arguments, call=call))
        except Forbidden as forbidden:
            raise Malformed(f"`{name}`: {forbidden}", output=self._capture.text) from None

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

    def _ask(
        self, op: str, subject: str, name: str = "", arguments: tuple[object, ...] = (), *, call: bool = False
    ) -> object:
        self._open()
        header = {"op": op, "name": name, "call": call}
        reply = self._exchange(header, arguments, self._limits.seconds, subject)
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
            raise self._fatal.again()
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
        self._runner = Runner(
            libraries(self._code, self._preamble), self._limits, capture, self._room.wall, self._room.files
        )
        try:
            reply = self._runner.receive(time.monotonic() + START_SECONDS)
        except (Late, Ended, Over, Flood, wire.Torn) as error:
            self._end()
            said = capture.text[-500:]
            raise RunnerFault(f"no runner came up ({type(error).__name__} {error}): {said}") from None
        if not isinstance(reply, wire.Ready):
            self._end()
            raise RunnerFault(f"the runner did not get ready: {getattr(reply, 'reason', reply)}")
        if lacking := self._room.wall.lacks(reply.layers):
            self._end()
            raise RunnerFault(
                f"the wall has a gap, so no student code was run: no {' and no '.join(lacking)}"
            )
        self.layers = tuple(reply.layers)
        self._runner.capture = self._capture

    def _load(self) -> None:
        is_module = self._code.source is Source.MODULE
        cells = [{"number": cell.number, "code": cell.code} for cell in self._code.cells]
        header = {"op": "load", "file": self._code.file, "is_module": is_module, "cells": cells}
        header |= {"preamble": self._preamble, "official": self.official}
        self._capture.muted = self._has_run
        reply = self._exchange(header, (), self._limits.load_seconds, "")
        self._capture.muted = False
        if not isinstance(reply, wire.Loaded):
            self._torn()
        self._has_run = True
        self.notes = tuple(dict.fromkeys(note[:1000] for note in reply.notes[:1000]))

    def _exchange(
        self, header: dict[str, object], arguments: tuple[object, ...], seconds: float, subject: str
    ) -> wire.Message:
        """Send a request and return its answer. Whatever goes wrong on the way ends the process."""
        assert self._runner is not None
        where = Place(self._code, subject)
        number = secrets.randbits(53)  # not to be guessed by who wants to answer before being asked
        pieces = wire.request({**header, "id": number}, arguments)
        clock = Clock(min(seconds, self._purse.left))
        self._runner.resume(clock.seconds)
        try:
            self._runner.send(pieces, clock.deadline)
            return self._answer(self._runner, number, clock, where)
        except Late:
            fault: StudentFault = self._late(number, where, clock)
            self._end()
        except Ended:
            fault = self._ended(self._runner, where)
        except Over as over:
            self._end()
            fault = OverLimit(f"{where} {over}.")
        except Flood:
            self._end()
            fault = OverLimit(f"{where} printed more than 64 MB.")
        except wire.Torn:
            self._end()
            fault = Tampered(f"{where} spoke out of turn on the grader's own line.")
        except BaseException:  # a handler of ours broke: nothing that went on in there can be told any more
            self._end()
            raise
        finally:
            self._leave.give_back(clock)
            self._purse.spend(clock.elapsed - self._leave.used)
            self._leave.used = 0.0
        fault.output = self._capture.text
        raise fault

    def _ended(self, runner: Runner, where: Place) -> StudentFault:
        """Say how the process ended. Raises RunnerFault where it was lost with all others of its parent."""
        self._runner, status = None, runner.last()
        if status is None:
            raise RunnerFault(f"{where} was lost: the process that student code is forked from ended.")
        return where.ended(status)

    def _late(self, number: int, where: Place, clock: Clock) -> StudentFault:
        """Say why there was not enough time: what is trained as written has only so much of it."""
        if self._leave.taken:
            return NotTrained(where.still_training(self._limits.training_seconds))
        return self._last_word(number, where) or TimedOut(where.late(clock.seconds))

    def _answer(self, runner: Runner, number: int, clock: Clock, where: Place) -> wire.Message:
        while True:
            message = runner.receive(clock.deadline)
            if isinstance(message, wire.Ready | wire.Unready) or message.id != number:
                raise wire.Torn("an answer to another request")
            if isinstance(message, wire.Asked):
                self._serve(runner, message, clock)
            elif isinstance(message, wire.Entering):
                where.cell = self.cell = message.cell
            else:
                runner.pause()
                return message

    def _last_word(self, number: int, where: Place) -> OverLimit | None:
        """Return what was late because of memory: TensorFlow waits ten idle seconds before it says so."""
        runner = self._runner
        assert runner is not None
        if "keras" not in libraries(self._code, self._preamble) or not runner.waits():
            return None
        try:
            reply = self._answer(runner, number, Clock(TENSORFLOW_WAITS), where)
        except (Late, Ended, Over, Flood, wire.Torn):
            return None
        if isinstance(reply, wire.Fault) and reply.fault == "over_limit":
            return OverLimit(reply.message, reply.traceback)
        return None

    def _serve(self, runner: Runner, asked: wire.Asked, clock: Clock) -> None:
        """Answer what the process asks for; it stands still, and so does its clock, until that is done."""
        runner.pause()
        with clock.stopped():
            try:
                if asked.what not in self._room.handlers:
                    raise Refusal(f"nobody here answers {asked.what!r}")  # noqa: TRY301 (told like any refusal)
                pieces = wire.answer(asked.id, self._room.handlers[asked.what](asked.value))
                self._lend(asked.what, clock)
            except Refusal as refusal:
                pieces = wire.refusal(asked.id, str(refusal))
        runner.resume(clock.left)
        runner.send(pieces, clock.deadline)

    def _lend(self, what: str, clock: Clock) -> None:
        """Give time for training as written, and take it back. Raises Refusal."""
        if what == "trained":
            self._leave.give_back(clock)
        elif what == "train" and not self._leave.take(clock):
            raise Refusal("the time for trainings that the grader does not repeat is used up")

    def _torn(self) -> NoReturn:
        self._end()
        raise Tampered("An answer came that no function gives.", output=self._capture.text)

    def _end(self) -> int | None:
        runner, self._runner = self._runner, None
        return runner.end() if runner is not None else 0
