"""(the number of a socket, settings as JSON) -> a process that runs student code and answers there.

Started by its path, in isolated mode (-I), by grader/sandbox/process.py. What student code may use of the
machine is settled here, before any of it runs.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import socket
import sys
import threading
import time
from pathlib import Path
from typing import Any

FILE_BYTES = 256 << 20
OPEN_FILES = 256


def main() -> None:
    """Limit this process, import what serves, and serve."""
    channel = socket.socket(fileno=int(sys.argv[1]))
    channel.set_inheritable(False)
    settings = json.loads(sys.argv[2])
    _limit(settings["memory_mb"], settings["cpu_seconds"])
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(line_buffering=True, errors="backslashreplace")  # type: ignore[union-attr]
    serve = _serve()
    sys.argv = [""]
    serve(channel, settings)


def _limit(memory_mb: int, cpu_seconds: int) -> None:
    """Set this process's limits, and so those of all that it starts. A platform without them goes without."""
    try:
        import resource
    except ImportError:
        return
    wanted = {
        resource.RLIMIT_DATA: (memory_mb << 20, memory_mb << 20),
        resource.RLIMIT_FSIZE: (FILE_BYTES, FILE_BYTES),
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_NOFILE: (OPEN_FILES, OPEN_FILES),
        resource.RLIMIT_CPU: (cpu_seconds, cpu_seconds + 5),  # first a signal that says why, then the end
    }
    for limit, (soft, hard) in wanted.items():
        _, most = resource.getrlimit(limit)
        if most != resource.RLIM_INFINITY:
            soft, hard = min(soft, most), min(hard, most)  # noqa: PLW2901 (it may be lowered already)
        resource.setrlimit(limit, (soft, hard))


def _end_with(parent: int) -> None:
    """End this process, and all that it started, once the judge that asked for it is no more."""
    while os.getppid() == parent:
        time.sleep(1)
    os.killpg(0, signal.SIGKILL)


def _serve() -> Any:
    """Return `serve`, with the modules beside this one out of sight for `import` again."""
    folder = str(Path(__file__).resolve().parent.parent)
    sys.path.insert(0, folder)
    serve = importlib.import_module("inside.serve").serve
    sys.path.remove(folder)
    for name in [name for name in sys.modules if name.split(".")[0] == "inside"]:
        del sys.modules[name]
    return serve


if __name__ == "__main__":
    main()
