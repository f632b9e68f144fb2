"""A PDF's lines -> the items of a write-up: paragraphs put together, code set apart, headings marked."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from grader.ingest.document import Block, Item, Line, is_python
from grader.ingest.headings import heading
from grader.ingest.pdf.page import Box
from grader.ingest.pdf.rows import Row

LARGER = 1.12  # times the usual size: a heading's
MOSTLY = 0.8  # of all lines in a typewriter's font: the font of the text, not of its code
_QUOTES = {0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2013: "-", 0x02C6: "^", 0x02DC: "~"}
_BULLET = re.compile(r"[•◦▪‣*–-]\s|\(?\w{1,2}[.)]\s")
_PYTHONIC = re.compile(r"^\s*[%!].*$", re.MULTILINE)  # what notebooks have besides Python


@dataclass(frozen=True)
class Placed:
    """An item, and the places of it that may be misread."""

    item: Item
    unsure: tuple[tuple[int, Box], ...] = ()  # page, box


def items(found: Sequence[Row]) -> list[Placed]:
    """Return the items of a document's lines, in order."""
    if not found:
        return []
    typed = sum(row.fixed for row in found) > MOSTLY * len(found)
    plain = [replace(row, fixed=False) for row in found] if typed else list(found)
    sizes: Counter[float] = Counter()
    for row in plain:
        sizes[round(row.size, 1)] += len(row.text)
    usual = sizes.most_common(1)[0][0]
    placed: list[Placed] = []
    for is_code, group in groupby(plain, key=lambda row: row.fixed):
        rows = list(group)
        block = _code(rows) if is_code else None
        placed += [block] if block else _prose(rows, usual)
    return placed


# ---- code ----------------------------------------------------------------------------------


def _code(rows: Sequence[Row]) -> Placed | None:
    """Return lines of a typewriter's font as code or printed output; None for code that does not parse."""
    content = "\n".join(_with_room(rows)).translate(_QUOTES)
    unsure = tuple((row.page, row.box) for row in rows if not row.sure)
    if not is_python(content):
        return Placed(Block(output=content, sure=not unsure), unsure)
    try:
        ast.parse(_PYTHONIC.sub("", content))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return Placed(Block(code=content, sure=not unsure), unsure)


def _with_room(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the lines with their indentation, and with the blank lines between them."""
    left = min(row.box.x0 for row in rows)
    steps = [after.y - row.y for row, after in pairwise(rows) if after.page == row.page]
    step = min((step for step in steps if step > 0), default=1.0)
    for before, row in zip([None, *rows], rows, strict=False):
        if before and before.page == row.page:
            yield from [""] * min(3, max(0, round((row.y - before.y) / step) - 1))
        yield " " * round((row.box.x0 - left) / row.em if row.em else 0) + row.text


# ---- prose ---------------------------------------------------------------------------------


def _prose(rows: Sequence[Row], usual: float) -> Iterator[Placed]:
    edge = max(row.box.x1 for row in rows)
    gaps = [after.y - row.y for row, after in pairwise(rows) if after.page == row.page]
    step = min((gap for gap in gaps if gap > 0.9 * usual), default=1.2 * usual)
    paragraph: list[Row] = []
    apart = False  # over a page's end lines stand as far apart as they did before it
    for row in rows:
        before = paragraph[-1] if paragraph else None
        if before and before.page == row.page:
            apart = row.y - before.y > 1.3 * step and not ("\t" in before.text and "\t" in row.text)
        if before and not _goes_on(before, row, edge, step):
            yield _joined(paragraph, usual)
            if apart:
                yield Placed(Line("", page=row.page))
            paragraph = []
        paragraph.append(row)
    if paragraph:
        yield _joined(paragraph, usual)


def _goes_on(before: Row, row: Row, edge: float, step: float) -> bool:
    """Say whether a line was broken for its width alone: the next one's first word had no room in it."""
    alike = abs(before.size - row.size) < 0.1 * row.size and before.bold == row.bold
    full = before.box.x1 + 0.2 * row.size + row.first > edge
    indented = row.box.x0 > before.box.x0 + 0.8 * row.size
    begins = _BULLET.match(row.text) or _is_heading(row.text) or _is_heading(before.text)
    apart = before.page == row.page and row.y - before.y > 1.35 * step
    ended = "\t" in before.text + row.text or before.text.endswith((".", ":", ";", "?", "!"))
    return alike and full and not (indented or begins or apart or ended)


def _is_heading(text: str) -> bool:
    found = heading(text)
    return found is not None and found.word


def _joined(rows: Sequence[Row], usual: float) -> Placed:
    text = rows[0].text
    for row in rows[1:]:
        hyphen = re.search(r"[a-z]-$", text) and row.text[:1].islower()
        text = text[:-1] + row.text if hyphen else f"{text} {row.text}"
    unsure = tuple((row.page, row.box) for row in rows if not row.sure)
    if len(rows) == 1 and rows[0].size > LARGER * usual and heading(text):
        text = f"## {text}"
    return Placed(Line(text, page=rows[0].page, sure=not unsure), unsure)
