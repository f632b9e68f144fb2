"""(text or bytes, path) -> a file that is there whole or not at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def write(text: str, path: Path) -> None:
    """Write text as UTF-8, line ends as they are, by way of a file beside it.

    Folders above that are not there are created, for their owner alone: they hold people's marks.

    A reader sees the old file or the new one, also after a crash or a full disk. Raises OSError.
    """
    write_bytes(text.encode(), path)


def write_bytes(data: bytes, path: Path) -> None:
    """Write bytes as `write` writes text. Raises OSError."""
    _private(path.parent)
    beside = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _private(folder: Path) -> None:
    """Create a folder and those above it that are missing, each for its owner alone."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)
