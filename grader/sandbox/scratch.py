"""a folder that student code wrote in -> nothing left of it."""

from __future__ import annotations

import itertools
import os
from contextlib import suppress
from pathlib import Path


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
