"""A page -> the places of words that may not be what their student says: unseen, or struck out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from grader.ingest.pdf.page import Box, Page, Run

TINY = 3.0  # points: the size of letters that nobody reads
THIN = 2.0  # points: a rule
THROUGH = (0.15, 0.5)  # of a size above the baseline: where a rule goes through letters
MARK = "~~"  # around what is struck out, as in Markdown, which answers are read without


def doubts(page: Page) -> list[Box]:
    """Return where words stand that nobody sees or that are struck, or of a false font."""
    runs = page.runs or ()
    struck = _struck(runs, page.rules)
    doubtful = [run for at, run in enumerate(runs) if at in struck or _is_unclear(run, page)]
    return [*page.hidden, *map(_around, doubtful)]


def with_strikes(page: Page) -> list[Run]:
    """Return a page's words, those that a rule goes through between marks."""
    runs = page.runs or ()
    struck = _struck(runs, page.rules)
    return [
        replace(run, text=f"{MARK}{run.text}{MARK}") if at in struck else run for at, run in enumerate(runs)
    ]


def as_one(text: str) -> str:
    """Return a line with one pair of marks around words that are struck out together."""
    return re.sub(rf"{MARK}(\s{{0,9}}){MARK}", r"\1", text)


def _struck(runs: Sequence[Run], rules: Sequence[Box]) -> frozenset[int]:
    flat = [rule for rule in rules if rule.bottom - rule.top < THIN < rule.x1 - rule.x0]
    flat.sort(key=lambda rule: rule.top)
    tops = [rule.top for rule in flat]
    return frozenset(
        at for at, run in enumerate(runs) if any(_covers(rule, run) for rule in _near(run, flat, tops))
    )


def _near(run: Run, flat: Sequence[Box], tops: Sequence[float]) -> Iterator[Box]:
    low, high = (run.y - share * run.size for share in THROUGH)
    return iter(flat[bisect_left(tops, high) : bisect_right(tops, low)])


def _covers(rule: Box, run: Run) -> bool:
    return min(rule.x1, run.x1) - max(rule.x0, run.x0) > 0.5 * (run.x1 - run.x0)


def _around(run: Run) -> Box:
    return Box(run.x0, run.y - max(run.size, 0.5), max(run.x1, run.x0 + 0.5), run.y + 0.3)


def _is_unclear(run: Run, page: Page) -> bool:
    return run.font in page.false or _is_tiny(run) or _is_outside(run, page)


def _is_tiny(run: Run) -> bool:
    return run.size < TINY or run.x1 - run.x0 < TINY / 20 * len(run.text)


def _is_outside(run: Run, page: Page) -> bool:
    across, up = (run.x0 + run.x1) / 2, run.y - run.size / 3
    return not (0 <= across <= page.width and 0 <= up <= page.height)
