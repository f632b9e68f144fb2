"""a student's own files -> a folder that their code may write in -> nothing left of it."""

from __future__ import annotations

import errno
import itertools
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

# The machine's doing and no name's: a file that is cut without a word would be graded as the student's own.
_MACHINES = frozenset({errno.ENOSPC, errno.EIO, errno.EMFILE, errno.ENFILE, getattr(errno, "EDQUOT", None)})


def made(parent: str, files: Mapping[str, bytes]) -> Path:
    """Make a new folder below `parent` ('': the system's own) with copies of the files. Raises OSError.

    Names are relative; one that would leave the folder, or that the file system refuses, is passed over.
    A disk that is full or broken raises, and leaves nothing.
    """
    folder = Path(tempfile.mkdtemp(prefix="grader-", dir=parent or None)).resolve()
    for name, data in files.items():
        steps = PurePosixPath(name).parts
        if not steps or ".." in steps or PurePosixPath(name).is_absolute():
            continue
        try:
            with suppress(ValueError):
                _write(data, folder.joinpath(*steps))
        except OSError as fault:
            if fault.errno in _MACHINES:
                remove(folder)
                raise
    return folder


def _write(data: bytes, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def remove(folder: Path) -> None:
    """Remove a folder of any depth, whatever its modes, following no link. What resists is left.

    Subfolders are emptied into the top one until none is left: no path grows long and nothing recurses.
    """
    with suppress(OSError):
        folder.chmod(0o700)
    numbers = itertools.count()
    while _remove_one_level(folder, numbers):
        pass
    with suppress(OSError):
        folder.rmdir()


def _remove_one_level(folder: Path, numbers: itertools.count[int]) -> bool:
    """Remove the entries, their own entries being moved up before; return whether anything went."""
    removed = False
    for entry in _entries(folder):
        with suppress(OSError):
            if entry.is_dir(follow_symlinks=False):
                Path(entry.path).chmod(0o700)
                for below in _entries(Path(entry.path)):
                    _move_up(below, folder / f"grader-removes-{next(numbers)}")
                Path(entry.path).rmdir()
            else:
                Path(entry.path).unlink()
            removed = True
    return removed


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _move_up(entry: os.DirEntry[str], target: Path) -> None:
    if entry.is_dir(follow_symlinks=False):
        Path(entry.path).chmod(0o700)  # a folder is moved only by who may write in it
        Path(entry.path).rename(target)
    else:
        Path(entry.path).unlink()
