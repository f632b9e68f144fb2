"""A text -> the grids of cells in it, in order: LaTeX environments, nested brackets, rows on lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .cells import cell, cells_of
from .reading import CELLS, DEPTH, Unreadable, shortened

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Grid:
    """A matrix's cells as text, standing in text[start:end]."""

    start: int
    end: int
    rows: Rows


def grids(text: str, size: tuple[int, int] | None = None) -> list[Grid]:
    """Return all grids of a tidied text. size: tells how rows without brackets belong together."""
    found, rest = _environments(text)
    bracketed, rest = _bracketed(_flat_marks(rest), size)
    found += bracketed
    if not found:
        found = _lines(rest, size)
    if sum(len(row) for grid in found for row in grid.rows) > CELLS:
        raise Unreadable("There are too many numbers here to be read.")
    return sorted(found, key=lambda grid: grid.start)


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


# ---- LaTeX ---------------------------------------------------------------------------------

_BEGIN = re.compile(
    r"\\begin\s*\{((?:[pbvBV]|small)?matrix\*?|array|tabular)\}(?:\[[^\]\n]{0,10}\])?(?:\{[^{}\n]{0,20}\})?"
)
_TEX = re.compile(r"\\([pb]?matrix)\s*\{")
# Markdown eats one of two backslashes: "\ ", "\" at a line's end and "\-.5" end a row as well.
_ROW_END = re.compile(r"\\\\(?:\[[^\]\n]{0,12}\])?|\\cr\b|\\newline\b|\\tabularnewline\b|\\(?=[-\d.\s(])|\\$")


def _environments(text: str) -> tuple[list[Grid], str]:
    found, rest, at = [], text, 0
    while begin := _BEGIN.search(text, at):
        close = text.find("\\end{" + begin[1], begin.end())
        if close < 0:
            raise Unreadable("A matrix is begun here and not ended.")
        at = text.find("}", close) + 1
        found.append(Grid(begin.start(), at, _latex_rows(text[begin.end() : close])))
        rest = _blank(rest, begin.start(), at)
    for begin in _TEX.finditer(rest):
        close = rest.find("}", begin.end())
        if "\\cr" in rest[begin.end() : close]:
            found.append(Grid(begin.start(), close + 1, _latex_rows(rest[begin.end() : close])))
            rest = _blank(rest, begin.start(), close + 1)
    return found, rest


def _latex_rows(body: str) -> Rows:
    body = re.sub(r"\\(?:hline|toprule|midrule|bottomrule)\b", " ", body)
    rows = (row.strip() for row in _ROW_END.split(body))
    return tuple(tuple(piece.strip() for piece in row.split("&")) for row in rows if row)


# ---- brackets ------------------------------------------------------------------------------


def _flat_marks(text: str) -> str:
    """Blank code and maths marks and make all lists' brackets square, at equal length."""
    text = re.sub(
        r"^[ \t]*```[^\n]*$|[`$]|\\[\[\]()]|\\(?:left|right)\b\.?|(?<![\w)])\*\*|\*\*(?![\w(])",
        lambda found: " " * len(found[0]),
        text,
        flags=re.MULTILINE,
    )
    text = re.sub(r"\\([{}])", r" \1", text)
    if re.search(r"\{\s*\{", text) and "\\frac" not in text:
        text = text.replace("{", "[").replace("}", "]")
    text = re.sub(r"(?<![\w)])\(([^()\[\]\n]*[,;][^()\[\]\n]*)\)", r"[\1]", text)
    return re.sub(r"(?<!\w)\((\s*\[[^()]{0,4000}\]\s*,?\s*)\)", r"[\1]", text)


@dataclass
class _Node:
    """A pair of brackets."""

    start: int
    end: int
    children: list[_Node]

    @property
    def depth(self) -> int:
        return 1 + max((child.depth for child in self.children), default=0)


def _tree(text: str) -> list[_Node]:
    opened: list[_Node] = []
    closed: list[_Node] = []
    for at, character in enumerate(text):
        if character == "[":
            if len(opened) >= DEPTH:
                raise Unreadable("Brackets stand too deep here to be read.")
            opened.append(_Node(at, 0, []))
        elif character == "]" and opened:
            node = opened.pop()
            node.end = at + 1
            (opened[-1].children if opened else closed).append(node)
    return closed


def _bracketed(text: str, size: tuple[int, int] | None) -> tuple[list[Grid], str]:
    found: list[Grid] = []
    rows: list[_Node] = []
    rest = text
    for node in _tree(text):
        if node.depth == 1 and not re.search(r";|\n[^\]\n]*\d", text[node.start : node.end]):
            rows.append(node)
        else:
            found += _of_node(text, node)
            rest = _blank(rest, node.start, node.end)
    stacked = _of_single_rows(text, rows, size)
    if stacked and not found:
        return stacked, rest
    return found + [grid for grid in stacked if len(grid.rows) > 1], rest


def _of_node(text: str, node: _Node) -> list[Grid]:
    if node.depth > 2:
        return [grid for child in node.children for grid in _of_node(text, child)]
    inside = text[node.start + 1 : node.end - 1]
    if node.depth == 1:
        rows = [row for row in re.split(r"[;\n]", inside) if row.strip(" ,\t")]
    else:
        rows = [text[child.start + 1 : child.end - 1] for child in node.children]
        between = re.sub(r"[\s,;]", "", _without(text, node))
        rows += [between] if between else []
    if not re.search(r"\d|\?", inside):
        return []
    return [Grid(node.start, node.end, tuple(tuple(cells_of(row)) for row in rows))]


