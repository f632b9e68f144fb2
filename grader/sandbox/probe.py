"""Wall -> what got through it: code of our own tries what must fail, before any student's code runs."""

from __future__ import annotations

import os
import platform
import secrets
import socket
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from grader.datatypes import Cell, CodeFile, Limits, Source
from grader.sandbox.faults import RunnerFault, StudentFault
from grader.sandbox.inside.reach import readable
from grader.sandbox.room import Room
from grader.sandbox.student import Student
from grader.sandbox.wall import NoWall, Sandbox, Wall
from grader.sandbox.warm import raised

ATTEMPTS = """
import os, socket

def read(path):
    return open(path).read()

def connect(port):
    socket.create_connection(("127.0.0.1", port), 2).close()

def connect_locally(path):
    socket.socket(socket.AF_UNIX).connect(path)

def fork():
    child = os.fork()
    if not child:
        os._exit(0)
    os.waitpid(child, 0)

def signal(pid):
    os.kill(pid, 0)

def write(path):
    open(path, "w").write("written")
    return open(path).read()
"""
WAYS_OUT = """\
Ways out: a Linux kernel from 5.13 on with Landlock and seccomp; the container that docs/security.md
describes; or --sandbox off, which lets student code read your files and use the network, and is recorded in
every result. `grader doctor` says what this machine offers."""


@contextmanager
def walled(level: Sandbox = Sandbox.AUTO, secrets: Iterable[Path] = ()) -> Iterator[Wall]:
    """Raise a wall, try it, and keep it for the length of the block. Raises NoWall."""
    if level in {Sandbox.AUTO, Sandbox.STRICT}:
        for secret in secrets:
            if below := _readable_above(secret):
                raise NoWall(f"{secret} lies in {below}, which student code may read: move it elsewhere.")
    with raised(level) as wall:
        yield tried(wall)


def _readable_above(secret: Path) -> str:
    """Return the folder of the interpreter or the system that holds a path, '' where none does."""
    real = secret.resolve()
    return next((top for top in readable() if real.is_relative_to(Path(top).resolve())), "")


def tried(wall: Wall) -> Wall:
    """Return the wall with the layers that hold. Raises NoWall where it leaks and may not."""
    if wall.level is Sandbox.OFF:
        return wall
    code = CodeFile(Source.MODULE, "probe.py", (Cell(1, ATTEMPTS),))
    try:
        with Student(code, Limits(), Room(wall)) as probe, _outside() as (canary, port, door):
            through = tuple(_through(probe, canary, port, door))
            layers = probe.layers
    except (RunnerFault, StudentFault) as fault:
        if wall.level is Sandbox.OFFERED:
            return wall
        raise NoWall(f"{_no_wall(str(fault))}\n{WAYS_OUT}") from None
    if through and wall.level is not Sandbox.OFFERED:
        raise NoWall(f"{_no_wall('code in there could ' + ', '.join(through))}\n{WAYS_OUT}")
    return replace(wall, layers=(*(["bubblewrap"] if wall.bubblewrapped else []), *layers))


def _through(probe: Student, canary: str, port: int, door: str) -> Iterator[str]:
    """Yield what should have failed and did not, and what should have worked and failed."""
    forbidden: dict[str, Callable[[], object]] = {
        "read a file of ours": lambda: probe.call("read", canary),
        "connect to a port": lambda: probe.call("connect", port),
        "connect to a socket": lambda: probe.call("connect_locally", door),
        "start a process": lambda: probe.call("fork"),
        "signal the grader": lambda: probe.call("signal", os.getpid()),
    }
    for what, attempt in forbidden.items():
        try:
            attempt()
        except StudentFault:
            continue
        yield what
    if probe.call("write", "here") != "written":
        yield "not write in its own folder"


@contextmanager
def _outside() -> Iterator[tuple[str, int, str]]:
    """Give a file that must not be read, and a port and a path on which somebody listens."""
    with (
        tempfile.TemporaryDirectory() as folder,
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.socket(socket.AF_UNIX) as local,
    ):
        canary, door = Path(folder, "canary"), str(Path(folder, "door"))
        canary.write_text(secrets.token_hex(), encoding="ascii")
        local.bind(door)
        local.listen()
        yield str(canary), server.getsockname()[1], door


def _no_wall(why: str) -> str:
    where = f"{platform.system()} {platform.release()}"
    return f"Student code cannot be kept in on this machine ({where}), so none of it was run: {why}."
