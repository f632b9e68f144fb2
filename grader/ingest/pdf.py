"""A PDF's text layer -> Contents. Layout is lost on the way, so nothing here counts as exact."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from grader.datatypes import Leftover, Source
from grader.ingest.answers import Origin, contents
from grader.ingest.contents import Contents, together, unread
from grader.ingest.course import Course
from grader.ingest.document import Line
from grader.ingest.headings import heading
from grader.ingest.outline import TooLong, outline
from grader.ingest.text import cleaned

SECONDS = 20.0
MAX_ANSWER = 64 << 20  # bytes that the child may print
FEW = 50  # characters on a page that is no page of text
LARGE = 0.5  # share of a page under a picture that hides much of it
SMALL = 0.01  # share below which a picture is a bullet or a rule
SKETCH = 20  # lines drawn on a page that holds more than rules and fraction bars
RUNNING = 2  # lines at a page's head, and as many at its foot, that may be on every page
_CHILD = Path(__file__).with_name("pdf_child.py")
_SIGNS = {0x2212: "-", 0x02: "-", 0xFFFE: "-", 0xA0: " ", 0xFB01: "fi", 0xFB02: "fl"}


@dataclass(frozen=True)
class Page:
    """One page's text layer, and what else is on it that only a person can read."""

    number: int
    text: str
    picture: float  # share of the page under its largest picture
    strokes: int  # lines drawn on it

    @property
    def drawing(self) -> str:
        """Return a name for the pictures on the page, or '' where there are none."""
        shown = self.picture >= SMALL or self.strokes >= SKETCH
        return f"picture on page {self.number}" if shown else ""

    @property
    def trouble(self) -> str:
        """Return why a person has to look at the page, or ''."""
        bare = len("".join(self.text.split())) < FEW
        if bare and (self.picture or self.strokes):
            return f"page {self.number} could not be read: it looks like a scan or a drawing"
        if self.picture >= LARGE:
            return f"page {self.number} has a picture that covers much of it"
        return ""


class Unreadable(Exception):
    """A PDF gave no text. The message says why, as the end of a sentence."""


def read(data: bytes, file: str, course: Course) -> Contents:
    """Read a PDF's text layer. Pages without one are leftovers that name the page."""
    if not data.strip():
        return Contents()
    try:
        pages, total = _pages(data)
    except Unreadable as reason:
        return unread(file, f"this PDF could not be read: {reason}")
    troubles = [Leftover(file, page.trouble, page.text) for page in pages if page.trouble]
    if total > len(pages):
        troubles.append(Leftover(file, f"only the first {len(pages)} of {total} pages were read"))
    trouble = Contents(leftovers=tuple(troubles))
    lines = [line for page in _without_running_lines(pages) for line in _lines(page)]
    text = "\n".join(line.text for line in lines)
    try:
        outlined = outline(lines, course)
    except TooLong:
        return together([unread(file, "this has far more lines or headings than a write-up", text), trouble])
    if len(outlined.spans) == 1:
        nothing = unread(file, "no part's heading was found in this PDF", text)
        return trouble if troubles and not text.strip() else together([nothing, trouble])
    pictures = {page.number: page.drawing for page in pages if page.drawing}
    origin = Origin(file, Source.PDF, exact=False, pictures=pictures)
    return together([contents(lines, outlined, course, origin), trouble])


def _pages(data: bytes) -> tuple[list[Page], int]:
    """Have a child process read the file; it may be slow, crash or say nothing. Raises Unreadable."""
    environment = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "TMPDIR") if key in os.environ}
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as said:
        given.write(data)
        given.seek(0)
        try:
            child = subprocess.run(  # noqa: S603  # our own file, by the running Python
                [sys.executable, "-I", str(_CHILD)],
                stdin=given,
                stdout=said,
                stderr=subprocess.DEVNULL,
                timeout=SECONDS,
                env=environment,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise Unreadable("reading it took too long") from None
        said.seek(0)
        answer = said.read(MAX_ANSWER + 1)
    if child.returncode or len(answer) > MAX_ANSWER:
        raise Unreadable("its reader stopped half way")
    return _understood(answer)


def _understood(answer: bytes) -> tuple[list[Page], int]:
    """Return what the child said, checked: it has handled a stranger's file."""
    try:
        told = json.loads(answer)
        if "error" in told:
            raise Unreadable(cleaned(str(told["error"]))[:100])
        pages = [
            Page(number, _text(str(page["text"])), float(page["picture"]), int(page["strokes"]))
            for number, page in enumerate(told["pages"], 1)
        ]
        return pages, int(told["count"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        raise Unreadable("its reader said nothing that makes sense") from None


def _text(raw: str) -> str:
    return cleaned(raw.translate(_SIGNS))


def _lines(page: Page) -> Iterator[Line]:
    for line in page.text.split("\n"):
        yield Line(line, page=page.number)


def _without_running_lines(pages: list[Page]) -> list[Page]:
    """Return the pages without what stands at the head or foot of each: its number, a title, a date."""
    written = [(page, page.text.strip().split("\n")) for page in pages if page.text.strip()]
    for place in (0, -1):
        for _ in range(RUNNING):
            if not all(lines for _, lines in written):
                break
            if not _runs_along([(page, lines[place]) for page, lines in written]):
                break
            for _, lines in written:
                lines.pop(place)
    return [replace(page, text="\n".join(lines)) for page, lines in written]


def _runs_along(lines: list[tuple[Page, str]]) -> bool:
    """Say whether one line is on every page; on two pages it could be chance, unless it counts them."""
    if any((found := heading(line)) and found.word for _, line in lines):
        return False  # "Problem 1" on page 1, "Problem 2" on page 2
    shown = {re.sub(rf"\b{page.number}\b", "#", line.strip(), count=1) for page, line in lines}
    return len(shown) == 1 and len(lines) > (1 if "#" in shown.pop() else 2)
