"""(libraries to import, limits) -> a process for student code, and messages to and from it."""

from __future__ import annotations

import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from grader.datatypes import Limits
from grader.sandbox import scratch, wire
from grader.sandbox.capture import Capture
from grader.sandbox.faults import RunnerFault

PYTHON = sys.executable
RUNNER = Path(__file__).parent / "inside" / "runner.py"
BUFFER = 1 << 20
LOOK = 0.05  # seconds between looks at whether the process still lives
QUIET = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "MPLBACKEND": "Agg",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}
AT_HOME = ("HOME", "TMPDIR", "KERAS_HOME", "MPLCONFIGDIR", "XDG_CACHE_HOME")


class Late(Exception):
    """The deadline passed."""


class Ended(Exception):
    """The process is gone."""


class Runner:
    """One process for student code: the only holder of its socket, its output and its scratch folder."""

    def __init__(self, preload: Sequence[str], limits: Limits, capture: Capture) -> None:
        """Start the process. Raises RunnerFault."""
        self.capture = capture
        self._scratch = Path(tempfile.mkdtemp(prefix="grader-")).resolve()
        self._socket, theirs = _channel(self._scratch)
        settings = {
            "preload": list(preload),
            "memory_mb": limits.memory_mb,
            "cpu_seconds": int(limits.load_seconds + 100 * limits.seconds) + 60,  # behind the wall deadlines
            "scratch": str(self._scratch),
        }
        try:
            with theirs:
                self._process = _spawn(theirs, json.dumps(settings), self._scratch)
        except OSError as error:
            self._socket.close()
            scratch.remove(self._scratch)
            raise RunnerFault(f"no process could be started for student code: {error}") from None
        self._output: IO[bytes] = _piped(self._process)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._socket, selectors.EVENT_READ)
        self._selector.register(self._output, selectors.EVENT_READ)

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
        """Return the next message; output is gathered meanwhile. Raises Late, Ended, wire.Torn, Flood."""
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
            ready = {key.fileobj for key, _ in self._selector.select(min(_left(deadline), LOOK))}
            if self._output in ready:
                self._read_output()
            if self._socket in ready:
                return
            if not ready and _dead(self._process):  # a fork of it may still hold the socket open
                raise Ended

    def gather(self) -> None:
        """Take in what was printed until now. Raises Flood."""
        while self._output in {key.fileobj for key, _ in self._selector.select(0)}:
            self._read_output()

    def _read_output(self) -> None:
        chunk = os.read(self._output.fileno(), BUFFER)
        if not chunk:
            self._selector.unregister(self._output)
        self.capture.take(chunk)

    def end(self) -> int:
        """Kill the process and all that it started, leave nothing of it; return its exit status.

        The status is negative where a signal ended it, ours included.
        """
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        status = self._process.wait()
        self._selector.close()
        self._socket.close()
        self._output.close()
        scratch.remove(self._scratch)
        return status


def _channel(folder: Path) -> tuple[socket.socket, socket.socket]:
    """Return the two ends of a socket. Raises RunnerFault where a process cannot inherit one (Windows)."""
    try:
        pair = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    except (AttributeError, OSError, ValueError) as error:
        scratch.remove(folder)
        raise RunnerFault(f"student code cannot be run on this system: {error}") from None
    for end in pair:
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER)
        end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
    return pair


def _spawn(theirs: socket.socket, settings: str, home: Path) -> subprocess.Popen[bytes]:
    """Start the runner in isolated mode: a session of its own, nothing of our environment, no other file."""
    environment: Mapping[str, str] = {**QUIET, **dict.fromkeys(AT_HOME, str(home))}
    return subprocess.Popen(  # noqa: S603 (our own interpreter and our own file)
        [PYTHON, "-I", "-X", "utf8", str(RUNNER), str(theirs.fileno()), settings],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        bufsize=0,
        cwd=home,
        env=environment,
        pass_fds=(theirs.fileno(),),
        start_new_session=True,
    )


def _piped(process: subprocess.Popen[bytes]) -> IO[bytes]:
    assert process.stdout is not None
    return process.stdout


def _dead(process: subprocess.Popen[bytes]) -> bool:
    """Return whether the process has ended, where possible without burying it.

    Until it is waited for, its number cannot become another's, so its group can still be killed by it.
    """
    if hasattr(os, "waitid"):
        return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    return process.poll() is not None


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise Late
    return left
