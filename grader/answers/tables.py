"""The text a person wrote, or a value a program returned -> rows of numbers."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from .cells import cell, cells_of, without_note
from .data_tables import Row, of_data, shown
from .notation import tidy
from .reading import CELLS, Reading, Torn, Unreadable, shortened
from .remarks import NUMBER, is_remark

MOST_LINES = 500
LONGEST_LINE = 2000


def table(given: object, *, columns: int) -> Reading[tuple[Row, ...]]:
    """Read a table's rows of numbers; percents are fractions.

    columns: how many numbers a row has. Headers are skipped. Torn: several tables.
    Unreadable: no such row, or rows among them that cannot be read.
    """
    if not isinstance(given, str):
        return of_data(given, columns)
    lines = [_line(text) for text in _texts(given)]
    rows, notes = _rows(lines, columns)
    if not rows:
        rows, notes = _alike(lines, columns)
    if not rows:
        raise Unreadable(f"No rows of {columns} numbers could be found here.")
    rows, more = _as_the_header_says(lines, rows)
    words = shortened(" / ".join(line.text.strip() for line in lines if line.values))
    return Reading(rows, words, shown(rows), (*notes, *_half_read(lines, rows, columns), *more))


def _half_read(lines: list[_Line], rows: tuple[Row, ...], columns: int) -> tuple[str, ...]:
    """Note lines that have cells and a number, and are no row: "0.1 | nan", "0.1 0.97 best"."""
    first = {row[0] for row in rows}
    cells = [line for line in lines if line.style and re.search(r"\d", line.text)]
    cells = [line for line in cells if not is_remark(line.text, line.style, first, columns)]
    left = [line for line in cells if not line.values or (line.strays and not _is_row(line, columns))]
    return tuple(f"not read as a row: “{shortened(line.text, 40)}”" for line in left[:5])


_TAGS = ((r"</tr>|<br */?>", "\n"), (r"</t[dh]>", " | "), (r"<[a-zA-Z/][^<>]{0,100}>", " "))
_MAPPING = re.compile(r"\{([^{}]{1,10000})\}")
_BETWEEN_PAIRS = re.compile(r"[)\]]\s{0,20},\s{0,20}(?=[(\[])")


def _texts(given: str) -> list[str]:
    """Return the lines, blank ones too; rows of HTML, of a dict and of a list of pairs are lines as well."""
    text = tidy(given)
    for tag, mark in _TAGS:
        text = re.sub(tag, mark, text, flags=re.IGNORECASE)
    text = _MAPPING.sub(lambda found: found[1].replace(",", "\n") if ":" in found[1] else found[0], text)
    lines = re.split(r"\n|\\\\", _BETWEEN_PAIRS.sub("\n", text))
    if sum(bool(line.strip()) for line in lines) > MOST_LINES:
        raise Unreadable(f"There are more than {MOST_LINES} lines here; a person has to read them.")
    return lines


# ---- lines ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Line:
    """A line of text; values are its numbers where nothing but labels stands beside them."""

    text: str
    style: str
    values: Row
    pieces: tuple[str, ...] = ()  # its cells
    strays: int = 0  # cells that are no number


_STYLES = (
    ("|", r"\s*\|\s*"),
    ("&", r"\s*&\s*"),
    ("tab", r"\s*\t\s*"),
    ("arrow", r"\s*(?:->|→|⇒|=>|\\to|\\rightarrow)\s*"),
    (";", r"\s*;\s*"),
    (":", r"\s*:\s+"),
    ("spaces", r"\s{2,}"),
    ("dash", r"(?<=[\d%])\s+-\s+(?=[\d.])"),
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
            r"\\(?:hline|toprule|midrule|bottomrule)\b|(?:\bnp\.)?\barray(?=\()|[$`]|(?<![\w)*])\*\*?|\*\*?(?![\w(*])|^\s*[-•]\s+(?=\S)",
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
    return _Line(text, style, numbers if len(numbers) > 1 else (), tuple(pieces), strays)


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
    return cell(piece[label.end() :].strip("()[] ") if label else piece)


# ---- rows ----------------------------------------------------------------------------------


def _rows(lines: list[_Line], columns: int) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Return the rows of the one table. Torn: several tables. Unreadable: a row of it that cannot be read."""
    blocks = _blocks(lines, columns)
    if len(blocks) > 1 and all(len(block) == 1 for block in blocks):  # a blank line after each row
        lines = [line for line in lines if line.text.strip()]
        blocks = _blocks(lines, columns)
    if not blocks:
        return _other_layouts(lines, columns)
    block = _chosen(lines, blocks)
    around = range(max(block[0] - 1, 0), min(block[-1] + 2, len(lines)))
    first = {lines[at].values[0] for at in block}
    others = [
        lines[at]
        for at in around
        if at not in block
        and _is_odd(lines[at], columns)
        and not is_remark(lines[at].text, lines[at].style, first, columns)
    ]
    if others:
        raise Unreadable(
            f"“{shortened(others[0].text, 40)}” could not be read as a row of {columns} numbers."
        )
    rows = tuple(lines[at].values for at in block)
    if sum(bool(line.values) and not _is_row(line, columns) for line in lines) > len(rows):
        raise Unreadable(f"Most rows here have not {columns} numbers.")
    if sum(map(len, rows)) > CELLS:
        raise Unreadable("The table is too large to be read.")
    return rows, ()


