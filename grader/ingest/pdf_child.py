"""A PDF on stdin -> its pages' text as JSON on stdout. Runs alone: pdfium is C++ on a stranger's file."""

from __future__ import annotations

import json
import sys
from typing import Any

MEMORY = 1 << 30
OUTPUT = 64 << 20
CPU_SECONDS = 15
MAX_PAGES = 200
MAX_CHARACTERS = 2_000_000
MAX_OBJECTS = 20_000  # of a page, counted


def main() -> None:
    """Read one PDF. Prints {"pages": [...]} or {"error": one phrase}."""
    _limit()
    import pypdfium2  # after the limits

    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    except pypdfium2.PdfiumError as fault:
        locked = "assword" in str(fault)
        answer: dict[str, Any] = {"error": "it needs a password" if locked else "it is damaged or no PDF"}
    else:
        answer = {"pages": list(_pages(document)), "count": len(document)}
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))


def _limit() -> None:
    try:
        import resource  # not there on Windows; the parent's deadline is
    except ImportError:
        return
    for name, most in (("DATA", MEMORY), ("CPU", CPU_SECONDS), ("FSIZE", OUTPUT), ("CORE", 0)):
        try:
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))
        except (OSError, ValueError):
            continue  # a stricter limit is in force already


def _pages(document: Any) -> Any:
    import pypdfium2  # after the limits

    left = MAX_CHARACTERS
    for index in range(min(len(document), MAX_PAGES)):
        try:
            page = document[index]
            text = page.get_textpage().get_text_range()[:left]
            drawn = _drawn(page)
        except pypdfium2.PdfiumError:
            yield {"text": "", "picture": 1.0, "strokes": 0}
            continue
        left -= len(text)
        yield {"text": text, **drawn}


def _drawn(page: Any) -> dict[str, float]:
    """Return the share of the page under its largest picture, and the number of lines drawn on it."""
    import pypdfium2.raw as pdfium  # after the limits

    area = max(1.0, page.get_width() * page.get_height())
    largest, strokes = 0.0, 0
    for count, thing in enumerate(page.get_objects(max_depth=5)):
        if thing.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = thing.get_bounds()
            largest = max(largest, (right - left) * (top - bottom) / area)
        strokes += thing.type in {pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_SHADING}
        if count >= MAX_OBJECTS:
            break
    return {"picture": round(min(1.0, largest), 3), "strokes": strokes}


if __name__ == "__main__":
    main()
