"""(text or bytes, path) -> a file that is there whole or not at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def write(text: str, path: Path) -> None:
    """Write text as UTF-8, line ends as they are, by way of a file beside it. Creates the folders above.

    A reader sees the old file or the new one, also after a crash or a full disk. Raises OSError.
    """
    write_bytes(text.encode(), path)


def write_bytes(data: bytes, path: Path) -> None:
    """Write bytes as `write` writes text. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
