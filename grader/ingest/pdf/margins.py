"""A document's pages -> the same without page numbers, running heads and feet, and browsers' own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.ingest.headings import heading
from grader.ingest.pdf.page import Page
from grader.ingest.pdf.rows import Row

RUNNING = 2  # lines at a page's head, and as many at its foot, that may be on every page
FOOT = 0.88  # of a page's height: below stands its number
EDGE = 0.05  # of a page's height, above or below what is printed: a browser's date, title, address and count
_DATED = re.compile(
    r"(?:\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{1,4}|(?:(?:[^\W\d_]{3,9}|\d{1,2})[.,]?\s){2,3}\d{4})"
    r"[.,]{0,2}\s{1,2}\d{1,2}[:.]\d\d\b"
)
_ADDRESS = re.compile(
    r"(?:file|https?|blob|chrome(?:-extension)?):/{1,3}\S|(?:about|data):\S|[A-Za-z]:[\\/]\S|/\S+/\S"
)
_COUNT = re.compile(r"(?:page\s)?(\d{1,3})\s?(?:/|of|von|de|di|sur)\s?(\d{1,3})", re.IGNORECASE)


def without_number(page: Page, found: list[Row]) -> list[Row]:
    """Leave out a page's number, alone at its foot: a single page has no others to tell it by."""
    last = found[-1] if found else None
    if last is None or not re.fullmatch(
        rf"(?:page )?\W{{0,3}}{page.number}\W{{0,3}}", last.text, re.IGNORECASE
    ):
        return found
    apart = len(found) == 1 or last.y - found[-2].y > 2 * last.size
    return found[:-1] if apart and last.y > FOOT * page.height else found


def without_browsers(page: Page, total: int, found: list[Row]) -> list[Row]:
    """Leave out what browsers print around a page: date and title, address and count of pages."""
    ends = {*range(RUNNING), *range(len(found) - RUNNING, len(found))}
    return [row for at, row in enumerate(found) if at not in ends or not _is_browsers(page, total, row)]


def _is_browsers(page: Page, total: int, row: Row) -> bool:
    """Say whether a line at a page's edge is a browser's. A line without a place may be anywhere."""
    placed = row.box.x1 > 0
    if placed and EDGE * page.height < row.y < (1 - EDGE) * page.height:
        return False
    cells = row.text.strip().split("\t")
    cells = cells if len(cells) > 1 else re.split(r"\s(?=\S+$)", cells[0])
    counts = any(_counts(cell, page.number, total) for cell in cells)
    dated, address = (any(sign.match(cell) for cell in cells) for sign in (_DATED, _ADDRESS))
    return dated or (address and (counts or (placed and len(cells) > 1)))


def _counts(cell: str, number: int, total: int) -> bool:
    found = _COUNT.fullmatch(cell)
    return found is not None and (int(found[1]), int(found[2])) == (number, total)


def without_running_lines(found: Sequence[Sequence[Row]]) -> list[list[Row]]:
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
    if not lines or any((found := heading(line.text)) and found.word for line in lines):
        return False  # "Problem 1" on page 1, "Problem 2" on page 2
    shown = set.intersection(*(_without_its_number(line) for line in lines))
    counted = shown - {line.text.strip() for line in lines}
    return bool(shown) and len(lines) > (1 if counted else 2)


def _without_its_number(line: Row) -> set[str]:
    """Return a line as it is, and with a # for its page's number, in each place where that stands."""
    text = line.text.strip()
    places = re.finditer(rf"\b{line.page}\b", text)
    return {text, *(f"{text[: place.start()]}#{text[place.end() :]}" for place in places)}
