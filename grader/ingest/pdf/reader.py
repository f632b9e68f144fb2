"""A PDF's bytes -> its pages, by a child process that may be slow, crash or talk nonsense."""

from __future__ import annotations

import base64
import json
import math
import os
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from grader.ingest.pdf.page import Box, Glyph, Page, Run
from grader.ingest.text import cleaned

SECONDS = 60.0  # on a busy machine; the child has fewer of its own
MAX_ANSWER = 64 << 20  # bytes that the child may print
MAX_PIXELS = 2_000_000  # of one picture
LACKS = "lacks"  # what the child says where pdfplumber is not installed
_CHILD = Path(__file__).with_name("child.py")
_SIGNS = {0x2212: "-", 0x02: "-", 0xFFFE: "-", 0xA0: " ", 0x2217: "*"}
_SIGNS |= {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl"}
_FAR = 1e5  # points: no page is larger


class Unreadable(Exception):
    """A PDF gave no text. The message says why, as the end of a sentence."""


@dataclass(frozen=True)
class Told:
    """What the child said of a PDF, as far as it came. `total` pages are in the file."""

    pages: tuple[Page, ...]
    total: int
    laid_out: bool = True  # False: pdfplumber is not installed


@dataclass(frozen=True)
class Drawn:
    """The place of that number as grey pixels, line by line."""

    place: int
    width: int
    height: int
    grey: bytes


def pages(data: bytes) -> Told:
    """Read a PDF's pages. Raises Unreadable."""
    lines, ended = _asked(data, SECONDS)
    try:
        told = [json.loads(line) for line in lines]
        if told and "error" in told[0]:
            raise Unreadable(cleaned(str(told[0]["error"]))[:100])
        if not told:
            raise Unreadable(ended or "its reader said nothing that makes sense")
        found = [_page(one) for one in told if "page" in one]
        placed = {int(one["layout"]): one for one in told if "layout" in one}
        known = tuple(_laid_out(page, placed.get(page.number)) for page in found)
        total = int(told[0]["count"])
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OverflowError):
        raise Unreadable("its reader said nothing that makes sense") from None
    if total and not known:
        raise Unreadable(ended or "its reader stopped half way")
    return Told(known, total, laid_out=not any(LACKS in one for one in told))


def drawn(data: bytes, places: Sequence[tuple[int, Box, float]]) -> Iterator[Drawn]:
    """Yield pictures of places, each a page, a box and pixels for a point; fewer where drawing fails."""
    asked = [[page, box.x0, box.top, box.x1, box.bottom, scale] for page, box, scale in places]
    lines, _ = _asked(data, SECONDS / 2, json.dumps(asked)) if asked else ([], "")
    for line in lines:
        try:
            told = json.loads(line)
            place, width, height = int(told["drawn"]), int(told["width"]), int(told["height"])
            grey = base64.b64decode(told["grey"], validate=True)
        except (ValueError, KeyError, TypeError, RecursionError):
            return
        if 0 <= place < len(asked) and 0 < width * height <= MAX_PIXELS and len(grey) == width * height:
            yield Drawn(place, width, height, grey)


def _asked(data: bytes, seconds: float, *arguments: str) -> tuple[list[bytes], str]:
    """Return the whole lines that the child said, and why it ended early, or ''."""
    environment = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "TMPDIR") if key in os.environ}
    ended = ""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as said:
        given.write(data)
        given.seek(0)
        try:
            child = subprocess.run(  # noqa: S603  # our own file, by the running Python
                [sys.executable, "-I", str(_CHILD), *arguments],
                stdin=given,
                stdout=said,
                stderr=subprocess.DEVNULL,
                timeout=seconds,
                env=environment,
                check=False,
            )
            ended = "its reader stopped half way" if child.returncode else ""
        except subprocess.TimeoutExpired:
            ended = "reading it took too long"
        said.seek(0)
        answer = said.read(MAX_ANSWER)
    return answer.split(b"\n")[:-1], ended


# ---- what the child said, checked: it has handled a stranger's file ------------------------


def _page(told: dict[str, Any]) -> Page:
    width, height = map(_length, told["size"])
    return Page(
        number=int(told["page"]),
        text=plain(str(told["text"])),
        picture=float(told["picture"]),
        pictures=float(told["pictures"]),
        strokes=int(told["strokes"]),
        box=_box(told["box"]) if told["box"] else None,
        width=width,
        height=height,
        notes=int(told["notes"]),
        hidden=tuple(_box(sides) for sides in told["hidden"]),
        ghosts=int(told["ghosts"]),
        tall=tuple(Glyph(str(sign)[:2], _box(sides)) for sign, *sides in told["tall"]),
    )


def _laid_out(page: Page, told: dict[str, Any] | None) -> Page:
    if told is None:
        return page
    runs = tuple(
        Run(plain(str(text)), _length(x0), _length(x1), _length(y), _length(size), str(font)[:60])
        for text, x0, x1, y, size, font in told["runs"]
    )
    rules = tuple(_box(sides) for sides in told["rules"])
    false = frozenset(str(font)[:60] for font in told["false"])
    return replace(page, runs=runs, rules=rules, aslant=bool(told["aslant"]), false=false)


def _box(sides: Sequence[Any]) -> Box:
    x0, top, x1, bottom = map(_length, sides)
    return Box(x0, top, x1, bottom)


def _length(value: Any) -> float:
    length = float(value)
    if not math.isfinite(length) or abs(length) > _FAR:
        raise ValueError
    return length


def plain(raw: str) -> str:
    """Return a text with plain signs: minus, ligatures, letters that are set as in formulas."""
    return cleaned("".join(map(_upright, raw.translate(_SIGNS))))


def _upright(sign: str) -> str:
    """Return the letter that a mathematical italic, bold or typewriter one is."""
    return unicodedata.normalize("NFKC", sign) if "\U0001d400" <= sign <= "\U0001d7ff" else sign
