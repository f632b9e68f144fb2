"""Bytes that somebody saved -> text that is safe to read and to show."""

from __future__ import annotations

import codecs
import re
import unicodedata

MAX_TEXT = 2_000_000  # characters of one write-up, embedded pictures left out
MAX_LINES = 20_000
MAX_KEPT = 100_000  # characters of anything that is only kept for a person to look at

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark starts with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BIDI = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_INVISIBLE = (0x200B, 0x2060, 0xFEFF)
_CONTROLS = (*range(0x20), *range(0x7F, 0xA0))
_LINE_ENDS = (0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029)

_CLEAN: dict[int, str | None] = (
    dict.fromkeys((*_CONTROLS, *_BIDI, *_INVISIBLE))
    | dict.fromkeys(_LINE_ENDS, "\n")
    | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # halves of characters cannot be written to a file
    | {ord("\t"): "\t", ord("\n"): "\n"}
)
_NAME = dict.fromkeys((*_CONTROLS, *_BIDI, *_INVISIBLE, 0x2028, 0x2029, *range(0xD800, 0xE000)), "\ufffd")
_ANSI = re.compile(r"\x1b(?:\[[0-9;:?]{0,40}[A-Za-z]|\][^\x07\x1b]{0,300}(?:\x07|\x1b\\))")


def decoded(data: bytes) -> tuple[str, str]:
    """Return the text and the name of the encoding where that had to be guessed, else ''."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return cleaned(data[len(mark) :].decode(encoding, errors="replace")), ""
    try:
        return cleaned(data.decode("utf-8")), ""
    except UnicodeDecodeError:
        pass
    try:
        return cleaned(data.decode("cp1252")), "Windows-1252"
    except UnicodeDecodeError:
        return cleaned(data.decode("latin-1")), "Latin-1"


def cleaned(text: str) -> str:
    """Return the text with plain line ends and without characters that steer a screen."""
    return text.replace("\r\n", "\n").translate(_CLEAN)


def printed(text: str) -> str:
    """Return what a terminal would show at the end: colours and overwritten progress bars left out."""
    lines = _ANSI.sub("", text).replace("\r\n", "\n").split("\n")
    return cleaned("\n".join(line.rstrip("\r").rsplit("\r", 1)[-1] for line in lines))


def safe_name(name: str) -> str:
    """Return a relative file name that shows as what it is: control and bidi characters replaced."""
    shown = unicodedata.normalize("NFC", name.translate(_NAME))
    return shown if len(shown) <= 300 else f"{shown[:150]}…{shown[-149:]}"


def kept(text: str) -> str:
    """Return as much of a text as is kept for a person to look at."""
    return text if len(text) <= MAX_KEPT else f"{text[:MAX_KEPT]}\n… (cut: {len(text)} characters in all)"
