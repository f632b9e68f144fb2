"""(CodeFile, Assignment) -> the CodeFile without the last cells, where the parts asked for need none of them.

Cells share their names, so that all those above a part run with it. Those below its last one are left out
where no check can see the difference: each stands under the heading of a part that is not asked for, mentions
no name that checks ask for, and binds or assigns into none that a function above looks up when it is called.
"""

from __future__ import annotations

import ast
import re
import symtable
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import takewhile
from pathlib import Path

from grader import problem_files
from grader.datatypes import Assignment, Cell, CodeFile, Source

# What code can reach names by that it does not write down.
FAR_REACHING = frozenset(
    {"exec", "eval", "globals", "locals", "vars", "setattr", "delattr", "__import__"}
) | {*("get_ipython", "importlib", "sys", "builtins", "gc", "inspect")}
CHECKS = ("checks", "public")  # of a problem set: those in public/ are taken over by those that grade
# How a check asks for a name; what else lies beside checks compares layers and counts, and asks for none.
ASKS = re.compile(
    r"\.(integer|number|shapes?|network|matrices|table|versions|has|expression|function|read)\("
)
NOT_NAMES = ("nouns", "or_else")  # what checks give beside a name: words of an answer


def shortened(code: CodeFile, assignment: Assignment) -> CodeFile:
    """Return the code without the cells at its end that the parts asked for cannot notice."""
    if not assignment.only or code.source is Source.MODULE:
        return code
    last = max((cell.number for cell in code.cells if cell.part in assignment.only), default=0)
    kept = [cell for cell in code.cells if cell.number <= last]
    if code.source is Source.NOTEBOOK:  # of a write-up's code no name is looked up afterwards
        below = [cell for cell in code.cells if cell.number > last]
        kept += below[: len(below) - _free(kept, below, assignment)]
    return replace(code, cells=tuple(kept))


def _free(kept: list[Cell], below: list[Cell], assignment: Assignment) -> int:
    """Return how many cells at the end of a notebook may be left out."""
    folder = assignment.folder
    asked = _asked_for(folder, problem_files.digest(folder)) | _by_rule(assignment)
    try:
        looked_up = frozenset(_looked_up(kept))
    except (SyntaxError, ValueError, RecursionError):  # which functions are there is not known
        return 0
    return len(list(takewhile(lambda cell: _is_free(cell, asked, looked_up), reversed(below))))


@lru_cache(maxsize=4)
def _asked_for(folder: Path, _digest: str) -> frozenset[str]:
    """Return every word that stands as a text in the check files: the names that they ask for among them."""
    paths = [path for name in CHECKS for path in (folder / name).rglob("*.py")]
    sources = [path.read_text(encoding="utf-8") for path in paths]
    trees = [ast.parse(source) for source in sources if ASKS.search(source)]
    return frozenset(word for tree in trees for word in _words(tree) if word.isidentifier())


def _words(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.keyword) and child.arg in NOT_NAMES):
            yield from _words(child)


def _by_rule(assignment: Assignment) -> frozenset[str]:
    rules = [part.network for part in assignment.parts if part.network]
    return frozenset(name for rule in rules for name in (rule.fits, rule.compiled) if name)


def _looked_up(cells: Iterable[Cell]) -> Iterator[str]:
    """Yield the global names that functions look up, which checks call when all cells have run."""
    tables = [symtable.symtable(_python(cell.code), "cell", "exec") for cell in cells]
    while tables:
        table = tables.pop()
        tables += table.get_children()
        if table.get_type() != "module":
            yield from (symbol.get_name() for symbol in table.get_symbols() if symbol.is_global())


def _is_free(cell: Cell, asked: frozenset[str], looked_up: frozenset[str]) -> bool:
    """Return whether a cell belongs to a part that is not asked for and changes nothing that is seen."""
    if cell.part is None:
        return False
    try:
        tree = ast.parse(_python(cell.code))
    except (SyntaxError, ValueError, RecursionError):
        return False
    mentioned = {name for node in ast.walk(tree) for name in _mentioned(node)}
    changed = {name for node in ast.walk(tree) for name in _changed(node)}
    return not mentioned & (asked | FAR_REACHING) and not changed & (looked_up | {"*"})


def _mentioned(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name):
        yield node.id
    yield from _changed(node)


def _changed(node: ast.AST) -> Iterator[str]:
    """Yield the names that a piece of code binds, deletes, or assigns into."""
    match node:
        case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
            yield name
        case ast.Attribute(ctx=ast.Store() | ast.Del()) | ast.Subscript(ctx=ast.Store() | ast.Del()):
            yield from (inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name))
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            yield name
        case ast.MatchMapping(rest=str(name)):
            yield name
        case ast.alias():
            yield node.asname or node.name.split(".")[0]
        case ast.Global(names=names):
            yield from names


def _python(code: str) -> str:
    """Return code without a notebook's own commands, which are not run."""
    return "\n".join("pass" if line.lstrip()[:1] in {"%", "!"} else line for line in code.splitlines())
