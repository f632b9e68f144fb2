"""what an attack may go for: secrets, a neighbour, a victim process, ports; and walls to try it against."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from grader.sandbox import NoWall, Sandbox, Wall, walled
from grader.sandbox.inside import jail
from grader.sandbox.warm import can_fork


@pytest.fixture(scope="session")
def standing() -> Iterator[Callable[[str], Wall]]:
    """Raise a wall of a kind once, when it is first wanted; skip where this machine cannot."""
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patched:
        walls: dict[str, Wall] = {}

        def wanted(kind: str) -> Wall:
            if kind in walls:
                return walls[kind]
            if kind != "off" and not (can_fork() and jail.landlock_version() and jail.has_seccomp()):
                pytest.skip("this machine has no Landlock or no seccomp")
            if kind == "bubblewrap" and not shutil.which("bwrap"):
                pytest.skip("bubblewrap is not installed")
            if kind == "kernel":  # as where bubblewrap is not installed
                patched.setattr(shutil, "which", lambda *_: None)
            level = {"off": Sandbox.OFF, "kernel": Sandbox.AUTO, "bubblewrap": Sandbox.STRICT}[kind]
            try:
                walls[kind] = stack.enter_context(walled(level, ()))
            except NoWall as fault:  # a container may forbid bubblewrap; the kernel's layers it may not
                if kind != "bubblewrap":
                    raise
                pytest.skip(f"bubblewrap does not start here: {fault}")
            finally:
                patched.undo()
            return walls[kind]

        yield wanted


@pytest.fixture
def goal(tmp_path: Path) -> Iterator[dict[str, object]]:
    """Give what an attack goes for, as plain data."""
    (tmp_path / "secret").write_text("the answer")
    (tmp_path / "victim").write_text("whole")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "ps4.py").write_text("x = 1")
    victim = subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(300)"], env={**os.environ, "SECRET": "hush"}
    )
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.socket(socket.AF_UNIX) as local,
        socket.socket(socket.AF_UNIX) as abstract,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams,
    ):
        local.bind(str(tmp_path / "door"))
        local.listen()
        abstract.bind(b"\0grader-attacks-%d" % os.getpid())
        abstract.listen()
        datagrams.bind(("127.0.0.1", 0))
        yield {
            "folder": str(tmp_path),
            "victim": victim.pid,
            "judge": os.getpid(),
            "port": server.getsockname()[1],
            "datagrams": datagrams.getsockname()[1],
            "abstract": f"grader-attacks-{os.getpid()}",
        }
    victim.kill()
    victim.wait()
