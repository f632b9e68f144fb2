"""The text a person wrote, or a value a program returned -> rows of numbers."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from .cells import cell, cells_of, without_note
from .notation import tidy
from .reading import CELLS, Reading, Torn, Unreadable, shortened
from .values import nested

Row = tuple[Fraction, ...]
MOST_LINES = 500
LONGEST_LINE = 2000


def table(given: object, *, columns: int) -> Reading[tuple[Row, ...]]:
    """Read a table's rows of numbers; percents are fractions.

    columns: how many numbers a row has. Headers are skipped; rows of another length are left out and noted.
    Unreadable: no such row.
    """
    if not isinstance(given, str):
        return _of_data(given, columns)
    lines = [_line(text) for text in _texts(given)]
    _refuse_several(lines, columns)
    numeric = [line for line in lines if line.values]
    rows, notes = _rows(numeric, columns)
    if not rows:
        rows, notes = _alike(lines, columns)
    if not rows:
        raise Unreadable(f"No rows of {columns} numbers could be found here.")
    rows, more = _as_the_header_says(lines, rows)
    words = shortened(" / ".join(line.text.strip() for line in numeric))
    return Reading(rows, words, shown(rows), (*notes, *_half_read(lines), *more))


def _half_read(lines: list[_Line]) -> tuple[str, ...]:
    """Note lines that have cells and a number, and are no row: "0.1 | 0.97 (best)"."""
    left = [line for line in lines if line.style and not line.values and re.search(r"\d", line.text)]
    return tuple(f"not read as a row: “{shortened(line.text, 40)}”" for line in left[:5])


def _refuse_several(lines: list[_Line], columns: int) -> None:
    """Raise Torn where rows stand in several tables, each under words of its own."""
    tables = [0]
    for line in lines:
        if len(line.values) == columns and not line.strays:
            tables[-1] += 1
        elif not line.values and not _RULE.fullmatch(line.text.strip()):
            tables.append(0)
    several = [f"a table of {rows} rows" for rows in tables if rows > 1]
    if len(several) > 1:
        raise Torn(*several)


def _texts(given: str) -> list[str]:
    lines = [line for line in re.split(r"\n|\\\\", tidy(given)) if line.strip()]
    if len(lines) > MOST_LINES:
        raise Unreadable(f"There are more than {MOST_LINES} lines here; a person has to read them.")
    return lines


def shown(rows: tuple[Row, ...]) -> str:
    """Return the rows as decimals or quotients, a line each."""
    return "\n".join("\t".join(_decimal(value) for value in row) for row in rows)


def _decimal(value: Fraction) -> str:
    exact = value.denominator and 10**12 % value.denominator == 0
    return f"{float(value):.12g}" if exact and abs(value) < 10**9 else str(value)


# ---- lines ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Line:
    """A line of text; values are its numbers where nothing but labels stands beside them."""

    text: str
    style: str
    values: Row
    strays: int = 0  # cells that are no number


_STYLES = (
    ("|", r"\s*\|\s*"),
    ("&", r"\s*&\s*"),
    ("tab", r"\s*\t\s*"),
    ("arrow", r"\s*(?:->|→|⇒|=>|\\to|\\rightarrow)\s*"),
    (";", r"\s*;\s*"),
    (":", r"\s*:\s+"),
    ("spaces", r"\s{2,}"),
)
_LABELLED = re.compile(
    r"(?:[A-Za-z][A-Za-z_ ]{0,30}\(?[A-Za-z_ ]{0,12}\)?\s*(?:[=:≈]|\bof\b|\bis\b)\s*"
    r"|(?:p|acc|dropout|accuracy|rate|prob|test acc)\s+)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"\b(?:[A-Za-z]{2,40}[\s,]{1,9}){6}")
_NOTE = re.compile(r"(?<=[\d%])\s*\([^()\n]{0,40}\)")
_RULE = re.compile(r"[\s|:+=&-]*(?:\\[a-z]+)?[\s|:+=&-]*")


def _line(text: str) -> _Line:
    if len(text) > 4 * LONGEST_LINE:
        return _Line(text[:LONGEST_LINE], "", ())
    bare = (
        re.sub(
            r"\\(?:hline|toprule|midrule|bottomrule)\b|[$`]|(?<![\w)*])\*\*?|\*\*?(?![\w(*])|^\s*[-•]\s+(?=\S)",
            " ",
            text,
        )
        .replace(r"\%", "%")
        .strip()
    )
    bare = _NOTE.sub("", bare)
    if not bare or len(bare) > LONGEST_LINE or _RULE.fullmatch(bare) or _SENTENCE.search(bare):
        return _Line(text, "", ())
    style, pieces = _split(bare)
    values = [_value(piece) for piece in pieces]
    numbers = tuple(value for value in values if value is not None)
    strays = sum(value is None and bool(piece) for value, piece in zip(values, pieces, strict=True))
    return _Line(text, style, numbers if len(numbers) > 1 else (), strays)


def _split(bare: str) -> tuple[str, list[str]]:
    """Split a line at the separators that leave the most numbers."""
    splits = [(style, _pieces(bare, style, pattern)) for style, pattern in _STYLES]
    _, after = bare.split(":", 1) if re.match(r"[A-Za-z ]{1,30}:", bare) else ("", bare)
    texts = (bare, after.strip("()[] "))
    splits += [(",", cells_of(text, 2 if re.search(r"\d,\d", text) else None)) for text in texts]
    splits.append(("space", after.strip("()[] ").split()))
    return max(
        splits, key=lambda split: (sum(_value(piece) is not None for piece in split[1]), len(split[1]) > 1)
    )


def _pieces(bare: str, style: str, pattern: str) -> list[str]:
    marked = bare.strip("|&") if style in "|&" else bare
    return [piece.strip() for piece in re.split(pattern, marked.strip())]


def _value(piece: str) -> Fraction | None:
    piece = without_note(piece.strip()).strip("()[]")
    label = _LABELLED.match(piece)
    return cell(piece[label.end() :] if label else piece)


def _rows(lines: list[_Line], columns: int) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Return the rows in the commonest style of line."""
    full = [line for line in lines if len(line.values) == columns and line.strays == 0]
    if not full:
        return _other_layouts(lines, columns)
    style = Counter(line.style for line in full).most_common(1)[0][0]
    rows = tuple(line.values for line in full if line.style == style)
    left_out = [line for line in lines if line not in full or line.style != style]
    if sum(map(len, rows)) > CELLS:
        raise Unreadable("The table is too large to be read.")
    return rows, tuple(f"not read as a row: “{shortened(line.text, 40)}”" for line in left_out[:5])


