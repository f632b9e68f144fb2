"""(a listening socket, a lifeline, libraries) -> a warm parent that forks runners on request.

One thread, nothing secret, no TensorFlow operation: a fork of it starts with every import done and nothing of
another student. A request is one packet on a connection of its own: settings as JSON, and two descriptors,
the runner's socket and the pipe for what it prints. The answers are a packet with the runner's pidfd and,
once it has ended, its status. A connection that closes ends its runner; the lifeline's end ends everything.
"""

from __future__ import annotations

import gc
import importlib
import importlib.util
import json
import os
import selectors
import signal
import socket
import sys
import traceback
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NoReturn

from . import runner, stand_ins

LONGEST = 1 << 16  # bytes of a request
SOON = b"soon"  # in a request's place: there will be some
CHANNEL = 3  # the number that a runner's socket gets


@dataclass(frozen=True)
class Child:
    """A runner that was forked, and the connection of the judge that wanted it."""

    pid: int
    pidfd: int
    line: socket.socket


class Warm:
    """The parent. The selector tells of a descriptor: "listener", "lifeline", a judge's "line", a Child."""

    def __init__(self, listener: socket.socket, lifeline: socket.socket, libraries: list[str]) -> None:
        self._listener = listener
        self._libraries: list[str] | None = libraries
        self._children: dict[socket.socket, Child] = {}
        self._selector = selectors.DefaultSelector()
        self._selector.register(listener, selectors.EVENT_READ, "listener")
        self._selector.register(lifeline, selectors.EVENT_READ, "lifeline")

    def serve(self) -> NoReturn:
        """Answer requests until the lifeline ends."""
        while True:
            for key, _ in self._selector.select():
                if key.data == "lifeline":
                    self._end()
                elif key.data == "listener":
                    line, _ = self._listener.accept()
                    self._selector.register(line, selectors.EVENT_READ, "line")
                elif isinstance(key.data, Child):
                    self._bury(key.data)
                elif isinstance(key.fileobj, socket.socket) and key.fileobj.fileno() >= 0:
                    self._hear(key.fileobj)

    def warm_up(self) -> None:
        """Import the libraries. Raises what a broken installation raises, and AssertionError for a thread."""
        if self._libraries is None:
            return
        gc.disable()  # nothing that an import makes is garbage, and looking for it takes a fifth of the time
        try:
            stand_ins.prepare(self._libraries)
            if "matplotlib" in self._libraries and importlib.util.find_spec("matplotlib"):
                importlib.import_module("matplotlib.pyplot")
        finally:
            gc.enable()
        assert _threads() == 1, f"{_threads()} threads: a fork of this process would not be safe"
        self._libraries = None
        gc.collect()
        gc.freeze()  # what is there now is never looked at again, so forks go on sharing it

    def _hear(self, line: socket.socket) -> None:
        """Take a request, or notice that a judge has gone."""
        message, descriptors = b"", list[int]()
        with suppress(OSError):
            message, descriptors, _, _ = socket.recv_fds(line, LONGEST, 2)
        if message == SOON:
            with suppress(Exception):  # told to who first asks for a runner
                self.warm_up()
        if len(descriptors) != 2:
            self._hang_up(line)
            return
        try:
            self._fork(line, json.loads(message), *descriptors)
        finally:
            for descriptor in descriptors:
                os.close(descriptor)

    def _fork(self, line: socket.socket, settings: dict[str, Any], channel: int, output: int) -> None:
        fault: Exception | None = None
        try:
            self.warm_up()
        except Exception as error:  # noqa: BLE001 (a broken installation raises anything: the runner tells)
            fault = error
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        pid = os.fork()
        if not pid:
            _become_runner(channel, output, settings, fault)
        pidfd = os.pidfd_open(pid)
        child = self._children[line] = Child(pid, pidfd, line)
        self._selector.register(pidfd, selectors.EVENT_READ, child)
        with suppress(OSError):  # a judge that has gone is noticed on its line
            socket.send_fds(line, [b"{}"], [pidfd])

    def _hang_up(self, line: socket.socket) -> None:
        """Kill the runner of a judge that has gone; it is buried when its end is seen."""
        self._selector.unregister(line)
        child = self._children.get(line)
        if child is None:
            line.close()
        else:
            signal.pidfd_send_signal(child.pidfd, signal.SIGKILL)

    def _bury(self, child: Child) -> None:
        """Kill what a runner that ended has left of its group, and tell the judge how it ended."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)  # before the wait: its number is not another's yet
        _, status = os.waitpid(child.pid, 0)
        self._selector.unregister(child.pidfd)
        os.close(child.pidfd)
        del self._children[child.line]
        with suppress(KeyError):
            self._selector.unregister(child.line)
        with suppress(OSError):
            child.line.send(json.dumps({"status": os.waitstatus_to_exitcode(status)}).encode())
        child.line.close()

    def _end(self) -> NoReturn:
        for child in self._children.values():
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, signal.SIGKILL)
        os._exit(0)


def _become_runner(channel: int, output: int, settings: dict[str, Any], fault: Exception | None) -> NoReturn:
    """In the fork: keep the three streams and one socket, nothing else, and live."""
    try:
        os.setsid()
        nothing = os.open(os.devnull, os.O_RDONLY)
        kept = {0: os.dup(nothing), 1: os.dup(output), 2: os.dup(output), CHANNEL: os.dup(channel)}
        for number, descriptor in kept.items():
            os.dup2(descriptor, number, inheritable=number != CHANNEL)
        os.closerange(CHANNEL + 1, os.sysconf("SC_OPEN_MAX"))
        ours = socket.socket(fileno=CHANNEL)
        if fault is not None:
            runner.unready(ours, fault)
        runner.live(ours, settings)
    except BaseException:  # noqa: BLE001 (nothing of the parent's loop may ever go on in a fork)
        traceback.print_exc()
        sys.stderr.flush()
    os._exit(70)


def _threads() -> int:
    return len(os.listdir("/proc/self/task"))  # noqa: PTH208 (a count of a kernel folder)


def main(arguments: list[str]) -> None:
    """Serve: (numbers of the listening socket and of the lifeline, {"preload": [...], "at_once": bool})."""
    listener, lifeline = (socket.socket(fileno=int(number)) for number in arguments[:2])
    wanted = json.loads(arguments[2])
    warm = Warm(listener, lifeline, wanted["preload"])
    lifeline.send(b"+")
    if wanted["at_once"]:
        with suppress(Exception):  # told to who first asks for a runner
            warm.warm_up()
    warm.serve()
