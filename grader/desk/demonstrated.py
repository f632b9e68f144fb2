"""a problem set's demonstrations.md -> by part, what its reference shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

NAME = "demonstrations.md"
_HEADING = re.compile(r"^## +(\S+).*$", re.MULTILINE)


def demonstrations(folder: Path) -> Mapping[str, str]:
    """Return what stands under each part's heading, {} where there is no such file."""
    try:
        text = (folder / NAME).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return {}
    _, *pieces = _HEADING.split(text)
    return {part: told.strip() for part, told in zip(pieces[::2], pieces[1::2], strict=True)}