def _other_layouts(lines: list[_Line], columns: int) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Read a table with a numbered first column, or one that lies on its side."""
    numbered = [line.values for line in lines if len(line.values) == columns + 1 and not line.strays]
    first = [row[0] for row in numbered]
    if len(first) > 1 and first in ([Fraction(n) for n in range(s, len(first) + s)] for s in (0, 1)):
        return tuple(row[1:] for row in numbered), ("the first column, which counts the rows, was left out",)
    lengths = {len(line.values) for line in lines}
    if len(lines) == columns and len(lengths) == 1 and columns < max(lengths):
        return tuple(zip(*(line.values for line in lines), strict=True)), (
            "the table lies on its side and was turned",
        )
    return (), ()


_NUMBER = re.compile(r"(?<![\w.])-?(?:\d{1,20}[.,])?\d{1,20} ?%?|(?<![\w.])\.\d{1,20}")


def _alike(lines: list[_Line], columns: int) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Read at least three sentences that differ in their numbers only."""
    patterns = Counter(_NUMBER.sub("#", line.text.strip()) for line in lines)
    best = max(patterns.items(), key=lambda item: (item[0].count("#") == columns, item[1]), default=("", 0))
    pattern, times = best
    if times < 3 or pattern.count("#") != columns:
        return (), ()
    alike = [line.text for line in lines if _NUMBER.sub("#", line.text.strip()) == pattern]
    rows = [[cell(number) for number in _NUMBER.findall(text)] for text in alike]
    return tuple(tuple(v for v in row if v is not None) for row in rows if None not in row), (
        "read from sentences",
    )


def _as_the_header_says(lines: list[_Line], rows: tuple[Row, ...]) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Divide a column by 100 whose header says percent and whose numbers are above 1."""
    for line in lines:
        pieces = (
            _split(line.text.strip())[1]
            if not line.values and re.search(r"%|percent", line.text, re.IGNORECASE)
            else []
        )
        if len(pieces) == len(rows[0]):
            percent = [bool(re.search(r"%|percent", piece, re.IGNORECASE)) for piece in pieces]
            percent = [
                p and max(column) > 1 for p, column in zip(percent, zip(*rows, strict=True), strict=True)
            ]
            scaled = tuple(
                tuple(v / 100 if p else v for v, p in zip(row, percent, strict=True)) for row in rows
            )
            return scaled, ("percent, as the header says",) if any(percent) else ()
    return rows, ()


# ---- data ----------------------------------------------------------------------------------


def _of_data(given: object, columns: int) -> Reading[tuple[Row, ...]]:
    if type(given) is dict:  # {0.1: 0.98, ...} or {"p": [...], "accuracy": [...]}
        parallel = all(isinstance(nested(value), tuple) for value in given.values())
        given = tuple(given.values() if parallel else given.items())
    value = nested(given)
    rows = [row for row in value if isinstance(row, tuple)] if isinstance(value, tuple) else []
    clean = tuple(tuple(each for each in row if isinstance(each, Fraction)) for row in rows)
    lengths = {len(row) for row in rows}
    regular = bool(rows) and isinstance(value, tuple) and len(rows) == len(value) and len(lengths) == 1
    if not regular or any(len(a) != len(b) for a, b in zip(clean, rows, strict=True)):
        raise Unreadable(f"Rows of {columns} numbers were expected.")
    notes: tuple[str, ...] = ()
    if lengths != {columns} and len(clean) == columns:
        clean, notes = tuple(zip(*clean, strict=True)), ("parallel lists were read as columns",)
    if not clean or {len(row) for row in clean} != {columns}:
        raise Unreadable(f"Rows of {columns} numbers were expected, not of {max(lengths)}.")
    return Reading(clean, shortened(shown(clean)), shown(clean), notes)
