"""CheckFunction -> the names of the slips that it can tell, as far as they are written out."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from grader.proofreading.check_files import CheckFunction
from grader.proofreading.sources import Function, Place, Sources

POSITION = {"fail": 1, "pend": 2}  # of the slip among what these methods take
NAMED = {*POSITION, "precise", "untouched"}  # methods that take one by its name, `slip`
TABLES = {"slips", "alike"}  # what several are handed as
ONE = {"slip", "rounded"}  # what one is handed as


def slips_of(check: CheckFunction, hints: Collection[str] = ()) -> set[str]:
    """Return the slips that stand in a check's calls, and in the functions that it has them from.

    A table that is handed to another function may come out without some of its names: such a table counts
    only if one of its names is among `hints`, and what is returned then are slips that may be.
    """
    found: set[str] = set()
    for call, method, place in check.calls:
        reader = _Reader(check.sources, hints)
        if method in POSITION and not _is_name(call.func, "pytest"):
            found |= (
                reader.read(call.args[POSITION[method]], place)
                if len(call.args) > POSITION[method]
                else set()
            )
        for keyword in call.keywords:
            if keyword.arg in TABLES or (keyword.arg in ONE and method in NAMED):
                found |= reader.read(keyword.value, place)
    return found


@dataclass
class _Reader:
    """Follows an expression to the texts that it can come to."""

    sources: Sources
    hints: Collection[str]
    seen: set[int] = field(default_factory=set)

    def read(self, node: ast.AST, place: Place, *, handed: bool = False) -> set[str]:
        """Return the texts that an expression can be, and the keys of the tables that it can be.

        `handed`: it is given to a function, and need not come out whole.
        """
        if id(node) in self.seen:
            return set()
        self.seen.add(id(node))
        if isinstance(node, ast.Constant):
            return {node.value} if isinstance(node.value, str) and node.value and not handed else set()
        if isinstance(node, ast.Dict):
            keys = {
                one.value for one in node.keys if isinstance(one, ast.Constant) and isinstance(one.value, str)
            }
            return keys if not handed or keys & set(self.hints) else set()
        return {text for one, where, given in self._leads(node, place, handed=handed)
                for text in self.read(one, where, handed=given)}  # fmt: skip

    def _leads(self, node: ast.AST, place: Place, *, handed: bool) -> Iterator[tuple[ast.AST, Place, bool]]:
        """Yield what an expression may take its value from."""
        if isinstance(node, ast.IfExp):
            yield from ((one, place, handed) for one in (node.body, node.orelse))
        elif isinstance(node, ast.BoolOp):
            yield from ((one, place, handed) for one in node.values)
        elif isinstance(node, ast.Tuple):
            yield from ((one, place, handed) for one in node.elts)
        elif isinstance(node, ast.Name | ast.Attribute):
            local = list(_assigned(node, place)) if isinstance(node, ast.Name) else []
            yield from ((one, place, handed) for one in local)
            found = None if local else self.sources.find(node, place.module)
            if found and not isinstance(found.node, Function | ast.ClassDef):
                yield found.node, found, handed
        elif isinstance(node, ast.Call):
            found = self.sources.find(node.func, place.module)
            if found and isinstance(found.node, Function):
                yield from ((one, found, handed) for one in _returned(found))
            yield from ((one, place, True) for one in node.args)


def _assigned(name: ast.Name, function: Place) -> Iterator[ast.AST]:
    """Yield what a function assigns to a name, and the keys that it sets in it."""
    for node in function.nodes:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name) and target.id == name.id:
                    yield node.value
                elif isinstance(target, ast.Subscript) and _is_name(target, name.id):
                    yield ast.Dict([target.slice], [node.value])


def _returned(function: Place) -> Iterator[ast.AST]:
    yield from (node.value for node in function.nodes if isinstance(node, ast.Return) and node.value)


def _is_name(node: ast.AST, name: str) -> bool:
    """Return whether an attribute or an item is one of a certain name."""
    inner = getattr(node, "value", None)
    return isinstance(inner, ast.Name) and inner.id == name


def written(sources: Sources) -> tuple[set[str], list[re.Pattern[str]]]:
    """Return every text in a problem set's code, and a pattern for each name that is put together there."""
    texts: set[str] = set()
    patterns = []
    for module in sources.modules:
        for node in module.nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            patterns += [_pattern(name) for name in _names(node) if isinstance(name, ast.JoinedStr)]
    return texts, patterns


def _names(node: ast.AST) -> list[ast.AST | None]:
    """Return what may be a slip's name: keys, what a function returns, and what a verdict is given."""
    if isinstance(node, ast.Dict):
        return list(node.keys)
    if isinstance(node, ast.DictComp):
        return [node.key]
    if isinstance(node, ast.Subscript):
        return [node.slice]
    if isinstance(node, ast.Return):
        return [node.value]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in POSITION:
        return [*node.args[1:], *(keyword.value for keyword in node.keywords)]
    return []


def _pattern(text: ast.JoinedStr) -> re.Pattern[str]:
    pieces = [re.escape(str(one.value)) if isinstance(one, ast.Constant) else ".+" for one in text.values]
    return re.compile("".join(pieces), re.DOTALL)
