"""(libraries to import, limits, a wall) -> a process for student code, and messages to and from it."""

from __future__ import annotations

import os
import selectors
import signal
import socket
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from grader.datatypes import Limits
from grader.sandbox import scratch, wire
from grader.sandbox.capture import Capture
from grader.sandbox.faults import NotHere, RunnerFault
from grader.sandbox.launch import Forked, Fresh, Process
from grader.sandbox.wall import Wall
from grader.sandbox.watch import EVERY, Watch

BUFFER = 1 << 20
GRACE = 1.0  # seconds for a process whose line is closed to be gone
PAUSED, RESUMED = getattr(signal, "SIGSTOP", None), getattr(signal, "SIGCONT", None)


class Late(Exception):
    """The deadline passed."""


class Ended(Exception):
    """The process is gone."""


class Over(Exception):
    """The process passed a limit; the text is a predicate: "used more than ..."."""


class Runner:
    """One process for student code: the only holder of its socket, its output and its scratch folder.

    After `pause` it stands still until `resume`, so that a student's thread does nothing unwatched.
    """

    def __init__(
        self,
        preload: Sequence[str],
        limits: Limits,
        capture: Capture,
        wall: Wall,
        files: Mapping[str, bytes],
    ) -> None:
        """Start the process with copies of the files in its folder. Raises RunnerFault."""
        self.capture = capture
        self._scratch = _furnished(wall, files)
        try:
            self._socket, theirs = _channel()
        except RunnerFault:
            scratch.remove(self._scratch)
            raise
        self._output, printed = os.pipe()
        try:
            self._process = _launched(wall, theirs, printed, _settings(preload, limits, wall, self._scratch))
        except OSError as error:
            self._release()
            raise RunnerFault(f"no process could be started for student code: {error}") from None
        finally:
            theirs.close()
            os.close(printed)
        self._watch = Watch(self._process.pid, self._scratch, limits)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._socket, selectors.EVENT_READ)
        self._selector.register(self._output, selectors.EVENT_READ)

    def resume(self, seconds: float) -> None:
        """Let the process work, for so many wall seconds' worth of processor time."""
        self._watch.spell(seconds)
        if RESUMED is not None:
            self._process.signal(RESUMED)

    def waits(self) -> bool:
        """Return whether the process has done next to nothing since `resume`."""
        return self._watch.idles()

    def pause(self) -> None:
        """Stop the process where it is, and look at what it has used. Raises Over."""
        if PAUSED is not None:
            self._process.signal(PAUSED)
        if passed := self._watch.look(at_once=True):
            raise Over(passed)

    def send(self, pieces: Sequence[Any], deadline: float) -> None:
        """Send a request. Raises Late, Ended."""
        for piece in pieces:
            self._socket.settimeout(_left(deadline))
            try:
                self._socket.sendall(piece)
            except TimeoutError:
                raise Late from None
            except OSError:
                raise Ended from None

    def receive(self, deadline: float) -> wire.Message:
        """Return the next message, gathering output. Raises Late, Ended, Over, Flood, wire.Torn."""
        message = wire.receive(lambda view: self._fill(view, deadline))
        self.gather()
        return message

    def _fill(self, view: memoryview, deadline: float) -> None:
        while view:
            self._await(deadline)
            try:
                got = self._socket.recv_into(view)
            except OSError:
                raise Ended from None
            if not got:
                raise Ended
            view = view[got:]

    def _await(self, deadline: float) -> None:
        """Wait until there is something to read on the socket."""
        while True:
            ready = {key.fileobj for key, _ in self._selector.select(min(_left(deadline), EVERY))}
            if self._output in ready:
                self._read_output()
            if passed := self._watch.look():
                raise Over(passed)
            if self._socket in ready:
                return
            if not ready and self._process.ended():  # a fork of it may still hold the socket open
                raise Ended

    def gather(self) -> None:
        """Take in what was printed until now. Raises Flood."""
        while self._output in {key.fileobj for key, _ in self._selector.select(0)}:
            self._read_output()

    def _read_output(self) -> None:
        chunk = os.read(self._output, BUFFER)
        if not chunk:
            self._selector.unregister(self._output)
        self.capture.take(chunk)

    def last(self) -> int | None:
        """Return the exit status of a process that hung up, as `end` does: 0 where it was still there."""
        until = time.monotonic() + GRACE
        while not (gone := self._process.ended()) and time.monotonic() < until:
            time.sleep(0.005)
        status = self.end()
        return status if gone else 0

    def end(self) -> int | None:
        """Kill the process and all that it started, leave nothing of it; return its exit status.

        The status is negative where a signal ended it, ours included; None where its parent ended before.
        """
        status = self._process.end()
        self._selector.close()
        self._release()
        return status

    def _release(self) -> None:
        self._socket.close()
        os.close(self._output)
        scratch.remove(self._scratch)


def _furnished(wall: Wall, files: Mapping[str, bytes]) -> Path:
    """Return a scratch folder with the student's files, whole. Raises RunnerFault where the disk is full."""
    try:
        return scratch.made(wall.scratch, files)
    except OSError as error:
        raise RunnerFault(f"no folder could be made for student code: {error}") from None


def _settings(preload: Sequence[str], limits: Limits, wall: Wall, folder: os.PathLike[str]) -> dict[str, Any]:
    """Return what inside/runner.py needs to know."""
    return {
        "preload": list(preload),
        "jail": wall.jail,
        "scratch": os.fspath(folder),
        "memory_mb": limits.memory_mb,
        "file_mb": limits.file_mb,
        "cpu_seconds": int((limits.total_seconds + limits.training_seconds) * limits.cores)
        + 60,  # behind the watchdog's account
    }


def _launched(wall: Wall, theirs: socket.socket, printed: int, settings: Mapping[str, Any]) -> Process:
    """Return a process forked by the wall's warm parent, a fresh one where there is none."""
    door = wall.door_for(settings["preload"])
    return Forked(door, theirs, printed, settings) if door else Fresh(theirs, printed, settings)


def _channel() -> tuple[socket.socket, socket.socket]:
    """Return the two ends of a socket. Raises NotHere where a process cannot inherit one (Windows)."""
    try:
        pair = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    except (AttributeError, OSError, ValueError) as error:
        raise NotHere(f"student code cannot be run on this system: {error}") from None
    for end in pair:
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER)
        end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
    return pair


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise Late
    return left
