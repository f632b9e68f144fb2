"""A PDF -> Contents: the same answers that a write-up of the same text gives, as far as it can be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.datatypes import Answer, Leftover, Source
from grader.ingest.answers import Origin, contents
from grader.ingest.contents import Contents, together, unread
from grader.ingest.course import Course
from grader.ingest.document import Line
from grader.ingest.outline import Outline, TooLong, outline
from grader.ingest.pdf.crops import Wanted, crops
from grader.ingest.pdf.items import Placed, items
from grader.ingest.pdf.margins import without_browsers, without_number, without_running_lines
from grader.ingest.pdf.page import Box, Page
from grader.ingest.pdf.reader import Told, Unreadable, pages
from grader.ingest.pdf.rows import Row, fixed_fonts, rows

WAY_OUT = "pip install 'nn-grader[pdf]'"


def read(data: bytes, file: str, course: Course) -> Contents:
    """Read a PDF. What could not be read is said page by page, and shown as a picture."""
    if not data.strip():
        return Contents()
    try:
        told = pages(data)
    except Unreadable as reason:
        return unread(file, f"this PDF could not be read: {reason}")
    laid = _rows(told)
    placed = items([row for page in without_running_lines(_read_in_order(told, laid)) for row in page])
    found, wanted = _sorted_out(placed, told, file, course)
    troubles = Contents(
        leftovers=(*_troubles(told, file), *_tangled(told, laid, file)),
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


def _rows(told: Told) -> list[list[Row] | None]:
    """Return the lines of each page, None for one whose words could not be put in order."""
    fixed = fixed_fonts(told.pages)
    return [rows(page, fixed) for page in told.pages]


def _read_in_order(told: Told, laid: Sequence[list[Row] | None]) -> list[list[Row]]:
    read: list[list[Row]] = []
    for page, found in zip(told.pages, laid, strict=True):
        lines = without_browsers(page, told.total, _bare(page) if found is None else found)
        read.append(lines if found is None else without_number(page, lines))
    return read


def _bare(page: Page) -> list[Row]:
    """Return the lines of a page of which nothing but its text is known."""
    lines = page.text.strip().split("\n") if page.text.strip() else []
    return [Row(page.number, line, Box(0, 0, 0, 0), 0, 0, sure=False) for line in lines]


def _tangled(told: Told, laid: Sequence[list[Row] | None], file: str) -> Iterator[Leftover]:
    """Yield the pages among whose lines a heading may be lost: no part counts as missing then."""
    for page, found in zip(told.pages, laid, strict=True):
        if found is None and page.runs is not None and page.text.strip() and not page.trouble:
            reason = f"page {page.number} has columns or lies on its side: its lines may be out of order"
            yield Leftover(file, reason)