def _without(text: str, node: _Node) -> str:
    pieces, at = [], node.start + 1
    for child in node.children:
        pieces.append(text[at : child.start])
        at = child.end
    return "".join([*pieces, text[at : node.end - 1]])


def _of_single_rows(text: str, rows: list[_Node], size: tuple[int, int] | None) -> list[Grid]:
    """Stack [2 .5] over [.5 1.5]; rows that stand side by side on several lines are several matrices."""
    blocks: list[list[list[_Node]]] = []
    last: _Node | None = None
    for node in rows:
        gap = text[last.end : node.start] if last else "?"
        joined = not gap.strip(" \t,;|\n") and gap.count("\n") <= 1
        if not joined:
            blocks.append([[node]])
        elif "\n" in gap:
            blocks[-1].append([node])
        else:
            blocks[-1][-1].append(node)
        last = node
    found = []
    for block in blocks:
        widths = {len(line) for line in block}
        side_by_side = len(block) > 1 and len(widths) == 1
        stacks = (
            list(zip(*block, strict=True))
            if side_by_side
            else [tuple(node for line in block for node in line)]
        )
        found += [grid for stack in stacks for grid in _stacked(text, stack, size)]
    if size and size[0] > 1:
        found = [grid for grid in found if len(grid.rows) > 1]  # (2, 2) alone is a shape
    return found


def _stacked(text: str, stack: tuple[_Node, ...], size: tuple[int, int] | None) -> list[Grid]:
    height = size[0] if size and len(stack) % size[0] == 0 else len(stack)
    cells = [
        tuple(cells_of(text[node.start + 1 : node.end - 1], size[1] if size else None)) for node in stack
    ]
    return [
        Grid(stack[at].start, stack[at + height - 1].end, tuple(cells[at : at + height]))
        for at in range(0, len(stack), height)
    ]


# ---- rows on lines -------------------------------------------------------------------------

LONGEST_ROW = 1000  # characters: the patterns below look at a line more than once
_DECORATION = "|│⎢⎥⎡⎤⎣⎦┌┐└┘⌈⌉⌊⌋‖()[] \t"
_RULE = re.compile(r"[\s|:+=-]*")
_UNKNOWN = re.compile(r"\?+|_+|[A-Za-z]|-+|…|\.\.\.")


def _lines(text: str, size: tuple[int, int] | None) -> list[Grid]:
    blocks: list[list[tuple[int, int, list[str]]]] = [[]]
    at = 0
    text = _slashes_broken(text, size) if size else text
    for line in text.split("\n"):
        row = _row(line, size)
        if row:
            blocks[-1].append((at, at + len(line), row))
        elif blocks[-1] and re.match(r"[\s|\[(⎢⎣│-]*[\d.]+[\s|&,;]+\S", line):
            raise Unreadable(f"“{shortened(line, 40)}” could not be read as a matrix's row.")
        elif not (_RULE.fullmatch(line) and line.strip()):
            blocks.append([])
        at += len(line) + 1
    return [grid for block in blocks if block for grid in _of_block(block, size)]


def _slashes_broken(text: str, size: tuple[int, int]) -> str:
    """Write "1 1 / 1 1" as two lines of equal length where this gives the size expected."""
    row = r"[-\d.]{1,12}" + r"[ ,]{1,3}[-\d.]{1,12}" * (size[1] - 1)
    if size[0] < 2 or size[1] < 2:
        return text
    rows = re.compile(rf"(?:(?<!\S)|\s){row}(?: / {row}){{{size[0] - 1}}}(?![\w/])")
    return rows.sub(lambda found: re.sub(r"^\s", "\n", found[0]).replace(" / ", " \n "), text)


def _row(line: str, size: tuple[int, int] | None) -> list[str]:
    """Return a line's cells, [] where it is no row of at least two numbers (some may be unreadable)."""
    if len(line) > LONGEST_ROW:
        return []
    line = re.sub(r"(?<![\w)])\((\d{1,9}/\d{1,9})\)(?![\w(^*/])", r" \1 ", line)  # ½ is (1/2) by now
    bare = (
        re.sub(
            r"^[^:|\d]{1,40}:|(?:,|\(|\s)[$ ]{0,3}(?:\\text\{ ?)?(?:for|in) (?:all|each|every)\b.{0,60}$",
            "",
            line,
            flags=re.IGNORECASE,
        )
        .strip(_DECORATION)
        .rstrip("\\")
        .rstrip(" ,.;")
    )
    pieces = cells_of(bare, size[1] if size else None) if bare else []
    numbers = [cell(piece) is not None for piece in pieces]
    is_row = len(pieces) > 1 and any(numbers)
    return (
        pieces
        if is_row and all(ok or _UNKNOWN.fullmatch(p) for ok, p in zip(numbers, pieces, strict=True))
        else []
    )


def _of_block(block: list[tuple[int, int, list[str]]], size: tuple[int, int] | None) -> list[Grid]:
    height, width = (size[0], size[1]) if size else (len(block), 0)
    if len(block) % height:
        height = len(block)
    found = []
    for first in range(0, len(block), height):
        lines = block[first : first + height]
        span = lines[0][0], lines[-1][1]
        parts = len(lines[0][2]) // width if width else 1
        even = parts > 1 and all(len(cells) == parts * width for _, _, cells in lines) and len(lines) > 1
        for part in range(parts if even else 1):
            chosen = slice(part * width, (part + 1) * width) if even else slice(None)
            found.append(Grid(*span, tuple(tuple(cells[chosen]) for _, _, cells in lines)))
    return found