def _is_row(line: _Line, columns: int) -> bool:
    return len(line.values) == columns and not line.strays


def _is_odd(line: _Line, columns: int) -> bool:
    """Say whether a line looks like a row and is none: "0.1 | nan", "none | 0.98", "0.1 0.97 best"."""
    numbers = sum(_value(piece) is not None for piece in line.pieces) if len(line.pieces) == columns else 0
    return not _is_row(line, columns) and (bool(line.values) or numbers > 0)


def _blocks(lines: list[_Line], columns: int) -> list[list[int]]:
    """Return where rows stand, parted at blank lines and at headers."""
    blocks: list[list[int]] = [[]]
    for at, line in enumerate(lines):
        if _is_row(line, columns):
            blocks[-1].append(at)
        elif not line.text.strip() or not (_is_odd(line, columns) or _RULE.fullmatch(line.text.strip())):
            blocks.append([])
    return [block for block in blocks if block]


def _chosen(lines: list[_Line], blocks: list[list[int]]) -> list[int]:
    """Return the only table of several rows; a row that stands apart from it must start above 1, as no rate.

    Torn: two tables of several rows, or a row apart that may belong to the table.
    """
    first = [[lines[at].values[0] for at in block] for block in blocks]
    rates = [block for block, column in zip(blocks, first, strict=True) if all(0 <= v <= 1 for v in column)]
    tables = [block for block in blocks if len(block) > 1]
    if len(blocks) > 1 and (len(rates) != 1 or tables != rates):
        raise Torn(
            *(f"a table of {len(block)} rows from {c[0]}" for block, c in zip(blocks, first, strict=True))
        )
    block = rates[0] if len(blocks) > 1 else blocks[0]
    column = [lines[at].values[0] for at in block]
    if max(column) > 1 and sum(0 <= value <= 1 for value in column) > 2:
        raise Unreadable("Two tables may stand here, one below the other; a person has to read them.")
    return block


def _other_layouts(lines: list[_Line], columns: int) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Read a table with a numbered first column, or one that lies on its side."""
    numeric = [line for line in lines if line.values]
    numbered = [line.values for line in numeric if len(line.values) == columns + 1 and not line.strays]
    first = [row[0] for row in numbered]
    if len(first) > 1 and first in ([Fraction(n) for n in range(s, len(first) + s)] for s in (0, 1)):
        return tuple(row[1:] for row in numbered), ("the first column, which counts the rows, was left out",)
    lengths = {len(line.values) for line in numeric}
    if len(numeric) == columns and len(lengths) == 1 and columns < max(lengths) and all(map(_lies, numeric)):
        return tuple(zip(*(line.values for line in numeric), strict=True)), (
            "the table lies on its side and was turned",
        )
    return (), ()


def _lies(line: _Line) -> bool:
    """Say whether a line has one label, in front of all its numbers."""
    head = line.pieces[0]
    odd = line.strays == (_value(head) is None and head != "")
    return (
        odd
        and bool(re.match(r"[\s|*`$]*[A-Za-z]", line.text))
        and not any(map(_LABELLED.match, line.pieces[1:]))
    )


def _alike(lines: list[_Line], columns: int) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Read at least three sentences that differ in their numbers only."""
    patterns = Counter(NUMBER.sub("#", line.text.strip()) for line in lines)
    best = max(patterns.items(), key=lambda item: (item[0].count("#") == columns, item[1]), default=("", 0))
    pattern, times = best
    if times < 3 or pattern.count("#") != columns:
        return (), ()
    alike = [line.text for line in lines if NUMBER.sub("#", line.text.strip()) == pattern]
    rows = [[cell(number) for number in NUMBER.findall(text)] for text in alike]
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
