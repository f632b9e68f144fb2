"""the interpreter that runs -> the files and folders of the machine that student code may read.

The grader asks too: what must stay secret may not lie below any of them, and bubblewrap shows no others.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path

SYSTEM = (
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/share/fonts",
    "/usr/share/zoneinfo",
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/sys/devices/system/cpu",  # how many processors: TensorFlow asks
)
PROCESSES = ("/proc/meminfo", "/proc/cpuinfo", "/proc/stat", "/proc/version", "/proc/filesystems")
PACKAGES = ("site-packages", "dist-packages")  # how folders of installed packages are called, anywhere
INSTALLED = ("stdlib", "platstdlib", "purelib", "platlib")  # of sysconfig's paths


def readable() -> tuple[str, ...]:
    """Return the interpreter's libraries, the installed packages, and the system's libraries.

    An environment may lead to packages that are installed outside of it. A checkout on the path is none.
    """
    prefixes = {sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix}
    libraries = [f"{prefix}/{lib}" for prefix in sorted(prefixes) for lib in ("lib", "lib64")]
    installed = [sysconfig.get_path(name) for name in INSTALLED]
    beside = [path for path in sys.path if Path(path).name in PACKAGES]
    return tuple(dict.fromkeys([*libraries, *installed, *beside, *SYSTEM]))


def own_process() -> tuple[str, ...]:
    """Return what may be read of /proc: figures of the machine, and this process alone."""
    return (*PROCESSES, f"/proc/{os.getpid()}")
