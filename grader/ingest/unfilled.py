"""a student's code, as text -> what is as a starter file leaves it: functions without a body, `...`, None."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from types import EllipsisType

from grader.datatypes import CodeFile

LONGEST = 200_000  # characters of a cell that are looked at
Function = ast.FunctionDef | ast.AsyncFunctionDef
# What gives names a value without writing them down: a body may come from there.
FAR_REACHING = re.compile(
    r"\b(exec|eval|globals|locals|vars|setattr|modules|__dict__|__code__|get_ipython)\b"
)


def left_open(file: CodeFile) -> frozenset[str]:
    """Return the functions without a body and the names that are `...`, where they are last defined."""
    if any(FAR_REACHING.search(cell.code) for cell in file.cells):
        return frozenset()
    found: set[str] = set()
    for statement in (one for cell in file.cells for one in _statements(cell.code)):
        bound = set(_bound(statement))
        found = set() if "*" in bound else found - bound
        if isinstance(statement, Function) and _is_without_body(statement):
            found.add(statement.name)
        elif isinstance(statement, ast.Assign | ast.AnnAssign) and _is_ellipsis(statement.value):
            found |= bound
    return frozenset(found)


def is_unfilled(code: str) -> bool:
    """Return whether code is names that are None and functions without a body; a comment may be an answer."""
    statements = _statements(code)
    return bool(statements) and "#" not in code and all(map(_is_left_open, statements))


def _statements(code: str) -> list[ast.stmt]:
    """Return the statements at the top level; none of what is no Python, or has no end."""
    lines = ("pass" if line.lstrip()[:1] in {"%", "!"} else line for line in code.splitlines())
    try:
        return ast.parse("\n".join(lines)).body if len(code) <= LONGEST else []
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _is_left_open(statement: ast.stmt) -> bool:
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return _is_without_body(statement)
        case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
            return _is_ellipsis(value) or (isinstance(value, ast.Constant) and value.value is None)
        case ast.Expr(ast.Constant(str())):
            return False  # words that stand alone are an answer
    return _is_nothing(statement)


def _is_ellipsis(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Constant) and value.value is ...


def _is_without_body(function: Function) -> bool:
    return not function.decorator_list and all(map(_is_nothing, function.body))


def _is_nothing(statement: ast.stmt) -> bool:
    """Return whether a statement stands for one that is still to be written."""
    match statement:
        case ast.Pass() | ast.Expr(ast.Constant(str() | EllipsisType())):
            return True
        case ast.Raise(ast.Name("NotImplementedError") | ast.Call(ast.Name("NotImplementedError"))):
            return True
    return False


def _bound(statement: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement may give a value, but no variables of functions."""
    for node in _outside_functions(statement):
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.alias():
                yield node.asname or node.name.split(".")[0]
            case ast.Global(names=names):
                yield from names


def _outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and all within; of a function or class only itself and what it declares global."""
    yield node
    if isinstance(node, Function | ast.ClassDef | ast.Lambda):
        yield from (one for one in ast.walk(node) if isinstance(one, ast.Global))
        return
    for child in ast.iter_child_nodes(node):
        yield from _outside_functions(child)
