"""a path -> the bytes of a file: of nothing else, since a pipe never ends and a device has no end."""

from __future__ import annotations

import os
import stat
from pathlib import Path


def bytes_of(path: Path) -> bytes:
    """Return what a file holds. Raises OSError, also for what is no file."""
    opened = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(opened, "rb") as file:
        only_a_file(opened, path)
        return file.read()


def only_a_file(opened: int, path: Path) -> None:
    """Raise OSError where what was opened is a pipe, a folder or a device."""
    if not stat.S_ISREG(os.fstat(opened).st_mode):
        raise OSError(0, "this is no file: a pipe, a folder or a device", str(path))
