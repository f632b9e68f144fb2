"""A page's words -> its lines, each sure where two readers that share nothing agree on it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from grader.ingest.pdf.columns import are_columns, squeezed
from grader.ingest.pdf.doubts import MARK, as_one, doubts, with_strikes
from grader.ingest.pdf.matrices import MADE, with_fractions, with_matrices
from grader.ingest.pdf.page import Box, Page, Run
from grader.ingest.pdf.prompts import without_prompt

COLUMN = 1.3  # sizes of room between two columns of a table
SPACE = 0.12  # sizes of room between two words
ASIDE = 0.85  # of a line's size: what is smaller, and higher or lower, is an exponent or an index
EVEN = 0.02  # of a size: widths that differ by less are one
MANY = 10  # different characters, of which a few are narrow and a few are wide in other fonts
NARROW, DIGITS = frozenset("fijlrt.,:;'|!"), frozenset("0123456789-+=")
_TOLD = re.compile(r"[0-9.,/+=-]")  # what must not differ between readers
_NAMED = re.compile(r"mono|courier|typewriter|consol|menlo|cmtt|code", re.IGNORECASE)
_UNKNOWN = re.compile(r"\(cid:\d{1,5}\)|[\x00-\x08\ufffd\ue000-\uf8ff]")

# What signs of formulas come out as where a font calls them by other names: "28 £ 28".
_ODD = re.compile(r"[\xa1-\xaa\xac\xae\xaf\xb4\xb6\xb8\xba\xbf]")


@dataclass(frozen=True)
class Row:
    """A line of a page. `sure` is False where it may be misread."""

    page: int
    text: str
    box: Box
    y: float
    size: float
    sure: bool = True
    fixed: bool = False  # all of it set in a typewriter's font
    bold: bool = False
    first: float = 0.0  # width of its first word
    em: float = 0.0  # width of a character, where that is the same for all


def fixed_fonts(pages: Iterable[Page]) -> frozenset[str]:
    """Return the fonts all of whose characters have one width, as far as these pages show."""
    widths: dict[str, list[float]] = {}
    signs: dict[str, set[str]] = {}
    for run in (run for page in pages for run in page.runs or () if len(run.text) > 1):
        widths.setdefault(run.font, []).append((run.x1 - run.x0) / len(run.text) / max(run.size, 0.1))
        signs.setdefault(run.font, set()).update(run.text)
    even = {font: found[0] for font, found in widths.items() if max(found) - min(found) < EVEN}
    clear = {even[font] for font in even if _is_typewriters(font, signs[font])}
    return frozenset(font for font in even if any(abs(even[font] - width) < EVEN for width in clear))


def _is_typewriters(font: str, signs: set[str]) -> bool:
    """Say whether a font whose characters have one width is no chance: digits have one in most fonts."""
    wide = signs - NARROW - DIGITS
    return bool(_NAMED.search(font)) or (len(signs) >= MANY and len(signs & NARROW) > 1 and len(wide) > 1)


def rows(page: Page, fixed: frozenset[str]) -> list[Row] | None:
    """Return a page's lines, from top to bottom; None where it has no layout that can be followed."""
    if page.runs is None or page.aslant or (page.text.strip() and not page.runs):
        return None
    runs = with_strikes(page)
    code = [run for run in runs if run.font in fixed]
    words = [run for run in runs if run.font not in fixed]
    words, doubtful = with_matrices(with_fractions(words, page.rules), page.tall)
    agreed = _told("".join(run.text for run in page.runs)) == _told(page.text)
    agreed = agreed and not (page.trouble or page.notes)
    known = squeezed(page.text)
    lines = [without_prompt(line, fixed) for line in _lines([*code, *words])]
    laid = [(_row(page, line, fixed, known), printed) for line, printed in lines if line]
    found = [replace(row, fixed=row.fixed and not printed) for row, printed in laid]
    if are_columns([row.text for row in found], page.text):
        return None
    doubtful = [*doubtful, *doubts(page)]
    crowded = _crowded(found) | {at for at, row in enumerate(found) if _meets(row.box, doubtful)}
    return [row if agreed and at not in crowded else replace(row, sure=False) for at, row in enumerate(found)]


def _told(text: str) -> Counter[str]:
    return Counter(_TOLD.findall(_UNKNOWN.sub("", text)))


