"""A document's pages -> the same without page numbers, running heads and feet."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.ingest.headings import heading
from grader.ingest.pdf.page import Page
from grader.ingest.pdf.rows import Row

RUNNING = 2  # lines at a page's head, and as many at its foot, that may be on every page
FOOT = 0.88  # of a page's height: below stands its number


def without_number(page: Page, found: list[Row]) -> list[Row]:
    """Leave out a page's number, alone at its foot: a single page has no others to tell it by."""
    last = found[-1] if found else None
    if last is None or not re.fullmatch(
        rf"(?:page )?\W{{0,3}}{page.number}\W{{0,3}}", last.text, re.IGNORECASE
    ):
        return found
    apart = len(found) == 1 or last.y - found[-2].y > 2 * last.size
    return found[:-1] if apart and last.y > FOOT * page.height else found


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
    if any((found := heading(line.text)) and found.word for line in lines):
        return False  # "Problem 1" on page 1, "Problem 2" on page 2
    shown = {re.sub(rf"\b{line.page}\b", "#", line.text.strip(), count=1) for line in lines}
    return bool(shown) and len(shown) == 1 and len(lines) > (1 if "#" in shown.pop() else 2)
