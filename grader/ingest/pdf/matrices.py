"""Words and brackets, by where they stand -> the same with each matrix and fraction as one word of LaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from grader.ingest.pdf.page import Box, Glyph, Run

MADE = "made of several"  # stands for the font of a word that was put together here
OPENING, CLOSING = "[(⎡⎢⎣⎛⎜⎝", "])⎤⎥⎦⎞⎟⎠"
MOST_CELLS = 400
_UNNAMED = re.compile(r"[\x00-\x1f\ufffd\ue000-\uf8ff]")  # a bracket of a font that does not name its signs
_CODED = re.compile(r"\(cid:\d{1,5}\)")
_NUMBER = re.compile(r"[-–+]?[\d./]+|\\frac\{.*\}|[-–+]")
_AXIS = 0.27  # of a size: how far above its baseline a line has its middle


@dataclass(frozen=True)
class Pair:
    """A bracket and the one that closes it. Its rows have their middles between `top` and `bottom`."""

    x0: float
    left: float  # where what it holds begins
    right: float
    x1: float
    top: float
    bottom: float


def middle(run: Run) -> float:
    """Return the height at which a word has its middle."""
    return run.y - _AXIS * run.size


# ---- fractions -----------------------------------------------------------------------------


def with_fractions(runs: Sequence[Run], rules: Sequence[Box]) -> list[Run]:
    """Put what stands right above and below a short rule together as a fraction."""
    left = list(runs)
    for rule in rules:
        if rule.bottom - rule.top > 2 or not 2 < rule.x1 - rule.x0 < 150:
            continue
        over = [run for run in left if _is_over(run, rule)]
        under = [run for run in left if _is_under(run, rule)]
        if not (over and under) or _is_a_tables(rule, rules, [*over, *under]):
            continue
        texts = [" ".join(run.text for run in sorted(half, key=lambda run: run.x0)) for half in (over, under)]
        size = max(run.size for run in (*over, *under))
        fraction = f"\\frac{{{texts[0]}}}{{{texts[1]}}}"
        left = [run for run in left if run not in over and run not in under]
        left.append(Run(fraction, rule.x0, rule.x1, rule.top + _AXIS * size, size, MADE))
    return left


def _is_over(run: Run, rule: Box) -> bool:
    return _within(run, rule) and 0 <= rule.top - run.y < run.size


def _is_under(run: Run, rule: Box) -> bool:
    return _within(run, rule) and 0.4 * run.size < run.y - rule.bottom < 1.4 * run.size


def _within(run: Run, rule: Box) -> bool:
    return rule.x0 - 1 < run.x0 and run.x1 < rule.x1 + 1


def _is_a_tables(rule: Box, rules: Sequence[Box], beside: Sequence[Run]) -> bool:
    """Say whether a rule is the side of a cell: wider than what it parts, or with rules at its ends."""
    widest = max(run.x1 for run in beside) - min(run.x0 for run in beside)
    size = max(run.size for run in beside)
    if rule.x1 - rule.x0 > widest + 0.8 * size or sum(len(run.text) for run in beside) > 24:
        return True
    return any(
        other.bottom - other.top > 0.5 * size
        and other.top - 1 <= rule.top <= other.bottom + 1
        and min(abs(other.x0 - rule.x0), abs(other.x0 - rule.x1)) < 1
        for other in rules
    )


# ---- matrices ------------------------------------------------------------------------------


def with_matrices(runs: Sequence[Run], tall: Sequence[Glyph]) -> tuple[list[Run], list[Box]]:
    """Return the words with each matrix as one, and the places where rows in brackets made none."""
    left, doubtful = list(runs), []
    for pair in [*_tall_pairs(runs, tall), *_small_pairs(runs)]:
        inside = [run for run in left if _holds(pair, run)]
        if not inside:
            continue
        rows = _rows(inside)
        size = max(run.size for run in inside)
        brackets = [run for run in left if _is_bracket_of(run, pair, size)]
        if len(rows) < 2:
            continue
        cells = _cells(rows)
        if cells is None:
            doubtful.append(Box(pair.x0, pair.top, pair.x1, pair.bottom))
            continue
        text = r" \\ ".join(" & ".join(row) for row in cells)
        matrix = rf"\begin{{bmatrix}} {text} \end{{bmatrix}}"
        left = [run for run in left if run not in inside and run not in brackets]
        axis = (pair.top + pair.bottom) / 2 + _AXIS * size
        left.append(Run(matrix, pair.x0, pair.x1, axis, size, MADE))
    return left, doubtful


def _holds(pair: Pair, run: Run) -> bool:
    return pair.left - 1 < (run.x0 + run.x1) / 2 < pair.right + 1 and pair.top < middle(run) < pair.bottom


def _is_bracket_of(run: Run, pair: Pair, size: float) -> bool:
    """Say whether a word is one of a pair's brackets, or a piece of one: fonts hang these anywhere."""
    near = pair.top - 2 * size < run.y < pair.bottom + 2 * size
    centre = (run.x0 + run.x1) / 2
    beside = pair.x0 - 2 < centre < pair.left + 2 or pair.right - 2 < centre < pair.x1 + 2
    return near and beside and (set(run.text) <= set(OPENING + CLOSING) or bool(_CODED.fullmatch(run.text)))


def _rows(runs: Iterable[Run]) -> list[list[Run]]:
    found: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.y):
        if found and run.y - found[-1][0].y < 0.35 * run.size:
            found[-1].append(run)
        else:
            found.append([run])
    return found