def _lines(runs: Iterable[Run]) -> list[list[Run]]:
    """Put words together that stand on one baseline, then what stands a little above or below them."""
    found: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.y):
        if found and abs(run.y - found[-1][0].y) < 0.25 * min(run.size, found[-1][0].size):
            found[-1].append(run)
        else:
            found.append([run])
    found.sort(key=lambda line: -max(run.size for run in line))
    kept: list[list[Run]] = []
    for line in found:
        if not all(_attached(run, kept) for run in line):
            kept.append(line)
            continue
        for run in line:
            host = next(host for host in kept if _is_aside(run, host))
            mark = "^" if run.y < host[0].y else "_"
            host.append(Run(f"{mark}{{{run.text}}}", run.x0, run.x1, host[0].y, run.size, MADE))
    return sorted(kept, key=lambda line: line[0].y)


def _attached(run: Run, lines: Sequence[Sequence[Run]]) -> bool:
    return any(_is_aside(run, host) for host in lines)


def _is_aside(run: Run, host: Sequence[Run]) -> bool:
    """Say whether a word is an exponent or an index of a line: smaller, higher or lower, right behind."""
    size = max(other.size for other in host)
    off = abs(run.y - host[0].y)
    beside = any(-0.1 * size < run.x0 - other.x1 < 0.35 * size for other in host)
    return run.size < ASIDE * size and 0.08 * size < off < 0.7 * size and beside


def _row(page: Page, line: Sequence[Run], fixed: frozenset[str], known: str) -> Row:
    line = sorted(line, key=lambda run: run.x0)
    size = max(run.size for run in line)
    y = line[0].y
    text, gap_before, words = "", False, [line[0].x0, line[0].x1]
    for before, run in zip([None, *line], line, strict=False):
        gap = _gap(page, before, run, size) if before else ""
        gap_before = gap_before or bool(gap)
        words[1] = words[1] if gap_before else run.x1
        text += gap + (f"${run.text}$" if run.text.startswith("\\") and run.font == MADE else run.text)
    text = as_one(text) if any(run.text.startswith(MARK) for run in line) else text
    typed = all(run.font in fixed for run in line)
    em = max((run.x1 - run.x0) / len(run.text) for run in line) if typed else 0.0
    sure = (
        not _UNKNOWN.search(text)
        and not _ODD.search(text)
        and all(piece in known for piece in _pieces(line, text))
    )
    return Row(
        page=page.number,
        text=_UNKNOWN.sub("\ufffd", _typed(line, em) if typed else text),
        box=Box(line[0].x0, y - size, max(run.x1 for run in line), y + 0.35 * size),
        y=y,
        size=size,
        sure=sure,
        fixed=typed,
        bold=all("bold" in run.font.casefold() for run in line),
        first=words[1] - words[0],
        em=em,
    )


def _gap(page: Page, before: Run, run: Run, size: float) -> str:
    """Return what stands for the room between two words: nothing, a space, or a tab between columns."""
    room = run.x0 - before.x1
    if room > COLUMN * size or (room > SPACE * size and _is_parted(page, before, run)):
        return "\t"
    return " " if room > SPACE * size else ""


def _is_parted(page: Page, before: Run, run: Run) -> bool:
    """Say whether a table's rule stands between two words: one that is no edge of a word's own ground."""
    between = [
        rule
        for rule in page.rules
        if rule.x1 - rule.x0 < 2 and before.x1 - 1 < rule.x0 < run.x0 + 1 and rule.bottom > rule.top + 4
    ]
    here = any(rule.top - 2 < run.y < rule.bottom + 2 for rule in between)
    return here and sum(rule.bottom - rule.top for rule in between) > 2.5 * run.size


def _pieces(line: Sequence[Run], text: str) -> Iterator[str]:
    """Yield what the other reader must have in the same order: all but what was put together here."""
    for piece in (run.text for run in line if run.font == MADE):
        text = text.replace(f"${piece}$" if piece.startswith("\\") else piece, "\t", 1)
    yield from (squeezed(piece) for piece in text.split("\t"))


def _typed(line: Sequence[Run], em: float) -> str:
    """Return a line of a typewriter's font with all its room in it but what stands to the left of it."""
    text = ""
    for run in line:
        text = text.ljust(min(round((run.x0 - line[0].x0) / max(em, 0.1)), 500)) + run.text
    return text


def _crowded(found: Sequence[Row]) -> set[int]:
    """Return the lines that stand closer to another than lines do: parts of something not understood."""
    crowded = set()
    for at, (row, after) in enumerate(pairwise(found)):
        if after.y - row.y < 0.7 * max(row.size, after.size) and r"\begin" not in row.text + after.text:
            crowded |= {at, at + 1}
    return crowded


def _meets(box: Box, places: Sequence[Box]) -> bool:
    return any(
        place.top < box.bottom and box.top < place.bottom and place.x0 < box.x1 and box.x0 < place.x1
        for place in places
    )
