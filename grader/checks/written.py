"""What stands under a part's heading, a name -> its words, and what its code gives that name, not run."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeGuard

from grader.answers import Unreadable, written_down
from grader.datatypes import Answer, Source

NOT_EXACT = "This was read from a PDF, and not for sure: a person compares it with the page."
FROM_OUTPUT = "This was read from printed output, not from an answer in words: a person looks."
LONGEST = 20_000  # characters of a piece of code that are read
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Offer:
    """One place where the answer may stand. `given` is text or a plain value."""

    source: str
    file: str
    given: object
    doubt: str = ""  # why it could be misread
    in_code: bool = False  # a write-up's, which was read and not run


def offers(answer: Answer, name: str) -> Iterator[Offer]:
    """Yield the value that code writes down for the name, the words, other code for it, printed output."""
    inexact = "" if answer.exact else NOT_EXACT
    code = () if answer.source is Source.NOTEBOOK else answer.code
    assigned, value = _assigned(code, name), _value(code, name)
    if value is not None:
        yield Offer(answer.source, answer.file, value, inexact, in_code=True)
    if answer.text.strip():
        yield Offer(answer.source, answer.file, answer.text, inexact)
    if assigned and value is None and not _changed(code, name, inside=True):
        yield Offer(answer.source, answer.file, ast.unparse(assigned), inexact)
    if answer.output.strip():
        yield Offer(answer.source, answer.file, answer.output, FROM_OUTPUT)


def has(answers: Sequence[Answer], name: str) -> bool:
    """Return whether the code of a write-up writes down a value for a name."""
    return any(_value(one.code, name) is not None for one in answers if one.source is not Source.NOTEBOOK)


def not_run(answers: Sequence[Answer], name: str) -> str:
    """Say that a write-up's code would have to be run for a name, '' where there is no such code."""
    for answer in answers:
        if answer.source is Source.NOTEBOOK:
            continue
        is_function = any(isinstance(one, Function) and one.name == name for one in _top(answer.code))
        if is_function or _assigned(answer.code, name) is not None:
            return (
                f"`{name}` stands in code of {answer.file}, and code of a write-up is run for nothing but "
                "trainings: hand it in as a module (.py) or in a notebook."
            )
    return ""


def _top(codes: Sequence[str]) -> list[ast.stmt]:
    found: list[ast.stmt] = []
    for code in codes:
        try:
            found += ast.parse(code[:LONGEST]).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return found


def _assigned(codes: Sequence[str], name: str) -> ast.expr | None:
    """Return the last that code assigns to a name, None where that is nothing, None or `...`."""
    last: ast.expr | None = None
    for statement in _top(codes):
        match statement:
            case ast.Assign(targets=targets, value=value) if any(_is(one, name) for one in targets):
                last = value
            case ast.AnnAssign(target=target, value=ast.expr() as value) if _is(target, name):
                last = value
    return None if isinstance(last, ast.Constant) and last.value in (None, ...) else last


def _value(codes: Sequence[str], name: str) -> object:
    """Return the value that code writes down for a name and does not change, None where it has to be run."""
    assigned = _assigned(codes, name)
    if assigned is None:
        return None
    try:
        value = written_down(assigned)
    except Unreadable:
        return None
    return None if _changed(codes, name, inside=_holds_lists(value)) else value


def _holds_lists(value: object) -> bool:
    return any(map(_holds_lists, value)) if isinstance(value, tuple) else isinstance(value, list | dict)


def _changed(codes: Sequence[str], name: str, *, inside: bool) -> bool:
    """Say whether code may give a name another value; `inside`: whoever uses it may change what it holds."""
    used = (one for statement in _top(codes) for one in _changing(statement))
    return any(_is(one, name) and (inside or not isinstance(one.ctx, ast.Load)) for one in used)


def _changing(statement: ast.stmt) -> Iterator[ast.AST]:
    """Yield what of a statement may change a value: not a plain assignment's target, nor what shows one."""
    match statement:
        case ast.Assign(targets=targets, value=value):
            for target in (one for one in targets if not isinstance(one, ast.Name)):
                yield from ast.walk(target)
            yield from ast.walk(value)
        case ast.AnnAssign(target=ast.Name(), value=value):
            yield from ast.walk(value) if value else ()
        case ast.Expr(ast.Name()) | ast.Expr(ast.Call(func=ast.Name(id="print"))):
            return
        case _:
            yield from ast.walk(statement)


def _is(node: ast.AST, name: str) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name) and node.id == name
