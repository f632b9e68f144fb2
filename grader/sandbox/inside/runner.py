"""(a socket, settings) -> a process that is limited and shut in, and then serves requests.

What student code may use of the machine is settled here, before any of it is even received.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from . import jail, reach, stand_ins, wire
from .serve import serve

OPEN_FILES = 256
PR_SET_PDEATHSIG = 1  # linux/prctl.h
AT_HOME = ("HOME", "TMPDIR", "KERAS_HOME", "MPLCONFIGDIR", "XDG_CACHE_HOME")


def live(channel: socket.socket, settings: dict[str, Any]) -> NoReturn:
    """Settle what this process may do, then answer requests until the other end closes."""
    for number, name in ((1, "stdout"), (2, "stderr")):  # what a warm parent had are on its own files
        stream = os.fdopen(number, "w", 1, encoding="utf-8", errors="backslashreplace", closefd=False)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    try:
        layers = _settled(settings)
    except Exception as error:  # noqa: BLE001 (whatever fails here is ours, and no student code has come)
        unready(channel, error)
    serve(channel, settings, layers)


def unready(channel: socket.socket, error: Exception) -> NoReturn:
    """Say why no student code can run here, and end."""
    reason = ascii(f"{type(error).__name__}: {error}")[:2000]
    wire.send(channel, {"kind": "unready", "reason": reason}, [])
    os._exit(1)


def _settled(settings: dict[str, Any]) -> tuple[str, ...]:
    """Take possession of the scratch folder, set limits, shut the door; return the layers that hold."""
    parent = os.getppid()
    _move_in(settings["scratch"])
    _limit(settings)
    _die_with_parent()
    stand_ins.reseed()
    layers: tuple[str, ...] = ()
    if settings["jail"]:
        layers = jail.confine(
            jail.Paths(read=(*reach.readable(), *reach.own_process()), write=(settings["scratch"],))
        )
    if "seccomp" not in layers:  # its forks may outlive it
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    return layers


def _move_in(scratch: str) -> None:
    """Make the scratch folder home, for what asks the environment and for what asked it long ago."""
    os.chdir(scratch)
    for name in AT_HOME:
        os.environ[name] = scratch
    tempfile.tempdir = None
    keras_config: Any = sys.modules.get("keras.src.backend.config")
    if keras_config is not None:
        keras_config._KERAS_DIR = str(Path(scratch, ".keras"))  # noqa: SLF001 (frozen when Keras was imported)
    sys.path.append(scratch)  # files handed in together import one another; libraries go first


def _limit(settings: dict[str, Any]) -> None:
    """Set this process's limits. A platform without them goes without.

    RLIMIT_DATA, not RLIMIT_AS: address space has little to do with memory that is used.
    """
    try:
        import resource
    except ImportError:
        return
    memory, file, cpu = settings["memory_mb"] << 20, settings["file_mb"] << 20, settings["cpu_seconds"]
    wanted = {
        resource.RLIMIT_DATA: (memory, memory),
        resource.RLIMIT_FSIZE: (file, file),
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_NOFILE: (OPEN_FILES, OPEN_FILES),
        resource.RLIMIT_CPU: (cpu, cpu + 5),  # first a signal that says why, then the end
    }
    for name in ("RLIMIT_MEMLOCK", "RLIMIT_MSGQUEUE"):
        if hasattr(resource, name):
            wanted[getattr(resource, name)] = (0, 0)
    for limit, (soft, hard) in wanted.items():
        _, most = resource.getrlimit(limit)
        if most != resource.RLIM_INFINITY:
            soft, hard = min(soft, most), min(hard, most)  # noqa: PLW2901 (it may be lowered already)
        with suppress(ValueError):  # macOS knows RLIMIT_DATA and refuses it
            resource.setrlimit(limit, (soft, hard))


def _die_with_parent() -> None:
    """Have the kernel kill this process when its parent ends, on Linux."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL))


def _end_with(parent: int) -> None:
    """End this process, and all that it started, once its parent is no more."""
    while os.getppid() == parent:
        time.sleep(1)
    os.killpg(0, signal.SIGKILL)
