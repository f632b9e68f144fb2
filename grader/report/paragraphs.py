"""A text as it was written -> the same, lines that were broken for their width joined again."""

from __future__ import annotations

import re

_FULL = 60  # characters: a line that is shorter ended there on purpose
# What a line is when its end means something: a row of a table, a formula, a heading, an item of a list.
_LAID_OUT = re.compile(r"[|\t\\]|\S {2,}\S|^ {2}|^\s*[#>$`+*=-]")
_GOES_ON = re.compile(r"[a-zA-Z\u00c0-\u024f(“\"'`]")


def unwrapped(text: str) -> str:
    """Return the text with a space for a line's end in the middle of a paragraph."""
    lines = text.split("\n")
    joined = lines[:1]
    for line, before in zip(lines[1:], lines, strict=False):
        if _goes_on(before, line):
            joined[-1] = f"{joined[-1].rstrip()} {line}"
        else:
            joined.append(line)
    return "\n".join(joined)


def _goes_on(line: str, after: str) -> bool:
    plain = not (_LAID_OUT.search(line) or _LAID_OUT.search(after))
    return plain and len(line) >= _FULL and bool(_GOES_ON.match(after))
