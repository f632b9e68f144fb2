"""Text that a student wrote -> text with nothing invisible in it."""

from __future__ import annotations

import re

_COLOUR = re.compile(r"\x1b\[[0-9;]{0,32}[A-Za-z]")  # what terminals hide in tracebacks
_LINE_END = re.compile(r"\r\n?")
# What turns text around or hides it is shown as what it is: a picture of the control character or its number.
_SHOWN = {
    **{code: chr(0x2400 + code) for code in range(0x20) if code not in {0x09, 0x0A}},
    0x7F: "␡",
    **{
        code: f"[U+{code:04X}]"
        for code in (*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
    },
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),  # half a surrogate pair cannot be written as UTF-8
}


def visible(text: str, limit: int) -> str:
    """Return at most `limit` characters of the text (and how many were left out), controls made visible."""
    plain = _LINE_END.sub("\n", _COLOUR.sub("", text)).translate(_SHOWN)
    if len(plain) <= limit:
        return plain
    return f"{plain[:limit]}\n[… {len(plain) - limit:,} more characters are left out on this page]"
