"""A PDF -> Contents: the same answers that a write-up of the same text gives, as far as it can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from grader.datatypes import Answer, Leftover, Source
from grader.ingest.answers import Origin, contents
from grader.ingest.contents import Contents, together, unread
from grader.ingest.course import Course
from grader.ingest.document import Line
from grader.ingest.headings import heading
from grader.ingest.outline import Outline, TooLong, outline
from grader.ingest.pdf.crops import Wanted, crops
from grader.ingest.pdf.items import Placed, items
from grader.ingest.pdf.page import Box, Page
from grader.ingest.pdf.reader import Told, Unreadable, pages
from grader.ingest.pdf.rows import Row, fixed_fonts, rows

RUNNING = 2  # lines at a page's head, and as many at its foot, that may be on every page
FOOT = 0.88  # of a page's height: below stands its number
WAY_OUT = "pip install 'nn-grader[pdf]'"


def read(data: bytes, file: str, course: Course) -> Contents:
    """Read a PDF. What could not be read is said page by page, and shown as a picture."""
    if not data.strip():
        return Contents()
    try:
        told = pages(data)
    except Unreadable as reason:
        return unread(file, f"this PDF could not be read: {reason}")
    placed = items([row for page in _without_running_lines(_rows(told)) for row in page])
    found, wanted = _sorted_out(placed, told, file, course)
    troubles = Contents(
        leftovers=tuple(_troubles(told, file)),
        notes=() if told.laid_out else (_without_layout(file),),
        crops=crops(data, file, told.pages, [*wanted, *_hidden(told)]),
    )
    return together([found, troubles])


def _sorted_out(
    placed: Sequence[Placed], told: Told, file: str, course: Course
) -> tuple[Contents, list[Wanted]]:
    """Divide a document by its headings; say what of it a person has to see."""
    lines = [one.item for one in placed]
    text = "\n".join(line.text for line in lines if isinstance(line, Line))
    try:
        outlined = outline(lines, course)
    except TooLong:
        return unread(file, "this has far more lines or headings than a write-up", text), []
    if len(outlined.spans) == 1:
        alone = any(_troubles(told, file)) and not text.strip()
        return Contents() if alone else unread(file, "no part's heading was found in this PDF", text), []
    pictures = {page.number: page.drawing for page in told.pages if page.drawing}
    found = contents(lines, outlined, course, Origin(file, Source.PDF, pictures=pictures))
    unsure = _unsure(placed, outlined) if told.laid_out else ()
    return found, [*_pictures(found.answers, told), *unsure]


# ---- what could not be read ----------------------------------------------------------------


def _troubles(told: Told, file: str) -> Iterator[Leftover]:
    yield from (Leftover(file, page.trouble, page.text) for page in told.pages if page.trouble)
    if told.total > len(told.pages):
        yield Leftover(file, f"only the first {len(told.pages)} of {told.total} pages were read")


def _without_layout(file: str) -> str:
    return (
        f"{file}: its matrices, tables and code were read from the order of the words alone, so a person "
        f"compares them. With pdfplumber they are read as they stand: {WAY_OUT}"
    )


def _hidden(told: Told) -> Iterator[Wanted]:
    """Yield the pages that are scans or drawings as a whole."""
    troubles = ((page.number, page.trouble) for page in told.pages if page.trouble)
    yield from (Wanted("", number, said.removeprefix(f"page {number} ")) for number, said in troubles)


def _pictures(answers: Sequence[Answer], told: Told) -> Iterator[Wanted]:
    """Yield what is drawn among a part's answers, each picture with the first part that it may belong to."""
    shown: set[str] = set()
    for answer in answers:
        for page in told.pages:
            if page.drawing in set(answer.images) - shown and not page.trouble:
                shown.add(page.drawing)
                yield Wanted(answer.part, page.number, "a picture", None if page.notes else page.box)


def _unsure(placed: Sequence[Placed], outlined: Outline) -> Iterator[Wanted]:
    """Yield of each part what may be misread, once a page."""
    for span in outlined.spans:
        boxes: dict[int, list[Box]] = {}
        for one in placed[span.start : span.end] if span.part else ():
            for page, box in one.unsure:
                boxes.setdefault(page, []).append(box)
        for page, found in boxes.items():
            around = None if any(box.x1 <= 0 for box in found) else _around(found)
            yield Wanted(span.part or "", page, "what could not be read for sure", around)


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )


# ---- lines ---------------------------------------------------------------------------------


def _rows(told: Told) -> list[list[Row]]:
    fixed = fixed_fonts(told.pages)
    laid = [(page, rows(page, fixed)) for page in told.pages]
    return [_bare(page) if found is None else _without_number(page, found) for page, found in laid]


def _without_number(page: Page, found: list[Row]) -> list[Row]:
    """Leave out a page's number, alone at its foot: a single page has no others to tell it by."""
    last = found[-1] if found else None
    if last is None or not re.fullmatch(
        rf"(?:page )?\W{{0,3}}{page.number}\W{{0,3}}", last.text, re.IGNORECASE
    ):
        return found
    apart = len(found) == 1 or last.y - found[-2].y > 2 * last.size
    return found[:-1] if apart and last.y > FOOT * page.height else found


def _bare(page: Page) -> list[Row]:
    """Return the lines of a page of which nothing but its text is known."""
    lines = page.text.strip().split("\n") if page.text.strip() else []
    return [Row(page.number, line, Box(0, 0, 0, 0), 0, 0, sure=False) for line in lines]


def _without_running_lines(found: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """Return the pages without what stands at the head or foot of each: its number, a title, a date."""
    written = [list(page) for page in found if page]
    for place in (0, -1):
        for _ in range(RUNNING):
            if not all(written) or not _runs_along([page[place] for page in written]):
                break
            for page in written:
                page.pop(place)
    return written


def _runs_along(lines: Sequence[Row]) -> bool:
    """Say whether one line is on every page; on two pages it could be chance, unless it counts them."""
    if any((found := heading(line.text)) and found.word for line in lines):
        return False  # "Problem 1" on page 1, "Problem 2" on page 2
    shown = {re.sub(rf"\b{line.page}\b", "#", line.text.strip(), count=1) for line in lines}
    return bool(shown) and len(shown) == 1 and len(lines) > (1 if "#" in shown.pop() else 2)
