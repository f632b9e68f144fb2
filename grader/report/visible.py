"""Text that a student wrote -> text with nothing invisible in it."""

from __future__ import annotations

import re

from grader.report.clusters import uncrowded

_COLOUR = re.compile(r"\x1b\[[0-9;]{0,32}[A-Za-z]")  # what terminals hide in tracebacks
_LINE_END = re.compile(r"\r\n?")
# Characters without a shape, which hide what is written or turn it around. The joiners U+200C and U+200D are
# not among them: Persian, Hindi and emoji need them. They join nothing after an ASCII character.
_SHAPELESS = (
    *(0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x200B, 0x200E, 0x200F, 0x2028, 0x2029),
    *(*range(0x202A, 0x202F), *range(0x2060, 0x2070), 0x2800, 0x3164, 0xFEFF, 0xFFA0, *range(0xFFF9, 0xFFFC)),
)
# What turns text around or hides it is shown as what it is: a picture of the control character or its number.
_SHOWN = {
    **{code: chr(0x2400 + code) for code in range(0x20) if code not in {0x09, 0x0A}},
    0x7F: "␡",
    **{code: f"[U+{code:04X}]" for code in (*range(0x80, 0xA0), *_SHAPELESS)},
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),  # half a surrogate pair cannot be written as UTF-8
}
_JOINER = re.compile(r"(?<=[\x00-\x7f])[\u200c\u200d]")
_READ = 4  # times as much as is shown: colours and marks are left out of it
_TAG = re.compile(
    "(\U0001f3f4[\U000e0061-\U000e007a]{1,6}\U000e007f)|[\U000e0000-\U000e007f]"
)  # flags have some


def visible(text: str, limit: int) -> str:
    """Return at most `limit` characters of the text (and how many were left out), controls made visible."""
    head = text[: _READ * limit]
    plain = _LINE_END.sub("\n", _COLOUR.sub("", head)).translate(_SHOWN)
    plain = uncrowded(_JOINER.sub(_numbered, _TAG.sub(_tag, plain)))
    more = max(0, len(plain) - limit) + len(text) - len(head)
    return f"{plain[:limit]}\n[… {more:,} more characters are left out on this page]" if more else plain


def _tag(found: re.Match[str]) -> str:
    return found[1] or _numbered(found)


def _numbered(found: re.Match[str]) -> str:
    return f"[U+{ord(found[0]):04X}]"
