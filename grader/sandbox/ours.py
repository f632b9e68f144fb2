"""-> a folder of a wall's own as long as a block runs; those that killed processes left are removed."""

from __future__ import annotations

import fcntl
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from grader.sandbox import scratch

PREFIX = "grader-wall-"
OWNER = "owner"  # a file that the process which made the folder holds locked; its death lets go


@contextmanager
def folder() -> Iterator[Path]:
    """Make a folder for as long as the block runs, and remove those whose owners are gone. Raises OSError.

    They hold what students handed in. Linux and the like only.
    """
    _clear()
    own = Path(tempfile.mkdtemp(prefix=PREFIX)).resolve()
    held = _held(own)
    try:
        yield own
    finally:
        scratch.remove(own)
        os.close(held)


def _held(own: Path) -> int:
    """Lock a folder's file before it bears the name by which others look whether it is locked."""
    new = own / f"{OWNER}-new"
    held = os.open(new, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with suppress(OSError):  # a disk without locks: then nobody can take this one either
        fcntl.flock(held, fcntl.LOCK_EX)
        new.rename(own / OWNER)
    return held


def _clear() -> None:
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):
            _remove_if_left(left)


def _remove_if_left(left: Path) -> None:
    """Remove a folder of this user's whose owner is gone. Raises OSError where it is not, or not of ours."""
    found = left.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        return
    number = os.open(left / OWNER, os.O_RDWR | os.O_NOFOLLOW)
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        scratch.remove(left)
    finally:
        os.close(number)
