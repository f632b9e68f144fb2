"""(text or bytes, path) -> a file that is there whole or not at all; several that belong together."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path


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
