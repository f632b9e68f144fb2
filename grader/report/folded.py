"""Text -> the same without runs of blank lines and with so many lines at most; what is left out is said."""

from __future__ import annotations

import re

MOST_BLANK = 4  # lines in a row: more are folded
_A_LINE = 40  # characters shown of a text for each line of it
_BLANKS = re.compile(rf"\n(?:[ \t]*\n){{{MOST_BLANK + 1},}}")


def folded(text: str, limit: int) -> str:
    """Return a text, made visible before, of which `limit` characters are shown at most."""
    text = _BLANKS.sub(_counted, text)
    most, lines = max(limit // _A_LINE, 10), text.count("\n") + 1
    if lines <= most + 1:
        return text
    head = "\n".join(text.split("\n", most)[:most])
    return f"{head}\n[… {lines - most:,} more lines are left out on this page]"


def blank(lines: int) -> str:
    """Say in place of blank lines how many there were."""
    return f"[… {lines:,} blank lines]"


def _counted(found: re.Match[str]) -> str:
    return f"\n\n{blank(found[0].count(chr(10)) - 1)}\n\n"
