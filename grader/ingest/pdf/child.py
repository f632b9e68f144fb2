"""A PDF on stdin -> what is on its pages, on stdout. Alone and shut in: pdfium is C++ on a stranger's file.

A line of JSON for each thing, as soon as it is known: what was said before a crash or a deadline counts.
Lengths are in points from the page's upper left corner. Nothing of the grader is imported.
"""

from __future__ import annotations

import base64
import importlib
import io
import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

MEMORY = 1 << 30
OUTPUT = 64 << 20
CPU_SECONDS = 15
MAX_PAGES = 200
MAX_CHARACTERS = 1_000_000
MAX_OBJECTS = 20_000  # of a page, counted
MAX_RULES = 3_000  # of a page
TALL = 10.0  # points: a bracket beside more than one line is taller
TOGETHER = 0.15  # of a character's size: more room than that parts two words
BRACKETS = frozenset("[]()")  # each a run of its own: they tell where a matrix begins and ends
PIECES = {chr(code) for code in range(0x239B, 0x23AE)}  # upper hooks, extensions and lower hooks of brackets


def main(asked: list[str]) -> None:
    """Read one PDF, or draw the places [page, x0, top, x1, bottom, scale] that the argument lists."""
    _limit()
    _shut_in()
    import pypdfium2  # after the limits

    data = sys.stdin.buffer.read()
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        _say({"error": "it needs a password" if "assword" in str(fault) else "it is damaged or no PDF"})
        return
    if asked:
        _draw(document, json.loads(asked[0]))
        return
    _say({"count": len(document)})
    _read(document)
    _lay_out(data)


def _say(told: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(told).encode("ascii") + b"\n")
    sys.stdout.buffer.flush()


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


def _shut_in() -> None:
    """Load what is ours, then give up files, network and processes, as far as the kernel sees to it."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "sandbox"))
    jail = importlib.import_module("inside.jail")
    reach = importlib.import_module("inside.reach")
    sys.path[0] = str(Path(__file__).resolve().parent)
    for ours in ("unseen", "falsemaps"):
        importlib.import_module(ours)
    del sys.path[0]
    with suppress(OSError):
        jail.confine(jail.Paths(read=(*reach.readable(), *reach.own_process()), write=()))


# ---- text, pictures and tall brackets, by pdfium -------------------------------------------


def _read(document: Any) -> None:
    import pypdfium2

    left = MAX_CHARACTERS
    for index in range(min(len(document), MAX_PAGES)):
        try:
            page = document[index]
            letters = page.get_textpage()
            text = letters.get_text_range()[:left]
            tall = list(_tall(page, letters, len(text)))
            told = {"text": text, **_drawn(page), "tall": tall, "notes": _notes(page)}
        except pypdfium2.PdfiumError:
            told = {
                "text": "",
                "picture": 1.0,
                "pictures": 1.0,
                "hidden": [],
                "ghosts": 0,
                "strokes": 0,
                "box": None,
                "size": [0, 0],
                "tall": [],
                "notes": 0,
            }
        left -= len(told["text"])
        _say({"page": index + 1, **told})


def _drawn(page: Any) -> dict[str, Any]:
    """Return the shares of the page under its largest picture and all, what else is drawn, and where."""
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    areas, strokes = [0.0], 0
    boxes: list[tuple[float, float, float, float]] = []
    things = list(islice(page.get_objects(max_depth=5), MAX_OBJECTS))
    for thing in things:
        picture = thing.type == pdfium.FPDF_PAGEOBJ_IMAGE
        sketch = thing.type in {pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_SHADING} and _is_sketch(thing)
        if picture or sketch:
            left, bottom, right, top = thing.get_bounds()
            boxes.append((left, height - top, right, height - bottom))
            areas += [(right - left) * (top - bottom) / max(1.0, width * height)] if picture else []
        strokes += sketch
    sides = list(zip(*boxes, strict=True))
    box = [min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])] if boxes else None
    return {
        "picture": round(min(1.0, max(areas)), 3),
        "pictures": round(min(1.0, sum(areas)), 3),
        "strokes": strokes,
        "box": box,
        "size": [width, height],
        **_not_seen(page, things),
    }


def _not_seen(page: Any, things: list[Any]) -> dict[str, Any]:
    """Return the places of text that nobody sees, the whole page for one without a place, and OCR's count."""
    found = sys.modules["unseen"].unseen(things)
    x, y, *_ = page.get_bbox()
    width, height = page.get_size()
    boxes = [
        [left - x, height - (top - y), right - x, height - (bottom - y)]
        for left, bottom, right, top in found.boxes
    ]
    return {"hidden": [[0, 0, width, height]] if found.everywhere else boxes, "ghosts": found.ghosts}


