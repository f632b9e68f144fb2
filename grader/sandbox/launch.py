"""settings -> a process for student code: fresh, or forked by a warm parent."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

PYTHON = sys.executable
INSIDE = Path(__file__).resolve().parent / "inside"
START = INSIDE / "start.py"
# Isolated but for the environment, which is ours alone: PYTHONHASHSEED must reach it, so that a set of texts
# has the same order whenever the same work is graded.
COMMAND = ("-s", "-P", "-X", "utf8")
QUIET = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "MPLBACKEND": "Agg",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_NUM_INTEROP_THREADS": "2",
    "TF_NUM_INTRAOP_THREADS": "2",
    "CUDA_VISIBLE_DEVICES": "-1",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONHASHSEED": "155",
}
AT_HOME = ("HOME", "TMPDIR", "KERAS_HOME", "MPLCONFIGDIR", "XDG_CACHE_HOME")
PATIENCE = 10.0  # seconds for a killed process to be gone
REVIVAL = 5.0  # seconds for a warm parent that was lost to be there again
IMPORTS = 120.0  # seconds for a warm parent that still imports TensorFlow, on a machine that is busy


LOST = (ConnectionRefusedError, ConnectionResetError, BrokenPipeError)


class Process(Protocol):
    """One process with student code in it. The only one who may kill it."""

    pid: int  # as seen from here

    def signal(self, number: int) -> None:
        """Send a signal, where the process is still there."""

    def ended(self) -> bool:
        """Return whether the process has ended; its number is not another's yet."""

    def end(self) -> int | None:
        """Kill the process and all that it started; return its exit status, negative for a signal's.

        None where it went with the parent that it was forked from: nothing that it did ended it.
        """


class Fresh:
    """A process with an interpreter of its own: what a machine offers that cannot fork one safely."""

    def __init__(self, channel: socket.socket, output: int, settings: Mapping[str, Any]) -> None:
        """Start it in a session of its own, with nothing of our environment. Raises OSError."""
        argument = json.dumps(settings)
        home = settings["scratch"]
        self._process = subprocess.Popen(  # noqa: S603 (our own interpreter and our own file)
            [PYTHON, *COMMAND, str(START), "fresh", str(channel.fileno()), argument],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=home,
            env={**QUIET, **dict.fromkeys(AT_HOME, home)},
            pass_fds=(channel.fileno(),),
            start_new_session=True,
        )
        self.pid = self._process.pid

    def signal(self, number: int) -> None:
        """Send a signal, where the process is still there."""
        self._process.send_signal(number)

    def ended(self) -> bool:
        """Return whether the process has ended, where possible without burying it."""
        if hasattr(os, "waitid"):
            return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
        return self._process.poll() is not None

    def end(self) -> int:
        """Kill the process and its group."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        return self._process.wait()


class Forked:
    """A process forked by a warm parent, held by a descriptor of its own (pidfd)."""

    def __init__(self, door: str, channel: socket.socket, output: int, settings: Mapping[str, Any]) -> None:
        """Ask the parent that listens at `door`; one that was lost is there again soon. Raises OSError."""
        request = json.dumps(settings).encode()
        until = time.monotonic() + REVIVAL
        while True:
            self._line = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            try:
                self._pidfd = self._asked(door, request, [channel.fileno(), output])
                break
            except (*LOST, FileNotFoundError):
                self._line.close()
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)
            except BaseException:
                self._line.close()
                raise
        self.pid = _pid_of(self._pidfd)
        self._status: int | None = None
        self._orphaned = False

    def _asked(self, door: str, request: bytes, descriptors: list[int]) -> int:
        """Return the descriptor of the new process. A parent that still imports may take its time."""
        self._line.connect(door)
        socket.send_fds(self._line, [request], descriptors)
        self._line.settimeout(IMPORTS)
        _, got, _, _ = socket.recv_fds(self._line, 64, 1)
        if not got:
            raise ConnectionResetError("the warm parent is gone")
        return got[0]

    def signal(self, number: int) -> None:
        """Send a signal, where the process is still there."""
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._pidfd, number)

    def ended(self) -> bool:
        """Return whether its parent has said that it ended, or is itself gone."""
        self._listen(0.0)
        return self._known()

    def _known(self) -> bool:
        return self._orphaned or self._status is not None

    def _listen(self, seconds: float) -> None:
        if self._known():
            return
        self._line.settimeout(seconds)
        with suppress(TimeoutError, BlockingIOError):
            try:
                said = self._line.recv(64)
            except ConnectionResetError:
                said = b""
            if said:
                self._status = json.loads(said)["status"]
            self._orphaned = not said

    def end(self) -> int | None:
        """Kill the process; its parent kills and buries what is left of its group."""
        self.signal(signal.SIGKILL)
        self._listen(PATIENCE)
        self._line.close()
        os.close(self._pidfd)
        if self._orphaned:
            return None
        return -signal.SIGKILL if self._status is None else self._status


def _pid_of(pidfd: int) -> int:
    """Return the number of a process as it is known here, which may differ from the one it knows itself."""
    for line in Path(f"/proc/self/fdinfo/{pidfd}").read_text(encoding="ascii").splitlines():
        if line.startswith("Pid:"):
            return int(line.split()[1])
    raise ProcessLookupError
