"""(text or bytes, path) -> a file, or a folder, that is there whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

READ_ONLY = 0o400


def write(text: str, path: Path) -> None:
    """Write text as UTF-8, line ends as they are, by way of a file beside it.

    Folders above that are not there are created, for their owner alone: they hold people's marks.

    A reader sees the old file or the new one, also after a crash or a full disk. Raises OSError.
    """
    write_bytes(text.encode(), path)


def write_bytes(data: bytes, path: Path) -> None:
    """Write bytes as `write` writes text. Raises OSError."""
    write_together({path: data})


def write_together(files: Mapping[Path, bytes]) -> None:
    """Write several files that belong together, the last one last, all with its date. Raises OSError.

    All are written before any is put in its place, so that a full disk leaves all as they were. Where the
    machine stops between the two, they have different dates.
    """
    beside: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            _private(path.parent)
            beside[path] = path.with_name(f".{secrets.token_hex(8)}.part")
            _written(data, beside[path])
        for path, part in beside.items():
            date_like(part, [*beside.values()][-1])
            part.replace(path)
    finally:
        for part in beside.values():
            part.unlink(missing_ok=True)


def write_folder(files: Iterable[tuple[str, bytes]], folder: Path) -> None:
    """Write a folder by way of one beside it, for its owner alone; its files can only be read.

    `files`: paths below the folder and what they hold, asked for one by one. Where the machine stops, what
    was begun stays beside until `clear_torn`. Raises OSError, FileExistsError where something has its name.
    """
    _private(folder.parent)
    beside = folder.with_name(f".{secrets.token_hex(8)}.part")
    beside.mkdir(mode=0o700)
    try:
        for name, data in files:
            _private((beside / name).parent)
            _written(data, beside / name)
            (beside / name).chmod(READ_ONLY)
        for inside in (beside, *(path for path in beside.rglob("*") if path.is_dir())):
            _flushed(inside)
        if folder.exists() or folder.is_symlink():
            raise FileExistsError(f"{folder} is there already")
        beside.rename(folder)
        _flushed(folder.parent)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def clear_torn(above: Path) -> None:
    """Remove the files and folders that were begun in a folder when the machine stopped. Raises OSError."""
    for path in above.glob(f".{'[0-9a-f]' * 16}.part"):
        if path.is_symlink() or path.is_file():
            path.unlink()
        else:
            shutil.rmtree(path)


def _flushed(folder: Path) -> None:
    """See to it that a folder's names are on the disk, where the system has that."""
    with suppress(OSError):  # Windows opens no folder
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _written(data: bytes, path: Path) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def date_like(path: Path, other: Path) -> None:
    """Give a file another's date. Raises OSError."""
    date = other.stat().st_mtime_ns
    os.utime(path, ns=(date, date))


def _private(folder: Path) -> None:
    """Create a folder and those above it that are missing, each for its owner alone."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)
