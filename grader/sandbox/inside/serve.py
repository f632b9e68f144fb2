"""requests on a socket -> answers, until the other end closes."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn, TextIO

from . import asking, describe, each, wire
from .program import Absent, Program, loaded, lookup, public_names, why_absent
from .stops import Stop, stopped

Answer = tuple[dict[str, Any], list[Any]]


def serve(channel: socket.socket, settings: dict[str, Any], layers: tuple[str, ...]) -> NoReturn:
    """Say that student code may come, then answer one request after the other."""
    ours = os.getpid()
    streams = (sys.stdout, sys.stderr)
    program: list[Program] = []
    wire.send(channel, {"kind": "ready", "layers": list(layers)}, [])
    while True:
        try:
            request, arrays = wire.receive(channel)
        except EOFError:
            os._exit(0)
        asking.begin(channel, request["id"])
        header, answered = _answer(channel, request, arrays, program, settings)
        if os.getpid() != ours:  # a fork of the student's came out here: only the first process answers
            os._exit(0)
        _flush(streams)
        wire.send(channel, {"id": request["id"], **header}, answered)


def _flush(streams: tuple[TextIO, ...]) -> None:
    for stream in streams:
        with suppress(ValueError, OSError):  # closed by the student
            stream.flush()


def _answer(
    channel: socket.socket,
    request: dict[str, Any],
    arrays: list[Any],
    program: list[Program],
    settings: dict[str, Any],
) -> Answer:
    if request["op"] == "load":

        def entering(number: int) -> None:
            wire.send(channel, {"kind": "entering", "id": request["id"], "cell": number}, [])

        program.append(loaded(request, settings["scratch"], settings["memory_mb"], entering))
        return {"kind": "loaded", "notes": program[0].notes}, []
    if request["op"] == "names":
        return _packed(program[0], "the list of names", lambda: public_names(program[0]))
    name = request["name"]
    if request["op"] == "value":
        return _packed(program[0], f"`{name}`", lambda: lookup(program[0], name))
    if request["op"] == "describe":
        arguments = [wire.unpack(node, arrays) for node in request["arguments"]] if request["call"] else None
        return _described(program[0], name, arguments)
    arguments = [wire.unpack(node, arrays) for node in request["arguments"]]
    if request["op"] == "calls":
        return _calls(program[0], name, arguments)
    return _call(program[0], name, arguments)


def _call(program: Program, name: str, arguments: list[Any]) -> Answer:
    function = _function(program, name)
    if isinstance(function, Stop):
        return _fault(function)
    return _packed(program, f"`{name}`", lambda: function(*arguments), "returned")


def _calls(program: Program, name: str, cases: list[Any]) -> Answer:
    """Return what each of many calls came to."""
    function = _function(program, name)
    if isinstance(function, Stop):
        return _fault(function)
    try:
        node, arrays = each.outcomes(
            function,
            cases,
            lambda error: stopped(f"`{name}`", error, program.blame),
            lambda value, not_plain: f"`{name}` returned {_told(value, not_plain)}.",
        )
    except wire.NotPlain as too_much:
        return _malformed(f"`{name}` returned {too_much}.")
    return {"kind": "value", "value": node}, arrays


def _function(program: Program, name: str) -> Callable[..., Any] | Stop:
    """Return the student's function of that name, or why there is none."""
    try:
        function = lookup(program, name)
    except Absent:
        return why_absent(program, name)
    return function if callable(function) else Stop("malformed", f"`{name}` is not a function.", "")


def _described(program: Program, name: str, arguments: list[Any] | None) -> Answer:
    verb = "is" if arguments is None else "returned"
    try:
        value = lookup(program, name)
        description = describe.described(describe.model_in(value if arguments is None else value(*arguments)))
    except wire.NotPlain as not_a_model:
        return _malformed(f"`{name}` {verb} {not_a_model}.")
    except Absent:
        return _fault(why_absent(program, name))
    except BaseException as error:  # noqa: BLE001 (a student's own class of model may raise anything)
        return _fault(stopped(f"`{name}`", error, program.blame))
    return _packed(program, f"the network `{name}`", lambda: description)


def _packed(program: Program, subject: str, get: Callable[[], Any], verb: str = "is") -> Answer:
    """Return the value as an answer, or why there is none."""
    value = None  # `get` may itself find that there is nothing plain
    try:
        value = get()
        node, arrays = wire.pack(value)
    except Absent as absent:
        return _fault(why_absent(program, str(absent)))
    except wire.NotPlain as not_plain:
        return _malformed(f"{subject} {verb} {_told(value, not_plain)}.")
    except BaseException as error:  # noqa: BLE001 (student code may raise anything, SystemExit included)
        return _fault(stopped(subject, error, program.blame))
    return {"kind": "value", "value": node}, arrays


def _told(value: Any, not_plain: wire.NotPlain) -> str:
    """Say what is wrong with a value itself, or with one that it holds."""
    what = str(not_plain)
    if not what.startswith(("a ", "an ")):
        return what
    for kind in (list, tuple, dict):
        if isinstance(value, kind):
            return f"a {kind.__name__} with {what} in it"
    return f"{what}, not a number, text, list or array"


def _malformed(message: str) -> Answer:
    return _fault(Stop("malformed", message, ""))


def _fault(stop: Stop) -> Answer:
    return {"kind": "fault", "fault": stop.fault, "message": stop.message, "traceback": stop.traceback}, []
