"""a cell's text -> Python that compiles, with IPython's magics and shell lines taken out."""

from __future__ import annotations
import __future__

import ast
import re
from dataclasses import dataclass
from types import CodeType

KEEPS_CELL = ("time", "timeit", "capture", "prun", "python", "python3", "tensorflow_version")
MAGIC = re.compile(r"[%!?]")
ASSIGNED_MAGIC = re.compile(r"\w+\s*=\s*[%!]")
TIMED = re.compile(r"%time\s+(?=\S)")


@dataclass(frozen=True)
class Piece:
    """Some statements of a cell's top level. `imports` are what a lone import binds, '*' for all."""

    code: CodeType
    imports: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Compiled:
    """A cell ready to run. `binds` are the names it would bind, `skipped` are (line, text) of magics.

    `pieces` run one after the other; an import at the top stands alone, so that one that fails costs no more.
    """

    pieces: tuple[Piece, ...]
    lines: list[str]
    binds: frozenset[str]
    skipped: tuple[tuple[int, str], ...]


def compiled(source: str, name: str) -> Compiled:
    """Compile a cell. Raises what `compile` raises for text that is no Python even without its magics.

    Only a line at which Python stops is looked at: `%` and `!` inside texts and sums stay as they are.
    """
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")  # as Python counts lines
    skipped: dict[int, str] = {}
    first = next((number for number, line in enumerate(lines, start=1) if line.strip()), 0)
    if first and _whole_cell_is_no_python(lines[first - 1].strip()):
        skipped[first] = lines[first - 1].strip()
        lines = []
    while True:
        try:
            tree = ast.parse("\n".join(lines), name)
            break
        except SyntaxError as error:
            number = error.lineno or 0
            if not _skip(lines, number, skipped):
                raise
    return Compiled(_pieces(tree, name), lines, _binds(tree), tuple(sorted(skipped.items())))


def _pieces(tree: ast.Module, name: str) -> tuple[Piece, ...]:
    groups: list[list[ast.stmt]] = []
    alone = True
    for statement in tree.body:
        is_import = isinstance(statement, (ast.Import, ast.ImportFrom))
        if is_import or alone:
            groups.append([])
        groups[-1].append(statement)
        alone = is_import
    flags = _future(tree)
    return tuple(
        Piece(
            compile(ast.Module(group, []), name, "exec", flags, dont_inherit=True),
            _binds(group[0]) if isinstance(group[0], (ast.Import, ast.ImportFrom)) else frozenset(),
        )
        for group in groups
    )


def _future(tree: ast.Module) -> int:
    """Return the compiler's flags for `from __future__ import ...`, which holds for all pieces."""
    flags = 0
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            for alias in node.names:
                flags |= getattr(getattr(__future__, alias.name, None), "compiler_flag", 0)
    return flags


def _whole_cell_is_no_python(first: str) -> bool:
    """Return whether a cell that starts so is in another language (`%%bash`) or a file (`%%writefile`)."""
    return first.startswith("%%") and (first[2:].split() or ["?"])[0] not in KEEPS_CELL


def _skip(lines: list[str], number: int, skipped: dict[int, str]) -> bool:
    """Put `pass` where line `number` (from 1) is a magic, with the lines that continue it."""
    if not 1 <= number <= len(lines):
        return False
    line = lines[number - 1]
    text = line.strip()
    indent = line[: len(line) - len(line.lstrip())]
    if TIMED.match(text):
        lines[number - 1] = indent + TIMED.sub("", text, count=1)
        return True
    if not (MAGIC.match(text) or ASSIGNED_MAGIC.match(text) or text.endswith("?")):
        return False
    skipped[number] = text
    for index in range(number - 1, len(lines)):
        goes_on = lines[index].endswith("\\")
        lines[index] = f"{indent}pass" if index == number - 1 else ""
        if not goes_on:
            break
    return True


def _binds(tree: ast.AST) -> frozenset[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, ast.alias):
            names.add((node.asname or node.name).split(".")[0])
    return frozenset(names)