def _cells(rows: Sequence[Sequence[Run]]) -> list[list[str]] | None:
    """Return the rows' cells, None where a row has not one in each column."""
    columns: list[list[float]] = []
    for run in sorted((run for row in rows for run in row), key=lambda run: run.x0):
        if columns and run.x0 - columns[-1][1] < 0.3 * run.size:
            columns[-1][1] = max(columns[-1][1], run.x1)
        else:
            columns.append([run.x0, run.x1])
    cells = [
        [
            "".join(run.text for run in sorted(row, key=lambda run: run.x0) if x0 <= run.x0 <= x1)
            for x0, x1 in columns
        ]
        for row in rows
    ]
    whole = all(cell for row in cells for cell in row) and len(rows) * len(columns) <= MOST_CELLS
    return cells if whole else None


# ---- brackets ------------------------------------------------------------------------------


def _tall_pairs(runs: Sequence[Run], tall: Sequence[Glyph]) -> Iterator[Pair]:
    """Yield the pairs of brackets that are drawn taller than a line."""
    size = max(sorted(run.size for run in runs)[len(runs) // 2] if runs else 10.0, 1.0)
    columns = [column for column in _columns(tall) if column.box.bottom - column.box.top > 1.5 * size]
    waiting: Glyph | None = None
    for column in sorted(columns, key=lambda column: (round(column.box.top / size), column.box.x0)):
        opens = column.sign in OPENING or (bool(_UNNAMED.match(column.sign)) and waiting is None)
        if opens:
            waiting = column
            continue
        if waiting is not None and abs(waiting.box.top - column.box.top) < size:
            left, right = waiting.box, column.box
            top, bottom = min(left.top, right.top), max(left.bottom, right.bottom)
            yield Pair(left.x0, left.x1, right.x0, right.x1, top, bottom)
        waiting = None


def _columns(tall: Sequence[Glyph]) -> list[Glyph]:
    """Put the pieces together that a tall bracket is built of; leave out what is no bracket."""
    found: list[Glyph] = []
    for glyph in sorted(tall, key=lambda glyph: (round(glyph.box.x0), glyph.box.top)):
        if glyph.sign not in OPENING + CLOSING and not _UNNAMED.match(glyph.sign):
            continue
        above = found[-1].box if found else None
        if above and abs(above.x0 - glyph.box.x0) < 4 and -2 < glyph.box.top - above.bottom < 3:
            box = Box(
                min(above.x0, glyph.box.x0),
                above.top,
                max(above.x1, glyph.box.x1),
                max(above.bottom, glyph.box.bottom),
            )
            found[-1] = Glyph(found[-1].sign, box)
        else:
            found.append(glyph)
    return found


def _small_pairs(runs: Sequence[Run]) -> Iterator[Pair]:
    """Yield the pairs of brackets that did not grow with their matrix, for want of a font that can."""
    pairs = _on_a_line(runs)
    for opening, closing in pairs:
        inside = [run for run in runs if opening.x1 - 1 < run.x0 and run.x1 < closing.x0 + 1]
        reach = _reach(opening, _rows(inside), runs, pairs)
        if reach:
            centre = middle(opening)
            yield Pair(opening.x0, opening.x1, closing.x0, closing.x1, centre - reach, centre + reach)


def _on_a_line(runs: Sequence[Run]) -> list[tuple[Run, Run]]:
    """Return each opening bracket with the closing one next to it in its line."""
    signs = [run for run in runs if run.text in {"[", "]", "(", ")"}]
    signs.sort(key=lambda run: (round(run.y), run.x0))
    return [
        (one, other)
        for one, other in pairwise(signs)
        if one.text in "[(" and other.text in "])" and abs(one.y - other.y) < 1 and other.x0 - one.x1 > 4
    ]


def _reach(
    opening: Run, rows: Sequence[Sequence[Run]], runs: Sequence[Run], pairs: Sequence[tuple[Run, Run]]
) -> float:
    """Return how far rows go on above and below a bracket's line, as many on either side; 0 for none."""
    size = opening.size
    on_it = [row for row in rows if abs(row[0].y - opening.y) < 0.2 * size]
    above = [row for row in rows if row[0].y < opening.y - 0.2 * size][::-1]
    below = [row for row in rows if row[0].y > opening.y + 0.2 * size]
    if on_it and not all(_NUMBER.fullmatch(run.text) for run in on_it[0]):
        return 0.0
    step = 1.7 * size if on_it else 0.9 * size
    last, count = opening.y, 0
    for up, down in zip(above, below, strict=False):
        far = down[0].y - last
        even = abs((opening.y - up[0].y) - (down[0].y - opening.y)) < 0.35 * size
        if far > step or not even or (on_it and not (_alone(up, runs, pairs) and _alone(down, runs, pairs))):
            break
        last, count, step = down[0].y, count + 1, 1.7 * size
    return last - opening.y + 0.5 * size if count else 0.0


def _alone(row: Sequence[Run], runs: Sequence[Run], pairs: Sequence[tuple[Run, Run]]) -> bool:
    """Say whether a line holds numbers between brackets and nothing else: no line of prose does."""
    beside = [run for run in runs if abs(run.y - row[0].y) < 0.2 * run.size]
    return all(
        _NUMBER.fullmatch(run.text)
        and any(opening.x1 - 1 < run.x0 and run.x1 < closing.x0 + 1 for opening, closing in pairs)
        for run in beside
    )