def _notes(page: Any) -> int:
    """Return how much was put on top of the page by a viewer: ink, boxes of text, filled fields, stamps."""
    import pypdfium2.raw as pdfium

    passed = {pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP}
    found = 0
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), MAX_OBJECTS)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        if note:
            found += pdfium.FPDFAnnot_GetSubtype(note) not in passed
            pdfium.FPDFPage_CloseAnnot(note)
    return found


def _is_sketch(thing: Any) -> bool:
    """Say whether a path is more than a rule, or the ground of a box."""
    import pypdfium2.raw as pdfium

    if thing.type == pdfium.FPDF_PAGEOBJ_SHADING:
        return True
    left, bottom, right, top = thing.get_bounds()
    if min(right - left, top - bottom) < 2:
        return False
    corners = pdfium.FPDFPath_CountSegments(thing)
    return bool(corners > 5 or corners < 4)


def _tall(page: Any, letters: Any, most: int) -> Iterator[list[Any]]:
    """Yield [character, x0, top, x1, bottom] of what may be a bracket beside several lines."""
    left, bottom, *_ = page.get_mediabox()
    height = page.get_mediabox()[3] - bottom
    for index in range(min(letters.count_chars(), most)):
        x0, low, x1, high = letters.get_charbox(index)
        if high - low < TALL / 2:
            continue
        sign = letters.get_text_range(index, 1)
        if sign in PIECES or (high - low > TALL and not sign.isalnum()):
            yield [sign, x0 - left, height - (high - bottom), x1 - left, height - (low - bottom)]


# ---- where each word stands, by pdfplumber -------------------------------------------------


def _lay_out(data: bytes) -> None:
    try:
        import pdfplumber
    except ImportError:
        _say({"lacks": "pdfplumber"})
        return
    left = MAX_CHARACTERS
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            false: set[str] = set()
            sys.modules["falsemaps"].watch(document.rsrcmgr, false)
            for page in document.pages[:MAX_PAGES]:
                told = _placed(page)
                left -= sum(len(run[0]) for run in told["runs"])
                if left < 0:
                    return
                _say({"layout": page.page_number, **told, "false": [name[:60] for name in false]})
                page.close()
    except Exception:  # noqa: BLE001 (its parser raises anything on a broken file; the text above stands)
        return


def _placed(page: Any) -> dict[str, Any]:
    if page.rotation:
        return {"runs": [], "rules": [], "aslant": True}
    rules = [[rule["x0"], rule["top"], rule["x1"], rule["bottom"]] for rule in page.edges[:MAX_RULES]]
    aslant = sum(not character["upright"] for character in page.chars) > len(page.chars) / 20
    return {"runs": list(_runs(page)), "rules": rules, "aslant": aslant}


def _runs(page: Any) -> Iterator[list[Any]]:
    """Yield [text, x0, x1, baseline, size, font] for characters that follow one another in a line."""
    run: list[Any] = []
    for character in page.chars:
        text, size = character["text"], character["size"]
        x0, x1, y = character["x0"], character["x1"], page.height - character["matrix"][5]
        if not text.strip() or not character["upright"]:
            if run:
                yield run
            run = []
            continue
        goes_on = run and run[5] == character["fontname"][:60] and abs(run[4] - size) < 0.1
        if (
            goes_on
            and not {text, run[0]} & BRACKETS
            and abs(run[3] - y) < 0.1
            and -0.3 * size < x0 - run[2] < TOGETHER * size
        ):
            run[0] += text
            run[2] = x1
            continue
        if run:
            yield run
        run = [text, x0, x1, y, size, character["fontname"][:60]]
    if run:
        yield run


# ---- pictures of what a person has to see --------------------------------------------------


def _draw(document: Any, places: list[list[float]]) -> None:
    """Say the grey pixels of each place: our own drawing of it, no bytes of the file."""
    import pypdfium2

    for number, (index, x0, top, x1, bottom, scale) in enumerate(places):
        try:
            page = document[int(index) - 1]
            width, height = page.get_size()
            crop = (x0, height - bottom, width - x1, top)
            bitmap = page.render(scale=scale, crop=crop, grayscale=True)
        except (pypdfium2.PdfiumError, ValueError):
            continue
        raw = bytes(bitmap.buffer)
        lines = (raw[y * bitmap.stride :][: bitmap.width] for y in range(bitmap.height))
        grey = base64.b64encode(b"".join(lines)).decode("ascii")
        _say({"drawn": number, "width": bitmap.width, "height": bitmap.height, "grey": grey})


if __name__ == "__main__":
    main(sys.argv[1:])
